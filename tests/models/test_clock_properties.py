"""Deadlines against a counter of its own, which knows nothing but days and asks one at a time.

The counter walks from the start through the calendar, a day at a time, and ticks the days that
count. It shares no line with `models.duration`: no sums, no merging, no adding of periods.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.calendar import CalendarStatus, WorkCalendar, YearTable
from models.duration import SHANGHAI, Deadline, Exclusion, Period, PeriodUnit, compute
from tests.models.calendars import SHIPPED

ONE = timedelta(days=1)
WORKING, CALENDAR, MONTH, HOUR = PeriodUnit
DAYS = st.dates(date(2024, 1, 1), date(2026, 10, 31))
REASONS = st.sampled_from(["hearing", "appraisal", "suspension", "announcement"])


@dataclass(frozen=True)
class Counter:
    """One walk through the calendar."""

    calendar: WorkCalendar
    start: date
    excluded: tuple[Exclusion, ...] = ()

    def is_left_out(self, day: date) -> bool:
        """Whether the day lies in any interval: after its first day, up to its last."""
        return any(span.start < day <= span.end for span in self.excluded)

    def ends(self, lengths: list[int], unit: PeriodUnit) -> date:
        """The day on which the last of so many days has been ticked."""
        day, left = self.start, sum(lengths)
        while left:
            day += ONE
            left -= (unit is CALENDAR or self.calendar.is_working(day)) and not self.is_left_out(
                day
            )
        return day

    def after_months(self, count: int) -> date:
        """The same day number so many months on, found by walking; or the month's last day."""
        day, changes = self.start, 0
        while True:
            day += ONE
            changes += day.day == 1
            if changes == count and (day.day == self.start.day or (day + ONE).day == 1):
                return day

    def waits(self, day: date, rolls: bool) -> date:
        """An interval that begins before the period is over keeps it open until it ends."""
        moved = True
        while moved:
            moved, last = False, self.rolled(day) if rolls else day
            for span in self.excluded:
                if self.start < span.end and span.start <= last and span.end > day:
                    day, moved = span.end, True
        return day

    def rolled(self, day: date) -> date:
        """The first working day from this one on."""
        while not self.calendar.is_working(day):
            day += ONE
        return day


def computed(
    length: int,
    unit: PeriodUnit,
    start: date,
    *,
    extensions: list[int] | None = None,
    exclusions: list[Exclusion] | None = None,
    rolls: bool = True,
    calendar: WorkCalendar = SHIPPED,
) -> Deadline:
    begun = datetime(start.year, start.month, start.day, 10, tzinfo=SHANGHAI)
    return compute(
        Period(length, unit), begun, extensions=[Period(n, unit) for n in extensions or []],
        exclusions=exclusions or [], rolls=rolls, calendar=calendar,
    )  # fmt: skip


@st.composite
def spans(draw: st.DrawFn) -> Exclusion:
    start = draw(DAYS)
    return Exclusion(draw(REASONS), start, start + timedelta(days=draw(st.integers(0, 60))))


@st.composite
def near(draw: st.DrawFn, start: date, days: int) -> list[Exclusion]:
    """Intervals that fall into the life of a period, before and after it too."""
    found = []
    for _ in range(draw(st.integers(0, 5))):
        first = start + timedelta(days=draw(st.integers(-10, days)))
        length = timedelta(days=draw(st.integers(0, 40)))
        found.append(Exclusion(draw(REASONS), first, first + length))
    return found


@st.composite
def years(draw: st.DrawFn) -> WorkCalendar:
    """Calendars that nobody has announced: any weekdays off, any weekends worked."""
    tables = {}
    for year in (2025, 2026):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
        week = [day for day in days if day.weekday() < 5]
        ends = [day for day in days if day.weekday() >= 5]
        off = frozenset(draw(st.lists(st.sampled_from(week), max_size=40)))
        work = frozenset(draw(st.lists(st.sampled_from(ends), max_size=20)))
        tables[year] = YearTable(year, off, work, CalendarStatus.OFFICIAL, "x")
    return WorkCalendar(tables)


@settings(max_examples=300, deadline=None)
@given(
    start=DAYS,
    length=st.integers(1, 120),
    unit=st.sampled_from([WORKING, CALENDAR]),
    extensions=st.lists(st.integers(1, 60), max_size=3),
    rolls=st.booleans(),
    data=st.data(),
)
def test_days_extensions_and_overlapping_exclusions_are_those_of_a_walk(
    start: date,
    length: int,
    unit: PeriodUnit,
    extensions: list[int],
    rolls: bool,
    data: st.DataObject,
) -> None:
    exclusions = data.draw(near(start, 200))
    counter = Counter(SHIPPED, start, tuple(exclusions))
    walked = counter.waits(counter.ends([length, *extensions], unit), rolls)
    found = computed(length, unit, start, extensions=extensions, exclusions=exclusions, rolls=rolls)
    assert found.last_day == walked
    assert found.outer_day == (counter.rolled(walked) if rolls else walked)


@settings(max_examples=100, deadline=None)
@given(
    calendar=years(), start=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    length=st.integers(1, 90), data=st.data(),
)  # fmt: skip
def test_any_calendar_of_holidays_and_make_up_days_is_followed(
    calendar: WorkCalendar, start: date, length: int, data: st.DataObject
) -> None:
    exclusions = data.draw(near(start, 120))
    counter = Counter(calendar, start, tuple(exclusions))
    walked = counter.waits(counter.ends([length], WORKING), True)
    found = computed(length, WORKING, start, exclusions=exclusions, calendar=calendar)
    assert (found.last_day, found.outer_day) == (walked, counter.rolled(walked))


@settings(max_examples=200, deadline=None)
@given(start=st.dates(date(2023, 1, 1), date(2026, 6, 30)), months=st.integers(1, 24))
def test_months_end_on_the_same_day_number_or_on_the_months_last_day(
    start: date, months: int
) -> None:
    counter = Counter(SHIPPED, start)
    walked = counter.after_months(months)
    found = computed(months, MONTH, start)
    assert (found.last_day, found.outer_day) == (walked, counter.rolled(walked))


@settings(max_examples=100, deadline=None)
@given(
    start=st.dates(date(2024, 1, 1), date(2025, 12, 31)), months=st.integers(1, 6),
    first=st.integers(1, 20), length=st.integers(1, 40),
)  # fmt: skip
def test_days_left_out_of_a_period_of_months_are_added_as_days(
    start: date, months: int, first: int, length: int
) -> None:
    begins = start + timedelta(days=first)
    span = Exclusion("force_majeure", begins, begins + timedelta(days=length))
    whole = Counter(SHIPPED, start).after_months(months)
    found = computed(months, MONTH, start, exclusions=[span], rolls=False)
    assert found.last_day == max(whole + timedelta(days=length), span.end)


@settings(max_examples=100, deadline=None)
@given(
    day=DAYS,
    clock=st.times(),
    hours=st.integers(1, 72),
    more=st.lists(st.integers(1, 48), max_size=2),
)
def test_hours_run_through_nights_and_holidays(
    day: date, clock: time, hours: int, more: list[int]
) -> None:
    begun = datetime.combine(day, clock, SHANGHAI)
    found = compute(
        Period(hours, HOUR), begun, extensions=[Period(n, HOUR) for n in more], rolls=True,
        calendar=SHIPPED,
    )  # fmt: skip
    moment = begun
    for _ in range(hours + sum(more)):
        moment += timedelta(minutes=60)
    assert found.due_at == moment
    assert found.last_day == found.outer_day == moment.date()


@settings(max_examples=200, deadline=None)
@given(start=DAYS, length=st.integers(1, 90), unit=st.sampled_from([WORKING, CALENDAR]))
def test_it_is_too_late_at_the_midnight_after_the_outer_day_and_not_before(
    start: date, length: int, unit: PeriodUnit
) -> None:
    found = computed(length, unit, start)
    assert found.due_at.astimezone(SHANGHAI) == datetime.combine(
        found.outer_day + ONE, datetime.min.time(), SHANGHAI
    )


@settings(max_examples=200, deadline=None)
@given(start=DAYS, length=st.integers(1, 60), exclusions=st.lists(spans(), max_size=4))
def test_the_lines_of_the_sum_lead_to_the_last_day(
    start: date, length: int, exclusions: list[Exclusion]
) -> None:
    found = computed(length, CALENDAR, start, exclusions=exclusions, rolls=False)
    day = start
    for step in found.steps:
        if step.kind in ("base", "exclusion"):
            reached = day + timedelta(days=int(step.params["count"]))
            end = step.params.get("end")
            day = max(reached, date.fromisoformat(str(end))) if end else reached
            assert step.params["day"] == day.isoformat()
    assert day == found.last_day
