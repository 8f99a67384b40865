"""Pages and counts: bounded work however many rows there are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

T = TypeVar("T")
COUNTED = 1000
"""Counts are exact up to here; beyond it lists say “1,000+”."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and where the next ones begin (None: there are no more)."""

    rows: list[T]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, exact up to COUNTED."""

    number: int

    @property
    def exact(self) -> bool:
        """Whether the number is the whole truth."""
        return self.number <= COUNTED

    def __str__(self) -> str:
        return f"{self.number:,}" if self.exact else f"{COUNTED:,}+"


def bounded_count(session: Session, query: Select[Any]) -> Count:
    """Counts the rows of a query, but never more than COUNTED + 1 of them."""
    inner = bare(query).limit(COUNTED + 1).subquery()
    return Count(session.scalar(select(func.count()).select_from(inner)) or 0)


def bare(query: Select[Any]) -> Select[Any]:
    """The same rows without their order and their values: for counting, the index says it all."""
    return query.order_by(None).with_only_columns(literal(1).label("n"), maintain_column_froms=True)


def moment_of(text: str) -> datetime:
    """The moment that a cursor names; ValueError for one that nobody has been given."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("cursors name moments with their offset")
    return found
