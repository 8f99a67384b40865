"""Packs, their versions and drafts, as the designer's pages list them."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload, undefer

from models.case import Case
from models.errors import NotFound
from models.pack import PackDraft, PackDraftFile, PackVersion
from models.person import Person
from models.types import EXITS, DraftState
from workflows.packs.files import PackFiles
from workflows.queries.paging import COUNTED, PAGE, Count, Page

MOST_PACKS = 50
OPEN = (DraftState.OPEN, DraftState.PROPOSED)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version as the list shows it; `running` are cases that have not come to an end."""

    id: uuid.UUID
    pack: str
    number: int
    hash: str
    title: str
    title_en: str
    origin: str
    current: bool
    note: str
    released_at: datetime
    released_by: str | None
    proposed_by: str | None
    running: Count


def versions(session: Session, pack: str, *, limit: int = PAGE) -> list[VersionRow]:
    """The latest versions of a pack, newest first, each with its running cases."""
    return _versions(session, pack, limit=limit)


def current_versions(session: Session) -> list[VersionRow]:
    """The version of each pack that new cases run."""
    return _versions(session, None, limit=MOST_PACKS)


def _versions(session: Session, pack: str | None, *, limit: int) -> list[VersionRow]:
    releaser, proposer = aliased(Person), aliased(Person)
    some = (
        select(Case.id)
        .where(
            Case.pack_version_id == PackVersion.id,
            or_(Case.stage.not_in(sorted(EXITS)), func.cardinality(Case.open_sides) > 0),
        )
        .correlate(PackVersion)
        .limit(COUNTED + 1)
        .subquery()
    )
    running = select(func.count()).select_from(some).scalar_subquery()
    v = PackVersion
    query = (
        select(
            v.id, v.pack, v.number, v.hash, v.title, v.title_en, v.origin, v.current, v.note,
            v.released_at, releaser.name, proposer.name, running,
        )
        .outerjoin(releaser, releaser.id == v.released_by_id)
        .outerjoin(proposer, proposer.id == v.proposed_by_id)
        .order_by(v.pack, v.number.desc())
        .limit(limit)
    )  # fmt: skip
    query = query.where(v.pack == pack) if pack is not None else query.where(v.current.is_(True))
    rows: list[list[Any]] = [list(row) for row in session.execute(query)]
    return [VersionRow(*[*row[:-1], Count(row[-1])]) for row in rows]


def version(session: Session, version_id: uuid.UUID) -> PackVersion:
    """One version without its files; `catalogue` has those, parsed."""
    row = session.get(PackVersion, version_id)
    if row is None:
        raise NotFound()
    return row


def version_files(session: Session, version_id: uuid.UUID) -> PackFiles:
    """The files of one version."""
    row = session.get(PackVersion, version_id, options=[undefer(PackVersion.archive)])
    if row is None:
        raise NotFound()
    return PackFiles.from_zip(row.archive)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft as the list shows it."""

    id: uuid.UUID
    pack: str
    title: str
    state: str
    rev: int
    author: str
    author_id: uuid.UUID
    base_number: int | None
    changed_at: datetime


def drafts(session: Session, *, page: int = 1, limit: int = PAGE) -> Page[DraftRow]:
    """Drafts that are still worked on or wait for release, the last changed first."""
    query = (
        select(
            PackDraft.id, PackDraft.pack, PackDraft.title, PackDraft.state, PackDraft.rev,
            Person.name, PackDraft.author_id, PackVersion.number, PackDraft.changed_at,
        )
        .join(Person, Person.id == PackDraft.author_id)
        .outerjoin(PackVersion, PackVersion.id == PackDraft.base_version_id)
        .where(PackDraft.state.in_(OPEN))
        .order_by(PackDraft.changed_at.desc(), PackDraft.id)
        .limit(limit + 1)
        .offset((page - 1) * limit)
    )  # fmt: skip
    rows = [DraftRow(*row) for row in session.execute(query)]
    return Page(rows[:limit], str(page + 1) if len(rows) > limit else None)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its files and the version that it grew from."""

    row: PackDraft
    files: PackFiles
    base: PackVersion | None


def draft(session: Session, draft_id: uuid.UUID) -> Draft:
    """One draft, whole."""
    row = session.get(
        PackDraft,
        draft_id,
        options=[
            selectinload(PackDraft.author),
            selectinload(PackDraft.proposed_by),
            selectinload(PackDraft.base_version),
        ],
    )
    if row is None:
        raise NotFound()
    files = session.execute(
        select(PackDraftFile.path, PackDraftFile.content).where(PackDraftFile.draft_id == draft_id)
    )
    return Draft(
        row, PackFiles({path: bytes(content) for path, content in files}), row.base_version
    )
