"""The number register (文号): one gapless sequence per legal subject, kind and year (V29)."""

import uuid
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.case import Case
from models.document import NumberSequence, NumberTaken
from models.duration import law_day
from models.identifiers import format_number
from models.subject import LegalSubject


class NumberRegister:
    """Takes numbers inside the act's transaction: a number is taken when a document is approved."""

    def __init__(self, session: Session, case: Case, now: datetime) -> None:
        self.session = session
        self.case = case
        self.now = now

    def take(self, kind: str) -> str:
        """The next number of a kind such as 立, 告, 罚决; its sequence is locked until commit."""
        subject = self.session.get_one(LegalSubject, self.case.subject_id)
        year = law_day(self.now).year
        sequence = _next(self.session, subject.id, kind, year)
        number = format_number(subject.area_short, subject.org_short, kind, year, sequence)
        self.session.add(
            NumberTaken(
                id=uuid.uuid4(),
                subject_id=subject.id,
                case_id=self.case.id,
                kind=kind,
                year=year,
                sequence=sequence,
                number=number,
                taken_at=self.now,
            )
        )
        return number


def number_of(session: Session, subject: LegalSubject, kind: str, year: int) -> str:
    """The next number of what belongs to no case, such as a reply to a letter."""
    sequence = _next(session, subject.id, kind, year)
    return format_number(subject.area_short, subject.org_short, kind, year, sequence)


def _next(session: Session, subject_id: uuid.UUID, kind: str, year: int) -> int:
    statement = insert(NumberSequence).values(subject_id=subject_id, kind=kind, year=year, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=["subject_id", "kind", "year"], set_={"last": NumberSequence.last + 1}
    )
    return session.execute(statement.returning(NumberSequence.last)).scalar_one()
