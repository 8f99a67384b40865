"""What was signed under a document, and the register of document numbers (文号登记簿)."""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, tuple_
from sqlalchemy.orm import Session

from models.case import Case
from models.document import Document, NumberSequence, NumberTaken
from models.errors import Invalid
from models.person import Person
from models.signature import Signature
from models.types import DocumentState
from workflows.actors import Actor
from workflows.queries.cases import subjects_of
from workflows.queries.paging import PAGE, Page


def signatures_of(
    session: Session, document_id: uuid.UUID
) -> Sequence[tuple[Signature, Person, Person | None]]:
    """Signatures with who gave them and for whom, in the order in which they were given."""
    away = select(Person).subquery()
    query = (
        select(Signature, Person, away.c.id)
        .join(Person, Person.id == Signature.person_id)
        .outerjoin(away, away.c.id == Signature.acting_for_id)
        .where(Signature.document_id == document_id)
        .order_by(Signature.recorded_at)
    )
    rows = session.execute(query).all()
    absent = {key for _row, _person, key in rows if key}
    named = {p.id: p for p in session.scalars(select(Person).where(Person.id.in_(absent)))}
    return [(row, person, named.get(key)) for row, person, key in rows]


@dataclass(frozen=True, slots=True)
class NumberSeries:
    """One sequence of the register: a legal subject, a kind word and a year."""

    subject_id: uuid.UUID
    kind: str
    year: int
    last: int
    taken: int
    voided: int

    @property
    def missing(self) -> int:
        """Numbers below the last one that the register does not explain."""
        return self.last - self.taken


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number: when it was taken, for which case and document, whether it is void."""

    sequence: int
    number: str
    taken_at: datetime
    voided_at: datetime | None
    void_reason: str | None
    case_id: uuid.UUID
    party_name: str
    document_id: uuid.UUID | None
    title: str | None
    own: bool
    """Whether the number is the case's own (立案、线索), which needs no document in force."""


def sequences(session: Session, actor: Actor) -> list[NumberSeries]:
    """The sequences of the legal subjects that the person sees, latest year first."""
    key = (NumberTaken.subject_id, NumberTaken.kind, NumberTaken.year)
    counted = (
        select(
            *key,
            func.count().label("taken"),
            func.count(NumberTaken.voided_at).label("voided"),
        )
        .where(NumberTaken.subject_id.in_(subjects_of(actor)))
        .group_by(*key)
        .subquery()
    )
    query = (
        select(NumberSequence, counted.c.taken, counted.c.voided)
        .outerjoin(
            counted,
            and_(
                counted.c.subject_id == NumberSequence.subject_id,
                counted.c.kind == NumberSequence.kind,
                counted.c.year == NumberSequence.year,
            ),
        )
        .where(NumberSequence.subject_id.in_(subjects_of(actor)))
        .order_by(NumberSequence.year.desc(), NumberSequence.kind, NumberSequence.subject_id)
    )
    return [
        NumberSeries(row.subject_id, row.kind, row.year, row.last, taken or 0, voided or 0)
        for row, taken, voided in session.execute(query)
    ]


def numbers(
    session: Session,
    actor: Actor,
    *,
    subject_id: uuid.UUID,
    kind: str,
    year: int,
    voided: bool = False,
    after: str | None = None,
) -> Page[NumberRow]:
    """A page of one sequence, the latest number first."""
    if subject_id not in subjects_of(actor):
        return Page([])
    conditions: list[ColumnElement[bool]] = [
        NumberTaken.subject_id == subject_id,
        NumberTaken.kind == kind,
        NumberTaken.year == year,
    ]
    if voided:
        conditions.append(NumberTaken.voided_at.is_not(None))
    if after is not None:
        conditions.append(NumberTaken.sequence < _sequence(after))
    query = (
        select(NumberTaken, Case)
        .join(Case, Case.id == NumberTaken.case_id)
        .where(*conditions)
        .order_by(NumberTaken.sequence.desc())
        .limit(PAGE + 1)
    )
    found = session.execute(query).all()
    rows = [(taken, case) for taken, case in found[:PAGE]]
    papers = _papers(session, [(taken.case_id, taken.number) for taken, _case in rows])
    listed = [_row(taken, case, papers.get((taken.case_id, taken.number))) for taken, case in rows]
    more = len(found) > PAGE
    return Page(listed, _cursor(listed[-1].sequence) if more else None)


def _papers(
    session: Session, keys: list[tuple[uuid.UUID, str]]
) -> dict[tuple[uuid.UUID, str], Document]:
    """The latest document in force under each number."""
    if not keys:
        return {}
    rows = session.scalars(
        select(Document)
        .where(
            tuple_(Document.case_id, Document.number).in_(keys),
            Document.state == DocumentState.ISSUED,
        )
        .order_by(Document.recorded_at)
    )
    return {(row.case_id, row.number or ""): row for row in rows}


def _row(taken: NumberTaken, case: Case, paper: Document | None) -> NumberRow:
    return NumberRow(
        sequence=taken.sequence,
        number=taken.number,
        taken_at=taken.taken_at,
        voided_at=taken.voided_at,
        void_reason=taken.void_reason,
        case_id=case.id,
        party_name=case.party_name,
        document_id=paper.id if paper else None,
        title=paper.title if paper else None,
        own=taken.number in (case.lead_no, case.case_no),
    )


def missing(session: Session, *, subject_id: uuid.UUID, kind: str, year: int) -> list[int]:
    """Numbers of a sequence that nobody took: each is a gap that somebody has to explain."""
    last = session.scalar(
        select(NumberSequence.last).where(
            NumberSequence.subject_id == subject_id,
            NumberSequence.kind == kind,
            NumberSequence.year == year,
        )
    )
    every = func.generate_series(1, last or 0).column_valued("n")
    taken = select(NumberTaken.sequence).where(
        NumberTaken.subject_id == subject_id,
        NumberTaken.kind == kind,
        NumberTaken.year == year,
    )
    gaps = select(every).where(every.not_in(taken)).order_by(every).limit(PAGE)
    return list(session.scalars(gaps))


def _cursor(sequence: int) -> str:
    return urlsafe_b64encode(str(sequence).encode()).decode()


def _sequence(cursor: str) -> int:
    try:
        return int(urlsafe_b64decode(cursor.encode()).decode())
    except ValueError as error:
        raise Invalid() from error
