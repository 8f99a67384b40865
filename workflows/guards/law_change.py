"""Changes of the law in time: who, from which day, on which source, and whether it adds up."""

import uuid
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from models.duration import PeriodUnit
from models.errors import Text, Violation
from models.law_change import ChangeKind, ChangeState, LawChange
from models.matter import Matter
from models.parameter import ParameterValue
from models.subject import LegalSubject
from workflows.act import Act
from workflows.commands.law_change import (
    ConfirmLawChange,
    EndMatter,
    LoadCalendarYear,
    RejectLawChange,
    ReviseMatter,
    SetParameter,
)
from workflows.guards.law import against, needed
from workflows.reference.calendar_list import days_gained, read_list, year_table
from workflows.reference.parameters import read_value

REASON = {"reason": Text("变更理由", "the reason of the change")}
SOURCE = {"source": Text("依据（文件名称、文号、条款）", "the source: document, number, article")}
NOTICE = {"notice": Text("年度通知的名称和文号", "the yearly notice with its number")}
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
"""Days outside are slips of the keyboard."""


def change_is_reasoned(act: Act, c: SetParameter | ReviseMatter | EndMatter) -> Iterator[Violation]:
    """L02: a reason and a source, as every later reader will ask for them."""
    yield from needed(c, {**REASON, **SOURCE})
    day = c.effective_to if isinstance(c, EndMatter) else c.effective_from
    if not EARLIEST <= day < LATEST:
        field = "effective_to" if isinstance(c, EndMatter) else "effective_from"
        yield against("L02", "日期不对，请核对年份。", "Check the year of this day.", field=field)


def parameter_fits(act: Act, c: SetParameter) -> Iterator[Violation]:
    """L03: a parameter that exists, a legal subject that exists, a value of its unit."""
    unit = unit_of(act, c)
    if unit is None:
        yield against("L03", f"没有参数“{c.key}”。", f"There is no parameter {c.key}.", field="key")
        return
    if c.subject and subject_named(act, c.subject) is None:
        yield against(
            "L03", f"没有执法主体“{c.subject}”。", f"There is no legal subject {c.subject}.",
            field="subject",
        )  # fmt: skip
    lengths = {str(u) for u in PeriodUnit}
    if c.unit and c.unit != unit and not {c.unit, unit} <= lengths:
        yield against("L03", "单位与参数不符。", "This unit does not suit it.", field="unit")
        return
    try:
        value = read_value(c.unit or unit, c.value)
    except ValueError:
        yield against(
            "L03", f"“{c.value}”不是“{c.unit or unit}”的值。",
            f"“{c.value}” is no value in {c.unit or unit}.", field="value",
        )  # fmt: skip
        return
    if unit in lengths and not value:
        yield against("L03", "期限不能为零。", "A period cannot be nothing.", field="value")


def unit_of(act: Act, c: SetParameter) -> str | None:
    """The unit in which the parameter was last given; None when nobody knows it."""
    query = select(ParameterValue.unit).where(ParameterValue.key == c.key)
    return act.session.scalar(query.order_by(ParameterValue.effective_from.desc()).limit(1))


def subject_named(act: Act, key: str) -> uuid.UUID | None:
    """The legal subject with a key."""
    return act.session.scalar(select(LegalSubject.id).where(LegalSubject.key == key))


def nothing_else_is_proposed(
    act: Act, c: SetParameter | LoadCalendarYear | ReviseMatter | EndMatter
) -> Iterator[Violation]:
    """L04: one open proposal at a time for one parameter, year or matter."""
    kind, key = target(c)
    subject = getattr(c, "subject", None)
    query = select(LawChange.id).where(
        LawChange.kind == kind,
        LawChange.key == key,
        LawChange.state == ChangeState.PROPOSED,
        LawChange.subject_id.is_not_distinct_from(subject_named(act, subject) if subject else None),
    )
    if act.session.scalar(query) is not None:
        yield against(
            "L04", "这一项已有变更待确认，请先确认或者退回。",
            "A change of this is waiting already: confirm or reject it first.",
        )  # fmt: skip


def target(c: SetParameter | LoadCalendarYear | ReviseMatter | EndMatter) -> tuple[str, str]:
    """(kind, key) of what the command changes."""
    if isinstance(c, SetParameter):
        return ChangeKind.PARAMETER, c.key
    if isinstance(c, LoadCalendarYear):
        return ChangeKind.CALENDAR, str(c.year)
    return ChangeKind.MATTER, c.matter


def calendar_is_sound(act: Act, c: LoadCalendarYear) -> Iterator[Violation]:
    """L05: every line is understood, every date is of the year, the days add up (or why not)."""
    yield from needed(c, {**REASON, **NOTICE})
    days = read_list(c.days)
    for problem in days.problems:
        yield against("L05", f"{problem.zh}。", f"{problem.en}.", field="days")
    if not days.off and not days.problems:
        yield against("L05", "没有放假日期。", "There is no day off.", field="days")
    if not EARLIEST.year <= c.year < LATEST.year:
        yield against("L05", "年份不对。", "Check the year.", field="year")
        return
    try:
        table = year_table(c.year, c.notice, days)
    except ValueError as error:
        yield against("L05", f"日期有误：{error}。", f"The days do not fit: {error}.", field="days")
        return
    due = int(act.law.value("calendar.statutory_days", date(c.year, 1, 1)))
    if not days.problems and days_gained(table) != due and not (c.sum_reason or "").strip():
        gained = days_gained(table)
        yield against(
            "L05",
            f"放假减去调休上班为{gained}个工作日，全国法定节日为{due}天，不相符；确属如此的，请说明。",
            f"Days off less make-up days are {gained}, the statutory holidays {due}: "
            "check the list, or say why.",
            field="sum_reason",
        )


def matter_can_change(act: Act, c: ReviseMatter | EndMatter) -> Iterator[Violation]:
    """L06: a matter in force, changed from a day after it began, with a range in order."""
    latest = last_wording(act, c.matter)
    if latest is None:
        yield against("L06", "没有这个事项。", "There is no such matter.", field="matter")
        return
    ends = isinstance(c, EndMatter)
    day = c.effective_to if isinstance(c, EndMatter) else c.effective_from
    if latest.effective_to is not None or day < latest.effective_from or (
        not ends and day == latest.effective_from
    ):  # fmt: skip
        yield against(
            "L06", f"该事项现行规定自{latest.effective_from}起，日期须在其后且尚未终止。",
            f"The wording in force began on {latest.effective_from}: the day must be later, "
            "and it must not have ended.",
            field="effective_to" if ends else "effective_from",
        )  # fmt: skip
    if isinstance(c, ReviseMatter):
        yield from _range(c)


def _range(c: ReviseMatter) -> Iterator[Violation]:
    low, high = c.fine_min, c.fine_max
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        yield against(
            "L06", "罚款下限和上限要一起填写，下限不高于上限。",
            "Give both ends of the fine, the lower one first.", field="fine_max",
        )  # fmt: skip
    if low is None and not (c.text or "").strip():
        yield against(
            "L06", "请填写新的罚款幅度或者条文。", "Give a new range or a new text.", field="text"
        )


def last_wording(act: Act, key: str) -> Matter | None:
    """The latest wording of a matter."""
    query = select(Matter).where(Matter.key == key).order_by(Matter.effective_from.desc())
    return act.session.scalar(query.limit(1))


def change_of(act: Act, key: str) -> LawChange | None:
    """The change with this id; None for what is no id."""
    try:
        return act.session.get(LawChange, uuid.UUID(key))
    except ValueError:
        return None


def change_is_open(act: Act, c: ConfirmLawChange | RejectLawChange) -> Iterator[Violation]:
    """L04: the change still waits for its second person."""
    row = change_of(act, c.change)
    if row is None or row.state != ChangeState.PROPOSED:
        yield against("L04", "这项变更不在待确认。", "This change is not waiting.", field="change")


def second_person_confirms(act: Act, c: ConfirmLawChange) -> Iterator[Violation]:
    """L01: who proposed a change of rights does not put it in force."""
    row = change_of(act, c.change)
    if row is not None and row.needs_second and row.proposed_by_id == act.actor.id:
        yield against(
            "L01", "涉及当事人权利的变更由提出人以外的人确认。",
            "A change that touches rights is confirmed by another person than its author.",
            "DUTIES",
        )  # fmt: skip


def rejection_is_reasoned(act: Act, c: RejectLawChange) -> Iterator[Violation]:
    """L02: a change that is turned down says why."""
    yield from needed(c, {"reason": Text("退回理由", "why it is turned down")})
