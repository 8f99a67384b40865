"""Which guards the commands of a hearing meet (听证)."""

from workflows.guards import dates, evidence, hearing, service, stage
from workflows.guards.law import Guard

RUNS = stage.case_still_runs

HEARING: dict[str, tuple[Guard, ...]] = {
    "RequestHearing": (
        RUNS,
        hearing.hearing_may_be_requested,
        hearing.agents_are_few,
        dates.not_in_future("requested_at"),
        dates.not_before("requested_at", dates.notice_served, dates.NOTICE_SERVED),
        evidence.new_evidence_is_described,
    ),
    "AdmitHearing": (RUNS, hearing.admission_fits_the_period),
    "AppointHost": (
        RUNS,
        hearing.host_is_independent,
        dates.not_in_future("withdrawn_at"),
        dates.not_before("withdrawn_at", hearing.requested, hearing.REQUESTED),
    ),
    "NotifyHearing": (
        RUNS,
        hearing.the_host_acts,
        hearing.notice_comes_early_enough,
        service.service_is_proved,
        dates.not_in_future("served_at"),
        dates.not_before("served_at", hearing.appointed, hearing.APPOINTED),
        evidence.new_evidence_is_described,
    ),
    "RecordSitting": (
        RUNS,
        hearing.the_host_acts,
        hearing.sitting_fits_the_notice,
        hearing.agents_are_few,
        dates.not_in_future("started_at", "ended_at"),
        dates.ends_after_start,
        dates.not_before("started_at", hearing.notified, hearing.NOTIFIED),
        evidence.new_evidence_is_described,
    ),
    "WriteHearingReport": (RUNS, hearing.the_host_acts, hearing.report_follows_the_sitting),
    "WaiveHearing": (
        RUNS,
        hearing.hearing_may_be_waived,
        dates.not_in_future("waived_at"),
        dates.not_before("waived_at", dates.notice_served, dates.NOTICE_SERVED),
    ),
}
