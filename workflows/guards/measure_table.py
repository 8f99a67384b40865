"""Which guards the commands of measures and entrusted tests meet; a part of `guards.table`."""

from workflows.guards import (
    appraisal,
    assistance,
    dates,
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
SIGNED = investigation.signature_is_explained
PAIR = officers.two_certified_officers
SERVED = (
    service.service_is_proved,
    dates.not_in_future("served_at"),
    evidence.new_evidence_is_described,
)

APPRAISAL: dict[str, tuple[Guard, ...]] = {
    "RequestAppraisal": (
        RUNS,
        PAIR,
        appraisal.institution_is_qualified,
        appraisal.period_is_fixed,
        appraisal.goods_are_seized,
        dates.not_in_future("entrusted_at"),
        dates.not_before("entrusted_at", dates.clue, dates.CLUE),
    ),
    "RequestRetest": (
        RUNS,
        PAIR,
        appraisal.institution_is_qualified,
        appraisal.period_is_fixed,
        appraisal.retest_was_granted,
        dates.not_in_future("entrusted_at"),
    ),
    "ServeAppraisalPeriod": (RUNS, PAIR, appraisal.appraisal_is_entrusted, *SERVED),
    "RecordAppraisalResult": (
        RUNS,
        PAIR,
        appraisal.appraisal_is_entrusted,
        appraisal.result_is_complete,
        dates.not_in_future("reported_at"),
        evidence.new_evidence_is_described,
    ),
    "ServeAppraisalResult": (RUNS, PAIR, appraisal.result_is_told_in_time, *SERVED),
    "RecordAppraisalObjection": (
        RUNS,
        PAIR,
        appraisal.objection_is_answered,
        dates.not_in_future("objected_at"),
    ),
}

SPOT: tuple[Guard, ...] = (
    PAIR,
    measure.list_is_complete,
    measure.spot_is_in_order,
    SIGNED,
    dates.not_in_future("executed_at"),
    dates.not_before("executed_at", dates.clue, dates.CLUE),
)
DONE: tuple[Guard, ...] = (PAIR, SIGNED, dates.not_in_future("done_at"))

SEIZURE: dict[str, tuple[Guard, ...]] = {
    "RequestSeizure": (
        RUNS,
        PAIR,
        measure.seizure_is_lawful,
        measure.list_is_complete,
        measure.one_urgent_measure_at_a_time,
    ),
    "ApproveSeizure": (RUNS, measure.refusal_says_why, measure.approved_within_a_day),
    "CarryOutSeizure": (
        RUNS,
        *SPOT,
        measure.approved_or_urgent,
        measure.copies_are_handed_over,
    ),
    "HandleSeizedGoods": (RUNS, measure.step_is_lawful),
    "ApproveSeizureExtension": (RUNS, WHY, measure.extension_is_in_time),
    "ServeSeizureExtension": (RUNS, PAIR, *SERVED),
    "ApproveGoodsDisposal": (RUNS, WHY),
    "CarryOutGoodsDisposal": (RUNS, *DONE),
    "ReleaseSeizure": (RUNS, *DONE, measure.release_is_due),
}

REGISTRATION: dict[str, tuple[Guard, ...]] = {
    "RequestRegistration": (
        RUNS,
        PAIR,
        measure.registration_is_reasoned,
        measure.list_is_complete,
        measure.one_urgent_measure_at_a_time,
    ),
    "ApproveRegistration": (RUNS, measure.refusal_says_why, measure.approved_within_a_day),
    "CarryOutRegistration": (RUNS, *SPOT, measure.approved_or_urgent),
    "DisposeRegistered": (RUNS, *DONE, measure.registered_in_time),
    "ReturnRegistered": (RUNS, *DONE),
}

OTHERS: dict[str, tuple[Guard, ...]] = {
    "TakeSamples": (RUNS, *SPOT, measure.samples_are_sealed),
    "SettleSamples": (RUNS, PAIR, dates.not_in_future("done_at"), measure.samples_are_there),
    "RequestAssistance": (RUNS, assistance.letter_is_complete, dates.not_in_future("asked_at")),
    "RecordAssistanceReply": (
        RUNS,
        assistance.reply_fits,
        dates.not_in_future("replied_at"),
        evidence.new_evidence_is_described,
    ),
}

MEASURES: dict[str, tuple[Guard, ...]] = {**APPRAISAL, **SEIZURE, **REGISTRATION, **OTHERS}
