"""The legal gates (法定关口): readable rules that every way through a pack has to keep.

`bpmn/_shared/gates.yaml` says them, each with its article: a moment (`never: {command: …}`) and
the facts that have to stand at it (`unless: …`). A fact is something that was seen since something
else, or a side process that is open. What a rule means is said here, in one place; that it holds is
proved in `workflows.packs.lawful`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import Text
from workflows.packs.events import Event
from workflows.packs.manifest import Manifest

GATES = "gates.yaml"
KINDS = ("command", "clock", "operation", "message", "side", "side_end", "exit")


@dataclass(frozen=True)
class Pattern:
    """One thing that may happen: its kind and name, and the values that it must have."""

    kind: str
    names: frozenset[str]
    when: tuple[tuple[str, frozenset[str]], ...] = ()
    process: str | None = None
    """Only in this side process, or only in the main one (""); None: wherever it happens."""

    def matches(self, event: Event) -> bool:
        """Whether this is such a thing."""
        if event.kind != self.kind or event.name not in self.names:
            return False
        if self.process is not None and event.process != self.process:
            return False
        values = dict(event.values)
        return all(values.get(name) in wanted for name, wanted in self.when)


@dataclass(frozen=True)
class Fact:
    """Something that was seen, and not undone since."""

    seen: tuple[Pattern, ...]
    since: tuple[Pattern, ...] = ()

    def after(self, event: Event, held: bool) -> bool:
        """Whether it stands after this event."""
        if any(pattern.matches(event) for pattern in self.seen):
            return True
        return held and not any(pattern.matches(event) for pattern in self.since)


Held = Callable[[Fact], bool]
Open = Callable[[str], bool]


@dataclass(frozen=True)
class Formula:
    """all, any or not of others; a fact; or a side process that is open."""

    kind: str
    parts: tuple[Formula, ...] = ()
    fact: Fact | None = None
    side: str = ""

    def holds(self, held: Held, is_open: Open) -> bool:
        """Whether it is true here."""
        if self.kind == "fact":
            assert self.fact is not None
            return held(self.fact)
        if self.kind == "open":
            return is_open(self.side)
        answers = (part.holds(held, is_open) for part in self.parts)
        if self.kind == "not":
            return not any(answers)
        return any(answers) if self.kind == "any" else all(answers)

    def facts(self) -> Iterator[Fact]:
        """The facts that it speaks of."""
        if self.fact is not None:
            yield self.fact
        for part in self.parts:
            yield from part.facts()

    def sides(self) -> Iterator[str]:
        """The side processes that it speaks of."""
        if self.side:
            yield self.side
        for part in self.parts:
            yield from part.sides()


@dataclass(frozen=True)
class Given:
    """A value that a command takes from the record: it can come only where something stands."""

    when: tuple[tuple[str, frozenset[str]], ...]
    only_if: Formula

    def speaks_of(self, event: Event) -> bool:
        """Whether the event brings such a value."""
        values = dict(event.values)
        return all(values.get(name) in wanted for name, wanted in self.when)


@dataclass(frozen=True)
class Gates:
    """All gates, and what their proofs may take as given."""

    gates: tuple[Gate, ...]
    given: tuple[Given, ...] = ()


@dataclass(frozen=True)
class Gate:
    """One rule of the law about the order of a procedure."""

    id: str
    title: Text
    article: Text
    procedures: frozenset[str]
    """The only procedures that it holds for; empty: for all but `spared`."""
    spared: frozenset[str]
    never: tuple[Pattern, ...]
    unless: Formula | None
    roles: Mapping[str, frozenset[str]]
    """Commands with the only roles that may be asked to give them."""
    clocks: frozenset[str]
    """Clocks that the pack has to know."""

    def holds_for(self, manifest: Manifest) -> bool:
        """Whether this pack has to keep it: by its id, or by its procedure."""
        names = {manifest.id, manifest.procedure}
        return not names & self.spared and bool(names & (self.procedures or names))

    def facts(self) -> tuple[Fact, ...]:
        """The facts to keep an eye on, each once."""
        return tuple(dict.fromkeys(self.unless.facts())) if self.unless else ()

    def words(self, kind: str) -> frozenset[str]:
        """Names of a kind that it speaks of anywhere."""
        patterns = [*self.never]
        for fact in self.facts():
            patterns += [*fact.seen, *fact.since]
        return frozenset(name for p in patterns if p.kind == kind for name in p.names)


def read_gates(content: Mapping[str, Any]) -> Gates:
    """The gates of plain values that satisfy `bpmn/schema/gates.json`."""
    given = tuple(
        Given(
            tuple((name, _names(values)) for name, values in each["when"].items()),
            _formula(each["only_if"]),
        )
        for each in content.get("given", ())
    )
    return Gates(tuple(_gate(each) for each in content["gates"]), given)


def _gate(said: Mapping[str, Any]) -> Gate:
    return Gate(
        id=said["id"],
        title=Text(said["title"]["zh"], said["title"]["en"]),
        article=Text(said["article"]["zh"], said["article"]["en"]),
        procedures=frozenset(said.get("procedures", ())),
        spared=frozenset(said.get("except", ())),
        never=_patterns(said.get("never", [])),
        unless=_formula(said["unless"]) if "unless" in said else None,
        roles={name: frozenset(roles) for name, roles in said.get("roles", {}).items()},
        clocks=frozenset(said.get("clocks", ())),
    )


def _patterns(said: Any) -> tuple[Pattern, ...]:
    return tuple(_pattern(each) for each in (said if isinstance(said, list) else [said]))


def _pattern(said: Mapping[str, Any]) -> Pattern:
    kind = next(kind for kind in KINDS if kind in said)
    when = tuple((name, _names(values)) for name, values in said.get("when", {}).items())
    process = said.get("process")
    return Pattern(kind, _names(said[kind]), when, "" if process == "main" else process)


def _names(value: Any) -> frozenset[str]:
    return frozenset(value if isinstance(value, list) else [value])


def _formula(said: Mapping[str, Any]) -> Formula:
    if "seen" in said:
        fact = Fact(_patterns(said["seen"]), _patterns(said.get("since", [])))
        return Formula("fact", fact=fact)
    if "open" in said:
        return Formula("open", side=said["open"])
    kind = next(kind for kind in ("all", "any", "not") if kind in said)
    parts = said[kind] if isinstance(said[kind], list) else [said[kind]]
    return Formula(kind, tuple(_formula(each) for each in parts))
