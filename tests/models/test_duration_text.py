"""The sum of a deadline in words: one line that anybody can check."""

from datetime import date, datetime

from models.duration import SHANGHAI, Exclusion, Period, PeriodUnit, compute, fixed
from models.duration_text import equation
from tests.models.calendars import SHIPPED

FILED = datetime(2025, 3, 3, 10, tzinfo=SHANGHAI)
APPRAISAL = Exclusion("appraisal", date(2025, 3, 10), date(2025, 3, 25))
HEARING = Exclusion("hearing", date(2025, 4, 25), date(2025, 5, 14))
NINETY = Period(90, PeriodUnit.CALENDAR_DAY)
THIRTY = Period(30, PeriodUnit.CALENDAR_DAY)


def test_the_sum_stands_in_one_line_in_both_languages() -> None:
    steps = compute(
        NINETY, FILED, exclusions=[APPRAISAL, HEARING], rolls=False, calendar=SHIPPED
    ).steps
    assert equation(steps, "en") == (
        "90 days from 2025-03-03, + 15 excluded (appraisal), + 19 excluded (hearing) = 2025-07-05"
    )
    assert equation(steps, "zh") == (
        "自 2025-03-03 起 90日，＋鉴定不计入15日，＋听证不计入19日 ＝ 2025-07-05"
    )


def test_an_extension_and_a_rolled_day_stand_in_the_line_too() -> None:
    steps = compute(NINETY, FILED, extensions=[THIRTY], rolls=True, calendar=SHIPPED).steps
    assert equation(steps, "en") == "90 days from 2025-03-03, + 30 extended = 2025-07-01"
    rolled = compute(THIRTY, FILED.replace(day=6), rolls=True, calendar=SHIPPED).steps
    assert equation(rolled, "en") == "30 days from 2025-03-06 = 2025-04-05, rolled to 2025-04-07"


def test_working_days_say_so_and_one_day_is_no_plural() -> None:
    served = datetime(2025, 9, 24, 10, tzinfo=SHANGHAI)
    five = compute(Period(5, PeriodUnit.WORKING_DAY), served, rolls=True, calendar=SHIPPED)
    one = compute(Period(1, PeriodUnit.WORKING_DAY), served, rolls=True, calendar=SHIPPED)
    assert equation(five.steps, "en") == "5 working days from 2025-09-24 = 2025-09-30"
    assert equation(five.steps, "zh") == "自 2025-09-24 起 5个工作日 ＝ 2025-09-30"
    assert equation(one.steps, "en") == "1 working day from 2025-09-24 = 2025-09-25"


def test_reasons_that_overlap_are_named_together_and_counted_once() -> None:
    both = [APPRAISAL, Exclusion("hearing", date(2025, 3, 20), date(2025, 3, 30))]
    steps = compute(NINETY, FILED, exclusions=both, rolls=False, calendar=SHIPPED).steps
    assert equation(steps, "en") == (
        "90 days from 2025-03-03, + 20 excluded (appraisal and hearing) = 2025-06-21"
    )


def test_a_deadline_that_its_document_states_has_no_sum() -> None:
    assert equation(fixed(FILED, FILED.replace(day=5)).steps) == ""
