"""BPMN's token semantics over a parsed diagram, written from the standard and without the engine.

Exact for the elements that the deploy lint admits; used as the oracle of the fuzz tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

WAITS = {"userTask", "intermediateCatchEvent", "eventBasedGateway"}


@dataclass
class Node:
    id: str
    kind: str
    clock: str | None = None
    message: str | None = None
    host: str | None = None
    interrupting: bool = True
    instances: int = 0
    sequential: bool = False
    terminates: bool = False
    inner: Graph | None = None
    incoming: list[str] = field(default_factory=list)
    outgoing: list[tuple[str, str]] = field(default_factory=list)
    called: str | None = None


@dataclass
class Graph:
    """One process or sub-process: its nodes, and the boundary events by host."""

    nodes: dict[str, Node]

    @property
    def start(self) -> Node:
        return next(node for node in self.nodes.values() if node.kind == "startEvent")

    def boundary(self, host: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.host == host]


@dataclass(eq=False)
class Active:
    """A token that rests on a node: a wait, a running sub-process, or instances of a task."""

    node: Node
    scope: Scope
    insides: list[Scope] = field(default_factory=list)
    left: int = 1
    fired: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Scope:
    """A running process or sub-process."""

    graph: Graph
    owner: Active | None = None
    active: list[Active] = field(default_factory=list)
    arrived: Counter[str] = field(default_factory=Counter)
    flowing: int = 0
    """Tokens between two nodes, while a move is being played."""


class TokenGame:
    """Plays one case. `choices` gives, per exclusive gateway, the number of the flow to take."""

    def __init__(self, xml: bytes, process: str = "case") -> None:
        root = etree.fromstring(xml)
        messages = {each.get("id"): each.get("name") for each in root.iter("{*}message")}
        self.graphs: dict[str, Graph] = {}
        for each in root.iter("{*}process"):
            self.graphs[each.get("id")] = _graph(each, messages)
        self._resolve_calls()
        self.top = Scope(self.graphs[process])
        self.ended = False
        self.choices: Mapping[str, int] = {}

    def _resolve_calls(self) -> None:
        pending = list(self.graphs.values())
        while pending:
            for node in pending.pop().nodes.values():
                if node.kind == "subProcess" and node.inner is not None:
                    pending.append(node.inner)
                if node.called is not None:
                    node.inner = self.graphs[node.called]

    def start(self, choices: Mapping[str, int]) -> None:
        self.choices = choices
        self._enter(self.top.graph.start, self.top, None)
        self._settle(self.top)

    def complete(self, element: str, choices: Mapping[str, int]) -> None:
        self.choices = choices
        found = next(a for a in self._all() if a.node.kind == "userTask" and a.node.id == element)
        found.left -= 1
        if found.left == 0:
            self._leave(found)

    def clock(self, element: str, choices: Mapping[str, int]) -> None:
        self.choices = choices
        active, event = next(pair for pair in self._events("clock") if pair[1].id == element)
        self._fire(active, event)

    def message(self, name: str, choices: Mapping[str, int]) -> None:
        self.choices = choices
        for active, event in [pair for pair in self._events("message") if pair[1].message == name]:
            self._fire(active, event)

    def open(self) -> Counter[str]:
        count: Counter[str] = Counter()
        for active in self._all():
            if active.node.kind == "userTask":
                count[active.node.id] += 1 if active.node.sequential else active.left
        return count

    def waits(self, kind: str) -> Counter[str]:
        return Counter(event.id for _, event in self._events(kind))

    # -- the rules -------------------------------------------------------------------------

    def _fire(self, active: Active, event: Node) -> None:
        if event.host is None or event.interrupting:
            self._leave(active, event)
        else:
            active.fired.add(event.id)
            self._flow_out(event, active.scope)
            self._settle(active.scope)

    def _leave(self, active: Active, through: Node | None = None) -> None:
        active.scope.active.remove(active)
        self._flow_out(through or active.node, active.scope)
        self._settle(active.scope)

    def _flow_out(self, node: Node, scope: Scope) -> None:
        flows = node.outgoing
        if node.kind == "exclusiveGateway" and len(flows) > 1:
            flows = [flows[self.choices[node.id]]]
        scope.flowing += 1
        for flow, target in flows:
            self._enter(scope.graph.nodes[target], scope, flow)
        scope.flowing -= 1

    def _enter(self, node: Node, scope: Scope, flow: str | None) -> None:
        if node.kind == "parallelGateway":
            self._arrive(node, scope, flow)
        elif node.kind in WAITS or node.inner is not None:
            self._rest(node, scope)
        elif node.kind == "endEvent" and node.terminates:
            scope.active.clear()
            scope.arrived.clear()
        elif node.kind != "endEvent":
            self._flow_out(node, scope)

    def _arrive(self, node: Node, scope: Scope, flow: str | None) -> None:
        if flow is not None:
            scope.arrived[flow] += 1
        if all(scope.arrived[each] for each in node.incoming):
            scope.arrived -= Counter(node.incoming)
            self._flow_out(node, scope)

    def _rest(self, node: Node, scope: Scope) -> None:
        active = Active(node, scope, left=node.instances or 1)
        scope.active.append(active)
        if node.inner is not None:
            for _ in range(1 if node.sequential else active.left):
                self._begin_inside(active)

    def _begin_inside(self, active: Active) -> None:
        assert active.node.inner is not None
        inside = Scope(active.node.inner, active)
        active.insides.append(inside)
        self._enter(active.node.inner.start, inside, None)
        self._settle(inside)

    def _settle(self, scope: Scope) -> None:
        """A scope is over when no token is left in it."""
        if scope.active or +scope.arrived or scope.flowing:
            return
        if scope.owner is None:
            self.ended = True
        elif scope.owner in scope.owner.scope.active and scope in scope.owner.insides:
            self._end_inside(scope.owner, scope)

    def _end_inside(self, owner: Active, inside: Scope) -> None:
        owner.insides.remove(inside)
        owner.left -= 1
        if owner.left == 0:
            self._leave(owner)
        elif owner.node.sequential:
            self._begin_inside(owner)

    # -- reading ---------------------------------------------------------------------------

    def _all(self, scope: Scope | None = None) -> list[Active]:
        found: list[Active] = []
        for active in (scope or self.top).active:
            found.append(active)
            for inside in active.insides:
                found.extend(self._all(inside))
        return found

    def _events(self, kind: str) -> list[tuple[Active, Node]]:
        """Every (resting token, event) where a clock or message may arrive."""
        found: list[tuple[Active, Node]] = []
        for active in self._all():
            graph = active.scope.graph
            if active.node.kind == "intermediateCatchEvent":
                found.append((active, active.node))
            elif active.node.kind == "eventBasedGateway":
                targets = [graph.nodes[target] for _, target in active.node.outgoing]
                found.extend((active, target) for target in targets)
            events = [e for e in graph.boundary(active.node.id) if e.id not in active.fired]
            found.extend((active, event) for event in events)
        return [pair for pair in found if getattr(pair[1], kind) is not None]


def _graph(process: Any, messages: Mapping[str, str]) -> Graph:
    nodes = {
        each.get("id"): _node(each, messages)
        for each in process.iterchildren("{*}*")
        if etree.QName(each).localname != "sequenceFlow"
    }
    for flow in process.iterchildren("{*}sequenceFlow"):
        nodes[flow.get("sourceRef")].outgoing.append((flow.get("id"), flow.get("targetRef")))
        nodes[flow.get("targetRef")].incoming.append(flow.get("id"))
    return Graph(nodes)


def _node(each: Any, messages: Mapping[str, str]) -> Node:
    kind = etree.QName(each).localname
    inner = _graph(each, messages) if kind == "subProcess" else None
    instances = each.find("{*}multiInstanceLoopCharacteristics")
    timer = None if inner else each.find(".//{*}timeDuration")
    reference = None if inner else each.find(".//{*}messageEventDefinition")
    return Node(
        each.get("id"),
        kind,
        clock=timer.text if timer is not None else None,
        message=messages[reference.get("messageRef")] if reference is not None else None,
        host=each.get("attachedToRef"),
        interrupting=each.get("cancelActivity") != "false",
        instances=int(instances.findtext("{*}loopCardinality")) if instances is not None else 0,
        sequential=instances is not None and instances.get("isSequential") == "true",
        terminates=each.find("{*}terminateEventDefinition") is not None,
        inner=inner,
        called=each.get("calledElement"),
    )
