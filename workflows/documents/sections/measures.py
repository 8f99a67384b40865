"""Sections of measures on goods, entrusted tests and letters of assistance."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from models.appraisal import Appraisal
from models.assistance import AssistanceRequest
from models.measure import Measure, MeasureDisposal, MeasureItem
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import count, day, moment

_REPLIES = {
    "answered": "已复函",
    "partly": "部分提供",
    "refused": "拒绝协助",
    "none": "逾期未复",
}
_OTHER_KINDS = {"hold": "先行登记保存", "sampling": "抽样取证"}
_SIGNED = {"refused": "当事人拒绝签名", "absent": "当事人不在场"}


def appraisal(context: Context) -> Section | None:
    """委托检测、检验、鉴定、评估、认定."""
    row = context.record.current(Appraisal)
    if row is None:
        return None
    return {
        "kind": context.labels("appraisal_kind", row.kind),
        "question": row.question,
        "material": row.material,
        "institution": row.institution,
        "qualification": row.qualification,
        "licence": row.licence_no,
        "licence_until": day(row.licence_until),
        "letter": row.letter_no,
        "sent_on": day(row.sent_at),
        "until": day(row.period_until),
        "seized": row.measure_id is not None,
        "retest": row.retest_of_id is not None,
        "report": row.report_no or "",
        "received_on": day(row.received_at),
        "appraisers": row.appraisers or "",
        "conclusion": row.conclusion or "",
        "objection_until": day(row.objection_until),
        "officers": context.officers(row, row.sent_at),
    }


def measure(context: Context) -> Section | None:
    """查封、扣押、先行登记保存、抽样取证."""
    subject = context.record.subject_row
    if isinstance(subject, MeasureDisposal):
        return _measure(subject.measure, context)
    row = context.record.current(Measure)
    return None if row is None else _measure(row, context)


def _measure(row: Measure, context: Context) -> Section:
    taken = row.executed_at or row.recorded_at
    return {
        "kind": _OTHER_KINDS.get(row.kind) or context.labels("measure", row.kind),
        "urgent": row.urgent,
        "reason": row.reason,
        "basis": row.basis,
        "place": row.place,
        "number": row.number or "",
        "proposed_by": context.record.name(row.proposed_by_id),
        "proposed_on": day(row.recorded_at),
        "at": moment(row.executed_at),
        "on": day(taken),
        "until": day(row.until),
        "keeper": row.keeper or "",
        "storage": row.storage_place or "",
        "present": row.present_person or "",
        "statement": row.statement or "",
        "extension": count(row.extension_days) if row.extension_days else "",
        "extension_reason": row.extension_reason or "",
        "items": [goods_line(item) for item in row.items],
        "officers": context.officers(row, taken),
        "camera": "已开启执法记录仪全过程记录" if row.body_camera else "未使用执法记录仪",
        **_signature(row),
    }


def disposal(context: Context) -> Section | None:
    """What was decided about goods: 解除、没收、销毁、移交, 登记保存的处理."""
    row = context.record.current(MeasureDisposal)
    if row is None:
        return None
    done = row.done_at or row.recorded_at
    return {
        "way": context.labels("goods_disposal", row.way),
        "released": row.way in ("release", "lapsed"),
        "handed_over": row.way == "hand_over",
        "ground": context.labels("release_ground", row.ground) if row.ground else "",
        "reason": row.reason,
        "receiver": row.receiver or "",
        "condition": row.condition or "",
        "on": day(done),
        "proposed_by": context.record.name(row.proposed_by_id),
        "proposed_on": day(row.recorded_at),
        "items": [goods_line(item) for item in _of(row.measure.items, row.numbers)],
        "officers": context.officers(row, done),
        **_signature(row),
    }


def assistance(context: Context) -> Section | None:
    """协助调查函和复函."""
    row = context.record.current(AssistanceRequest)
    if row is None:
        return None
    return {
        "to": row.to_agency,
        "matters": row.matters,
        "reason": row.reason,
        "basis": row.basis,
        "letter": row.letter_no,
        "sent_on": day(row.sent_at),
        "contact": row.contact_name,
        "phone": row.contact_phone,
        "reply": _REPLIES.get(row.reply or "", ""),
        "reply_no": row.reply_no or "",
        "replied_on": day(row.replied_at),
        "reply_text": row.reply_text or row.refusal_reason or "",
    }


def _of(items: Iterable[MeasureItem], numbers: Iterable[int]) -> list[MeasureItem]:
    wanted = set(numbers)
    return [item for item in items if item.number in wanted]


def goods_line(item: MeasureItem) -> Section:
    """One line of the list of goods."""
    return {
        "number": str(item.number),
        "name": item.name,
        "spec": item.spec,
        "quantity": _plain(item.quantity),
        "unit": item.unit,
        "condition": item.condition,
        "batch": item.batch,
        "base": item.base,
        "seal": item.seal_no,
    }


def _plain(quantity: Decimal) -> str:
    """86 and 12.5, without the zeros that the database adds."""
    return f"{quantity:f}".rstrip("0").rstrip(".") if "." in f"{quantity:f}" else f"{quantity:f}"


def _signature(row: Measure | MeasureDisposal) -> Section:
    manner = _SIGNED.get(row.party_signature or "", "")
    return {
        "signed": not manner,
        "note": "。".join(p.rstrip("。") for p in (manner, row.signature_note) if p),
        "witness": row.witness_name or "",
    }
