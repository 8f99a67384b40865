"""Who may give which command: the map that `workflows.permissions` reads. Nothing but data.

Deny by default: a command without an entry in `ACCESS` can be executed by nobody.
"""

from dataclasses import dataclass
from enum import StrEnum

from models.types import Role


class Scope(StrEnum):
    """Against what a permission is measured."""

    TASK = "task"
    CASE = "case"
    HANDLER = "handler"
    VIEWER = "viewer"
    DESK = "desk"
    LEAD = "lead"
    BUREAU = "bureau"
    SELF = "self"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Access:
    """Scope and, where the scope asks for them, roles."""

    scope: Scope
    roles: frozenset[Role] = frozenset()


LEADERS = frozenset({Role.LEADER_DEPUTY, Role.LEADER_CHIEF})
OUTSIDE = frozenset({Role.DESIGNER, Role.RELEASER, Role.SYS_ADMIN, Role.DEVICE_ADMIN})
SEES_CASES = frozenset(Role) - OUTSIDE

TASK = Access(Scope.TASK)
ADMIN = Access(Scope.BUREAU, frozenset({Role.SYS_ADMIN}))
DESIGN = Access(Scope.BUREAU, frozenset({Role.DESIGNER}))

TASK_COMMANDS = (
    "RecordVerification",
    "OrderCorrection",
    "RecordRecheck",
    "SignCommitment",
    "RecheckCommitment",
    "ProposeFiling",
    "ProposeNotFiling",
    "ReviewFiling",
    "ApproveFiling",
    "RecordInspection",
    "RecordInquiry",
    "SupplementInvestigation",
    "SubmitFinalReport",
    "ReviewReport",
    "SubmitReviewOpinion",
    "ApproveNotice",
    "ServeNotice",
    "RecordStatement",
    "ReexamineStatement",
    "ConveneDiscussion",
    "RecordDiscussion",
    "SignMinutes",
    "IssueDecision",
    "ServeDecision",
    "RecordPayment",
    "ReviewInstalment",
    "ApproveInstalment",
    "ServeInstalment",
    "NotifyDefault",
    "ServeUrging",
    "AnswerUrging",
    "ReexamineUrging",
    "ApproveSurcharge",
    "ServeSurcharge",
    "ProposeRefund",
    "ApproveRefund",
    "PayRefund",
    "PrepareDisclosure",
    "ReleaseDisclosure",
    "ProposeDisclosureWithdrawal",
    "ApproveDisclosureWithdrawal",
    "ConfirmRemoval",
    "DecideCreditRepair",
    "ProposeClosing",
    "ReviewClosing",
    "ApproveClosing",
    "ArchiveFile",
    "ApproveWithdrawal",
    "ApproveTransfer",
    "SendTransfer",
    "RecordTransferAnswer",
    "ReviewMerge",
    "AnswerIncomingTransfer",
    "FeedBackTransfer",
    "RecordNegotiation",
    "ReportToSuperior",
    "RecordDesignation",
    "ApproveCriminalTransfer",
    "SendCriminalTransfer",
    "RecordPoliceReceipt",
    "RecordPoliceDecision",
    "HandOverToPolice",
    "AnswerPoliceRefusal",
    "RecordRefusalReview",
    "RecordCriminalResult",
    "AdmitHearing",
    "AppointHost",
    "NotifyHearing",
    "RecordSitting",
    "WriteHearingReport",
    "WaiveHearing",
    "RequestRetest",
    "ServeAppraisalPeriod",
    "RecordAppraisalResult",
    "ServeAppraisalResult",
    "RecordAppraisalObjection",
    "CorrectFacts",
    "ReviewExtension",
    "ApproveExtension",
    "DiscussExtension",
    "ReviewSuspension",
    "ApproveSuspension",
    "RequestResumption",
    "ApproveResumption",
    "ReviewTermination",
    "ApproveTermination",
    "AnswerRecusal",
    "DiscussRecusal",
    "ApproveSeizure",
    "CarryOutSeizure",
    "HandleSeizedGoods",
    "ApproveSeizureExtension",
    "ServeSeizureExtension",
    "ApproveGoodsDisposal",
    "CarryOutGoodsDisposal",
    "ReleaseSeizure",
    "ApproveRegistration",
    "CarryOutRegistration",
    "DisposeRegistered",
    "ReturnRegistered",
    "SettleSamples",
    "ForwardApplication",
    "RecordAdmission",
    "ReceiveApplicationCopy",
    "SubmitDefence",
    "RecordRemedyProgress",
    "RecordAppeal",
    "NameAttendant",
    "RecordAppearance",
    "RecordFollowUp",
    "DecideAnew",
    "RecordLesson",
    "FinishRemedy",
    "ReviewOwnRevision",
    "DecideOwnRevision",
    "DiscussOwnRevision",
    "ServeOwnRevision",
    "RecordAssistanceReply",
    "AnnounceDemolition",
    "ApproveOwnEnforcement",
    "ServeOwnEnforcement",
    "CarryOutOwnEnforcement",
    "ApproveSubstitutePerformance",
    "ServeSubstitutePerformance",
    "UrgeSubstitutePerformance",
    "CarryOutSubstitutePerformance",
    "ClaimSubstituteCosts",
    "SignCourtApplication",
    "SubmitCourtApplication",
    "RecordCourtAcceptance",
    "RecordCourtRuling",
    "AnswerCourtRefusal",
    "RecordHigherCourt",
    "RecordCourtEnforcement",
    "ApproveEnforcementPause",
    "ResumeEnforcement",
    "AbandonEnforcement",
    "ApproveEnforcementEnd",
    "RecordRestoration",
    "ApproveSettlement",
    "CheckSettlement",
    "ProposeConfiscatedDisposal",
    "ApproveConfiscatedDisposal",
    "CarryOutConfiscatedDisposal",
    "HandInCash",
    "BankCash",
    "FileSpotPenalty",
    "ConsentToQuickHandling",
    "RecordQuickly",
    "RecordForm",
)
ADMIN_COMMANDS = (
    "RegisterPerson",
    "GrantRole",
    "EndRole",
    "AddCertificate",
    "RevokeCertificate",
    "SetPassword",
    "DeactivatePerson",
)
DESIGN_COMMANDS = (
    "CreatePackDraft",
    "SavePackDraft",
    "ImportPackDraft",
    "ProposePackRelease",
    "DiscardPackDraft",
)
SYSTEM_COMMANDS = (
    "FireClock",
    "DeployShippedPack",
    "LoadLaw",
    "LoadBureau",
    "RemindOfClock",
    "RecountClocks",
)
LAW_COMMANDS = (
    "SetParameter",
    "LoadCalendarYear",
    "ReviseMatter",
    "EndMatter",
    "RejectLawChange",
)
"""The law office proposes (DESIGNER, RELEASER); a second person of it puts in force."""
ABSENCES = Access(Scope.BUREAU, frozenset({Role.SYS_ADMIN, Role.UNIT_HEAD, *LEADERS}))
REVIEWERS = frozenset({Role.LEGAL_REVIEWER, Role.TOWN_LEGAL})
TAKES_PART = frozenset({Role.HANDLER, Role.UNIT_HEAD, Role.RECORDER, *REVIEWERS, *LEADERS})
"""Who may have to step back from a case, or hears that the party asks it of somebody."""

ENFORCEMENT_STARTS = (
    "RecordOrderRecheck",
    "RequestOwnEnforcement",
    "RequestSubstitutePerformance",
    "PrepareCourtApplication",
    "RequestEnforcementPause",
    "RequestEnforcementEnd",
    "ProposeSettlement",
    "RegisterConfiscatedGoods",
)
"""What handlers start after the decision (AEL 34-55; APL 74)."""

RECEIVES_LETTERS = frozenset(
    {Role.DISPATCHER, Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.TOWN_LEGAL, *LEADERS}
)
"""Who registers what supervisors, procurators, courts and reconsideration organs write."""

DEVICE_COMMANDS = ("RegisterDevice", "RecordDeviceAudit", "RecordCalibration", "RetireDevice")
KEEPS_DEVICES = frozenset({Role.DEVICE_ADMIN})

ACCESS: dict[str, Access] = {
    "RegisterLead": Access(Scope.LEAD, frozenset({Role.HANDLER})),
    "PunishOnTheSpot": Access(Scope.LEAD, frozenset({Role.HANDLER})),
    **dict.fromkeys(TASK_COMMANDS, TASK),
    "AddEvidence": Access(Scope.HANDLER),
    **dict.fromkeys(
        ("RecordServiceAttempt", "ConfirmServiceAddress", "RecordPickup"), Access(Scope.HANDLER)
    ),
    "RequestAssistance": Access(Scope.HANDLER),
    "TakeSamples": Access(Scope.HANDLER),
    "RequestRegistration": Access(Scope.HANDLER),
    "RequestSeizure": Access(Scope.HANDLER),
    "RequestAppraisal": Access(Scope.HANDLER),
    **dict.fromkeys(
        (
            "RequestInstalment",
            "DeclareDefault",
            "IssueUrging",
            "ProposeSurcharge",
            "RequestRefund",
            "RequestExtension",
            "RequestSuspension",
            "RequestTermination",
            "ReportSuspectedCrime",
            "LinkCase",
            "UnlinkCase",
            "RecogniseEvidence",
            "MergeLead",
            "RecordIncomingTransfer",
            "ReportJurisdictionDispute",
        ),
        Access(Scope.HANDLER),
    ),
    **dict.fromkeys(ENFORCEMENT_STARTS, Access(Scope.HANDLER)),
    "RequestRecusal": Access(Scope.CASE, TAKES_PART),
    "ExcludeEvidence": Access(Scope.HANDLER, REVIEWERS),
    "ProposeCorrection": Access(Scope.HANDLER),
    **dict.fromkeys(
        ("PlaceLegalHold", "LiftLegalHold"),
        Access(Scope.CASE, frozenset({Role.SUPERVISOR, Role.LEADER_CHIEF})),
    ),
    "RequestLoan": Access(Scope.VIEWER),
    **dict.fromkeys(
        ("DecideLoan", "ReturnLoan", "ProposeDisposal"),
        Access(Scope.CASE, frozenset({Role.ARCHIVIST})),
    ),
    "CarryOutDisposal": Access(Scope.CASE, LEADERS),
    "SupplementArchive": Access(Scope.CASE, frozenset({Role.ARCHIVIST})),
    **dict.fromkeys(
        ("ResendReport", "AnswerReport"), Access(Scope.CASE, frozenset({Role.PUBLISHER}))
    ),
    "SignDocument": Access(Scope.VIEWER),
    "VoidNumber": Access(Scope.CASE, LEADERS),
    "RequestHearing": Access(Scope.HANDLER, REVIEWERS),
    **dict.fromkeys(
        ("RequestDisclosureWithdrawal", "RequestCreditRepair"),
        Access(Scope.CASE, frozenset({Role.PUBLISHER})),
    ),
    **dict.fromkeys(
        ("NoteReconsideration", "NoteLawsuit", "RecordSummons", "ProposeOwnRevision"),
        Access(Scope.HANDLER, REVIEWERS),
    ),
    "OpenFollowUp": Access(Scope.CASE, REVIEWERS),
    **dict.fromkeys((*DEVICE_COMMANDS, "RecordMaintenance"), Access(Scope.BUREAU, KEEPS_DEVICES)),
    "PublishDevice": Access(Scope.BUREAU, frozenset({Role.PUBLISHER})),
    "RegisterRecording": Access(Scope.BUREAU, KEEPS_DEVICES | {Role.DISPATCHER, Role.HANDLER}),
    "ReviewRecording": Access(Scope.BUREAU, frozenset({Role.HANDLER})),
    "LinkRecording": Access(Scope.HANDLER),
    "RecordEvidenceQuery": Access(Scope.HANDLER),
    "RequestJointReview": Access(Scope.CASE, REVIEWERS),
    "GiveJointOpinion": Access(Scope.CASE, REVIEWERS | {Role.DEPT_REVIEWER, Role.JUSTICE_OFFICE}),
    "RecordConsultation": Access(Scope.CASE, REVIEWERS),
    "AnswerObjections": Access(Scope.HANDLER),
    "ConveneMeeting": Access(Scope.BUREAU, frozenset({Role.LEADER_CHIEF})),
    "CancelMeeting": Access(Scope.BUREAU, frozenset({Role.LEADER_CHIEF})),
    **dict.fromkeys(
        ("OpenMeeting", "DeferAgendaItem", "CloseMeeting"),
        Access(Scope.BUREAU, frozenset({Role.LEADER_CHIEF, Role.RECORDER})),
    ),
    "RegisterLetter": Access(Scope.BUREAU, RECEIVES_LETTERS),
    **dict.fromkeys(("DraftLetterReply", "SendLetterReply"), Access(Scope.BUREAU, SEES_CASES)),
    "DecideLetterReply": Access(Scope.BUREAU, LEADERS),
    "ExtendVerification": Access(Scope.CASE, LEADERS),
    "DecideRecusal": Access(Scope.CASE, LEADERS),
    **dict.fromkeys(("ClaimTask", "ReleaseTask", "HandOverTask"), Access(Scope.DESK)),
    **dict.fromkeys(("WatchCase", "UnwatchCase", "AddCaseNote"), Access(Scope.VIEWER)),
    **dict.fromkeys(SYSTEM_COMMANDS, Access(Scope.SYSTEM)),
    **dict.fromkeys(ADMIN_COMMANDS, ADMIN),
    **dict.fromkeys(("RecordAbsence", "CancelAbsence"), ABSENCES),
    "ChangePassword": Access(Scope.SELF),
    **dict.fromkeys(DESIGN_COMMANDS, DESIGN),
    **dict.fromkeys(LAW_COMMANDS, Access(Scope.BUREAU, frozenset({Role.DESIGNER, Role.RELEASER}))),
    "ConfirmLawChange": Access(Scope.BUREAU, frozenset({Role.RELEASER})),
    **dict.fromkeys(
        ("ReleasePack", "ReturnPackDraft"), Access(Scope.BUREAU, frozenset({Role.RELEASER}))
    ),
}
