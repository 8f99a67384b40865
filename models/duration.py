"""Statutory periods (期限): from a start and a length to a deadline, with its arithmetic.

Rules of domain.md 1.0: the first day is not counted (T1); a last day off moves to the next
working day (T2); months end on the same day number (T6); excluded intervals are merged and
added (T7); both the strict and the rolled day are kept (T8); "now" is an argument (T9).
An interval from day a to day b, whether excluded or counted, holds the days after a up to b.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from models.calendar import ONE_DAY, WorkCalendar, add_days, add_months

SHANGHAI = ZoneInfo("Asia/Shanghai")
REASON_JOINT = "+"


class PeriodUnit(StrEnum):
    """What a period is counted in; the statute decides (APL 85, AEL 69, ARL 88)."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    HOUR = "hour"


class StepKind(StrEnum):
    """One line of the arithmetic."""

    START = "start"
    BASE = "base"
    EXTENSION = "extension"
    EXCLUSION = "exclusion"
    EXCLUSION_TOO_LATE = "exclusion_too_late"
    OUTER_START = "outer_start"
    FIXED = "fixed"
    ROLL = "roll"
    PROVISIONAL = "provisional"
    RECOUNTED = "recounted"
    """The law changed while the period ran; added to the sum when a change moved the end."""
    RESTARTED = "restarted"
    """What the period starts from turned out to lie on another day; added to the sum."""


class Light(StrEnum):
    """The colour of a running clock."""

    OK = "ok"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as the law states it, such as ninety days or five working days."""

    length: int
    unit: PeriodUnit

    def __post_init__(self) -> None:
        if self.length <= 0:
            raise ValueError(f"a period must be longer than nothing: {self.length}")

    def plain(self) -> dict[str, Any]:
        """Scalars for storage."""
        return {"length": self.length, "unit": self.unit.value}

    @classmethod
    def from_plain(cls, stored: Mapping[str, Any]) -> Period:
        """The period as it was stored."""
        return cls(int(stored["length"]), PeriodUnit(stored["unit"]))


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Time that does not count (不计入期限), such as a hearing or an appraisal (MSA 64)."""

    reason: str
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.reason}: an exclusion cannot end before it starts")

    def plain(self) -> dict[str, Any]:
        """Scalars for storage."""
        return {
            "reason": self.reason,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
        }

    @classmethod
    def from_plain(cls, stored: Mapping[str, Any]) -> Exclusion:
        """The exclusion as it was stored."""
        start, end = (date.fromisoformat(stored[key]) for key in ("start", "end"))
        return cls(stored["reason"], start, end)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum: what was done and where the deadline then stood."""

    kind: StepKind
    params: Mapping[str, str | int]

    def plain(self) -> dict[str, Any]:
        """Scalars for storage; days are ISO dates."""
        return {"kind": self.kind.value, **self.params}

    @classmethod
    def from_plain(cls, stored: Mapping[str, Any]) -> Step:
        """The line as it was stored."""
        return cls(
            StepKind(stored["kind"]),
            {key: value for key, value in stored.items() if key != "kind"},
        )


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a period ends.

    `last_day` is the strict day, on which the program warns; `outer_day` is the rolled day,
    after which it blocks (T8). `due_at` (UTC) is the first instant that is too late: midnight
    in Shanghai after the outer day, or the exact moment of a period in hours.
    """

    unit: PeriodUnit
    started_on: date
    last_day: date
    outer_day: date
    due_at: datetime
    provisional: bool
    steps: tuple[Step, ...]


def law_day(moment: datetime) -> date:
    """The date in Shanghai of an instant; the law knows no other days here."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no legal date")
    return moment.astimezone(SHANGHAI).date()


def day_start(day: date) -> datetime:
    """Midnight in Shanghai at which the day begins, in UTC."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def merge_exclusions(exclusions: Iterable[Exclusion]) -> tuple[Exclusion, ...]:
    """The same excluded days without overlap, in order (T7); empty intervals vanish."""
    merged: list[Exclusion] = []
    spans = (item for item in exclusions if item.start < item.end)
    for item in sorted(spans, key=lambda span: (span.start, span.end, span.reason)):
        if merged and item.start < merged[-1].end:
            merged[-1] = _union(merged[-1], item)
        else:
            merged.append(item)
    return tuple(merged)


def _union(first: Exclusion, second: Exclusion) -> Exclusion:
    reasons = {*first.reason.split(REASON_JOINT), *second.reason.split(REASON_JOINT)}
    return Exclusion(REASON_JOINT.join(sorted(reasons)), first.start, max(first.end, second.end))


def compute(
    period: Period,
    start: datetime,
    *,
    extensions: Sequence[Period] = (),
    exclusions: Iterable[Exclusion] = (),
    rolls: bool,
    calendar: WorkCalendar,
    outer_start: date | None = None,
) -> Deadline:
    """The deadline of a period that starts at `start`, with every step of the sum.

    Extensions run on from the strict last day; exclusions are added after them, in order.
    `rolls` says whether a last day off moves on (T2). `outer_start` is for a period that
    follows another one (the court window after the time to sue): its outer day is counted
    from the outer day of the period before.
    """
    if period.unit is PeriodUnit.HOUR:
        return _compute_hours(period, start, extensions, tuple(exclusions))
    spans = merge_exclusions(exclusions)
    sum_ = _Sum(calendar, rolls, law_day(start))
    strict = sum_.run(period, extensions, spans)
    outer = strict
    if outer_start is not None and outer_start != strict.start:
        later = replace(strict, start=outer_start, day=outer_start, steps=())
        outer = later.run(period, extensions, spans)
    return _finish(period, strict, outer)


@dataclass(frozen=True, slots=True)
class _Sum:
    """The running total: the day reached so far and the lines that led there."""

    calendar: WorkCalendar
    rolls: bool
    start: date
    day: date = date.min
    steps: tuple[Step, ...] = ()

    def run(self, period: Period, extensions: Sequence[Period], spans: Sequence[Exclusion]) -> _Sum:
        total = replace(self, day=self.start)._noted(StepKind.START)
        total = total.plus(period, StepKind.BASE)
        for extension in extensions:
            total = total.plus(extension, StepKind.EXTENSION)
        for span in spans:
            total = total.without(span, period.unit)
        return total

    def plus(self, period: Period, kind: StepKind) -> _Sum:
        """The period added to the day reached so far."""
        moved = replace(self, day=_adder(period.unit, self.calendar)(self.day, period.length))
        return moved._noted(kind, count=period.length, unit=period.unit.value)

    def without(self, span: Exclusion, unit: PeriodUnit) -> _Sum:
        """The excluded days added, in the unit of the clock; months add calendar days."""
        if span.end <= self.start:
            return self
        words = span.plain()
        if span.start > self.outer_day():
            # What is over stays over: a later interval cannot bring the clock back to life.
            return self._noted(StepKind.EXCLUSION_TOO_LATE, **words)
        first = max(self.start, span.start)
        count = (span.end - first).days
        added = PeriodUnit.CALENDAR_DAY
        if unit is PeriodUnit.WORKING_DAY:
            count = self.calendar.working_days_between(first, span.end)
            added = unit
        day = _adder(added, self.calendar)(self.day, count)
        # With no days left when the exclusion began, the clock still waits for its end.
        moved = replace(self, day=max(day, span.end))
        return moved._noted(StepKind.EXCLUSION, **words, count=count, unit=added.value)

    def outer_day(self) -> date:
        """The day reached, moved to a working day where the period rolls (T2, T8)."""
        return self.calendar.next_working(self.day) if self.rolls else self.day

    def _noted(self, kind: StepKind, **params: str | int) -> _Sum:
        line = Step(kind, {**params, "day": self.day.isoformat()})
        return replace(self, steps=(*self.steps, line))


def _adder(unit: PeriodUnit, calendar: WorkCalendar) -> Callable[[date, int], date]:
    if unit is PeriodUnit.WORKING_DAY:
        return calendar.add_working
    if unit is PeriodUnit.MONTH:
        return add_months
    if unit is PeriodUnit.CALENDAR_DAY:
        return add_days
    raise ValueError("a period in days cannot be lengthened by hours")


def _finish(period: Period, strict: _Sum, outer: _Sum) -> Deadline:
    outer_day = outer.outer_day()
    # Only the days that the calendar was asked about can make a deadline provisional.
    asked = strict.start if period.unit is PeriodUnit.WORKING_DAY else strict.day
    leans = period.unit is PeriodUnit.WORKING_DAY or strict.rolls
    provisional = leans and strict.calendar.crosses_provisional(asked, outer_day)
    return Deadline(
        unit=period.unit,
        started_on=strict.start,
        last_day=strict.day,
        outer_day=outer_day,
        due_at=day_start(outer_day + ONE_DAY),
        provisional=provisional,
        steps=strict.steps + _closing_steps(strict, outer, outer_day, provisional),
    )


def _closing_steps(
    strict: _Sum, outer: _Sum, outer_day: date, provisional: bool
) -> tuple[Step, ...]:
    steps: list[Step] = []
    if outer.start != strict.start:
        words = {"start": outer.start.isoformat(), "day": outer.day.isoformat()}
        steps.append(Step(StepKind.OUTER_START, words))
    if outer_day != outer.day:
        words = {"from": outer.day.isoformat(), "day": outer_day.isoformat()}
        steps.append(Step(StepKind.ROLL, words))
    if provisional:
        steps.append(Step(StepKind.PROVISIONAL, {"day": outer_day.isoformat()}))
    return tuple(steps)


def _compute_hours(
    period: Period,
    start: datetime,
    extensions: Sequence[Period],
    exclusions: Sequence[Exclusion],
) -> Deadline:
    """A period in hours runs through day and night and ends to the minute."""
    if exclusions:
        raise ValueError("days cannot be excluded from a period in hours")
    if any(extension.unit is not PeriodUnit.HOUR for extension in extensions):
        raise ValueError("a period in hours is lengthened by hours")
    started_on, moment, steps = law_day(start), start.astimezone(UTC), []
    steps.append(_hour_step(StepKind.START, moment))
    for kind, part in [
        (StepKind.BASE, period),
        *((StepKind.EXTENSION, extension) for extension in extensions),
    ]:
        moment += timedelta(hours=part.length)
        steps.append(_hour_step(kind, moment, count=part.length, unit=part.unit.value))
    last_day = law_day(moment)
    return Deadline(PeriodUnit.HOUR, started_on, last_day, last_day, moment, False, tuple(steps))


def _hour_step(kind: StepKind, moment: datetime, **params: str | int) -> Step:
    return Step(kind, {**params, "day": f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"})


def fixed(start: datetime, until: datetime) -> Deadline:
    """A deadline that a document states itself, to the minute, such as an order to correct."""
    if until <= start:
        raise ValueError("a stated deadline must lie after its start")
    moment, last_day = until.astimezone(UTC), law_day(until)
    steps = (_hour_step(StepKind.START, start), _hour_step(StepKind.FIXED, moment))
    return Deadline(PeriodUnit.HOUR, law_day(start), last_day, last_day, moment, False, steps)


def stated(start: datetime, last_day: date, *, rolls: bool, calendar: WorkCalendar) -> Deadline:
    """A deadline whose last day a document states, such as a part of an instalment plan."""
    begun = law_day(start)
    if last_day < begun:
        raise ValueError("a stated deadline must not lie before its start")
    outer_day = calendar.next_working(last_day) if rolls else last_day
    steps = [
        Step(StepKind.START, {"day": begun.isoformat()}),
        Step(StepKind.FIXED, {"day": last_day.isoformat()}),
    ]
    if outer_day != last_day:
        words = {"from": last_day.isoformat(), "day": outer_day.isoformat()}
        steps.append(Step(StepKind.ROLL, words))
    provisional = rolls and calendar.crosses_provisional(last_day, outer_day)
    if provisional:
        steps.append(Step(StepKind.PROVISIONAL, {"day": outer_day.isoformat()}))
    due_at = day_start(outer_day + ONE_DAY)
    unit = PeriodUnit.CALENDAR_DAY
    return Deadline(unit, begun, last_day, outer_day, due_at, provisional, tuple(steps))


def remaining(deadline: Deadline, now: datetime, calendar: WorkCalendar) -> int:
    """What is left until the strict last day, in the clock's own unit; negative when late.

    Working-day clocks count working days, hour clocks whole hours, all others days; on the
    last day itself nothing is left but the day.
    """
    if deadline.unit is PeriodUnit.HOUR:
        return (deadline.due_at - now) // timedelta(hours=1)
    today = law_day(now)
    if deadline.unit is PeriodUnit.WORKING_DAY:
        return calendar.working_days_between(today, deadline.last_day)
    return (deadline.last_day - today).days


def amber_at(deadline: Deadline, lead: int, calendar: WorkCalendar) -> datetime:
    """The instant (UTC) from which no more than `lead` units remain, never before the start."""
    if lead < 0:
        raise ValueError(f"a warning cannot come after the last day: {lead}")
    if deadline.unit is PeriodUnit.HOUR:
        return deadline.due_at - timedelta(hours=lead)
    day = deadline.last_day
    if deadline.unit is not PeriodUnit.WORKING_DAY:
        return day_start(max(deadline.started_on, day - timedelta(days=lead)))
    while day > deadline.started_on and (
        calendar.working_days_between(day - ONE_DAY, deadline.last_day) <= lead
    ):
        day -= ONE_DAY
    return day_start(day)


def light(deadline: Deadline, now: datetime, amber_from: datetime) -> Light:
    """Red once it is too late, amber from the instant that `amber_at` gave, else ok."""
    if now >= deadline.due_at:
        return Light.RED
    return Light.AMBER if now >= amber_from else Light.OK
