"""T01-T05: a meeting with an agenda of several cases, and a case's place on it (APL 57)."""

import uuid
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from models.case import Case
from models.errors import Violation
from models.meeting import AgendaItem, Meeting
from models.task import Task
from models.types import MeetingState, Role, TaskState
from workflows.act import Act
from workflows.commands.meeting import (
    CancelMeeting,
    CloseMeeting,
    ConveneMeeting,
    DeferAgendaItem,
    OpenMeeting,
)
from workflows.commands.review import ConveneDiscussion, RecordDiscussion
from workflows.guards.law import against, empty
from workflows.guards.meeting import PANEL
from workflows.sittings import item_of, meeting_for, meeting_of

ALIVE = (MeetingState.CONVENED, MeetingState.OPEN)
Running = OpenMeeting | DeferAgendaItem | CloseMeeting | CancelMeeting


def cases_wait_for_discussion(act: Act, c: ConveneMeeting) -> Iterator[Violation]:
    """T01: cases of one legal subject of mine, each waiting to be discussed, none twice."""
    found = _cases(act, c.cases)
    if not found or len(found) != len(c.cases) or len(set(c.cases)) != len(c.cases):
        yield against("T01", "请选择等待集体讨论的案件，每件一次。",
                      "Choose cases that wait to be discussed, each once.", "APL57",
                      "cases")  # fmt: skip
        return
    subjects = {case.subject_id for case in found}
    if len(subjects) > 1:
        yield against("T01", "一次会议只讨论同一执法主体的案件。",
                      "A meeting takes cases of one legal subject.", "APL57", "cases")  # fmt: skip
    heads = frozenset({Role.LEADER_CHIEF})
    if any(act.actor.holding(heads, subject) is None for subject in subjects):
        yield against("T01", "只有本机关主要负责人召集会议。",
                      "The head of the agency convenes the meeting.", "APL57",
                      "cases")  # fmt: skip
    waiting, taken = _waiting(act, found), _taken(act, found)
    for case in found:
        if case.id not in waiting:
            yield against("T01", f"{case.party_name}一案现在不等待召集集体讨论。",
                          f"The case of {case.party_name} does not wait to be discussed now.",
                          "APL57", "cases")  # fmt: skip
        if case.id in taken:
            yield against("T01", f"{case.party_name}一案已列入另一次会议。",
                          f"The case of {case.party_name} is on another agenda.",
                          "APL57", "cases")  # fmt: skip


def _cases(act: Act, keys: Sequence[str]) -> list[Case]:
    try:
        ids = [uuid.UUID(str(key)) for key in keys]
    except ValueError:
        return []
    return list(act.session.scalars(select(Case).where(Case.id.in_(ids))))


def _waiting(act: Act, cases: Sequence[Case]) -> set[uuid.UUID]:
    query = select(Task.case_id).where(
        Task.case_id.in_([case.id for case in cases]),
        Task.command == "ConveneDiscussion",
        Task.state == TaskState.OPEN,
    )
    return set(act.session.scalars(query))


def _taken(act: Act, cases: Sequence[Case]) -> set[uuid.UUID]:
    query = (
        select(AgendaItem.case_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.case_id.in_([case.id for case in cases]),
            AgendaItem.deferred == "",
            Meeting.state.in_(ALIVE),
        )
    )
    return set(act.session.scalars(query))


def heads_sit(act: Act, c: ConveneMeeting) -> Iterator[Violation]:
    """T02: members are heads of the subject, the chair among them; a recorder keeps minutes."""
    found = _cases(act, c.cases)
    if not found:
        return
    case = found[0]
    able = act.people.eligible(PANEL, case.subject_id, case.unit_id)
    yield from act.people.unknown(dict.fromkeys([*c.members, c.recorder]), "members")
    for key in dict.fromkeys(c.members):
        person = act.people.find(key)
        if person is not None and person.id not in able:
            yield against("T02", f"{person.name}不是本机关负责人或者集体讨论成员。",
                          f"{person.name} is no head of this agency.", "APL57",
                          "members")  # fmt: skip
    if c.chair not in c.members:
        yield against("T02", "主持人应当是参加会议的负责人。", "The chair is one of the members.",
                      "APL57", "chair")  # fmt: skip
    recorder = act.people.find(c.recorder)
    able = act.people.eligible([Role.RECORDER], case.subject_id, case.unit_id)
    if recorder is not None and recorder.id not in able:
        yield against("T02", f"{recorder.name}没有记录职责。", f"{recorder.name} is no recorder.",
                      "APL57", "recorder")  # fmt: skip


def meeting_is_mine(act: Act, c: Running) -> Iterator[Violation]:
    """T03: the meeting exists, is of my legal subject, and stands where the act needs it."""
    row = meeting_of(act.session, c.meeting, lock=True)
    mine = frozenset({Role.LEADER_CHIEF, Role.RECORDER})
    if row is None or act.actor.holding(mine, row.subject_id) is None:
        yield against("T03", "没有这次会议。", "There is no such meeting.", "APL57")
        return
    wanted = {
        OpenMeeting: (MeetingState.CONVENED,),
        CancelMeeting: (MeetingState.CONVENED,),
        CloseMeeting: (MeetingState.OPEN,),
    }.get(type(c), ALIVE)
    if row.state not in wanted:
        yield against("T03", "会议现在不能这样办：已经开会、结束或者取消。",
                      "The meeting stands elsewhere: opened, closed or called off.",
                      "APL57")  # fmt: skip
    if isinstance(c, CancelMeeting | DeferAgendaItem) and empty(c.reason):
        yield against("R01", "请写明理由。", "Give the reason.", field="reason")


def attendance_is_told(act: Act, c: OpenMeeting) -> Iterator[Violation]:
    """T04: each member came or is excused; the chair is there; enough for a quorum."""
    row = meeting_of(act.session, c.meeting)
    if row is None:
        return
    told = {str(each.get("person")): each for each in c.attendance}
    if set(told) != set(row.members) or len(told) != len(c.attendance):
        yield against("T04", "请逐一登记召集的每名成员是否到会。",
                      "Say of each member convened whether they came.", "APL57",
                      "attendance")  # fmt: skip
    for key, each in told.items():
        if not each.get("attended") and empty(each.get("absent_reason")):
            yield against("T04", f"{_name(act, key)}没有到会，请写明原因。",
                          f"{_name(act, key)} was absent: say why.", "APL57",
                          "attendance")  # fmt: skip
    yield from _enough(act, row, told)


def _enough(act: Act, row: Meeting, told: dict[str, dict[str, Any]]) -> Iterator[Violation]:
    present = {key for key, each in told.items() if each.get("attended")}
    share = act.law.fraction("discussion.quorum", act.today, row.subject_id)
    if Fraction(len(present), max(len(row.members), 1)) < share:
        yield against(
            "V15",
            f"应到{len(row.members)}人，实到{len(present)}人，不足{share}，不能开会。",
            f"{len(present)} of {len(row.members)} came, fewer than {share}.",
            "APL57",
            "attendance",
        )
    chair = {act.people.get(key).id for key in present if act.people.find(key)}
    if row.chair_id not in chair:
        yield against("T04", "主持人没有到会。", "The chair is not there.", "APL57",
                      "attendance")  # fmt: skip


def _name(act: Act, key: str) -> str:
    person = act.people.find(key)
    return person.name if person else key


def item_may_wait(act: Act, c: DeferAgendaItem) -> Iterator[Violation]:
    """T05: the case is on the agenda and has no result yet."""
    row = meeting_of(act.session, c.meeting)
    item = next((each for each in row.agenda if str(each.case_id) == c.case), None) if row else None
    if item is None or item.deferred:
        yield against("T05", "议程上没有这个案件。", "The case is not on the agenda.", "APL57",
                      "case")  # fmt: skip
    elif item.discussion is not None and item.discussion.result is not None:
        yield against("T05", "这个案件已经讨论。", "The case has been discussed.", "APL57",
                      "case")  # fmt: skip


def agenda_is_done(act: Act, c: CloseMeeting) -> Iterator[Violation]:
    """T05: each case has its result in the case, or was deferred; the end comes last."""
    row = meeting_of(act.session, c.meeting)
    if row is None:
        return
    for item in row.agenda:
        if not item.deferred and (item.discussion is None or item.discussion.result is None):
            name = item.case.party_name
            yield against("T05", f"第{item.position}项（{name}）还没有讨论，也没有暂缓。",
                          f"Item {item.position} ({name}) is neither discussed nor deferred.",
                          "APL57")  # fmt: skip
    if row.held_at is not None and c.ended_at < row.held_at:
        yield against("V05", "结束时间早于开始时间。", "It ends before it begins.", "ORDER",
                      "ended_at")  # fmt: skip
    yield from _signed(act, row, c)


def _signed(act: Act, row: Meeting, c: CloseMeeting) -> Iterator[Violation]:
    present = {str(each.get("person")) for each in row.attendance if each.get("attended")}
    lines = {str(each.get("person")): each for each in c.signatures}
    for key in sorted(present):
        line = lines.get(key)
        if line is None or not (line.get("signed") or not empty(line.get("refusal_reason"))):
            yield against("T05", f"{_name(act, key)}没有签名，也没有写明原因。",
                          f"{_name(act, key)} has not signed, and no reason is given.", "APL57",
                          "signatures")  # fmt: skip
    for key in sorted(lines.keys() - present):
        yield against("T05", f"{_name(act, key)}没有到会，不能签名。",
                      f"{_name(act, key)} was not there and cannot sign.", "APL57",
                      "signatures")  # fmt: skip


def discussion_fits_meeting(act: Act, c: ConveneDiscussion) -> Iterator[Violation]:
    """T06: a discussion at a meeting is of a case on its agenda, with people convened to it."""
    if not c.meeting:
        return
    row, item = meeting_of(act.session, c.meeting), item_of(act.session, c.meeting, act.case.id)
    if row is None or item is None or item.deferred or row.state not in ALIVE:
        yield against("T06", "案件不在这次会议的议程上，或者会议已经结束。",
                      "The case is not on the agenda of a meeting to come.", "APL57",
                      "meeting")  # fmt: skip
        return
    if not set(c.members) <= set(row.members):
        yield against("T06", "成员应当是会议召集的人员。",
                      "Members are those convened to the meeting.", "APL57",
                      "members")  # fmt: skip


def sitting_fits_meeting(act: Act, c: RecordDiscussion) -> Iterator[Violation]:
    """T06: at a meeting, the meeting has been opened, and only those who came take part."""
    discussion = act.record.discussion
    item = meeting_for(act.session, discussion.id) if discussion is not None else None
    if item is None or item.deferred:
        return
    if item.meeting.held_at is None:
        yield against("T06", "会议还没有宣布开会，请先登记到会情况。",
                      "The meeting has not been opened: record who came.", "APL57")  # fmt: skip
        return
    came = {str(each["person"]) for each in item.meeting.attendance if each.get("attended")}
    for member in c.members:
        if member.get("attended") and str(member.get("person")) not in came:
            name = _name(act, str(member.get("person")))
            yield against("T06", f"{name}没有到会，不能参加本案讨论。",
                          f"{name} did not come to the meeting.", "APL57", "members")  # fmt: skip
