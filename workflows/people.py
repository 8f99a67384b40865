"""Looking people up: by key, by role, by certificate."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.errors import Text, Violation
from models.person import Absence, Certificate, Person, RoleAssignment
from workflows.actors import UNIT_BOUND


class Directory:
    """People as they stand on one Shanghai day."""

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.today = today
        self._by_key: dict[str, Person] = {}

    def find(self, key: str) -> Person | None:
        """The active person with this key."""
        if key not in self._by_key:
            person = self.session.scalar(
                select(Person).where(Person.key == key, Person.active.is_(True))
            )
            if person is None:
                return None
            self._by_key[key] = person
        return self._by_key[key]

    def get(self, key: str) -> Person:
        """The same, where guards have made sure that it exists."""
        person = self.find(key)
        if person is None:
            raise LookupError(key)
        return person

    def by_id(self, person_id: uuid.UUID) -> Person:
        """A person whom the record names."""
        return self.session.get_one(Person, person_id)

    def unknown(self, keys: Iterable[str], field: str) -> list[Violation]:
        """One violation for each key that names nobody."""
        return [
            Violation(
                "P02", Text(f"没有这个人：{key}。", f"There is no such person: {key}."), field=field
            )
            for key in keys
            if self.find(key) is None
        ]

    def certificate(self, person_id: uuid.UUID, day: date) -> Certificate | None:
        """A certificate of the person that is valid on the day (APL 42)."""
        rows = self.session.scalars(select(Certificate).where(Certificate.person_id == person_id))
        return next((row for row in rows if row.valid_on(day)), None)

    def eligible(
        self, roles: Iterable[str], subject_id: uuid.UUID, unit_id: uuid.UUID
    ) -> list[uuid.UUID]:
        """People who hold one of the roles for the subject today (and unit, where it binds)."""
        wanted = list(roles)
        bound = [role for role in wanted if role in UNIT_BOUND]
        found = self.session.scalars(
            select(RoleAssignment.person_id)
            .join(Person, Person.id == RoleAssignment.person_id)
            .where(
                Person.active.is_(True),
                RoleAssignment.role.in_(wanted),
                RoleAssignment.subject_id == subject_id,
                or_(RoleAssignment.role.not_in(bound), RoleAssignment.unit_id == unit_id),
                RoleAssignment.valid_from <= self.today,
                or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= self.today),
            )
            .distinct()
        )
        return list(found)

    def holding(self, roles: Iterable[str], subjects: Iterable[uuid.UUID]) -> Sequence[uuid.UUID]:
        """People who hold one of the roles for one of the subjects today."""
        query = select(RoleAssignment.person_id).where(
            RoleAssignment.role.in_(list(roles)),
            RoleAssignment.subject_id.in_(list(subjects)),
            RoleAssignment.valid_from <= self.today,
            or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= self.today),
        )
        return self.session.scalars(query.distinct()).all()

    def homes(self, person_id: uuid.UUID) -> set[tuple[uuid.UUID, uuid.UUID]]:
        """(unit, legal subject of the unit) wherever the person works today, in any role."""
        rows = self.session.scalars(
            select(RoleAssignment).where(RoleAssignment.person_id == person_id)
        )
        return {(row.unit_id, row.unit.subject_id) for row in rows if row.holds_on(self.today)}

    def substitute(self, person_id: uuid.UUID) -> uuid.UUID | None:
        """Who acts for the person today, if they are away and someone does."""
        return self.session.scalar(
            select(Absence.substitute_id).where(
                Absence.person_id == person_id,
                Absence.starts_on <= self.today,
                Absence.ends_on >= self.today,
                Absence.cancelled_at.is_(None),
                Absence.substitute_id.is_not(None),
            )
        )
