"""Meetings of the heads: convened, opened, closed. Cases are only pointed at."""

import uuid

from sqlalchemy import func, select

from models.case import Case
from models.meeting import AgendaItem, Meeting
from models.types import MeetingState
from workflows.act import Act, Outcome, told
from workflows.commands.meeting import (
    CancelMeeting,
    CloseMeeting,
    ConveneMeeting,
    DeferAgendaItem,
    OpenMeeting,
)
from workflows.sittings import meeting_of


def convene_meeting(act: Act, c: ConveneMeeting) -> Outcome:
    """A meeting with its agenda, in the order in which the cases were chosen."""
    cases = [act.session.get_one(Case, uuid.UUID(key)) for key in c.cases]
    subject = cases[0].subject_id
    row = Meeting(
        id=uuid.uuid4(),
        subject_id=subject,
        number=_number(act, subject),
        state=MeetingState.CONVENED,
        planned_at=c.planned_at,
        place=c.place,
        chair_id=act.person(c.chair).id,
        recorder_id=act.person(c.recorder).id,
        members=list(dict.fromkeys(c.members)),
        attendees=list(c.attendees),
        observers=c.observers or "",
        convened_by_id=act.actor.person_id,
        convened_at=act.now,
        agenda=[
            AgendaItem(case_id=case.id, position=position) for position, case in enumerate(cases, 1)
        ],
    )
    act.session.add(row)
    return Outcome(
        events=[
            told(
                "meeting:convened",
                f"召集第{row.number}次会议，议程{len(cases)}件。",
                f"Meeting {row.number} convened with {len(cases)} cases.",
            )
        ],
        extra={"meeting": str(row.id)},
    )


def _number(act: Act, subject: uuid.UUID) -> str:
    """Year and count in it."""
    year = f"{act.today.year}-"
    query = select(func.count()).where(
        Meeting.subject_id == subject, Meeting.number.startswith(year)
    )
    return f"{year}{(act.session.scalar(query) or 0) + 1}"


def _locked(act: Act, key: str) -> Meeting:
    row = meeting_of(act.session, key, lock=True)
    assert row is not None
    return row


def open_meeting(act: Act, c: OpenMeeting) -> Outcome:
    """Who is there; the quorum of each case is counted in the case."""
    row = _locked(act, c.meeting)
    row.state, row.held_at = MeetingState.OPEN, c.held_at
    row.attendance = [dict(each) for each in c.attendance]
    there = sum(bool(each.get("attended")) for each in c.attendance)
    return Outcome(
        events=[
            told(
                "meeting:opened",
                f"第{row.number}次会议开会，应到{len(row.members)}人，实到{there}人。",
                f"Meeting {row.number} opened with {there} of {len(row.members)} members.",
            )
        ]
    )


def defer_agenda_item(act: Act, c: DeferAgendaItem) -> Outcome:
    """The case is not discussed at this meeting."""
    row = _locked(act, c.meeting)
    item = next(each for each in row.agenda if str(each.case_id) == c.case)
    item.deferred = c.reason
    return Outcome(
        events=[
            told(
                "meeting:deferred",
                f"第{row.number}次会议第{item.position}项暂缓讨论：{c.reason}",
                f"Item {item.position} of meeting {row.number} deferred: {c.reason}",
            )
        ]
    )


def close_meeting(act: Act, c: CloseMeeting) -> Outcome:
    """The meeting ends; its minutes are signed by those who were there."""
    row = _locked(act, c.meeting)
    row.state, row.ended_at, row.closed_at = MeetingState.CLOSED, c.ended_at, act.now
    row.summary = c.summary or ""
    row.signatures = [dict(each) for each in c.signatures]
    return Outcome(
        events=[
            told(
                "meeting:closed",
                f"第{row.number}次会议结束。",
                f"Meeting {row.number} closed.",
            )
        ]
    )


def cancel_meeting(act: Act, c: CancelMeeting) -> Outcome:
    """The meeting is called off; its cases wait for another one."""
    row = _locked(act, c.meeting)
    row.state, row.summary = MeetingState.CANCELLED, c.reason
    return Outcome(
        events=[
            told(
                "meeting:cancelled",
                f"取消第{row.number}次会议：{c.reason}",
                f"Meeting {row.number} called off: {c.reason}",
            )
        ]
    )
