"""Which routing variables a command may hand to the process, with all their values.

Finite domains: the deploy gate proves a diagram over exactly these, and dispatch refuses a
handler that returns anything else.
"""

from collections.abc import Mapping

Domains = Mapping[str, frozenset[str]]


def _one_of(name: str, *values: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(values)}


FILED = _one_of("filed", "yes", "no")
AGREE = _one_of("outcome", "agree", "return")
APPROVE = _one_of("outcome", "approve", "refuse")
PERIOD_NOTICE = _one_of("period_notice", "required", "not_required")
MEASURE = _one_of("measure", "to_approve", "to_carry_out", "in_force", "to_release", "not_begun")
GOODS = _one_of("goods_rest", "left", "none")
ENFORCED = _one_of("enforced", "done", "performed", "interrupted")
SERVICE = _one_of("service", "served", "announced")

ROUTING: Mapping[str, Domains] = {
    "RecordVerification": _one_of(
        "conclusion", "file", "not_file", "transfer", "order_correction", "exempt", "promise"
    )
    | FILED,
    "RecheckCommitment": _one_of("promise", "kept", "broken"),
    "ReviewFiling": AGREE,
    "ApproveFiling": _one_of("outcome", "file", "not_file", "spare", "transfer", "return") | FILED,
    "SubmitFinalReport": _one_of("proposal", "penalty", "no_penalty", "transfer", "withdraw"),
    "ReviewReport": AGREE,
    "SubmitReviewOpinion": _one_of("review", "pass", "supplement", "return"),
    "ApproveNotice": AGREE,
    "RecordStatement": _one_of("statement", "made", "waived"),
    "ReexamineStatement": _one_of("reexamination", "upheld", "changed"),
    "RecordDiscussion": _one_of(
        "discussion_result", "as_proposed", "lighter", "heavier", "supplement", "no_penalty"
    ),
    "IssueDecision": _one_of("outcome", "issue", "return")
    | _one_of("decision", "penalty", "no_penalty"),
    "ServeNotice": SERVICE,
    "ServeDecision": _one_of("payment", "due", "none") | SERVICE,
    "RecordPayment": _one_of("payment", "partial", "settled"),
    "ReviewInstalment": AGREE,
    "AnswerUrging": _one_of("urging_answer", "stated", "silent", "performed"),
    "ApproveSurcharge": APPROVE,
    "ApproveRefund": AGREE,
    "ReleaseDisclosure": _one_of("outcome", "publish", "withhold", "return"),
    "ApproveDisclosureWithdrawal": {
        **_one_of("outcome", "approve", "return", "refuse"),
        **_one_of("channels", "open", "confirmed"),
        **_one_of("replace", "yes", "no"),
    },
    "ConfirmRemoval": {
        **_one_of("channels", "open", "confirmed"),
        **_one_of("replace", "yes", "no"),
    },
    "DecideCreditRepair": _one_of("outcome", "approve", "refuse"),
    "ReviewClosing": AGREE,
    "ApproveClosing": _one_of("outcome", "close", "return"),
    "ApproveWithdrawal": _one_of("outcome", "withdraw", "return"),
    "ApproveTransfer": _one_of("outcome", "transfer", "return") | FILED,
    "RecordTransferAnswer": _one_of("transfer_step", "wait", "done", "resend", "take_back") | FILED,
    "AnswerIncomingTransfer": _one_of("transfer_answer", "accept", "return"),
    "RecordNegotiation": _one_of("negotiation", "agreed", "failed"),
    "ReviewMerge": AGREE,
    "ApproveCriminalTransfer": APPROVE,
    "SendCriminalTransfer": _one_of("receipt", "given", "awaited"),
    "RecordPoliceDecision": _one_of("police", "filed", "refused"),
    "AnswerPoliceRefusal": _one_of("refusal_answer", "review", "supervision", "resume"),
    "RecordRefusalReview": _one_of("refusal_review", "filed", "upheld"),
    "RecordCriminalResult": _one_of("criminal_next", "close", "resume"),
    "PunishOnTheSpot": _one_of("payment", "cash", "due", "none"),
    "RecordQuickly": _one_of("fast_track", "yes", "no") | _one_of("proposal", "penalty"),
    "AdmitHearing": _one_of("admission", "admit", "refuse"),
    "AppointHost": _one_of("appointment", "appointed", "withdrawn"),
    "RecordSitting": _one_of(
        "sitting", "held", "postponed", "replaced", "absent", "left", "withdrawn"
    ),
    "NoteReconsideration": _one_of("handed_in", "agency", "organ"),
    "RecordAdmission": _one_of("admission", "accepted", "refused", "withdrawn"),
    "RecordRemedyProgress": _one_of("progress", "goes_on", "decided", "may_be_appealed"),
    "RecordAppeal": _one_of("appeal", "none", "appealed"),
    "ReviewOwnRevision": AGREE | _one_of("revision_level", "leader", "panel"),
    **dict.fromkeys(("DecideOwnRevision", "DiscussOwnRevision"), APPROVE),
    "RequestExtension": _one_of("extension", "first", "again"),
    **dict.fromkeys(("ReviewExtension", "ReviewSuspension", "ReviewTermination"), AGREE),
    "ApproveResumption": AGREE,
    **dict.fromkeys(
        ("ApproveExtension", "DiscussExtension", "ApproveSuspension", "ApproveTermination"), APPROVE
    ),
    "RequestRecusal": _one_of("recusal_by", "head", "chief", "panel"),
    **dict.fromkeys(("AnswerRecusal", "DiscussRecusal"), APPROVE),
    "RequestAppraisal": PERIOD_NOTICE,
    "RequestRetest": PERIOD_NOTICE,
    "RecordAppraisalObjection": _one_of("objection_result", "none", "retest", "refused"),
    "RequestSeizure": MEASURE,
    "ApproveSeizure": MEASURE,
    "CarryOutSeizure": MEASURE,
    "HandleSeizedGoods": _one_of("goods_step", "extend", "dispose"),
    "ApproveSeizureExtension": AGREE,
    "ApproveGoodsDisposal": AGREE,
    "CarryOutGoodsDisposal": GOODS,
    "RequestOwnEnforcement": _one_of("enforcement_way", "announce", "decide"),
    "ApproveOwnEnforcement": APPROVE,
    "CarryOutOwnEnforcement": ENFORCED,
    "ApproveSubstitutePerformance": APPROVE | _one_of("substitute_way", "immediate", "ordinary"),
    "CarryOutSubstitutePerformance": ENFORCED,
    "SignCourtApplication": AGREE,
    "RecordCourtAcceptance": _one_of("court", "accepted", "not_accepted"),
    "RecordCourtRuling": _one_of("court", "granted", "not_granted"),
    "AnswerCourtRefusal": _one_of("court_answer", "objected", "dropped"),
    "RecordHigherCourt": _one_of("higher_court", "upheld", "accept", "enforce"),
    "RecordCourtEnforcement": _one_of("court_result", "partly", "over"),
    **dict.fromkeys(("ApproveEnforcementPause", "ApproveSettlement"), APPROVE),
    "ApproveEnforcementEnd": APPROVE | _one_of("restoration", "needed", "none"),
    "CheckSettlement": _one_of("settlement", "kept", "on_track", "broken"),
    "ApproveConfiscatedDisposal": AGREE,
    "CarryOutConfiscatedDisposal": GOODS,
    "RequestRegistration": MEASURE,
    "ApproveRegistration": MEASURE,
    "CarryOutRegistration": MEASURE,
    "DisposeRegistered": GOODS,
}
