"""Who may not do what in the same case (domain.md 3.2): one table, enforced by dispatch."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from models.disclosure import CreditRepair, DisclosureWithdrawal
from models.errors import Text, Violation
from workflows.record import Record

Excluded = Callable[[Record], frozenset[uuid.UUID]]


@dataclass(frozen=True, slots=True)
class Duty:
    """Persons excluded from some commands, with rule id, article and what to do instead."""

    rule: str
    commands: frozenset[str]
    excluded: Excluded
    message: Text
    article: Text


def _handlers(record: Record) -> frozenset[uuid.UUID]:
    return record.ever_handled


def _recused(record: Record) -> frozenset[uuid.UUID]:
    return record.recused


def _preparer(record: Record) -> frozenset[uuid.UUID]:
    disclosure = record.disclosure
    return frozenset({disclosure.prepared_by_id}) if disclosure else frozenset()


def _withdrawer(record: Record) -> frozenset[uuid.UUID]:
    row = record.last(DisclosureWithdrawal)
    return frozenset({row.proposed_by_id}) if row else frozenset()


def _repair_noted_by(record: Record) -> frozenset[uuid.UUID]:
    row = record.last(CreditRepair)
    return frozenset({row.recorded_by_id}) if row and row.recorded_by_id else frozenset()


def _other_hosts(record: Record) -> frozenset[uuid.UUID]:
    return record.other_hosts


EVERY = frozenset({"*"})
HOSTING = frozenset({"NotifyHearing", "RecordSitting", "WriteHearingReport"})
HEARING = HOSTING | {"AdmitHearing"}
APPROVALS = frozenset(
    {
        "ReviewFiling",
        "ApproveFiling",
        "ReviewReport",
        "ApproveNotice",
        "IssueDecision",
        "ReviewClosing",
        "ApproveClosing",
        "ApproveWithdrawal",
        "ApproveTransfer",
        "ApproveCriminalTransfer",
        "ReviewMerge",
        "ApproveSeizure",
        "ApproveSeizureExtension",
        "ApproveGoodsDisposal",
        "ApproveRegistration",
        "ApproveOwnEnforcement",
        "ApproveSubstitutePerformance",
        "SignCourtApplication",
        "ApproveEnforcementPause",
        "ResumeEnforcement",
        "AbandonEnforcement",
        "ApproveEnforcementEnd",
        "ApproveSettlement",
        "ApproveConfiscatedDisposal",
        "CorrectFacts",
        "VoidNumber",
        "ReviewExtension",
        "ApproveExtension",
        "ReviewSuspension",
        "ApproveSuspension",
        "ApproveResumption",
        "ReviewTermination",
        "ApproveTermination",
        "AnswerRecusal",
        "ReviewInstalment",
        "ApproveInstalment",
        "ReexamineUrging",
        "ApproveSurcharge",
        "ApproveRefund",
        "DecideOwnRevision",
    }
)

REVIEWING = frozenset(
    {
        "SubmitReviewOpinion",
        "ReexamineStatement",
        "RequestJointReview",
        "GiveJointOpinion",
        "RecordConsultation",
        "ReviewOwnRevision",
    }
)

DUTIES: tuple[Duty, ...] = (
    Duty(
        "P03",
        EVERY,
        _recused,
        Text("您已在本案回避，不能再办理本案。", "You stepped back from this case."),
        Text("《行政处罚法》第四十三条", "Administrative Penalty Law art. 43"),
    ),
    Duty(
        "V08",
        REVIEWING,
        _handlers,
        Text(
            "办过本案的人不能审核本案，请由其他法制审核人员办理。",
            "Whoever handled the case may not review it; another reviewer must.",
        ),
        Text(
            "《市场监督管理行政处罚程序规定》第四十九条",
            "Market Regulation Penalty Procedure art. 49",
        ),
    ),
    Duty(
        "V08",
        HEARING,
        _handlers,
        Text(
            "办过本案的人不能受理、主持听证，请由其他人员办理。",
            "Whoever handled the case may not admit or host its hearing; somebody else must.",
        ),
        Text("《行政处罚法》第六十四条", "Administrative Penalty Law art. 64"),
    ),
    Duty(
        "H04",
        HOSTING,
        _other_hosts,
        Text(
            "本案已指定听证主持人，由其办理。",
            "Another person was appointed to host this hearing.",
        ),
        Text("《行政处罚法》第六十四条", "Administrative Penalty Law art. 64"),
    ),
    Duty(
        "P04",
        APPROVALS,
        _handlers,
        Text(
            "本案办案人员不能审批自己办理的案件，请由其他负责人审批。",
            "A handler of the case may not approve it; another head must.",
        ),
        Text("职责分离规则（domain 3.2）", "Separation of duties (3.2)"),
    ),
    Duty(
        "P05",
        frozenset({"RecordPayment", "PayRefund", "RecordCourtEnforcement"}),
        _handlers,
        Text(
            "作出罚款决定的与收缴罚款的应当分离，办案人员不能登记缴款。",
            "Deciding and collecting are apart: a handler may not record payments.",
        ),
        Text("《行政处罚法》第六十七条", "Administrative Penalty Law art. 67"),
    ),
    Duty(
        "P06",
        frozenset({"ReleaseDisclosure", "ApproveDisclosureWithdrawal", "DecideCreditRepair"}),
        _handlers,
        Text(
            "办案人员可以录入公示内容，但不能批准公示。",
            "A handler may enter the disclosure, but not release it.",
        ),
        Text("职责分离规则（domain 3.2）", "Separation of duties (3.2)"),
    ),
    Duty(
        "P07",
        frozenset({"ReleaseDisclosure"}),
        _preparer,
        Text(
            "公示文本由一人准备、另一人批准，您是准备人。",
            "One person prepares the public text, another releases it; you prepared it.",
        ),
        Text("职责分离规则（domain 3.2）", "Separation of duties (3.2)"),
    ),
    Duty(
        "P07",
        frozenset({"ApproveDisclosureWithdrawal"}),
        _withdrawer,
        Text(
            "撤回公示由一人提出、另一人批准，您是提出人。",
            "One person proposes the withdrawal, another approves it; you proposed it.",
        ),
        Text("职责分离规则（domain 3.2）", "Separation of duties (3.2)"),
    ),
    Duty(
        "P07",
        frozenset({"DecideCreditRepair"}),
        _repair_noted_by,
        Text(
            "信用修复由一人登记、另一人决定，您是登记人。",
            "One person notes the application, another decides; you noted it.",
        ),
        Text("职责分离规则（domain 3.2）", "Separation of duties (3.2)"),
    ),
    Duty(
        "P08",
        frozenset({"RecordDiscussion", "DiscussExtension", "DiscussRecusal", "DiscussOwnRevision"}),
        _handlers,
        Text(
            "集体讨论由非办案人员记录。",
            "The collective discussion is recorded by someone who did not handle the case.",
        ),
        Text("《行政处罚法》第五十七条", "Administrative Penalty Law art. 57"),
    ),
)


def against(command: str, people: frozenset[uuid.UUID], record: Record) -> list[Violation]:
    """The duties that stand between these people (the actor and whom they act for) and the act."""
    return [
        Violation(duty.rule, duty.message, duty.article)
        for duty in DUTIES
        if (duty.commands is EVERY or command in duty.commands) and duty.excluded(record) & people
    ]


def excluded(command: str, record: Record) -> frozenset[uuid.UUID]:
    """Everyone to whom a task with this command must not be offered."""
    out: frozenset[uuid.UUID] = frozenset()
    for duty in DUTIES:
        if duty.commands is EVERY or command in duty.commands:
            out |= duty.excluded(record)
    return out
