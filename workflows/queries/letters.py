"""Letters of those who supervise, as their register and the inbox show them."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from models.person import Person
from models.supervision_letter import LetterState, SupervisionLetter
from models.types import Role
from workflows.access import LEADERS, RECEIVES_LETTERS, SEES_CASES
from workflows.actors import Actor
from workflows.queries.paging import PAGE, Count, Page, bounded_count


def letters(
    session: Session,
    actor: Actor,
    *,
    kind: str | None = None,
    open_only: bool = False,
    text: str = "",
    number: int = 1,
    limit: int = PAGE,
) -> tuple[Page[SupervisionLetter], Count]:
    """The register: what is to be answered first, by its day."""
    query = _visible(actor).options(joinedload(SupervisionLetter.case))
    if kind:
        query = query.where(SupervisionLetter.kind == kind)
    if open_only:
        query = query.where(SupervisionLetter.state != LetterState.SENT)
    if text:
        like = f"%{text}%"
        found = SupervisionLetter.organ.ilike(like) | SupervisionLetter.number.ilike(like)
        query = query.where(found | SupervisionLetter.content.ilike(like))
    done = SupervisionLetter.state == LetterState.SENT
    ordered = query.order_by(done, SupervisionLetter.reply_due, SupervisionLetter.id)
    rows = list(session.scalars(ordered.limit(limit + 1).offset((number - 1) * limit)))
    more = str(number + 1) if len(rows) > limit else None
    return Page(rows[:limit], more), bounded_count(session, query)


def waiting_for(session: Session, actor: Actor) -> Sequence[SupervisionLetter]:
    """What the inbox shows: letters that this person answers, or whose reply they approve."""
    mine = {actor.person_id, *(h.acting_for for h in actor.holdings if h.acting_for)}
    owned = SupervisionLetter.owner_id.in_(mine) & SupervisionLetter.state.in_(
        (LetterState.OPEN, LetterState.APPROVED)
    )
    led = {h.subject_id for h in actor.holdings if h.role in LEADERS}
    decided = (
        SupervisionLetter.subject_id.in_(led)
        & (SupervisionLetter.state == LetterState.DRAFTED)
        & (SupervisionLetter.drafted_by_id != actor.person_id)
    )
    query = _visible(actor).where(owned | decided).order_by(SupervisionLetter.reply_due)
    return session.scalars(query.limit(PAGE)).all()


def letter(session: Session, actor: Actor, key: uuid.UUID) -> SupervisionLetter | None:
    """One letter that the person may see."""
    query = _visible(actor).options(joinedload(SupervisionLetter.case))
    return session.scalars(query.where(SupervisionLetter.id == key)).first()


def people_of(session: Session, row: SupervisionLetter) -> dict[uuid.UUID, Person]:
    """Who had to do with it."""
    keys = (row.owner_id, row.drafted_by_id, row.approved_by_id, row.registered_by_id)
    found = session.scalars(select(Person).where(Person.id.in_([k for k in keys if k])))
    return {person.id: person for person in found}


def may_register(actor: Actor) -> bool:
    """Whether the person registers letters."""
    return bool(actor.roles() & RECEIVES_LETTERS)


def light(row: SupervisionLetter, today: date, lead: int) -> str:
    """late, soon, ok or done."""
    if row.state == LetterState.SENT:
        return "done"
    left = (row.reply_due - today).days
    return "late" if left < 0 else "soon" if left <= lead else "ok"


def _visible(actor: Actor) -> Select[Any]:
    """Letters to the legal subjects in which the person works on cases."""
    held = {h.subject_id for h in actor.holdings if h.role in SEES_CASES - {Role.SYS_ADMIN}}
    query = select(SupervisionLetter).join(SupervisionLetter.owner)
    return query.where(SupervisionLetter.subject_id.in_(held)).options(
        contains_eager(SupervisionLetter.owner)
    )
