"""Working-day arithmetic, on the shipped tables and on invented ones."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calendar import CalendarStatus, WorkCalendar, YearTable, add_days, add_months
from tests.models.calendars import SHIPPED

DAYS = st.dates(date(2024, 1, 1), date(2026, 10, 31))
COUNTS = st.integers(0, 40)


def table(year: int, off: set[date] = frozenset(), work: set[date] = frozenset()) -> YearTable:
    return YearTable(year, frozenset(off), frozenset(work), CalendarStatus.OFFICIAL, "invented")


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        pytest.param("2025-09-08", 15, "2025-09-28", id="s1-verify"),
        pytest.param("2025-09-16", 10, "2025-09-29", id="s1-legal-review"),
        pytest.param("2025-09-24", 5, "2025-09-30", id="s1-statement"),
        pytest.param("2025-10-09", 7, "2025-10-17", id="s1-publish-and-serve"),
        pytest.param("2025-10-15", 15, "2025-11-05", id="s1-close"),
        pytest.param("2025-04-22", 5, "2025-04-28", id="s2-hearing-request"),
        pytest.param("2025-05-28", 7, "2025-06-09", id="s2-publish"),
        pytest.param("2025-10-20", 2, "2025-10-22", id="s4-cash"),
        pytest.param("2025-10-20", 7, "2025-10-29", id="s4-file"),
        pytest.param("2025-10-22", 7, "2025-10-31", id="s4-publish"),
        pytest.param("2025-11-19", 5, "2025-11-26", id="s5-statement"),
        pytest.param("2025-11-27", 7, "2025-12-08", id="s5-publish"),
        pytest.param("2025-12-02", 5, "2025-12-09", id="s5-forward"),
        pytest.param("2025-04-10", 7, "2025-04-21", id="s10-publish"),
        pytest.param("2025-05-20", 5, "2025-05-27", id="s10-accept"),
        pytest.param("2025-05-30", 10, "2025-06-16", id="s10-reply"),
        pytest.param("2025-07-16", 3, "2025-07-21", id="s10-withdraw"),
    ],
)
def test_working_days_end_where_the_scenarios_say(start: str, count: int, last: str) -> None:
    found = SHIPPED.add_working(date.fromisoformat(start), count)
    assert found == date.fromisoformat(last)


def test_a_make_up_sunday_is_a_working_day_and_a_monday_to_friday_count_would_miss_it() -> None:
    assert SHIPPED.is_working(date(2025, 9, 28))
    assert WorkCalendar().add_working(date(2025, 9, 24), 5) == date(2025, 10, 1)


def test_the_hearing_may_not_be_held_before_the_seventh_working_day_is_over() -> None:
    # Scenario 2: notice served on 04-28; the seventh working day is 05-12, so 05-13 at the
    # earliest, because seven full working days must lie before the hearing.
    assert SHIPPED.add_working(date(2025, 4, 28), 7) == date(2025, 5, 12)
    assert SHIPPED.next_working(date(2025, 5, 13)) == date(2025, 5, 13)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2025-10-10", 6, "2026-04-10"),
        ("2025-05-29", 6, "2025-11-29"),
        ("2025-11-29", 3, "2026-02-28"),
        ("2025-12-01", 3, "2026-03-01"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2025-08-31", 1, "2025-09-30"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-03-15", 24, "2027-03-15"),
    ],
)
def test_a_month_period_ends_on_the_same_day_number_or_the_last_day(
    start: str, months: int, last: str
) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(last)


def test_calendar_days_do_not_count_the_first_day() -> None:
    assert add_days(date(2025, 3, 3), 90) == date(2025, 6, 1)
    assert add_days(date(2025, 10, 10), 60) == date(2025, 12, 9)


@pytest.mark.parametrize("add", [add_days, add_months, SHIPPED.add_working])
def test_a_period_cannot_run_backwards(add) -> None:
    with pytest.raises(ValueError, match="backwards"):
        add(date(2025, 1, 1), -1)


def test_the_next_working_day_of_a_working_day_is_itself() -> None:
    assert SHIPPED.next_working(date(2025, 10, 9)) == date(2025, 10, 9)
    assert SHIPPED.next_working(date(2025, 10, 1)) == date(2025, 10, 9)
    assert SHIPPED.next_working(date(2025, 10, 11)) == date(2025, 10, 11)


@given(start=DAYS, count=COUNTS)
def test_counting_back_gives_the_count_that_was_added(start: date, count: int) -> None:
    assert SHIPPED.working_days_between(start, SHIPPED.add_working(start, count)) == count


@given(start=DAYS, count=st.integers(1, 40))
def test_a_working_period_ends_on_a_working_day(start: date, count: int) -> None:
    assert SHIPPED.is_working(SHIPPED.add_working(start, count))


@given(start=DAYS, later=st.integers(0, 30), count=COUNTS)
def test_a_later_start_never_ends_earlier(start: date, later: int, count: int) -> None:
    end = SHIPPED.add_working(start, count)
    assert SHIPPED.add_working(start + timedelta(days=later), count) >= end


@given(start=DAYS, count=COUNTS, more=COUNTS)
def test_working_days_add_up(start: date, count: int, more: int) -> None:
    in_two_steps = SHIPPED.add_working(SHIPPED.add_working(start, count), more)
    assert in_two_steps == SHIPPED.add_working(start, count + more)


@given(first=DAYS, last=DAYS)
def test_counting_between_days_changes_sign_when_reversed(first: date, last: date) -> None:
    forwards = SHIPPED.working_days_between(first, last)
    assert forwards == -SHIPPED.working_days_between(last, first)


@settings(max_examples=50)
@given(start=st.dates(date(2020, 1, 31), date(2026, 12, 31)), months=st.integers(0, 60))
def test_a_month_period_never_leaves_the_target_month(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day


def test_a_year_without_a_table_counts_monday_to_friday_and_is_provisional() -> None:
    calendar = WorkCalendar({2025: table(2025)})
    assert calendar.is_working(date(2031, 10, 1))
    assert not calendar.is_working(date(2031, 10, 4))
    assert calendar.status(2031) is CalendarStatus.PROVISIONAL
    assert calendar.crosses_provisional(date(2025, 12, 30), date(2026, 1, 2))
    assert not calendar.crosses_provisional(date(2025, 1, 1), date(2025, 12, 31))


def test_a_provisional_year_in_between_is_noticed() -> None:
    calendar = WorkCalendar({2025: table(2025), 2027: table(2027)})
    assert calendar.crosses_provisional(date(2025, 12, 1), date(2027, 1, 4))
    assert calendar.crosses_provisional(date(2027, 1, 4), date(2025, 12, 1))


@pytest.mark.parametrize(
    ("off", "work", "reason"),
    [
        ({date(2024, 12, 31)}, set(), "another year"),
        (set(), {date(2026, 1, 3)}, "another year"),
        ({date(2025, 4, 27)}, {date(2025, 4, 27)}, "both off and at work"),
        (set(), {date(2025, 4, 28)}, "weekends"),
    ],
)
def test_an_impossible_year_is_refused(off: set[date], work: set[date], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        table(2025, off, work)
