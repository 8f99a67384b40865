"""The clock card: the bar and the sum come from the computed deadline."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.duration import Deadline, Exclusion, Period, PeriodUnit, compute
from webapp.presenters import clocks
from workflows.reference.calendar import load_folder

CALENDAR = Path(__file__).parents[3] / "bpmn" / "_shared" / "calendar"
NINETY_DAYS = Period(90, PeriodUnit.CALENDAR_DAY)
FILED = datetime(2025, 3, 3, 2, tzinfo=UTC)
APPRAISAL = Exclusion("appraisal", date(2025, 3, 10), date(2025, 3, 25))
HEARING = Exclusion("hearing", date(2025, 4, 25), date(2025, 5, 14))


@pytest.fixture(scope="module")
def handling() -> Deadline:
    return compute(
        NINETY_DAYS,
        FILED,
        exclusions=[APPRAISAL, HEARING],
        rolls=True,
        calendar=load_folder(CALENDAR),
    )


def test_the_sum_of_the_mock_up_adds_up_line_by_line(handling: Deadline) -> None:
    lines = clocks.sum_lines(handling.steps, "zh", "应当作出决定")
    assert [(line.text, line.value, line.kind) for line in lines] == [
        ("3月3日 起，90 日", "6月1日", ""),
        ("检测、检验、检疫、鉴定或者评估 3月10日—3月25日，不计", "＋15 日", "excluded"),
        ("听证 4月25日—5月14日，不计", "＋19 日", "excluded"),
        ("7月5日 是休息日，顺延", "7月7日", ""),
        ("应当作出决定", "7月7日", "total"),
    ]


def test_both_days_are_shown_when_the_last_one_is_a_day_off(handling: Deadline) -> None:
    line = clocks.last_line(handling.last_day, handling.outer_day)
    assert line == "末日 2025年7月5日（周六）；遇休息日顺延，最迟 7月7日（周一）"


def test_a_period_that_ends_on_a_working_day_shows_one_day() -> None:
    assert clocks.last_line(date(2025, 5, 30), date(2025, 5, 30)) == "末日 2025年5月30日（周五）"


def test_the_bar_hatches_what_is_not_counted(handling: Deadline) -> None:
    bar = clocks.bar(date(2025, 3, 3), handling.last_day, date(2025, 5, 19), [APPRAISAL, HEARING])
    assert [segment.kind for segment in bar] == ["used", "ex", "used", "ex", "used"]
    assert sum(segment.width for segment in bar) == pytest.approx(100 * 77 / 124, abs=0.1)


days = st.dates(date(2025, 1, 1), date(2025, 12, 31))


@settings(max_examples=150)
@given(days, days, days, st.lists(st.tuples(days, days), max_size=4))
def test_the_bar_never_overlaps_and_never_leaves_its_length(
    first: date, second: date, until: date, pairs: list[tuple[date, date]]
) -> None:
    started, last = sorted((first, second))
    spans = [Exclusion("hearing", *sorted(pair)) for pair in pairs]
    reached = 0.0
    for segment in clocks.bar(started, last, until, spans):
        assert segment.start >= reached - 0.02
        assert segment.width > 0
        reached = segment.start + segment.width
    assert reached <= 100.02
