"""Files on disk under their SHA-256, written once and never changed.

A file arrives in pieces (`begin`, `stage`, `stage` …, `finish`) so that a broken link costs one
piece and not two gigabytes. Nothing is ever held in memory whole. A blob appears under its digest
by an atomic rename after `fsync`, therefore a name that exists is a file that is complete.

    folder/incoming/<upload id>           bytes received so far
    folder/incoming/<upload id>.size      announced size, in bytes
    folder/blobs/ab/cd/abcd…              finished, read only
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BufferedRandom
from pathlib import Path
from typing import BinaryIO, Protocol

from models.errors import DomainError, NotFound, TooLarge

CHUNK_BYTES = 1 << 20
DEFAULT_LIMIT_BYTES = 2 * 1024**3
_UPLOAD_ID = re.compile(r"[0-9a-f]{32}\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class Readable(Protocol):
    """Anything with `read(n)`: a socket, a file, a request stream."""

    def read(self, size: int, /) -> bytes: ...


class QuotaExceeded(DomainError):
    """There is no room left for files; tell the administrator."""

    code = "no_room"
    zh = "存储空间已满，请联系系统管理员。"


class UploadUnknown(NotFound):
    """This upload has lapsed; choose the file again."""

    zh = "上传已失效，请重新选择文件。"


class UploadMismatch(DomainError):
    """What arrived differs from what was sent; go on from where it stopped, or send it again."""

    code = "upload_mismatch"
    zh = "收到的内容与预期不符，请从断点继续或重新上传。"

    def __init__(self, received: int) -> None:
        super().__init__()
        self.received = received
        """How many bytes are safely here: where the sender should go on."""


class BlobMissing(NotFound):
    """The file is not there."""

    zh = "文件不存在。"


@dataclass(frozen=True)
class Blob:
    """A finished file: its digest (64 lower-case hex digits) and its size in bytes."""

    sha256: str
    size: int


class BlobStore:
    """The files of one installation. Several processes may share the folder."""

    def __init__(
        self,
        folder: Path,
        *,
        limit_bytes: int = DEFAULT_LIMIT_BYTES,
        quota_bytes: int | None = None,
        reserve_bytes: int = 256 * 1024**2,
    ) -> None:
        """`limit_bytes` per file; `quota_bytes` for all; `reserve_bytes` stay free on the disk."""
        self.limit_bytes = limit_bytes
        self.quota_bytes = quota_bytes
        self.reserve_bytes = reserve_bytes
        self._blobs = folder / "blobs"
        self._incoming = folder / "incoming"
        for place in (self._blobs, self._incoming):
            place.mkdir(parents=True, exist_ok=True)

    # -- receiving ---------------------------------------------------------------------------

    def begin(self, size: int) -> str:
        """Announce a file of `size` bytes; refused here, before a byte of it is read."""
        if size < 0 or size > self.limit_bytes:
            raise TooLarge
        self._require_room(size)
        upload_id = secrets.token_hex(16)
        (self._incoming / f"{upload_id}.size").write_text(str(size), "ascii")
        (self._incoming / upload_id).touch(mode=0o600)
        return upload_id

    def received(self, upload_id: str) -> int:
        """Bytes safely received so far: where a broken upload goes on."""
        return self._staged(upload_id).stat().st_size

    def stage(self, upload_id: str, offset: int, source: Readable, length: int) -> int:
        """Append `length` bytes of `source` at `offset`; returns the new total.

        A piece that does not start where the last one ended, or that runs past the announced
        size, is refused before it is read.
        """
        path = self._staged(upload_id)
        announced = self._announced(upload_id)
        with _locked(path) as file:
            here = file.seek(0, os.SEEK_END)
            if offset != here:
                raise UploadMismatch(here)
            if length < 0 or here + length > announced:
                raise TooLarge
            _copy(source, file, length)
            file.flush()
            os.fsync(file.fileno())
            return file.tell()

    def finish(self, upload_id: str, expected_sha256: str | None = None) -> Blob:
        """Close an upload: all announced bytes must be here and match the sender's digest."""
        path = self._staged(upload_id)
        with _locked(path) as file:
            size = file.seek(0, os.SEEK_END)
            if size != self._announced(upload_id):
                raise UploadMismatch(size)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            if expected_sha256 is not None and expected_sha256.lower() != sha256:
                raise UploadMismatch(size)
            os.fsync(file.fileno())
            self._settle(path, sha256)
        (self._incoming / f"{upload_id}.size").unlink(missing_ok=True)
        return Blob(sha256, size)

    def abandon(self, upload_id: str) -> None:
        """Forget an upload that will not be finished."""
        if _UPLOAD_ID.match(upload_id):
            (self._incoming / upload_id).unlink(missing_ok=True)
            (self._incoming / f"{upload_id}.size").unlink(missing_ok=True)

    def sweep(self, older_than: datetime) -> int:
        """Abandon uploads untouched since `older_than`; returns how many."""
        stale = [
            path.name
            for path in self._incoming.iterdir()
            if _UPLOAD_ID.match(path.name) and path.stat().st_mtime < older_than.timestamp()
        ]
        for upload_id in stale:
            self.abandon(upload_id)
        return len(stale)

    def put(self, content: bytes) -> Blob:
        """Store bytes that the program itself made (a rendered document)."""
        sha256 = hashlib.sha256(content).hexdigest()
        if not self.exists(sha256):
            self._require_room(len(content))
            temporary = self._incoming / secrets.token_hex(16)
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            self._settle(temporary, sha256)
        return Blob(sha256, len(content))

    def put_file(self, path: Path) -> Blob:
        """Store a file that the program itself made (an archive); streamed, `path` is kept."""
        with path.open("rb") as source:
            sha256 = hashlib.file_digest(source, "sha256").hexdigest()
            size = source.tell()
            if not self.exists(sha256):
                self._require_room(size)
                source.seek(0)
                temporary = self._incoming / secrets.token_hex(16)
                with temporary.open("xb") as target:
                    shutil.copyfileobj(source, target, CHUNK_BYTES)
                    target.flush()
                    os.fsync(target.fileno())
                self._settle(temporary, sha256)
        return Blob(sha256, size)

    # -- reading -----------------------------------------------------------------------------

    def path(self, sha256: str) -> Path:
        """Where the finished file lies, for tools that must seek in it."""
        place = self._place(sha256)
        if not place.is_file():
            raise BlobMissing
        return place

    def staged_path(self, upload_id: str) -> Path:
        """Where the bytes received so far lie: to recognise a type before finishing."""
        return self._staged(upload_id)

    def exists(self, sha256: str) -> bool:
        return self._place(sha256).is_file()

    def size(self, sha256: str) -> int:
        """In bytes."""
        return self.path(sha256).stat().st_size

    def open(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes `[start, end)` in chunks; `end` None means to the end (HTTP ranges)."""
        path = self.path(sha256)
        left = (path.stat().st_size if end is None else end) - start
        if start < 0 or left < 0:
            raise BlobMissing
        return _chunks(path, start, left)

    def verify(self, sha256: str) -> bool:
        """Read the file again and compare with its name: false means damage or tampering."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except BlobMissing:
            return False

    def used_bytes(self) -> int:
        """All finished and incoming files together."""
        return sum(
            path.stat().st_size
            for place in (self._blobs, self._incoming)
            for path in place.rglob("*")
            if path.is_file()
        )

    # -- inside ------------------------------------------------------------------------------

    def _require_room(self, size: int) -> None:
        if shutil.disk_usage(self._blobs).free - size < self.reserve_bytes:
            raise QuotaExceeded
        if self.quota_bytes is not None and self.used_bytes() + size > self.quota_bytes:
            raise QuotaExceeded

    def _staged(self, upload_id: str) -> Path:
        path = self._incoming / upload_id
        if not _UPLOAD_ID.match(upload_id) or not path.is_file():
            raise UploadUnknown
        return path

    def _announced(self, upload_id: str) -> int:
        try:
            return int((self._incoming / f"{upload_id}.size").read_text("ascii"))
        except FileNotFoundError:
            raise UploadUnknown from None

    def _place(self, sha256: str) -> Path:
        if not _SHA256.match(sha256):
            raise BlobMissing
        return self._blobs / sha256[:2] / sha256[2:4] / sha256

    def _settle(self, path: Path, sha256: str) -> None:
        """Move a complete, synced file under its digest; an equal file there is left as it is."""
        place = self._place(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_file():
            path.unlink()
            return
        path.chmod(0o440)
        path.replace(place)
        for folder in (place.parent, place.parent.parent, self._blobs):
            _sync_folder(folder)


def _copy(source: Readable, target: BinaryIO, length: int) -> None:
    """Copy up to `length` bytes; a link that breaks early leaves a shorter, resumable file."""
    left = length
    while left > 0:
        piece = source.read(min(CHUNK_BYTES, left))
        if not piece:
            return
        target.write(piece)
        left -= len(piece)


def _chunks(path: Path, start: int, left: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while left > 0 and (piece := file.read(min(CHUNK_BYTES, left))):
            left -= len(piece)
            yield piece


@contextmanager
def _locked(path: Path) -> Iterator[BufferedRandom]:
    """Two senders of one upload take turns, across processes."""
    with path.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
