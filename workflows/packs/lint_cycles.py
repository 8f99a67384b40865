"""Lint of cycles: parallel blocks that go round, and rounds that wait for nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from workflows.engine.diagram import local
from workflows.packs.lint_drawing import Drawing, Scope

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
    for scope in drawing.scopes:
        for cycle in cycles(scope.nodes, scope.successors):
            for gateway in (scope.nodes[each] for each in cycle):
                if local(gateway) == "parallelGateway":
                    drawing.found("E16", gateway, path=cycle)
        free = [each for each, node in scope.nodes.items() if not _waits(drawing, node)]
        for cycle in cycles(free, _within(scope, set(free))):
            drawing.found("E17", _speaker(scope, cycle), path=cycle)


def _within(scope: Scope, allowed: set[str]) -> Callable[[str], list[str]]:
    return lambda node: [each for each in scope.successors(node) if each in allowed]


def _speaker(scope: Scope, cycle: tuple[str, ...]) -> Any:
    """The element to mark: a gateway if there is one, since there the designer draws on."""
    gateways = [each for each in cycle if local(scope.nodes[each]).endswith("Gateway")]
    return scope.nodes[(gateways or cycle)[0]]


def _waits(drawing: Drawing, node: Any, seen: frozenset[str] = frozenset()) -> bool:
    kind = local(node)
    if kind in _WAITS:
        return True
    inside = node.get("id", "") if kind == "subProcess" else node.get("calledElement", "")
    if kind not in ("subProcess", "callActivity") or inside in seen:
        return False
    scopes = [each for each in drawing.scopes if each.element.get("id") == inside]
    if not scopes:
        # A process of another file: its own lint looks at it; here it counts as a wait.
        return kind == "callActivity"
    return not _passes(drawing, scopes[0], seen | {inside})


def _passes(drawing: Drawing, scope: Scope, seen: frozenset[str]) -> bool:
    """Whether a token can get from the start to the end of a scope without resting: the least
    set of nodes from which it can; a parallel split needs all its branches."""
    waits = {each for each, node in scope.nodes.items() if _waits(drawing, node, seen)}
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


def cycles(nodes: Iterable[str], successors: Callable[[str], list[str]]) -> list[tuple[str, ...]]:
    """The strongly connected parts that hold a cycle (Tarjan, with a stack of its own so that a
    long diagram does not exhaust Python's)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    found: list[tuple[str, ...]] = []
    for root in nodes:
        if root not in order:
            _visit(root, successors, order, low, path, found)
    position = {node: number for number, node in enumerate(nodes)}
    return [tuple(sorted(part, key=position.__getitem__)) for part in found]


def _visit(
    root: str,
    successors: Callable[[str], list[str]],
    order: dict[str, int],
    low: dict[str, int],
    path: list[str],
    found: list[tuple[str, ...]],
) -> None:
    on_path: set[str] = set(path)
    work = [(root, iter(successors(root)))]
    order[root] = low[root] = len(order)
    path.append(root)
    on_path.add(root)
    while work:
        node, rest = work[-1]
        following = next(rest, None)
        if following is None:
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[node])
            if low[node] == order[node]:
                _close(node, successors, path, on_path, found)
        elif following not in order:
            order[following] = low[following] = len(order)
            path.append(following)
            on_path.add(following)
            work.append((following, iter(successors(following))))
        elif following in on_path:
            low[node] = min(low[node], order[following])


def _close(
    node: str,
    successors: Callable[[str], list[str]],
    path: list[str],
    on_path: set[str],
    found: list[tuple[str, ...]],
) -> None:
    part: list[str] = []
    while not part or part[-1] != node:
        part.append(path.pop())
        on_path.discard(part[-1])
    if len(part) > 1 or node in successors(node):
        found.append(tuple(part))
