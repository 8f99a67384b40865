"""What a form knows before anyone types: facts for defaults, and lists to choose from.

One place for page, API and scenario, so that the three offer the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.case import Case
from models.duration import SHANGHAI, law_day
from models.errors import Text
from models.instalment import InstalmentPlan
from models.matter import Matter, MatterHolding
from models.person import Person
from models.recording import Recording, RecordingState
from models.report import TERMS
from models.subject import LegalSubject
from models.types import Role
from workflows import accounts, disclosure_prefill, link_prefill, review_prefill, service_prefill
from workflows.access import SEES_CASES, TAKES_PART
from workflows.actors import Actor
from workflows.catalogue import LoadedPack
from workflows.clocks import ClockKeeper
from workflows.enforcing import confiscated_left, order_of
from workflows.exempting import last_check, last_commitment
from workflows.forms import Option, Options
from workflows.forms.model import DefaultFrom, Field, Form
from workflows.keeping import retention_of
from workflows.labels import labels_of
from workflows.lawbook import lawbook
from workflows.measuring import HELD, SEIZED, goods_left, goods_listed
from workflows.people import Directory
from workflows.record import Record
from workflows.rows import PARTY_FIELDS, PARTY_MARKS
from workflows.sittings import meeting_for

ATTENDEES = (Role.HANDLER, Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.TOWN_LEGAL)
"""Who may sit in on a discussion without a vote: those who report and those who reviewed."""
PANEL = (Role.LEADER_CHIEF, Role.LEADER_DEPUTY, Role.PANEL_MEMBER)
REPORT_FIELDS = (
    *TERMS, "proposal", "facts", "discretion_level", "discretion_factors", "discretion_reason",
    "mitigation_ground", "no_penalty_ground", "education",
)  # fmt: skip


@dataclass(frozen=True)
class Needs:
    """What one form asks for: the roots of its defaults and the lists that it offers. Only that
    is looked up; a form that asks for little costs little."""

    roots: frozenset[str]
    lists: frozenset[str]

    @classmethod
    def of(cls, form: Form) -> "Needs":
        """The needs of a form, the columns of its lists included."""
        fields = list(_with_columns(form.fields))
        paths = [f.default.path for f in fields if isinstance(f.default, DefaultFrom)]
        return cls(
            frozenset(path.partition(".")[0] for path in paths),
            frozenset(f.options_from for f in fields if f.options_from),
        )


def _with_columns(fields: Iterable[Field]) -> Iterator[Field]:
    for each in fields:
        yield each
        yield from _with_columns(each.columns)


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


def facts(desk: Desk, needs: Needs) -> dict[str, Any]:
    """Plain nested values by the roots that the form names."""
    found: dict[str, Any] = {
        "now": desk.now,
        "actor": {"key": desk.actor.key, "name": desk.actor.name},
    }
    if desk.case is None:
        return found
    record, case = Record(desk.session, desk.case), desk.case
    roots: dict[str, Callable[[], Any]] = {
        "record": lambda: _record(desk, case, record),
        "report": lambda: _report(record),
        "plan": lambda: _plan(record),
        "account": lambda: _account(desk, record),
        "hearing": lambda: _chosen(record.hearing, "host_opinion"),
        "discussion": lambda: _discussion(desk.session, record, _keys(_panel(desk, record))),
        "reexamination": lambda: _chosen(record.reexamination, "reasons"),
        "disclosure": lambda: disclosure_prefill.by_rule(desk, record),
        "withdrawal": lambda: disclosure_prefill.withdrawal(record),
        "matter": lambda: review_prefill.checklist(desk.pack, record.matter),
        "review": lambda: review_prefill.objections(record),
        "service": lambda: service_prefill.facts(record, desk.actor.person_id),
        "seizure": lambda: goods_listed(record, SEIZED),
        "registration": lambda: goods_listed(record, HELD),
        "subject": lambda: {"court": case.subject.court},
    }
    return found | {root: look() for root, look in roots.items() if root in needs.roots}


def _plan(record: Record) -> dict[str, Any] | None:
    """The application for a deferral or instalments that waits, as it was written."""
    row = record.last(InstalmentPlan)
    if row is None:
        return None
    parts = [
        {"day": date.fromisoformat(part["day"]), "amount": Decimal(part["amount"])}
        for part in row.asked
    ]
    return {"parts": parts, "clause": row.clause}


def _account(desk: Desk, record: Record) -> dict[str, Any] | None:
    """What is owed today, and what was paid too much."""
    law = lawbook(desk.session)
    clocks = ClockKeeper(desk.session, record.case, law, desk.now)
    book = accounts.book(record, clocks, law, law_day(desk.now))
    if book is None:
        return None
    owed = book.balance
    parts = {"fine": owed.fine, "surcharge": owed.surcharge, "credit": owed.credit}
    party = record.case.party
    return {**parts, "total": owed.total, "payee": party.name if party else None}


def _chosen(row: object | None, name: str) -> dict[str, Any] | None:
    return {name: getattr(row, name)} if row is not None else None


def _record(desk: Desk, case: Case, record: Record) -> dict[str, Any]:
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
        "order": order_of(record.decision) or None,
        "transfer_to": record.transfer.to_agency if record.transfer else None,
        **_exemption(record),
        "retention": retention_of(lawbook(desk.session), case, law_day(desk.now)),
    }


def _exemption(record: Record) -> dict[str, Any]:
    """What the check of the lead and the promise found, for the proposal not to file."""
    check = last_check(record.session, record.case.id)
    promise = last_commitment(record.session, record.case.id)
    return {
        "exemption_ground": check.ground if check else None,
        "education": promise.education if promise else None,
    }


def _cause_key(matter: Matter | None, cause: str | None) -> str | None:
    """The code of a cause, as the picker knows it, from its words."""
    causes = matter.content.get("causes", []) if matter else []
    return next((str(c["value"]) for c in causes if c["zh"] == cause), None)


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


def _discussion(session: Session, record: Record, panel: Sequence[str]) -> dict[str, Any]:
    row = record.discussion
    if row is None:
        return {"panel": list(panel)}
    ids = [row.chair_id, *(v.person_id for v in row.votes)]
    named = session.execute(select(Person.id, Person.key).where(Person.id.in_(ids)))
    keys = {found.id: found.key for found in named}
    present = [v for v in row.votes if v.attended]
    item = meeting_for(session, row.id)
    came = {line["person"]: line for line in (item.meeting.attendance if item else ())}
    counted = [v for v in row.votes if v.person_id not in record.ever_handled | record.recused]
    return {
        "panel": list(panel),
        "observers": row.observers or None,
        "chair": keys[row.chair_id],
        "place": row.place,
        "planned_at": row.planned_at,
        "attendees": list(row.attendees),
        "members": [
            {"attended": True, **came.get(keys[v.person_id], {}), "person": keys[v.person_id]}
            for v in counted
        ],
        "present": [{"person": keys[v.person_id], "signed": True} for v in present],
    }


def options(desk: Desk, needs: Needs) -> Options:
    """Code tables of the pack and the lists of the record that the form offers, by name."""
    tables = {
        name: tuple(Option(o.value, o.text) for o in rows)
        for name, rows in labels_of(desk.pack).tables.items()
    }
    offered = {n: look() for n, look in _lists(desk).items() if n in needs.lists}
    return {**tables, **offered}


def _lists(desk: Desk) -> dict[str, Callable[[], tuple[Option, ...]]]:
    """Every list of the record by its name, worked out when it is asked for."""
    found: dict[str, Callable[[], tuple[Option, ...]]] = {"actor.subjects": lambda: _subjects(desk)}
    if desk.case is None:
        return found | {
            "record.handlers": lambda: _unit_handlers(desk),
            "actor.recordings": lambda: _recordings(desk, None),
            "actor.colleagues": lambda: _people(
                desk.session, desk.people.holding(SEES_CASES, desk.actor.subjects())
            ),
        }
    record = Record(desk.session, desk.case)
    tables = labels_of(desk.pack).tables
    return found | {
        "record.unit.handlers": lambda: _of_roles(desk, [Role.HANDLER]),
        "record.handlers": lambda: _case_handlers(desk),
        "subject.panel": lambda: _of_roles(desk, PANEL),
        "discussion.panel": lambda: _panel(desk, record),
        "subject.colleagues": lambda: _of_roles(desk, sorted(TAKES_PART)),
        "subject.attendees": lambda: _of_roles(desk, ATTENDEES),
        "subject.recorders": lambda: _of_roles(desk, [Role.RECORDER]),
        "subject.hosts": lambda: _of_roles(desk, [Role.HEARING_HOST]),
        "record.evidence": lambda: _evidence(record),
        "record.recordings": lambda: _recordings(desk, desk.case),
        **link_prefill.lists(record),
        "seizure.goods": lambda: goods_left(record, SEIZED),
        "registration.goods": lambda: goods_left(record, HELD),
        "disclosure.channels_left": lambda: disclosure_prefill.channels_left(record, desk.pack),
        "confiscated.goods": lambda: _confiscated(record),
        "record.to_serve": lambda: service_prefill.papers(record),
        "record.joint_requests": lambda: review_prefill.joint_requests(record),
        "record.objections": lambda: review_prefill.objection_texts(record, desk.pack),
        "matter.checklist": lambda: review_prefill.menu(desk.pack, record.matter),
        **{
            name: partial(_of_matter, record, tables, name)
            for name in ("matter.causes", "matter.factors")
        },
    }


def _subjects(desk: Desk) -> tuple[Option, ...]:
    held = {h.subject_id for h in desk.actor.holdings}
    rows = desk.session.scalars(select(LegalSubject).where(LegalSubject.id.in_(held)))
    return tuple(Option(s.key, Text(s.name, s.name_en)) for s in rows)


def _panel(desk: Desk, record: Record) -> tuple[Option, ...]:
    """The members' list of the legal subject, less those excluded in this case."""
    assert desk.case is not None
    found = desk.people.eligible(PANEL, desk.case.subject_id, desk.case.unit_id)
    return _people(desk.session, set(found) - record.ever_handled - record.recused)


def _keys(options: Iterable[Option]) -> list[str]:
    return [option.value for option in options]


def _case_handlers(desk: Desk) -> tuple[Option, ...]:
    """Those in charge of the case; before any is named, the unit's."""
    assert desk.case is not None
    named = tuple(_named(h.person) for h in desk.case.active_handlers())
    return named or _of_roles(desk, [Role.HANDLER])


def _evidence(record: Record) -> tuple[Option, ...]:
    return tuple(
        Option(str(e.id), Text(f"{e.number} {e.name}", f"{e.number} {e.name}"))
        for e in record.evidence
        if e.admissible
    )


RECORDINGS = 100
"""So many recordings, the newest, are offered at once."""


def _recordings(desk: Desk, case: Case | None) -> tuple[Option, ...]:
    """Recordings that led to the case, and those that belong to none yet, whatever their state:
    a guard says why one cannot be used."""
    subjects = [case.subject_id] if case else sorted(desk.actor.subjects(), key=str)
    free = Recording.case_id.is_(None)
    mine = or_(free, Recording.case_id == case.id) if case else free
    rows = desk.session.scalars(
        select(Recording)
        .where(Recording.subject_id.in_(subjects), mine, Recording.evidence_id.is_(None))
        .order_by(Recording.observed_at.desc())
        .limit(RECORDINGS)
    )
    return tuple(_recording(row) for row in rows)


def _recording(row: Recording) -> Option:
    state = STATES[row.state]
    when = f"{row.observed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    told = f"{row.number}，{when}，{row.reading}"
    told_en = f"{row.number}, {when}, {row.reading}"
    return Option(row.number, Text(f"{told}，{state.zh}", f"{told_en}, {state.en}"))


STATES = {
    RecordingState.PENDING_REVIEW: Text("待审核", "awaits review"),
    RecordingState.PASSED: Text("审核通过", "passed"),
    RecordingState.REJECTED: Text("审核未通过", "rejected"),
}


def _confiscated(record: Record) -> tuple[Option, ...]:
    """Confiscated goods that are still there, by their number on the register."""
    left = confiscated_left(record)
    texts = {str(i.number): f"{i.number} {i.name} {int(i.quantity)}{i.unit}" for i in left}
    return tuple(Option(number, Text(text, text)) for number, text in texts.items())


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
    record: Record, tables: Mapping[str, Iterable[Any]], name: str
) -> tuple[Option, ...]:
    content = record.matter.content if record.matter else {}
    match name:
        case "matter.causes":
            causes = content.get("causes", [])
            return tuple(Option(c["value"], Text(c["zh"], c["en"])) for c in causes)
        case _:
            levels = content.get("discretion", {}).get("levels", [])
            factors = {factor for level in levels for factor in level["factors"]}
            return _among(tables, "discretion_factor", factors)


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
