"""The adapter against BPMN's own token rules, and against the plain engine it is built on."""

from __future__ import annotations

from random import Random

import pytest

from tests.workflows.engine.diagrams import Diagram
from tests.workflows.engine.plain_engine import PlainEngine
from tests.workflows.engine.random_diagrams import draw
from tests.workflows.engine.token_game import TokenGame
from tests.workflows.engine.walks import Walk, walk_beside_token_game


def _walk_beside_plain_engine(seed: int, depth: int = 3) -> tuple[Walk, PlainEngine]:
    diagram, drawing = draw(seed, depth, copies=False)
    plain = PlainEngine(diagram.xml(*drawing.called))
    walk = Walk(diagram.source(*drawing.called), drawing.gateways, Random(seed * 7 + 1))
    walk.go(plain)
    return walk, plain


def test_random_walks_follow_the_token_rules_when_saved_at_every_step() -> None:
    ended = 0
    for seed in range(100):
        walk = walk_beside_token_game(seed)
        assert walk.result is not None
        ended += walk.result.ended
    assert ended > 80  # most walks reach the end; a fuzz that stops early proves little


def test_random_walks_equal_the_plain_engine_that_is_never_pruned_or_saved() -> None:
    for seed in range(500, 540):
        walk, plain = _walk_beside_plain_engine(seed)
        assert walk.result is not None
        if walk.result.ended:
            assert dict(walk.result.variables) == plain.workflow.data


@pytest.mark.proof
def test_many_random_walks_follow_the_token_rules() -> None:
    for seed in range(10_000, 16_000):
        walk_beside_token_game(seed, depth=2 + seed % 3)


@pytest.mark.proof
def test_many_random_walks_equal_the_plain_engine() -> None:
    for seed in range(20_000, 22_000):
        _walk_beside_plain_engine(seed)


def test_the_token_game_itself_waits_for_both_branches_of_a_join() -> None:
    diagram = Diagram().start().parallel("p", "j").user("a", "b", "c").end()
    diagram.chain("start", "p", "a", "j", "c", "end").chain("p", "b", "j")
    game = TokenGame(diagram.xml())
    game.start({})
    assert game.open() == {"a": 1, "b": 1}
    game.complete("b", {})
    assert game.open() == {"a": 1}
    game.complete("a", {})
    assert game.open() == {"c": 1}
    game.complete("c", {})
    assert game.ended


def test_the_token_game_itself_cancels_the_inside_of_an_interrupted_sub_process() -> None:
    inner = Diagram("s").start("i").user("x").end("o").chain("i", "x", "o")
    diagram = Diagram().start().sub("s", inner).boundary("late", "s").user("after").end()
    diagram.chain("start", "s", "end").chain("late", "after", "end")
    game = TokenGame(diagram.xml())
    game.start({})
    assert game.waits("clock") == {"late": 1}
    game.clock("late", {})
    assert game.open() == {"after": 1}
