"""Whether a violation may go unpunished (免罚, APL 33): the local list and the register, looked up.

The one place that counts what is “first”; guards, forms and pages ask here.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.calendar import months_before
from models.case import Case, Party
from models.decision import Decision
from models.duration import law_day
from models.exemption import Commitment, ExemptionCheck, ExemptionItem, FirstViolation
from models.matter import Matter
from workflows.lawbook import LawBook


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier violation of the same party: when, under which number, whether spared."""

    violated_on: date
    number: str
    spared: bool


def identity_of(party: Party | None) -> str | None:
    """The number by which a party is known: credit code, else identity number."""
    return (party.uscc or party.cert_no) if party is not None else None


def act_day(case: Case) -> date:
    """The day of the violation: as filed, else the day on which it was found."""
    return case.act_start or law_day(case.clue_at)


def look_back_to(law: LawBook, case: Case) -> date:
    """First day of the look-back (回溯期) of a first violation."""
    day = act_day(case)
    return months_before(day, int(law.value("first_violation.months", day, case.subject_id)))


def list_item(session: Session, case: Case, matter_key: str, ground: str) -> ExemptionItem | None:
    """The line of the list in force on the day of the act; the subject's own before everyone's."""
    rows = session.scalars(
        select(ExemptionItem).where(
            ExemptionItem.matter_key == matter_key,
            ExemptionItem.ground == ground,
            or_(
                ExemptionItem.subject_key.is_(None),
                ExemptionItem.subject_key == case.subject.key,
            ),
        )
    )
    fitting = [row for row in rows if row.in_force_on(act_day(case))]
    return max(fitting, key=lambda r: (r.subject_key is not None, r.effective_from), default=None)


def earlier_violations(
    session: Session, law: LawBook, case: Case, identity: str, matter_key: str
) -> Sequence[Earlier]:
    """What the same agency found of the same party in the look-back; of the same matter or of any,
    as the place counts. Both the register of spared violations and decided cases count."""
    day = act_day(case)
    first, last = look_back_to(law, case), day
    same = law.value("first_violation.scope", day, case.subject_id) == "same_matter"
    spared = _spared(session, case, identity, matter_key if same else None)
    decided = _decided(session, case, identity, matter_key if same else None)
    found = [e for e in (*spared, *decided) if first <= e.violated_on <= last]
    return sorted(found, key=lambda e: e.violated_on)


def _spared(session: Session, case: Case, identity: str, matter_key: str | None) -> list[Earlier]:
    query = select(FirstViolation).where(
        FirstViolation.subject_id == case.subject_id,
        FirstViolation.identity_no == identity,
        FirstViolation.case_id != case.id,
    )
    if matter_key is not None:
        query = query.where(FirstViolation.matter_key == matter_key)
    return [Earlier(row.violated_on, row.number, True) for row in session.scalars(query)]


def _decided(session: Session, case: Case, identity: str, matter_key: str | None) -> list[Earlier]:
    """Penalties: a decision of no penalty stands in the register, or found no violation."""
    mine = select(Party.case_id).where(or_(Party.uscc == identity, Party.cert_no == identity))
    query = (
        select(Case, Decision)
        .join(Decision, Decision.case_id == Case.id)
        .where(
            Case.subject_id == case.subject_id,
            Case.id != case.id,
            Case.id.in_(mine),
            Decision.decision == "penalty",
            Decision.undone.is_(False),
        )
    )
    if matter_key is not None:
        query = query.join(Matter, Matter.id == Case.matter_id).where(Matter.key == matter_key)
    rows: list[tuple[Case, Decision]] = [(row[0], row[1]) for row in session.execute(query)]
    return [Earlier(act_day(other), decision.number, False) for other, decision in rows]


def last_check(session: Session, case_id: uuid.UUID) -> ExemptionCheck | None:
    """The last check of an exemption in the case."""
    query = select(ExemptionCheck).where(ExemptionCheck.case_id == case_id)
    return session.scalars(query.order_by(ExemptionCheck.recorded_at.desc()).limit(1)).first()


def last_commitment(session: Session, case_id: uuid.UUID) -> Commitment | None:
    """The last promise of the party in the case."""
    query = select(Commitment).where(Commitment.case_id == case_id)
    return session.scalars(query.order_by(Commitment.recorded_at.desc()).limit(1)).first()
