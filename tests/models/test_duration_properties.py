"""Deadlines: what must hold for all of them, whatever the dates."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.duration import (
    SHANGHAI,
    Deadline,
    Exclusion,
    Period,
    PeriodUnit,
    amber_at,
    compute,
    law_day,
    merge_exclusions,
    remaining,
)
from tests.models.calendars import SHIPPED

WORKING, CALENDAR = PeriodUnit.WORKING_DAY, PeriodUnit.CALENDAR_DAY


DAYS = st.dates(date(2024, 6, 1), date(2026, 3, 31))
UNITS = st.sampled_from([WORKING, CALENDAR])


def run(length: int, unit: PeriodUnit, start: str, rolls: bool = True, **more) -> Deadline:
    begun = datetime.fromisoformat(start).replace(tzinfo=SHANGHAI)
    return compute(Period(length, unit), begun, rolls=rolls, calendar=SHIPPED, **more)


@st.composite
def spans(draw) -> Exclusion:
    start = draw(DAYS)
    length = timedelta(days=draw(st.integers(0, 40)))
    return Exclusion(draw(st.sampled_from(["hearing", "appraisal"])), start, start + length)


SPANS = st.lists(spans(), max_size=5)


def excluded_days(exclusions) -> set[date]:
    """The days an exclusion holds, by brute force."""
    return {
        span.start + timedelta(days=offset + 1)
        for span in exclusions
        for offset in range((span.end - span.start).days)
    }


@given(exclusions=SPANS)
def test_merging_keeps_the_excluded_days_and_removes_every_overlap(exclusions) -> None:
    merged = merge_exclusions(exclusions)
    assert excluded_days(merged) == excluded_days(exclusions)
    assert sum((span.end - span.start).days for span in merged) == len(excluded_days(exclusions))


@given(exclusions=SPANS, data=st.data())
def test_merging_ignores_order_and_repetition(exclusions, data) -> None:
    merged = merge_exclusions(exclusions)
    assert merge_exclusions(merged) == merged
    assert merge_exclusions(data.draw(st.permutations(exclusions))) == merged
    assert merge_exclusions([*exclusions, *exclusions]) == merged


@given(
    start=DAYS, length=st.integers(1, 90), unit=UNITS, some=SPANS, more=SPANS, rolls=st.booleans()
)
def test_adding_an_exclusion_never_shortens(start, length, unit, some, more, rolls) -> None:
    fewer = run(length, unit, start.isoformat(), rolls, exclusions=some)
    all_ = run(length, unit, start.isoformat(), rolls, exclusions=[*some, *more])
    assert all_.last_day >= fewer.last_day
    assert all_.outer_day >= fewer.outer_day


@given(start=DAYS, length=st.integers(1, 60), unit=UNITS, exclusions=SPANS)
def test_a_strict_deadline_is_the_day_that_a_walk_through_the_calendar_reaches(
    start, length, unit, exclusions
) -> None:
    """An independent oracle: count day by day whatever counts, until the period is used up.

    A clock whose last counted day is the first of an exclusion waits for its end.
    """
    excluded = excluded_days(exclusions)
    today, left = start, length
    while left:
        today += timedelta(days=1)
        counts = unit is CALENDAR or SHIPPED.is_working(today)
        left -= counts and today not in excluded
    for span in merge_exclusions(exclusions):
        today = span.end if span.start == today else today
    found = run(length, unit, start.isoformat(), False, exclusions=exclusions)
    assert found.last_day == today


@given(start=DAYS, length=st.integers(1, 60), unit=UNITS, span=spans(), cut=st.integers(1, 39))
def test_an_exclusion_cut_in_two_counts_the_same(start, length, unit, span, cut) -> None:
    middle = min(span.end, span.start + timedelta(days=cut))
    halves = [Exclusion("hearing", span.start, middle), Exclusion("hearing", middle, span.end)]
    whole = run(length, unit, start.isoformat(), False, exclusions=[span])
    assert run(length, unit, start.isoformat(), False, exclusions=halves).last_day == whole.last_day


@given(start=DAYS, length=st.integers(1, 90), later=st.integers(0, 20), unit=UNITS)
def test_a_later_start_or_a_longer_period_never_ends_earlier(start, length, later, unit) -> None:
    base = run(length, unit, start.isoformat())
    moved = run(length, unit, (start + timedelta(days=later)).isoformat())
    longer = run(length + later, unit, start.isoformat())
    assert min(moved.outer_day, longer.outer_day) >= base.outer_day


@given(start=DAYS, length=st.integers(1, 90), unit=UNITS, exclusions=SPANS)
def test_the_outer_day_is_the_first_working_day_from_the_last_day_on(
    start, length, unit, exclusions
) -> None:
    deadline = run(length, unit, start.isoformat(), exclusions=exclusions)
    assert deadline.outer_day == SHIPPED.next_working(deadline.last_day)
    assert deadline.started_on < deadline.last_day


@given(start=DAYS, length=st.integers(1, 60), unit=UNITS, lead=st.integers(0, 12))
def test_amber_begins_on_the_first_day_with_no_more_than_the_lead_left(
    start, length, unit, lead
) -> None:
    deadline = run(length, unit, start.isoformat())
    amber = amber_at(deadline, lead, SHIPPED)
    assert remaining(deadline, amber, SHIPPED) <= lead or law_day(amber) == start
    if law_day(amber) > start:
        assert remaining(deadline, amber - timedelta(seconds=1), SHIPPED) > lead
