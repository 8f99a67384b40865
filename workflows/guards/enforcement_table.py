"""Which guards the commands after the decision meet; a part of `guards.table`."""

from workflows.guards import (
    confiscation,
    court_application,
    dates,
    enforcement,
    enforcement_rest,
    evidence,
    investigation,
    measure,
    officers,
    service,
    stage,
)
from workflows.guards.law import Guard

RUNS = stage.case_still_runs
WHY = stage.return_says_why
REFUSED = measure.refusal_says_why
PAIR = officers.two_certified_officers
SIGNED = investigation.signature_is_explained
TAKEN = evidence.new_evidence_is_described
STILL = enforcement.nothing_stands_still
SERVED = (service.service_is_proved, dates.not_in_future("served_at"), TAKEN)
SITE = (
    RUNS,
    PAIR,
    STILL,
    enforcement.enforcement_was_decided,
    enforcement.record_is_complete,
    SIGNED,
    dates.not_in_future("started_at", "ended_at"),
    dates.ends_after_start,
    TAKEN,
)

OWN: dict[str, tuple[Guard, ...]] = {
    "RecordOrderRecheck": (
        RUNS,
        PAIR,
        enforcement.recheck_has_an_order,
        dates.not_in_future("rechecked_at"),
        dates.not_before("rechecked_at", dates.decided, dates.DECIDED),
        SIGNED,
        TAKEN,
    ),
    "RequestOwnEnforcement": (
        RUNS,
        STILL,
        enforcement.order_is_there,
        enforcement.agency_has_the_power,
    ),
    "AnnounceDemolition": (
        RUNS,
        PAIR,
        STILL,
        dates.not_in_future("announced_at"),
        enforcement.announcement_gives_time,
        TAKEN,
    ),
    "ApproveOwnEnforcement": (
        RUNS,
        REFUSED,
        STILL,
        enforcement.party_was_urged,
        enforcement.demolition_may_begin,
    ),
    "ServeOwnEnforcement": (RUNS, PAIR, *SERVED),
    "CarryOutOwnEnforcement": (
        *SITE,
        enforcement.demolition_may_begin,
        enforcement.not_at_night,
        enforcement.utilities_stay_on,
        enforcement.goods_go_back,
    ),
    "RequestSubstitutePerformance": (
        RUNS,
        STILL,
        enforcement.order_is_there,
        enforcement.substitution_is_lawful,
    ),
    "ApproveSubstitutePerformance": (
        RUNS,
        REFUSED,
        STILL,
        enforcement.urged_unless_immediate,
    ),
    "ServeSubstitutePerformance": (RUNS, PAIR, *SERVED),
    "UrgeSubstitutePerformance": (
        RUNS,
        PAIR,
        STILL,
        dates.not_in_future("urged_at"),
        enforcement.party_is_urged_again,
    ),
    "CarryOutSubstitutePerformance": (
        *SITE,
        enforcement.days_after_urging_are_over,
        enforcement.performance_is_signed,
    ),
    "ClaimSubstituteCosts": (RUNS, enforcement.costs_are_reasonable),
}

COURT: dict[str, tuple[Guard, ...]] = {
    "PrepareCourtApplication": (
        RUNS,
        STILL,
        court_application.window_is_open,
        court_application.something_is_unperformed,
        enforcement.party_was_urged,
        court_application.material_is_complete,
    ),
    "SignCourtApplication": (RUNS, WHY, court_application.window_is_open),
    "SubmitCourtApplication": (
        RUNS,
        STILL,
        court_application.application_is_signed,
        court_application.window_is_open,
        dates.not_in_future("submitted_at"),
    ),
    "RecordCourtAcceptance": (
        RUNS,
        court_application.answer_follows_step,
        dates.not_in_future("answered_at"),
    ),
    "RecordCourtRuling": (
        RUNS,
        court_application.answer_follows_step,
        dates.not_in_future("answered_at"),
    ),
    "AnswerCourtRefusal": (
        RUNS,
        court_application.objection_is_in_time,
        dates.not_in_future("objected_at"),
    ),
    "RecordHigherCourt": (
        RUNS,
        court_application.answer_follows_step,
        dates.not_in_future("answered_at"),
    ),
    "RecordCourtEnforcement": (
        RUNS,
        court_application.collection_fits,
        dates.not_in_future("answered_at"),
    ),
}

REST: dict[str, tuple[Guard, ...]] = {
    "RequestEnforcementPause": (
        RUNS,
        enforcement_rest.something_to_enforce,
        enforcement_rest.pause_is_reasoned,
    ),
    "ApproveEnforcementPause": (RUNS, REFUSED),
    "ResumeEnforcement": (RUNS, enforcement_rest.resumption_is_reasoned),
    "AbandonEnforcement": (RUNS, enforcement_rest.three_years_are_over),
    "RequestEnforcementEnd": (
        RUNS,
        enforcement_rest.something_to_enforce,
        enforcement_rest.end_is_grounded,
    ),
    "ApproveEnforcementEnd": (RUNS, REFUSED, enforcement_rest.end_still_holds),
    "RecordRestoration": (
        RUNS,
        PAIR,
        enforcement_rest.restoration_is_told,
        dates.not_in_future("done_at"),
    ),
    "ProposeSettlement": (
        RUNS,
        enforcement_rest.something_to_enforce,
        enforcement_rest.settlement_is_lawful,
        dates.not_in_future("signed_at"),
        TAKEN,
    ),
    "ApproveSettlement": (RUNS, REFUSED),
    "CheckSettlement": (
        RUNS,
        enforcement_rest.settlement_was_watched,
        dates.not_in_future("checked_at"),
    ),
}

GOODS: dict[str, tuple[Guard, ...]] = {
    "RegisterConfiscatedGoods": (
        RUNS,
        confiscation.goods_were_confiscated,
        confiscation.register_is_complete,
    ),
    "ProposeConfiscatedDisposal": (RUNS, confiscation.disposal_is_proposed),
    "ApproveConfiscatedDisposal": (RUNS, WHY),
    "CarryOutConfiscatedDisposal": (
        RUNS,
        PAIR,
        confiscation.disposal_is_witnessed,
        confiscation.proceeds_go_to_the_treasury,
        dates.not_in_future("done_at"),
        TAKEN,
    ),
}

FORESEEN: dict[str, tuple[Guard, ...]] = {
    "RecordOrderRecheck": (enforcement.recheck_has_an_order,),
    "RequestOwnEnforcement": (enforcement.order_is_there, enforcement.agency_has_the_power),
    "RequestSubstitutePerformance": (enforcement.order_is_there,),
    "PrepareCourtApplication": (
        court_application.window_is_open,
        court_application.something_is_unperformed,
        enforcement.party_was_urged,
    ),
    "RequestEnforcementPause": (enforcement_rest.something_to_enforce,),
    "ProposeSettlement": (enforcement_rest.something_to_enforce,),
    "RegisterConfiscatedGoods": (confiscation.goods_were_confiscated,),
}
"""What speaks against a start whatever the form says: the menu tells it beforehand."""

ENFORCEMENT: dict[str, tuple[Guard, ...]] = {**OWN, **COURT, **REST, **GOODS}
