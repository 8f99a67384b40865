"""Sections after the decision: service, payment, transfer, closing, archive."""

from __future__ import annotations

from decimal import Decimal

from models.closing import ArchiveVolume, Closing
from models.payment import Payment
from models.service import Method, ProofOfService
from models.transfer import Transfer
from workflows.documents.catalogue import KINDS
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day, moment, money

_SENT = {"in_person": "当面移交", "mail": "邮寄", "platform": "执法平台流转"}
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


def service(context: Context) -> Section | None:
    row = context.record.current(ProofOfService)
    return None if row is None else _service(row, context)


def services(context: Context) -> list[Section]:
    return [_service(row, context) for row in context.record.all(ProofOfService)]


def _service(row: ProofOfService, context: Context) -> Section:
    relation = row.receiver_relation
    kind = KINDS.get(row.document_kind)
    deemed = row.service_method == Method.ANNOUNCEMENT
    return {
        "document": kind.title if kind else row.document_kind,
        "document_number": row.document_number,
        "number": row.receipt_number,
        "method": context.labels("service_method", row.service_method),
        "method_code": row.service_method,
        "at": day(row.served_at) if deemed else moment(row.served_at),
        "on": day(row.served_at),
        "place": row.service_place or "",
        "receiver": row.receiver_name or "",
        "relation": context.labels("receiver_relation", relation) if relation else "",
        "refusal": row.refusal_reason or "",
        "witness": row.witness_name or "",
        "tracking": row.tracking_number or "",
        "electronic": row.electronic_address or "",
        "refused_by": row.refused_by or "",
        "difficulty": row.difficulty_reason or "",
        "organ": row.organ_name or "",
        "organ_kind": context.labels("forwarding_organ", row.organ_kind) if row.organ_kind else "",
        "returned": row.returned_reason or "" if row.mail_result == "returned" else "",
        "helpers": row.helpers or "",
        "announced": row.announcement_place or "",
        "announcement_reason": row.announcement_reason or "",
        "credit_notice": row.credit_notice_served,
        "officers": context.officers(row, row.served_at),
    }


def payments(context: Context) -> Section:
    rows = context.record.all(Payment)
    paid = sum((row.amount for row in rows), Decimal(0))
    surcharge = sum((row.surcharge_amount for row in rows), Decimal(0))
    return {
        "paid": money(paid),
        "surcharge": money(surcharge),
        "rows": [
            {
                "on": day(row.paid_at),
                "amount": money(row.amount),
                "surcharge": money(row.surcharge_amount),
                "channel": context.labels("payment_channel", row.channel),
                "receipt": row.receipt_no,
                "payer": row.payer_name,
            }
            for row in rows
        ],
    }


def transfer(context: Context) -> Section | None:
    row = context.record.current(Transfer)
    if row is None:
        return None
    return {
        "kind": context.labels("transfer_kind", row.kind),
        "to": row.to_agency,
        "reason": row.reason,
        "by": context.record.name(row.proposed_by_id),
        "approved_on": day(row.approved_at),
        "sent_on": day(row.sent_at),
        "way": _SENT.get(row.sending_method or "", ""),
        "receiver": row.receiver_name or "",
        "receipt": row.receipt_no or "",
        "enclosures": context.texts("transfer_enclosure", row.enclosures),
        "contact": row.contact_name or "",
        "phone": row.contact_phone or "",
        "goods": row.goods_note or "",
    }


def closing(context: Context) -> Section | None:
    row = context.record.current(Closing)
    if row is None:
        return None
    result = row.correction_result
    return {
        "ground": context.labels("closing_ground", row.closing_ground),
        "execution": context.labels("execution_state", row.execution),
        "summary": row.summary,
        "correction": context.labels("correction_result", result) if result else "",
        "goods": "已依法处理（或者没有涉案财物）" if row.goods_disposed else "尚未处理",
        "measures": "已解除（或者未采取）" if row.measures_released else "尚未解除",
        "by": context.record.name(row.proposed_by_id),
        "on": day(row.recorded_at),
        "approved_on": day(row.approved_at),
    }


def archive(context: Context) -> Section | None:
    row = context.record.current(ArchiveVolume)
    if row is None:
        return None
    return {
        "number": row.archive_no,
        "supplement": row.supplement,
        "retention": context.labels("retention", row.retention),
        "volumes": row.volumes,
        "main_pages": row.main_pages,
        "secondary_pages": row.secondary_pages,
        "place": row.storage_place or "",
        "note": row.note or "",
        "by": context.record.name(row.archived_by_id),
        "on": day(row.recorded_at),
    }
