"""Sections of the joint review (会审意见、会商纪要) and of the answers to objections."""

from __future__ import annotations

from models.joint_review import Consultation, JointOpinion, ReviewObjection
from models.review import ReviewOpinion
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day, span

_CHECKLIST = "checklist_item"
_ANSWERS = {"accepted": "采纳", "rejected": "不采纳"}


def joint_opinion(context: Context) -> Section | None:
    """One organ's answer (D32)."""
    row = context.record.current(JointOpinion)
    return None if row is None else _opinion(row, context)


def _opinion(row: JointOpinion, context: Context) -> Section:
    return {
        "number": row.number,
        "level": context.labels("review_level", row.level),
        "organ": row.organ,
        "question": row.question,
        "asked_by": context.record.name(row.recorded_by_id),
        "asked_on": day(row.recorded_at),
        "opinion": context.labels("review_opinion", row.opinion) if row.opinion else "",
        "reasons": row.reasons,
        "by": row.giver_name,
        "post": row.giver_post or context.record.post(row.giver_id),
        "on": day(row.given_at),
        "in_writing": row.given_at is not None and row.giver_id is None,
    }


def joint_opinions(context: Context) -> list[Section]:
    """Everything that was answered about the report at hand, for the statutory opinion (D31)."""
    review = context.record.current(ReviewOpinion)
    rows = context.record.all(JointOpinion)
    return [
        _opinion(row, context)
        for row in rows
        if row.given_at is not None and (review is None or row.report_id == review.report_id)
    ]


def consultation(context: Context) -> Section | None:
    """The minutes of a consultation (D32a)."""
    row = context.record.current(Consultation)
    if row is None:
        return None
    return {
        "round": row.round,
        "time": span(row.held_at, row.ended_at),
        "place": row.place,
        "topic": row.topic,
        "chair": row.chair_name,
        "recorder": context.record.name(row.recorder_id),
        "participants": [
            {
                "kind": context.labels("consultation_organ", str(each.get("kind", ""))),
                "organ": str(each.get("organ") or ""),
                "name": str(each.get("name") or ""),
                "post": str(each.get("post") or ""),
                "view": str(each.get("view") or ""),
            }
            for each in row.participants
        ],
        "opinion": context.labels("review_opinion", row.opinion),
        "conclusion": row.conclusion_text,
        "on": day(row.held_at),
    }


def objections(context: Context) -> list[Section]:
    """What earlier reviews objected to, and how the handlers answered."""
    return [_objection(row, context) for row in context.record.all(ReviewObjection)]


def _objection(row: ReviewObjection, context: Context) -> Section:
    table, code = ("review_failure", row.reason) if row.reason else (_CHECKLIST, row.item)
    return {
        "number": row.number,
        "name": context.labels(table, code or ""),
        "text": row.text,
        "answer": _ANSWERS.get(row.answer or "", ""),
        "answer_text": row.answer_text,
        "on": day(row.answered_at),
    }
