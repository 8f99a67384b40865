"""Which guards each command meets. All of them run: a refusal is complete."""

from workflows.guards import (
    agenda,
    appraisal,
    archive,
    closing,
    dates,
    decided_before,
    decision,
    disclosure,
    discretion,
    evidence,
    exemption,
    filing,
    heard,
    investigation,
    joint_review,
    lead,
    matter,
    measure,
    meeting,
    notice,
    officers,
    papers,
    party,
    payment,
    recording,
    recusal,
    remedy,
    report,
    reporting,
    review,
    service,
    side,
    stage,
)
from workflows.guards.bureau_table import BUREAU, DEVICES, LAW, LETTERS, MEETINGS, REST
from workflows.guards.desk_table import DESK
from workflows.guards.enforcement_table import ENFORCEMENT
from workflows.guards.hearing_table import HEARING
from workflows.guards.law import Guard
from workflows.guards.measure_table import MEASURES
from workflows.guards.money_table import MONEY
from workflows.guards.papers_table import PAPERS
from workflows.guards.pauses import PAUSES
from workflows.guards.remedy_table import REMEDY
from workflows.guards.service_table import SERVICE
from workflows.guards.short_table import SHORT
from workflows.guards.transfer_table import MEANWHILE, ONE_FINE, SENT_ON, TRANSFERS

RUNS = stage.case_still_runs
PAIR = officers.two_certified_officers
WHY = stage.return_says_why
FILES = evidence.uploads_have_arrived
TAKEN = evidence.new_evidence_is_described
SERVED = (
    service.service_is_proved,
    dates.not_in_future("served_at"),
    evidence.new_evidence_is_described,
)
SIGNED = investigation.signature_is_explained

LEAD: dict[str, tuple[Guard, ...]] = {
    "RegisterLead": (
        lead.lead_is_complete,
        lead.subject_is_mine,
        PAIR,
        dates.not_in_future("received_at"),
        party.party_is_identified,
        matter.matter_is_known,
        recording.recordings_may_lead,
        TAKEN,
    ),
    "RecordVerification": (
        RUNS,
        PAIR,
        lead.verification_is_complete,
        dates.not_in_future("verified_at"),
        dates.not_before("verified_at", dates.clue, dates.CLUE),
        party.party_is_identified,
        matter.matter_is_known,
        matter.correction_failed_before_filing,
        *SENT_ON,
        exemption.exemption_may_be_considered,
        TAKEN,
    ),
    "SignCommitment": (
        RUNS,
        PAIR,
        exemption.commitment_is_complete,
        dates.not_in_future("signed_at"),
        dates.not_before("signed_at", dates.clue, dates.CLUE),
    ),
    "RecheckCommitment": (
        RUNS,
        PAIR,
        exemption.recheck_answers_promise,
        dates.not_in_future("rechecked_at"),
        TAKEN,
    ),
    "OrderCorrection": (
        RUNS,
        PAIR,
        service.order_is_complete,
        *SERVED,
        dates.not_before("served_at", dates.clue, dates.CLUE),
        lead.deadline_lies_ahead,
        matter.matter_is_known,
        matter.basis_in_force,
        matter.subject_holds_matter,
    ),
    "RecordRecheck": (
        RUNS,
        PAIR,
        dates.not_in_future("rechecked_at"),
        lead.order_to_recheck,
        SIGNED,
        TAKEN,
    ),
    "ExtendVerification": (RUNS, lead.verification_may_be_extended),
}

FILING: dict[str, tuple[Guard, ...]] = {
    "ProposeFiling": (
        RUNS,
        filing.filing_is_complete,
        party.party_is_identified,
        matter.matter_is_known,
        matter.basis_in_force,
        matter.subject_holds_matter,
        filing.four_conditions_met,
        dates.not_in_future("act_started_at", "act_ended_at"),
        filing.act_dates_fit,
        filing.act_within_limitation,
    ),
    "ProposeNotFiling": (
        RUNS,
        filing.refusal_is_reasoned,
        exemption.proposal_rests_on_check,
    ),
    "ReviewFiling": (
        RUNS,
        WHY,
        filing.something_is_proposed,
        officers.two_handlers_named,
        matter.correction_failed_on_filing,
    ),
    "ApproveFiling": (
        RUNS,
        WHY,
        filing.something_is_proposed,
        filing.filing_was_proposed,
        filing.refusal_matches_ground,
        exemption.approval_rests_on_check,
        filing.transfer_is_named,
        *SENT_ON,
        filing.case_within_limitation,
        officers.two_handlers_in_charge,
        matter.correction_failed_on_filing,
    ),
    "DecideRecusal": (
        RUNS,
        filing.recusal_is_reasoned,
        officers.recusal_keeps_two_handlers,
        recusal.recusal_is_decided_at_its_level,
    ),
}

INVESTIGATION: dict[str, tuple[Guard, ...]] = {
    "RecordInspection": (
        RUNS,
        PAIR,
        investigation.case_is_filed,
        investigation.inspection_is_complete,
        investigation.cards_shown_and_rights_told,
        SIGNED,
        dates.not_in_future("started_at", "ended_at"),
        dates.ends_after_start,
        dates.not_before("started_at", dates.clue, dates.CLUE),
        TAKEN,
        FILES,
    ),
    "RecordInquiry": (
        RUNS,
        PAIR,
        investigation.case_is_filed,
        investigation.inquiry_is_complete,
        investigation.cards_shown_and_rights_told,
        SIGNED,
        dates.not_in_future("started_at", "ended_at"),
        dates.ends_after_start,
        dates.not_before("started_at", dates.clue, dates.CLUE),
        TAKEN,
    ),
    "SupplementInvestigation": (
        RUNS,
        PAIR,
        investigation.case_is_filed,
        investigation.supplement_is_complete,
        dates.not_in_future("supplemented_at"),
        dates.not_before("supplemented_at", dates.filed, dates.FILED),
        TAKEN,
    ),
    "SubmitFinalReport": (
        RUNS,
        joint_review.objections_are_answered,
        report.report_is_complete,
        matter.matter_is_known,
        party.not_a_child,
        report.proposed_penalty_is_lawful,
        heard.hearing_can_be_held,
        discretion.discretion_is_followed,
        discretion.statement_makes_nothing_heavier,
        MEANWHILE,
        *ONE_FINE,
        *SENT_ON,
        evidence.cited_evidence_is_usable,
        recording.cited_recordings_are_sound,
        exemption.spared_by_report,
    ),
    "AddEvidence": (
        RUNS,
        evidence.evidence_is_described,
        dates.not_in_future("collected_at"),
        FILES,
        recording.uploaded_recording_is_sound,
        remedy.nothing_is_collected_afterwards,
    ),
    "ExcludeEvidence": (RUNS, evidence.exclusion_is_reasoned),
}

REVIEW: dict[str, tuple[Guard, ...]] = {
    "ReviewReport": (RUNS, WHY, review.report_was_submitted),
    "SubmitReviewOpinion": (
        RUNS,
        review.report_was_submitted,
        review.reviewer_is_qualified,
        review.opinion_fits_result,
        review.checklist_is_answered,
        joint_review.levels_are_settled,
        joint_review.reviewer_gave_no_joint_opinion,
    ),
    "RequestJointReview": (
        RUNS,
        joint_review.report_is_under_review,
        joint_review.request_is_sensible,
    ),
    "GiveJointOpinion": (
        RUNS,
        joint_review.report_is_under_review,
        joint_review.opinion_is_asked_for,
    ),
    "RecordConsultation": (
        RUNS,
        joint_review.report_is_under_review,
        joint_review.consultation_is_complete,
        dates.not_in_future("held_at", "ended_at"),
    ),
    "AnswerObjections": (RUNS, joint_review.answers_fit_objections),
    "ApproveNotice": (
        RUNS,
        WHY,
        review.report_was_submitted,
        MEANWHILE,
        notice.notice_may_be_approved,
        discretion.deviation_is_approved_by_head,
    ),
    "RecordStatement": (
        RUNS,
        notice.notice_was_served,
        notice.statement_is_complete,
        dates.not_in_future("stated_at"),
        dates.not_before("stated_at", dates.notice_served, dates.NOTICE_SERVED),
        TAKEN,
    ),
    "ReexamineStatement": (RUNS, notice.statement_is_answered),
    "ConveneDiscussion": (
        RUNS,
        meeting.report_awaits_discussion,
        meeting.panel_may_vote,
        agenda.discussion_fits_meeting,
    ),
    "RecordDiscussion": (
        RUNS,
        meeting.meeting_was_lawful,
        meeting.votes_are_complete,
        meeting.result_follows_votes,
        meeting.fine_fits_result,
        agenda.sitting_fits_meeting,
        dates.not_in_future("held_at", "ended_at"),
        dates.ends_after_start,
    ),
    "SignMinutes": (RUNS, meeting.minutes_are_signed_by_all, FILES),
}

DECISION: dict[str, tuple[Guard, ...]] = {
    "IssueDecision": (
        RUNS,
        WHY,
        appraisal.results_are_told,
        decision.decision_follows_proposal,
        decision.review_precedes_decision,
        decision.party_was_heard,
        heard.hearing_right_was_respected,
        heard.review_followed_the_hearing,
        heard.decision_rests_on_the_record,
        decision.discussion_precedes_decision,
        decision.decided_in_time,
        decision.penalty_is_lawful,
        decision.not_heavier_than_notified,
        discretion.deviation_is_approved_by_head,
        decided_before.same_words_as_notified,
        papers.facts_agree_in_all_documents,
        MEANWHILE,
        *ONE_FINE,
        decided_before.decision_has_six_items,
        recording.decided_on_sound_recordings,
        exemption.spared_by_decision,
    ),
    "RecordPayment": (
        RUNS,
        payment.amount_is_owed,
        payment.surcharge_is_due,
        payment.receipt_is_new,
        dates.not_in_future("paid_at"),
        dates.not_before("paid_at", dates.decided, dates.DECIDED),
        FILES,
    ),
    "PrepareDisclosure": (
        RUNS,
        disclosure.checks_were_made,
        disclosure.personal_data_masked,
        disclosure.extra_masks_are_found,
        disclosure.departure_says_why,
        disclosure.display_period_fits,
    ),
    "ReleaseDisclosure": (RUNS, WHY, disclosure.release_fits_preparation),
    "RequestDisclosureWithdrawal": (RUNS, disclosure.may_be_withdrawn),
    "ProposeDisclosureWithdrawal": (RUNS, disclosure.may_be_withdrawn),
    "ApproveDisclosureWithdrawal": (RUNS, disclosure.withdrawal_is_answered),
    "ConfirmRemoval": (RUNS, disclosure.removal_is_proved),
    "RequestCreditRepair": (RUNS, disclosure.may_be_repaired),
    "DecideCreditRepair": (RUNS, disclosure.repair_waits),
}

CLOSING: dict[str, tuple[Guard, ...]] = {
    "ProposeClosing": (RUNS, closing.outcome_is_carried_out),
    "ReviewClosing": (RUNS, WHY, closing.closing_was_proposed),
    "ApproveClosing": (RUNS, WHY, closing.closing_was_proposed),
    "ArchiveFile": (
        RUNS,
        archive.file_is_complete,
        archive.pages_are_counted,
        archive.file_order_is_known,
        archive.numbers_have_no_gaps,
    ),
    "ResendReport": (reporting.report_may_be_resent,),
    "AnswerReport": (reporting.answer_fits,),
    "SupplementArchive": (archive.something_came_after,),
    "ApproveWithdrawal": (RUNS, WHY, closing.withdrawal_was_proposed, measure.goods_have_outcomes),
}

GUARDS: dict[str, tuple[Guard, ...]] = {
    **LEAD,
    **FILING,
    **INVESTIGATION,
    **REVIEW,
    **HEARING,
    **PAPERS,
    **SERVICE,
    **DECISION,
    **MONEY,
    **CLOSING,
    **DESK,
    **BUREAU,
    **DEVICES,
    **LAW,
    **MEASURES,
    **ENFORCEMENT,
    **SHORT,
    **TRANSFERS,
    **PAUSES,
    **REMEDY,
    **MEETINGS,
    **LETTERS,
    **REST,
}
"""Command name to its guards; a command without legal conditions has none."""

BESIDE: tuple[Guard, ...] = (side.side_may_start, side.nothing_holds_it_up)
"""Rules of side processes: every command in a case meets them after its own."""
