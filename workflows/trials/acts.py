"""All acts of made-up cases: who takes which step, after how many working days, in which words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from workflows.trials import beats as b
from workflows.trials.beats import Beat, Data, said
from workflows.trials.tales import Tale


def promise(tale: Tale, at: datetime) -> Data:
    """A spared party promises to correct within three days (D62)."""
    return {
        "promise": "立即改正，今后不再发生同类行为。",
        "signed_at": at,
        "signed_by": tale.someone.speaker,
        "promised_by": at + timedelta(days=3),
        "education": "现场讲解有关规定，当事人表示今后遵守。",
    }


AGREED = said(outcome="agree")
BEATS: Mapping[str, Beat] = {
    "lead": Beat("handler", None, (0, 0), b.lead, True),
    "nameless": Beat("handler", None, (0, 0), b.nameless, True),
    "order_first": Beat("handler", "verify_lead", (0, 2), b.verified("order_correction"), True),
    "order": Beat("handler", "order_correction", (0, 0), b.order, True),
    "not_corrected": Beat(
        "handler", "recheck", (3, 4), b.rechecked("not_corrected", "到期复查，仍未改正。"), True
    ),
    "corrected": Beat(
        "handler", "recheck", (3, 4), b.rechecked("corrected", "到期复查，已经全部改正。"), True
    ),
    "verified": Beat("handler", "verify_lead", (0, 2), b.verified("file"), True),
    "spared": Beat("handler", "verify_lead", (0, 1), b.verified("not_file"), True),
    "exempted": Beat(
        "handler",
        "verify_lead",
        (0, 1),
        b.verified("exempt", exemption_ground="first", harm="slight", corrected_on_spot=True),
        True,
    ),
    "promised": Beat("handler", "sign_commitment", (0, 0), promise, True),
    "promise_kept": Beat(
        "handler",
        "recheck_commitment",
        (1, 2),
        said(kept=True, findings="复查时已经改正，承诺已经履行。"),
        True,
    ),
    "elsewhere": Beat("handler", "verify_lead", (0, 2), b.verified("transfer", **b.TRANSFER), True),
    "extended": Beat(
        "deputy",
        None,
        (5, 7),
        said(reason="当事人住所需要向外地核实。"),
        command="ExtendVerification",
    ),
    "propose": Beat("handler", "propose_filing", (0, 0), b.propose),
    "propose_not": Beat("handler", "propose_not_filing", (0, 0), b.spare),
    "head_returns": Beat(
        "head", "review_filing", (0, 1), said(outcome="return", opinion="请补充当事人身份材料。")
    ),
    "head_files": Beat("head", "review_filing", (0, 1), b.handlers),
    "head_spares": Beat("head", "review_filing", (0, 1), AGREED),
    "filed": Beat("deputy", "approve_filing", (0, 1), said(outcome="file")),
    "not_filed": Beat(
        "deputy", "approve_filing", (0, 1), said(outcome="not_file", opinion="同意不予立案。")
    ),
    "inspect": Beat("handler", "inspect", (1, 2), b.inspect, True),
    "inquire": Beat("handler", "inquire", (0, 3), b.inquire, True),
    "report": Beat("handler", "write_report", (1, 4), b.report),
    "report_major": Beat("handler", "write_report", (1, 4), b.report_major),
    "report_lower": Beat("handler", "write_report", (1, 2), b.report_lower),
    "report_spare": Beat("handler", "write_report", (1, 3), b.report_spare),
    "report_withdraw": Beat("handler", "write_report", (1, 3), b.report_withdraw),
    "report_transfer": Beat("handler", "write_report", (1, 3), b.report_transfer),
    "report_returned": Beat(
        "head",
        "review_report",
        (0, 2),
        said(outcome="return", opinion="请写明占用面积的测量方法。"),
    ),
    "report_agreed": Beat("head", "review_report", (0, 2), AGREED),
    "passed": Beat("reviewer", "legal_review", (1, 5), said(review="pass")),
    "supplement_asked": Beat(
        "reviewer",
        "legal_review",
        (1, 4),
        said(
            review="supplement",
            opinion="supplement",
            failure_reasons=["evidence_incomplete"],
            reasons="缺少当事人主体资格材料。",
        ),
    ),
    "sent_back": Beat(
        "reviewer",
        "legal_review",
        (1, 4),
        said(
            review="return",
            opinion="correct",
            failure_reasons=["nature_wrong"],
            reasons="请核对适用条款。",
        ),
    ),
    "supplemented": Beat(
        "handler", "supplement", (1, 3), said(summary="已调取当事人主体资格材料。"), True
    ),
    "answered": Beat(
        "handler",
        None,
        (0, 1),
        said(answers=[{"objection": "1", "answer": "accepted", "text": "已按审核意见改正。"}]),
        command="AnswerObjections",
    ),
    "notice": Beat("deputy", "approve_notice", (1, 2), AGREED),
    "notice_served": Beat("handler", "serve_notice", (1, 3), b.served, True),
    "made": Beat("handler", "record_statement", (1, 3), b.made),
    "waived": Beat("handler", "record_statement", (1, 2), b.waived),
    "upheld": Beat(
        "reviewer",
        "reexamine_statement",
        (1, 2),
        said(reexamination="upheld", accepted="none", reasons="拟处罚款已考虑改正情况，不再降低。"),
    ),
    "changed": Beat(
        "reviewer",
        "reexamine_statement",
        (1, 2),
        said(reexamination="changed", accepted="part", reasons="采纳当事人的意见，建议降低罚款。"),
    ),
    "convened": Beat("chief", "convene_discussion", (1, 2), b.convene),
    "convened_late": Beat("chief", "convene_discussion", (8, 9), b.convene),
    "discussed": Beat("recorder", "hold_discussion", (3, 4), b.discuss),
    "signed": Beat("chief", "sign_minutes", (0, 1), said()),
    "decided": Beat("deputy", "issue_decision", (1, 3), said(outcome="issue")),
    "decided_after_silence": Beat("deputy", "issue_decision", (7, 9), said(outcome="issue")),
    "decided_after_answer": Beat("deputy", "issue_decision", (5, 7), said(outcome="issue")),
    "decision_served": Beat("handler", "serve_decision", (1, 4), b.served, True),
    "publish": Beat("publisher", "prepare_disclosure", (1, 2), b.publish),
    "publish_returned": Beat(
        "deputy", "release_disclosure", (0, 1), said(outcome="return", opinion="请再核对遮盖内容。")
    ),
    "published": Beat("deputy", "release_disclosure", (0, 1), said(outcome="publish")),
    "withhold": Beat("publisher", "prepare_disclosure", (1, 2), b.withhold),
    "withheld": Beat(
        "deputy", "release_disclosure", (0, 1), said(outcome="withhold", opinion="同意不予公示。")
    ),
    "paid": Beat("cashier", "record_payment", (1, 6), b.pays(None)),
    "half_paid": Beat("cashier", "record_payment", (2, 4), b.pays(Decimal("0.5"))),
    "close_proposed": Beat(
        "handler",
        "propose_closing",
        (1, 3),
        b.closing("performed", "performed", "罚款已缴清，决定已公示，案件办结。"),
    ),
    "close_spared": Beat(
        "handler",
        "propose_closing",
        (1, 3),
        b.closing("no_penalty", "none", "不予行政处罚决定已送达，案件办结。"),
    ),
    "close_returned": Beat(
        "head", "review_closing", (0, 2), said(outcome="return", opinion="请写明改正情况。")
    ),
    "close_reviewed": Beat("head", "review_closing", (0, 2), AGREED),
    "closed": Beat("deputy", "approve_closing", (0, 2), said(outcome="close")),
    "archived": Beat(
        "archivist", "archive_file", (1, 8), said(retention="ten_years", complete=True)
    ),
    "withdrawn": Beat("deputy", "approve_withdrawal", (1, 2), said(outcome="withdraw")),
    "transfer": Beat("deputy", "approve_transfer", (1, 2), said(outcome="transfer")),
    "sent": Beat("handler", "send_transfer", (0, 2), b.send),
    "fed_back": Beat(
        "handler",
        "follow_transfer",
        (5, 15),
        said(answer="result", result="filed", document_no="示例受移〔2025〕1号"),
    ),
}
