"""Decision, its service and payment."""

from typing import Any

from models.decision import Decision
from models.exemption import GROUNDS
from models.service import Method
from models.types import DecisionType
from workflows.act import Act, Issue, Outcome, told
from workflows.announcing import announce, outcome_of
from workflows.commands.decision import IssueDecision, ServeDecision
from workflows.guards.matter import later_lighter
from workflows.rows import add_first_violation, add_opinion, add_service, case_name
from workflows.served import EFFECTS
from workflows.serving import paper_of


def issue_decision(act: Act, c: IssueDecision) -> Outcome:
    """Decide: number (罚决/不罚决), the basis as it stands today, D43 or D45; or return."""
    add_opinion(act, "issue_decision", c.outcome, c.opinion)
    if c.outcome == "return":
        return Outcome(
            events=[told("case:decision:returned", f"退回：{c.opinion}", f"Returned: {c.opinion}")],
            routing={"outcome": "return"},
        )
    row = _decision(act, c)
    act.session.add(row)
    case = act.case
    case.decided_at = act.now
    case.name = case_name(case)
    act.clocks.meet("CLK_CASE", act.now)
    act.clocks.meet("CLK_FAST_TRACK", act.now)
    act.clocks.start("CLK_PUBLISH", act.now)
    act.clocks.start("CLK_SERVE", act.now)
    act.session.flush()
    penalty = c.decision == "penalty"
    if row.no_penalty_ground in GROUNDS:
        add_first_violation(act, str(row.no_penalty_ground), row.number)
    zh = f"作出处罚决定{row.number}" if penalty else f"作出不予处罚决定{row.number}"
    en = f"{'Penalty' if penalty else 'No-penalty'} decision {row.number}"
    if row.fine is not None:
        zh, en = f"{zh}，罚款{row.fine}元", f"{en}, fine {row.fine} yuan"
    return Outcome(
        events=[told("case:decision:issued", zh + "。", en + ".", number=row.number)],
        routing={"outcome": "issue", "decision": str(c.decision)},
        documents=[Issue("D43" if penalty else "D45", row.number, row)],
    )


def _decision(act: Act, c: IssueDecision) -> Decision:
    report, notice = act.record.report, act.record.notice
    discussion, hearing = act.record.discussion, act.record.hearing
    assert report is not None
    penalty = c.decision == "penalty"
    ground = c.no_penalty_ground or report.no_penalty_ground
    passed = [r for r in act.record.reviews if r.passed and r.report_id == report.id]
    return Decision(
        **act.stamp(),
        subject_id=act.case.subject_id,
        number=act.numbers.take("罚决" if penalty else "不罚决"),
        decision=c.decision,
        decision_type=DecisionType.PENALTY if penalty else DecisionType.without(ground),
        decided_at=act.now,
        decided_by_id=act.actor.person_id,
        report_id=report.id,
        review_id=passed[-1].id if passed else None,
        notice_id=notice.id if notice and penalty else None,
        discussion_id=discussion.id if discussion and discussion.signed_at else None,
        notified_fine=notice.fine if notice and penalty else None,
        facts=c.facts or report.facts,
        basis=_basis(act),
        penalty_kinds=list(c.penalty_kinds) if penalty else [],
        fine=c.fine if penalty else None,
        confiscated_amount=c.confiscated_amount if penalty else None,
        licence=c.licence if penalty else None,
        penalty_content=c.penalty_content if penalty else None,
        correction_demand=c.correction_demand,
        correction_deadline=c.correction_deadline,
        discretion_level=c.discretion_level,
        discretion_factors=list(c.discretion_factors),
        discretion_reason=c.discretion_reason,
        discretion_standard=report.discretion_standard if penalty else None,
        law_applied="later_lighter" if later_lighter(act) else "act_date",
        deviation_reason=report.deviation_reason if penalty else None,
        mitigation_ground=c.mitigation_ground,
        statement_adoption=c.statement_adoption,
        hearing_id=hearing.id if hearing and hearing.held and penalty else None,
        hearing_adoption=c.hearing_adoption,
        no_penalty_ground=None if penalty else ground,
        education=None if penalty else c.education or report.education,
    )


def _basis(act: Act) -> list[dict[str, Any]]:
    """The basis with its text as of today: the decision keeps what it was made on, be it the law
    of the act's day or a lighter later one (从旧兼从轻, APL 37)."""
    matter = later_lighter(act) or act.record.matter
    assert matter is not None
    return [dict(entry) for entry in matter.basis]


def serve_decision(act: Act, c: ServeDecision) -> Outcome:
    """Serve the decision: CLK_SERVE is met; payment and remedy periods start with receipt.

    An announcement meets CLK_SERVE too, for the agency has done its part; the other periods wait
    for its end.
    """
    paper = paper_of(act.record, "ServeDecision")
    assert paper is not None
    routing = {"payment": "due" if act.record.payable() > 0 else "none"}
    if c.service_method == Method.ANNOUNCEMENT:
        act.clocks.meet("CLK_SERVE", c.served_at)
        found = announce(act, c, c.second_handler, paper, credit=c.credit_notice_served)
        return outcome_of(found, paper.title, service="announced", **routing)
    number = paper.number or ""
    row, receipt = add_service(act, c, c.second_handler, kind=paper.kind, number=number)
    row.credit_notice_served = c.credit_notice_served
    EFFECTS[paper.kind].take(act, c.served_at)
    return Outcome(
        events=[told("case:decision:served", "送达决定书。", "Decision served.")],
        routing={"service": "served", **routing},
        documents=[receipt],
    )
