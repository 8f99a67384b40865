"""How a person has narrowed a list before: what they left last, and views under a name."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.note import ListView
from workflows.actors import Actor


@dataclass(frozen=True, slots=True)
class Views:
    """One person's views of one list; each is the filters of its address."""

    last: dict[str, str] = field(default_factory=dict)
    named: dict[str, dict[str, str]] = field(default_factory=dict)


def views_of(session: Session, actor: Actor, listed: str) -> Views:
    """What is kept for the person, named views in the order of their saving."""
    rows = session.scalars(
        select(ListView)
        .where(ListView.person_id == actor.person_id, ListView.list == listed)
        .order_by(ListView.saved_at)
    ).all()
    kept = {row.name: dict(row.filters) for row in rows}
    return Views(kept.pop("", {}), kept)
