"""Any order of suspensions and resumptions leaves out exactly the days on which a clock waited."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.clock import StatutoryClock
from models.duration import Exclusion, PeriodUnit, law_day
from models.types import ClockState
from tests.models.calendars import SHIPPED
from tests.models.test_clock_properties import CALENDAR, Counter
from workflows.clocks import ClockKeeper
from workflows.lawbook import DatedValue, LawBook

STARTED = datetime(2025, 3, 3, 2, tzinfo=UTC)
LAW = LawBook(
    1, {"clk_case.amber": [DatedValue(date(2021, 7, 15), None, 15, "calendar_day")]}, SHIPPED
)
REASONS = ["appraisal", "hearing", "suspension"]


class Kept(ClockKeeper):
    """A keeper of one clock that no database knows."""

    def __init__(self, row: StatutoryClock) -> None:
        self.law, self.now = LAW, STARTED
        self.case = type("NoCase", (), {"subject_id": None})()
        self.__dict__["rows"] = [row]


def started() -> StatutoryClock:
    row = StatutoryClock(
        code="CLK_CASE", state=ClockState.RUNNING, started_at=STARTED, started_on=law_day(STARTED),
        length=90, unit=PeriodUnit.CALENDAR_DAY, extensions=[], exclusions=[], paused=[],
        rolls=True, steps=[],
    )  # fmt: skip
    keeper = Kept(row)
    keeper._set(row, keeper._work_out(row))
    return row


acts = st.lists(st.tuples(st.sampled_from(REASONS), st.booleans(), st.integers(0, 9)), max_size=12)


@settings(max_examples=200, deadline=None)
@given(acts)
def test_the_clock_leaves_out_the_days_on_which_anything_was_waited_for(
    wanted: list[tuple[str, bool, int]],
) -> None:
    row = started()
    keeper, day = Kept(row), STARTED
    begun: dict[str, date] = {}
    waited: list[Exclusion] = []
    for reason, pauses, days in wanted:
        day += timedelta(days=days)
        if pauses:
            keeper.pause("CLK_CASE", reason, day)
            begun.setdefault(reason, law_day(day))
        else:
            keeper.resume("CLK_CASE", reason, day)
            if reason in begun:
                waited.append(Exclusion(reason, begun.pop(reason), law_day(day)))
        assert (row.state == ClockState.SUSPENDED) == bool(begun)
    counter = Counter(SHIPPED, law_day(STARTED), tuple(waited))
    walked = counter.waits(counter.ends([90], CALENDAR), True)
    assert (row.last_day, row.outer_day) == (walked, counter.rolled(walked))
