"""The register of remedies with their next deadline, and the lessons, as pages list them."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from models.case import Case
from models.follow_up import FollowUp, Lesson
from models.remedy import Remedy
from models.types import Role
from workflows.access import LEADERS, REVIEWERS
from workflows.actors import Actor
from workflows.queries.paging import PAGE, Count, Page, bounded_count

SEES_REMEDIES = frozenset({Role.SUPERVISOR, Role.UNIT_HEAD, *REVIEWERS, *LEADERS})
"""Who keeps the register: the legal office, heads and supervisors."""
CORRECTED = ("changed", "revoked", "partly_revoked", "redo", "unlawful", "void", "perform")
"""Outcomes that count as a correction (K22, K23)."""


class RemedySet(StrEnum):
    """Which remedies the list shows."""

    OPEN = "open"
    FOLLOW_UP = "follow_up"
    CORRECTED = "corrected"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    which: RemedySet = RemedySet.OPEN
    kind: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One remedy with its case and what is due next."""

    remedy: Remedy
    case: Case
    due: date | None
    follow_ups: int
    """How many consequences are not done."""

    @property
    def step(self) -> str:
        """Where it stands: forward, admission, copy, reply, decision, follow_up or over."""
        row = self.remedy
        if row.ended_on is not None:
            return "follow_up" if self.follow_ups else "over"
        if row.accepted_on is None:
            waits = row.through_agency and row.forwarded_on is None
            return "forward" if waits else "admission"
        if row.copy_received_on is None:
            return "copy"
        return "reply" if row.replied_on is None else "decision"


def _mine(actor: Actor) -> ColumnElement[bool]:
    subjects = {h.subject_id for h in actor.holdings if h.role in SEES_REMEDIES}
    return Case.subject_id.in_(subjects) if subjects else false()


def _left() -> ColumnElement[int]:
    """Consequences of a remedy that are not done."""
    waiting = select(func.count()).where(
        FollowUp.remedy_id == Remedy.id, FollowUp.done_on.is_(None)
    )
    return waiting.correlate(Remedy).scalar_subquery()


def _of(which: RemedySet) -> ColumnElement[bool] | None:
    match which:
        case RemedySet.OPEN:
            return Remedy.ended_on.is_(None)
        case RemedySet.FOLLOW_UP:
            return exists().where(FollowUp.remedy_id == Remedy.id, FollowUp.done_on.is_(None))
        case RemedySet.CORRECTED:
            return Remedy.outcome.in_(CORRECTED)
        case _:
            return None


def _query(actor: Actor, wanted: Wanted) -> Select[Remedy, Case, int]:
    query = select(Remedy, Case, _left()).join(Case, Case.id == Remedy.case_id)
    query = query.where(_mine(actor))
    chosen = _of(wanted.which)
    if chosen is not None:
        query = query.where(chosen)
    if wanted.kind:
        query = query.where(Remedy.kind == wanted.kind)
    if wanted.text:
        words = (Case.party_name, Case.case_no, Remedy.authority, Remedy.authority_no)
        query = query.where(or_(*(w.contains(wanted.text, autoescape=True) for w in words)))
    return query.order_by(Remedy.applied_on.desc(), Remedy.id)


def remedies(
    session: Session, actor: Actor, wanted: Wanted, *, number: int = 1, limit: int = PAGE
) -> tuple[Page[Line], Count]:
    """One page of the register, newest application first, and how many there are."""
    query = _query(actor, wanted)
    rows = session.execute(query.limit(limit + 1).offset((number - 1) * limit)).all()
    shown = [_line(remedy, case, left) for remedy, case, left in rows[:limit]]
    more = str(number + 1) if len(rows) > limit else None
    return Page(shown, more), bounded_count(session, _any(query))


def every(session: Session, actor: Actor, wanted: Wanted) -> Iterator[Line]:
    """All of them, for a spreadsheet."""
    for remedy, case, left in session.execute(
        _query(actor, wanted).execution_options(yield_per=500)
    ):
        yield _line(remedy, case, left)


def _line(remedy: Remedy, case: Case, left: int) -> Line:
    """What is due next: the reply first, then the decision of the organ."""
    due = remedy.decide_by
    if remedy.ended_on is not None:
        due = None
    elif remedy.copy_received_on is not None and remedy.replied_on is None:
        due = remedy.reply_by
    return Line(remedy, case, due, left)


def _any(query: Any) -> Select[Any]:
    """Rows that are only counted, whatever they hold."""
    found: Select[Any] = query
    return found


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson with the case that it comes from."""

    lesson: Lesson
    case_id: uuid.UUID
    party: str
    case_no: str


def lessons(
    session: Session, actor: Actor, text: str, *, number: int = 1, limit: int = PAGE
) -> tuple[Page[LessonLine], Count]:
    """Lessons, newest first, found by any of their words. Everybody learns from all cases of the
    legal subjects in which they work; whose case it was is not what matters here."""
    subjects = {h.subject_id for h in actor.holdings}
    query = select(Lesson, Case).join(Case, Case.id == Lesson.case_id)
    query = query.where(Case.subject_id.in_(subjects) if subjects else false())
    if text:
        words = (Lesson.title, Lesson.lesson, Lesson.measures)
        found = or_(*(w.contains(text, autoescape=True) for w in words))
        query = query.where(or_(found, Lesson.keywords.contains([text])))
    query = query.order_by(Lesson.recorded_at.desc(), Lesson.id)
    rows = session.execute(query.limit(limit + 1).offset((number - 1) * limit)).all()
    shown = [
        LessonLine(lesson, case.id, case.party_name, case.case_no or case.lead_no or "")
        for lesson, case in rows[:limit]
    ]
    more = str(number + 1) if len(rows) > limit else None
    return Page(shown, more), bounded_count(session, _any(query))


def rates(session: Session, actor: Actor) -> dict[str, tuple[int, int]]:
    """K22, K23: for each kind how many were corrected, and how many were decided."""
    corrected = func.count().filter(Remedy.outcome.in_(CORRECTED))
    decided = func.count().filter(
        and_(Remedy.outcome.is_not(None), Remedy.outcome.not_in(("withdrawn", "dismissed")))
    )
    query = select(Remedy.kind, corrected, decided).join(Case, Case.id == Remedy.case_id)
    rows = session.execute(
        query.where(_mine(actor), Remedy.ended_on.is_not(None)).group_by(Remedy.kind)
    )
    return {str(kind): (wrong, all_) for kind, wrong, all_ in rows}
