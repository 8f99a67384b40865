"""Which guards the commands of measures and entrusted tests meet; a part of `guards.table`."""

from workflows.guards import appraisal, dates, evidence, officers, service, stage
from workflows.guards.law import Guard

RUNS = stage.case_still_runs
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

MEASURES: dict[str, tuple[Guard, ...]] = {**APPRAISAL}
