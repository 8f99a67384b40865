"""A clock with its sum (期限卡片): start, length, each excluded span, last day, rolled day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from flask_babel import gettext as _

from models.duration import Exclusion, PeriodUnit, Step, StepKind
from models.duration_text import REASONS, UNITS
from webapp.presenters.dates import day, is_english, short_day, weekday_day
from webapp.presenters.due import Badge, BadgeState

WHOLE = 100.0
LineKind = Literal["", "excluded", "total"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the bar in percent of its length; `kind` is a CSS class: used or ex."""

    start: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of the arithmetic: what, and where the last day then stood."""

    text: str
    value: str
    kind: LineKind = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What the `clock` macro draws."""

    title: str
    badge: Badge
    last_line: str = ""
    segments: tuple[Segment, ...] = ()
    sum: tuple[SumLine, ...] = ()
    article: Mapping[str, Any] | None = field(default=None)
    equation: str = ""
    """The whole sum in one line."""
    notes: tuple[str, ...] = ()
    """What the clock waits for, and why it was counted anew."""


def last_line(last_day: date, outer_day: date, lang: str = "zh") -> str:
    """末日 2025年7月5日（周六）；遇休息日顺延，最迟 7月7日（周一）."""
    strict = _("末日 %(day)s", day=day(last_day, lang))
    if outer_day == last_day:
        return strict
    rolled = weekday_day(outer_day, lang, today=last_day)
    return strict + _("；遇休息日顺延，最迟 %(day)s", day=rolled)


def bar(
    started_on: date,
    last_day: date,
    until: date,
    exclusions: Iterable[Exclusion] = (),
    state: BadgeState = "ok",
) -> tuple[Segment, ...]:
    """The bar from the start to the last day, filled up to ``until``, excluded spans hatched."""
    length = max((last_day - started_on).days, 1)
    reached = min(max((until - started_on).days, 0), length)
    cursor, parts = 0, []
    for span in sorted(exclusions, key=lambda item: item.start):
        first = min(max((span.start - started_on).days, cursor), length)
        last = min(max((span.end - started_on).days, first), length)
        parts += [(cursor, min(first, reached), "used"), (first, last, "ex")]
        cursor = last
    parts.append((cursor, reached, "used"))
    colour = {"soon": "used soon", "late": "used late", "done": "used done"}.get(state, "used")
    return tuple(
        Segment(_percent(a, length), _percent(b - a, length), colour if kind == "used" else kind)
        for a, b, kind in parts
        if b > a
    )


def _percent(days: int, length: int) -> float:
    return round(WHOLE * days / length, 2)


def sum_lines(steps: Sequence[Step], lang: str = "zh", total: str = "") -> tuple[SumLine, ...]:
    """The steps of `models.duration` as lines of a sum; ``total`` names the act that is due."""
    lines: list[SumLine] = []
    start = ""
    for step in steps:
        if step.kind is StepKind.START:
            start = when(step, "day", lang)
        else:
            lines.append(_line(step, start, lang))
    if total and len(lines) > 1:
        lines.append(SumLine(total, when(steps[-1], "day", lang), "total"))
    return tuple(lines)


def _line(step: Step, start: str, lang: str) -> SumLine:
    reached = when(step, "day", lang)
    if step.kind is StepKind.BASE:
        words = _("%(start)s 起，%(length)s", start=start, length=_length(step, lang))
        return SumLine(words, reached)
    if step.kind is StepKind.EXTENSION:
        return SumLine(_("批准延长 %(length)s", length=_length(step, lang)), reached)
    if step.kind is StepKind.EXCLUSION:
        return SumLine(_span(step, lang), _added(step, lang), "excluded")
    if step.kind is StepKind.EXCLUSION_TOO_LATE:
        return SumLine(_("%(span)s，期限已满，不予扣除", span=_span(step, lang)), "")
    if step.kind is StepKind.ROLL:
        rest = when(step, "from", lang)
        return SumLine(_("%(day)s 是休息日，顺延", day=rest), reached)
    if step.kind is StepKind.RECOUNTED:
        title = str(step.params["title_en" if is_english(lang) else "title"])
        was = when(step, "was", lang)
        return SumLine(_("因“%(title)s”变更重新计算，原为 %(was)s", title=title, was=was), reached)
    if step.kind is StepKind.RESTARTED:
        title = str(step.params["title_en" if is_english(lang) else "title"])
        start, was = when(step, "start", lang), when(step, "was", lang)
        told = _("%(title)s，改自 %(start)s 起算，原为 %(was)s", title=title, start=start, was=was)
        return SumLine(told, reached)
    if step.kind is StepKind.OUTER_START:
        return SumLine(_("前一期限顺延，从 %(day)s 起算", day=when(step, "start", lang)), reached)
    return SumLine(_("涉及尚未公布放假安排的年份，暂定"), reached)


def when(step: Step, key: str, lang: str) -> str:
    """A day (or moment) of a line of the sum, in words."""
    text = str(step.params[key])
    if " " in text:
        on, minute = text.split(" ", 1)
        return f"{short_day(date.fromisoformat(on), lang)} {minute}"
    return short_day(date.fromisoformat(text), lang)


def _length(step: Step, lang: str) -> str:
    count, unit = step.params["count"], UNITS[PeriodUnit(str(step.params["unit"]))][lang[:2]]
    unit = unit.removesuffix("s") if str(count) == "1" else unit
    return f"{count} {unit}"


def _added(step: Step, lang: str) -> str:
    sign = "+" if is_english(lang) else "＋"
    return f"{sign}{_length(step, lang)}"


def _span(step: Step, lang: str) -> str:
    codes = str(step.params["reason"]).split("+")
    names = [REASONS[code][lang[:2]] if code in REASONS else code for code in codes]
    reason = (" and " if is_english(lang) else "、").join(names)
    first, last = when(step, "start", lang), when(step, "end", lang)
    return _("%(reason)s %(first)s—%(last)s，不计", reason=reason, first=first, last=last)
