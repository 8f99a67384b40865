"""Which guards the commands of remedies meet (救济): reconsideration, litigation, appearance of the
head, what follows, the agency's own revision."""

from workflows.guards import (
    appearance,
    dates,
    evidence,
    follow_up,
    leaders,
    officers,
    remedy,
    service,
    stage,
)
from workflows.guards.law import Guard

RUNS = stage.case_still_runs
UNDER_WAY = remedy.remedy_is_under_way

REMEDY: dict[str, tuple[Guard, ...]] = {
    "NoteReconsideration": (
        RUNS,
        remedy.decided_or_challenged_otherwise,
        remedy.handed_in_where_the_law_allows,
        remedy.reconsideration_is_open,
        remedy.days_have_come("applied_on"),
    ),
    "ForwardApplication": (
        RUNS,
        UNDER_WAY,
        remedy.days_have_come("forwarded_on"),
        remedy.comes_after_application("forwarded_on"),
    ),
    "RecordAdmission": (
        RUNS,
        UNDER_WAY,
        remedy.admission_is_complete,
        remedy.days_have_come("admitted_on"),
    ),
    "ReceiveApplicationCopy": (
        RUNS,
        UNDER_WAY,
        remedy.days_have_come("copy_received_on"),
        remedy.comes_after_admission("copy_received_on"),
    ),
    "SubmitDefence": (
        RUNS,
        UNDER_WAY,
        remedy.defence_rests_on_evidence,
        remedy.days_have_come("replied_on"),
    ),
    "RecordRemedyProgress": (
        RUNS,
        UNDER_WAY,
        remedy.progress_is_complete,
        remedy.days_have_come("happened_on"),
    ),
    "NoteLawsuit": (
        RUNS,
        remedy.decided_or_challenged_otherwise,
        remedy.suit_is_open,
        remedy.suit_dates_fit,
        remedy.days_have_come("sued_on", "copy_received_on"),
    ),
    "RecordAppeal": (
        RUNS,
        UNDER_WAY,
        remedy.appeal_is_complete,
        remedy.days_have_come("appealed_on", "copy_received_on"),
    ),
    "RecordSummons": (
        RUNS,
        UNDER_WAY,
        remedy.days_have_come("summoned_on"),
        appearance.session_lies_ahead,
    ),
    "NameAttendant": (RUNS, UNDER_WAY, appearance.attendant_qualifies),
    "RecordAppearance": (
        RUNS,
        UNDER_WAY,
        remedy.days_have_come("held_on"),
        appearance.appearance_is_recorded_truly,
    ),
    "OpenFollowUp": (RUNS, follow_up.something_has_ended),
    "RecordFollowUp": (RUNS, remedy.days_have_come("done_on")),
    "DecideAnew": (RUNS, follow_up.acting_anew_is_allowed),
    "RecordLesson": (RUNS,),
    "FinishRemedy": (RUNS, follow_up.everything_is_done),
    "ProposeOwnRevision": (
        RUNS,
        follow_up.revision_is_reasoned,
        follow_up.no_typing_during_a_remedy,
    ),
    "ReviewOwnRevision": (RUNS, stage.return_says_why),
    "DecideOwnRevision": (
        RUNS,
        leaders.refusal_says_why,
        follow_up.revision_was_reviewed,
    ),
    "DiscussOwnRevision": (
        RUNS,
        follow_up.revision_was_reviewed,
        leaders.leaders_met,
        leaders.majority_agrees,
        dates.not_in_future("held_at"),
    ),
    "ServeOwnRevision": (
        RUNS,
        officers.two_certified_officers,
        service.service_is_proved,
        dates.not_in_future("served_at"),
        dates.not_before("served_at", dates.decided, dates.DECIDED),
        evidence.new_evidence_is_described,
    ),
}
"""Command name to its guards."""
