"""Linked cases as guards, handlers and pages read them: from either end, removed ones left out."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import any_, or_, select
from sqlalchemy.orm import Session

from models.case import Case
from models.case_link import CaseLink
from models.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Linked:
    """One link with the case at its other end."""

    link: CaseLink
    other: Case

    @property
    def number(self) -> str:
        """How the other case is called: its number, before filing that of its lead."""
        return self.other.case_no or self.other.lead_no or ""


def links_of(session: Session, case_id: uuid.UUID) -> list[Linked]:
    """Every link of the case that stands, oldest first."""
    end = or_(
        (CaseLink.case_id == case_id) & (CaseLink.other_id == Case.id),
        (CaseLink.other_id == case_id) & (CaseLink.case_id == Case.id),
    )
    rows = session.execute(
        select(CaseLink, Case)
        .join(Case, end)
        .where(CaseLink.removed_at.is_(None))
        .order_by(CaseLink.recorded_at)
    )
    return [Linked(link, other) for link, other in rows]


def find_case(session: Session, number: str) -> Case | None:
    """A case by its number or the number of its lead."""
    wanted = number.strip()
    query = select(Case).where(or_(Case.case_no == wanted, Case.lead_no == wanted)).limit(2)
    found = session.scalars(query).all()
    return found[0] if len(found) == 1 else None


def offer_key(case: Case, item: Evidence) -> str:
    """How offered evidence is named: number of its case, then its own, such as 镇…0001号#2."""
    return f"{case.case_no or case.lead_no}#{item.number}"


def offered_to(session: Session, case_id: uuid.UUID) -> Sequence[tuple[Case, Evidence]]:
    """Evidence that linked cases offer to this one, and that it does not have yet."""
    taken = select(Evidence.origin_id).where(
        Evidence.case_id == case_id, Evidence.origin_id.is_not(None)
    )
    rows = session.execute(
        select(Case, Evidence)
        .join(CaseLink, CaseLink.case_id == Case.id)
        .join(Evidence, Evidence.case_id == Case.id)
        .where(
            CaseLink.other_id == case_id,
            CaseLink.removed_at.is_(None),
            Evidence.number == any_(CaseLink.offered),
            Evidence.admissible,
            Evidence.id.not_in(taken),
        )
        .order_by(Case.id, Evidence.number)
    )
    return [(case, item) for case, item in rows]
