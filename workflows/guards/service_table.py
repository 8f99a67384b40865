"""Which guards the commands of service meet (送达)."""

from workflows.guards import attempts, dates, evidence, notice, officers, service, stage
from workflows.guards.law import Guard

SERVICE: dict[str, tuple[Guard, ...]] = {
    "ServeNotice": (
        stage.case_still_runs,
        officers.two_certified_officers,
        notice.notice_waits_for_service,
        service.service_is_proved,
        dates.not_in_future("served_at"),
        evidence.new_evidence_is_described,
        dates.not_before("served_at", dates.notice_issued, dates.NOTICE_ISSUED),
    ),
    "ServeDecision": (
        stage.case_still_runs,
        officers.two_certified_officers,
        service.decision_waits_for_service,
        service.decision_may_go_electronically,
        service.service_is_proved,
        dates.not_in_future("served_at"),
        evidence.new_evidence_is_described,
        dates.not_before("served_at", dates.decided, dates.DECIDED),
    ),
    "RecordServiceAttempt": (
        stage.case_still_runs,
        officers.two_certified_officers,
        attempts.attempt_is_complete,
        service.helpers_only_accompany,
        dates.not_in_future("attempted_at"),
        evidence.new_evidence_is_described,
    ),
    "ConfirmServiceAddress": (
        stage.case_still_runs,
        attempts.confirmation_is_signed,
        dates.not_in_future("confirmed_at"),
        dates.not_before("confirmed_at", dates.clue, dates.CLUE),
    ),
    "RecordPickup": (
        stage.case_still_runs,
        officers.two_certified_officers,
        attempts.pickup_falls_into_announcement,
        dates.not_in_future("picked_up_at"),
        evidence.new_evidence_is_described,
    ),
}
