"""Lint of cycles: parallel blocks that go round, and rounds that wait for nobody."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from workflows.engine.diagram import local
from workflows.packs.lint_drawing import Drawing, Scope, tag

# Reaching one of these, a token rests until a person, a clock or a message moves it.
_WAITS = {
    "task",
    "userTask",
    "manualTask",
    "receiveTask",
    "intermediateCatchEvent",
    "eventBasedGateway",
    "boundaryEvent",
}


def check_cycles(drawing: Drawing) -> None:
    """Per scope: a sub-process is one node of the scope around it."""
    known: dict[str, bool] = {}
    _check_calls(drawing)
    for scope in drawing.scopes:
        for cycle in cycles(scope.nodes, scope.successors):
            for gateway in (scope.nodes[each] for each in cycle):
                if local(gateway) == "parallelGateway":
                    drawing.found("E16", gateway, path=cycle)
        free = [each for each, node in scope.nodes.items() if not _waits(drawing, node, known)]
        for cycle in cycles(free, _within(scope, set(free))):
            drawing.found("E17", _speaker(scope, cycle), path=cycle)


def _within(scope: Scope, allowed: set[str]) -> Callable[[str], list[str]]:
    return lambda node: [each for each in scope.successors(node) if each in allowed]


def _speaker(scope: Scope, cycle: tuple[str, ...]) -> Any:
    """The element to mark: a gateway if there is one, since there the designer draws on."""
    gateways = [each for each in cycle if local(scope.nodes[each]).endswith("Gateway")]
    return scope.nodes[(gateways or cycle)[0]]


def _check_calls(drawing: Drawing) -> None:
    """A process that calls itself, over however many others of the file."""
    processes = {each.get("id", ""): each for each in drawing.iter("process")}
    calls = {name: list(each.iter(tag("callActivity"))) for name, each in processes.items()}
    for cycle in cycles(calls, lambda name: [_called(call) for call in calls.get(name, [])]):
        for call in (call for name in cycle for call in calls[name] if _called(call) in cycle):
            drawing.found("E45", call, path=cycle)


def _called(call: Any) -> str:
    return str(call.get("calledElement", ""))


def _waits(drawing: Drawing, node: Any, known: dict[str, bool]) -> bool:
    """`known` remembers processes already looked into; one that is being looked into counts as
    passing, so that a process calling itself is not followed for ever."""
    kind = local(node)
    if kind in _WAITS:
        return True
    inside = node.get("id", "") if kind == "subProcess" else node.get("calledElement", "")
    if kind not in ("subProcess", "callActivity"):
        return False
    if inside not in known:
        known[inside] = False
        known[inside] = _waits_inside(drawing, kind, inside, known)
    return known[inside]


def _waits_inside(drawing: Drawing, kind: str, inside: str, known: dict[str, bool]) -> bool:
    scopes = [each for each in drawing.scopes if each.element.get("id") == inside]
    if not scopes:
        # A process of another file: its own lint looks at it; here it counts as a wait.
        return kind == "callActivity"
    return not _passes(drawing, scopes[0], known)


def _passes(drawing: Drawing, scope: Scope, known: dict[str, bool]) -> bool:
    """Whether a token can get from the start to the end of a scope without resting: the least
    set of nodes from which it can; a parallel split needs all its branches."""
    waits = {each for each, node in scope.nodes.items() if _waits(drawing, node, known)}
    passing = {node.get("id") for node in scope.of_type("endEvent")}
    grown = True
    while grown:
        new = {
            each
            for each, node in scope.nodes.items()
            if each not in waits | passing and _follows(scope, node, passing)
        }
        passing |= new
        grown = bool(new)
    return any(start.get("id") in passing for start in scope.of_type("startEvent"))


def _follows(scope: Scope, node: Any, passing: set[str]) -> bool:
    targets = [flow.get("targetRef") for flow in scope.outgoing.get(node.get("id", ""), [])]
    need = all if local(node) == "parallelGateway" else any
    return bool(targets) and need(target in passing for target in targets)


def cycles(nodes: Collection[str], successors: Callable[[str], list[str]]) -> list[tuple[str, ...]]:
    """The groups of nodes that lead to each other, in the order of the file."""
    ways = {node: successors(node) for node in nodes}
    reached = {node: _reached(node, ways) for node in nodes}
    found: list[tuple[str, ...]] = []
    grouped: set[str] = set()
    for node in nodes:
        if node in reached[node] and node not in grouped:
            group = tuple(each for each in reached[node] if node in reached[each])
            grouped.update(group)
            found.append(tuple(each for each in nodes if each in group))
    return found


def _reached(node: str, ways: dict[str, list[str]]) -> set[str]:
    """Where one step or more from a node may lead."""
    queue = list(ways[node])
    reached = set(queue)
    for each in queue:
        new = [target for target in ways.get(each, []) if target not in reached]
        reached.update(new)
        queue.extend(new)
    return reached
