"""Sections of the short procedures: the decision on the spot, the consent to quick handling."""

from __future__ import annotations

from models.quick import QuickConsent
from models.spot import CashTaken, SpotPenalty
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day, moment, money

_GROUNDS = {
    "small": "罚款数额在当场收缴限额以内",
    "hard_later": "不当场收缴事后难以执行",
    "remote": "边远、水上、交通不便地区，当事人提出当场缴纳",
}


def spot(context: Context) -> Section | None:
    row = context.record.current(SpotPenalty)
    if row is None:
        return None
    cash = context.record.current(CashTaken)
    return {
        "seen_at": moment(row.seen_at),
        "on": day(row.recorded_at),
        "officers": context.officers(row, row.recorded_at),
        "statement_made": row.statement == "made",
        "content": row.content or "",
        "answer": row.answer or "",
        "signed": row.party_signature == "signed",
        "note": row.signature_note or "",
        "witness": row.witness_name or "",
        "cash": row.payment == "cash",
        "later": row.payment == "later",
        "receipt": cash.receipt_no if cash else "",
        "taken": money(cash.amount) if cash else None,
        "cash_ground": _GROUNDS.get(cash.ground, "") if cash else "",
        "cash_note": (cash.ground_note or "") if cash else "",
    }


def consent(context: Context) -> Section | None:
    row = context.record.current(QuickConsent)
    if row is None:
        return None
    return {
        "at": moment(row.asked_at),
        "on": day(row.asked_at),
        "by": row.person_name,
        "officers": context.officers(row, row.asked_at),
    }
