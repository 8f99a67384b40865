"""The working-day calendar of mainland China (工作日历): pure date arithmetic.

Working days are a matter of record, not of formula: every year the State Council moves
holidays and turns some Saturdays and Sundays into make-up working days (调休). A year is
therefore a table. A year that has no table, or only the statutory days before the yearly
notice appears, is *provisional*, and every result that leans on it says so.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class CalendarStatus(StrEnum):
    """How sure a year's table is."""

    PROVISIONAL = "provisional"
    OFFICIAL = "official"


def is_weekend(day: date) -> bool:
    """Whether the day is a Saturday or a Sunday, whatever the yearly notice says of it."""
    return day.weekday() >= SATURDAY


def _days_between(first: date, last: date) -> Iterator[date]:
    """Each day after `first` up to and including `last` (the first day is not counted, T1)."""
    day = first
    while day < last:
        day += ONE_DAY
        yield day


@dataclass(frozen=True, slots=True)
class YearTable:
    """One year of the calendar: the holidays and the make-up working days of its notice."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    status: CalendarStatus
    notice: str

    def __post_init__(self) -> None:
        strangers = sorted(day for day in self.off | self.work if day.year != self.year)
        if strangers:
            raise ValueError(f"{self.year}: dates of another year: {_listed(strangers)}")
        both = sorted(self.off & self.work)
        if both:
            raise ValueError(f"{self.year}: both off and at work: {_listed(both)}")
        weekdays = sorted(day for day in self.work if not is_weekend(day))
        if weekdays:
            raise ValueError(f"{self.year}: make-up days must be at weekends: {_listed(weekdays)}")

    def is_working(self, day: date) -> bool:
        """Whether offices work on the day: make-up weekends do, holidays do not."""
        if day in self.work:
            return True
        return day not in self.off and not is_weekend(day)


def _listed(days: list[date]) -> str:
    return ", ".join(day.isoformat() for day in days)


@dataclass(frozen=True)
class WorkCalendar:
    """The tables of several years; years without one fall back to Monday to Friday."""

    tables: Mapping[int, YearTable] = field(default_factory=dict)

    def status(self, year: int) -> CalendarStatus:
        """Official only where an official table is present."""
        table = self.tables.get(year)
        return table.status if table else CalendarStatus.PROVISIONAL

    def is_working(self, day: date) -> bool:
        """Whether the day is a working day (工作日)."""
        table = self.tables.get(day.year)
        return table.is_working(day) if table else not is_weekend(day)

    def next_working(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it (T2)."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add_working(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; the first day is not counted (T1)."""
        _require_not_negative(count)
        day = start
        while count:
            day += ONE_DAY
            count -= self.is_working(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative when reversed."""
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working(day) for day in _days_between(first, last))

    def crosses_provisional(self, first: date, last: date) -> bool:
        """Whether any year touched from `first` to `last` lacks an official table."""
        low, high = sorted((first.year, last.year))
        return any(self.status(year) is CalendarStatus.PROVISIONAL for year in range(low, high + 1))


def add_days(start: date, count: int) -> date:
    """The calendar day `count` days after `start`; the first day is not counted (T1)."""
    _require_not_negative(count)
    return start + timedelta(days=count)


def add_months(start: date, count: int) -> date:
    """The same day number `count` months on, or that month's last day when it has none (T6)."""
    _require_not_negative(count)
    years, month_index = divmod(start.month - 1 + count, 12)
    year, month = start.year + years, month_index + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def months_before(end: date, count: int) -> date:
    """The same day number `count` months back, or that month's last day when it has none (T6)."""
    _require_not_negative(count)
    years, month_index = divmod(end.month - 1 - count, 12)
    year, month = end.year + years, month_index + 1
    return date(year, month, min(end.day, monthrange(year, month)[1]))


def _require_not_negative(count: int) -> None:
    if count < 0:
        raise ValueError(f"a period cannot run backwards: {count}")
