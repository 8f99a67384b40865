"""Sections from the lead to the end of the investigation (线索、立案、调查)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.correction import CorrectionOrder, Recheck
from models.inquiry import InvestigationRecord
from models.verification import FilingProposal, Verification
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day, moment, span

_CONCLUSIONS = {
    "file": "建议立案",
    "not_file": "建议不予立案",
    "transfer": "建议移送有管辖权的机关",
    "order_correction": "先行责令改正",
}
_CONDITIONS = {
    "initial_evidence": "有证据初步证明存在违法行为",
    "punishable": "依法应当给予行政处罚",
    "own_jurisdiction": "属于本机关管辖",
    "within_limitation": "在法定追责时效以内",
}
RESULTS = {"corrected": "已改正", "not_corrected": "未改正", "partly_corrected": "部分改正"}
_PROPOSALS = {
    "penalty": "给予行政处罚",
    "no_penalty": "不予行政处罚",
    "transfer": "移送其他机关处理",
    "withdraw": "撤销立案",
}


def verification(context: Context) -> Section | None:
    row = context.record.current(Verification)
    if row is None:
        return None
    return {
        "at": moment(row.verified_at),
        "on": day(row.verified_at),
        "officers": context.officers(row, row.verified_at),
        "findings": row.findings,
        "conclusion": _CONCLUSIONS.get(row.conclusion, row.conclusion),
    }


def filing(context: Context) -> Section | None:
    row = context.record.current(FilingProposal)
    if row is None:
        return None
    return {
        "file": row.file,
        "facts": row.facts,
        "conditions": [_CONDITIONS.get(code, code) for code in row.conditions],
        "ground": context.labels("not_filing_ground", row.ground) if row.ground else "",
        "education": row.education or "",
        "informant_told": row.informant_told,
        "by": context.record.name(row.proposed_by_id),
        "on": day(row.recorded_at),
        "decided_on": day(row.decided_at),
    }


def correction(context: Context) -> Section | None:
    row = context.record.current(CorrectionOrder)
    if row is None:
        return None
    return {
        "facts": row.facts,
        "demand": row.demand,
        "on": day(row.ordered_at),
        "deadline": moment(row.deadline),
        "recheck_on": day(row.recheck_on),
        "officers": context.officers(row, row.ordered_at),
    }


def recheck(context: Context) -> Section | None:
    row = context.record.current(Recheck)
    if row is None:
        return None
    return {
        "at": moment(row.rechecked_at),
        "on": day(row.rechecked_at),
        "result": RESULTS.get(row.result, context.labels("correction_result", row.result)),
        "findings": row.findings,
        "officers": context.officers(row, row.rechecked_at),
        **_signature(row),
    }


def address(context: Context) -> Section | None:
    """Where papers reach the party, as it confirmed (送达地址确认)."""
    party = context.record.case.party
    row = context.record.current(InvestigationRecord)
    if party is None or row is None:
        return None
    return {
        "place": party.service_address or party.address or "",
        "electronic": (party.electronic_address or "") if party.electronic_service_agreed else "",
        "phone": party.phone or "",
        "receiver": party.representative_name or party.name,
        "by": row.person_name or party.name,
        "on": day(row.ended_at),
        "officers": context.officers(row, row.started_at),
    }


def _signature(row: Any) -> Section:
    """How the party signed, or why not, with the witness (MSA 21)."""
    manner = {"refused": "当事人拒绝签名", "absent": "当事人不在场"}.get(row.party_signature, "")
    return {
        "signed": row.party_signature == "signed",
        "note": "。".join(part.rstrip("。") for part in (manner, row.signature_note) if part),
        "witness": row.witness_name or "",
        "camera": "已开启执法记录仪全过程记录" if row.body_camera else "未使用执法记录仪",
    }


def investigation(kind: str) -> Callable[[Context], Section | None]:
    """The current inspection or questioning."""

    def section(context: Context) -> Section | None:
        row = context.record.subject_row
        if not isinstance(row, InvestigationRecord) or row.kind != kind:
            rows = [one for one in context.record.all(InvestigationRecord) if one.kind == kind]
            row = rows[-1] if rows else None
        if row is None:
            return None
        relation = row.person_relation
        return {
            "time": span(row.started_at, row.ended_at),
            "on": day(row.started_at),
            "place": row.place,
            "findings": row.findings,
            "person": row.person_name or "",
            "relation": context.labels("person_relation", relation) if relation else "",
            "details": {key: str(value) for key, value in row.person_details.items() if value},
            "questions": [
                {"question": one["question"], "answer": one["answer"]} for one in row.answers
            ],
            "recusal": "申请回避" if row.recusal_requested else "不申请回避",
            "officers": context.officers(row, row.started_at),
            **_signature(row),
        }

    return section
