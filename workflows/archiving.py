"""The archived file (案卷) is bound: every document and item of evidence in one PDF (V28)."""

import tempfile
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.closing import ArchiveVolume
from models.document import Document
from models.errors import Text
from models.evidence import Evidence
from models.types import DocumentState
from workflows.blobs import BlobStore
from workflows.catalogue import Catalogue
from workflows.documents.archive import Archivist, Bound, plan
from workflows.notes import Notes
from workflows.rendering import Press
from workflows.transaction import Transactions

WAITING = Text("等待文书生成", "Waiting for the documents")
BINDING = Text("正在装订案卷", "Binding the file")
BOUND = Text("案卷已装订", "The file is bound")
FAILED = Text("装订没有成功，稍后自动重试", "Binding failed and will be tried again")


@dataclass(frozen=True)
class File:
    """All that is bound, as the record stands."""

    volume: ArchiveVolume
    cover: Document
    documents: list[Document]
    evidence: list[Evidence]
    files: Mapping[str, bytes]

    @property
    def unmade(self) -> list[Document]:
        """Documents that have no file yet."""
        return [row for row in self.documents if row.sha256 is None]


@dataclass(frozen=True)
class _Tally:
    """How far the binding of one case has come, for the page that waits."""

    notes: Notes
    clock: Callable[[], datetime]
    key: str
    total: int

    def at(self, done: int, text: Text, state: str = "running", **more: Any) -> None:
        message = {"zh": text.zh, "en": text.en, **more}
        self.notes.progress(
            self.key, done=done, total=self.total, state=state, message=message, now=self.clock()
        )


@dataclass(frozen=True)
class Bindery:
    """Binds archived cases. Binding twice gives the same bytes and changes nothing."""

    transactions: Transactions
    notes: Notes
    catalogue: Catalogue
    blobs: BlobStore
    press: Press
    archivist: Archivist
    clock: Callable[[], datetime]

    def bind(self, case_id: uuid.UUID) -> None:
        """Bind the file of an archived case and tell how far it is under `archive:<case>`."""
        file = self._read(case_id)
        if file is None:
            return
        total = len(file.documents) + 1
        tally = _Tally(self.notes, self.clock, progress_key(case_id), total)
        try:
            bound = self._bind(case_id, file, tally)
        except Exception:
            tally.at(0, FAILED, "failed")
            raise
        tally.at(total, BOUND, "done", remarks=bound.remarks)

    def _bind(self, case_id: uuid.UUID, file: File, tally: _Tally) -> Bound:
        there = len(file.documents) - len(file.unmade)
        for done, row in enumerate(file.unmade, there):
            tally.at(done, WAITING)
            self.press.render(row.id)
        made = self._read(case_id) if file.unmade else file
        assert made is not None
        tally.at(len(made.documents), BINDING)
        pieces = plan(made.documents, made.evidence, made.cover.facts["evidence"])
        with tempfile.TemporaryDirectory(prefix="bound-") as folder:
            target = Path(folder) / "file.pdf"
            dated = made.cover.dated_at
            bound = self.archivist.bind(
                pieces, made.files, made.cover.facts, dated=dated, target=target
            )
            blob = self.blobs.put_file(target)
        pages = (bound.main_pages, bound.secondary_pages)
        self.notes.archive_bound(case_id, sha256=blob.sha256, index=bound.index, pages=pages)
        return bound

    def _read(self, case_id: uuid.UUID) -> File | None:
        """None when the case is not archived, or its file is bound already."""
        with self.transactions.read() as session:
            volume = session.scalar(select(ArchiveVolume).where(ArchiveVolume.case_id == case_id))
            if volume is None or (volume.sha256 and self.blobs.exists(volume.sha256)):
                return None
            documents = _documents(session, case_id)
            cover = next(row for row in reversed(documents) if row.kind == "D64")
            files = self.catalogue.version(session, cover.pack_version_id).files.files
            evidence = _evidence(session, case_id)
        return File(volume, cover, documents, evidence, files)


def progress_key(case_id: uuid.UUID) -> str:
    """Under which the page finds how far the binding is."""
    return f"archive:{case_id}"


def _documents(session: Session, case_id: uuid.UUID) -> list[Document]:
    query = select(Document).where(
        Document.case_id == case_id, Document.state == DocumentState.ISSUED
    )
    return list(session.scalars(query.order_by(Document.recorded_at, Document.position)))


def _evidence(session: Session, case_id: uuid.UUID) -> list[Evidence]:
    """In the order in which the cover's facts tell of them."""
    query = select(Evidence).where(Evidence.case_id == case_id)
    return list(session.scalars(query.order_by(Evidence.recorded_at, Evidence.id)))
