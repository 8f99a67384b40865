"""Reference data: law, calendar, matters, and the people of a bureau, taken over from files."""

from dataclasses import dataclass, field

from workflows.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class LoadLaw(Command):
    """Take over parameters, calendars and matters from `bpmn/_shared` (system only)."""

    folder: str | None = None


@dataclass(frozen=True, kw_only=True)
class LoadBureau(Command):
    """Take over legal subjects, units, people and roles from a folder (system only)."""

    password: str = field(repr=False)
    folder: str | None = None
