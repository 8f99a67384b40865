"""Letters of those who supervise: found, opened by other acts, and by when they are answered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.calendar import add_days, add_months
from models.case import Case
from models.errors import Text
from models.supervision_letter import LetterState, SupervisionLetter
from models.types import NotificationKind
from workflows.act import Act
from workflows.notices import tell


@dataclass(frozen=True)
class Incoming:
    """What the letter says."""

    kind: str
    organ: str
    number: str
    dated_on: date
    received_on: date
    content: str
    reply_due: date | None = None


def open_letter(
    act: Act, letter: Incoming, *, owner: uuid.UUID, subject: uuid.UUID, case: Case | None = None
) -> SupervisionLetter:
    """A letter on the record, and its owner told. Any handler may open one: a remedy does for
    行政复议意见书 and 司法建议."""
    row = SupervisionLetter(
        id=uuid.uuid4(),
        subject_id=subject,
        case_id=case.id if case else None,
        kind=letter.kind,
        organ=letter.organ.strip(),
        number=letter.number.strip(),
        dated_on=letter.dated_on,
        received_on=letter.received_on,
        content=letter.content,
        reply_due=letter.reply_due or due_day(act, letter.kind, letter.received_on, subject),
        due_stated=letter.reply_due is not None,
        owner_id=owner,
        state=LetterState.OPEN,
        registered_at=act.now,
        registered_by_id=act.actor.id,
    )
    act.session.add(row)
    act.session.flush()
    inform(act, row, owner, "open", Text(
        f"收到{row.organ}来函（{row.number}），{row.reply_due.isoformat()}前答复。",
        f"Letter {row.number} of {row.organ}: reply by {row.reply_due.isoformat()}.",
    ))  # fmt: skip
    return row


def due_day(act: Act, kind: str, received: date, subject: uuid.UUID) -> date:
    """The last day of the reply where the letter names none: the parameter of its kind."""
    entry = act.law.entry(f"letter.{kind}", received, subject)
    length = int(entry.value)
    if entry.unit == "working_day":
        return act.law.calendar.add_working(received, length)
    return add_months(received, length) if entry.unit == "month" else add_days(received, length)


def inform(act: Act, row: SupervisionLetter, person: uuid.UUID, step: str, text: Text) -> None:
    """Leave a message that leads to the letter; once for each step and telling."""
    tell(
        act.session, act.now, person_id=person, case_id=row.case_id,
        kind=NotificationKind.TASK_ASSIGNED, text=text, link=f"/letters/{row.id}",
        dedup=f"letter:{row.id}:{step}:{act.now.isoformat()}",
    )  # fmt: skip


def letter_of(session: Session, key: str) -> SupervisionLetter | None:
    """A letter by its key; None where there is none."""
    try:
        return session.get(SupervisionLetter, uuid.UUID(key))
    except ValueError:
        return None


def case_numbered(session: Session, subject: uuid.UUID, number: str) -> Case | None:
    """A case of the subject by its number."""
    query = select(Case).where(Case.subject_id == subject, Case.case_no == number.strip())
    return session.scalars(query).first()
