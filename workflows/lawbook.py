"""Parameters and calendars as they stand in the database, cached by version.

One row counts changes; every act reads it together with its case, so that no process works
with parameters that another has replaced.
"""

import threading
import uuid
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.calendar import CalendarStatus, WorkCalendar, YearTable
from models.parameter import CalendarYear, LawVersion, ParameterValue


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A parameter's value from a day on; `subject` None means everyone."""

    effective_from: date
    subject: uuid.UUID | None
    value: Any
    unit: str


class LawBook:
    """What applied on a day, for a legal subject."""

    def __init__(
        self, version: int, values: dict[str, list[DatedValue]], calendar: WorkCalendar
    ) -> None:
        self.version = version
        self.calendar = calendar
        self._values = values

    def value(self, key: str, day: date, subject: uuid.UUID | None = None) -> Any:
        """The latest value in force on the day; the subject's own comes before everyone's."""
        return self.entry(key, day, subject).value

    def entry(self, key: str, day: date, subject: uuid.UUID | None = None) -> DatedValue:
        """The same with its unit and first day."""
        fitting = self._fitting(key, day, subject)
        if not fitting:
            raise LookupError(f"no value of parameter {key} on {day}")
        return max(fitting, key=lambda v: (v.subject is not None, v.effective_from))

    def _fitting(self, key: str, day: date, subject: uuid.UUID | None) -> list[DatedValue]:
        return [
            v
            for v in self._values.get(key, ())
            if v.effective_from <= day and v.subject in (None, subject)
        ]

    def known(self, key: str, day: date, subject: uuid.UUID | None = None) -> DatedValue | None:
        """The entry, or None where no value holds on the day."""
        return self.entry(key, day, subject) if self._fitting(key, day, subject) else None

    def with_value(self, key: str, value: DatedValue) -> "LawBook":
        """The same book with one more value: what a proposed change would make of it."""
        kept = [
            v
            for v in self._values.get(key, ())
            if (v.subject, v.effective_from) != (value.subject, value.effective_from)
        ]
        return LawBook(self.version, {**self._values, key: [*kept, value]}, self.calendar)

    def with_year(self, table: YearTable) -> "LawBook":
        """The same book with another calendar of one year."""
        calendar = WorkCalendar({**self.calendar.tables, table.year: table})
        return LawBook(self.version, self._values, calendar)

    def fraction(self, key: str, day: date, subject: uuid.UUID | None = None) -> Fraction:
        """A ratio such as a quorum: 2/3, never 0.667."""
        return Fraction(str(self.value(key, day, subject)))


_cache: dict[str, LawBook] = {}
_lock = threading.Lock()


def law_version(session: Session) -> int:
    """The count of changes so far."""
    return session.scalar(select(LawVersion.version).where(LawVersion.id == 1)) or 0


def count_change(session: Session) -> None:
    """The law has changed: every process reads it anew with its next act."""
    statement = insert(LawVersion).values(id=1, version=1)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_={"version": LawVersion.version + 1}
        )
    )


def lawbook(session: Session, version: int | None = None) -> LawBook:
    """The law book of the database behind the session, from cache when nothing changed."""
    if version is None:
        version = law_version(session)
    bind = str(session.get_bind().engine.url)
    book = _cache.get(bind)
    if book is None or book.version != version:
        book = _load(session, version)
        with _lock:
            _cache[bind] = book
    return book


def _load(session: Session, version: int) -> LawBook:
    values: dict[str, list[DatedValue]] = {}
    for row in session.scalars(select(ParameterValue)):
        dated = DatedValue(row.effective_from, row.subject_id, row.value, row.unit)
        values.setdefault(row.key, []).append(dated)
    tables = {
        row.year: YearTable(
            year=row.year,
            off=frozenset(date.fromisoformat(d) for d in row.off),
            work=frozenset(date.fromisoformat(d) for d in row.work),
            status=CalendarStatus(row.status),
            notice=row.notice,
        )
        for row in session.scalars(select(CalendarYear))
    }
    return LawBook(version, values, WorkCalendar(tables))
