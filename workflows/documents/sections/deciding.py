"""Sections from the notice to the decision (告知、陈述申辩、集体讨论、决定)."""

from __future__ import annotations

from models.decision import Decision
from models.discussion import Discussion, Vote
from models.notice import Notice, Reexamination, Statement
from workflows.documents.catalogue import KINDS
from workflows.documents.sections.context import (
    Context,
    Section,
    article,
    penalty_terms,
    settled,
)
from workflows.documents.wording import day, moment, money, span

_WAYS = {"oral": "口头", "written": "书面", "online": "网上"}
_ACCEPTED = {"all": "全部采纳", "part": "部分采纳", "none": "不予采纳"}
_REEXAMINED = {"upheld": "维持拟作出的处罚建议", "changed": "变更处罚建议并重新报告"}
_VOTES = {"agree": "同意", "disagree": "反对", "abstain": "弃权"}
_DISCUSSED = {
    "as_proposed": "同意拟处理意见",
    "lighter": "从轻变更拟处理意见",
    "heavier": "加重变更拟处理意见，重新告知当事人",
    "supplement": "补充调查后再议",
    "no_penalty": "不予行政处罚",
}


def notice(context: Context) -> Section | None:
    row = context.record.current(Notice)
    if row is None:
        return None
    return {
        "round": row.round,
        "number": row.number,
        "facts": row.facts,
        "terms": penalty_terms(row, context),
        "served_on": day(row.served_at),
        "waived_on": day(row.waived_at),
        "period_over_on": day(row.period_over_at),
        "title": KINDS[row.document_kind].title,
        "hearing_right": row.hearing_right,
        "hearing_reason": row.hearing_reason or "",
    }


def statement(context: Context) -> Section | None:
    row = _statement(context)
    if row is None:
        return None
    return {
        "made": row.statement == "made",
        "waived": row.statement == "waived",
        "at": moment(row.stated_at),
        "on": day(row.stated_at),
        "way": _WAYS.get(row.way or "", ""),
        "by": row.stated_by,
        "content": row.content or "",
    }


def _statement(context: Context) -> Statement | None:
    """What was said to the notice at hand; a statement to an earlier notice does not count."""
    row, told = context.record.current(Statement), context.record.current(Notice)
    return row if row is not None and told is not None and row.notice_id == told.id else None


def reexamination(context: Context) -> Section | None:
    row, said = context.record.current(Reexamination), _statement(context)
    if row is None or said is None or row.statement_id != said.id:
        return None
    return {
        "result": _REEXAMINED.get(row.reexamination, row.reexamination),
        "accepted": _ACCEPTED.get(row.accepted, row.accepted),
        "reasons": row.reasons,
        "by": context.record.name(row.person_id),
        "on": day(row.recorded_at),
    }


_EXCLUDED = {"recused": "已回避", "handled": "办理过本案"}


def discussion(context: Context) -> Section | None:
    row = context.record.current(Discussion)
    if row is None:
        return None
    record = context.record
    votes = sorted(row.votes, key=lambda vote: (vote.spoke_order or 99, vote.seat))
    counted = [vote for vote in votes if vote.excluded is None]
    present = [vote for vote in counted if vote.attended]
    sitting = record.sittings.get(row.id)
    return {
        "meeting": f"第{sitting[0]}次会议第{sitting[1]}项议程" if sitting else "",
        "observers": row.observers,
        "excluded": [
            f"{vote.person.name}（{_EXCLUDED[vote.excluded]}）" for vote in votes if vote.excluded
        ],
        "time": span(row.held_at or row.planned_at, row.ended_at),
        "place": row.place,
        "chair": record.name(row.chair_id),
        "recorder": record.name(row.recorder_id),
        "attendees": [_attendee(key, context) for key in row.attendees],
        "reason": row.reason or "",
        "case_report": row.case_report or "",
        "legal_opinion": row.legal_opinion or "",
        "members": [_member(vote) for vote in present],
        "absent": [_member(vote) for vote in counted if not vote.attended],
        "seats": len(counted),
        "present": len(present),
        "quorum": row.quorum or "",
        "tally": {
            word: sum(vote.vote == code for vote in present) for code, word in _VOTES.items()
        },
        "result": _DISCUSSED.get(row.result or "", ""),
        "conclusion": row.conclusion_text or "",
        "fine": money(row.fine),
        "signed_on": day(row.signed_at),
        "signatures": [_signed(line, context) for line in row.signatures],
    }


def _attendee(key: str, context: Context) -> str:
    person = context.record.people_by_key.get(key)
    if person is None:
        return key
    return f"{person.name}（{person.post}）" if person.post else person.name


def _member(vote: Vote) -> Section:
    return {
        "name": vote.person.name,
        "post": vote.person.post,
        "view": vote.view or "",
        "vote": _VOTES.get(vote.vote or "", ""),
        "dissent": vote.dissent or "",
        "absent_reason": vote.absent_reason or "",
    }


def _signed(line: Section, context: Context) -> Section:
    key = str(line.get("person", ""))
    names = {str(one.id): one.name for one in context.record.people.values()}
    names |= {one.key: one.name for one in context.record.people.values()}
    return {
        "name": names.get(key, key),
        "signed": bool(line.get("signed")),
        "reason": str(line.get("refusal_reason") or ""),
    }


def decision(context: Context) -> Section | None:
    made = context.record.all(Decision)
    # What withdraws, refunds or answers a revoked decision still speaks of it.
    row = context.record.current(Decision) or (made[-1] if made else None)
    if row is None:
        return None
    return {
        "number": row.number,
        "undone": row.undone,
        "penalty": row.decision == "penalty",
        "type": context.labels("decision_type", row.decision_type),
        "on": day(row.decided_at),
        "by": context.record.name(row.decided_by_id),
        "facts": row.facts,
        "basis": [article(one) for one in row.basis],
        "discussed": row.discussion_id is not None,
        **settled(row, context),
        "adoption": row.statement_adoption or "",
        "hearing_adoption": row.hearing_adoption or "",
    }
