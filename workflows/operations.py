"""Operations that a diagram may name in a script or service task: an explicit table."""

from collections.abc import Callable

from models.types import Flag

from workflows.act import Act, Outcome, told
from workflows.guards.discussion import discussion_required
from workflows.handlers.appraisal import end_of_period, latest


def assess_discussion(act: Act) -> Outcome:
    """Whether leaders must discuss the case together (rules/discussion.dmn, APL 57).

    What they must discuss is a major case (重大案件) for as long as the proposal asks for it.
    """
    required, reason = discussion_required(act)
    if not required:
        act.case.unflag(Flag.MAJOR)
        return Outcome(routing={"discussion": "not_required"})
    act.case.flag(Flag.MAJOR)
    return Outcome(
        events=[
            told(
                "case:discussion:required",
                f"应当集体讨论：{reason.zh}",
                f"Collective discussion required: {reason.en}",
            )
        ],
        routing={"discussion": "required"},
    )


def start_closing_clock(act: Act) -> Outcome:
    """A ground for closing has arisen: CLK_CLOSE starts (MSA 77)."""
    act.clocks.start("CLK_CLOSE", act.now)
    return Outcome()


def end_appraisal_period(act: Act) -> Outcome:
    """The period that the letter fixed is over: clocks run on, with or without a result (AEL 25)."""
    end_of_period(act, latest(act), act.now)
    return Outcome()


OPERATIONS: dict[str, Callable[[Act], Outcome]] = {
    "assess_discussion": assess_discussion,
    "start_closing_clock": start_closing_clock,
    "end_appraisal_period": end_appraisal_period,
}
