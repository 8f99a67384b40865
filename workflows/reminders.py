"""Who is told when a statutory clock (期限) turns amber or red, and in which words."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import select

from models.clock import StatutoryClock
from models.clock_rules import CLOCK_RULES
from models.duration import SHANGHAI, PeriodUnit
from models.errors import Text
from models.task import Task
from models.types import NotificationKind, Role, TaskState
from workflows import duties
from workflows.act import Act
from workflows.notices import tell

UNHELD = frozenset({"CLK_RECONSIDER", "CLK_SUE", "CLK_DISPLAY"})
"""The party's time to seek a remedy, and the display that ends by itself: no official holds them,
so nobody is told of their end."""

Job = tuple[str, dict[str, Any]]


def remind(act: Act, row: StatutoryClock, *, amber: bool) -> list[Job]:
    """Tell each holder once, in the program; returns the e-mails to send after the commit."""
    if row.code in UNHELD or (row.amber_told_at if amber else row.red_told_at):
        return []
    level = "amber" if amber else "red"
    told = {
        person: tell(
            act.session,
            act.now,
            person_id=person,
            case_id=row.case_id,
            kind=NotificationKind.CLOCK_AMBER if amber else NotificationKind.CLOCK_RED,
            text=_words(act, row, amber=amber),
            link=link,
            # The due time tells an extended clock, which may turn amber anew, from the old one.
            dedup=f"clock:{row.id}:{level}:{row.due_at:%Y%m%dT%H%M}",
        )
        for person, link in holders(act, row, amber=amber).items()
    }
    act.clocks.told(row, amber=amber)
    return [("send_mail", {"notification_id": str(key)}) for key in told.values() if key]


def holders(act: Act, row: StatutoryClock, *, amber: bool) -> dict[uuid.UUID, str]:
    """Person → where the message leads: amber to the step, red, which may end it, to the case.

    Who has the open step that the clock governs, or may take it; where no step is bound to the
    clock, who has the case. Red reaches the unit head too, and all of it the substitutes of those
    who are away.
    """
    case_link = f"/cases/{row.case_id}"
    heads = act.people.eligible([Role.UNIT_HEAD], act.case.subject_id, act.case.unit_id)
    found: dict[uuid.UUID, str] = {}
    for task in _governed(act, row.code):
        link = f"/tasks/{task.id}" if amber else case_link
        found |= dict.fromkeys(_who_may(act, task), link)
    if not found:
        found = {handler.person_id: case_link for handler in act.case.active_handlers()}
    if not found or not amber:
        found = dict.fromkeys(heads, case_link) | found
    standing_in = {act.people.substitute(person): link for person, link in found.items()}
    return {**{p: link for p, link in standing_in.items() if p is not None}, **found}


def _governed(act: Act, code: str) -> list[Task]:
    """Open tasks of the case that are bound to the clock."""
    query = select(Task).where(
        Task.case_id == act.case.id, Task.state == TaskState.OPEN, Task.clock == code
    )
    return list(act.session.scalars(query))


def _who_may(act: Act, task: Task) -> list[uuid.UUID]:
    if task.assignee_id is not None:
        return [task.assignee_id]
    unable = duties.excluded(task.command, act.record)
    able = act.people.eligible(task.roles, act.case.subject_id, act.case.unit_id)
    return [person for person in able if person not in unable]


def _words(act: Act, row: StatutoryClock, *, amber: bool) -> Text:
    """The same sentence for the page and the e-mail, with the article that sets the time."""
    name, article = CLOCK_RULES[row.code].name, row.article
    zh, en = _end(row)
    if amber:
        return Text(
            f"{act.case.party_name}：{name.zh}期限将满，截止{zh}（{article['zh']}）。",
            f"{act.case.party_name}: {name.en} ends on {en} ({article['en']}).",
        )
    return Text(
        f"{act.case.party_name}：{name.zh}期限已于{zh}届满（{article['zh']}）。",
        f"{act.case.party_name}: {name.en} ended on {en} ({article['en']}).",
    )


def _end(row: StatutoryClock) -> tuple[str, str]:
    """The end in Chinese and English; both days where the law lets the last one roll (T8)."""
    if row.unit == PeriodUnit.HOUR:
        due = row.due_at.astimezone(SHANGHAI)
        return f"{_day(due.date())}{due:%H:%M}", f"{due:%Y-%m-%d %H:%M}"
    if row.outer_day == row.last_day:
        return _day(row.last_day), row.last_day.isoformat()
    return (
        f"{_day(row.last_day)}（节假日顺延至{_day(row.outer_day)}）",
        f"{row.last_day.isoformat()} (rolled over days off to {row.outer_day.isoformat()})",
    )


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
