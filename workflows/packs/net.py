"""A pack's diagrams as a net of places: what the deploy gate plays, written from the BPMN standard.

It knows the elements that the engine lint admits. A call activity stands for a copy of the called
process, so that two calls of one process are two things. Nothing here runs the engine: the gate
judges what the drawing means, and the engine's tests hold the engine to the same meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from workflows.packs.graph import OPERATION_TASKS, USER_TASKS, Flow, Graph, Node
from workflows.packs.routing import EXTRA, Writes, condition_of

CALL = "/"
"""Between the call activity and what lies in the process that it calls, in the name of a place."""
DEEPEST_CALL = 8
WAITING = USER_TASKS | {"receiveTask"}
PASSED = OPERATION_TASKS | {"sendTask", "intermediateThrowEvent"}


class TooDeep(Exception):
    """Calls that call each other: the lint says which (E45)."""


@dataclass(frozen=True)
class Spot:
    """One node in one copy of its process."""

    id: str
    """The node's id, after the calls that lead to it."""
    node: Node
    scope: str
    """The spot of the sub-process or call around it; the process's own id at the top."""
    outgoing: tuple[Step, ...] = ()
    edges: tuple[str, ...] = ()
    """Spots of the events attached to it."""
    begins: str | None = None
    """Where a sub-process or call begins inside."""
    joins: tuple[str, ...] = ()
    """Flows that a parallel gateway waits for."""


@dataclass(frozen=True)
class Step:
    """A sequence flow between two spots."""

    flow: Flow
    target: str


@dataclass
class Net:
    """Everything that one process may do, its sub-processes and calls included."""

    process: str
    start: str
    spots: Mapping[str, Spot]
    writes: Writes
    needed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Per spot: the variables that may still be read after a token stands there."""

    def inside(self, scope: str) -> frozenset[str]:
        """All spots within a sub-process or call, however deep."""
        return self._inside.get(scope, frozenset())

    @cached_property
    def _inside(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for spot in self.spots.values():
            scope: str | None = spot.scope
            while scope is not None and scope in self.spots:
                found.setdefault(scope, set()).add(spot.id)
                scope = self.spots[scope].scope
        return {scope: frozenset(ids) for scope, ids in found.items()}


def read_net(graphs: Iterable[Graph], process: str, writes: Writes) -> Net | None:
    """The net of a process; None where it has no start event to begin with."""
    drawn = {each: graph for graph in graphs for each in graph.processes}
    if process not in drawn:
        return None
    spots = {spot.id: spot for spot in _spots(drawn, process, process, "", 0)}
    start = _start(spots, process)
    if start is None:
        return None
    net = Net(process, start, spots, writes)
    net.needed = _needed(net)
    return net


def _spots(
    drawn: Mapping[str, Graph], process: str, scope: str, prefix: str, depth: int
) -> Iterator[Spot]:
    """The spots of a process, and of what it calls."""
    if depth > DEEPEST_CALL:
        raise TooDeep(process)
    graph = drawn[process]
    for node in _within(graph, process):
        id_ = prefix + node.id
        called = node.calls if node.type == "callActivity" and node.calls in drawn else None
        yield Spot(
            id=id_,
            node=node,
            scope=scope if node.inside == process else prefix + node.inside,
            outgoing=tuple(
                Step(flow, prefix + flow.target)
                for flow in graph.outgoing.get(node.id, ())
                if flow.target in graph.nodes
            ),
            edges=tuple(prefix + e.id for e in graph.nodes.values() if e.attached_to == node.id),
            begins=_begins(drawn, graph, node, prefix, called),
            joins=tuple(prefix + flow.id for flow in graph.incoming.get(node.id, ())),
        )
        if called is not None:
            yield from _spots(drawn, called, id_, f"{id_}{CALL}", depth + 1)


def _begins(
    drawn: Mapping[str, Graph], graph: Graph, node: Node, prefix: str, called: str | None
) -> str | None:
    if called is not None:
        inner = [each for each in drawn[called].contents(called) if each.type == "startEvent"]
        return f"{prefix}{node.id}{CALL}{inner[0].id}" if inner else None
    if node.type == "subProcess":
        inner = [each for each in graph.contents(node.id) if each.type == "startEvent"]
        return prefix + inner[0].id if inner else None
    return None


def _within(graph: Graph, process: str) -> Iterator[Node]:
    """The nodes of a process, those of its sub-processes included."""
    for node in graph.nodes.values():
        inside = node.inside
        while inside in graph.nodes:
            inside = graph.nodes[inside].inside
        if inside == process:
            yield node


def _start(spots: Mapping[str, Spot], process: str) -> str | None:
    starts = (s.id for s in spots.values() if s.scope == process and s.node.type == "startEvent")
    return next(starts, None)


def _needed(net: Net) -> dict[str, frozenset[str]]:
    """Which variables some gateway may read after this spot, before they are written again."""
    read = {spot.id: _reads(spot) for spot in net.spots.values()}
    written = {spot.id: frozenset(net.writes(spot.node)) for spot in net.spots.values()}
    after = {spot.id: tuple(_after(net, spot)) for spot in net.spots.values()}
    needed: dict[str, frozenset[str]] = dict.fromkeys(net.spots, frozenset())
    grown = True
    while grown:
        grown = False
        for id_ in net.spots:
            later: frozenset[str] = frozenset().union(*(needed[t] for t in after[id_]))
            events: frozenset[str] = frozenset().union(*(needed[e] for e in net.spots[id_].edges))
            now = read[id_] | (later - written[id_]) | events
            if now != needed[id_]:
                needed[id_] = now
                grown = True
    return needed


def _reads(spot: Spot) -> frozenset[str]:
    if spot.node.type != "exclusiveGateway":
        return frozenset()
    conditions = [condition_of(step.flow) for step in spot.outgoing]
    names = {name for each in conditions if each is not None for name in each.names}
    return frozenset(name for name in names if not name.startswith(EXTRA))


def _after(net: Net, spot: Spot) -> Iterator[str]:
    yield from (step.target for step in spot.outgoing)
    if spot.begins is not None:
        yield spot.begins
    if spot.node.type == "endEvent" and spot.scope in net.spots:
        yield from (step.target for step in net.spots[spot.scope].outgoing)
        yield from net.spots[spot.scope].edges
