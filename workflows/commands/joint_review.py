"""Joint review (“1+3”会审) and the answers to a review's objections."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.commands.base import CaseCommand


@dataclass(frozen=True, kw_only=True)
class RequestJointReview(CaseCommand):
    """Ask a department, the justice office or a consultation for an opinion (提请会审)."""

    level: str
    organ: str
    question: str


@dataclass(frozen=True, kw_only=True)
class GiveJointOpinion(CaseCommand):
    """Give the opinion that was asked for, or enter the written reply (会审意见)."""

    request: str
    """Number of the request in the case."""
    opinion: str
    reasons: str
    giver_name: str | None = None
    """Who signed the written reply; empty when the person here gives their own."""
    giver_post: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordConsultation(CaseCommand):
    """Record the consultation (会商): who took part, each view, the conclusion."""

    held_at: datetime
    ended_at: datetime
    place: str
    chair_name: str
    topic: str
    participants: list[dict[str, Any]]
    opinion: str
    conclusion_text: str


@dataclass(frozen=True, kw_only=True)
class AnswerObjections(CaseCommand):
    """Answer each objection of the review: mended, or why not (答复审核意见)."""

    answers: list[dict[str, Any]]
