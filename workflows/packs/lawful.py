"""Whether every way through a pack keeps the legal gates; the shortest way that does not is shown.

The main process is searched together with those side processes that a gate speaks of, each open at
most once at a time, over all values that commands and operations may give; `allowed_in` and
`blocks` are honoured. The guards of the commands are left out: they are the second wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from workflows.packs.events import Event
from workflows.packs.findings import Finding, Message
from workflows.packs.gates import Fact, Gate, Gates, Pattern
from workflows.packs.manifest import Manifest, SideProcess
from workflows.packs.moves import Marking, Move, Moves, Unbounded
from workflows.packs.net import Net, TooDeep, read_net
from workflows.packs.soundness import Diagram, entries
from workflows.packs.space import TooMany, search

Trail = tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """A case: where each process stands, its stage, and which facts hold."""

    main: Marking
    sides: tuple[tuple[str, Marking], ...] = ()
    stage: str = ""
    held: frozenset[int] = frozenset()
    broken: bool = False
    over: bool = False
    impossible: bool = False
    """A value came that the record cannot give here; such a way is no way."""

    def open(self, side: str) -> bool:
        """Whether a side process is open."""
        return any(name == side for name, _ in self.sides)


@dataclass(frozen=True)
class Part:
    """One process of the pack, with what the gate plays it by."""

    diagram: Diagram
    net: Net
    moves: Moves


class Pack:
    """The processes of a pack, read once for all its gates."""

    def __init__(self, manifest: Manifest, main: Diagram, sides: Mapping[str, Diagram]) -> None:
        self.manifest = manifest
        self.file = main.file
        self.main = _part(main)
        self.sides = {name: part for name, d in sides.items() if (part := _part(d)) is not None}
        self._known: dict[tuple[str, Marking], tuple[Move, ...]] = {}

    def moves(self, name: str, marking: Marking) -> tuple[Move, ...]:
        """The moves of a process where it stands; worked out once."""
        key = (name, marking)
        if key not in self._known:
            part = self.sides[name] if name else self.main
            assert part is not None
            self._known[key] = tuple(part.moves.at(marking))
        return self._known[key]

    def side_for(self, gate: Gate) -> list[str]:
        """The side processes whose steps a gate speaks of."""
        commands, clocks, named = gate.words("command"), gate.words("clock"), gate.words("side")
        named |= gate.words("side_end") | frozenset(gate.unless.sides() if gate.unless else ())
        operations = gate.words("operation")
        found = []
        for name, side in self.manifest.side.items():
            own = {task.command for task in side.tasks.values()} | {side.start.command}
            words = commands & own or clocks & set(side.clocks)
            if name in self.sides and (words or operations & set(side.operations) or name in named):
                found.append(name)
        return found


def _part(diagram: Diagram) -> Part | None:
    net = read_net(diagram.graphs, diagram.process, diagram.writes)
    return Part(diagram, net, Moves(net)) if net is not None else None


def gate_findings(pack: Pack, gates: Gates) -> Iterator[Finding]:
    """The gates that some way through the pack breaks; LG00 where it cannot be proved."""
    for gate in gates.gates:
        if not gate.holds_for(pack.manifest):
            continue
        yield from _roles(pack, gate)
        yield from _clocks(pack, gate)
        if gate.never and pack.main is not None:
            yield from _proof(pack, gate, gates)


def _roles(pack: Pack, gate: Gate) -> Iterator[Finding]:
    """A task whose lane asks people whom the law does not let do it."""
    lanes = pack.manifest.lanes
    for part in (pack.main, *pack.sides.values()):
        for spot in part.net.spots.values() if part is not None else ():
            task = pack.manifest.tasks.get(spot.node.id)
            lane = lanes.get(spot.node.lane or "")
            allowed = gate.roles.get(task.command) if task is not None else None
            if allowed is not None and lane is not None and not set(lane.roles) <= allowed:
                zh = f"泳道“{lane.title.zh}”中有不得办理这一步的角色"
                en = f"lane {lane.title.en!r} has roles that may not do this"
                assert part is not None
                yield _finding(gate, part.diagram.file, spot.node.id, (zh, en))


def _clocks(pack: Pack, gate: Gate) -> Iterator[Finding]:
    for clock in sorted(gate.clocks - set(pack.manifest.clocks)):
        zh, en = f"流程包没有期限 {clock}", f"the pack does not have the clock {clock}"
        yield _finding(gate, pack.file, None, (zh, en))


def _proof(pack: Pack, gate: Gate, gates: Gates) -> Iterator[Finding]:
    trial = _Trial(pack, gate, gates)
    try:
        space = search(trial.starts(), trial.nexts)
    except (TooMany, Unbounded, TooDeep):
        zh, en = "流程过于复杂，无法验证这一关口", "too many states to prove this gate"
        yield _finding(gate, pack.file, None, (zh, en))
        return
    broken = next((standing for standing in space.before if standing.broken), None)
    if broken is not None:
        way = space.way_to(broken)
        drawn = [each for each in way if each in trial.drawn]
        yield _finding(gate, trial.file_of(drawn[-1]), drawn[-1], None, way)


class _Trial:
    """One gate before one pack."""

    def __init__(self, pack: Pack, gate: Gate, gates: Gates) -> None:
        self.pack = pack
        self.gate = gate
        self.given = gates.given
        own = (*gate.facts(), *(fact for each in gates.given for fact in each.only_if.facts()))
        self.facts: tuple[Fact, ...] = tuple(dict.fromkeys(own))
        self.names = pack.side_for(gate)
        self._spoken: dict[Event, bool] = {}
        self._words = {name for pattern in self._patterns() for name in pattern.names}
        self._variables = {name for each in gates.given for name, _ in each.when}
        parts = [pack.main, *(pack.sides[name] for name in self.names)]
        self.parts = [part for part in parts if part is not None]
        self.drawn = {spot.node.id for part in self.parts for spot in part.net.spots.values()}

    def _patterns(self) -> Iterator[Pattern]:
        yield from self.gate.never
        for fact in self.facts:
            yield from (*fact.seen, *fact.since)

    def file_of(self, element: str) -> str:
        """The diagram in which an element is drawn."""
        for part in self.parts:
            if any(spot.node.id == element for spot in part.net.spots.values()):
                return part.diagram.file
        return self.pack.file

    def starts(self) -> Iterator[tuple[Trail, Standing]]:
        """The case opened, in every way."""
        return (each for each in self._starts() if not each[1].impossible)

    def _starts(self) -> Iterator[tuple[Trail, Standing]]:
        main = self.pack.main
        assert main is not None
        opened = Standing(Marking(), stage=self.pack.manifest.start.stage or "")
        for values in entries(main.diagram.entry):
            given = Event(
                "command", self.pack.manifest.start.command, main.net.start, _told(values)
            )
            began = self._after(opened, (given,))
            for move in main.moves.start(values):
                yield move.trail, self._moved(began, "", move)

    def nexts(self, standing: Standing) -> Iterator[tuple[Trail, Standing]]:
        """What people, clocks and messages may do next."""
        return (each for each in self._nexts(standing) if not each[1].impossible)

    def _nexts(self, standing: Standing) -> Iterator[tuple[Trail, Standing]]:
        if standing.broken or standing.over or standing.main.clash is not None:
            return
        for name, marking in (("", standing.main), *standing.sides):
            for move in self.pack.moves(name, marking):
                if self._may(standing, name, move):
                    yield move.trail, self._moved(standing, name, move)
        for name in self.names:
            yield from self._opened(standing, self.pack.manifest.side[name])

    def _may(self, standing: Standing, name: str, move: Move) -> bool:
        """Whether no open side process holds it up; messages of sides in the search come from
        them, and from nowhere else."""
        first = move.events[0] if move.events else None
        if first is None:
            return True
        if first.kind == "message" and not name:
            return all(self.pack.manifest.side[each].on_end != first.name for each in self.names)
        command = self._command(first)
        sides = self.pack.manifest.side
        return not any(
            command in sides[each].blocks for each, _ in standing.sides if each != name
        ) and not self._held_up(standing, name, move)

    def _held_up(self, standing: Standing, name: str, move: Move) -> bool:
        """The case does not leave while a side process that has to be over is open."""
        leaves = (not name and move.after.over) or (name and self._exit(name, move) is not None)
        sides = self.pack.manifest.side
        return bool(leaves) and any(
            sides[each].at_exit == "refuse" for each, _ in standing.sides if each != name
        )

    def _opened(self, standing: Standing, side: SideProcess) -> Iterator[tuple[Trail, Standing]]:
        part = self.pack.sides[side.name]
        if standing.open(side.name) or standing.stage not in side.allowed_in:
            return
        blocked = any(
            side.start.command in self.pack.manifest.side[each].blocks for each, _ in standing.sides
        )
        if blocked:
            return
        for values in entries(part.diagram.entry):
            began = (
                Event("command", side.start.command, part.net.start, _told(values)),
                Event("side", side.name, part.net.start),
            )
            here = replace(standing, sides=_with(standing.sides, side.name, Marking()))
            for move in part.moves.start(values):
                yield move.trail, self._moved(self._after(here, began, side.name), side.name, move)

    # -- one move --------------------------------------------------------------------------

    def _moved(self, standing: Standing, name: str, move: Move) -> Standing:
        after = self._after(standing, move.events, name)
        if not name:
            return self._main_moved(after, move)
        if not move.after.over:
            return replace(after, sides=_with(after.sides, name, move.after))
        closed = replace(after, sides=tuple(each for each in after.sides if each[0] != name))
        closed = self._after(closed, (Event("side_end", name, name),))
        leaving = self._exit(name, move)
        if leaving is not None:
            return replace(self._after(closed, (Event("exit", leaving, name),)), over=True)
        return self._told_main(closed, self.pack.manifest.side[name].on_end)

    def _main_moved(self, standing: Standing, move: Move) -> Standing:
        after = replace(standing, main=move.after, stage=self._stage(standing.stage, move))
        if move.after.over:
            ends = self.pack.manifest.ends
            leaving = next((ends[e] for e in reversed(move.ends) if e in ends), "")
            after = self._after(
                after, (Event("exit", leaving, move.ends[-1] if move.ends else ""),)
            )
            return replace(after, over=not self._lives_on(leaving), stage=leaving)
        return after

    def _lives_on(self, stage: str) -> bool:
        """Whether some side process may still start after the main one is over."""
        return any(stage in self.pack.manifest.side[name].allowed_in for name in self.names)

    def _told_main(self, standing: Standing, message: str | None) -> Standing:
        """A message at a side's end moves the main process, if that waits for it."""
        if message is None:
            return standing
        for move in self.pack.moves("", standing.main):
            if move.events and (move.events[0].kind, move.events[0].name) == ("message", message):
                return self._main_moved(self._after(standing, move.events), move)
        return standing

    def _exit(self, name: str, move: Move) -> str | None:
        ends = self.pack.manifest.side[name].ends or {}
        return next((ends[e] for e in reversed(move.ends) if ends.get(e)), None)

    def _stage(self, stage: str, move: Move) -> str:
        """The stage of a task that was opened last, as the case shows it."""
        for place in move.after.places:
            main = self.pack.main
            spot = main.net.spots.get(place[2:]) if main is not None else None
            task = self.pack.manifest.tasks.get(spot.node.id) if spot is not None else None
            if task is not None and task.stage and place.startswith("w:"):
                stage = task.stage
        return stage

    def _after(self, standing: Standing, events: tuple[Event, ...], process: str = "") -> Standing:
        """The facts after these events; broken where the gate says never."""
        if not any(map(self._matters, events)):
            return standing
        held, broken, impossible = set(standing.held), standing.broken, standing.impossible
        for event in events:
            if not self._matters(event):
                continue
            told = self._as_told(event, process)
            now = frozenset(held)
            impossible = impossible or not all(
                each.only_if.holds(partial(self._held, now), standing.open)
                for each in self.given
                if each.speaks_of(told)
            )
            if any(pattern.matches(told) for pattern in self.gate.never):
                broken = broken or not self._stands(standing, now)
            held = {n for n, fact in enumerate(self.facts) if fact.after(told, n in now)}
        return replace(standing, held=frozenset(held), broken=broken, impossible=impossible)

    def _matters(self, event: Event) -> bool:
        """Whether the gate, or what is given, could speak of such a thing at all."""
        known = self._spoken.get(event)
        if known is None:
            name = self._command(event)
            values = {variable for variable, _ in event.values}
            known = name in self._words or bool(values & self._variables)
            self._spoken[event] = known
        return known

    def _as_told(self, event: Event, process: str) -> Event:
        """A task done is its command given."""
        if event.kind != "task":
            return replace(event, process=process)
        return replace(event, kind="command", name=self._command(event), process=process)

    def _held(self, held: frozenset[int], fact: Fact) -> bool:
        return self.facts.index(fact) in held

    def _stands(self, standing: Standing, held: frozenset[int]) -> bool:
        if self.gate.unless is None:
            return False
        return self.gate.unless.holds(partial(self._held, held), standing.open)

    def _command(self, event: Event) -> str:
        task = self.pack.manifest.tasks.get(event.element)
        return task.command if event.kind == "task" and task is not None else event.name


def _told(values: Mapping[str, str | None]) -> tuple[tuple[str, str | None], ...]:
    return tuple(sorted(values.items()))


def _with(
    sides: tuple[tuple[str, Marking], ...], name: str, marking: Marking
) -> tuple[tuple[str, Marking], ...]:
    others = [each for each in sides if each[0] != name]
    return tuple(sorted([*others, (name, marking)], key=lambda each: each[0]))


def _finding(
    gate: Gate, file: str, element: str | None, texts: tuple[str, str] | None, way: Trail = ()
) -> Finding:
    zh = f"{gate.title.zh}（{gate.article.zh}）" + (f"：{texts[0]}" if texts else "")
    en = f"{gate.title.en} ({gate.article.en})" + (f": {texts[1]}" if texts else "")
    return Finding(gate.id, "error", file, element, Message(zh, en), way)
