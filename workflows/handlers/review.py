"""Reviews, the notice and the statement."""

from typing import Any

from models.joint_review import ReviewObjection
from models.notice import Notice, Reexamination, Statement
from models.report import terms_of
from models.review import ReviewOpinion
from models.review_clocks import REVIEW_LEVEL_CLOCKS
from models.service import Method
from models.types import Flag, Role
from workflows.act import Act, Issue, Outcome, told
from workflows.announcing import announce, outcome_of
from workflows.commands.review import (
    ApproveNotice,
    RecordStatement,
    ReexamineStatement,
    ReviewReport,
    ServeNotice,
    SubmitReviewOpinion,
)
from workflows.guards.joint_review import review_ground, review_levels
from workflows.guards.thresholds import hearing_scope
from workflows.rows import add_items, add_opinion, add_service, add_waiver
from workflows.served import EFFECTS
from workflows.serving import paper_of


def review_report(act: Act, c: ReviewReport) -> Outcome:
    """The unit head supports the report or returns it; where the legal review comes next, its
    clock starts."""
    add_opinion(act, "review_report", c.outcome, c.opinion)
    if c.outcome == "return":
        return Outcome(
            events=[
                told(
                    "case:report:returned",
                    f"退回报告：{c.opinion}",
                    f"Report returned: {c.opinion}",
                )
            ],
            routing={"outcome": "return"},
        )
    if act.pack is None or not act.pack.manifest.review_after_notice:
        act.clocks.start("CLK_LEGAL_REVIEW", act.now)
    return Outcome(
        events=[
            told(
                "case:report:agreed",
                "同意调查终结报告。",
                "Final report supported.",
            )
        ],
        routing={"outcome": "agree"},
        documents=[Issue("D30", None, act.record.report)],
    )


def submit_review_opinion(act: Act, c: SubmitReviewOpinion) -> Outcome:
    """One round of legal review (D31)."""
    report = act.record.report
    assert report is not None
    row = ReviewOpinion(
        **act.stamp(),
        round=act.round(act.record.reviews),
        report_id=report.id,
        review=c.review,
        opinion=c.opinion,
        passed=c.review == "pass",
        failure_reasons=[] if c.review == "pass" else list(c.failure_reasons),
        reasons=c.reasons or "",
        checklist=[dict(item) for item in c.checklist],
        reviewer_id=act.actor.person_id,
        **levels_of(act),
    )
    act.session.add(row)
    act.clocks.meet("CLK_LEGAL_REVIEW", act.now)
    _close_requests(act)
    act.session.flush()
    add_objections(act, row)
    zh, en = REVIEWS[c.review]
    reasons = f"：{c.reasons}" if c.reasons else "。"
    return Outcome(
        events=[
            told(
                f"case:review:{'passed' if row.passed else 'returned'}",
                f"法制审核第{row.round}轮，{zh}{reasons}",
                f"Legal review, round {row.round}: {en}. {c.reasons or ''}".rstrip(),
                round=row.round,
                failure_reasons=row.failure_reasons,
            )
        ],
        routing={"review": c.review},
        documents=[Issue("D31", act.numbers.take("审"), row)],
    )


def levels_of(act: Act) -> dict[str, Any]:
    """At which level the opinion is given, and what the tables say of this case."""
    ground, reason = review_ground(act)
    town = act.grant is not None and act.grant.role == Role.TOWN_LEGAL
    return {
        "level": "town" if town else "agency",
        "ground": {"level": ground, "zh": reason.zh, "en": reason.en},
        "levels": [
            {"level": str(each.level), "zh": each.reason.zh, "en": each.reason.en}
            for each in review_levels(act)
        ],
    }


def _close_requests(act: Act) -> None:
    """The statutory opinion ends the round: what was asked and not answered lapses."""
    for code in REVIEW_LEVEL_CLOCKS.values():
        act.clocks.cancel(code)


def add_objections(act: Act, row: ReviewOpinion) -> None:
    """One objection for each fault named, and for each item of the checklist not met."""
    if row.passed:
        return
    unmet = [line for line in row.checklist if line.get("result") == "not_met"]
    faults: list[tuple[str | None, str | None, str]] = [
        (code, None, row.reasons) for code in row.failure_reasons
    ]
    faults += [(None, str(line["item"]), str(line.get("note") or "")) for line in unmet]
    first = len(act.record.all(ReviewObjection)) + 1
    act.session.add_all(
        ReviewObjection(
            **act.stamp(), number=number, review_id=row.id, reason=code, item=item, text=text
        )
        for number, (code, item, text) in enumerate(faults, first)
    )


REVIEWS = {
    "pass": ("审核通过", "passed"),
    "supplement": ("建议补充调查", "more investigation asked for"),
    "return": ("退回", "returned"),
}


def approve_notice(act: Act, c: ApproveNotice) -> Outcome:
    """The leader approves what will be notified; the notice gets its number (告)."""
    add_opinion(act, "approve_notice", c.outcome, c.opinion)
    if c.outcome == "return":
        return Outcome(
            events=[
                told(
                    "case:proposal:returned",
                    f"退回处罚建议：{c.opinion}",
                    f"Proposal returned: {c.opinion}",
                )
            ],
            routing={"outcome": "return"},
        )
    report = act.record.report
    assert report is not None
    # A new notice takes the place of the last one, and of the period that ran for it.
    act.clocks.cancel("CLK_STATE")
    act.clocks.cancel("CLK_HEARING_REQ")
    scope = hearing_scope(act, report.penalty_kinds, report.fine, report.confiscated_amount)
    row = Notice(
        **act.stamp(),
        round=act.round(act.record.all(Notice)),
        report_id=report.id,
        number=act.numbers.take("听告" if scope else "告"),
        facts=report.facts,
        hearing_right=scope is not None,
        hearing_reason=scope.zh if scope else None,
        **terms_of(report),
    )
    act.session.add(row)
    act.session.flush()
    return Outcome(
        events=[
            told(
                "case:notice:approved",
                f"批准处罚建议，制发告知书{row.number}。",
                f"Proposal approved; notice {row.number} issued.",
                number=row.number,
            )
        ],
        routing={"outcome": "agree"},
        documents=[Issue("D33", None, report), Issue(row.document_kind, row.number, row)],
    )


def serve_notice(act: Act, c: ServeNotice) -> Outcome:
    """Serve the notice; CLK_STATE starts with service. Announced, it is served at the end of the
    announcement, whose time does not count for the case (MSA 64)."""
    paper = paper_of(act.record, "ServeNotice")
    assert paper is not None
    if c.service_method == Method.ANNOUNCEMENT:
        found = announce(act, c, c.second_handler, paper)
        return outcome_of(found, paper.title, service="announced")
    number = paper.number or ""
    _, receipt = add_service(act, c, c.second_handler, kind=paper.kind, number=number)
    EFFECTS[paper.kind].take(act, c.served_at)
    clock = act.clocks.last("CLK_STATE")
    assert clock is not None
    return Outcome(
        events=[
            told(
                "case:notice:served",
                f"送达告知书，陈述申辩至{clock.outer_day.isoformat()}。",
                f"Notice served; statements until {clock.outer_day.isoformat()}.",
            )
        ],
        routing={"service": "served"},
        documents=[receipt],
    )


def record_statement(act: Act, c: RecordStatement) -> Outcome:
    """Record a statement or a written waiver (D36). The period itself runs on after a statement."""
    notice, party = act.record.notice, act.case.party
    assert notice is not None
    row = Statement(
        **act.stamp(),
        notice_id=notice.id,
        statement=c.statement,
        stated_at=c.stated_at,
        way=c.statement_way,
        stated_by=c.stated_by or (party.name if party else ""),
        content=c.content,
        waiver_signed=bool(c.waiver_signed),
    )
    act.session.add(row)
    add_items(act, c.evidence, "record_statement", None)
    waived = c.statement == "waived"
    if waived:
        notice.waived_at = c.stated_at
        act.clocks.meet("CLK_STATE", c.stated_at)
        act.case.flag(Flag.WAIVED)
    if c.hearing_waived:
        add_waiver(act, c.stated_at, row.stated_by)
    text = (
        ("当事人书面放弃陈述申辩。", "The party waived its statement in writing.")
        if waived
        else (f"当事人陈述申辩：{c.content}", f"The party stated: {c.content}")
    )
    return Outcome(
        events=[told(f"case:statement:{c.statement}", *text)],
        routing={"statement": c.statement},
        documents=[Issue("D36", None, row)],
    )


def reexamine_statement(act: Act, c: ReexamineStatement) -> Outcome:
    """Answer the statement in writing (D37)."""
    statement = act.record.statement
    assert statement is not None
    row = Reexamination(
        **act.stamp(),
        statement_id=statement.id,
        reexamination=c.reexamination,
        accepted=c.accepted,
        reasons=c.reasons,
        person_id=act.actor.person_id,
    )
    act.session.add(row)
    zh = "采纳，调整建议" if c.reexamination == "changed" else "维持原建议"
    en = "accepted, proposal changes" if c.reexamination == "changed" else "proposal upheld"
    return Outcome(
        events=[
            told(
                "case:statement:reexamined",
                f"复核陈述申辩：{zh}。",
                f"Statement re-examined: {en}.",
            )
        ],
        routing={"reexamination": c.reexamination},
        documents=[Issue("D37", None, row)],
    )
