"""The archive as it is looked at: archived files found by number, party, year and cause."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models.archive import FileLoan, LegalHold, LoanState
from models.case import Case
from models.closing import ArchiveVolume
from models.duration import day_start
from workflows.actors import Actor
from workflows.permissions import visible_to
from workflows.queries.paging import PAGE, Count, Page, bounded_count


def case_named(session: Session, name: str) -> uuid.UUID | None:
    """An archived case by its number, an archive number of it, or its key."""
    told = [Case.case_no == name, Case.lead_no == name, ArchiveVolume.archive_no == name]
    with suppress(ValueError):
        told.append(Case.id == uuid.UUID(name))
    query = select(Case.id).join(ArchiveVolume, ArchiveVolume.case_id == Case.id)
    return session.scalars(query.where(or_(*told)).limit(1)).first()


@dataclass(frozen=True, slots=True)
class ArchiveFilters:
    """What the register shows."""

    text: str = ""
    year: int | None = None
    ended: bool = False
    """Only files whose retention has ended."""


def archived(
    session: Session, actor: Actor, filters: ArchiveFilters, today: date, *, number: int = 1
) -> tuple[Page[tuple[ArchiveVolume, Case]], Count]:
    """Archived files, the latest first; found by number, party, cause and place."""
    query = _narrowed(actor, filters, today)
    ordered = query.order_by(ArchiveVolume.recorded_at.desc(), ArchiveVolume.id)
    found = session.execute(ordered.limit(PAGE + 1).offset((number - 1) * PAGE)).all()
    rows = [(row[0], row[1]) for row in found]
    more = str(number + 1) if len(rows) > PAGE else None
    return Page(rows[:PAGE], more), bounded_count(session, query)


def all_archived(
    session: Session, actor: Actor, filters: ArchiveFilters, today: date
) -> Iterator[tuple[ArchiveVolume, Case]]:
    """The same register to take away."""
    query = _narrowed(actor, filters, today).order_by(ArchiveVolume.archive_no)
    for row in session.execute(query):
        yield row[0], row[1]


def held(session: Session, cases: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Which of the cases are under a legal hold."""
    query = select(LegalHold.case_id).where(
        LegalHold.case_id.in_(list(cases)), LegalHold.lifted_at.is_(None)
    )
    return frozenset(session.scalars(query))


def loans(
    session: Session, actor: Actor, *, everyone: bool, number: int = 1
) -> tuple[Page[FileLoan], Count]:
    """Borrowings: one's own, or for archivists all of their subjects; open ones first."""
    query = select(FileLoan).join(Case, FileLoan.case_id == Case.id).where(visible_to(actor))
    if not everyone:
        query = query.where(FileLoan.borrower_id == actor.person_id)
    query = query.options(joinedload(FileLoan.case), joinedload(FileLoan.borrower))
    waits = FileLoan.state.in_((LoanState.REQUESTED, LoanState.LENT))
    ordered = query.order_by(waits.desc(), FileLoan.until.asc(), FileLoan.requested_at.desc())
    rows = list(session.scalars(ordered.limit(PAGE + 1).offset((number - 1) * PAGE)))
    more = str(number + 1) if len(rows) > PAGE else None
    return Page(rows[:PAGE], more), bounded_count(session, query)


def loan(session: Session, actor: Actor, key: uuid.UUID) -> FileLoan | None:
    """One borrowing in a case that the person may see."""
    query = select(FileLoan).join(Case, FileLoan.case_id == Case.id).where(visible_to(actor))
    query = query.options(joinedload(FileLoan.case), joinedload(FileLoan.borrower))
    return session.scalars(query.where(FileLoan.id == key)).first()


def _narrowed(actor: Actor, filters: ArchiveFilters, today: date) -> Any:
    joined = select(ArchiveVolume, Case).join(Case, ArchiveVolume.case_id == Case.id)
    query: Any = joined.where(visible_to(actor))
    if filters.year:
        first, after = (day_start(date(filters.year + n, 1, 1)) for n in (0, 1))
        query = query.where(ArchiveVolume.recorded_at >= first, ArchiveVolume.recorded_at < after)
    if filters.ended:
        query = query.where(ArchiveVolume.retain_until < today)
    if filters.text:
        like = f"%{filters.text}%"
        told = (Case.case_no, Case.party_name, Case.cause, Case.matter_title)
        places = (ArchiveVolume.archive_no, ArchiveVolume.storage_place)
        query = query.where(or_(*(column.ilike(like) for column in (*told, *places))))
    return query
