"""Meetings of the heads: which there are, their agenda, and the cases that wait for one."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session, selectinload

from models.case import Case
from models.discussion import Discussion
from models.errors import NotFound
from models.meeting import AgendaItem, Meeting
from models.person import Person
from models.report import FinalReport
from models.review import ReviewOpinion
from models.subject import LegalSubject
from models.task import Task
from models.types import MeetingState, Role, TaskState
from workflows.actors import Actor
from workflows.people import Directory
from workflows.queries.paging import PAGE, Page
from workflows.record import Record

SITS = frozenset({Role.LEADER_CHIEF, Role.LEADER_DEPUTY, Role.PANEL_MEMBER, Role.RECORDER})
"""Who sees the meetings of a legal subject."""
PANEL = (Role.LEADER_CHIEF, Role.LEADER_DEPUTY, Role.PANEL_MEMBER)
ATTENDEES = (Role.HANDLER, Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.TOWN_LEGAL)
ALIVE = (MeetingState.CONVENED, MeetingState.OPEN)


def subjects_of(actor: Actor) -> set[uuid.UUID]:
    """The legal subjects whose meetings the person sits in."""
    return {h.subject_id for h in actor.holdings if h.role in SITS}


def _mine(actor: Actor) -> ColumnElement[bool]:
    subjects = subjects_of(actor)
    return Meeting.subject_id.in_(subjects) if subjects else false()


def meetings(session: Session, actor: Actor, *, number: int = 1) -> Page[Meeting]:
    """Meetings, the latest first."""
    query = (
        select(Meeting)
        .where(_mine(actor))
        .order_by(Meeting.planned_at.desc(), Meeting.id)
        .options(selectinload(Meeting.agenda))
        .offset((number - 1) * PAGE)
        .limit(PAGE + 1)
    )
    rows = list(session.scalars(query))
    return Page(rows[:PAGE], str(number + 1) if len(rows) > PAGE else None)


def waiting_cases(session: Session, actor: Actor) -> list[Task]:
    """Steps that wait for a discussion to be convened, of cases on no agenda."""
    subjects = {h.subject_id for h in actor.holdings if h.role == Role.LEADER_CHIEF}
    taken = (
        select(AgendaItem.case_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.deferred == "", Meeting.state.in_(ALIVE))
    )
    query = (
        select(Task)
        .where(
            Task.subject_id.in_(subjects),
            Task.command == "ConveneDiscussion",
            Task.state == TaskState.OPEN,
            Task.case_id.not_in(taken),
        )
        .order_by(Task.opened_at, Task.id)
        .limit(PAGE)
    )
    return list(session.scalars(query)) if subjects else []


@dataclass(frozen=True, slots=True)
class Item:
    """One case of an agenda with what a meeting needs to know of it."""

    item: AgendaItem
    case: Case
    discussion: Discussion | None
    report: FinalReport | None
    review: ReviewOpinion | None
    task: Task | None
    excluded: tuple[Person, ...]
    """Convened to the meeting, but neither counted nor voting in this case."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting whole."""

    meeting: Meeting
    subject: LegalSubject
    items: Sequence[Item]
    people: dict[str, Person]
    """Everyone named, by key."""


def agenda(session: Session, actor: Actor, meeting_id: uuid.UUID) -> Agenda:
    """The meeting, if the person sits in it."""
    row = session.scalar(select(Meeting).where(Meeting.id == meeting_id, _mine(actor)))
    if row is None:
        raise NotFound()
    keys = {*row.members, *row.attendees}
    ids = {row.chair_id, row.recorder_id}
    found = session.scalars(select(Person).where(Person.key.in_(keys) | Person.id.in_(ids)))
    people = {person.key: person for person in found}
    items = [_item(session, each, [people[k] for k in row.members]) for each in row.agenda]
    return Agenda(row, session.get_one(LegalSubject, row.subject_id), items, people)


def _item(session: Session, item: AgendaItem, members: Sequence[Person]) -> Item:
    record = Record(session, item.case)
    out = record.ever_handled | record.recused
    task = session.scalar(
        select(Task)
        .where(
            Task.case_id == item.case_id,
            Task.state == TaskState.OPEN,
            Task.command.in_(("ConveneDiscussion", "RecordDiscussion", "SignMinutes")),
        )
        .limit(1)
    )
    reviews = record.reviews
    discussion = item.discussion
    if discussion is not None:
        _ = [vote.person for vote in discussion.votes]
    return Item(
        item=item,
        case=item.case,
        discussion=discussion,
        report=record.report,
        review=reviews[-1] if reviews else None,
        task=task,
        excluded=tuple(person for person in members if person.id in out),
    )


def choices(session: Session, actor: Actor, people: Directory) -> dict[str, list[Person]]:
    """Whom a meeting of the person's legal subject may name: members, recorders, attendees."""
    holding = next((h for h in actor.holdings if h.role == Role.LEADER_CHIEF), None)
    if holding is None:
        return {"panel": [], "recorders": [], "attendees": []}
    wanted = {"panel": PANEL, "recorders": (Role.RECORDER,), "attendees": ATTENDEES}
    return {
        name: _people(session, people.eligible(roles, holding.subject_id, holding.unit_id))
        for name, roles in wanted.items()
    }


def _people(session: Session, ids: Sequence[uuid.UUID]) -> list[Person]:
    return list(session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.key)))
