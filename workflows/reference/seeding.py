"""Reference data as rows of an empty database: what a new installation begins with.

It adds and flushes, and never commits: that is the caller's transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from models.base import Base
from models.calendar import YearTable
from models.matter import Matter as MatterRow
from models.matter import MatterHolding
from models.parameter import CalendarYear, ParameterValue
from models.person import Certificate as CertificateRow
from models.person import Person as PersonRow
from models.person import RoleAssignment
from models.subject import LegalSubject
from models.subject import Unit as UnitRow
from workflows.reference.book import Reference
from workflows.reference.matters import Matter, Standard
from workflows.reference.people import Person, Subject

NAMESPACE = uuid.UUID("6d0f4a52-5f0b-5b3e-9a53-2f1a4f8f6c11")
"""Row keys derive from reference keys, so that seeding again makes the same rows."""


def row_id(kind: str, key: str) -> uuid.UUID:
    """The key of the row that stands for a reference key."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{key}")


def seed(session: Session, reference: Reference) -> None:
    """Add everything to the session, referred rows first. The caller's transaction commits."""
    for layer in seed_layers(reference):
        session.add_all(layer)
        session.flush()


def seed_layers(reference: Reference) -> tuple[list[Base], ...]:
    """All rows, in layers of which each refers to earlier ones only."""
    return (
        [_subject(subject) for subject in reference.subjects.values()],
        [
            *_units(reference),
            *_people(reference),
            *(_matter(matter, reference) for matter in reference.matters.values()),
            *_parameters(reference),
            *(_year(table) for table in reference.calendar.tables.values()),
        ],
        [*_qualifications(reference), *_holdings(reference)],
    )


def _subject(subject: Subject) -> LegalSubject:
    return LegalSubject(
        id=row_id("subject", subject.key),
        key=subject.key,
        name=subject.zh,
        name_en=subject.en,
        kind=subject.kind,
        uscc=subject.uscc,
        area_code=subject.area_code,
        area_short=subject.area_short,
        org_short=subject.org_short,
        address=subject.address,
        phone=subject.phone,
        reconsideration_organ=subject.reconsideration_organ,
        court=subject.court,
        may_punish=subject.may_punish,
        effective_from=subject.effective_from,
        effective_to=subject.effective_to,
    )


def _units(reference: Reference) -> Iterator[Base]:
    for unit in reference.units.values():
        yield UnitRow(
            id=row_id("unit", unit.key),
            key=unit.key,
            subject_id=row_id("subject", unit.subject),
            name=unit.zh,
            name_en=unit.en,
            kind=unit.kind,
        )


def _people(reference: Reference) -> Iterator[Base]:
    for person in reference.people.values():
        yield PersonRow(
            id=row_id("person", person.key),
            key=person.key,
            login=person.key,
            name=person.zh,
            name_en=person.en,
            post=person.post,
            legal_qualified=person.legal_qualified,
            reviewer_since=person.reviewer_since,
        )


def _qualifications(reference: Reference) -> Iterator[Base]:
    for person in reference.people.values():
        yield from _certificates(person)
        yield from _assignments(person, reference)


def _certificates(person: Person) -> Iterator[Base]:
    for certificate in person.certificates:
        yield CertificateRow(
            id=row_id("certificate", certificate.number),
            person_id=row_id("person", person.key),
            number=certificate.number,
            area=certificate.area,
            valid_from=certificate.valid_from,
            valid_to=certificate.valid_to,
        )


def _assignments(person: Person, reference: Reference) -> Iterator[Base]:
    for assignment in person.assignments:
        own = (reference.units[assignment.unit].subject,)
        for subject in assignment.subjects or own:
            key = f"{person.key}:{assignment.role}:{assignment.unit}:{subject}"
            yield RoleAssignment(
                id=row_id("assignment", f"{key}:{assignment.valid_from}"),
                person_id=row_id("person", person.key),
                role=assignment.role,
                unit_id=row_id("unit", assignment.unit),
                subject_id=row_id("subject", subject),
                valid_from=assignment.valid_from,
                valid_to=assignment.valid_to,
            )


def _matter(matter: Matter, reference: Reference) -> MatterRow:
    fixed = matter.fixed_bounds()
    return MatterRow(
        id=row_id("matter", matter.key),
        key=matter.key,
        code=matter.code,
        title=matter.zh,
        title_en=matter.en,
        field=matter.field,
        fine_min=fixed.lowest if fixed else None,
        fine_max=fixed.highest if fixed else None,
        basis=matter.citations(reference.laws),
        needs_correction=matter.needs_correction,
        verified=matter.verified,
        content=matter_content(matter, reference),
        effective_from=matter.effective_from,
        effective_to=matter.effective_to,
    )


def matter_content(matter: Matter, reference: Reference) -> dict[str, Any]:
    """What a matter's row keeps as JSON: duties, causes, fine, steps, checklist, draft of facts."""
    checklist = reference.codes["checklist_item"]
    items = [checklist.code(item) for item in matter.checklist]
    return {
        "duties": matter.duties(reference.laws),
        "causes": [{"key": c.key, "zh": c.zh, "en": c.en} for c in matter.causes],
        "fine": matter.fine.plain(),
        "penalty_kinds": list(matter.penalty_kinds),
        "exemptions": list(matter.exemptions),
        "discretion": _standard(reference.levels(matter)),
        "checklist": [{"value": i.value, "zh": i.zh, "en": i.en} for i in items],
        "department": matter.department,
        "facts": {"zh": matter.facts.zh, "en": matter.facts.en},
    }


def _standard(standard: Standard) -> dict[str, Any]:
    levels = [
        {
            "level": level.level,
            "lower": str(level.lower),
            "upper": str(level.upper),
            "factors": list(level.factors),
        }
        for level in standard.levels
    ]
    return {"standard": standard.key, "version": standard.version, "levels": levels}


def _holdings(reference: Reference) -> Iterator[Base]:
    for subject in reference.subjects:
        for matter, held_from, held_to in reference.held_by(subject):
            yield MatterHolding(
                id=row_id("holding", f"{subject}:{matter.key}:{held_from}"),
                subject_id=row_id("subject", subject),
                matter_id=row_id("matter", matter.key),
                held_from=held_from,
                held_to=held_to,
            )


def _parameters(reference: Reference) -> Iterator[Base]:
    for parameter in reference.parameters.values():
        for value in parameter.values:
            subject = value.subject
            yield ParameterValue(
                id=row_id("parameter", f"{parameter.key}:{subject}:{value.effective_from}"),
                key=parameter.key,
                subject_id=row_id("subject", subject) if subject else None,
                effective_from=value.effective_from,
                value=value.value,
                unit=value.unit,
                title=parameter.title.zh,
                title_en=parameter.title.en,
                source=parameter.source,
                verified=parameter.verified,
            )


def _year(table: YearTable) -> CalendarYear:
    return CalendarYear(
        year=table.year,
        status=table.status.value,
        notice=table.notice,
        off=sorted(day.isoformat() for day in table.off),
        work=sorted(day.isoformat() for day in table.work),
    )
