"""The one other write path: what is not an act in a case.

Drafts, reads, refused attempts, sign-ins, uploads, settings of one's own page, and the files
that the worker makes of what the record already says. Nothing here changes the record's meaning.
"""

import hashlib
import hmac
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.audit import AuditSeal
from models.case import Case
from models.closing import ArchiveVolume
from models.document import Document
from models.duration import law_day
from models.errors import DomainError, NotFound
from models.note import (
    ApiToken,
    ListView,
    Notification,
    Progress,
    ReadEntry,
    RefusedAttempt,
    SignIn,
    TaskDraft,
    Upload,
)
from models.person import Person
from models.reporting import ReportRecord
from models.types import ReportState
from workflows import audit
from workflows.actors import Actor
from workflows.commands.base import CaseCommand, Command
from workflows.documents.pieces import Bound
from workflows.transaction import Transactions

THROTTLE_WINDOW = timedelta(minutes=15)
THROTTLE_LOGIN, THROTTLE_ADDRESS = 5, 30
"""Failures within the window after which a login, or an address, must wait."""


class Notes:
    """Writes each note in a transaction of its own."""

    def __init__(self, transactions: Transactions) -> None:
        self.transactions = transactions

    def refused(self, command: Command, actor: Actor, why: DomainError, now: datetime) -> None:
        """Note that a command was refused, on which rules."""
        case_id = getattr(command, "case_id", None) if isinstance(command, CaseCommand) else None
        with self.transactions.write() as session:
            if case_id is not None and session.get(Case, case_id) is None:
                case_id = None
            session.add(
                RefusedAttempt(
                    at=now,
                    person_id=actor.id,
                    case_id=case_id,
                    command=type(command).__name__,
                    code=why.code,
                    rules=sorted(why.rules),
                    via=actor.via,
                )
            )

    def read(self, actor: Actor, case_id: uuid.UUID, what: str, now: datetime) -> None:
        """Note that a person opened (a part of) a case."""
        with self.transactions.write() as session:
            session.add(ReadEntry(at=now, person_id=actor.person_id, case_id=case_id, what=what))

    def save_draft(
        self, actor: Actor, task_id: uuid.UUID, data: dict[str, Any], now: datetime
    ) -> None:
        """Keep what a person has typed into a task; only their own draft of it."""
        row = {"person_id": actor.person_id, "task_id": task_id, "data": data, "saved_at": now}
        statement = insert(TaskDraft).values(**row)
        with self.transactions.write() as session:
            session.execute(
                statement.on_conflict_do_update(
                    index_elements=["person_id", "task_id"],
                    set_={"data": statement.excluded.data, "saved_at": now},
                )
            )

    def drop_draft(self, actor: Actor, task_id: uuid.UUID) -> None:
        """Throw the draft away, because its task is done."""
        with self.transactions.write() as session:
            session.execute(
                delete(TaskDraft).where(
                    TaskDraft.person_id == actor.person_id, TaskDraft.task_id == task_id
                )
            )

    def save_view(
        self, actor: Actor, listed: str, name: str, filters: dict[str, str], now: datetime
    ) -> None:
        """Keep how a person narrows a list; without a name it is how they left it last."""
        row = {
            "person_id": actor.person_id, "list": listed, "name": name[:40],
            "filters": filters, "saved_at": now,
        }  # fmt: skip
        with self.transactions.write() as session:
            session.execute(
                insert(ListView)
                .values(**row)
                .on_conflict_do_update(index_elements=["person_id", "list", "name"], set_=row)
            )

    def drop_view(self, actor: Actor, listed: str, name: str) -> None:
        """Forget a view of one's own."""
        with self.transactions.write() as session:
            session.execute(
                delete(ListView).where(
                    ListView.person_id == actor.person_id,
                    ListView.list == listed,
                    ListView.name == name,
                )
            )

    def sign_in(
        self, login: str, address: str, person_id: uuid.UUID | None, outcome: str, now: datetime
    ) -> None:
        """Note an attempt to sign in: ok, wrong, throttled, inactive."""
        with self.transactions.write() as session:
            session.add(
                SignIn(
                    at=now, login=login[:64], address=address[:64],
                    person_id=person_id, outcome=outcome,
                )
            )  # fmt: skip

    def must_wait(self, login: str, address: str, now: datetime) -> bool:
        """Whether too many sign-ins failed lately for this login or from this address."""
        since = now - THROTTLE_WINDOW
        failed = SignIn.outcome.in_(("wrong", "inactive"))
        with self.transactions.read() as session:
            of_login = _count(session, failed, SignIn.login == login[:64], SignIn.at > since)
            of_address = _count(session, failed, SignIn.address == address[:64], SignIn.at > since)
        return of_login >= THROTTLE_LOGIN or of_address >= THROTTLE_ADDRESS

    def seen(self, actor: Actor, ids: Iterable[uuid.UUID] | None, now: datetime) -> None:
        """Mark messages as read; all of the person's when no ids are given."""
        statement = (
            update(Notification)
            .where(Notification.person_id == actor.person_id, Notification.read_at.is_(None))
            .values(read_at=now)
        )
        if ids is not None:
            statement = statement.where(Notification.id.in_(list(ids)))
        with self.transactions.write() as session:
            session.execute(statement)

    def prefer(self, actor: Actor, *, language: str | None, theme: str | None) -> None:
        """Keep a person's language and theme."""
        values = {k: v for k, v in (("language", language), ("theme", theme)) if v}
        if values:
            with self.transactions.write() as session:
                session.execute(update(Person).where(Person.id == actor.person_id).values(**values))

    def begin_upload(
        self,
        actor: Actor,
        upload_id: uuid.UUID,
        *,
        case_id: uuid.UUID | None,
        name: str,
        size: int,
        now: datetime,
    ) -> None:
        """Register a file that is about to come in; its size limit was checked before."""
        row = Upload(
            id=upload_id, person_id=actor.person_id, case_id=case_id, name=name[:200],
            size=size, started_at=now,
        )  # fmt: skip
        with self.transactions.write() as session:
            session.add(row)

    def upload(self, actor: Actor, upload_id: uuid.UUID) -> Upload:
        """The person's own upload."""
        with self.transactions.read() as session:
            row = session.get(Upload, upload_id)
            if row is None or row.person_id != actor.person_id:
                raise NotFound()
            return row

    def upload_progress(self, upload_id: uuid.UUID, offset: int) -> None:
        """How many bytes have arrived."""
        with self.transactions.write() as session:
            session.execute(update(Upload).where(Upload.id == upload_id).values(offset=offset))

    def finish_upload(
        self, upload_id: uuid.UUID, *, sha256: str, media_type: str, now: datetime
    ) -> None:
        """The file is complete and recognised."""
        with self.transactions.write() as session:
            session.execute(
                update(Upload)
                .where(Upload.id == upload_id)
                .values(offset=Upload.size, sha256=sha256, media_type=media_type, finished_at=now)
            )

    def drop_upload(self, upload_id: uuid.UUID) -> None:
        """Forget a file that never became complete or was refused."""
        with self.transactions.write() as session:
            session.execute(
                delete(Upload).where(Upload.id == upload_id, Upload.finished_at.is_(None))
            )

    def document_rendered(
        self, document_id: uuid.UUID, *, sha256: str, pages: int, now: datetime
    ) -> None:
        """The file of an issued document is there; what the document says was settled before."""
        done = {"sha256": sha256, "pages": pages, "rendered_at": now, "failure": None}
        with self.transactions.write() as session:
            session.execute(update(Document).where(Document.id == document_id).values(**done))

    def document_failed(self, document_id: uuid.UUID, failure: str) -> None:
        """Why the file of a document could not be made."""
        with self.transactions.write() as session:
            session.execute(
                update(Document)
                .where(Document.id == document_id, Document.sha256.is_(None))
                .values(failure=failure[:1000])
            )

    def archive_bound(self, volume_id: uuid.UUID, *, sha256: str, bound: Bound) -> None:
        """The one PDF of an archived file is there, with its pages and books as bound."""
        with self.transactions.write() as session:
            session.execute(
                update(ArchiveVolume)
                .where(ArchiveVolume.id == volume_id)
                .values(
                    sha256=sha256,
                    index=bound.index,
                    main_pages=bound.main_pages,
                    secondary_pages=bound.secondary_pages,
                    volumes=bound.books,
                )
            )

    def report_told(self, record_id: uuid.UUID, **values: Any) -> None:
        """How far a report that waited has come: mapped, sent, answered, or why not."""
        with self.transactions.write() as session:
            waits = ReportRecord.state == ReportState.WAITING
            mine = ReportRecord.id == record_id
            session.execute(update(ReportRecord).where(mine, waits).values(**values))

    def emailed(self, notification_id: uuid.UUID, now: datetime) -> None:
        """The message has also gone out by e-mail."""
        with self.transactions.write() as session:
            session.execute(
                update(Notification)
                .where(Notification.id == notification_id)
                .values(emailed_at=now)
            )

    def seal_audit(self, now: datetime) -> bool:
        """Seal the audit trail once a Shanghai day; False when today's seal is there already."""
        with self.transactions.write() as session:
            # Two workers at midnight: the second waits here, then finds the seal of the first.
            session.execute(text("lock table audit_seal in exclusive mode"))
            last = session.scalar(select(func.max(AuditSeal.at)))
            if last is not None and law_day(last) >= law_day(now):
                return False
            return audit.seal(session, now) is not None

    def progress(
        self, key: str, *, done: int, total: int, state: str, message: dict[str, Any], now: datetime
    ) -> None:
        """How far a long piece of work has come."""
        row = {
            "key": key, "done": done, "total": total, "state": state,
            "message": message, "changed_at": now,
        }  # fmt: skip
        with self.transactions.write() as session:
            session.execute(
                insert(Progress)
                .values(**row)
                .on_conflict_do_update(index_elements=["key"], set_=row)
            )

    def new_token(
        self, actor: Actor, *, name: str, secret: str, now: datetime, days: int
    ) -> uuid.UUID:
        """Store the hash of a bearer token; the secret itself is shown once and not kept."""
        row = ApiToken(
            id=uuid.uuid4(), person_id=actor.person_id, name=name[:200], hash=token_hash(secret),
            created_at=now, expires_at=now + timedelta(days=days),
        )  # fmt: skip
        with self.transactions.write() as session:
            session.add(row)
        return row.id

    def revoke_token(self, actor: Actor, token_id: uuid.UUID, now: datetime) -> None:
        """End a token of one's own."""
        with self.transactions.write() as session:
            session.execute(
                update(ApiToken)
                .where(ApiToken.id == token_id, ApiToken.person_id == actor.person_id)
                .values(revoked_at=now)
            )

    def token_owner(self, secret: str, now: datetime) -> uuid.UUID | None:
        """Whose token this is, if it is valid now."""
        with self.transactions.read() as session:
            row = session.scalar(select(ApiToken).where(ApiToken.hash == token_hash(secret)))
        if row is None or row.revoked_at is not None or row.expires_at <= now:
            return None
        return row.person_id if hmac.compare_digest(row.hash, token_hash(secret)) else None


def token_hash(secret: str) -> bytes:
    """What is stored of a bearer token."""
    return hashlib.sha256(secret.encode()).digest()


def _count(session: Session, *conditions: Any) -> int:
    return session.scalar(select(func.count()).select_from(SignIn).where(*conditions)) or 0
