"""The outbox of reports (归集、报送) as its page shows it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from models.case import Case
from models.reporting import ReportRecord
from models.types import ReportState
from workflows.actors import Actor
from workflows.permissions import visible_to
from workflows.queries.paging import PAGE, Count, Page, bounded_count

OPEN = frozenset(
    {ReportState.WAITING, ReportState.UNMAPPED, ReportState.SENT, ReportState.REJECTED}
)
"""Not yet taken by the platform."""


@dataclass(frozen=True, slots=True)
class ReportFilters:
    """What the list shows."""

    destination: str | None = None
    state: str | None = None
    text: str = ""


def reports(
    session: Session, actor: Actor, filters: ReportFilters, *, number: int = 1
) -> tuple[Page[ReportRecord], Count]:
    """The newest first, with their cases."""
    query = _narrowed(actor, filters).options(contains_eager(ReportRecord.case))
    ordered = query.order_by(ReportRecord.created_at.desc(), ReportRecord.id)
    rows = list(session.scalars(ordered.limit(PAGE + 1).offset((number - 1) * PAGE)))
    more = str(number + 1) if len(rows) > PAGE else None
    return Page(rows[:PAGE], more), bounded_count(session, query)


def all_reports(session: Session, actor: Actor, filters: ReportFilters) -> Iterator[ReportRecord]:
    """The same list to take away."""
    query = _narrowed(actor, filters).options(contains_eager(ReportRecord.case))
    yield from session.scalars(query.order_by(ReportRecord.created_at.desc(), ReportRecord.id))


def counted(session: Session, actor: Actor) -> dict[str, int]:
    """How many stand in each state."""
    query = select(ReportRecord.state, func.count()).join(Case).where(visible_to(actor))
    rows = session.execute(query.group_by(ReportRecord.state))
    return {str(state): number for state, number in rows}


def report_of(session: Session, actor: Actor, key: uuid.UUID) -> ReportRecord | None:
    """One record that the person may see."""
    query = select(ReportRecord).join(Case).where(ReportRecord.id == key, visible_to(actor))
    return session.scalars(query.options(contains_eager(ReportRecord.case))).first()


def tellings(session: Session, row: ReportRecord) -> list[ReportRecord]:
    """All tellings of the same event to the same destination, the last one first."""
    query = select(ReportRecord).where(
        ReportRecord.case_id == row.case_id,
        ReportRecord.destination == row.destination,
        ReportRecord.event == row.event,
    )
    return list(session.scalars(query.order_by(ReportRecord.version.desc())))


def overdue(row: ReportRecord, today: date) -> bool:
    """Whether it should have been there by now."""
    return row.due_on is not None and row.due_on < today and row.state in OPEN


def _narrowed(actor: Actor, filters: ReportFilters) -> Select[Any]:
    query = select(ReportRecord).join(Case).where(visible_to(actor))
    if filters.destination:
        query = query.where(ReportRecord.destination == filters.destination)
    if filters.state:
        query = query.where(ReportRecord.state == filters.state)
    if filters.text:
        like = f"%{filters.text}%"
        query = query.where(Case.case_no.ilike(like) | Case.party_name.ilike(like))
    return query
