"""What a supervisor asks: how many cases are open, late, soon late; which ones; what was refused.

Every figure is the number of cases of a named set, and the list of that set has as many rows.
"""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from models.case import Case
from models.clock import StatutoryClock
from models.errors import Invalid
from models.note import RefusedAttempt, SignIn
from models.person import Person
from models.subject import LegalSubject, Unit
from models.task import Task
from models.types import EXITS, ClockState, Role, TaskState
from workflows.actors import Actor
from workflows.clocks import AGENCY_CLOCKS
from workflows.queries.paging import PAGE, Count, Page, bounded_count, moment_of

WHOLE_SUBJECT = frozenset({Role.SUPERVISOR, Role.LEADER_CHIEF, Role.LEADER_DEPUTY})
"""Roles that look at every case of their legal subject; unit heads look at their unit's."""
SUPERVISES = WHOLE_SUBJECT | {Role.UNIT_HEAD}
MOST_ROWS = 20_000
"""Rows of one table for a spreadsheet."""


class CaseSet(StrEnum):
    """Named sets of cases; each figure of the board is the size of one."""

    OPEN = "open"
    LATE = "late"
    SOON = "soon"
    FILED = "filed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the board and its lists are narrowed to."""

    now: datetime
    year_start: datetime
    wanted: CaseSet = CaseSet.OPEN
    subject_id: uuid.UUID | None = None
    unit_id: uuid.UUID | None = None
    stage: str | None = None
    clock: str | None = None

    def of(self, wanted: CaseSet) -> "Filters":
        """The same for another set."""
        return replace(self, wanted=wanted)

    def conditions(self) -> list[ColumnElement[bool]]:
        """The filters on cases."""
        found = [*_in_set(self)]
        if self.subject_id is not None:
            found.append(Case.subject_id == self.subject_id)
        if self.unit_id is not None:
            found.append(Case.unit_id == self.unit_id)
        if self.stage:
            found.append(Case.stage == self.stage)
        if self.clock:
            found.append(Case.next_clock == self.clock)
        return found


def scope(actor: Actor) -> ColumnElement[bool]:
    """The cases that the person supervises: granted subjects, or the unit that they head."""
    subjects = {h.subject_id for h in actor.holdings if h.role in WHOLE_SUBJECT}
    units = {h.unit_id for h in actor.holdings if h.role == Role.UNIT_HEAD}
    parts: list[ColumnElement[bool]] = []
    if subjects:
        parts.append(Case.subject_id.in_(subjects))
    if units:
        parts.append(Case.unit_id.in_(units))
    return or_(*parts) if parts else false()


def _in_set(filters: Filters) -> Iterator[ColumnElement[bool]]:
    match filters.wanted:
        case CaseSet.OPEN:
            yield _open()
        case CaseSet.LATE:
            yield and_(_open(), _late(filters.now))
        case CaseSet.SOON:
            yield and_(_open(), _soon(filters.now))
        case CaseSet.FILED:
            yield Case.filed_at >= filters.year_start
        case CaseSet.CLOSED:
            yield and_(Case.filed_at >= filters.year_start, Case.closed_at.is_not(None))


def _open() -> ColumnElement[bool]:
    """Cases that have not come to their end, and those in which something has begun after it."""
    runs = and_(Case.closed_at.is_(None), Case.stage.not_in(sorted(EXITS)))
    return or_(runs, func.cardinality(Case.open_sides) > 0)


def _late(now: datetime) -> ColumnElement[bool]:
    """The clock that comes first, or came first, is over."""
    return Case.next_due_at <= now


def _soon(now: datetime) -> ColumnElement[bool]:
    """Nothing is over yet, and a clock that binds the agency has turned amber."""
    amber = exists().where(
        StatutoryClock.case_id == Case.id,
        StatutoryClock.state == ClockState.RUNNING,
        StatutoryClock.amber_at <= now,
        StatutoryClock.code.in_(sorted(AGENCY_CLOCKS)),
    )
    return and_(Case.next_due_at > now, amber)


@dataclass(frozen=True, slots=True)
class Cell:
    """Counts of one subject, unit and stage."""

    subject_id: uuid.UUID
    unit_id: uuid.UUID
    stage: str
    open: int
    late: int
    soon: int


def cells(session: Session, actor: Actor, filters: Filters) -> list[Cell]:
    """Open cases by subject, unit and stage, with how many of them are late and soon late."""
    query = (
        select(
            Case.subject_id,
            Case.unit_id,
            Case.stage,
            func.count(),
            func.count().filter(_late(filters.now)),
            func.count().filter(_soon(filters.now)),
        )
        .where(scope(actor), *filters.of(CaseSet.OPEN).conditions())
        .group_by(Case.subject_id, Case.unit_id, Case.stage)
    )
    return [Cell(*row) for row in session.execute(query)]


def size(session: Session, actor: Actor, filters: Filters) -> int:
    """How many cases the set has: the very number, for it stands in a quotient."""
    query = select(func.count()).where(scope(actor), *filters.conditions())
    return session.scalar(query) or 0


def count(session: Session, actor: Actor, filters: Filters) -> Count:
    """The same for a list, exact up to 1,000."""
    return bounded_count(session, select(Case.id).where(scope(actor), *filters.conditions()))


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of a list: where it stands, which clock presses, who holds it."""

    id: uuid.UUID
    subject_id: uuid.UUID
    unit_id: uuid.UUID
    stage: str
    lead_no: str | None
    case_no: str | None
    party_name: str
    matter_title: str | None
    opened_at: datetime
    filed_at: datetime | None
    closed_at: datetime | None
    next_due_at: datetime | None
    next_clock: str | None


COLUMNS = tuple(getattr(Case, name) for name in CaseRow.__slots__)


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of cases with the clock that presses and the steps that wait, by case."""

    rows: list[CaseRow]
    next: str | None
    clocks: Mapping[uuid.UUID, StatutoryClock]
    tasks: Mapping[uuid.UUID, list[tuple[Task, Person | None]]]


def case_page(
    session: Session,
    actor: Actor,
    filters: Filters,
    *,
    after: str | None = None,
    limit: int = PAGE,
) -> CasePage:
    """The cases of a set, the most pressing first."""
    query = select(*COLUMNS).where(scope(actor), *filters.conditions())
    if after:
        query = query.where(_after(after))
    order = (Case.next_due_at.asc().nulls_last(), Case.id)
    rows = [CaseRow(*row) for row in session.execute(query.order_by(*order).limit(limit + 1))]
    shown = rows[:limit]
    ids = [row.id for row in shown]
    return CasePage(
        shown,
        _cursor(rows[limit - 1]) if len(rows) > limit else None,
        _clocks(session, shown),
        _tasks(session, ids),
    )


def _cursor(row: CaseRow) -> str:
    due = row.next_due_at.isoformat() if row.next_due_at else ""
    return urlsafe_b64encode(f"{due}|{row.id}".encode()).decode()


def _after(cursor: str) -> ColumnElement[bool]:
    try:
        due, _, id_ = urlsafe_b64decode(cursor.encode()).decode().partition("|")
        last, at = uuid.UUID(id_), moment_of(due) if due else None
    except ValueError as error:
        raise Invalid() from error
    if at is None:
        return and_(Case.next_due_at.is_(None), Case.id > last)
    same = and_(Case.next_due_at == at, Case.id > last)
    return or_(Case.next_due_at > at, Case.next_due_at.is_(None), same)


def _clocks(session: Session, rows: list[CaseRow]) -> dict[uuid.UUID, StatutoryClock]:
    """The clock that each case's `next_due_at` repeats."""
    query = select(StatutoryClock).join(
        Case,
        and_(
            Case.id == StatutoryClock.case_id,
            Case.next_clock == StatutoryClock.code,
            Case.next_due_at == StatutoryClock.due_at,
        ),
    )
    found = session.scalars(query.where(StatutoryClock.case_id.in_([row.id for row in rows])))
    return {clock.case_id: clock for clock in found}


def _tasks(
    session: Session, ids: list[uuid.UUID]
) -> dict[uuid.UUID, list[tuple[Task, Person | None]]]:
    query = (
        select(Task, Person)
        .outerjoin(Person, Person.id == Task.assignee_id)
        .where(Task.case_id.in_(ids), Task.state == TaskState.OPEN)
        .order_by(Task.opened_at)
    )
    found: dict[uuid.UUID, list[tuple[Task, Person | None]]] = {}
    for task, person in session.execute(query):
        found.setdefault(task.case_id, []).append((task, person))
    return found


def every_case(session: Session, actor: Actor, filters: Filters) -> Iterator[CasePage]:
    """The whole set page by page, up to what a spreadsheet takes."""
    after: str | None = None
    for _number in range(MOST_ROWS // 500):
        page = case_page(session, actor, filters, after=after, limit=500)
        yield page
        after = page.next
        if after is None:
            return


def supervised(session: Session, actor: Actor, case_id: uuid.UUID) -> Case | None:
    """The case, if the person supervises it."""
    return session.scalar(select(Case).where(Case.id == case_id, scope(actor)))


def places(session: Session, actor: Actor) -> tuple[list[LegalSubject], list[Unit]]:
    """Legal subjects and units that the person supervises, for filters and names."""
    wide = {h.subject_id for h in actor.holdings if h.role in WHOLE_SUBJECT}
    heads = {h.unit_id for h in actor.holdings if h.role == Role.UNIT_HEAD}
    units = session.scalars(
        select(Unit)
        .where(or_(Unit.subject_id.in_(wide), Unit.id.in_(heads)))
        .order_by(Unit.subject_id, Unit.key)
    ).all()
    ids = wide | {unit.subject_id for unit in units}
    subjects = session.scalars(
        select(LegalSubject).where(LegalSubject.id.in_(ids)).order_by(LegalSubject.key)
    )
    return list(subjects), list(units)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Something that was tried and refused."""

    id: int
    at: datetime
    name: str | None
    name_en: str | None
    case_id: uuid.UUID
    party_name: str
    case_no: str | None
    command: str
    rules: list[str]
    via: str
    pack_version_id: uuid.UUID


def attempts(
    session: Session, actor: Actor, *, before: int | None = None, limit: int = PAGE
) -> Page[Attempt]:
    """Refused attempts in supervised cases, latest first."""
    query: Any = (
        select(
            RefusedAttempt.id, RefusedAttempt.at, Person.name, Person.name_en, Case.id,
            Case.party_name, func.coalesce(Case.case_no, Case.lead_no), RefusedAttempt.command,
            RefusedAttempt.rules, RefusedAttempt.via, Case.pack_version_id,
        )
        .join(Case, Case.id == RefusedAttempt.case_id)
        .outerjoin(Person, Person.id == RefusedAttempt.person_id)
        .where(scope(actor))
        .order_by(RefusedAttempt.id.desc())
        .limit(limit + 1)
    )  # fmt: skip
    if before is not None:
        query = query.where(RefusedAttempt.id < before)
    rows = [Attempt(*row) for row in session.execute(query)]
    return Page(rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None)


def sign_ins(
    session: Session, *, before: int | None = None, limit: int = PAGE
) -> Page[tuple[SignIn, Person | None]]:
    """Attempts to sign in, latest first; for administrators only."""
    query = (
        select(SignIn, Person)
        .outerjoin(Person, Person.id == SignIn.person_id)
        .order_by(SignIn.id.desc())
        .limit(limit + 1)
    )
    if before is not None:
        query = query.where(SignIn.id < before)
    rows: list[tuple[SignIn, Person | None]] = [(r[0], r[1]) for r in session.execute(query)]
    return Page(rows[:limit], str(rows[limit - 1][0].id) if len(rows) > limit else None)
