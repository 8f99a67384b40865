"""Whether a diagram can be carried through (rules SD01 to SD05): every way, whatever people choose.

Each process is searched state by state: it never stands still with work undone, no second token
runs where one is, nothing is drawn that can never happen, and from everywhere an end can be
reached. A diagram with more states than the gate looks at is refused, not waved through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows.packs.findings import Finding, Message
from workflows.packs.graph import Graph
from workflows.packs.moves import Marking, Move, Moves, Unbounded
from workflows.packs.net import Net, TooDeep, read_net
from workflows.packs.routing import Writes
from workflows.packs.space import Space, TooMany, search

Trail = tuple[str, ...]


@dataclass(frozen=True)
class Diagram:
    """One process of a pack, ready to be searched."""

    file: str
    process: str
    graphs: tuple[Graph, ...]
    writes: Writes
    entry: Mapping[str, frozenset[str | None]]
    """Values that the start may bring."""


def soundness_findings(diagram: Diagram) -> Iterator[Finding]:
    """Everything that keeps the process from being carried through, each with its shortest way."""
    try:
        net = read_net(diagram.graphs, diagram.process, diagram.writes)
        if net is not None:
            yield from _Proof(diagram, net).findings()
    except (TooDeep, TooMany, Unbounded):
        zh = "流程过于复杂，无法逐一验证，不能发布。请拆成副流程或调用活动"
        en = "too many states to prove: split it into side processes or call activities"
        yield _finding(diagram, "SD05", None, diagram.process, (zh, en))


def entries(domains: Mapping[str, frozenset[str | None]]) -> list[dict[str, str | None]]:
    """Every combination of the values that a start may bring."""
    found: list[dict[str, str | None]] = [{}]
    for name in sorted(domains):
        values = sorted(domains[name], key=str)
        found = [{**each, name: value} for each in found for value in values]
    return found


class _Proof:
    """The states of one process, and what is wrong with them."""

    def __init__(self, diagram: Diagram, net: Net) -> None:
        self.diagram = diagram
        self.net = net
        self.moves = Moves(net)
        self.passed: set[str] = set()

    def findings(self) -> Iterator[Finding]:
        starts = (self.moves.start(values) for values in entries(self.diagram.entry))
        space = search(
            (self._noted(move) for moves in starts for move in moves),
            lambda marking: map(self._noted, self.moves.at(marking)),
        )
        last = [marking for marking in space.before if not space.after.get(marking)]
        yield from self._clashes(space)
        yield from self._stops(space, last)
        yield from self._rounds(space, last)
        yield from self._never(space)

    def _noted(self, move: Move) -> tuple[Trail, Marking]:
        self.passed.update(move.trail)
        return move.trail, move.after

    def _clashes(self, space: Space[Marking]) -> Iterator[Finding]:
        """SD02: two tokens on one spot; the task would be done twice or never joined."""
        told: set[str] = set()
        for marking in space.before:
            if marking.clash is not None and marking.clash not in told:
                told.add(marking.clash)
                zh = "同一步骤会同时出现两次：前面的并行分支没有先汇合"
                en = "it can be reached twice at once: parallel branches were not joined before"
                yield self._at("SD02", marking.clash, (zh, en), space.way_to(marking))

    def _stops(self, space: Space[Marking], last: list[Marking]) -> Iterator[Finding]:
        """SD01: tokens are left, but nothing can happen any more."""
        told: set[str] = set()
        for marking in last:
            if marking.over or marking.clash is not None:
                continue
            element = self._where(marking)
            if element not in told:
                told.add(element)
                zh = "流程会停在这里，再也无法继续：汇合等待的另一分支不会到达"
                en = "the process stops here for good: the join waits for a branch that cannot come"
                yield self._at("SD01", element, (zh, en), space.way_to(marking))

    def _rounds(self, space: Space[Marking], last: list[Marking]) -> Iterator[Finding]:
        """SD03: from some state nothing leads out of a round any more."""
        leaving = space.leading_to(last)
        caught = next((marking for marking in space.before if marking not in leaving), None)
        if caught is not None:
            zh = "从这里再也到不了结束：只能在环路里打转"
            en = "from here no end can be reached any more, only the same round again"
            yield self._at("SD03", self._where(caught), (zh, en), space.way_to(caught))

    def _never(self, space: Space[Marking]) -> Iterator[Finding]:
        """SD04: elements that no way passes."""
        waits = {place.partition(":")[2] for marking in space.before for place in marking.places}
        reached = self.passed | {s.node.id for s in self.net.spots.values() if s.id in waits}
        drawn = {spot.node.id: spot for spot in self.net.spots.values()}
        for element in drawn.keys() - reached:
            zh, en = "没有任何办理过程会走到这里", "no way through the process ever comes here"
            yield self._at("SD04", element, (zh, en), ())

    def _where(self, marking: Marking) -> str:
        """The element to mark: a join that waits for ever, else what the token rests on."""
        by_flow = {flow: s.node.id for s in self.net.spots.values() for flow in s.joins}
        for place in sorted(marking.places, key=lambda each: (not each.startswith("j:"), each)):
            kind, _, id_ = place.partition(":")
            if kind == "j":
                return by_flow[id_]
            if id_ in self.net.spots:
                return self.net.spots[id_].node.id
        return self.diagram.process

    def _at(self, rule: str, element: str, texts: tuple[str, str], path: Trail) -> Finding:
        names = (s.node.name for s in self.net.spots.values() if s.node.id == element)
        name = next(names, "") or element
        return _finding(self.diagram, rule, element, name, texts, (*path, element) if path else ())


def _finding(
    diagram: Diagram,
    rule: str,
    element: str | None,
    name: str,
    texts: tuple[str, str],
    path: Trail = (),
) -> Finding:
    message = Message(f"“{name}”：{texts[0]}", f"{name!r}: {texts[1]}")
    return Finding(rule, "error", diagram.file, element, message, path)
