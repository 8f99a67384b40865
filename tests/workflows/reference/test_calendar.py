"""The shipped years against two independent packages, and the refusal of bad files."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from models.calendar import CalendarStatus
from tests.models.calendars import FOLDER, SHIPPED
from workflows.reference.calendar import CalendarFileError, load_calendar, load_year

OFFICIAL_YEARS = (2024, 2025, 2026)
GOOD = """\
year: 2025
status: official
notice: 国办发明电〔2024〕12号
off: [2025-10-01]
work: [2025-09-28]
"""


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", OFFICIAL_YEARS)
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    disagree = [d for d in days_of(year) if SHIPPED.is_working(d) != chinese_calendar.is_workday(d)]
    assert disagree == []


@pytest.mark.parametrize("year", OFFICIAL_YEARS)
def test_every_day_agrees_with_holidays(year: int) -> None:
    oracle = holidays.country_holidays("CN", years=year)
    disagree = [d for d in days_of(year) if SHIPPED.is_working(d) != oracle.is_working_day(d)]
    assert disagree == []


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_number_of_working_days_of_a_year(year: int, working: int) -> None:
    assert sum(SHIPPED.is_working(day) for day in days_of(year)) == working


@pytest.mark.parametrize("year", OFFICIAL_YEARS)
def test_past_years_are_official_and_name_their_notice(year: int) -> None:
    assert SHIPPED.status(year) is CalendarStatus.OFFICIAL
    assert "国办发明电" in SHIPPED.tables[year].notice


def test_2027_holds_the_statutory_days_alone_and_says_so() -> None:
    table = SHIPPED.tables[2027]
    statutory = holidays.country_holidays("CN", years=2027, language="zh_CN")
    assert table.off == {day for day, name in statutory.items() if "补假" not in name}
    assert table.work == frozenset()
    assert table.status is CalendarStatus.PROVISIONAL


def write(tmp_path: Path, text: str, name: str = "2025.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_right_file_is_read(tmp_path: Path) -> None:
    table = load_year(write(tmp_path, GOOD))
    assert (table.year, table.off, table.work) == (
        2025,
        {date(2025, 10, 1)},
        {date(2025, 9, 28)},
    )


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("status: official", "status: sure", "sure"),
        ("off: [2025-10-01]", "off: [2026-10-01]", "another year"),
        ("work: [2025-09-28]", "work: [2025-09-29]", "weekends"),
        ("off: [2025-10-01]", "off: [2025-09-28]", "both off and at work"),
        ("off: [2025-10-01]", "off: [2025-10-01, 2025-10-01]", "twice"),
        ("off: [2025-10-01]", "off: [2025-10-01T08:00:00]", "not a date"),
        ("off: [2025-10-01]", "off: [soon]", "not a date"),
        ("off: [2025-10-01]", "off: 2025-10-01", "list of dates"),
        ("off: [2025-10-01]", "off: [2025-02-30]", "2025.yaml"),
        ("work: [2025-09-28]", "works: [2025-09-28]", "unknown keys"),
        ("work: [2025-09-28]", "", "missing keys"),
        ("year: 2025", "year: '2025'", "year must be a number"),
        ("year: 2025", "year: 2025\nyear: 2025", "stands twice"),
        ("notice: 国办发明电〔2024〕12号", "notice: ''", "notice must name"),
        (GOOD, "- 2025", "expected a mapping"),
        (GOOD, "year: [", "2025.yaml"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, right: str, wrong: str, reason: str) -> None:
    with pytest.raises(CalendarFileError, match=reason):
        load_year(write(tmp_path, GOOD.replace(right, wrong)))


def test_two_files_for_one_year_are_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path, GOOD), write(tmp_path, GOOD, "2025-again.yaml")]
    with pytest.raises(CalendarFileError, match="second table for 2025"):
        load_calendar(paths)


def test_the_shipped_files_are_named_after_their_year() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {str(y) for y in SHIPPED.tables}
