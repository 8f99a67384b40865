"""Operations that a diagram may name in a script or service task: an explicit table."""

from collections.abc import Callable

from models.types import Flag
from workflows.act import Act, Outcome, told
from workflows.enforcing import enforcement_has_ended, money_is_open
from workflows.guards.discussion import discussion_required
from workflows.guards.heard import may_no_longer_ask
from workflows.handlers.appraisal import end_of_period, latest
from workflows.handlers.follow_up import plan_follow_up
from workflows.handlers.registration import lapse
from workflows.handlers.remedy import judgment_takes_effect
from workflows.handlers.spot import withhold_spot_penalty
from workflows.publishing import published, withdrawal_of
from workflows.quickly import leave, on_the_quick_way


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


def assess_display(act: Act) -> Outcome:
    """Whether on-the-spot penalties are displayed (a parameter; slight, in principle not, CR36).

    Where they are not, that is the decision on disclosure, and it is kept with its ground.
    """
    if act.parameter("disclosure.simple_displayed"):
        act.clocks.start("CLK_PUBLISH", act.now)
        return Outcome(routing={"display": "yes"})
    withhold_spot_penalty(act)
    text = ("轻微违法的当场处罚，依照规定不公示。", "Slight penalty on the spot: not displayed.")
    return Outcome(events=[told("case:disclosure:withheld", *text)], routing={"display": "no"})


def assess_withdrawal(act: Act) -> Outcome:
    """Whether a withdrawal of the publication has its proposal already, still needs one (a remedy
    or a revocation has opened it), or has no object because nothing is published (APL 48)."""
    if withdrawal_of(act) is not None:
        return Outcome(routing={"withdrawal": "proposed"})
    if published(act) is None:
        return Outcome(routing={"withdrawal": "needless"})
    if act.clocks.pending("CLK_WITHDRAW") is None:
        act.clocks.start("CLK_WITHDRAW", act.now)
    return Outcome(routing={"withdrawal": "missing"})


def assess_quick(act: Act) -> Outcome:
    """Whether the filed case is handled quickly; then its internal limit starts."""
    if not on_the_quick_way(act):
        return Outcome(routing={"fast_track": "no"})
    act.clocks.start("CLK_FAST_TRACK", act.now)
    return Outcome(routing={"fast_track": "yes"})


def leave_quick(act: Act) -> Outcome:
    """Review or decision was refused: a case handled quickly goes on the ordinary way."""
    if not leave(act, "审核或者审批未通过"):
        return Outcome(routing={"fast_track": "no"})
    text = ("不再快速办理，转普通程序继续办理。", "No longer handled quickly: on the ordinary way.")
    return Outcome(events=[told("case:quick:left", *text)], routing={"fast_track": "no"})


def start_closing_clock(act: Act) -> Outcome:
    """A ground for closing has arisen: CLK_CLOSE starts (MSA 77)."""
    act.clocks.start("CLK_CLOSE", act.now)
    return Outcome()


def assess_enforcement(act: Act) -> Outcome:
    """Whether there is still money to wait for: not once it is paid, or enforcement has ended."""
    over = not money_is_open(act) or enforcement_has_ended(act.record)
    return Outcome(routing={"enforcement": "over" if over else "open"})


def start_legal_review(act: Act) -> Outcome:
    """The material reaches the reviewer: CLK_LEGAL_REVIEW starts (MSA 55)."""
    act.clocks.start("CLK_LEGAL_REVIEW", act.now)
    return Outcome()


def end_appraisal_period(act: Act) -> Outcome:
    """The period of the letter is over: clocks run on, with or without a result (AEL 25)."""
    end_of_period(act, latest(act), act.now)
    return Outcome()


OPERATIONS: dict[str, Callable[[Act], Outcome]] = {
    "assess_discussion": assess_discussion,
    "assess_hearing": assess_hearing,
    "start_closing_clock": start_closing_clock,
    "assess_display": assess_display,
    "assess_quick": assess_quick,
    "assess_withdrawal": assess_withdrawal,
    "leave_quick": leave_quick,
    "assess_enforcement": assess_enforcement,
    "start_legal_review": start_legal_review,
    "end_appraisal_period": end_appraisal_period,
    "lapse_registration": lapse,
    "judgment_takes_effect": judgment_takes_effect,
    "plan_follow_up": plan_follow_up,
}
