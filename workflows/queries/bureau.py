"""The people of the bureau by unit, with roles, certificates and absences."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from models.note import ApiToken
from models.person import Absence, Person, RoleAssignment
from models.subject import LegalSubject, Unit
from models.types import Role
from workflows.actors import Actor
from workflows.queries.paging import PAGE, Page

LEADERS = frozenset({Role.LEADER_CHIEF, Role.LEADER_DEPUTY})
ADMINISTERS = LEADERS | {Role.SYS_ADMIN, Role.UNIT_HEAD}
"""Roles that see the people page: all people, or those of their subject or unit."""


def in_force(today: date) -> ColumnElement[bool]:
    """Assignments that hold on a Shanghai day."""
    return and_(
        RoleAssignment.valid_from <= today,
        or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= today),
    )


def units(session: Session, actor: Actor) -> list[Unit]:
    """Units whose people the person looks after, in the order of their legal subjects."""
    query = select(Unit).join(LegalSubject).where(_unit_scope(actor))
    query = query.options(joinedload(Unit.subject)).order_by(LegalSubject.key, Unit.key)
    return list(session.scalars(query))


def _unit_scope(actor: Actor) -> ColumnElement[bool]:
    roles = actor.roles()
    if Role.SYS_ADMIN in roles:
        return true()
    subjects = {h.subject_id for h in actor.holdings if h.role in LEADERS}
    heads = {h.unit_id for h in actor.holdings if h.role == Role.UNIT_HEAD}
    parts: list[ColumnElement[bool]] = []
    if subjects:
        parts.append(Unit.subject_id.in_(subjects))
    if heads:
        parts.append(Unit.id.in_(heads))
    return or_(*parts) if parts else false()


def subjects(session: Session) -> list[LegalSubject]:
    """All legal subjects."""
    return list(session.scalars(select(LegalSubject).order_by(LegalSubject.key)))


@dataclass(frozen=True)
class PeoplePage:
    """People of one page with what stands beside their names."""

    page: Page[Person]
    absences: Mapping[uuid.UUID, Absence]


def people(
    session: Session,
    actor: Actor,
    today: date,
    *,
    unit_id: uuid.UUID | None = None,
    text: str = "",
    number: int = 1,
    limit: int = PAGE,
) -> PeoplePage:
    """Active people in the person's scope, by key; certificates and roles are loaded with them."""
    query = (
        select(Person)
        .where(Person.active.is_(True), _seen(actor, today, unit_id))
        .options(
            selectinload(Person.certificates),
            selectinload(Person.assignments).joinedload(RoleAssignment.unit),
            selectinload(Person.assignments).joinedload(RoleAssignment.subject),
        )
        .order_by(Person.key)
        .limit(limit + 1)
        .offset((number - 1) * limit)
    )
    if text:
        query = query.where(
            or_(Person.name.contains(text, autoescape=True), Person.key.startswith(text))
        )
    rows = list(session.scalars(query))
    page = Page(rows[:limit], str(number + 1) if len(rows) > limit else None)
    return PeoplePage(page, absences(session, [p.id for p in page.rows], today))


def _seen(actor: Actor, today: date, unit_id: uuid.UUID | None) -> ColumnElement[bool]:
    """Whoever holds a role in a unit of the scope; administrators also see those without any."""
    held = exists().where(
        RoleAssignment.person_id == Person.id,
        in_force(today),
        RoleAssignment.unit_id == Unit.id,
        _unit_scope(actor),
        Unit.id == unit_id if unit_id is not None else true(),
    )
    return true() if unit_id is None and Role.SYS_ADMIN in actor.roles() else held


def absences(session: Session, ids: Iterable[uuid.UUID], today: date) -> dict[uuid.UUID, Absence]:
    """The absence of each person that runs or comes next."""
    query = (
        select(Absence)
        .where(
            Absence.person_id.in_(list(ids)),
            Absence.cancelled_at.is_(None),
            Absence.ends_on >= today,
        )
        .options(joinedload(Absence.substitute), joinedload(Absence.person))
        .order_by(Absence.starts_on.desc())
    )
    return {row.person_id: row for row in session.scalars(query)}


def person(session: Session, actor: Actor, key: str, today: date) -> Person | None:
    """One person in scope, active or (for administrators) not, with everything beside the name."""
    query = (
        select(Person)
        .where(Person.key == key)
        .options(
            selectinload(Person.certificates),
            selectinload(Person.assignments).joinedload(RoleAssignment.unit),
            selectinload(Person.assignments).joinedload(RoleAssignment.subject),
        )
    )
    if Role.SYS_ADMIN not in actor.roles():
        query = query.where(Person.active.is_(True), _seen(actor, today, None))
    return session.scalar(query)


def absences_of(session: Session, person_id: uuid.UUID, limit: int = PAGE) -> list[Absence]:
    """A person's absences, latest first."""
    query = (
        select(Absence)
        .where(Absence.person_id == person_id)
        .options(joinedload(Absence.substitute), joinedload(Absence.person))
        .order_by(Absence.starts_on.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def colleagues(session: Session, limit: int = 1000) -> list[tuple[str, str, str, str]]:
    """(key, name, English name, post) of active people, for lists to choose from."""
    query = select(Person.key, Person.name, Person.name_en, Person.post)
    found: Any = session.execute(
        query.where(Person.active.is_(True)).order_by(Person.key).limit(limit)
    )
    return [tuple(row) for row in found]


def tokens(session: Session, person_id: uuid.UUID, limit: int = PAGE) -> list[ApiToken]:
    """A person's own API tokens that are not revoked, latest first."""
    query = select(ApiToken).where(ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None))
    return list(session.scalars(query.order_by(ApiToken.created_at.desc()).limit(limit)))
