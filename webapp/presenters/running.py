"""Clock rows as badges and cards: what is left, the sum, both last days, the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from models.calendar import WorkCalendar
from models.clock import StatutoryClock
from models.clock_rules import CLOCK_RULES
from models.duration import (
    Deadline,
    Exclusion,
    PeriodUnit,
    Step,
    StepKind,
    law_day,
    light,
    merge_exclusions,
    remaining,
)
from models.duration_text import REASONS, equation
from models.types import ClockState
from webapp.presenters import clocks
from webapp.presenters.clocks import Card, SumLine
from webapp.presenters.dates import day, short_day, weekday_day
from webapp.presenters.due import Badge, due_badge, late_text, left_text, settled_badge
from webapp.presenters.waiting import span
from workflows.clocks import AGENCY_CLOCKS

REMEDIES = ("CLK_RECONSIDER", "CLK_SUE")
"""The party's own ways to have the decision looked at: shown as one card (当事人救济)."""
LIVE = (ClockState.RUNNING, ClockState.SUSPENDED)


def clock_name(code: str, lang: str = "zh") -> str:
    """What the clock is called."""
    return CLOCK_RULES[code].name[lang] if code in CLOCK_RULES else code


def deadline_of(row: StatutoryClock) -> Deadline:
    """The stored deadline as `models.duration` knows it."""
    return Deadline(
        unit=PeriodUnit(row.unit),
        started_on=row.started_on,
        last_day=row.last_day,
        outer_day=row.outer_day,
        due_at=row.due_at,
        provisional=row.provisional,
        steps=steps_of(row),
    )


def steps_of(row: StatutoryClock) -> tuple[Step, ...]:
    """The sum line by line."""
    return tuple(Step.from_plain(step) for step in row.steps)


def badge(row: StatutoryClock, now: datetime, calendar: WorkCalendar, lang: str = "zh") -> Badge:
    """剩 3 个工作日, or how the clock ended; the title names the clock and both last days."""
    title = f"{clock_name(row.code, lang)}{_('：')}"
    title += clocks.last_line(row.last_day, row.outer_day, lang)
    if row.state != ClockState.RUNNING and not overdue(row):
        return settled_badge(ClockState(row.state), in_time(row), title)
    deadline = deadline_of(row)
    left, unit = _left(deadline, now, calendar)
    return due_badge(left, unit, light(deadline, now, row.amber_at), title)


def overdue(row: StatutoryClock) -> bool:
    """Run out, and the agency's act is still to come: late until it is done, not over."""
    return row.state == ClockState.EXPIRED and row.code in AGENCY_CLOCKS


def _live(row: StatutoryClock) -> bool:
    return row.state in LIVE or overdue(row)


MANY_HOURS = 48
"""From here on hours say less than days."""


def _left(deadline: Deadline, now: datetime, calendar: WorkCalendar) -> tuple[int, PeriodUnit]:
    """What is left in the clock's own unit; many hours become whole days."""
    left = remaining(deadline, now, calendar)
    if deadline.unit is not PeriodUnit.HOUR or abs(left) < MANY_HOURS:
        return left, deadline.unit
    return (deadline.last_day - law_day(now)).days, PeriodUnit.CALENDAR_DAY


def in_time(row: StatutoryClock) -> bool:
    """Whether what the clock asked for happened before it was too late."""
    return row.ended_at is None or row.ended_at < row.due_at


def cards(
    rows: Iterable[StatutoryClock], now: datetime, calendar: WorkCalendar, lang: str = "zh"
) -> list[Card]:
    """All clocks: those that run first, by their end; then those that are over, latest first."""
    latest = list(rows)
    live = sorted((r for r in latest if _live(r)), key=lambda r: r.due_at)
    over = [r for r in latest if not _live(r)]
    over.sort(key=lambda r: r.ended_at or r.due_at, reverse=True)
    return [card(row, now, calendar, lang) for row in [*live, *over]]


def overview(
    rows: Sequence[StatutoryClock], now: datetime, calendar: WorkCalendar, lang: str = "zh"
) -> list[Card]:
    """The clocks of the first look: what runs, the party's remedies as one, how the case went."""
    live = [r for r in rows if _live(r)]
    remedies = [r for r in live if r.code in REMEDIES]
    found = cards((r for r in live if r.code not in REMEDIES), now, calendar, lang)
    if remedies:
        found.append(_remedies(remedies, lang))
    case = next((r for r in reversed(rows) if r.code == "CLK_CASE"), None)
    if case is not None and not _live(case):
        found.append(card(case, now, calendar, lang))
    return found


def card(row: StatutoryClock, now: datetime, calendar: WorkCalendar, lang: str = "zh") -> Card:
    """One clock with its sum."""
    shown = badge(row, now, calendar, lang)
    if row.state == ClockState.MET:
        return Card(
            clock_name(row.code, lang), shown, sum=_kept(row, lang), article=_law(row, lang)
        )
    spans = [Exclusion.from_plain(span) for span in row.exclusions]
    until = law_day(min(now, row.ended_at or now))
    return Card(
        title=clock_name(row.code, lang),
        badge=shown,
        last_line=clocks.last_line(row.last_day, row.outer_day, lang),
        segments=clocks.bar(row.started_on, row.last_day, until, spans, shown.state),
        sum=sum_of(row, lang),
        article=_law(row, lang),
        equation=equation(steps_of(row), lang),
        notes=_waits(row, lang),
    )


def _waits(row: StatutoryClock, lang: str) -> tuple[str, ...]:
    """自 5月10日 起因鉴定暂停计时: one line for each interval that has not ended."""
    if row.state != ClockState.SUSPENDED:
        return ()
    return tuple(
        _(
            "自 %(day)s 起因%(reason)s暂停计时，恢复后扣除",
            day=short_day(date.fromisoformat(span["start"]), lang),
            reason=REASONS[span["reason"]][lang] if span["reason"] in REASONS else span["reason"],
        )
        for span in row.paused
    )


def sum_of(row: StatutoryClock, lang: str = "zh") -> tuple[SumLine, ...]:
    """The arithmetic; a stated deadline is one line."""
    steps = steps_of(row)
    fixed = next((step for step in steps if step.kind is StepKind.FIXED), None)
    if fixed is None:
        return clocks.sum_lines(steps, lang)
    return (SumLine(_("文书载明的期限"), clocks.when(fixed, "day", lang)),)


def _kept(row: StatutoryClock, lang: str) -> tuple[SumLine, ...]:
    """应在 7月5日 前，实际 5月28日；提前 38 天."""
    assert row.ended_at is not None
    done, unit = law_day(row.ended_at), PeriodUnit.CALENDAR_DAY
    words = _(
        "应在 %(due)s 前，实际 %(done)s",
        due=short_day(row.last_day, lang, today=done),
        done=short_day(done, lang),
    )
    early = (row.last_day - done).days
    value = _("提前 %(length)s", length=span(early, unit)) if early > 0 else ""
    if early == 0:
        value = _("当日")
    return (SumLine(words, value or late_text(-early, unit)),)


def _remedies(rows: Sequence[StatutoryClock], lang: str) -> Card:
    lines = tuple(
        SumLine(
            _(
                "%(remedy)s（%(length)s）",
                remedy=clock_name(row.code, lang),
                length=span(row.length, PeriodUnit(row.unit)),
            ),
            _until(row, lang),
        )
        for row in rows
    )
    return Card(_("当事人救济"), Badge("ok", _("进行中")), sum=lines)


def _until(row: StatutoryClock, lang: str) -> str:
    """至 12月9日（周二）; rolled: 至 11月29日，顺延 12月1日."""
    today = row.started_on
    if row.outer_day == row.last_day:
        return _("至 %(day)s", day=weekday_day(row.last_day, lang, today=today))
    strict = short_day(row.last_day, lang, today=today)
    rolled = short_day(row.outer_day, lang, today=row.last_day)
    return _("至 %(day)s，顺延 %(rolled)s", day=strict, rolled=rolled)


def _law(row: StatutoryClock, lang: str) -> dict[str, Any]:
    return {"text": row.article.get(lang) or row.article.get("zh", "")}


def days_used(row: StatutoryClock, now: datetime) -> tuple[int, int, int]:
    """(used, gone by, not counted) in days, of a clock that counts days (办案用时)."""
    until = law_day(min(now, row.ended_at or now))
    gone = (until - row.started_on).days
    spans = merge_exclusions(Exclusion.from_plain(span) for span in row.exclusions)
    left_out = sum(max((min(s.end, until) - s.start).days, 0) for s in spans)
    return gone - left_out, gone, left_out


def short_left(row: StatutoryClock, now: datetime, calendar: WorkCalendar, lang: str = "zh") -> str:
    """末日 6月13日，剩 8 天: what a sentence says of a clock."""
    left, unit = _left(deadline_of(row), now, calendar)
    words = left_text(left, unit) if left >= 0 else late_text(-left, unit)
    today = law_day(now)
    last = weekday_day(row.last_day, lang, today=today) if left >= 0 else day(row.last_day, lang)
    return _("末日 %(day)s，%(left)s", day=last, left=words)
