"""Sections of the proposal: final report, legal review, opinions (报告、审核、审批)."""

from __future__ import annotations

from models.correction import CorrectionOrder, Recheck
from models.evidence import Evidence
from models.hearing import HearingSitting
from models.inquiry import InvestigationRecord
from models.report import FinalReport
from models.review import Opinion, ReviewOpinion
from models.types import ReviewLevel
from workflows.documents.sections.context import (
    Context,
    Section,
    settled,
)
from workflows.documents.sections.investigation import RESULTS
from workflows.documents.wording import day, money

_PROPOSALS = {
    "penalty": "给予行政处罚",
    "no_penalty": "不予行政处罚",
    "transfer": "移送其他机关处理",
    "withdraw": "撤销立案",
}
_REVIEWS = {"pass": "审核通过", "supplement": "退回补充调查", "return": "退回办案机构"}
_CHECKS = {"met": "符合", "not_met": "不符合", "not_applicable": "不适用"}
_DEFAULT_OPINIONS = {
    "agree": "同意。",
    "file": "同意立案。",
    "not_file": "同意不予立案。",
    "transfer": "同意移送。",
    "issue": "同意，按此作出决定。",
    "publish": "同意公示。",
    "withhold": "同意不予公示。",
    "close": "同意结案。",
    "withdraw": "同意撤销立案。",
    "return": "退回。",
}


def report(context: Context) -> Section | None:
    row = context.record.current(FinalReport)
    if row is None:
        return None
    record = context.record
    items = [one for one in record.all(Evidence) if one.admissible]
    if row.cited_evidence:
        items = [one for one in items if {str(one.number), str(one.id)} & set(row.cited_evidence)]
    withdrawal = row.withdrawal_ground
    return {
        "round": row.round,
        "proposal": _PROPOSALS.get(row.proposal, row.proposal),
        "penalty": row.proposal == "penalty",
        "course": row.course or _course(context),
        "facts": row.facts,
        "nature": row.nature,
        "cited": [
            {
                "name": one.name,
                "kind": context.labels("evidence_kind", one.kind),
                "collected_on": day(one.collected_at),
                "proves": one.note.removeprefix("证明").rstrip("。；"),
            }
            for one in items
        ],
        "value": money(row.case_value),
        "gain": money(row.illegal_gain),
        "base": money(row.rate_base),
        **settled(row, context),
        "complex": row.complex_or_major,
        "complexity_reason": row.complexity_reason or "",
        "withdrawal_ground": context.labels("withdrawal_ground", withdrawal) if withdrawal else "",
        "withdrawal_reason": row.withdrawal_reason or "",
        "author": record.name(row.author_id),
        "on": day(row.recorded_at),
    }


def _course(context: Context) -> str:
    """The course of the case, told from the rows that exist."""
    record, case = context.record, context.record.case
    told = [
        f"{day(case.clue_at)}，本机关通过{context.labels('case_source', case.source)}发现线索。"
    ]
    if (order := record.current(CorrectionOrder)) is not None:
        told.append(f"{day(order.ordered_at)}，责令当事人限期改正。")
    if (check := record.current(Recheck)) is not None:
        result = RESULTS.get(check.result, check.result)
        told.append(f"{day(check.rechecked_at)}，执法人员复查，当事人{result}。")
    if case.filed_at is not None:
        told.append(f"{day(case.filed_at)}，经批准立案（{case.case_no}）。")
    words = {"inspection": "进行现场检查", "inquiry": "进行询问", "supplement": "补充调查"}
    told += [
        f"{day(row.started_at)}，两名执法人员出示证件并告知权利后{words.get(row.kind, '调查')}。"
        for row in record.all(InvestigationRecord)
    ]
    return "".join(told) + "办案过程中未采取行政强制措施。"


def submission(context: Context) -> Section | None:
    """What goes to the legal review: every paper of the case so far, with its number (送审材料)."""
    row = context.record.current(FinalReport)
    if row is None:
        return None
    record = context.record
    written = record.all(InvestigationRecord)
    counted = [
        ("立案审批表", int(record.case.filed_at is not None)),
        ("责令限期改正通知书", len(record.all(CorrectionOrder))),
        ("复查记录", len(record.all(Recheck))),
        ("现场检查（勘验）笔录", sum(one.kind == "inspection" for one in written)),
        ("询问（调查）笔录", sum(one.kind == "inquiry" for one in written)),
        ("证据材料", sum(one.admissible for one in record.all(Evidence))),
        ("听证笔录", sum(one.held_at is not None for one in record.all(HearingSitting))),
        ("案件调查终结报告", 1),
    ]
    return {
        "round": len(record.all(ReviewOpinion)) + 1,
        "materials": [{"name": name, "count": number} for name, number in counted if number],
        "on": day(context.dated),
    }


_LEVELS = {"town": "街道法制员审核", "agency": "法制审核机构审核"}


def review(context: Context) -> Section | None:
    row = context.record.current(ReviewOpinion)
    if row is None:
        return None
    person = context.record.person(row.reviewer_id)
    return {
        "round": row.round,
        "result": _REVIEWS.get(row.review, row.review),
        "opinion": context.labels("review_opinion", row.opinion),
        "passed": row.passed,
        "failures": context.texts("review_failure", row.failure_reasons),
        "reasons": row.reasons,
        "checklist": [
            {
                "item": context.labels("checklist_item", str(line.get("item", ""))),
                "result": _CHECKS.get(str(line.get("result", "")), ""),
                "note": str(line.get("note") or ""),
            }
            for line in row.checklist
        ],
        "level": _LEVELS.get(row.level, ""),
        "ground": str(row.ground.get("zh") or ""),
        "levels": [
            f"{context.labels('review_level', str(each['level']))}（{each['zh']}）"
            for each in row.levels
            if each["level"] != ReviewLevel.TOWN
        ],
        "by": person.name if person else "",
        "certificate": context.record.certificate(row.reviewer_id, row.recorded_at),
        "qualified": "已取得国家统一法律职业资格" if person and person.legal_qualified else "",
        "on": day(row.recorded_at),
    }


def opinions(context: Context) -> dict[str, list[Section]]:
    """By BPMN element: the opinions of the last round given there before this document."""
    found: dict[str, list[Opinion]] = {}
    for row in context.record.all(Opinion):
        group = found.setdefault(row.element, [])
        if group and group[-1].round < row.round:
            group.clear()
        group.append(row)
    return {element: [_opinion(row, context) for row in rows] for element, rows in found.items()}


def _opinion(row: Opinion, context: Context) -> Section:
    person = context.record.person(row.person_id)
    return {
        "text": row.text or _DEFAULT_OPINIONS.get(row.outcome, "同意。"),
        "name": person.name if person else "",
        "post": person.post if person else "",
        "acting_for": context.record.name(row.acting_for_id),
        "date": day(row.recorded_at),
    }
