"""The self-verifying archive package (电子案卷包) of a case: one zip with the bound PDF, the record
as data, every file, the audit events of the case, a signed list of it all, and the program that
checks it offline."""

from __future__ import annotations

import hashlib
import json
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.case import Case
from models.closing import ArchiveVolume
from models.document import Document
from models.errors import DomainError
from models.evidence import Evidence
from models.person import Person
from models.tables import METADATA
from models.types import DocumentState
from workflows import archive_check, audit
from workflows.blobs import BlobStore
from workflows.commands.base import plain
from workflows.signing import Signer, Statement
from workflows.transaction import Transactions

CAPACITY = "archive_package"
LEFT_OUT = frozenset(
    {
        "audit_event", "case_note", "notification", "process_history", "process_instance",
        "read_entry", "refused_attempt", "report_record", "task", "task_draft", "upload", "watch",
    }
)  # fmt: skip
"""What is not the record of the case: work in progress, who looked, what was told to colleagues."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SUFFIX = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "video/mp4": "mp4"}
README = """案卷包 Archive package

核验：python check.py 本包.zip     Check: python check.py this-package.zip
（Python 3.11，pip install cryptography；不需要联网。No network is needed.）

archive/     装订好的电子卷宗 the bound file            documents/  各份文书 the documents
evidence/    证据原件 evidence as it was received        record.json 结构化记录 the record as data
audit.jsonl  本案操作记录链 chained audit events         manifest.json 文件清单 signed list of files
"""


class NotPacked(DomainError):
    """The file of the case has not been bound yet: a package can be made once it is."""

    code = "not_packed"
    zh = "案卷还没有装订完成，装订之后才能制作案卷包。"


@dataclass
class _Zip:
    """Members as they are written, with what the list says of them."""

    archive: zipfile.ZipFile
    files: list[dict[str, Any]] = field(default_factory=list)

    def add(self, path: str, content: bytes) -> None:
        self._start(path)
        with self.archive.open(_member(path), "w") as member:
            member.write(content)
        self.files.append(
            {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        )

    def stream(self, path: str, pieces: Iterator[bytes]) -> None:
        self._start(path)
        running, size = hashlib.sha256(), 0
        with self.archive.open(_member(path), "w", force_zip64=True) as member:
            for piece in pieces:
                running.update(piece)
                size += len(piece)
                member.write(piece)
        self.files.append({"path": path, "size": size, "sha256": running.hexdigest()})

    def _start(self, path: str) -> None:
        if any(entry["path"] == path for entry in self.files):
            raise ValueError(f"{path} is in the package already")


def _member(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.external_attr = 0o100644 << 16
    return entry


@dataclass(frozen=True)
class Packer:
    """Makes packages of archived cases. Reads only."""

    transactions: Transactions
    blobs: BlobStore
    signer: Signer
    clock: Callable[[], datetime]

    def pack(self, case_id: uuid.UUID, target: Path, by: uuid.UUID | None = None) -> str:
        """Write the package to `target`; `by` is who asked for it. Returns the digest of the
        signed list. Raises `NotPacked` while a volume or a document has no file."""
        now = self.clock()
        with (
            self.transactions.read() as session,
            zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive,
        ):
            case = session.get_one(Case, case_id)
            made = _Zip(archive)
            made.add("README.txt", README.encode())
            made.add("check.py", Path(archive_check.__file__).read_bytes())
            self._files(session, case, made)
            made.add(archive_check.RECORD, _json(record_of(session, case)))
            made.add(archive_check.EVENTS, b"".join(_events(session, case)))
            manifest = _json(_manifest(case, made, now))
            digest = hashlib.sha256(manifest).hexdigest()
            made.add(archive_check.MANIFEST, manifest)
            made.add(archive_check.SIGNATURE, self._signature(case, digest, by, now))
        return digest

    def _files(self, session: Session, case: Case, made: _Zip) -> None:
        for volume in _rows(session, ArchiveVolume, case):
            name = f"supplement-{volume.supplement}" if volume.supplement else "file"
            if volume.destroyed_at is None:
                self._blob(made, f"archive/{name}.pdf", volume.sha256)
        for number, row in enumerate(_rows(session, Document, case), 1):
            if row.state == DocumentState.ISSUED or row.sha256 is not None:
                self._blob(made, f"documents/{number:03d}-{row.kind}.pdf", row.sha256)
        for item in _rows(session, Evidence, case):
            if item.sha256 is not None:
                suffix = _SUFFIX.get(item.media_type or "", "bin")
                self._blob(made, f"evidence/{item.number:03d}.{suffix}", item.sha256)

    def _blob(self, made: _Zip, path: str, sha256: str | None) -> None:
        if sha256 is None or not self.blobs.exists(sha256):
            raise NotPacked()
        made.stream(path, self.blobs.open(sha256))

    def _signature(self, case: Case, digest: str, by: uuid.UUID | None, now: datetime) -> bytes:
        statement = Statement(case.id, digest, CAPACITY, by or uuid.UUID(int=0), now)
        signed = self.signer.sign(statement)
        found = {
            "statement": json.loads(statement.bytes()),
            "provider": signed.provider,
            "key_id": signed.key_id,
            "public_key": self.signer.public_key().hex(),
            "value": signed.value.hex(),
        }
        return _json(found)


def record_of(session: Session, case: Case) -> dict[str, Any]:
    """The record of a case as plain data: its rows table by table, and the people they name."""
    rows: dict[str, list[dict[str, Any]]] = {
        "case": _dump(session, Case.__table__, "id", [case.id])
    }
    for table in METADATA.sorted_tables:
        if table.name in LEFT_OUT or table.name == "case":
            continue
        found = _of_case(session, table, case, rows)
        if found:
            rows[table.name] = found
    return {"case": str(case.id), "rows": rows, "people": _people(session, rows)}


def _of_case(
    session: Session, table: Table, case: Case, rows: Mapping[str, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Rows of the case itself, or those that hang on a row of it (votes, items, parties)."""
    if "case_id" in table.c:
        return _dump(session, table, "case_id", [case.id])
    for key in table.foreign_keys:
        parent = key.column.table.name
        if parent in rows and parent != "case":
            ids = [uuid.UUID(row["id"]) for row in rows[parent]]
            return _dump(session, table, key.parent.name, ids)
    return []


def _dump(session: Session, table: Any, column: str, keys: list[Any]) -> list[dict[str, Any]]:
    query = select(table).where(table.c[column].in_(keys))
    query = query.order_by(*table.primary_key.columns)
    return [
        {name: plain(value) for name, value in row._mapping.items()}
        for row in session.execute(query)
    ]


def _people(session: Session, rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Names of everyone whose key stands somewhere in the rows."""
    said = {
        value
        for found in rows.values()
        for row in found
        for value in row.values()
        if isinstance(value, str) and len(value) == 36
    }
    people = session.scalars(select(Person).order_by(Person.key))
    return {str(p.id): {"key": p.key, "name": p.name} for p in people if str(p.id) in said}


def _events(session: Session, case: Case) -> Iterator[bytes]:
    query = select(AuditEvent).where(AuditEvent.stream == case.id).order_by(AuditEvent.position)
    for row in session.scalars(query):
        line = {
            "position": row.position,
            "at": row.at.astimezone(UTC).isoformat(),
            "command": row.command,
            "said": [event["zh"] for event in row.events],
            "body": None if row.erased_at else audit.body_of(row).decode(),
            "salt": row.salt.hex(),
            "digest": row.digest.hex(),
            "previous": row.previous.hex(),
            "hash": row.hash.hex(),
        }
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _manifest(case: Case, made: _Zip, now: datetime) -> dict[str, Any]:
    number = case.case_no or case.lead_no or ""
    return {
        "format": archive_check.FORMAT,
        "case": {"id": str(case.id), "number": number, "name": case.name},
        "made_at": now.astimezone(UTC).isoformat(),
        "audit": {"length": case.chain_length, "hash": case.chain_hash.hex()},
        "files": made.files,
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _rows(session: Session, kind: Any, case: Case) -> list[Any]:
    query = select(kind).where(kind.case_id == case.id).order_by(kind.recorded_at, kind.id)
    return list(session.scalars(query))
