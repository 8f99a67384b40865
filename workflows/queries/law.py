"""The law book as its pages list it: parameters, calendars, matters, and how they have changed."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from models.case import Case
from models.law_change import ChangeState, ClockMove, LawChange
from models.matter import Matter
from models.parameter import CalendarYear, ParameterValue
from models.person import Person
from models.subject import LegalSubject
from workflows.queries.paging import PAGE, Count, Page, bounded_count

TOPICS: Mapping[str, tuple[str, ...]] = {
    "clocks": ("clk_",),
    "hearing": ("hearing.",),
    "review": ("legal_review.",),
    "discussion": ("discussion.",),
    "simple": ("simple.", "cash.", "fast_track.", "first_violation."),
    "disclosure": ("disclosure.",),
    "payment": ("payment.", "surcharge."),
}
"""Topics by the beginnings of their keys; everything else stands under `other`."""
OTHER = "other"
LEADS = ".amber"
"""Ends of the keys that say when a clock turns amber: a topic of their own (`leads`)."""


def topic_of(key: str) -> str:
    """The topic under which a parameter is listed."""
    if key.endswith(LEADS):
        return "leads"
    return next((t for t, starts in TOPICS.items() if key.startswith(starts)), OTHER)


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter as the list shows it: what holds now, what comes next, what waits."""

    key: str
    title: str
    title_en: str
    unit: str
    value: Any
    since: date | None
    next_value: Any
    next_from: date | None
    own: int
    source: str
    verified: bool
    waiting: bool


def parameters(
    session: Session, today: date, *, topic: str = "", text: str = ""
) -> list[ParameterRow]:
    """Every parameter of a topic by key, with its value for everyone today."""
    found: dict[str, list[ParameterValue]] = {}
    for row in session.scalars(
        select(ParameterValue).order_by(ParameterValue.key, ParameterValue.effective_from)
    ):
        found.setdefault(row.key, []).append(row)
    waiting = set(
        session.scalars(select(LawChange.key).where(LawChange.state == ChangeState.PROPOSED))
    )
    rows = [_row(key, values, today, key in waiting) for key, values in found.items()]
    word = text.casefold()
    return [
        row
        for row in rows
        if (not topic or topic_of(row.key) == topic)
        and (not word or word in f"{row.key} {row.title} {row.title_en} {row.source}".casefold())
    ]


def _row(key: str, values: Sequence[ParameterValue], today: date, waiting: bool) -> ParameterRow:
    shared = [v for v in values if v.subject_id is None] or list(values)
    now = next((v for v in reversed(shared) if v.effective_from <= today), None)
    coming = next((v for v in shared if v.effective_from > today), None)
    shown = now or shared[0]
    return ParameterRow(
        key, shown.title, shown.title_en, shown.unit, now.value if now else None,
        now.effective_from if now else None, coming.value if coming else None,
        coming.effective_from if coming else None,
        len({v.subject_id for v in values if v.subject_id}), shown.source, shown.verified, waiting,
    )  # fmt: skip


def topics(rows: Sequence[ParameterRow]) -> dict[str, int]:
    """How many parameters each topic has, in the order of the tabs."""
    order = [*TOPICS, OTHER, "leads"]
    counted = dict.fromkeys(order, 0)
    for row in rows:
        counted[topic_of(row.key)] += 1
    return counted


def history(session: Session, key: str) -> list[tuple[ParameterValue, LegalSubject | None]]:
    """All values of a parameter, latest first, each with the legal subject whose own it is."""
    query = (
        select(ParameterValue, LegalSubject)
        .outerjoin(LegalSubject, LegalSubject.id == ParameterValue.subject_id)
        .where(ParameterValue.key == key)
        .order_by(ParameterValue.effective_from.desc(), LegalSubject.key)
    )
    return [(value, subject) for value, subject in session.execute(query)]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change with the names of those who proposed and decided it."""

    change: LawChange
    proposed_by: str
    decided_by: str | None
    subject: LegalSubject | None


def changes(
    session: Session, *, kind: str = "", key: str = "", state: str = "", number: int = 1
) -> tuple[Count, Page[ChangeRow]]:
    """Changes, latest first, with their true number."""
    conditions = [
        column == wanted
        for column, wanted in (
            (LawChange.kind, kind), (LawChange.key, key), (LawChange.state, state)
        )
        if wanted
    ]  # fmt: skip
    count = bounded_count(session, select(LawChange.id).where(*conditions))
    ordered = (
        _changes()
        .where(*conditions)
        .order_by(LawChange.proposed_at.desc(), LawChange.id)
        .limit(PAGE + 1)
        .offset((number - 1) * PAGE)
    )
    rows = [ChangeRow(*row) for row in session.execute(ordered)]
    return count, Page(rows[:PAGE], str(number + 1) if len(rows) > PAGE else None)


def change(session: Session, change_id: uuid.UUID) -> ChangeRow | None:
    """One change."""
    row = session.execute(_changes().where(LawChange.id == change_id)).first()
    return ChangeRow(*row) if row else None


def _changes() -> Any:
    author, second = aliased(Person), aliased(Person)
    return (
        select(LawChange, author.name, second.name, LegalSubject)
        .join(author, author.id == LawChange.proposed_by_id)
        .outerjoin(second, second.id == LawChange.decided_by_id)
        .outerjoin(LegalSubject, LegalSubject.id == LawChange.subject_id)
    )


def moved(
    session: Session, change_id: uuid.UUID, *, number: int = 1
) -> tuple[Count, Page[tuple[ClockMove, Case, LegalSubject]]]:
    """What a change moved: clocks with before and after, and their cases."""
    mine = ClockMove.change_id == change_id
    count = bounded_count(session, select(ClockMove.id).where(mine))
    query = (
        select(ClockMove, Case, LegalSubject)
        .join(Case, Case.id == ClockMove.case_id)
        .join(LegalSubject, LegalSubject.id == Case.subject_id)
        .where(mine)
        .order_by(ClockMove.moved_at, ClockMove.id)
        .limit(PAGE + 1)
        .offset((number - 1) * PAGE)
    )
    rows = [(move, case, subject) for move, case, subject in session.execute(query)]
    return count, Page(rows[:PAGE], str(number + 1) if len(rows) > PAGE else None)


def years(session: Session) -> list[CalendarYear]:
    """All years that have a table, latest first."""
    return list(session.scalars(select(CalendarYear).order_by(CalendarYear.year.desc())))


def matters(
    session: Session, today: date, *, text: str = "", number: int = 1
) -> tuple[Count, Page[Matter]]:
    """Wordings of matters by code and day; ended and coming ones too."""
    conditions = [
        or_(Matter.title.contains(text, autoescape=True), Matter.code.contains(text),
            Matter.key.contains(text))
    ] if text else []  # fmt: skip
    count = bounded_count(session, select(Matter.id).where(*conditions))
    query = select(Matter).where(*conditions).order_by(Matter.code, Matter.effective_from)
    rows = list(session.scalars(query.limit(PAGE + 1).offset((number - 1) * PAGE)))
    return count, Page(rows[:PAGE], str(number + 1) if len(rows) > PAGE else None)


def wordings(session: Session, key: str) -> list[Matter]:
    """All wordings of one matter, latest first."""
    query = select(Matter).where(Matter.key == key).order_by(Matter.effective_from.desc())
    return list(session.scalars(query))


def waiting(session: Session) -> int:
    """How many changes wait for their second person."""
    query = select(func.count()).where(LawChange.state == ChangeState.PROPOSED)
    return session.scalar(query) or 0
