"""Sections of what moves a case's time or its people: extension, suspension, end, recusal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.base import CaseRecord
from models.extension import Extension
from models.recusal import RecusalRequest
from models.suspension import Suspension, Termination
from workflows.documents.sections.context import Context, Section
from workflows.documents.sections.opinions import said_since
from workflows.documents.wording import day, moment

_VOTES = {"agree": "同意", "disagree": "反对", "abstain": "弃权"}


def extension(context: Context) -> Section | None:
    """延长办案期限：申请、审核、批准或者集体讨论."""
    row = context.record.current(Extension)
    if row is None:
        return None
    return {
        "again": row.kind == "again",
        "reason": row.reason,
        "days": row.days or 0,
        "before": day(row.last_day_before),
        "after": day(row.last_day_after),
        "granted": bool(row.granted),
        "asked": _asked(context, row, row.requested_by_id),
        "reviewed": said_since(context, row, "review_extension"),
        "approved": said_since(context, row, "approve_extension"),
        "meeting": _meeting(row.meeting),
    }


def suspension(context: Context) -> Section | None:
    """中止与恢复：同一张审批表，恢复时补齐."""
    row = context.record.current(Suspension)
    if row is None:
        return None
    return {
        "ground": context.labels("suspension_ground", row.ground),
        "reason": row.reason,
        "from": day(row.suspended_at),
        "to": day(row.resumed_at),
        "resumed": row.resumed_at is not None,
        "resume_reason": row.resume_reason or "",
        "asked": _asked(context, row, row.requested_by_id),
        "reviewed": said_since(context, row, "review_suspension"),
        "approved": said_since(context, row, "approve_suspension"),
        "resume_asked": {
            "name": context.record.name(row.resume_asked_by_id),
            "date": day(row.resume_asked_at),
        },
        "resume_approved": said_since(context, row, "approve_resumption"),
    }


def termination(context: Context) -> Section | None:
    """终止调查."""
    row = context.record.current(Termination)
    if row is None:
        return None
    return {
        "ground": context.labels("termination_ground", row.ground),
        "facts": row.facts,
        "asked": _asked(context, row, row.requested_by_id),
        "reviewed": said_since(context, row, "review_termination"),
        "approved": said_since(context, row, "approve_termination"),
    }


def recusal(context: Context) -> Section | None:
    """回避申请和决定."""
    row = context.record.current(RecusalRequest)
    if row is None:
        return None
    record = context.record
    return {
        "person": record.name(row.person_id),
        "post": record.post(row.person_id),
        "by_party": row.asked_by == "party",
        "asked_on": day(row.asked_at),
        "ground": context.labels("recusal_ground", row.relation),
        "reason": row.reason,
        "granted": bool(row.granted),
        "decision": row.decision_reason or "",
        "together": row.decider == "panel",
        "replacement": record.name(row.replacement_id),
        "meeting": _meeting(row.meeting),
    }


def _asked(context: Context, row: CaseRecord, person: Any) -> Section:
    return {"name": context.record.name(person), "date": day(row.recorded_at)}


def _meeting(kept: Mapping[str, Any] | None) -> Section | None:
    if kept is None:
        return None
    members = [_member(each) for each in kept["members"]]
    present = [each for each in members if each["attended"]]
    present.sort(key=lambda each: each["order"])
    return {
        "time": moment(datetime.fromisoformat(kept["held_at"])),
        "place": kept["place"],
        "chair": kept["chair"],
        "recorder": kept["recorder"],
        "quorum": kept["quorum"],
        "seats": len(members),
        "members": present,
        "absent": [each for each in members if not each["attended"]],
        "conclusion": kept["conclusion"],
    }


def _member(kept: Mapping[str, Any]) -> Section:
    return {
        "name": kept["name"],
        "post": kept["post"],
        "attended": bool(kept["attended"]),
        "order": kept["spoke_order"] or 99,
        "reason": kept["absent_reason"] or "",
        "view": kept["view"] or "",
        "vote": _VOTES.get(kept["vote"] or "", ""),
        "dissent": kept["dissent"] or "",
    }
