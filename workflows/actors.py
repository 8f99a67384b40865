"""Who acts: a person with the roles they hold today, those they act for, or the system."""

import uuid
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.person import Absence, Person, RoleAssignment
from models.types import Role


@dataclass(frozen=True, slots=True)
class Holding:
    """A role that a person may use now; `acting_for` is the absent person it belongs to."""

    role: Role
    unit_id: uuid.UUID
    subject_id: uuid.UUID
    acting_for: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a command, as known at the start of the request."""

    id: uuid.UUID | None
    key: str
    name: str
    holdings: tuple[Holding, ...] = ()
    via: str = "page"
    fresh: bool = False
    """Signed in anew just now, as signing a decision asks."""
    language: str = "zh"
    name_en: str = ""

    @property
    def system(self) -> bool:
        """Whether a clock or the program itself acts."""
        return self.id is None

    @property
    def person_id(self) -> uuid.UUID:
        """The person's key; the system has none and must not be asked."""
        if self.id is None:
            raise ValueError("the system is no person")
        return self.id

    def roles(self) -> frozenset[Role]:
        """Roles held in any unit, own and acted for."""
        return frozenset(h.role for h in self.holdings)

    def subjects(self) -> frozenset[uuid.UUID]:
        """Legal subjects in which any role is held."""
        return frozenset(h.subject_id for h in self.holdings)

    def holding(
        self, roles: frozenset[str], subject_id: uuid.UUID, unit_id: uuid.UUID | None = None
    ) -> Holding | None:
        """A holding that fits, the person's own before one that they act for."""
        fitting = (
            h
            for h in self.holdings
            if h.role in roles
            and h.subject_id == subject_id
            and (unit_id is None or h.role not in UNIT_BOUND or h.unit_id == unit_id)
        )
        return min(fitting, key=lambda h: h.acting_for is not None, default=None)

    def through(self, via: str, *, fresh: bool | None = None) -> "Actor":
        """The same person by another entrance (page, api, scenario)."""
        return replace(self, via=via, fresh=self.fresh if fresh is None else fresh)


UNIT_BOUND = frozenset({Role.HANDLER, Role.UNIT_HEAD, Role.AUX})
"""Roles that count only in the unit that handles the case."""

SYSTEM = Actor(id=None, key="system", name="系统", via="system")


def load_actor(session: Session, person_id: uuid.UUID, today: date) -> Actor | None:
    """The person with all holdings in force today, substitutions included; None if not active."""
    person = session.get(Person, person_id)
    if person is None or not person.active:
        return None
    away = select(Absence.person_id).where(
        Absence.substitute_id == person_id,
        Absence.starts_on <= today,
        Absence.ends_on >= today,
        Absence.cancelled_at.is_(None),
    )
    rows = session.scalars(
        select(RoleAssignment).where(
            or_(RoleAssignment.person_id == person_id, RoleAssignment.person_id.in_(away)),
            RoleAssignment.valid_from <= today,
            or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= today),
        )
    )
    holdings = tuple(
        Holding(
            Role(row.role),
            row.unit_id,
            row.subject_id,
            None if row.person_id == person_id else row.person_id,
        )
        for row in rows
        if row.person_id == person_id or row.role not in NEVER_ACTED_FOR
    )
    return Actor(
        person.id,
        person.key,
        person.name,
        holdings,
        language=person.language,
        name_en=person.name_en,
    )


NEVER_ACTED_FOR = frozenset({Role.SYS_ADMIN, Role.DESIGNER, Role.RELEASER, Role.SUPERVISOR})
"""Roles outside the case that a substitute does not take over."""
