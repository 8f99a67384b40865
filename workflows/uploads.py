"""Files of the public on their way in: in pieces, resumable, recognised by what they are.

An upload belongs to the person who began it. It becomes evidence only through a command; until
then it may be dropped, and is after seven days.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from models.case import Case
from models.errors import NotFound, Text, TooLarge
from models.note import Upload
from workflows.actors import Actor
from workflows.blobs import BlobStore, UnknownFileType, UploadUnknown, recognise
from workflows.blobs.store import Readable
from workflows.notes import Notes
from workflows.permissions import sees_case
from workflows.transaction import Transactions

KEPT = timedelta(days=7)
"""An upload that nobody went on with for so long is thrown away."""


@dataclass(frozen=True, slots=True)
class Received:
    """A complete file, recognised."""

    id: uuid.UUID
    name: str
    size: int
    sha256: str
    media_type: str


@dataclass(frozen=True)
class Uploads:
    """Receives files. Nothing is ever held in memory whole."""

    transactions: Transactions
    notes: Notes
    blobs: BlobStore
    clock: Callable[[], datetime]

    def begin(self, actor: Actor, case_id: uuid.UUID | None, name: str, size: int) -> uuid.UUID:
        """Announce a file of `size` bytes; refused here, before a byte of it is read."""
        if case_id is not None:
            self._require_case(actor, case_id)
        if size > self.blobs.limit_bytes:
            raise TooLarge(text=_limit(self.blobs.limit_bytes))
        upload_id = uuid.UUID(hex=self.blobs.begin(size))
        self.notes.begin_upload(
            actor, upload_id, case_id=case_id, name=_base(name), size=size, now=self.clock()
        )
        return upload_id

    def received(self, actor: Actor, upload_id: uuid.UUID) -> int:
        """Bytes that are safely here: where a sender whose link broke goes on."""
        row = self.notes.upload(actor, upload_id)
        return row.size if row.finished_at else self.blobs.received(upload_id.hex)

    def append(
        self, actor: Actor, upload_id: uuid.UUID, offset: int, stream: Readable, length: int
    ) -> int:
        """Add `length` bytes at `offset`; returns the new total, less than asked when the link
        broke. A piece at another place is refused with `UploadMismatch.received`."""
        row = self.notes.upload(actor, upload_id)
        if row.finished_at:
            return row.size
        total = self.blobs.stage(upload_id.hex, offset, stream, length)
        self.notes.upload_progress(upload_id, total)
        return total

    def finish(
        self, actor: Actor, upload_id: uuid.UUID, expected_sha256: str | None = None
    ) -> Received:
        """Close the upload. A type that is not accepted (HTML, SVG, programs) is thrown away at
        once. Finishing twice gives the same answer."""
        row = self.notes.upload(actor, upload_id)
        if row.finished_at:
            return _done(row, str(row.sha256), row.media_type)
        complete = self.blobs.received(upload_id.hex) == row.size
        try:
            found = recognise(self.blobs.staged_path(upload_id.hex)) if complete else None
        except UnknownFileType:
            self.drop(actor, upload_id)
            raise
        blob = self.blobs.finish(upload_id.hex, expected_sha256)
        media_type = found.mime if found else ""
        self.notes.finish_upload(
            upload_id, sha256=blob.sha256, media_type=media_type, now=self.clock()
        )
        return _done(row, blob.sha256, media_type)

    def drop(self, actor: Actor, upload_id: uuid.UUID) -> None:
        """Give an unfinished upload up."""
        row = self.notes.upload(actor, upload_id)
        if not row.finished_at:
            self.blobs.abandon(upload_id.hex)
            self.notes.drop_upload(upload_id)

    def sweep(self, now: datetime) -> int:
        """Throw away what nobody went on with for seven days; returns how many files.

        `now` is the wall clock's even while a demo plays in another year: it is compared with
        the times of files.
        """
        swept = self.blobs.sweep(now - KEPT)
        with self.transactions.read() as session:
            unfinished = session.scalars(select(Upload.id).where(Upload.finished_at.is_(None)))
            gone = [upload_id for upload_id in unfinished if not self._staged(upload_id)]
        for upload_id in gone:
            self.notes.drop_upload(upload_id)
        return swept

    def _staged(self, upload_id: uuid.UUID) -> bool:
        try:
            self.blobs.staged_path(upload_id.hex)
        except UploadUnknown:
            return False
        return True

    def _require_case(self, actor: Actor, case_id: uuid.UUID) -> None:
        with self.transactions.read() as session:
            case = session.get(Case, case_id)
            if case is None or not sees_case(actor, case.subject_id):
                raise NotFound()


def _done(row: Upload, sha256: str, media_type: str) -> Received:
    return Received(row.id, row.name, row.size, sha256, media_type)


def _base(name: str) -> str:
    """The bare name of the file, whatever path a browser sends along."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in bare if c.isprintable()).strip()
    return shown[:200] or "file"


def _limit(limit: int) -> Text:
    shown = f"{limit / 1024**3:.3g} GB" if limit >= 1024**3 else f"{limit / 1024**2:.3g} MB"
    return Text(
        f"文件超过允许的大小（{shown}），没有保存。",
        f"The file is larger than allowed ({shown}); nothing was stored.",
    )
