"""The table of commands: which handler carries a command out, under which guards."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from models.errors import Violation
from workflows.act import Act, Outcome
from workflows.commands.base import Command

Guard = Callable[[Act, Any], Iterable[Violation]]
Handler = Callable[[Act, Any], Outcome]


@dataclass(frozen=True, slots=True)
class Entry:
    """One command with its handler and guards. All guards run: refusals are complete."""

    command: type[Command]
    handler: Handler
    guards: tuple[Guard, ...] = ()
    fresh_sign_in: bool = False
    """Signing acts ask for a sign-in made just now when they come through a page or the API."""

    @property
    def name(self) -> str:
        """The command's name as packs, audit and API spell it."""
        return self.command.__name__


class Registry:
    """All commands by name."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = {entry.name: entry for entry in entries}

    def __getitem__(self, name: str) -> Entry:
        return self._entries[name]

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def violations(self, act: Act, command: Command) -> list[Violation]:
        """Everything that stands against the command, each rule once a field."""
        found: dict[tuple[str, str | None, str], Violation] = {}
        for guard in self[type(command).__name__].guards:
            for violation in guard(act, command):
                found.setdefault((violation.rule, violation.field, violation.message.zh), violation)
        return list(found.values())
