"""The due badge: what it says and its colour agree."""

import pytest

from models.duration import Light, PeriodUnit
from models.types import ClockState
from webapp.presenters.due import due_badge, settled_badge

DAY, WORK, HOUR = PeriodUnit.CALENDAR_DAY, PeriodUnit.WORKING_DAY, PeriodUnit.HOUR


@pytest.mark.parametrize(
    ("left", "unit", "light", "state", "text"),
    [
        (3, WORK, Light.AMBER, "soon", "剩 3 个工作日"),
        (47, DAY, Light.OK, "ok", "剩 47 天"),
        (5, HOUR, Light.AMBER, "soon", "剩 5 小时"),
        (0, WORK, Light.AMBER, "soon", "今天到期"),
        (-2, DAY, Light.RED, "late", "超期 2 天"),
        (-2, WORK, Light.RED, "late", "超期 2 个工作日"),
        (0, HOUR, Light.RED, "late", "已到期"),
    ],
)
def test_a_running_clock_speaks_in_its_own_unit(
    left: int, unit: PeriodUnit, light: Light, state: str, text: str
) -> None:
    badge = due_badge(left, unit, light)
    assert (badge.state, badge.text) == (state, text)


def test_past_the_strict_day_but_before_the_rolled_one_it_is_amber_and_says_late() -> None:
    badge = due_badge(-1, DAY, Light.AMBER)
    assert (badge.state, badge.text) == ("soon", "超期 1 天")


def test_a_suspended_clock_is_on_hold_and_a_met_one_done() -> None:
    assert settled_badge(ClockState.SUSPENDED).state == "hold"
    assert settled_badge(ClockState.MET).text == "已在期内办结"
    assert settled_badge(ClockState.MET, in_time=False).text == "逾期办结"
    assert settled_badge(ClockState.CANCELLED).state == "done"
