"""Operations that a diagram may name in a script or service task: an explicit table."""

from collections.abc import Callable

from models.types import Flag
from workflows.act import Act, Outcome, told
from workflows.guards.discussion import discussion_required
from workflows.guards.heard import may_no_longer_ask
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


def assess_hearing(act: Act) -> Outcome:
    """Whether the party may still ask for a hearing, waits for one, or was heard (APL 63-65).

    After a hearing the legal review comes again: its clock starts here (APL 58).
    """
    hearing, notice = act.record.hearing, act.record.notice
    if hearing is not None and hearing.held and hearing.reported_at is not None:
        act.clocks.start("CLK_LEGAL_REVIEW", act.now)
        return Outcome(routing={"hearing": "held"})
    if hearing is not None and hearing.pending:
        return Outcome(routing={"hearing": "pending"})
    told_of_it = notice is not None and notice.hearing_right
    waived = act.record.hearing_waiver is not None or may_no_longer_ask(act)
    return Outcome(routing={"hearing": "over" if waived or not told_of_it else "open"})


def start_closing_clock(act: Act) -> Outcome:
    """A ground for closing has arisen: CLK_CLOSE starts (MSA 77)."""
    act.clocks.start("CLK_CLOSE", act.now)
    return Outcome()


def end_appraisal_period(act: Act) -> Outcome:
    """The period of the letter is over: clocks run on, with or without a result (AEL 25)."""
    end_of_period(act, latest(act), act.now)
    return Outcome()


OPERATIONS: dict[str, Callable[[Act], Outcome]] = {
    "assess_discussion": assess_discussion,
    "assess_hearing": assess_hearing,
    "start_closing_clock": start_closing_clock,
    "end_appraisal_period": end_appraisal_period,
}
