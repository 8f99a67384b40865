"""Process packs: drafts, proposals, releases."""

import uuid
from dataclasses import dataclass, field

from workflows.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class DeployShippedPack(Command):
    """Take a shipped pack over as a new version if its hash is new (system only)."""

    pack: str
    archive: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class CreatePackDraft(Command):
    """Begin a draft from a released version."""

    version_id: uuid.UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class SavePackDraft(Command):
    """Save changed files of a draft; `rev` is the one the page knew."""

    draft_id: uuid.UUID
    rev: int
    files: dict[str, bytes] = field(repr=False)
    removed: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ImportPackDraft(Command):
    """Begin a draft from an uploaded zip."""

    title: str
    archive: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ProposePackRelease(Command):
    """Ask a second person to release the draft."""

    draft_id: uuid.UUID
    rev: int
    note: str


@dataclass(frozen=True, kw_only=True)
class ReleasePack(Command):
    """A second person releases the draft: new cases run it, running cases keep theirs."""

    draft_id: uuid.UUID
    rev: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnPackDraft(Command):
    """The second person sends the draft back with a reason."""

    draft_id: uuid.UUID
    rev: int
    note: str


@dataclass(frozen=True, kw_only=True)
class DiscardPackDraft(Command):
    """Throw a draft away."""

    draft_id: uuid.UUID
    rev: int
