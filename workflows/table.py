"""Every command with its handler: the table that dispatch, API, packs and docs share."""

from workflows.commands import (
    appraisal,
    assistance,
    bureau,
    case_link,
    closing,
    confiscation,
    court_application,
    criminal,
    decision,
    desk,
    device,
    disclosure,
    enforcement,
    enforcement_rest,
    exemption,
    extension,
    fact_correction,
    filing,
    follow_up,
    hearing,
    instalment,
    investigation,
    joint_review,
    law_change,
    lead,
    meeting,
    pack,
    quick,
    recording,
    recusal,
    reference,
    refund,
    registration,
    remedy,
    reporting,
    review,
    sampling,
    seizure,
    service,
    signature,
    spot,
    supervision_letter,
    surcharge,
    suspension,
    transfer,
    urging,
)
from workflows.commands.base import CaseCommand, Command
from workflows.guards.table import BESIDE, GUARDS
from workflows.handlers import appearance as appearance_h
from workflows.handlers import appraisal as appraisal_h
from workflows.handlers import assistance as assistance_h
from workflows.handlers import bureau as bureau_h
from workflows.handlers import case_link as case_link_h
from workflows.handlers import closing as closing_h
from workflows.handlers import confiscation as confiscation_h
from workflows.handlers import court_application as court_application_h
from workflows.handlers import criminal as criminal_h
from workflows.handlers import decision as decision_h
from workflows.handlers import desk as desk_h
from workflows.handlers import device as device_h
from workflows.handlers import disclosure as disclosure_h
from workflows.handlers import discussion as discussion_h
from workflows.handlers import enforcement as enforcement_h
from workflows.handlers import enforcement_rest as enforcement_rest_h
from workflows.handlers import exemption as exemption_h
from workflows.handlers import extension as extension_h
from workflows.handlers import fact_correction as fact_correction_h
from workflows.handlers import filing as filing_h
from workflows.handlers import follow_up as follow_up_h
from workflows.handlers import hearing as hearing_h
from workflows.handlers import instalment as instalment_h
from workflows.handlers import investigation as investigation_h
from workflows.handlers import joint_review as joint_review_h
from workflows.handlers import law_change as law_change_h
from workflows.handlers import lead as lead_h
from workflows.handlers import meeting as meeting_h
from workflows.handlers import own_revision as own_revision_h
from workflows.handlers import pack as pack_h
from workflows.handlers import payment as payment_h
from workflows.handlers import quick as quick_h
from workflows.handlers import recording as recording_h
from workflows.handlers import recusal as recusal_h
from workflows.handlers import reference as reference_h
from workflows.handlers import refund as refund_h
from workflows.handlers import registration as registration_h
from workflows.handlers import remedy as remedy_h
from workflows.handlers import reporting as reporting_h
from workflows.handlers import review as review_h
from workflows.handlers import sampling as sampling_h
from workflows.handlers import seizure as seizure_h
from workflows.handlers import service as service_h
from workflows.handlers import signature as signature_h
from workflows.handlers import spot as spot_h
from workflows.handlers import supervision_letter as letter_h
from workflows.handlers import surcharge as surcharge_h
from workflows.handlers import suspension as suspension_h
from workflows.handlers import transfer as transfer_h
from workflows.handlers import urging as urging_h
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
    remedy.NoteReconsideration: remedy_h.note_reconsideration,
    remedy.ForwardApplication: remedy_h.forward_application,
    remedy.RecordAdmission: remedy_h.record_admission,
    remedy.ReceiveApplicationCopy: remedy_h.receive_application_copy,
    remedy.SubmitDefence: remedy_h.submit_defence,
    remedy.RecordRemedyProgress: remedy_h.record_remedy_progress,
    remedy.NoteLawsuit: remedy_h.note_lawsuit,
    remedy.RecordAppeal: remedy_h.record_appeal,
    remedy.RecordSummons: appearance_h.record_summons,
    remedy.NameAttendant: appearance_h.name_attendant,
    remedy.RecordAppearance: appearance_h.record_appearance,
    follow_up.OpenFollowUp: follow_up_h.open_follow_up,
    follow_up.RecordFollowUp: follow_up_h.record_follow_up,
    follow_up.DecideAnew: follow_up_h.decide_anew,
    follow_up.RecordLesson: follow_up_h.record_lesson,
    follow_up.FinishRemedy: follow_up_h.finish_remedy,
    follow_up.ProposeOwnRevision: own_revision_h.propose_own_revision,
    follow_up.ReviewOwnRevision: own_revision_h.review_own_revision,
    follow_up.DecideOwnRevision: own_revision_h.decide_own_revision,
    follow_up.DiscussOwnRevision: own_revision_h.discuss_own_revision,
    follow_up.ServeOwnRevision: own_revision_h.serve_own_revision,
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
    meeting.ConveneMeeting: meeting_h.convene_meeting,
    meeting.OpenMeeting: meeting_h.open_meeting,
    meeting.DeferAgendaItem: meeting_h.defer_agenda_item,
    meeting.CloseMeeting: meeting_h.close_meeting,
    meeting.CancelMeeting: meeting_h.cancel_meeting,
    review.ReviewReport: review_h.review_report,
    review.SubmitReviewOpinion: review_h.submit_review_opinion,
    review.ApproveNotice: review_h.approve_notice,
    review.ServeNotice: review_h.serve_notice,
    review.RecordStatement: review_h.record_statement,
    review.ReexamineStatement: review_h.reexamine_statement,
    review.ConveneDiscussion: discussion_h.convene_discussion,
    review.RecordDiscussion: discussion_h.record_discussion,
    review.SignMinutes: discussion_h.sign_minutes,
    hearing.RequestHearing: hearing_h.request_hearing,
    hearing.AdmitHearing: hearing_h.admit_hearing,
    hearing.AppointHost: hearing_h.appoint_host,
    hearing.NotifyHearing: hearing_h.notify_hearing,
    hearing.RecordSitting: hearing_h.record_sitting,
    hearing.WriteHearingReport: hearing_h.write_hearing_report,
    hearing.WaiveHearing: hearing_h.waive_hearing,
    decision.IssueDecision: decision_h.issue_decision,
    decision.ServeDecision: decision_h.serve_decision,
    service.RecordServiceAttempt: service_h.record_service_attempt,
    service.ConfirmServiceAddress: service_h.confirm_service_address,
    service.RecordPickup: service_h.record_pickup,
    decision.RecordPayment: payment_h.record_payment,
    instalment.RequestInstalment: instalment_h.request_instalment,
    instalment.ReviewInstalment: instalment_h.review_instalment,
    instalment.ApproveInstalment: instalment_h.approve_instalment,
    instalment.ServeInstalment: instalment_h.serve_instalment,
    instalment.DeclareDefault: instalment_h.declare_default,
    instalment.NotifyDefault: instalment_h.notify_default,
    urging.IssueUrging: urging_h.issue_urging,
    urging.ServeUrging: urging_h.serve_urging,
    urging.AnswerUrging: urging_h.answer_urging,
    urging.ReexamineUrging: urging_h.reexamine_urging,
    surcharge.ProposeSurcharge: surcharge_h.propose_surcharge,
    surcharge.ApproveSurcharge: surcharge_h.approve_surcharge,
    surcharge.ServeSurcharge: surcharge_h.serve_surcharge,
    refund.RequestRefund: refund_h.request_refund,
    refund.ProposeRefund: refund_h.propose_refund,
    refund.ApproveRefund: refund_h.approve_refund,
    refund.PayRefund: refund_h.pay_refund,
    disclosure.PrepareDisclosure: disclosure_h.prepare_disclosure,
    disclosure.ReleaseDisclosure: disclosure_h.release_disclosure,
    disclosure.RequestDisclosureWithdrawal: disclosure_h.request_withdrawal,
    disclosure.ProposeDisclosureWithdrawal: disclosure_h.request_withdrawal,
    disclosure.ApproveDisclosureWithdrawal: disclosure_h.approve_withdrawal,
    disclosure.ConfirmRemoval: disclosure_h.confirm_removal,
    disclosure.RequestCreditRepair: disclosure_h.request_credit_repair,
    disclosure.DecideCreditRepair: disclosure_h.decide_credit_repair,
    closing.ProposeClosing: closing_h.propose_closing,
    closing.ReviewClosing: closing_h.review_closing,
    closing.ApproveClosing: closing_h.approve_closing,
    closing.ArchiveFile: closing_h.archive_file,
    closing.SupplementArchive: closing_h.supplement_archive,
    supervision_letter.RegisterLetter: letter_h.register_letter,
    supervision_letter.DraftLetterReply: letter_h.draft_letter_reply,
    supervision_letter.DecideLetterReply: letter_h.decide_letter_reply,
    supervision_letter.SendLetterReply: letter_h.send_letter_reply,
    reporting.ResendReport: reporting_h.resend_report,
    reporting.AnswerReport: reporting_h.answer_report,
    closing.ApproveWithdrawal: closing_h.approve_withdrawal,
    closing.ApproveTransfer: closing_h.approve_transfer,
    closing.SendTransfer: closing_h.send_transfer,
    case_link.LinkCase: case_link_h.link_case,
    case_link.UnlinkCase: case_link_h.unlink_case,
    case_link.RecogniseEvidence: case_link_h.recognise_evidence,
    case_link.MergeLead: case_link_h.merge_lead,
    case_link.ReviewMerge: case_link_h.review_merge,
    transfer.RecordTransferAnswer: transfer_h.record_transfer_answer,
    transfer.RecordIncomingTransfer: transfer_h.record_incoming_transfer,
    transfer.AnswerIncomingTransfer: transfer_h.answer_incoming_transfer,
    transfer.FeedBackTransfer: transfer_h.feed_back_transfer,
    transfer.ReportJurisdictionDispute: transfer_h.report_jurisdiction_dispute,
    transfer.RecordNegotiation: transfer_h.record_negotiation,
    transfer.ReportToSuperior: transfer_h.report_to_superior,
    transfer.RecordDesignation: transfer_h.record_designation,
    criminal.ReportSuspectedCrime: criminal_h.report_suspected_crime,
    criminal.ApproveCriminalTransfer: criminal_h.approve_criminal_transfer,
    criminal.SendCriminalTransfer: criminal_h.send_criminal_transfer,
    criminal.RecordPoliceReceipt: criminal_h.record_police_receipt,
    criminal.RecordPoliceDecision: criminal_h.record_police_decision,
    criminal.HandOverToPolice: criminal_h.hand_over_to_police,
    criminal.AnswerPoliceRefusal: criminal_h.answer_police_refusal,
    criminal.RecordRefusalReview: criminal_h.record_refusal_review,
    criminal.RecordCriminalResult: criminal_h.record_criminal_result,
    appraisal.RequestAppraisal: appraisal_h.request_appraisal,
    appraisal.RequestRetest: appraisal_h.request_retest,
    appraisal.ServeAppraisalPeriod: appraisal_h.serve_appraisal_period,
    appraisal.RecordAppraisalResult: appraisal_h.record_appraisal_result,
    appraisal.ServeAppraisalResult: appraisal_h.serve_appraisal_result,
    appraisal.RecordAppraisalObjection: appraisal_h.record_appraisal_objection,
    extension.RequestExtension: extension_h.request_extension,
    extension.ReviewExtension: extension_h.review_extension,
    extension.ApproveExtension: extension_h.approve_extension,
    extension.DiscussExtension: extension_h.discuss_extension,
    suspension.RequestSuspension: suspension_h.request_suspension,
    suspension.ReviewSuspension: suspension_h.review_suspension,
    suspension.ApproveSuspension: suspension_h.approve_suspension,
    suspension.RequestResumption: suspension_h.request_resumption,
    suspension.ApproveResumption: suspension_h.approve_resumption,
    suspension.RequestTermination: suspension_h.request_termination,
    suspension.ReviewTermination: suspension_h.review_termination,
    suspension.ApproveTermination: suspension_h.approve_termination,
    recusal.RequestRecusal: recusal_h.request_recusal,
    recusal.AnswerRecusal: recusal_h.answer_recusal,
    recusal.DiscussRecusal: recusal_h.discuss_recusal,
    fact_correction.ProposeCorrection: fact_correction_h.propose_correction,
    fact_correction.CorrectFacts: fact_correction_h.correct_facts,
    signature.SignDocument: signature_h.sign_document,
    signature.VoidNumber: signature_h.void_number,
    seizure.RequestSeizure: seizure_h.request_seizure,
    seizure.ApproveSeizure: seizure_h.approve_seizure,
    seizure.CarryOutSeizure: seizure_h.carry_out_seizure,
    seizure.HandleSeizedGoods: seizure_h.handle_seized_goods,
    seizure.ApproveSeizureExtension: seizure_h.approve_seizure_extension,
    seizure.ServeSeizureExtension: seizure_h.serve_seizure_extension,
    seizure.ApproveGoodsDisposal: seizure_h.approve_goods_disposal,
    seizure.CarryOutGoodsDisposal: seizure_h.carry_out_goods_disposal,
    seizure.ReleaseSeizure: seizure_h.release_seizure,
    enforcement.RecordOrderRecheck: enforcement_h.record_order_recheck,
    enforcement.RequestOwnEnforcement: enforcement_h.request_own_enforcement,
    enforcement.AnnounceDemolition: enforcement_h.announce_demolition,
    enforcement.ApproveOwnEnforcement: enforcement_h.approve_own_enforcement,
    enforcement.ServeOwnEnforcement: enforcement_h.serve_own_enforcement,
    enforcement.CarryOutOwnEnforcement: enforcement_h.carry_out_own_enforcement,
    enforcement.RequestSubstitutePerformance: enforcement_h.request_substitute_performance,
    enforcement.ApproveSubstitutePerformance: enforcement_h.approve_substitute_performance,
    enforcement.ServeSubstitutePerformance: enforcement_h.serve_substitute_performance,
    enforcement.UrgeSubstitutePerformance: enforcement_h.urge_substitute_performance,
    enforcement.CarryOutSubstitutePerformance: enforcement_h.carry_out_substitute_performance,
    enforcement.ClaimSubstituteCosts: enforcement_h.claim_substitute_costs,
    court_application.PrepareCourtApplication: court_application_h.prepare_court_application,
    court_application.SignCourtApplication: court_application_h.sign_court_application,
    court_application.SubmitCourtApplication: court_application_h.submit_court_application,
    court_application.RecordCourtAcceptance: court_application_h.record_court_acceptance,
    court_application.RecordCourtRuling: court_application_h.record_court_ruling,
    court_application.AnswerCourtRefusal: court_application_h.answer_court_refusal,
    court_application.RecordHigherCourt: court_application_h.record_higher_court,
    court_application.RecordCourtEnforcement: court_application_h.record_court_enforcement,
    enforcement_rest.RequestEnforcementPause: enforcement_rest_h.request_enforcement_pause,
    enforcement_rest.ApproveEnforcementPause: enforcement_rest_h.approve_enforcement_pause,
    enforcement_rest.ResumeEnforcement: enforcement_rest_h.resume_enforcement,
    enforcement_rest.AbandonEnforcement: enforcement_rest_h.abandon_enforcement,
    enforcement_rest.RequestEnforcementEnd: enforcement_rest_h.request_enforcement_end,
    enforcement_rest.ApproveEnforcementEnd: enforcement_rest_h.approve_enforcement_end,
    enforcement_rest.RecordRestoration: enforcement_rest_h.record_restoration,
    enforcement_rest.ProposeSettlement: enforcement_rest_h.propose_settlement,
    enforcement_rest.ApproveSettlement: enforcement_rest_h.approve_settlement,
    enforcement_rest.CheckSettlement: enforcement_rest_h.check_settlement,
    confiscation.RegisterConfiscatedGoods: confiscation_h.register_confiscated_goods,
    confiscation.ProposeConfiscatedDisposal: confiscation_h.propose_confiscated_disposal,
    confiscation.ApproveConfiscatedDisposal: confiscation_h.approve_confiscated_disposal,
    confiscation.CarryOutConfiscatedDisposal: confiscation_h.carry_out_confiscated_disposal,
    registration.RequestRegistration: registration_h.request_registration,
    registration.ApproveRegistration: registration_h.approve_registration,
    registration.CarryOutRegistration: registration_h.carry_out_registration,
    registration.DisposeRegistered: registration_h.dispose_registered,
    registration.ReturnRegistered: registration_h.return_registered,
    sampling.TakeSamples: sampling_h.take_samples,
    sampling.SettleSamples: sampling_h.settle_samples,
    assistance.RequestAssistance: assistance_h.request_assistance,
    assistance.RecordAssistanceReply: assistance_h.record_assistance_reply,
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
    spot.PunishOnTheSpot: spot_h.punish_on_the_spot,
    spot.HandInCash: spot_h.hand_in_cash,
    spot.BankCash: spot_h.bank_cash,
    spot.FileSpotPenalty: spot_h.file_spot_penalty,
    quick.ConsentToQuickHandling: quick_h.consent_to_quick_handling,
    quick.RecordQuickly: quick_h.record_quickly,
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

SIGNED_ANEW = frozenset({"IssueDecision", "SignDocument"})
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
