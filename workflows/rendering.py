"""Issued documents become files: the facts of the record, set with the template of its version."""

import io
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from sqlalchemy.orm import Session

from models.document import Document
from workflows.blobs import BlobStore
from workflows.catalogue import Catalogue
from workflows.documents.catalogue import KINDS
from workflows.documents.render import CompileRefused, Renderer
from workflows.documents.word import to_docx
from workflows.notes import Notes
from workflows.transaction import Transactions

WORD_REMARK = "注：本文件供编辑参考，以签署、送达的 PDF 文书为准（校验值 {digest}）。"


class FileChanged(Exception):
    """A document whose file was lost did not come out as the bytes that the record promises."""


@dataclass(frozen=True)
class Press:
    """Makes the file of a document; the record itself is never touched."""

    transactions: Transactions
    notes: Notes
    catalogue: Catalogue
    blobs: BlobStore
    renderer: Renderer
    clock: Callable[[], datetime]

    def render(self, document_id: uuid.UUID) -> None:
        """Make the file, once: the same facts and template give the same bytes at any time.

        Raises `CompileRefused` after noting why; the document stays issued without a file.
        """
        with self.transactions.read() as session:
            row = session.get(Document, document_id)
            if row is None or self._there(row):
                return
            files = self._files(session, row)
        try:
            pdf = self._set(row, files)
        except CompileRefused as fault:
            self.notes.document_failed(row.id, f"{fault.message} {fault.where}".strip())
            raise
        blob = self.blobs.put(pdf)
        if row.sha256 not in (None, blob.sha256):
            raise FileChanged(f"{row.id}: {row.sha256} came out as {blob.sha256}")
        self.notes.document_rendered(
            row.id, sha256=blob.sha256, pages=page_count(pdf), now=self.clock()
        )

    def draft(self, row: Document) -> bytes:
        """The file of a document that is not issued yet, with a watermark; kept nowhere."""
        with self.transactions.read() as session:
            files = self._files(session, row)
        return self._set(row, files, draft=True)

    def word(self, row: Document) -> bytes:
        """The same document as .docx, from the same template and facts; kept nowhere."""
        with self.transactions.read() as session:
            files = self._files(session, row)
        words = self.renderer.words(files, _template(row, files), row.facts, dated=row.dated_at)
        return to_docx(
            words,
            title=row.title,
            author=str(row.facts["subject"]["name"]),
            dated=row.dated_at,
            remark=WORD_REMARK.format(digest=row.sha256 or "未生成"),
        )

    def _there(self, row: Document) -> bool:
        return row.sha256 is not None and self.blobs.exists(row.sha256)

    def _files(self, session: Session, row: Document) -> Mapping[str, bytes]:
        """The files of the version on which the document was issued."""
        return self.catalogue.version(session, row.pack_version_id).files.files

    def _set(self, row: Document, files: Mapping[str, bytes], *, draft: bool = False) -> bytes:
        path = _template(row, files)
        return self.renderer.render(files, path, row.facts, dated=row.dated_at, draft=draft).pdf


def _template(row: Document, files: Mapping[str, bytes]) -> str:
    """Where the template lies: the pack's own before the shared one."""
    template = KINDS[row.kind].template
    shared = f"_shared/{template}"
    return template if template in files or shared not in files else shared


def page_count(pdf: bytes) -> int:
    """Pages of a PDF of our own making."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
