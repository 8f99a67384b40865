"""Sections of enforcement after the decision (行政强制法), and of confiscated goods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from models.confiscation import ConfiscatedDisposal
from models.enforcement import CourtApplication, Enforcement, OrderRecheck
from models.enforcement_rest import EnforcementEnd, EnforcementPause, Settlement
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day, moment, money, span

_SIGNED = {"refused": "当事人拒绝签名", "absent": "当事人不在场"}


def order_recheck(context: Context) -> Section | None:
    """决定作出后对履行情况的复查."""
    row = context.record.subject_row
    if not isinstance(row, OrderRecheck):
        return None
    return {
        "at": moment(row.rechecked_at),
        "on": day(row.rechecked_at),
        "result": context.labels("correction_result", row.result),
        "findings": row.findings,
        "officers": context.officers(row, row.rechecked_at),
        "camera": _camera(row.body_camera),
        **_signature(row),
    }


def enforcement(context: Context) -> Section | None:
    """行政强制执行、代履行：公告、决定、笔录、费用."""
    row = context.record.current(Enforcement)
    if row is None:
        return None
    done = row.started_at or row.recorded_at
    return {
        "way": context.labels("enforcement_way", row.way),
        "demolition": row.way == "demolish",
        "substitute": row.kind == "substitute",
        "immediate": row.immediate,
        "obligation": row.obligation,
        "reason": row.reason,
        "basis": row.basis,
        "place": row.place,
        "number": row.number or "",
        "planned_on": day(row.planned_on),
        "executor": row.executor or "",
        "estimate": money(row.cost_estimate),
        "announced_on": day(row.announced_at),
        "announced_at_place": row.announcement_place or "",
        "remove_by": day(row.remove_by),
        "time": span(done, row.ended_at),
        "on": day(done),
        "course": row.course or "",
        "result": _RESULTS.get(row.ending or "", "执行中断，另行实施"),
        "present": row.present_person or "",
        "witness": row.witness_name or "",
        "emergency": row.emergency or "",
        "items": [_line(number, each) for number, each in enumerate(row.items, 1)],
        "goods_to": row.goods_to or "",
        "goods_place": row.goods_place or "",
        "executor_signature": row.executor_signature or "",
        "officers": context.officers(row, done) if row.officer_id else [],
        "camera": _camera(row.body_camera),
        "cost": money(row.cost),
        "cost_items": row.cost_items or "",
        "cost_due": day(row.cost_due_on),
        **_signature(row),
    }


_RESULTS = {"done": "执行完毕", "performed": "当事人已自行履行，停止执行"}


def court_application(context: Context) -> Section | None:
    """强制执行申请书 (AEL 55)."""
    row = context.record.current(CourtApplication)
    if row is None:
        return None
    return {
        "court": row.court,
        "reason": row.reason,
        "means": row.means,
        "materials": context.texts("court_material", row.materials),
        "principal": money(row.principal),
        "surcharge": money(row.surcharge) if row.surcharge else None,
        "total": money(row.principal + row.surcharge),
        "owes_money": row.principal + row.surcharge > 0,
        "demand": row.demand or "",
        "amounts_on": day(row.amounts_on),
        "opens_on": day(row.opens_on),
        "outer_day": day(row.outer_day),
        "signed_by": context.record.name(row.signed_by_id),
        "signed_post": context.record.post(row.signed_by_id),
    }


def enforcement_rest(context: Context) -> Section | None:
    """中止、恢复、终结执行通知书；不再执行."""
    pause = context.record.current(EnforcementPause)
    subject = context.record.subject_row
    if isinstance(subject, EnforcementEnd):
        return {
            "act": "终结执行",
            "ground": context.labels("end_ground", subject.ground),
            "reason": subject.reason,
            "article": "第四十条",
            "from": day(subject.approved_at),
            "restore": subject.restore or "",
        }
    if pause is None:
        return None
    act, article = "中止执行", "第三十九条第一款"
    reason, since = pause.reason, pause.approved_at
    if pause.resumed_at:
        act, article = "恢复执行", "第三十九条第二款"
        reason, since = pause.resume_reason or "", pause.resumed_at
    if pause.abandoned_at:
        act, article = "不再执行", "第三十九条第二款"
        reason, since = "中止执行满三年未恢复执行", pause.abandoned_at
    return {
        "act": act,
        "ground": context.labels("pause_ground", pause.ground),
        "reason": reason,
        "article": article,
        "from": day(since),
        "restore": "",
    }


def settlement(context: Context) -> Section | None:
    """执行协议."""
    row = context.record.current(Settlement)
    if row is None:
        return None
    return {
        "terms": row.terms,
        "stages": [_stage(number, each) for number, each in enumerate(row.stages, 1)],
        "principal": money(row.principal),
        "surcharge": money(row.surcharge),
        "waived": money(row.surcharge_waived) if row.surcharge_waived else None,
        "corrected": row.corrected or "",
        "signed_on": day(row.signed_at),
        "signed_by": row.signed_by,
    }


def confiscated(context: Context) -> Section | None:
    """罚没物品处理审批表及处理记录."""
    row = context.record.current(ConfiscatedDisposal)
    if row is None:
        return None
    done = row.done_at or row.recorded_at
    return {
        "way": context.labels("confiscated_way", row.way),
        "reason": row.reason,
        "receiver": row.receiver or "",
        "received_by": row.receiver_name or "",
        "items": [
            {
                "number": str(item.number),
                "name": item.name,
                "spec": item.spec,
                "quantity": _plain(item.quantity),
                "unit": item.unit,
                "condition": item.condition,
            }
            for item in row.items
        ],
        "keeper": "、".join(dict.fromkeys(item.keeper for item in row.items)),
        "storage": "、".join(dict.fromkeys(item.storage_place for item in row.items)),
        "on": day(done),
        "place": row.place or "",
        "course": row.course or "",
        "witness": row.witness_name or "",
        "proceeds": money(row.proceeds) if row.proceeds else None,
        "receipt": row.receipt_no or "",
        "camera": _camera(row.body_camera),
        "proposed_by": context.record.name(row.proposed_by_id),
        "proposed_on": day(row.recorded_at),
        "officers": context.officers(row, done),
    }


def _line(number: int, row: dict[str, Any]) -> Section:
    names = ("name", "quantity", "unit", "condition")
    return {"number": str(number), "spec": "", **{name: str(row.get(name) or "") for name in names}}


def _stage(number: int, row: dict[str, Any]) -> Section:
    amount = row.get("amount")
    return {
        "number": str(number),
        "due_on": day(date.fromisoformat(row["due_on"])),
        "amount": money(Decimal(amount)) if amount is not None else None,
        "duty": row.get("duty") or "",
    }


def _signature(row: OrderRecheck | Enforcement) -> Section:
    manner = _SIGNED.get(row.party_signature or "", "")
    return {
        "signed": not manner,
        "note": "。".join(p.rstrip("。") for p in (manner, row.signature_note) if p),
        "witness": row.witness_name or "",
    }


def _camera(on: bool) -> str:
    return "已全程音像记录" if on else "未作音像记录"


def _plain(quantity: Decimal) -> str:
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
