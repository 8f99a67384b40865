"""Soundness by brute force: every state of the token game, with every choice at every gateway.

Shares no line with the gate: the game was written from the BPMN standard for the engine's tests,
and this plays it out. Small diagrams only.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from tests.workflows.engine.token_game import Active, Scope, TokenGame

MOST = 400


class TooBig(Exception):
    """More states than brute force looks at."""


class Script(Mapping[str, int]):
    """Answers a gateway's question by a list, and notes what was asked beyond it."""

    def __init__(self, answers: tuple[int, ...], ways: Mapping[str, int]) -> None:
        self.answers = answers
        self.ways = ways
        self.asked: list[int] = []

    def __getitem__(self, gateway: str) -> int:
        here = len(self.asked)
        self.asked.append(self.ways[gateway])
        if len(self.asked) > 60:
            raise TooBig
        return self.answers[here] if here < len(self.answers) else 0

    def __iter__(self) -> Iterator[str]:
        return iter(self.ways)

    def __len__(self) -> int:
        return len(self.ways)


def verdict(xml: bytes) -> set[str]:
    """What is wrong: "stuck", "twice", "endless"; nothing for a sound process."""
    game = TokenGame(xml)
    ways = _ways(game)
    wrong: set[str] = set()
    after: dict[Any, set[Any]] = {}
    games = {}
    for first in _played(game, ways, lambda each, script: each.start(script)):
        games[_sign(first)] = first
    waiting = list(games)
    while waiting:
        sign = waiting.pop()
        here = games[sign]
        nexts = after.setdefault(sign, set())
        if _twice(here.top):
            wrong.add("twice")
            continue
        for new in _steps(here, ways):
            nexts.add(_sign(new))
            if _sign(new) not in games:
                games[_sign(new)] = new
                waiting.append(_sign(new))
        if len(games) > MOST:
            raise TooBig
        if not nexts and not here.ended:
            wrong.add("stuck")
    if _caught(after):
        wrong.add("endless")
    return wrong


def _ways(game: TokenGame) -> dict[str, int]:
    found: dict[str, int] = {}
    graphs = list(game.graphs.values())
    while graphs:
        for node in graphs.pop().nodes.values():
            if node.kind == "exclusiveGateway":
                found[node.id] = len(node.outgoing)
            if node.kind == "subProcess" and node.inner is not None:
                graphs.append(node.inner)
    return found


def _steps(game: TokenGame, ways: Mapping[str, int]) -> Iterator[TokenGame]:
    for element in sorted(game.open()):
        yield from _played(game, ways, lambda g, s, e=element: g.complete(e, s))
    for element in sorted(game.waits("clock")):
        yield from _played(game, ways, lambda g, s, e=element: g.clock(e, s))
    names = {event.message for _, event in game._events("message")}
    for name in sorted(str(each) for each in names):
        yield from _played(game, ways, lambda g, s, n=name: g.message(n, s))


def _played(game: TokenGame, ways: Mapping[str, int], move: Any) -> Iterator[TokenGame]:
    """The move with every list of answers that its gateways can be given."""
    lists: list[tuple[int, ...]] = [()]
    while lists:
        answers = lists.pop()
        copied = copy.deepcopy(game)
        script = Script(answers, ways)
        move(copied, script)
        copied.choices = {}
        for place in range(len(answers), len(script.asked)):
            done = (*answers, *([0] * (place - len(answers))))
            lists.extend((*done, way) for way in range(1, script.asked[place]))
        yield copied


def _twice(scope: Scope) -> bool:
    nodes = [active.node.id for active in scope.active]
    if len(set(nodes)) < len(nodes) or any(count > 1 for count in scope.arrived.values()):
        return True
    return any(_twice(inside) for active in scope.active for inside in active.insides)


def _sign(game: TokenGame) -> Any:
    return (game.ended, _sign_of(game.top))


def _sign_of(scope: Scope) -> Any:
    arrived = tuple(sorted((k, v) for k, v in scope.arrived.items() if v))
    return arrived, tuple(sorted((_sign_active(each) for each in scope.active), key=repr))


def _sign_active(active: Active) -> Any:
    insides = tuple(sorted((_sign_of(each) for each in active.insides), key=repr))
    return active.node.id, active.left, tuple(sorted(active.fired)), insides


def _caught(after: Mapping[Any, set[Any]]) -> bool:
    """Whether some state leads to none that is the last of its way."""
    leaving = {sign for sign, nexts in after.items() if not nexts}
    grown = True
    while grown:
        new = {s for s, nexts in after.items() if s not in leaving and nexts & leaving}
        leaving |= new
        grown = bool(new)
    return len(leaving) < len(after)
