"""The whole file of one case, as its page and the desk beside a task show it.

A fixed number of queries, whatever the case holds: one for each kind of row, one for all people
that any row names. Rows come back detached; nothing of them loads later.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from models.base import Base, CaseRecord
from models.calendar import WorkCalendar
from models.case import Case, CaseHandler, Recusal
from models.clock import StatutoryClock
from models.closing import ArchiveVolume, Closing
from models.correction import CorrectionOrder, Recheck
from models.criminal import CriminalObjection, CriminalTransfer
from models.decision import Decision
from models.disclosure import Disclosure
from models.discussion import Discussion
from models.document import CaseNote, Document
from models.errors import NotFound
from models.evidence import Evidence
from models.extension import Extension
from models.fact_correction import FactCorrection
from models.inquiry import InvestigationRecord
from models.joint_review import Consultation, JointOpinion, ReviewObjection
from models.note import Progress, Watch
from models.notice import Notice, Reexamination, Statement
from models.pack import PackVersion
from models.payment import Payment
from models.person import Certificate, Person
from models.recusal import RecusalRequest
from models.report import FinalReport
from models.review import Opinion, ReviewOpinion
from models.service import (
    Announcement,
    ProofOfService,
    ServiceAttempt,
    ServiceConfirmation,
)
from models.suspension import Suspension, Termination
from models.task import Task
from models.transfer import IncomingTransfer, JurisdictionDispute, Transfer
from models.verification import FilingProposal, Verification
from workflows.actors import Actor
from workflows.keeping import hold_of, open_disposal
from workflows.lawbook import lawbook
from workflows.permissions import visible_to

R = TypeVar("R", bound=CaseRecord)

RECORDS: tuple[type[CaseRecord], ...] = (
    Verification, FilingProposal, CorrectionOrder, Recheck, Evidence, InvestigationRecord,
    FinalReport, Opinion, ReviewOpinion, JointOpinion, Consultation, ReviewObjection,
    Notice, Statement, Reexamination, Discussion, Decision,
    ProofOfService, Payment, Disclosure, Transfer, Closing, ArchiveVolume, CaseNote, Recusal,
    ServiceAttempt, Announcement, ServiceConfirmation,
    Document, FactCorrection, Extension, Suspension, Termination, RecusalRequest,
    CriminalTransfer, CriminalObjection, IncomingTransfer, JurisdictionDispute,
)  # fmt: skip
"""Every kind of row of a case's record that a page shows."""

HEAVY: Mapping[type[CaseRecord], tuple[Any, ...]] = {
    Document: (defer(Document.facts, raiseload=True),),
    Discussion: (selectinload(Discussion.votes),),
}
"""What is left out, or fetched along, with a kind."""


@dataclass(frozen=True)
class CaseFile:
    """One case with everything recorded in it, oldest first."""

    case: Case
    version: PackVersion
    calendar: WorkCalendar
    clocks: Sequence[StatutoryClock]
    tasks: Sequence[Task]
    people: Mapping[uuid.UUID, Person]
    certificates: Mapping[uuid.UUID, Sequence[Certificate]]
    watched: bool
    records: Mapping[type[CaseRecord], Sequence[Any]] = field(repr=False)
    held: bool = False
    """Whether the archived file is under a legal hold."""
    listed: bool = False
    """Whether the archived file is on the list of disposal."""

    def all(self, kind: type[R]) -> Sequence[R]:
        """All rows of a kind, oldest first."""
        return self.records[kind]

    def last(self, kind: type[R]) -> R | None:
        """The latest row of a kind."""
        rows = self.all(kind)
        return rows[-1] if rows else None

    @property
    def decision(self) -> Decision | None:
        """The decision in force."""
        return next((d for d in reversed(self.all(Decision)) if not d.undone), None)

    def clock(self, code: str) -> StatutoryClock | None:
        """The latest clock with this code."""
        return next((row for row in reversed(self.clocks) if row.code == code), None)

    def open_tasks(self) -> list[Task]:
        """What waits for somebody now, in the order in which it opened."""
        return [task for task in self.tasks if task.state == "open"]


def case_file(session: Session, actor: Actor, case_id: uuid.UUID) -> CaseFile:
    """The file of a case that the person may see; anything else is not found."""
    case = visible_case(session, actor, case_id)
    records: dict[type[CaseRecord], Sequence[Any]] = {
        kind: _rows(session, kind, case_id) for kind in RECORDS
    }
    in_archive = bool(records[ArchiveVolume])
    tasks = _of_case(session, Task, case_id, Task.opened_at, Task.element)
    clocks = _of_case(
        session, StatutoryClock, case_id, StatutoryClock.started_at, StatutoryClock.code
    )
    votes = [vote for discussion in records[Discussion] for vote in discussion.votes]
    everything = [*tasks, *case.handlers, *votes, *chain.from_iterable(records.values())]
    return CaseFile(
        case=case,
        version=session.get_one(PackVersion, case.pack_version_id),
        calendar=lawbook(session).calendar,
        clocks=clocks,
        tasks=tasks,
        people=people_named(session, everything),
        certificates=_certificates(session, {h.person_id for h in case.handlers}),
        watched=_watched(session, actor, case_id),
        records=records,
        held=in_archive and hold_of(session, case_id) is not None,
        listed=in_archive and open_disposal(session, case_id) is not None,
    )


def visible_case(session: Session, actor: Actor, case_id: uuid.UUID) -> Case:
    """The case with its subject, unit, matter, handlers and party, if the person may see it."""
    case = session.scalar(
        select(Case)
        .where(Case.id == case_id, visible_to(actor))
        .options(
            joinedload(Case.subject),
            joinedload(Case.unit),
            joinedload(Case.matter),
            selectinload(Case.handlers).joinedload(CaseHandler.person),
            selectinload(Case.parties),
        )
    )
    if case is None:
        raise NotFound()
    return case


def evidence_of(session: Session, actor: Actor, evidence_id: uuid.UUID) -> tuple[Case, Evidence]:
    """An item of evidence and its case, if the person may see it."""
    return _in_visible_case(session, actor, Evidence, evidence_id)


def document_of(session: Session, actor: Actor, document_id: uuid.UUID) -> tuple[Case, Document]:
    """A document and its case, if the person may see it."""
    return _in_visible_case(session, actor, Document, document_id)


def volume_of(session: Session, case_id: uuid.UUID, supplement: int = 0) -> ArchiveVolume | None:
    """The archived file (or a supplement) of a case whose visibility has been checked."""
    query = select(ArchiveVolume).where(ArchiveVolume.case_id == case_id)
    return session.scalar(query.where(ArchiveVolume.supplement == supplement))


def progress_of(session: Session, key: str) -> Progress | None:
    """How far a long piece of work has come."""
    return session.get(Progress, key)


def neighbours_of(session: Session, item: Evidence) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """The items of evidence before and after one, by number."""
    same = select(Evidence.id).where(Evidence.case_id == item.case_id)
    before = same.where(Evidence.number < item.number).order_by(Evidence.number.desc())
    after = same.where(Evidence.number > item.number).order_by(Evidence.number)
    return session.scalar(before.limit(1)), session.scalar(after.limit(1))


def people_named(session: Session, rows: Iterable[Base]) -> Mapping[uuid.UUID, Person]:
    """Everyone whom the rows name."""
    ids = named_in(rows)
    if not ids:
        return {}
    found = session.scalars(select(Person).where(Person.id.in_(ids)))
    return {person.id: person for person in found}


def named_in(rows: Iterable[Base]) -> set[uuid.UUID]:
    """Keys of all people in the rows."""
    found = {getattr(row, name) for row in rows for name in _person_columns(type(row))}
    return found - {None}


@cache
def _person_columns(kind: type[Base]) -> tuple[str, ...]:
    mapper = inspect(kind)
    return tuple(
        mapper.get_property_by_column(column).key
        for column in mapper.columns
        if any(key.column.table.name == Person.__tablename__ for key in column.foreign_keys)
    )


def _in_visible_case(
    session: Session, actor: Actor, kind: type[R], row_id: uuid.UUID
) -> tuple[Case, R]:
    row = session.execute(
        select(Case, kind)
        .join(kind, kind.case_id == Case.id)
        .where(kind.id == row_id, visible_to(actor))
    ).first()
    if row is None:
        raise NotFound()
    return row[0], row[1]


def _rows(session: Session, kind: type[R], case_id: uuid.UUID) -> Sequence[R]:
    query = select(kind).where(kind.case_id == case_id).order_by(kind.recorded_at, kind.id)
    return session.scalars(query.options(*HEAVY.get(kind, ()))).all()


def _of_case(session: Session, kind: Any, case_id: uuid.UUID, *order: Any) -> Sequence[Any]:
    return session.scalars(select(kind).where(kind.case_id == case_id).order_by(*order)).all()


def _certificates(
    session: Session, ids: set[uuid.UUID]
) -> Mapping[uuid.UUID, Sequence[Certificate]]:
    found: dict[uuid.UUID, list[Certificate]] = {}
    for row in session.scalars(select(Certificate).where(Certificate.person_id.in_(ids))):
        found.setdefault(row.person_id, []).append(row)
    return found


def _watched(session: Session, actor: Actor, case_id: uuid.UUID) -> bool:
    return session.get(Watch, (actor.person_id, case_id)) is not None
