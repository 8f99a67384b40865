"""The money of a case as its page shows it, the free calculator, and cash on its way."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.case import Case
from models.clock import StatutoryClock
from models.decision import Decision
from models.person import Person
from models.spot import CashTaken
from models.types import ClockState
from workflows import accounts, ledger
from workflows.actors import Actor
from workflows.clocks import ClockKeeper
from workflows.lawbook import LawBook, lawbook
from workflows.ledger import Account, Ledger
from workflows.permissions import visible_to
from workflows.queries.casefile import visible_case
from workflows.record import Record


@dataclass(frozen=True, slots=True)
class Money:
    """A case with the account of its decision; None where it has none yet."""

    case: Case
    decision: Decision | None
    account: Account | None
    capped_on: date | None
    """The day on which the surcharge reaches its cap if nothing more happens."""

    def book(self, day: date) -> Ledger | None:
        """The account worked through up to a day."""
        return ledger.ledger(self.account, day) if self.account else None


def money_of(session: Session, actor: Actor, case_id: uuid.UUID, now: datetime, day: date) -> Money:
    """The account of a case that the person may see."""
    case = visible_case(session, actor, case_id)
    law = lawbook(session)
    record = Record(session, case)
    found = accounts.account(record, ClockKeeper(session, case, law, now), law)
    capped = ledger.cap_day(found, day) if found else None
    return Money(case, accounts.in_question(record), found, capped)


def terms_today(session: Session, day: date) -> tuple[LawBook, ledger.Terms]:
    """What the calculator counts by, without a case."""
    law = lawbook(session)
    return law, accounts.terms(law, day)


@dataclass(frozen=True, slots=True)
class Cash:
    """Cash taken on the spot that has not reached the bank: whose, how much, by when."""

    case_id: uuid.UUID
    case_no: str
    party_name: str
    amount: Decimal
    taken_at: datetime
    taken_by: Person
    handed_in_at: datetime | None
    receipt_no: str
    clock: StatutoryClock | None


def cash_on_its_way(session: Session, actor: Actor) -> list[Cash]:
    """Cash that waits to be handed in or paid in at the bank, the most urgent first."""
    rows = session.execute(_outstanding(actor)).all()
    clocks = _clocks(session, [cash.case_id for cash, _case, _person in rows])
    found = [
        Cash(
            case_id=case.id,
            case_no=case.case_no or "",
            party_name=case.party_name,
            amount=cash.amount,
            taken_at=cash.taken_at,
            taken_by=person,
            handed_in_at=cash.handed_in_at,
            receipt_no=cash.receipt_no,
            clock=clocks.get((case.id, "CLK_CASH_BANK" if cash.handed_in_at else "CLK_CASH")),
        )
        for cash, case, person in rows
    ]
    return sorted(found, key=lambda each: each.clock.due_at if each.clock else each.taken_at)


def _outstanding(actor: Actor) -> Select[CashTaken, Case, Person]:
    return (
        select(CashTaken, Case, Person)
        .join(Case, Case.id == CashTaken.case_id)
        .join(Person, Person.id == CashTaken.taken_by_id)
        .where(CashTaken.banked_at.is_(None), visible_to(actor))
    )


def _clocks(
    session: Session, cases: Sequence[uuid.UUID]
) -> dict[tuple[uuid.UUID, str], StatutoryClock]:
    """The clocks of cash of these cases, the latest of each kind."""
    query = select(StatutoryClock).where(
        StatutoryClock.case_id.in_(cases),
        StatutoryClock.code.in_(("CLK_CASH", "CLK_CASH_BANK")),
        StatutoryClock.state.in_((ClockState.RUNNING, ClockState.EXPIRED)),
    )
    return {(row.case_id, row.code): row for row in session.scalars(query)}
