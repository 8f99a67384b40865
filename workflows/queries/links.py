"""Linked cases (关联案件) of a case's page, and fines that may be about the same act (APL 29)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.case import Case, Party
from models.decision import Decision
from models.errors import Text
from workflows.actors import Actor
from workflows.linking import links_of, offered_to
from workflows.permissions import sees_case

MOST = 20
"""So many other fines of the same party are named at once."""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link as the page tells it; `case_id` only where the person may look."""

    number: str
    subject: Text
    relation: str
    action: str
    same_act: bool
    reason: str
    case_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class FinedBefore:
    """A fine of the same party on a day of the act: perhaps the same act."""

    number: str
    subject: Text
    fine: Decimal


@dataclass(frozen=True, slots=True)
class Links:
    """Everything about other cases that this one's page shows."""

    lines: list[LinkLine]
    offered: int
    fined: list[FinedBefore]


def links(session: Session, actor: Actor, case: Case) -> Links:
    """The links that stand, how much evidence they offer, fines to look at."""
    lines = [
        LinkLine(
            number=one.number,
            subject=Text(one.other.subject.name, one.other.subject.name_en),
            relation=one.link.relation,
            action=one.link.action,
            same_act=one.link.same_act,
            reason=one.link.reason,
            case_id=one.other.id if sees_case(actor, one.other.subject_id) else None,
        )
        for one in links_of(session, case.id)
    ]
    return Links(lines, len(offered_to(session, case.id)), _fined(session, case))


def _fined(session: Session, case: Case) -> list[FinedBefore]:
    """Same party, overlapping days, fined, and not undone: whoever decides looks at it."""
    party = case.party
    number = (party.uscc or party.cert_no) if party is not None else None
    if not number or case.act_start is None or case.decided_at is not None:
        return []
    last = case.act_end or case.act_start
    rows: Sequence[tuple[Decision, Case]] = [
        (decision, other)
        for decision, other in session.execute(
            select(Decision, Case)
            .join(Case, Case.id == Decision.case_id)
            .where(
                Case.id != case.id,
                Decision.undone.is_(False),
                Decision.fine > 0,
                Case.act_start <= last,
                or_(Case.act_end >= case.act_start, Case.act_start >= case.act_start),
                Case.id.in_(
                    select(Party.case_id).where((Party.uscc == number) | (Party.cert_no == number))
                ),
            )
            .order_by(Decision.decided_at.desc())
            .limit(MOST)
        )
    ]
    return [
        FinedBefore(
            other.case_no or "",
            Text(other.subject.name, other.subject.name_en),
            decision.fine or Decimal(0),
        )
        for decision, other in rows
    ]
