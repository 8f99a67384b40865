"""The register of monitoring devices and their recordings, as pages list them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from models.audit import AuditEvent
from models.device import AuditKind, Device, DeviceAudit, DeviceCalibration
from models.exemption import FirstViolation
from models.person import Person
from models.recording import Recording, RecordingState
from models.types import Role
from workflows.access import SEES_CASES
from workflows.actors import Actor
from workflows.audit import NIL
from workflows.lawbook import lawbook
from workflows.queries.paging import PAGE, Count, Page, bounded_count

SEES_DEVICES = SEES_CASES | {Role.DEVICE_ADMIN}
"""Who looks at devices and recordings: whoever works on cases, and who keeps the devices."""
DUE_SOON = timedelta(days=30)
"""How long before it runs out an audit or a calibration is listed as due."""


def seen(actor: Actor, subject: InstrumentedAttribute[uuid.UUID]) -> ColumnElement[bool]:
    """Rows of legal subjects in which the person looks at devices."""
    return subject.in_({h.subject_id for h in actor.holdings if h.role in SEES_DEVICES})


@dataclass(frozen=True)
class Listed:
    """Rows of one page, and how many there are in all."""

    page: Page[Device]
    total: Count


def devices(
    session: Session, actor: Actor, today: date, *, text: str = "", due: bool = False,
    number: int = 1, limit: int = PAGE,
) -> Listed:  # fmt: skip
    """Devices by code, their audits and calibrations loaded with them; `due`: only those of which
    an audit or the calibration is missing, has run out, or does so soon."""
    query = select(Device).where(seen(actor, Device.subject_id))
    if text:
        words = (Device.code, Device.title, Device.place)
        query = query.where(or_(*(w.contains(text, autoescape=True) for w in words)))
    if due:
        query = query.where(_due(today + DUE_SOON), _not_retired(today))
    rows = session.scalars(
        query.options(
            selectinload(Device.audits), selectinload(Device.calibrations),
            joinedload(Device.subject),
        )
        .order_by(Device.code)
        .limit(limit + 1)
        .offset((number - 1) * limit)
    ).all()  # fmt: skip
    return Listed(_page(rows, number, limit), bounded_count(session, query))


def _page(rows: Sequence[Device], number: int, limit: int) -> Page[Device]:
    return Page(list(rows[:limit]), str(number + 1) if len(rows) > limit else None)


def due_count(session: Session, actor: Actor, today: date) -> Count:
    """How many devices have an audit or a calibration due."""
    query = select(Device.id).where(
        seen(actor, Device.subject_id), _due(today + DUE_SOON), _not_retired(today)
    )
    return bounded_count(session, query)


def _not_retired(today: date) -> ColumnElement[bool]:
    return or_(Device.retired_on.is_(None), Device.retired_on > today)


def _due(until: date) -> ColumnElement[bool]:
    """Something that APL 41 asks for is missing or does not last beyond the day."""
    calibrated = exists().where(
        DeviceCalibration.device_id == Device.id, DeviceCalibration.valid_to > until
    )
    return or_(~calibrated, *(~_audited(kind, until) for kind in AuditKind))


def _audited(kind: AuditKind, until: date) -> ColumnElement[bool]:
    """The latest audit of the kind passed and is not due again by the day."""
    latest = (
        select(func.max(DeviceAudit.audited_on))
        .where(DeviceAudit.device_id == Device.id, DeviceAudit.kind == kind)
        .correlate(Device)
        .scalar_subquery()
    )
    return exists().where(
        DeviceAudit.device_id == Device.id,
        DeviceAudit.kind == kind,
        DeviceAudit.audited_on == latest,
        DeviceAudit.passed,
        or_(DeviceAudit.due_on.is_(None), DeviceAudit.due_on > until),
    )


def device(session: Session, actor: Actor, code: str) -> Device | None:
    """One device with everything about it."""
    return session.scalar(
        select(Device)
        .where(Device.code == code, seen(actor, Device.subject_id))
        .options(
            selectinload(Device.audits), selectinload(Device.calibrations),
            selectinload(Device.entries), joinedload(Device.subject),
        )
    )  # fmt: skip


def history(session: Session, code: str, *, before: int | None = None) -> Page[AuditEvent]:
    """What was done about a device and its recordings, newest first, from the audit trail."""
    query = select(AuditEvent).where(
        AuditEvent.stream == NIL,
        or_(AuditEvent.tag.startswith("device:"), AuditEvent.tag.startswith("recording:")),
        AuditEvent.events.contains([{"details": {"device": code}}]),
    )
    if before is not None:
        query = query.where(AuditEvent.id < before)
    rows = session.scalars(
        query.options(joinedload(AuditEvent.actor)).order_by(AuditEvent.id.desc()).limit(PAGE + 1)
    ).all()
    return Page(list(rows[:PAGE]), str(rows[PAGE - 1].id) if len(rows) > PAGE else None)


@dataclass(frozen=True)
class Recordings:
    """Recordings of one page, and how many there are in all."""

    page: Page[Recording]
    total: Count


def recordings(
    session: Session, actor: Actor, *, state: RecordingState | None = None, text: str = "",
    device: str = "", number: int = 1, limit: int = PAGE,
) -> Recordings:  # fmt: skip
    """Recordings, newest first; their devices are loaded with them."""
    query = _recordings(actor, state)
    if text:
        query = query.where(
            or_(
                Recording.number.contains(text, autoescape=True),
                Recording.place.contains(text, autoescape=True),
            )
        )
    if device:
        query = query.where(Recording.device.has(Device.code == device))
    rows = session.scalars(
        query.options(joinedload(Recording.device))
        .order_by(Recording.observed_at.desc(), Recording.number)
        .limit(limit + 1)
        .offset((number - 1) * limit)
    ).all()
    page = Page(list(rows[:limit]), str(number + 1) if len(rows) > limit else None)
    return Recordings(page, bounded_count(session, query))


def _recordings(actor: Actor, state: RecordingState | None) -> Select[Recording]:
    query = select(Recording).where(seen(actor, Recording.subject_id))
    return query.where(Recording.state == state) if state is not None else query


def pending_count(session: Session, actor: Actor) -> Count:
    """How many recordings await their review."""
    return bounded_count(session, _recordings(actor, RecordingState.PENDING_REVIEW))


def recording(session: Session, actor: Actor, number: str) -> Recording | None:
    """One recording with its device and its reviews."""
    return session.scalar(
        select(Recording)
        .where(Recording.number == number, seen(actor, Recording.subject_id))
        .options(
            selectinload(Recording.reviews),
            joinedload(Recording.device).selectinload(Device.audits),
            joinedload(Recording.device).selectinload(Device.calibrations),
        )
    )


def first_violations(
    session: Session, actor: Actor, *, text: str = "", number: int = 1, limit: int = PAGE
) -> tuple[Page[FirstViolation], Count]:
    """The register of spared violations, newest first; by party, identity number or matter."""
    subjects = {h.subject_id for h in actor.holdings if h.role in SEES_CASES}
    query = select(FirstViolation).where(and_(FirstViolation.subject_id.in_(subjects)))
    if text:
        query = query.where(
            or_(
                FirstViolation.party_name.contains(text, autoescape=True),
                FirstViolation.identity_no == text,
                FirstViolation.matter_title.contains(text, autoescape=True),
            )
        )
    ordered = query.order_by(FirstViolation.exempted_at.desc(), FirstViolation.id)
    rows = session.scalars(ordered.limit(limit + 1).offset((number - 1) * limit)).all()
    page = Page(list(rows[:limit]), str(number + 1) if len(rows) > limit else None)
    return page, bounded_count(session, query)


def most_drift(session: Session, recording: Recording, today: date) -> int:
    """Seconds by which the recording's device may be off, as its place has it."""
    key = "non_site.clock_drift_seconds"
    return int(lawbook(session).value(key, today, recording.subject_id))


def reviewers(session: Session, recording: Recording) -> dict[uuid.UUID, Person]:
    """The officers who reviewed a recording."""
    ids = {i for r in recording.reviews for i in (r.officer_id, r.second_officer_id)}
    found = session.scalars(select(Person).where(Person.id.in_(ids)))
    return {person.id: person for person in found}
