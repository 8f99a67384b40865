"""Accounts and the frame of a page: who signs in, where they work, what waits for them."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.note import Notification
from models.person import Person, RoleAssignment
from models.subject import LegalSubject, Unit
from models.types import Role
from workflows.actors import Actor, load_actor
from workflows.queries.inbox import badge
from workflows.queries.paging import Count
from workflows.transaction import Transactions


class Accounts:
    """Looks accounts up, each time in a snapshot of its own."""

    def __init__(self, transactions: Transactions) -> None:
        self.transactions = transactions

    def by_id(self, person_id: uuid.UUID) -> Person | None:
        """The active person with this id."""
        with self.transactions.read() as session:
            return session.scalar(
                select(Person).where(Person.id == person_id, Person.active.is_(True))
            )

    def by_login(self, login: str) -> Person | None:
        """The person who signs in under this name, active or not."""
        with self.transactions.read() as session:
            return session.scalar(select(Person).where(Person.login == login))

    def by_key(self, key: str) -> Person | None:
        """The active person with this key."""
        with self.transactions.read() as session:
            return session.scalar(select(Person).where(Person.key == key, Person.active.is_(True)))

    def everyone(self) -> list[Person]:
        """All active people; only a demo bureau lists them before sign-in."""
        with self.transactions.read() as session:
            return list(session.scalars(select(Person).where(Person.active).order_by(Person.key)))

    def everyone_by_role(self, today: date) -> list[tuple[Role, list[Person]]]:
        """All active people under the first role that each of them holds, in the order of roles."""
        query = (
            select(Person, RoleAssignment)
            .join(RoleAssignment, RoleAssignment.person_id == Person.id)
            .where(Person.active)
            .order_by(Person.key)
        )
        with self.transactions.read() as session:
            rows = [(p, a) for p, a in session.execute(query) if a.holds_on(today)]
        held: dict[uuid.UUID, tuple[Person, set[str]]] = {}
        for person, assignment in rows:
            held.setdefault(person.id, (person, set()))[1].add(assignment.role)
        return [
            (role, found)
            for role in Role
            if (found := [p for p, roles in held.values() if _first_role(roles) == role])
        ]

    def actor(self, person_id: uuid.UUID, today: date) -> Actor | None:
        """The person with the roles of today."""
        with self.transactions.read() as session:
            return load_actor(session, person_id, today)

    def frame(self, actor: Actor) -> "Frame":
        """What the frame of each page shows of the person."""
        with self.transactions.read() as session:
            return _frame(session, actor)


def _first_role(held: set[str]) -> Role:
    return next(role for role in Role if role in held)


@dataclass(frozen=True, slots=True)
class Frame:
    """Numbers and names in the frame of a page."""

    tasks: Count
    unread: int
    subject: LegalSubject | None
    unit: Unit | None
    acting_for: tuple[Person, ...]


def _frame(session: Session, actor: Actor) -> Frame:
    own = next((h for h in actor.holdings if h.acting_for is None), None)
    away = {h.acting_for for h in actor.holdings if h.acting_for}
    unread = session.scalar(
        select(func.count()).where(
            Notification.person_id == actor.person_id, Notification.read_at.is_(None)
        )
    )
    return Frame(
        tasks=badge(session, actor),
        unread=unread or 0,
        subject=session.get(LegalSubject, own.subject_id) if own else None,
        unit=session.get(Unit, own.unit_id) if own else None,
        acting_for=tuple(session.scalars(select(Person).where(Person.id.in_(away))))
        if away
        else (),
    )
