"""What a form knows before anyone types: facts for defaults, and lists to choose from.

One place for page, API and scenario, so that the three offer the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.case import Case, CaseHandler
from models.document import Document
from models.duration import law_day
from models.errors import Text
from models.matter import Matter, MatterHolding
from models.person import Person
from models.report import TERMS
from models.subject import LegalSubject
from models.types import Role
from workflows.actors import Actor
from workflows.catalogue import LoadedPack
from workflows.forms import Option, Options
from workflows.issuing import labels_of
from workflows.people import Directory
from workflows.record import Record
from workflows.rows import PARTY_FIELDS, PARTY_MARKS

PANEL = (Role.LEADER_CHIEF, Role.LEADER_DEPUTY, Role.PANEL_MEMBER)
REPORT_FIELDS = (
    *TERMS, "proposal", "facts", "discretion_level", "discretion_factors", "discretion_reason",
    "mitigation_ground", "no_penalty_ground", "education",
)  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """Who fills in the form, when, and on which case (None: a lead that is not yet one)."""

    session: Session
    actor: Actor
    now: datetime
    pack: LoadedPack
    case: Case | None = None

    @property
    def people(self) -> Directory:
        """People as of today."""
        return Directory(self.session, law_day(self.now))


def facts(desk: Desk) -> dict[str, Any]:
    """Plain nested values by the roots that form files name."""
    found: dict[str, Any] = {
        "now": desk.now,
        "actor": {"key": desk.actor.key, "name": desk.actor.name},
    }
    if desk.case is None:
        return found
    record = Record(desk.session, desk.case)
    found["record"] = _record(desk.case, record)
    found["report"] = _report(record)
    found["discussion"] = _discussion(desk.session, record)
    if record.reexamination:
        found["reexamination"] = {"reasons": record.reexamination.reasons}
    if record.disclosure:
        found["disclosure"] = {"withhold_ground": record.disclosure.withhold_ground}
    if record.matter:
        found["matter"] = {
            "checklist": [{"item": item} for item in record.matter.content.get("checklist", [])]
        }
    return found


def _record(case: Case, record: Record) -> dict[str, Any]:
    party, verification = case.party, record.verification
    return {
        "act_place": case.act_place,
        "received_at": case.clue_at,
        "matter": record.matter.key if record.matter else None,
        "cause": _cause_key(record.matter, case.cause),
        "party": {n: getattr(party, n) for n in (*PARTY_FIELDS, *PARTY_MARKS)} if party else None,
        "findings": verification.findings if verification else case.lead_content,
        "handlers": [h.person.key for h in case.active_handlers()],
        "outstanding": record.outstanding() if record.decision else None,
        "transfer_to": record.transfer.to_agency if record.transfer else None,
        **_pages(record),
    }


def _cause_key(matter: Matter | None, cause: str | None) -> str | None:
    """The code of a cause, as the picker knows it, from its words."""
    causes = matter.content.get("causes", []) if matter else []
    return next((str(c["value"]) for c in causes if c["zh"] == cause), None)


def _pages(record: Record) -> dict[str, int]:
    """Estimated page counts of the two volumes; the archivist corrects them by hand."""
    documents = record.all(Document)
    return {
        f"{volume}_pages": sum(d.pages or 1 for d in documents if d.volume == volume) or 1
        for volume in ("main", "secondary")
    }


def _report(record: Record) -> dict[str, Any] | None:
    report, discussion = record.report, record.discussion
    if report is None:
        return None
    found = {name: getattr(report, name) for name in REPORT_FIELDS}
    if discussion and discussion.report_id == report.id and discussion.fine is not None:
        found["fine"] = discussion.fine
    if discussion and discussion.report_id == report.id and discussion.result == "no_penalty":
        found["proposal"] = "no_penalty"
    return found


def _discussion(session: Session, record: Record) -> dict[str, Any] | None:
    row = record.discussion
    if row is None:
        return None
    ids = [row.chair_id, *(v.person_id for v in row.votes)]
    named = session.execute(select(Person.id, Person.key).where(Person.id.in_(ids)))
    keys = {found.id: found.key for found in named}
    present = [v for v in row.votes if v.attended]
    return {
        "chair": keys[row.chair_id],
        "place": row.place,
        "planned_at": row.planned_at,
        "attendees": list(row.attendees),
        "members": [{"person": keys[v.person_id], "attended": True} for v in row.votes],
        "present": [{"person": keys[v.person_id], "signed": True} for v in present],
    }


def options(desk: Desk) -> Options:
    """Code tables of the pack and the lists of the record, by the names that forms use."""
    tables = {
        name: tuple(Option(o.value, o.text) for o in rows)
        for name, rows in labels_of(desk.pack).tables.items()
    }
    return {**tables, **_lists(desk)}


def _lists(desk: Desk) -> dict[str, tuple[Option, ...]]:
    session, case = desk.session, desk.case
    held = {h.subject_id for h in desk.actor.holdings}
    subjects = session.scalars(select(LegalSubject).where(LegalSubject.id.in_(held)))
    found = {"actor.subjects": tuple(Option(s.key, Text(s.name, s.name_en)) for s in subjects)}
    if case is None:
        found["record.handlers"] = _unit_handlers(desk)
        return found
    record = Record(session, case)
    handlers: Iterable[CaseHandler] = case.active_handlers()
    named = tuple(_named(h.person) for h in handlers)
    unit = _of_roles(desk, [Role.HANDLER])
    found["record.unit.handlers"] = unit
    found["record.handlers"] = named or unit
    found["subject.panel"] = _of_roles(desk, PANEL)
    found["subject.recorders"] = _of_roles(desk, [Role.RECORDER])
    found["record.evidence"] = tuple(
        Option(str(e.id), Text(f"{e.number} {e.name}", f"{e.number} {e.name}"))
        for e in record.evidence
        if e.admissible
    )
    if record.matter:
        found |= _of_matter(record.matter, labels_of(desk.pack).tables)
    return found


def _named(person: Person) -> Option:
    return Option(person.key, Text(person.name, person.name_en))


def _unit_handlers(desk: Desk) -> tuple[Option, ...]:
    holding = next((h for h in desk.actor.holdings if h.role == Role.HANDLER), None)
    if holding is None:
        return ()
    found = desk.people.eligible([Role.HANDLER], holding.subject_id, holding.unit_id)
    return _people(desk.session, found)


def _of_roles(desk: Desk, roles: Iterable[Role]) -> tuple[Option, ...]:
    assert desk.case is not None
    found = desk.people.eligible(roles, desk.case.subject_id, desk.case.unit_id)
    return _people(desk.session, found)


def _people(session: Session, ids: Iterable[Any]) -> tuple[Option, ...]:
    rows = session.scalars(select(Person).where(Person.id.in_(list(ids))).order_by(Person.key))
    return tuple(_named(p) for p in rows)


def _of_matter(
    matter: Matter, tables: Mapping[str, Iterable[Any]]
) -> dict[str, tuple[Option, ...]]:
    content = matter.content
    levels = content.get("discretion", {}).get("levels", [])
    factors = {factor for level in levels for factor in level["factors"]}
    checklist = set(content.get("checklist", []))
    return {
        "matter.causes": tuple(
            Option(c["value"], Text(c["zh"], c["en"])) for c in content.get("causes", [])
        ),
        "matter.factors": _among(tables, "discretion_factor", factors),
        "matter.checklist": _among(tables, "checklist_item", checklist),
    }


def _among(tables: Mapping[str, Iterable[Any]], table: str, wanted: set[str]) -> tuple[Option, ...]:
    return tuple(Option(o.value, o.text) for o in tables.get(table, ()) if o.value in wanted)


def matters(desk: Desk, subject_id: Any) -> list[Matter]:
    """Matters on the subject's list today, for the matter picker."""
    today = law_day(desk.now)
    rows = desk.session.scalars(
        select(Matter)
        .join(MatterHolding, MatterHolding.matter_id == Matter.id)
        .where(MatterHolding.subject_id == subject_id, MatterHolding.held_from <= today)
        .order_by(Matter.field, Matter.code)
    )
    return [m for m in rows.unique() if m.in_force_on(today)]
