"""Sections of the money of a decision: plans, urging letters, surcharge, refunds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from models.instalment import InstalmentPlan
from models.refund import Refund
from models.surcharge import SurchargeDecision
from models.urging import Urging
from workflows.documents.sections.context import Context, Section
from workflows.documents.sections.opinions import said_since
from workflows.documents.wording import day, moment, money


def plan(context: Context) -> Section | None:
    """延期、分期缴纳：申请、审批、批准书、违约告知."""
    row = context.record.current(InstalmentPlan)
    if row is None:
        return None
    rest = Decimal(row.default_rest) if row.default_rest else None
    return {
        "deferral": row.kind == "deferral",
        "name": "延期" if row.kind == "deferral" else "分期",
        "applied_on": day(row.applied_on),
        "reason": row.reason,
        "asked": _parts(row.asked),
        "parts": _parts(row.parts),
        "total": money(_sum(row.parts or row.asked)),
        "clause": row.clause_text or "",
        "granted": bool(row.granted),
        "number": row.number or "",
        "granted_on": day(row.start_on),
        "missed_on": day(row.defaulted_on),
        "rest": money(rest),
        "by": {"name": context.record.name(row.requested_by_id), "date": day(row.recorded_at)},
        "reviewed": said_since(context, row, "review_instalment"),
        "approved": said_since(context, row, "approve_instalment"),
    }


def _sum(parts: Sequence[Mapping[str, Any]]) -> Decimal:
    return sum((Decimal(part["amount"]) for part in parts), Decimal(0))


def _parts(parts: Sequence[Mapping[str, Any]]) -> list[Section]:
    return [
        {
            "place": place,
            "day": day(date.fromisoformat(part["day"])),
            "amount": money(Decimal(part["amount"])),
        }
        for place, part in enumerate(parts, 1)
    ]


def urging(context: Context) -> Section | None:
    """催告书、当事人的陈述申辩和复核."""
    row = context.record.current(Urging)
    if row is None:
        return None
    return {
        "number": row.number,
        "pay": row.duty == "pay",
        "demand": row.demand,
        "fine": money(row.fine),
        "confiscated": money(row.confiscated) if row.confiscated else None,
        "surcharge": money(row.surcharge) if row.surcharge else None,
        "total": money(row.fine + row.confiscated + row.surcharge),
        "as_of": day(row.as_of),
        "served_on": day(row.served_on),
        "until": day(row.expires_on),
        "said_at": moment(row.answered_at),
        "said_on": day(row.answered_at),
        "statement": row.statement or "",
        "accepted": bool(row.accepted),
        "reexamination": row.reexamination or "",
        "reexamined_by": context.record.name(row.reexamined_by_id),
        "reexamined_on": day(row.reexamined_at),
    }


def surcharge(context: Context) -> Section | None:
    """加处罚款决定."""
    row = context.record.current(SurchargeDecision)
    if row is None:
        return None
    return {
        "number": row.number or "",
        "fine": money(row.fine),
        "overdue": money(row.overdue),
        "rate": row.rate,
        "ceiling": money(row.ceiling),
        "from": day(row.runs_from),
        "as_of": day(row.as_of),
        "amount": money(row.amount),
        "reason": row.reason,
    }


def refund(context: Context) -> Section | None:
    """退款."""
    row = context.record.current(Refund)
    if row is None:
        return None
    return {
        "number": row.number or "",
        "ground": context.labels("refund_ground", row.ground),
        "reason": row.reason,
        "amount": money(row.amount),
        "payee": row.payee_name,
        "account": row.payee_account or "",
        "paid_on": day(row.paid_on),
        "receipt": row.receipt_no or "",
    }
