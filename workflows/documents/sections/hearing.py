"""Sections of the hearing (听证): request and host, sitting, report, waiver."""

from __future__ import annotations

from typing import Any

from models.hearing import Hearing, HearingSitting, HearingWaiver
from models.notice import Notice
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day, moment, span

_WAYS = {"written": "书面", "oral": "口头", "mail": "邮寄", "online": "网上"}
_REFUSED = {
    "late": "超过申请期限",
    "not_entitled": "申请人不是当事人，也没有当事人的委托",
}
_CLOSED = {
    "state_secret": "涉及国家秘密",
    "business_secret": "涉及商业秘密",
    "privacy": "涉及个人隐私",
}
_ROLES = {
    "party": "当事人",
    "agent": "委托代理人",
    "third_party": "第三人",
    "investigator": "案件调查人员",
    "witness": "证人",
    "expert": "鉴定（评估）人",
    "interpreter": "翻译人员",
}
_RECOMMENDED = {
    "uphold": "维持拟处罚建议",
    "lighter": "从轻、减轻处罚",
    "no_penalty": "不予行政处罚",
    "supplement": "补充调查",
}


def hearing(context: Context) -> Section | None:
    """The hearing on the notice at hand, from request to report."""
    row = _hearing(context)
    if row is None:
        return None
    host = context.record.person(row.host_id)
    return {
        "requested_on": day(row.requested_at),
        "way": _WAYS.get(row.request_way, ""),
        "by": row.requested_by,
        "relation": context.labels("person_relation", row.requester_relation),
        "grounds": row.grounds,
        "agents": [str(agent.get("name", "")) for agent in row.agents],
        "admitted": row.admission == "admit",
        "refusal": _REFUSED.get(row.refusal_ground or "", ""),
        "reason": row.admission_reason or "",
        "number": row.admission_number or "",
        "host": host.name if host else "",
        "host_post": host.post if host else "",
        "recorder": context.record.name(row.recorder_id),
        "held": row.held,
        "held_on": day(row.ended_at) if row.held else "",
        "found_facts": row.found_facts or "",
        "disputes": row.disputes or "",
        "opinion": row.host_opinion or "",
        "recommendation": _RECOMMENDED.get(row.recommendation or "", ""),
        "reported_on": day(row.reported_at),
    }


def _hearing(context: Context) -> Hearing | None:
    sitting = context.record.subject_row
    if isinstance(sitting, HearingSitting):
        return sitting.hearing
    row, told = context.record.current(Hearing), context.record.current(Notice)
    return row if row is not None and told is not None and row.notice_id == told.id else None


def sitting(context: Context) -> Section | None:
    """The notified or recorded sitting."""
    row = context.record.current(HearingSitting)
    if row is None or _hearing(context) is None or row.hearing_id != _key(context):
        return None
    people = [_participant(one) for one in row.participants]
    return {
        "number": row.number,
        "planned_at": moment(row.planned_at),
        "place": row.place,
        "public": row.open_to_public,
        "closed": _CLOSED.get(row.closed_ground or "", ""),
        "others": row.others_told or "",
        "time": span(row.held_at, row.ended_at) if row.held_at else "",
        "on": day(row.ended_at or row.held_at),
        "present": [one for one in people if one["attended"]],
        "absent": [one for one in people if not one["attended"]],
        "spoke": [one for one in people if one["attended"] and one["claims"]],
        "investigators_case": row.investigators_case or "",
        "claims": row.claims or "",
        "evidence": row.evidence_examined or "",
        "last_words": row.last_words or "",
        "signed": row.signature == "signed",
        "signature_note": row.signature_note or "",
    }


def _key(context: Context) -> Any:
    found = _hearing(context)
    return found.id if found is not None else None


def _participant(one: dict[str, Any]) -> Section:
    return {
        "name": str(one.get("name", "")),
        "role": _ROLES.get(str(one.get("role", "")), ""),
        "attended": bool(one.get("attended", True)),
        "claims": str(one.get("claims") or ""),
    }


def hearing_waiver(context: Context) -> Section | None:
    """The signed waiver on the notice at hand."""
    row, told = context.record.current(HearingWaiver), context.record.current(Notice)
    if row is None or told is None or row.notice_id != told.id:
        return None
    return {
        "about": isinstance(context.record.subject_row, HearingWaiver),
        "on": day(row.waived_at),
        "at": moment(row.waived_at),
        "by": row.waived_by,
    }
