"""Lines of the inbox: the due badge first, then what, whose, since when and why here."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from models.calendar import WorkCalendar
from models.clock import StatutoryClock
from models.duration import law_day
from webapp.presenters import running
from webapp.presenters.dates import is_english, moment, since, weekday_day
from webapp.presenters.due import Badge
from workflows.queries.inbox import InboxRow

Clocks = Mapping[tuple[uuid.UUID, str], StatutoryClock]


@dataclass(frozen=True, slots=True)
class Line:
    """One task as the table (on a phone: the card) shows it."""

    id: uuid.UUID
    case_id: uuid.UUID
    badge: Badge | None
    party: str
    matter: str
    step: str
    tag: str
    number: str
    since: str
    sender: str
    why: str
    claimable: bool
    watched: bool


@dataclass(frozen=True)
class Table:
    """What all lines of one page are told with."""

    clocks: Clocks
    calendar: WorkCalendar
    now: datetime
    lang: str
    watched: frozenset[uuid.UUID]

    def line(self, row: InboxRow, group: str) -> Line:
        """One line of a group."""
        english = is_english(self.lang)
        when = row.completed_at if group == "done" else row.opened_at
        return Line(
            id=row.id,
            case_id=row.case_id,
            badge=self._badge(row, group),
            party=row.party_name or _("当事人待查"),
            matter=row.matter_title or _("事项待定"),
            step=row.title_en if english else row.title,
            tag=round_tag(row.round),
            number=row.case_no or "",
            since=self._when(when, group),
            sender=(row.from_name_en if english else row.from_name) or "—",
            why=row.why["en" if english else "zh"],
            claimable=group == "offered",
            watched=row.case_id in self.watched,
        )

    def _badge(self, row: InboxRow, group: str) -> Badge | None:
        clock = self.clocks.get((row.case_id, row.clock)) if row.clock else None
        if clock is None or group == "done":
            return None
        return running.badge(clock, self.now, self.calendar, self.lang)

    def _when(self, at: datetime | None, group: str) -> str:
        today = law_day(self.now)
        if group == "done":
            return moment(at, self.lang, today=today)
        return since(at, self.lang, today=today)


def round_tag(number: int) -> str:
    """第 2 轮; the first round goes without saying."""
    return _("第 %(number)s 轮", number=number) if number > 1 else ""


@dataclass(frozen=True, slots=True)
class Urgency:
    """How many of my tasks are late, and how many soon will be."""

    late: int
    soon: int


def urgency(lines: Iterable[Line]) -> Urgency:
    """Counted from the badges, so that sentence and colours always agree."""
    states = [line.badge.state for line in lines if line.badge]
    return Urgency(states.count("late"), states.count("soon"))


def late_words(count: int) -> str:
    """1 件超期."""
    return ngettext("%(num)s 件超期", "%(num)s 件超期", count)


def soon_words(count: int) -> str:
    """2 件快到期."""
    return ngettext("%(num)s 件快到期", "%(num)s 件快到期", count)


def today_words(today: date, lang: str) -> str:
    """今天 5月19日（周一）."""
    return _("今天 %(day)s", day=weekday_day(today, lang))
