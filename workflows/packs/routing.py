"""Which values of the routing variables can stand at which point of a diagram.

A fixpoint over the flows: tasks, operations and fired clocks set variables to all values that
they may return; exclusive gateways keep those that pass a flow's condition. The result is an
upper bound: a value that is not in it cannot arrive.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from workflows.engine import BadExpression
from workflows.engine.expressions import Expression, evaluate, parsed
from workflows.packs.graph import Flow, Graph, Node
from workflows.packs.vocabulary import Domains

UNSET = None
"""Stands among a variable's values where it may never have been set."""

Values = frozenset[str | None]
State = Mapping[str, Values]

EXTRA = "extra."


def condition_of(flow: Flow) -> Expression | None:
    """The flow's condition, or None when it has none or it cannot be read (the lint says so)."""
    try:
        return parsed(flow.condition) if flow.condition else None
    except BadExpression:
        return None


def holds(expression: Expression, values: Mapping[str, str | None]) -> bool:
    """Whether the condition holds; a comparison that cannot be made does not."""
    try:
        return bool(evaluate(expression.text, dict(values)))
    except BadExpression:
        return False


class Reach:
    """The values before each node of one diagram.

    `writes` tells what a node sets when it is left, `called` finds the diagram of a call activity.
    """

    def __init__(self, graph: Graph, names: Iterable[str], entry: State, writes: Writes) -> None:
        self._graph = graph
        self._names = tuple(names)
        self._entry: State = {name: entry.get(name, frozenset({UNSET})) for name in self._names}
        self._writes = writes

    @cached_property
    def before(self) -> Mapping[str, State]:
        """Node id → values when a token arrives. A node that no token reaches is not in it."""
        graph = self._graph
        before: dict[str, State] = {}
        left: dict[str, State] = {}
        waiting = deque(graph.nodes)
        while waiting:
            node = graph.nodes[waiting.popleft()]
            arriving = self._arriving(node, left, before)
            if arriving is None:
                continue
            leaving = self._leaving(node, arriving, left)
            if before.get(node.id) == arriving and left.get(node.id) == leaving:
                continue
            before[node.id] = arriving
            if leaving is not None:
                left[node.id] = leaving
            waiting.extend(self._after(node))
        return before

    def _after(self, node: Node) -> Iterator[str]:
        """Whoever has to be looked at again when this node changes."""
        yield from (flow.target for flow in self._graph.outgoing.get(node.id, ()))
        for other in self._graph.nodes.values():
            if other.attached_to in (node.id, node.inside) or other.inside == node.id:
                yield other.id
        if node.inside in self._graph.nodes:
            yield node.inside

    def _arriving(
        self, node: Node, left: Mapping[str, State], before: Mapping[str, State]
    ) -> State | None:
        if node.attached_to is not None:
            return self._at_boundary(node.attached_to, left, before)
        if node.type == "startEvent":
            return before.get(node.inside) if node.inside in self._graph.nodes else self._entry
        flows = self._graph.incoming.get(node.id, [])
        states = [self._along(flow, left) for flow in flows]
        reached = [state for state in states if state is not None]
        if node.type == "parallelGateway" and len(flows) > 1:
            # A join waits for all its branches; what one branch has set is set.
            return self._joined(reached) if len(reached) == len(flows) else None
        return self._merged(reached)

    def _at_boundary(
        self, host: str, left: Mapping[str, State], before: Mapping[str, State]
    ) -> State | None:
        """An event at a task's edge fires before the task is done, but midway in a sub-process."""
        inner = [left[node.id] for node in self._graph.contents(host) if node.id in left]
        return self._merged([before[host], *inner]) if host in before else None

    def _leaving(self, node: Node, arriving: State, left: Mapping[str, State]) -> State | None:
        inner = self._graph.contents(node.id)
        if inner:
            ends = [left[each.id] for each in inner if each.type == "endEvent" and each.id in left]
            return self._merged(ends)
        return {**arriving, **self._written(node)}

    def _written(self, node: Node) -> State:
        domains = self._writes(node)
        return {name: frozenset(domains[name]) for name in self._names if name in domains}

    def _along(self, flow: Flow, left: Mapping[str, State]) -> State | None:
        state = left.get(flow.source)
        source = self._graph.nodes.get(flow.source)
        if state is None or source is None or source.type != "exclusiveGateway":
            return state
        return self._filtered(source, flow, state)

    def _filtered(self, gateway: Node, flow: Flow, state: State) -> State | None:
        """What may pass the flow, as far as one variable alone decides."""
        rivals = [each for each in self._graph.outgoing[gateway.id] if each.condition]
        conditions = [condition_of(each) for each in rivals]
        names = {name for each in conditions if each is not None for name in each.names}
        own = condition_of(flow)
        if None in conditions or len(names) != 1 or not names <= state.keys():
            return state
        (name,) = names
        others = [each for each in conditions if each is not None]
        passing = frozenset(
            value
            for value in state[name]
            if (holds(own, {name: value}) if own else not _any(others, {name: value}))
        )
        return {**state, name: passing} if passing else None

    def _merged(self, states: list[State]) -> State | None:
        if not states:
            return None
        return {name: frozenset().union(*(state[name] for state in states)) for name in self._names}

    def _joined(self, states: list[State]) -> State:
        merged = self._merged(states) or {}
        sure = {name for name in self._names if any(UNSET not in state[name] for state in states)}
        return {
            name: values - {UNSET} if name in sure else values for name, values in merged.items()
        }


def _any(conditions: list[Expression], values: Mapping[str, str | None]) -> bool:
    return any(holds(condition, values) for condition in conditions)


Writes = Callable[[Node], Domains]
