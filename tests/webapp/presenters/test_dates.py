"""Dates as people read them, in Shanghai time."""

from datetime import UTC, date, datetime

import pytest

from webapp.presenters import dates

WEDNESDAY = date(2025, 9, 24)
LATE_EVENING_UTC = datetime(2025, 9, 24, 17, 5, tzinfo=UTC)
"""Already the 25th in Shanghai."""


def test_a_day_carries_its_weekday_in_both_languages() -> None:
    assert dates.day(WEDNESDAY) == "2025年9月24日（周三）"
    assert dates.day(WEDNESDAY, "en") == "Wed, 24 Sep 2025"


def test_no_date_is_a_dash_and_never_none() -> None:
    assert {
        dates.day(None),
        dates.short_day(None),
        dates.moment(None),
        dates.full_moment(None),
    } == {"—"}


def test_a_short_day_shows_the_year_only_when_it_is_another_one() -> None:
    assert dates.short_day(WEDNESDAY, today=date(2025, 1, 1)) == "9月24日"
    assert dates.short_day(WEDNESDAY, today=date(2026, 1, 1)) == "2025年9月24日"


def test_a_moment_is_shown_on_its_shanghai_day() -> None:
    assert dates.moment(LATE_EVENING_UTC, today=date(2025, 9, 30)) == "9月25日 01:05"
    assert dates.moment(LATE_EVENING_UTC, today=date(2025, 9, 25)) == "今天 01:05"
    assert dates.full_moment(LATE_EVENING_UTC) == "2025年9月25日（周四）01:05"


def test_a_naive_moment_is_refused_because_it_has_no_legal_day() -> None:
    with pytest.raises(ValueError, match="naive"):
        dates.moment(datetime(2025, 9, 24, 17, 5))  # noqa: DTZ001


def test_waiting_since_gives_the_time_today_and_the_date_before() -> None:
    assert dates.since(LATE_EVENING_UTC, today=date(2025, 9, 25)) == "今天 01:05"
    assert dates.since(LATE_EVENING_UTC, today=date(2025, 9, 26)) == "9月25日"


def test_the_first_day_of_a_running_stage_is_day_one() -> None:
    assert dates.nth_day(WEDNESDAY, WEDNESDAY) == "第 1 天"
    assert dates.nth_day(WEDNESDAY, date(2025, 9, 30), "en") == "day 7"
