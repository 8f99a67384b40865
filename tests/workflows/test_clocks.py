"""The clocks of a case wait, run on and wait again; each excluded day is counted once."""

from datetime import date

from models.clock import StatutoryClock
from models.types import ClockState
from tests.building import at
from tests.story import Story
from tests.workflows.guards.conftest import bureau_engine, session, story
from workflows.clocks import ClockKeeper

__all__ = ["bureau_engine", "session", "story"]


def keeper(story: Story, when: str) -> ClockKeeper:
    return story.act("zhang_ming", at(when)).clocks


def started(story: Story) -> StatutoryClock:
    return keeper(story, "03-03 10:00").start("CLK_CASE", at("03-03 10:00"))


def test_a_clock_is_suspended_any_number_of_times(story: Story) -> None:
    row = started(story)
    for reason, begin, end in (
        ("appraisal", "03-10 09:00", "03-25 16:00"),
        ("hearing", "04-25 09:00", "05-14 17:00"),
        ("suspension", "05-20 09:00", "05-30 09:00"),
    ):
        clocks = keeper(story, begin)
        clocks.pause("CLK_CASE", reason, at(begin))
        assert clocks.rows[0].state == ClockState.SUSPENDED
        clocks.resume("CLK_CASE", reason, at(end))
        assert clocks.rows[0].state == ClockState.RUNNING
    # 90 days from 3 March, 15 + 19 + 10 days not counted.
    assert row.last_day == date(2025, 7, 15)


def test_a_clock_runs_on_only_when_nothing_is_waited_for_any_more(story: Story) -> None:
    row = started(story)
    clocks = keeper(story, "03-25 16:00")
    clocks.pause("CLK_CASE", "appraisal", at("03-10 09:00"))
    clocks.pause("CLK_CASE", "hearing", at("03-20 09:00"))
    clocks.resume("CLK_CASE", "appraisal", at("03-25 16:00"))
    row = clocks.rows[0]
    assert row.state == ClockState.SUSPENDED
    clocks.resume("CLK_CASE", "hearing", at("03-30 16:00"))
    assert row.state == ClockState.RUNNING
    # The five days that both intervals share are counted once: 20 days, not 25.
    assert row.last_day == date(2025, 6, 21)


def test_a_suspended_clock_does_not_run_out(story: Story) -> None:
    started(story)
    clocks = keeper(story, "05-30 09:00")
    clocks.pause("CLK_CASE", "suspension", at("05-30 09:00"))
    story.session.flush()
    assert not keeper(story, "08-30 09:00").over("CLK_CASE")
    assert keeper(story, "08-30 09:00").running("CLK_CASE") is not None


def test_all_clocks_that_do_not_count_a_reason_wait_for_it_and_no_other(story: Story) -> None:
    clocks = keeper(story, "03-03 10:00")
    for code in ("CLK_CASE", "CLK_SEIZE", "CLK_LIMITATION"):
        clocks.start(code, at("03-03 10:00"))
    assert clocks.pause_all("appraisal", at("03-10 09:00")) == ["CLK_CASE", "CLK_SEIZE"]
    assert clocks.resume_all("appraisal", at("03-25 09:00")) == ["CLK_CASE", "CLK_SEIZE"]
    assert clocks.last("CLK_LIMITATION").exclusions == []  # type: ignore[union-attr]


def test_what_does_not_run_cannot_be_paused(story: Story) -> None:
    assert keeper(story, "03-03 10:00").pause("CLK_CASE", "hearing", at("03-03 10:00")) is None
    assert keeper(story, "03-03 10:00").resume("CLK_CASE", "hearing", at("03-03 10:00")) is None
