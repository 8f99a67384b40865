"""Taking over reference data: what the files say that the database does not know yet."""

import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.discretion import DiscretionTable
from models.exemption import ExemptionItem
from models.matter import Matter, MatterHolding
from models.parameter import CalendarYear, ParameterValue
from models.person import Certificate, Person, RoleAssignment
from models.subject import LegalSubject, Unit
from workflows import rules
from workflows.act import Act, Outcome, told
from workflows.commands.reference import LoadBureau, LoadLaw
from workflows.discretion import shares_of
from workflows.lawbook import count_change
from workflows.passwords import hash_password
from workflows.reference.book import Reference, load_reference
from workflows.reference.calendar import load_year
from workflows.reference.matters import Matter as MatterFile
from workflows.reference.matters import Standard, load_standard_versions

SHARED = Path(__file__).resolve().parents[2] / "bpmn" / "_shared"


def load_law(act: Act, c: LoadLaw) -> Outcome:
    """Parameters, calendars and matters; values that stand are left alone."""
    root = Path(c.folder) if c.folder else SHARED
    reference = load_reference(root)
    added = (
        _parameters(act.session, reference)
        + _calendars(act.session, root)
        + _matters(act.session, reference)
        + _standards(act.session, root)
        + _exemptions(act.session, reference)
    )
    if added:
        count_change(act.session)
    return Outcome(
        events=[
            told(
                "law:reference:loaded",
                f"载入法律参数、日历和执法事项，新增{added}项。",
                f"Law loaded: {added} new entries.",
            )
        ],
        extra={"added": added},
    )


def _parameters(session: Session, reference: Reference) -> int:
    subjects = {s.key: s.id for s in session.scalars(select(LegalSubject))}
    known = {
        (p.key, p.subject_id, p.effective_from) for p in session.scalars(select(ParameterValue))
    }
    added = 0
    for parameter in reference.parameters.values():
        for value in parameter.values:
            subject = subjects.get(value.subject) if value.subject else None
            if (parameter.key, subject, value.effective_from) in known:
                continue
            session.add(
                ParameterValue(
                    id=uuid.uuid4(),
                    key=parameter.key,
                    subject_id=subject,
                    effective_from=value.effective_from,
                    value=_plain(value.value),
                    unit=value.unit,
                    title=parameter.title.zh,
                    title_en=parameter.title.en,
                    source=parameter.source,
                    verified=parameter.verified,
                )
            )
            added += 1
    return added


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def _calendars(session: Session, root: Path) -> int:
    known = set(session.scalars(select(CalendarYear.year)))
    added = 0
    for path in sorted((root / "calendar").glob("*.yaml")):
        table = load_year(path)
        if table.year in known:
            continue
        session.add(
            CalendarYear(
                year=table.year,
                status=str(table.status),
                notice=table.notice,
                off=sorted(d.isoformat() for d in table.off),
                work=sorted(d.isoformat() for d in table.work),
            )
        )
        added += 1
    return added


def _standards(session: Session, root: Path) -> int:
    """Versions of the standards of discretion that are new; those that stand are left alone."""
    known = {(row.key, row.version) for row in session.scalars(select(DiscretionTable))}
    versions = load_standard_versions(root / "discretion.yaml")
    fresh = [each for each in versions if (each.key, each.version) not in known]
    for each in fresh:
        session.add(
            DiscretionTable(
                id=uuid.uuid4(), key=each.key, version=each.version, title=each.zh,
                title_en=each.en, source=each.source, verified=each.verified,
                effective_from=each.effective_from, effective_to=each.effective_to,
                dmn=read_table(root, each),
            )
        )  # fmt: skip
    return len(fresh)


def read_table(root: Path, standard: Standard) -> str:
    """The text of a standard's table; ValueError when it does not give the levels listed."""
    text = (root / standard.table).read_text(encoding="utf-8")
    listed = {each.level: (each.lower, each.upper) for each in standard.levels}
    if shares_of(rules.parse(text.encode(), standard.table)) != listed:
        raise ValueError(f"{standard.table} does not give the levels of {standard.key}")
    return text


def _matters(session: Session, reference: Reference) -> int:
    known = {(m.code, m.effective_from) for m in session.scalars(select(Matter))}
    fresh = [m for m in reference.matters.values() if (m.code, m.effective_from) not in known]
    for matter in fresh:
        bounds = matter.fixed_bounds()
        session.add(
            Matter(
                id=uuid.uuid4(),
                key=matter.key,
                code=matter.code,
                title=matter.zh,
                title_en=matter.en,
                field=matter.field,
                fine_min=bounds.lowest if bounds else None,
                fine_max=bounds.highest if bounds else None,
                basis=matter.citations(reference.laws),
                needs_correction=matter.needs_correction,
                verified=matter.verified,
                content=_content(matter, reference),
                effective_from=matter.effective_from,
                effective_to=matter.effective_to,
            )
        )
    return len(fresh)


def _exemptions(session: Session, reference: Reference) -> int:
    known = {
        (e.matter_key, e.ground, e.subject_key, e.effective_from)
        for e in session.scalars(select(ExemptionItem))
    }
    fresh = [
        e
        for e in reference.exemptions
        if (e.matter, str(e.ground), e.subject, e.effective_from) not in known
    ]
    session.add_all(
        ExemptionItem(
            id=uuid.uuid4(),
            number=line.number,
            matter_key=line.matter,
            ground=str(line.ground),
            subject_key=line.subject,
            commitment=line.commitment,
            condition={"zh": line.zh, "en": line.en},
            source=line.source,
            verified=line.verified,
            effective_from=line.effective_from,
            effective_to=line.effective_to,
        )
        for line in fresh
    )
    return len(fresh)


def _content(matter: MatterFile, reference: Reference) -> dict[str, Any]:
    """What forms, guards and documents ask of a matter beyond its columns."""
    return {
        "causes": [{"value": c.key, "zh": c.zh, "en": c.en} for c in matter.causes],
        "duties": matter.duties(reference.laws),
        "penalty_kinds": list(matter.penalty_kinds),
        "fine": {
            "unit": str(matter.fine.unit),
            "base": matter.fine.base,
            "ranges": [
                {"party": str(r.party), "min": str(r.min), "max": str(r.max)}
                for r in matter.fine.ranges
            ],
        },
        "discretion": _standard(matter, reference),
        "checklist": list(matter.checklist),
        "exemptions": list(matter.exemptions),
        "department": matter.department,
        "facts": {"zh": matter.facts.zh, "en": matter.facts.en},
    }


def _standard(matter: MatterFile, reference: Reference) -> dict[str, Any]:
    standard = reference.standards[matter.discretion]
    return {
        "key": standard.key,
        "version": standard.version,
        "levels": [
            {
                "level": level.level,
                "lower": str(level.lower),
                "upper": str(level.upper),
                "factors": list(level.factors),
            }
            for level in standard.levels
        ],
    }


def load_bureau(act: Act, c: LoadBureau) -> Outcome:
    """Subjects, units, people, certificates, roles, and who holds which matters."""
    bureau = load_reference(Path(c.folder) if c.folder else SHARED).bureau
    session = act.session
    subjects = {s.key: s for s in session.scalars(select(LegalSubject))}
    for subject in bureau.subjects.values():
        if subject.key not in subjects:
            values = {n: getattr(subject, n) for n in SUBJECT_FIELDS}
            subjects[subject.key] = LegalSubject(
                id=uuid.uuid4(), name=subject.zh, name_en=subject.en, **values
            )
            session.add(subjects[subject.key])
    units = {u.key: u for u in session.scalars(select(Unit))}
    for unit in bureau.units.values():
        if unit.key not in units:
            units[unit.key] = Unit(
                id=uuid.uuid4(), key=unit.key, subject_id=subjects[unit.subject].id,
                name=unit.zh, name_en=unit.en, kind=unit.kind,
            )  # fmt: skip
            session.add(units[unit.key])
    session.flush()
    added = _people(session, bureau.people, subjects, units, hash_password(c.password))
    _holdings(session, bureau.holdings, subjects)
    return Outcome(
        events=[
            told(
                "bureau:reference:loaded", f"载入机构与人员，新增{added}人。",
                f"Bureau loaded: {added} new people.",
            )
        ],
        extra={"people": added},
    )  # fmt: skip


SUBJECT_FIELDS = (
    "key", "kind", "uscc", "area_code", "area_short", "org_short", "address", "phone",
    "reconsideration_organ", "court", "may_punish", "effective_from", "effective_to",
)  # fmt: skip


def _people(
    session: Session,
    people: dict[str, Any],
    subjects: dict[str, LegalSubject],
    units: dict[str, Unit],
    password_hash: str,
) -> int:
    known = set(session.scalars(select(Person.key)))
    fresh = [p for p in people.values() if p.key not in known]
    for person in fresh:
        row = Person(
            id=uuid.uuid4(), key=person.key, login=person.key, name=person.zh, name_en=person.en,
            post=person.post, legal_qualified=person.legal_qualified,
            reviewer_since=person.reviewer_since, password_hash=password_hash,
        )  # fmt: skip
        row.certificates = [
            Certificate(
                id=uuid.uuid4(), number=c.number, area=c.area, valid_from=c.valid_from,
                valid_to=c.valid_to,
            )
            for c in person.certificates
        ]  # fmt: skip
        row.assignments = [
            RoleAssignment(
                id=uuid.uuid4(), role=a.role, unit_id=units[a.unit].id, subject_id=subject_id,
                valid_from=a.valid_from, valid_to=a.valid_to,
            )
            for a in person.assignments
            for subject_id in (
                [subjects[key].id for key in a.subjects] or [units[a.unit].subject_id]
            )
        ]  # fmt: skip
        session.add(row)
    return len(fresh)


def _holdings(
    session: Session, holdings: tuple[Any, ...], subjects: dict[str, LegalSubject]
) -> None:
    known = {
        (h.subject_id, h.matter_id, h.held_from) for h in session.scalars(select(MatterHolding))
    }
    matters = session.scalars(select(Matter)).all()
    for holding in holdings:
        subject_id = subjects[holding.subject].id
        for matter in (m for m in matters if m.field in holding.fields):
            start: date = holding.held_from
            if (subject_id, matter.id, start) not in known:
                session.add(
                    MatterHolding(
                        id=uuid.uuid4(), subject_id=subject_id, matter_id=matter.id,
                        held_from=start, held_to=holding.held_to,
                    )
                )  # fmt: skip
