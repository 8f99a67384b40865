"""How long an archived file is kept (保管期限), and how thick it is before it is bound."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.archive import Disposal, FileLoan, LegalHold
from models.case import Case
from models.document import Document
from models.duration import law_day
from models.types import DocumentState, Flag
from workflows.act import Act
from workflows.lawbook import LawBook

YEARS = {"thirty_years": 30, "ten_years": 10}
"""Years of each period; what is not here is kept for ever (永久)."""
NEXT_YEAR = "next_year"


def retained_until(act: Act, retention: str) -> date | None:
    """The last day of the period; None for ever. It runs from the first of January after the
    closing, or from the closing itself where local rules say so (`archive.retention_from`)."""
    years = YEARS.get(retention)
    if years is None:
        return None
    closed = law_day(act.case.closed_at or act.now)
    if act.parameter("archive.retention_from") == NEXT_YEAR:
        return date(closed.year + years, 12, 31)
    day = 28 if (closed.month, closed.day) == (2, 29) else closed.day
    return date(closed.year + years, closed.month, day)


def retention_of(law: LawBook, case: Case, day: date) -> str:
    """How long a file like this one is kept here."""
    key = "archive.retention_major" if Flag.MAJOR in case.flags else "archive.retention_ordinary"
    return str(law.value(key, day, case.subject_id))


def counted(act: Act) -> dict[str, int]:
    """Pages of the documents by volume as far as they are made, one for each that is not."""
    issued = [d for d in act.record.all(Document) if d.state == DocumentState.ISSUED]
    pages = {
        volume: sum(d.pages or 1 for d in issued if d.volume == volume)
        for volume in ("main", "secondary")
    }
    return {"main": max(pages["main"], 1), "secondary": pages["secondary"]}


def hold_of(session: Session, case_id: uuid.UUID) -> LegalHold | None:
    """The hold under which a file is; None without one."""
    query = select(LegalHold).where(LegalHold.case_id == case_id, LegalHold.lifted_at.is_(None))
    return session.scalars(query).first()


def loans_of(session: Session, case_id: uuid.UUID) -> Sequence[FileLoan]:
    """All borrowings of a file, the latest first."""
    query = select(FileLoan).where(FileLoan.case_id == case_id)
    return session.scalars(query.order_by(FileLoan.requested_at.desc())).all()


def loan_of(session: Session, case_id: uuid.UUID, key: str) -> FileLoan | None:
    """A borrowing of this file by its key."""
    return next((row for row in loans_of(session, case_id) if str(row.id) == key), None)


def open_disposal(session: Session, case_id: uuid.UUID) -> Disposal | None:
    """The entry in the list of disposal that waits for the second person."""
    query = select(Disposal).where(
        Disposal.case_id == case_id,
        Disposal.cancelled_at.is_(None),
        Disposal.carried_out_at.is_(None),
    )
    return session.scalars(query).first()
