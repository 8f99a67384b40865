"""The case list and search: filtered, keyset-paged, one index-ordered part a legal subject."""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, union_all
from sqlalchemy.orm import Session

from models.case import Case
from models.errors import Invalid
from models.grams import grams_of
from workflows.access import SEES_CASES
from workflows.actors import Actor
from workflows.queries.paging import COUNTED, PAGE, Count, Page, bare, bounded_count, moment_of


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as the list shows it."""

    id: uuid.UUID
    subject_id: uuid.UUID
    unit_id: uuid.UUID
    stage: str
    flags: list[str]
    lead_no: str | None
    case_no: str | None
    name: str
    party_name: str
    matter_title: str | None
    act_place: str | None
    opened_at: datetime
    filed_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None
    next_due_at: datetime | None
    next_clock: str | None


COLUMNS = tuple(getattr(Case, name) for name in CaseRow.__slots__)


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What the list is narrowed to."""

    text: str = ""
    stage: str | None = None
    subject_id: uuid.UUID | None = None
    late: bool = False
    soon_before: datetime | None = None
    leads: bool = False

    def conditions(self, now: datetime) -> list[ColumnElement[bool]]:
        """The filters as conditions; search finds every pair of neighbouring characters."""
        found: list[ColumnElement[bool]] = []
        if self.text.strip():
            found.append(Case.grams.contains(sorted(grams_of(self.text))))
        if self.stage:
            found.append(Case.stage == self.stage)
        if self.leads:
            found.append(Case.case_no.is_(None))
        if self.late:
            found.append(Case.next_due_at <= now)
        if self.soon_before:
            found.append(and_(Case.next_due_at > now, Case.next_due_at <= self.soon_before))
        return found


def subjects_of(actor: Actor) -> list[uuid.UUID]:
    """Legal subjects whose cases the person may see."""
    return sorted({h.subject_id for h in actor.holdings if h.role in SEES_CASES}, key=str)


def case_list(
    session: Session,
    actor: Actor,
    now: datetime,
    filters: CaseFilters,
    *,
    after: str | None = None,
    limit: int = PAGE,
) -> Page[CaseRow]:
    """A page of visible cases, latest first."""
    parts = _parts(actor, now, filters, after)
    if not parts:
        return Page([])
    newest = (Case.opened_at.desc(), Case.id)
    limited = [select(p.order_by(*newest).limit(limit + 1).subquery()) for p in parts]
    ids = union_all(*limited).subquery()
    query = select(*COLUMNS).where(Case.id.in_(select(ids.c.id))).order_by(*newest).limit(limit + 1)
    rows = [CaseRow(*row) for row in session.execute(query)]
    more = len(rows) > limit
    return Page(rows[:limit], _cursor(rows[limit - 1]) if more else None)


def case_count(session: Session, actor: Actor, now: datetime, filters: CaseFilters) -> Count:
    """How many cases the filters leave, exact up to 1,000."""
    parts = _parts(actor, now, filters, None)
    if not parts:
        return Count(0)
    each = [select(bare(part).limit(COUNTED + 1).subquery()) for part in parts]
    return bounded_count(session, select(union_all(*each).subquery()))


def _parts(
    actor: Actor, now: datetime, filters: CaseFilters, after: str | None
) -> list[Select[Any]]:
    conditions = filters.conditions(now)
    if after is not None:
        opened, id_ = _position(after)
        later = and_(Case.opened_at == opened, Case.id > id_)
        conditions.append(or_(Case.opened_at < opened, later))
    subjects = subjects_of(actor)
    if filters.subject_id is not None:
        subjects = [s for s in subjects if s == filters.subject_id]
    return [select(Case.id).where(Case.subject_id == s, *conditions) for s in subjects]


def _cursor(row: CaseRow) -> str:
    return urlsafe_b64encode(f"{row.opened_at.isoformat()}|{row.id}".encode()).decode()


def _position(cursor: str) -> tuple[datetime, uuid.UUID]:
    try:
        opened, _, id_ = urlsafe_b64decode(cursor.encode()).decode().partition("|")
        return moment_of(opened), uuid.UUID(id_)
    except ValueError as error:
        raise Invalid() from error
