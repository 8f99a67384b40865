"""Guards of what happens to the money of a decision: plans, urging, surcharge, refunds."""

from workflows.guards import (
    dates,
    evidence,
    instalment,
    leaders,
    officers,
    refund,
    service,
    stage,
    surcharge,
    urging,
)
from workflows.guards.law import Guard

RUNS = stage.case_still_runs
WHY = stage.return_says_why
SERVED: tuple[Guard, ...] = (
    RUNS,
    officers.two_certified_officers,
    service.service_is_proved,
    dates.not_in_future("served_at"),
    evidence.new_evidence_is_described,
)

MONEY: dict[str, tuple[Guard, ...]] = {
    "RequestInstalment": (
        RUNS,
        instalment.application_is_complete,
        evidence.new_evidence_is_described,
    ),
    "ReviewInstalment": (RUNS, WHY),
    "ApproveInstalment": (RUNS, leaders.refusal_says_why, instalment.plan_may_be_granted),
    "ServeInstalment": SERVED,
    "DeclareDefault": (RUNS, instalment.plan_is_in_default, instalment.default_is_told_once),
    "NotifyDefault": (*SERVED, instalment.plan_is_in_default),
    "IssueUrging": (RUNS, urging.something_is_overdue),
    "ServeUrging": (*SERVED, urging.letter_waits_for_service),
    "AnswerUrging": (RUNS, dates.not_in_future("answered_at"), urging.answer_fits_time),
    "ReexamineUrging": (RUNS, urging.reexamination_is_reasoned),
    "ProposeSurcharge": (RUNS, surcharge.surcharge_has_begun, surcharge.surcharge_is_reasoned),
    "ApproveSurcharge": (
        RUNS,
        leaders.refusal_says_why,
        surcharge.surcharge_is_proposed,
        surcharge.surcharge_has_begun,
    ),
    "ServeSurcharge": SERVED,
    "RequestRefund": (RUNS, refund.something_is_to_be_given_back),
    "ProposeRefund": (RUNS, refund.refund_fits_the_account),
    "ApproveRefund": (RUNS, WHY, refund.refund_is_proposed),
    "PayRefund": (RUNS, dates.not_in_future("paid_at"), refund.refund_is_approved),
}
