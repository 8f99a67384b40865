"""What the public may read. Reads `publication` and no other table: whatever a page, a feed, the
API or a search of the public site shows has been masked before it came here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.duration import law_day
from models.grams import grams_of
from models.publication import Publication, Shown

PAGE = 20
"""Decisions on one page."""
MOST_PAGES = 500
LONGEST_SEARCH = 50
"""Characters; more are cut off."""
FEED = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; days are days of the decision, both included."""

    text: str = ""
    subject: str = ""
    field: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a filter offers, in both languages."""

    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from in what is shown now."""

    subjects: tuple[Choice, ...]
    fields: tuple[Choice, ...]
    kinds: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list, newest first."""

    rows: list[Publication]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return min(max(1, -(-self.total // PAGE)), MOST_PAGES)


def today_of(now: datetime) -> date:
    """The Shanghai day by which displays end."""
    return law_day(now)


def page_of(session: Session, today: date, wanted: Wanted, page: int = 1) -> Listed:
    """A page of what is displayed today."""
    conditions = list(_conditions(today, wanted))
    total = session.scalar(select(func.count()).select_from(Publication).where(*conditions)) or 0
    page = min(max(1, page), MOST_PAGES)
    query = (
        select(Publication)
        .where(*conditions)
        .order_by(Publication.published_at.desc(), Publication.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return Listed(list(session.scalars(query)), total, page)


def latest(session: Session, today: date) -> list[Publication]:
    """What the feed carries."""
    query = select(Publication).where(*_shown(today))
    return list(session.scalars(query.order_by(Publication.published_at.desc()).limit(FEED)))


def at_address(session: Session, address: str) -> Publication | None:
    """The decision behind a public address, also one that is not shown any more."""
    if len(address) > 24:
        return None
    return session.scalar(select(Publication).where(Publication.address == address))


def is_shown(row: Publication, today: date) -> bool:
    """Whether its content may be read today, should the clock be late to take it down."""
    return row.state == Shown.SHOWN and row.publish_until >= today


def choices(session: Session, today: date) -> Choices:
    """What the filters offer."""
    subjects = select(Publication.subject_key, Publication.subject, Publication.subject_en)
    fields = select(Publication.field, Publication.field_zh, Publication.field_en)
    elements = select(func.jsonb_array_elements(Publication.kinds))
    kinds = session.scalars(elements.where(*_shown(today)).distinct())
    return Choices(
        _sorted(tuple(row) for row in session.execute(subjects.where(*_shown(today)).distinct())),
        _sorted(tuple(row) for row in session.execute(fields.where(*_shown(today)).distinct())),
        _sorted((kind["value"], kind["zh"], kind["en"]) for kind in kinds),
    )


def _sorted(rows: Iterable[tuple[str | None, ...]]) -> tuple[Choice, ...]:
    known = sorted((str(v), str(zh), str(en)) for v, zh, en in rows if v)
    return tuple(Choice(*each) for each in known)


def _shown(today: date) -> tuple[ColumnElement[bool], ...]:
    return (Publication.state == Shown.SHOWN, Publication.publish_until >= today)


def _conditions(today: date, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield from _shown(today)
    text = wanted.text.strip()[:LONGEST_SEARCH].lower()
    for word in text.split():
        # The pairs find the rows by index, the word itself makes sure.
        if len(word) > 1:
            yield Publication.grams.contains(sorted(grams_of(word)))
        yield func.strpos(Publication.searched, word) > 0
    if wanted.subject:
        yield Publication.subject_key == wanted.subject
    if wanted.field:
        yield Publication.field == wanted.field
    if wanted.kind:
        yield Publication.kinds.contains([{"value": wanted.kind}])
    if wanted.since:
        yield Publication.decided_on >= wanted.since
    if wanted.until:
        yield Publication.decided_on <= wanted.until
