"""Deadlines: every date of the scenarios, and what must hold for all of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.calendar import WorkCalendar
from models.duration import (
    SHANGHAI,
    Deadline,
    Exclusion,
    Light,
    Period,
    PeriodUnit,
    Step,
    StepKind,
    amber_at,
    compute,
    day_start,
    fixed,
    law_day,
    light,
    remaining,
)
from models.duration_text import LINES, explain
from models.duration_text import UNITS as UNIT_NAMES
from tests.models.calendars import SHIPPED

WORKING, CALENDAR = PeriodUnit.WORKING_DAY, PeriodUnit.CALENDAR_DAY
MONTH, HOUR = PeriodUnit.MONTH, PeriodUnit.HOUR


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def day(text: str) -> date:
    return date.fromisoformat(text)


def run(length: int, unit: PeriodUnit, start: str, rolls: bool = True, **more) -> Deadline:
    return compute(Period(length, unit), at(start), rolls=rolls, calendar=SHIPPED, **more)


@pytest.mark.parametrize(
    ("length", "unit", "start", "rolls", "last", "outer"),
    [
        pytest.param(15, WORKING, "2025-09-08T09:20", False, "2025-09-28", None, id="s1-verify"),
        pytest.param(90, CALENDAR, "2025-09-10", True, "2025-12-09", None, id="s1-case"),
        pytest.param(10, WORKING, "2025-09-16", False, "2025-09-29", None, id="s1-review"),
        pytest.param(5, WORKING, "2025-09-24", True, "2025-09-30", None, id="s1-statement"),
        pytest.param(7, WORKING, "2025-10-09", False, "2025-10-17", None, id="s1-publish"),
        pytest.param(15, CALENDAR, "2025-10-10", True, "2025-10-25", "2025-10-27", id="s1-pay"),
        pytest.param(60, CALENDAR, "2025-10-10", True, "2025-12-09", None, id="s1-reconsider"),
        pytest.param(6, MONTH, "2025-10-10", True, "2026-04-10", None, id="s1-sue"),
        pytest.param(15, WORKING, "2025-10-15", False, "2025-11-05", None, id="s1-close"),
        pytest.param(90, CALENDAR, "2025-03-03", False, "2025-06-01", None, id="s2-case"),
        pytest.param(90, CALENDAR, "2025-03-03", True, "2025-06-01", "2025-06-03", id="s2-rolled"),
        pytest.param(5, WORKING, "2025-04-22", True, "2025-04-28", None, id="s2-request"),
        pytest.param(7, WORKING, "2025-05-28", False, "2025-06-09", None, id="s2-publish"),
        pytest.param(15, CALENDAR, "2025-05-29", True, "2025-06-13", None, id="s2-pay"),
        pytest.param(6, MONTH, "2025-05-29", True, "2025-11-29", "2025-12-01", id="s2-sue"),
        pytest.param(30, CALENDAR, "2025-05-20T14:50", False, "2025-06-19", None, id="s3-seize"),
        pytest.param(3, CALENDAR, "2025-06-09T09:00", False, "2025-06-12", None, id="s3-approve"),
        pytest.param(3, CALENDAR, "2025-06-13", False, "2025-06-16", None, id="s3-hand-over"),
        pytest.param(15, CALENDAR, "2025-10-22", True, "2025-11-06", None, id="s4-pay"),
        pytest.param(7, WORKING, "2025-10-20", False, "2025-10-29", None, id="s4-file"),
        pytest.param(90, CALENDAR, "2025-11-06", False, "2026-02-04", None, id="s5-case"),
        pytest.param(5, WORKING, "2025-11-19", True, "2025-11-26", None, id="s5-statement"),
        pytest.param(15, CALENDAR, "2025-11-28", True, "2025-12-13", "2025-12-15", id="s5-pay"),
        pytest.param(60, CALENDAR, "2025-04-11", True, "2025-06-10", None, id="s10-reconsider"),
        pytest.param(60, CALENDAR, "2025-05-26", False, "2025-07-25", None, id="s10-decide"),
        pytest.param(10, WORKING, "2025-05-30", False, "2025-06-16", None, id="s10-reply"),
        pytest.param(3, WORKING, "2025-07-16", False, "2025-07-21", None, id="s10-withdraw"),
    ],
)
def test_deadlines_fall_where_the_scenarios_say(
    length: int, unit: PeriodUnit, start: str, rolls: bool, last: str, outer: str | None
) -> None:
    deadline = run(length, unit, start, rolls)
    assert (deadline.last_day, deadline.outer_day) == (day(last), day(outer or last))
    assert not deadline.provisional


def test_appraisal_and_hearing_move_the_ninety_days_to_the_fifth_of_july() -> None:
    appraisal = Exclusion("appraisal", day("2025-03-10"), day("2025-03-25"))
    hearing = Exclusion("hearing", day("2025-04-25"), day("2025-05-14"))
    deadline = run(90, CALENDAR, "2025-03-03", exclusions=(hearing, appraisal))
    assert deadline.last_day == day("2025-07-05")
    assert deadline.outer_day == day("2025-07-07")
    counts = [s.params["count"] for s in deadline.steps if s.kind is StepKind.EXCLUSION]
    assert counts == [15, 19]


def test_seizure_runs_on_over_the_test_and_its_one_extension() -> None:
    test = Exclusion("appraisal", day("2025-05-22"), day("2025-06-05"))
    thirty = Period(30, CALENDAR)
    assert run(30, CALENDAR, "2025-05-20", False, exclusions=[test]).last_day == day("2025-07-03")
    extended = run(30, CALENDAR, "2025-05-20", False, exclusions=[test], extensions=[thirty])
    assert extended.last_day == day("2025-08-02")


def test_the_court_window_runs_from_the_strict_and_from_the_rolled_end_of_the_time_to_sue() -> None:
    sue = run(6, MONTH, "2025-05-29")
    window = compute(
        Period(3, MONTH),
        day_start(sue.last_day),
        rolls=True,
        calendar=SHIPPED,
        outer_start=sue.outer_day,
    )
    assert (window.last_day, window.outer_day) == (day("2026-02-28"), day("2026-03-02"))
    assert StepKind.OUTER_START in {step.kind for step in window.steps}


def test_twenty_four_hours_end_to_the_minute_whatever_day_it_is() -> None:
    deadline = run(24, HOUR, "2025-05-31T14:50")
    assert deadline.due_at == at("2025-06-01T14:50")
    assert deadline.due_at.utcoffset() == timedelta()
    assert deadline.outer_day == day("2025-06-01")
    longer = run(24, HOUR, "2025-05-31T14:50", extensions=[Period(2, HOUR)])
    assert longer.due_at == at("2025-06-01T16:50")


def test_the_first_instant_too_late_is_midnight_in_shanghai_after_the_outer_day() -> None:
    deadline = run(15, CALENDAR, "2025-10-10")
    assert deadline.due_at == datetime(2025, 10, 27, 16, tzinfo=UTC)


def test_the_start_is_a_day_in_shanghai_even_when_it_is_still_yesterday_in_utc() -> None:
    before_breakfast = datetime(2025, 9, 9, 17, tzinfo=UTC)
    assert law_day(before_breakfast) == day("2025-09-10")
    deadline = compute(Period(90, CALENDAR), before_breakfast, rolls=False, calendar=SHIPPED)
    assert deadline.last_day == day("2025-12-09")


def test_a_naive_start_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        compute(Period(1, CALENDAR), datetime(2025, 1, 1), rolls=False, calendar=SHIPPED)  # noqa: DTZ001


def test_a_working_day_clock_excludes_working_days_alone() -> None:
    # Thursday 06-05 to Monday 06-09 holds two working days, Friday and Monday.
    supplement = Exclusion("supplement", day("2025-06-05"), day("2025-06-09"))
    assert run(5, WORKING, "2025-06-03").last_day == day("2025-06-10")
    assert run(5, WORKING, "2025-06-03", exclusions=[supplement]).last_day == day("2025-06-12")


def test_an_exclusion_over_before_the_clock_started_counts_for_nothing() -> None:
    early = Exclusion("appraisal", day("2025-02-01"), day("2025-03-03"))
    assert run(90, CALENDAR, "2025-03-03", False, exclusions=[early]).last_day == day("2025-06-01")


def test_only_the_part_after_the_start_is_excluded() -> None:
    straddling = Exclusion("appraisal", day("2025-02-01"), day("2025-03-05"))
    deadline = run(90, CALENDAR, "2025-03-03", False, exclusions=[straddling])
    assert deadline.last_day == day("2025-06-03")


def test_a_clock_that_is_over_stays_over_and_the_sum_says_why() -> None:
    late = Exclusion("hearing", day("2025-06-02"), day("2025-06-20"))
    deadline = run(90, CALENDAR, "2025-03-03", False, exclusions=[late])
    assert deadline.last_day == day("2025-06-01")
    assert deadline.steps[-1].kind is StepKind.EXCLUSION_TOO_LATE


def test_an_exclusion_that_begins_on_the_last_day_ends_the_clock_when_it_ends() -> None:
    hearing = Exclusion("hearing", day("2025-06-01"), day("2025-06-20"))
    deadline = run(90, CALENDAR, "2025-03-03", False, exclusions=[hearing])
    assert deadline.last_day == day("2025-06-20")


def test_an_exclusion_that_begins_between_the_strict_and_the_rolled_day_still_counts() -> None:
    hearing = Exclusion("hearing", day("2025-06-03"), day("2025-06-20"))
    deadline = run(90, CALENDAR, "2025-03-03", True, exclusions=[hearing])
    assert deadline.last_day == day("2025-06-20")


@pytest.mark.parametrize(
    ("unit", "extension", "exclusions", "reason"),
    [
        (HOUR, Period(1, CALENDAR), (), "lengthened by hours"),
        (HOUR, None, (Exclusion("hearing", date(2025, 1, 1), date(2025, 1, 2)),), "excluded"),
        (CALENDAR, Period(24, HOUR), (), "lengthened by hours"),
    ],
)
def test_hours_and_days_do_not_mix(unit, extension, exclusions, reason) -> None:
    extensions = [extension] if extension else []
    with pytest.raises(ValueError, match=reason):
        run(24, unit, "2025-05-20", extensions=extensions, exclusions=exclusions)


@pytest.mark.parametrize("length", [0, -5])
def test_a_period_without_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        Period(length, WORKING)


def test_an_exclusion_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Exclusion("hearing", date(2025, 1, 2), date(2025, 1, 1))


def test_a_deadline_that_leans_on_an_unannounced_year_is_provisional() -> None:
    assert run(5, WORKING, "2026-12-29").provisional
    assert run(15, CALENDAR, "2026-12-20").provisional
    assert run(5, WORKING, "2026-12-29").steps[-1].kind is StepKind.PROVISIONAL


def test_a_deadline_that_never_asks_the_calendar_is_not_provisional() -> None:
    assert not run(15, CALENDAR, "2026-12-20", False).provisional
    assert not run(24, HOUR, "2026-12-31T12:00").provisional
    assert not run(24, MONTH, "2023-06-01").provisional


def test_without_any_table_the_result_is_flagged_and_counts_monday_to_friday() -> None:
    deadline = compute(Period(5, WORKING), at("2025-09-24"), rolls=True, calendar=WorkCalendar())
    assert (deadline.last_day, deadline.provisional) == (day("2025-10-01"), True)


def test_remaining_is_told_in_the_unit_of_the_clock() -> None:
    statement = run(5, WORKING, "2025-09-24")
    assert remaining(statement, at("2025-09-26T08:00"), SHIPPED) == 3
    assert remaining(statement, at("2025-09-30T23:59"), SHIPPED) == 0
    assert remaining(statement, at("2025-10-09T09:00"), SHIPPED) == -1
    assert remaining(run(90, CALENDAR, "2025-09-10"), at("2025-11-29"), SHIPPED) == 10
    assert remaining(run(24, HOUR, "2025-05-20T14:50"), at("2025-05-21T12:20"), SHIPPED) == 2


def test_a_clock_is_amber_near_its_end_and_red_only_after_the_outer_day() -> None:
    pay = run(15, CALENDAR, "2025-10-10")
    amber = amber_at(pay, 3, SHIPPED)
    assert amber == day_start(day("2025-10-22"))
    seen = [light(pay, at(now), amber) for now in ("2025-10-21T23:59", "2025-10-22T00:00")]
    assert seen == [Light.OK, Light.AMBER]
    assert light(pay, at("2025-10-26T12:00"), amber) is Light.AMBER
    assert light(pay, at("2025-10-28T00:00"), amber) is Light.RED


def test_a_working_day_clock_turns_amber_by_working_days() -> None:
    statement = run(5, WORKING, "2025-09-24")
    assert amber_at(statement, 2, SHIPPED) == day_start(day("2025-09-28"))
    assert amber_at(run(24, HOUR, "2025-05-20T14:50"), 4, SHIPPED) == at("2025-05-21T10:50")


def test_a_warning_never_comes_before_the_start_or_after_the_last_day() -> None:
    assert amber_at(run(5, WORKING, "2025-09-24"), 30, SHIPPED) == day_start(day("2025-09-24"))
    assert amber_at(run(15, CALENDAR, "2025-10-10"), 30, SHIPPED) == day_start(day("2025-10-10"))
    with pytest.raises(ValueError, match="after the last day"):
        amber_at(run(5, WORKING, "2025-09-24"), -1, SHIPPED)


def test_every_line_of_the_sum_is_told_in_chinese_and_in_english() -> None:
    deadline = run(
        90,
        CALENDAR,
        "2025-03-03",
        extensions=[Period(30, CALENDAR)],
        exclusions=[Exclusion("hearing", day("2025-04-25"), day("2025-05-14"))],
    )
    assert explain(deadline.steps, "zh") == (
        "自 2025-03-03 起算，开始当日不计入",
        "90日，至 2025-06-01",
        "批准延长 30日，至 2025-07-01",
        "扣除听证期间（2025-04-25 至 2025-05-14）19日，至 2025-07-20",
        "2025-07-20 为休息日或者法定节假日，顺延至 2025-07-21",
    )
    assert explain(deadline.steps, "en") == (
        "Starts on 2025-03-03, which is not counted",
        "90 calendar days, to 2025-06-01",
        "Extended by 30 calendar days, to 2025-07-01",
        "Not counted: hearing (2025-04-25 to 2025-05-14), 19 calendar days, to 2025-07-20",
        "2025-07-20 is a day off, so the period ends on 2025-07-21",
    )


def test_one_unit_is_singular_in_english_and_hours_show_minutes() -> None:
    assert explain(run(1, HOUR, "2025-05-20T14:50").steps, "en")[1] == "1 hour, to 2025-05-20 15:50"


def test_merged_reasons_are_told_together() -> None:
    spans = [
        Exclusion("hearing", day("2025-04-01"), day("2025-04-10")),
        Exclusion("appraisal", day("2025-04-05"), day("2025-04-12")),
        Exclusion("local rule", day("2025-04-06"), day("2025-04-07")),
    ]
    lines = explain(run(90, CALENDAR, "2025-03-03", exclusions=spans).steps, "en")
    assert "testing or appraisal and hearing and local rule (2025-04-01 to 2025-04-12)" in lines[2]


def test_steps_periods_and_exclusions_survive_storage() -> None:
    span = Exclusion("hearing", day("2025-04-25"), day("2025-05-14"))
    steps = run(90, CALENDAR, "2025-03-03", exclusions=[span]).steps
    assert tuple(Step.from_plain(step.plain()) for step in steps) == steps
    assert Exclusion.from_plain(span.plain()) == span
    assert Period.from_plain(Period(90, CALENDAR).plain()) == Period(90, CALENDAR)


def test_an_order_to_correct_ends_when_it_says() -> None:
    deadline = fixed(at("2025-09-08T10:00"), at("2025-09-09T18:00"))
    assert deadline.due_at == at("2025-09-09T18:00")
    assert (deadline.last_day, deadline.provisional) == (day("2025-09-09"), False)
    assert explain(deadline.steps)[1] == "文书载明的期限：2025-09-09 18:00"
    with pytest.raises(ValueError, match="after its start"):
        fixed(at("2025-09-09T18:00"), at("2025-09-09T18:00"))


def test_every_kind_of_line_has_its_words() -> None:
    assert set(LINES) == set(StepKind)
    assert set(UNIT_NAMES) == set(PeriodUnit)
