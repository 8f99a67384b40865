"""Which open cases a change of the law touches: counted by the same arithmetic that will move them.

`candidates` are the clocks that the change may move; `moves` works each out under the law as it
is and as it would be. Nothing is guessed: what is shown is what the recount would do now.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from models.calendar import CalendarStatus, YearTable
from models.case import Case
from models.clock import StatutoryClock
from models.clock_rules import CLOCK_RULES
from models.duration import Exclusion, Period, PeriodUnit, StepKind, compute
from models.law_change import ChangeKind, LawChange
from models.subject import LegalSubject
from models.types import ClockState, Stage
from workflows.clocks import AGENCY_CLOCKS
from workflows.lawbook import DatedValue, LawBook
from workflows.queries.paging import PAGE, Count, Page, bounded_count

BEFORE_DECISION = frozenset(
    {Stage.LEAD, Stage.FILED, Stage.INVESTIGATING, Stage.REVIEWING, Stage.NOTIFIED}
    | {Stage.HEARING, Stage.DISCUSSING}
)
AFTER_DECISION = frozenset({Stage.DECIDED, Stage.ENFORCING})
LATE_KEYS = ("surcharge.", "payment.", "disclosure.", "archive.")
"""Beginnings of parameters that are read after the decision; all others are read before it."""


@dataclass(frozen=True, slots=True)
class Move:
    """One clock under the law as it is and as it would be."""

    clock_id: uuid.UUID
    case_id: uuid.UUID
    case_no: str
    subject: str
    subject_en: str
    stage: str
    code: str
    last_before: date
    outer_before: date
    last_after: date
    outer_after: date


@dataclass(frozen=True, slots=True)
class Touched:
    """One open case that reads the changed value in a later step."""

    case_id: uuid.UUID
    case_no: str
    subject: str
    subject_en: str
    stage: str


def proposed_law(law: LawBook, change: LawChange) -> LawBook:
    """The law book as it would be with the change in force."""
    after: Mapping[str, Any] = change.after
    if change.kind == ChangeKind.CALENDAR:
        days = {k: frozenset(date.fromisoformat(d) for d in after[k]) for k in ("off", "work")}
        status = CalendarStatus(after["status"])
        table = YearTable(int(change.key), days["off"], days["work"], status, after["notice"])
        return law.with_year(table)
    if change.kind == ChangeKind.PARAMETER:
        value = DatedValue(change.effective_from, change.subject_id, after["value"], after["unit"])
        return law.with_value(change.key, value)
    return law


def affected_clocks(change: LawChange) -> ColumnElement[bool]:
    """Clocks that the change may move: live ones, of its codes, in its days, of its subject."""
    live = or_(
        StatutoryClock.state.in_([ClockState.RUNNING, ClockState.SUSPENDED]),
        and_(
            StatutoryClock.state == ClockState.EXPIRED,
            StatutoryClock.code.in_(sorted(AGENCY_CLOCKS)),
        ),
    )
    parts = [live, StatutoryClock.case_id == Case.id]
    if change.subject_id is not None:
        parts.append(Case.subject_id == change.subject_id)
    if change.kind == ChangeKind.CALENDAR:
        year = int(change.key)
        parts.append(StatutoryClock.outer_day >= date(year, 1, 1))
        parts.append(StatutoryClock.started_on <= date(year, 12, 31))
    else:
        parts.append(StatutoryClock.code.in_(codes_of(change.key)))
        parts.append(StatutoryClock.started_on >= change.effective_from)
    return and_(*parts)


def codes_of(key: str) -> list[str]:
    """The clocks whose length or lead a parameter gives; none for other parameters."""
    prefix = key.split(".")[0]
    return [code for code, rule in CLOCK_RULES.items() if rule.prefix == prefix]


def cases_to_recount(
    session: Session, change: LawChange, after: uuid.UUID | None, limit: int
) -> list[uuid.UUID]:
    """The next cases, by key, with a clock that the change may move."""
    query = select(Case.id).where(
        select(StatutoryClock.id).where(affected_clocks(change)).correlate(Case).exists()
    )
    if after is not None:
        query = query.where(Case.id > after)
    return list(session.scalars(query.order_by(Case.id).limit(limit)))


def count_cases(session: Session, change: LawChange) -> int:
    """How many cases have a clock that the change may move."""
    query = select(func.count(func.distinct(StatutoryClock.case_id))).where(affected_clocks(change))
    return session.scalar(query) or 0


def candidates(session: Session, change: LawChange) -> Count:
    """How many clocks the change may move."""
    return bounded_count(session, select(StatutoryClock.id).where(affected_clocks(change)))


def moves(session: Session, law: LawBook, change: LawChange) -> Iterator[Move]:
    """Every clock that would move, in the order of clocks; each is counted by both laws."""
    then = proposed_law(law, change)
    query = (
        select(StatutoryClock, Case, LegalSubject)
        .join(Case, Case.id == StatutoryClock.case_id)
        .join(LegalSubject, LegalSubject.id == Case.subject_id)
        .where(affected_clocks(change))
        .order_by(StatutoryClock.id)
        .execution_options(yield_per=500)
    )
    for row, case, subject in session.execute(query):
        if any(step["kind"] == StepKind.FIXED for step in row.steps):
            continue
        found = _worked_out(row, case, then, change)
        if found != (row.last_day, row.outer_day):
            yield Move(
                row.id, case.id, case.case_no or "", subject.name, subject.name_en, case.stage,
                row.code, row.last_day, row.outer_day, *found,
            )  # fmt: skip


def _worked_out(
    row: StatutoryClock, case: Case, law: LawBook, change: LawChange
) -> tuple[date, date]:
    period = Period(row.length, PeriodUnit(row.unit))
    length = CLOCK_RULES[row.code].length
    if length is not None and length.parameter == change.key:
        entry = law.entry(length.parameter, row.started_on, case.subject_id)
        period = length.period(int(entry.value), entry.unit)
    deadline = compute(
        period,
        row.started_at,
        extensions=[Period.from_plain(e) for e in row.extensions],
        exclusions=[Exclusion.from_plain(e) for e in row.exclusions],
        rolls=row.rolls,
        calendar=law.calendar,
    )
    return deadline.last_day, deadline.outer_day


def readers(change: LawChange) -> ColumnElement[bool]:
    """Open cases that will still read the value: of its subject, at a stage before its use."""
    stages = AFTER_DECISION if change.key.startswith(LATE_KEYS) else BEFORE_DECISION
    if change.kind == ChangeKind.CALENDAR:
        stages = BEFORE_DECISION | AFTER_DECISION
    parts: list[ColumnElement[bool]] = [Case.stage.in_(sorted(stages))]
    if change.subject_id is not None:
        parts.append(Case.subject_id == change.subject_id)
    if change.kind == ChangeKind.MATTER:
        parts.append(Case.matter_title == change.after["title"])
    return and_(*parts)


def touched(session: Session, change: LawChange, *, number: int) -> tuple[Count, Page[Touched]]:
    """Open cases that will read the value in a later step: their number, and one page of them."""
    query = select(Case, LegalSubject).join(LegalSubject).where(readers(change))
    count = bounded_count(session, select(Case.id).where(readers(change)))
    ordered = query.order_by(Case.opened_at, Case.id).limit(PAGE + 1).offset((number - 1) * PAGE)
    rows = [
        Touched(case.id, case.case_no or "", subject.name, subject.name_en, case.stage)
        for case, subject in session.execute(ordered)
    ]
    return count, Page(rows[:PAGE], str(number + 1) if len(rows) > PAGE else None)
