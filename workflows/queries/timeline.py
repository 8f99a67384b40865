"""The story of a case, newest first: what the audit trail says, in its own sentences."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from models.audit import AuditEvent
from models.errors import Invalid, Text
from models.note import ReadEntry, RefusedAttempt
from models.person import Person
from workflows.queries.paging import Count, Page, bounded_count

PAGE = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of an act."""

    tag: str
    text: Text
    important: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: who, when, in whose place, what it said. `payload` and `changes` only if asked."""

    id: int
    position: int
    at: datetime
    actor: Text | None
    acting_for: Text | None
    via: str
    command: str
    told: tuple[Told, ...]
    payload: dict[str, Any] | None = None
    changes: tuple[dict[str, Any], ...] = ()


def timeline(
    session: Session,
    case_id: uuid.UUID,
    *,
    important: bool,
    before: str | None = None,
    details: bool = False,
    limit: int = PAGE,
) -> Page[Entry]:
    """A page of the story of a visible case; `details` adds what each act changed."""
    query = _acts(case_id, important).options(
        joinedload(AuditEvent.actor), joinedload(AuditEvent.acting_for)
    )
    if before:
        query = query.where(AuditEvent.id < _position(before))
    rows = list(session.scalars(query.order_by(AuditEvent.id.desc()).limit(limit + 1)))
    entries = [_entry(row, important, details) for row in rows[:limit]]
    return Page(entries, str(rows[limit - 1].id) if len(rows) > limit else None)


def timeline_count(session: Session, case_id: uuid.UUID, *, important: bool) -> Count:
    """How many acts the story has."""
    return bounded_count(session, _acts(case_id, important).with_only_columns(AuditEvent.id))


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened (a part of) the case."""

    at: datetime
    name: Text
    what: str


def looks(session: Session, case_id: uuid.UUID, limit: int = PAGE) -> list[Look]:
    """Who opened the case lately, latest first."""
    rows = session.execute(
        select(ReadEntry.at, Person.name, Person.name_en, ReadEntry.what)
        .join(Person, Person.id == ReadEntry.person_id)
        .where(ReadEntry.case_id == case_id)
        .order_by(ReadEntry.at.desc(), ReadEntry.id.desc())
        .limit(limit)
    )
    return [Look(at, Text(zh, en), what) for at, zh, en, what in rows]


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody tried an act and was refused."""

    at: datetime
    name: Text
    command: str
    rules: tuple[str, ...]


def refused(session: Session, case_id: uuid.UUID, limit: int = PAGE) -> list[Attempt]:
    """What was tried in the case and refused, latest first."""
    rows = session.execute(
        select(
            RefusedAttempt.at,
            func.coalesce(Person.name, ""),
            func.coalesce(Person.name_en, ""),
            RefusedAttempt.command,
            RefusedAttempt.rules,
        )
        .outerjoin(Person, Person.id == RefusedAttempt.person_id)
        .where(RefusedAttempt.case_id == case_id)
        .order_by(RefusedAttempt.at.desc(), RefusedAttempt.id.desc())
        .limit(limit)
    )
    return [Attempt(at, Text(zh, en), command, tuple(rules)) for at, zh, en, command, rules in rows]


def _acts(case_id: uuid.UUID, important: bool) -> Select[Any]:
    query = select(AuditEvent).where(AuditEvent.case_id == case_id)
    return query.where(AuditEvent.important) if important else query


def _entry(row: AuditEvent, important: bool, details: bool) -> Entry:
    told = (
        Told(event["tag"], Text(event["zh"], event["en"]), bool(event.get("important", True)))
        for event in row.events
    )
    return Entry(
        id=row.id,
        position=row.position,
        at=row.at,
        actor=_name(row.actor),
        acting_for=_name(row.acting_for),
        via=row.via,
        command=row.command,
        told=tuple(each for each in told if each.important or not important),
        payload=row.payload if details else None,
        changes=tuple(row.changes or ()) if details else (),
    )


def _name(person: Person | None) -> Text | None:
    return Text(person.name, person.name_en) if person is not None else None


def _position(cursor: str) -> int:
    if not cursor.isdecimal():
        raise Invalid()
    return int(cursor)
