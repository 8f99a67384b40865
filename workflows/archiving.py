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

from models.archive import Disposal
from models.closing import ArchiveVolume
from models.document import Document
from models.errors import Text
from models.evidence import Evidence
from models.types import DocumentState
from workflows.blobs import BlobStore
from workflows.catalogue import Catalogue
from workflows.documents.archive import Archivist
from workflows.documents.file_order import order_of
from workflows.documents.pieces import Bound, plan
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
    shown: list[dict[str, Any]]
    """Facts of the evidence, item by item, as the cover keeps them."""
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
        """Bind the file of an archived case, and its supplements, where they are not yet; tell how
        far it is under `archive:<case>`."""
        for supplement in self._waiting(case_id):
            self._bind_one(case_id, supplement)

    def destroy(self, disposal_id: uuid.UUID) -> None:
        """Remove the bound files of a case that was destroyed; its documents are made of facts."""
        with self.transactions.read() as session:
            row = session.get(Disposal, disposal_id)
            if row is None or row.carried_out_at is None:
                return
            gone = [str(each["sha256"]) for each in row.destroyed if each.get("sha256")]
            kept = set(
                session.scalars(select(ArchiveVolume.sha256).where(ArchiveVolume.sha256.in_(gone)))
            )
        for sha256 in gone:
            if sha256 not in kept and self.blobs.exists(sha256):
                self.blobs.path(sha256).unlink()

    def _waiting(self, case_id: uuid.UUID) -> list[int]:
        """Which volumes have no file, or one that is gone. What was destroyed stays destroyed."""
        query = select(ArchiveVolume).where(
            ArchiveVolume.case_id == case_id, ArchiveVolume.destroyed_at.is_(None)
        )
        with self.transactions.read() as session:
            rows = session.scalars(query.order_by(ArchiveVolume.supplement)).all()
        return [
            row.supplement
            for row in rows
            if row.sha256 is None or not self.blobs.exists(row.sha256)
        ]

    def _bind_one(self, case_id: uuid.UUID, supplement: int) -> None:
        file = self._read(case_id, supplement)
        total = len(file.documents) + 1
        tally = _Tally(self.notes, self.clock, progress_key(case_id), total)
        try:
            bound = self._bind(file, tally)
        except Exception:
            tally.at(0, FAILED, "failed")
            raise
        tally.at(total, BOUND, "done", remarks=bound.remarks)

    def _bind(self, file: File, tally: _Tally) -> Bound:
        there = len(file.documents) - len(file.unmade)
        for done, row in enumerate(file.unmade, there):
            tally.at(done, WAITING)
            self.press.render(row.id)
        volume = file.volume
        made = self._read(volume.case_id, volume.supplement) if file.unmade else file
        tally.at(len(made.documents), BINDING)
        order = order_of(made.files, volume.file_order)
        pieces = plan(made.documents, made.evidence, made.shown, order)
        with tempfile.TemporaryDirectory(prefix="bound-") as folder:
            target = Path(folder) / "file.pdf"
            dated, facts = made.cover.dated_at, made.cover.facts
            bound = self.archivist.bind(
                pieces, made.files, facts, dated=dated, target=target, order=order,
                most=volume.pages_per_book, counted=_stated(volume),
            )  # fmt: skip
            blob = self.blobs.put_file(target)
        self.notes.archive_bound(volume.id, sha256=blob.sha256, bound=bound)
        return bound

    def _read(self, case_id: uuid.UUID, supplement: int) -> File:
        """A volume with what it holds: what was issued until its cover, after the cover before."""
        with self.transactions.read() as session:
            volume = session.scalars(
                select(ArchiveVolume).where(
                    ArchiveVolume.case_id == case_id, ArchiveVolume.supplement == supplement
                )
            ).one()
            documents = _documents(session, case_id)
            covers = [row for row in documents if row.kind == "D64"]
            cover, since = covers[supplement], covers[supplement - 1] if supplement else None
            files = self.catalogue.version(session, cover.pack_version_id).files.files
            evidence = _evidence(session, case_id)
        shown = list(zip(evidence, cover.facts["evidence"], strict=False))
        held = [(row, facts) for row, facts in shown if _falls(row.recorded_at, since, cover)]
        return File(
            volume,
            cover,
            [row for row in documents if _falls(row.recorded_at, since, cover)],
            [row for row, _facts in held],
            [facts for _row, facts in held],
            files,
        )


def _falls(at: datetime, since: Document | None, cover: Document) -> bool:
    """Whether something was recorded in the time of which a volume tells."""
    return at <= cover.recorded_at and (since is None or at > since.recorded_at)


def _stated(volume: ArchiveVolume) -> dict[str, int | None]:
    """Pages on paper by volume, as far as the archivist counted them."""
    return {"main": volume.stated_main_pages, "secondary": volume.stated_secondary_pages}


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
