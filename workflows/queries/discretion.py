"""What the table of discretion says, live for the desk; and which matters have no table."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.case import Case
from models.discretion import DiscretionTable
from models.errors import Text
from models.matter import Matter
from models.task import Task
from workflows.actors import Actor
from workflows.discretion import Advice, Shares, advise, table_for
from workflows.permissions import visible_to
from workflows.queries.paging import PAGE, Count, Page, bounded_count
from workflows.reference.matters import Bounds, Fine

WHOLE: Shares = (Fraction(0), Fraction(1))
"""The statute's own range."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the desk holds so far: nothing of it is saved yet."""

    matter: str = ""
    level: str = ""
    factors: tuple[str, ...] = ()
    fine: Decimal | None = None
    rate_base: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """The range of the level that is chosen, and why; the parts that are not known are None."""

    standard: Text | None
    statute: Bounds | None
    advice: Advice | None
    level: str
    bounds: Bounds | None
    fine: Decimal | None
    later: date | None
    """The day from which a lighter wording of the matter holds, which is then applied."""

    @property
    def outside(self) -> bool:
        """Whether the fine leaves the range of the level."""
        return self.fine is not None and self.bounds is not None and self.fine not in self.bounds

    @property
    def other_level(self) -> bool:
        """Whether the factors make another level than the chosen one."""
        made = self.advice.level if self.advice else None
        return bool(made and self.level and made != self.level)


def live(
    session: Session, actor: Actor, task_id: uuid.UUID, wish: Wish, today: date
) -> Range | None:
    """The range for a task's case; None for a task that the person may not see."""
    query = select(Case).join(Task, Task.case_id == Case.id).where(Task.id == task_id)
    case = session.scalar(query.where(visible_to(actor)))
    if case is None:
        return None
    old, new = _wordings(session, case, wish.matter, today)
    matter = new or old
    if matter is None:
        return Range(None, None, None, wish.level, None, wish.fine, None)
    table = table_for(session, matter, today)
    advice = advise(table, wish.factors) if table else None
    shares = advice.within(wish.level) if advice else None
    return Range(
        Text(table.title, table.title_en) if table else None,
        _bounds(case, matter, wish.rate_base),
        advice,
        wish.level,
        _bounds(case, matter, wish.rate_base, shares) if shares else None,
        wish.fine,
        new.effective_from if new else None,
    )


def _wordings(
    session: Session, case: Case, key: str, today: date
) -> tuple[Matter | None, Matter | None]:
    """(the wording of the act's day, a later lighter one in force today)."""
    bound = session.get(Matter, case.matter_id) if case.matter_id else None
    name = key or (bound.key if bound else "")
    rows = session.scalars(
        select(Matter).where(Matter.key == name).order_by(Matter.effective_from)
    ).all()
    day = case.act_end or case.act_start or today
    old = next((m for m in reversed(rows) if m.in_force_on(day)), next(reversed(rows), None))
    if old is None:
        return None, None
    later = [m for m in rows if m.effective_from > day and m.in_force_on(today)]
    return old, next((m for m in reversed(later) if _tops(case, m) < _tops(case, old)), None)


def _tops(case: Case, matter: Matter) -> tuple[Decimal, Decimal]:
    bounds = _bounds(case, matter, Decimal(1))
    return (bounds.highest, bounds.lowest) if bounds else (Decimal(0), Decimal(0))


def _bounds(
    case: Case,
    matter: Matter,
    rate_base: Decimal | None,
    shares: Shares = WHOLE,
) -> Bounds | None:
    kept = (matter.content or {}).get("fine") or {}
    if not kept.get("ranges"):
        return None
    fine, party = Fine.of(kept), case.party.party_type if case.party else "natural_person"
    return fine.bounds(party, rate_base, shares)


def tables(session: Session) -> Sequence[DiscretionTable]:
    """All versions of all standards, the latest first."""
    query = select(DiscretionTable)
    return session.scalars(
        query.order_by(DiscretionTable.key, DiscretionTable.effective_from.desc())
    ).all()


def without_table(session: Session, today: date, number: int) -> tuple[Count, Page[Matter]]:
    """Matters in force whose standard has no version in force today."""
    covered = select(DiscretionTable.key).where(
        DiscretionTable.effective_from <= today,
        or_(DiscretionTable.effective_to.is_(None), DiscretionTable.effective_to >= today),
    )
    standard = Matter.content["discretion"]["key"].as_string()
    conditions = (
        Matter.effective_from <= today,
        or_(Matter.effective_to.is_(None), Matter.effective_to >= today),
        or_(standard.is_(None), standard.not_in(covered)),
    )
    count = bounded_count(session, select(Matter.id).where(*conditions))
    query = select(Matter).where(*conditions).order_by(Matter.code)
    rows = list(session.scalars(query.limit(PAGE + 1).offset((number - 1) * PAGE)))
    return count, Page(rows[:PAGE], str(number + 1) if len(rows) > PAGE else None)
