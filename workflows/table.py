"""Every command with its handler: the table that dispatch, API, packs and docs share."""

from workflows.commands import (
    appraisal,
    bureau,
    closing,
    decision,
    desk,
    device,
    exemption,
    filing,
    hearing,
    investigation,
    joint_review,
    law_change,
    lead,
    pack,
    recording,
    reference,
    review,
)
from workflows.commands.base import CaseCommand, Command
from workflows.guards.table import BESIDE, GUARDS
from workflows.handlers import appraisal as appraisal_h
from workflows.handlers import bureau as bureau_h
from workflows.handlers import closing as closing_h
from workflows.handlers import decision as decision_h
from workflows.handlers import desk as desk_h
from workflows.handlers import device as device_h
from workflows.handlers import exemption as exemption_h
from workflows.handlers import filing as filing_h
from workflows.handlers import hearing as hearing_h
from workflows.handlers import investigation as investigation_h
from workflows.handlers import joint_review as joint_review_h
from workflows.handlers import law_change as law_change_h
from workflows.handlers import lead as lead_h
from workflows.handlers import pack as pack_h
from workflows.handlers import recording as recording_h
from workflows.handlers import reference as reference_h
from workflows.handlers import review as review_h
from workflows.registry import Entry, Guard, Handler, Registry

HANDLERS: dict[type[Command], Handler] = {
    lead.RegisterLead: lead_h.register_lead,
    lead.RecordVerification: lead_h.record_verification,
    lead.OrderCorrection: lead_h.order_correction,
    lead.RecordRecheck: lead_h.record_recheck,
    lead.ExtendVerification: lead_h.extend_verification,
    filing.ProposeFiling: filing_h.propose_filing,
    filing.ProposeNotFiling: filing_h.propose_not_filing,
    filing.ReviewFiling: filing_h.review_filing,
    filing.ApproveFiling: filing_h.approve_filing,
    filing.DecideRecusal: filing_h.decide_recusal,
    investigation.RecordInspection: investigation_h.record_inspection,
    investigation.RecordInquiry: investigation_h.record_inquiry,
    investigation.SupplementInvestigation: investigation_h.supplement_investigation,
    investigation.SubmitFinalReport: investigation_h.submit_final_report,
    investigation.AddEvidence: investigation_h.add_evidence,
    investigation.ExcludeEvidence: investigation_h.exclude_evidence,
    joint_review.RequestJointReview: joint_review_h.request_joint_review,
    joint_review.GiveJointOpinion: joint_review_h.give_joint_opinion,
    joint_review.RecordConsultation: joint_review_h.record_consultation,
    joint_review.AnswerObjections: joint_review_h.answer_objections,
    review.ReviewReport: review_h.review_report,
    review.SubmitReviewOpinion: review_h.submit_review_opinion,
    review.ApproveNotice: review_h.approve_notice,
    review.ServeNotice: review_h.serve_notice,
    review.RecordStatement: review_h.record_statement,
    review.ReexamineStatement: review_h.reexamine_statement,
    review.ConveneDiscussion: review_h.convene_discussion,
    review.RecordDiscussion: review_h.record_discussion,
    review.SignMinutes: review_h.sign_minutes,
    hearing.RequestHearing: hearing_h.request_hearing,
    hearing.AdmitHearing: hearing_h.admit_hearing,
    hearing.AppointHost: hearing_h.appoint_host,
    hearing.NotifyHearing: hearing_h.notify_hearing,
    hearing.RecordSitting: hearing_h.record_sitting,
    hearing.WriteHearingReport: hearing_h.write_hearing_report,
    hearing.WaiveHearing: hearing_h.waive_hearing,
    decision.IssueDecision: decision_h.issue_decision,
    decision.ServeDecision: decision_h.serve_decision,
    decision.RecordPayment: decision_h.record_payment,
    decision.PrepareDisclosure: decision_h.prepare_disclosure,
    decision.ReleaseDisclosure: decision_h.release_disclosure,
    closing.ProposeClosing: closing_h.propose_closing,
    closing.ReviewClosing: closing_h.review_closing,
    closing.ApproveClosing: closing_h.approve_closing,
    closing.ArchiveFile: closing_h.archive_file,
    closing.ApproveWithdrawal: closing_h.approve_withdrawal,
    closing.ApproveTransfer: closing_h.approve_transfer,
    closing.SendTransfer: closing_h.send_transfer,
    appraisal.RequestAppraisal: appraisal_h.request_appraisal,
    appraisal.RequestRetest: appraisal_h.request_retest,
    appraisal.ServeAppraisalPeriod: appraisal_h.serve_appraisal_period,
    appraisal.RecordAppraisalResult: appraisal_h.record_appraisal_result,
    appraisal.ServeAppraisalResult: appraisal_h.serve_appraisal_result,
    appraisal.RecordAppraisalObjection: appraisal_h.record_appraisal_objection,
    desk.ClaimTask: desk_h.claim_task,
    desk.ReleaseTask: desk_h.release_task,
    desk.HandOverTask: desk_h.hand_over_task,
    desk.WatchCase: desk_h.watch_case,
    desk.UnwatchCase: desk_h.unwatch_case,
    desk.AddCaseNote: desk_h.add_case_note,
    desk.RecordForm: desk_h.record_form,
    desk.FireClock: desk_h.fire_clock,
    desk.RemindOfClock: desk_h.remind_of_clock,
    bureau.RegisterPerson: bureau_h.register_person,
    bureau.GrantRole: bureau_h.grant_role,
    bureau.EndRole: bureau_h.end_role,
    bureau.AddCertificate: bureau_h.add_certificate,
    bureau.RevokeCertificate: bureau_h.revoke_certificate,
    bureau.RecordAbsence: bureau_h.record_absence,
    bureau.CancelAbsence: bureau_h.cancel_absence,
    bureau.SetPassword: bureau_h.set_password,
    bureau.ChangePassword: bureau_h.change_password,
    bureau.DeactivatePerson: bureau_h.deactivate_person,
    exemption.SignCommitment: exemption_h.sign_commitment,
    exemption.RecheckCommitment: exemption_h.recheck_commitment,
    device.RegisterDevice: device_h.register_device,
    device.RecordDeviceAudit: device_h.record_device_audit,
    device.RecordCalibration: device_h.record_calibration,
    device.PublishDevice: device_h.publish_device,
    device.RecordMaintenance: device_h.record_maintenance,
    device.RetireDevice: device_h.retire_device,
    recording.RegisterRecording: recording_h.register_recording,
    recording.ReviewRecording: recording_h.review_recording,
    recording.LinkRecording: recording_h.link_recording,
    recording.RecordEvidenceQuery: recording_h.record_evidence_query,
    pack.DeployShippedPack: pack_h.deploy_shipped_pack,
    pack.CreatePackDraft: pack_h.create_pack_draft,
    pack.SavePackDraft: pack_h.save_pack_draft,
    pack.ImportPackDraft: pack_h.import_pack_draft,
    pack.ProposePackRelease: pack_h.propose_pack_release,
    pack.ReleasePack: pack_h.release_pack,
    pack.ReturnPackDraft: pack_h.return_pack_draft,
    pack.DiscardPackDraft: pack_h.discard_pack_draft,
    law_change.SetParameter: law_change_h.set_parameter,
    law_change.LoadCalendarYear: law_change_h.load_calendar_year,
    law_change.ReviseMatter: law_change_h.revise_matter,
    law_change.EndMatter: law_change_h.end_matter,
    law_change.ConfirmLawChange: law_change_h.confirm_law_change,
    law_change.RejectLawChange: law_change_h.reject_law_change,
    law_change.RecountClocks: law_change_h.recount_clocks,
    reference.LoadLaw: reference_h.load_law,
    reference.LoadBureau: reference_h.load_bureau,
}

SIGNED_ANEW = frozenset({"IssueDecision"})
"""Acts that cannot be undone: a sign-in made just now is asked for."""


def registry() -> Registry:
    """The registry of all commands with their guards."""
    return Registry(
        Entry(
            command=command,
            handler=handler,
            guards=(*GUARDS.get(command.__name__, ()), *_beside(command)),
            fresh_sign_in=command.__name__ in SIGNED_ANEW,
        )
        for command, handler in HANDLERS.items()
    )


def _beside(command: type[Command]) -> tuple[Guard, ...]:
    """Every command in a case meets the rules of side processes."""
    return BESIDE if issubclass(command, CaseCommand) else ()
