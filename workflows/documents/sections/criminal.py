"""Sections of transfers to the police, of transfers that came in, of disputes of jurisdiction."""

from __future__ import annotations

from models.criminal import CriminalObjection, CriminalTransfer
from models.measure import Measure
from models.transfer import IncomingTransfer, JurisdictionDispute
from workflows.documents.sections.context import Context, Section
from workflows.documents.sections.measures import goods_line
from workflows.documents.wording import day, moment


def crime(context: Context) -> Section | None:
    """涉嫌犯罪案件的报告、审批和移送."""
    row = context.record.current(CriminalTransfer)
    return None if row is None else _crime(context, row)


def _crime(context: Context, row: CriminalTransfer) -> Section:
    record = context.record
    names = {person.id: person.name for person in record.people.values()}
    return {
        "name": row.crime,
        "facts": row.facts,
        "team": [names.get(key, "") for key in row.team],
        "reported": moment(row.reported_at),
        "reported_by": record.name(row.reported_by_id),
        "approved": bool(row.approved),
        "decision": "批准移送。" if row.approved else f"不批准移送。理由：{row.refusal or ''}",
        "decided": moment(row.decided_at) if row.decided_at else "",
        "head": record.name(row.decided_by_id),
        "acting_for": record.name(row.acting_for_id),
        "number": row.number or "",
        "to": row.police_organ or "",
        "copy": row.procuratorate or "",
        "enclosures": context.texts("criminal_enclosure", row.enclosures),
        "missing": row.missing_note or "",
        "goods": _goods(context),
        "contact": row.contact_name or "",
        "phone": row.contact_phone or "",
        "sent": moment(row.sent_at) if row.sent_at else "",
        "received": moment(row.received_at) if row.received_at else "",
        "receiver": row.receiver_name or "",
        "receipt": row.receipt_no or "",
        "police_document": row.police_document or "",
        "police_reason": row.police_reason or "",
        "police_answered": day(row.police_answered_at),
    }


def _goods(context: Context) -> list[Section]:
    """涉案物品清单：已经采取措施的财物."""
    return [
        goods_line(item)
        for row in context.record.all(Measure)
        if row.executed_at and row.kind != "sampling"
        for item in row.items
    ]


def objection(context: Context) -> Section | None:
    """提请复议、建议立案监督."""
    row = context.record.current(CriminalObjection)
    if row is None:
        return None
    found = [one for one in context.record.all(CriminalTransfer) if one.id == row.transfer_id]
    return {
        "review": row.way == "review",
        "organ": row.organ,
        "reason": row.reason,
        "on": day(row.filed_at),
        "crime": _crime(context, found[-1]) if found else None,
    }


def incoming(context: Context) -> Section | None:
    """移送来件的受理、退回和反馈."""
    row = context.record.current(IncomingTransfer)
    if row is None:
        return None
    return {
        "from": row.from_agency,
        "letter": row.letter_no or "",
        "received": day(row.received_at),
        "accepted": row.accepted_at is not None,
        "reasons": context.texts("transfer_return", row.return_reasons),
        "note": row.answer_note or "",
        "result": context.labels("transfer_result", row.result) if row.result else "",
        "result_note": row.result_note or "",
    }


def dispute(context: Context) -> Section | None:
    """管辖争议和报请指定."""
    row = context.record.current(JurisdictionDispute)
    if row is None:
        return None
    return {
        "with": row.other_agency,
        "reason": row.reason,
        "arose": day(row.arose_at),
        "other_filed": day(row.other_filed_on),
        "negotiated": day(row.negotiated_at),
        "participants": row.participants or "",
        "record": row.record or "",
        "superior": row.superior or "",
    }
