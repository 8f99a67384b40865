"""A step costs the same however often a case was sent back."""

from __future__ import annotations

import time
from statistics import median

import pytest

from tests.workflows.engine.diagrams import Diagram
from tests.workflows.engine.running import Running


def seventy_nodes() -> Diagram:
    """Ten stages of two tasks with a return loop and an operation, then a three-way block."""
    diagram = Diagram().start().end()
    last = "start"
    for n in range(10):
        diagram.user(f"a{n}", f"b{n}").script(f"s{n}", "note")
        diagram.xor(f"m{n}").xor(f"g{n}", default=f"d{n}")
        diagram.flow(last, f"m{n}").chain(f"m{n}", f"a{n}", f"b{n}", f"g{n}")
        diagram.flow(f"g{n}", f"m{n}", 'outcome == "return"').flow(f"g{n}", f"s{n}", name=f"d{n}")
        last = f"s{n}"
    diagram.parallel("p", "j").chain(last, "p").user("z1", "z2", "z3", "late")
    for n in range(3):
        diagram.user(f"x{n}", f"y{n}").chain("p", f"x{n}", f"y{n}", "j")
    diagram.boundary("expired", "z1").chain("expired", "late", "z2")
    return diagram.chain("j", "z1", "z2", "z3", "end")


def timed(loops: int) -> tuple[float, int]:
    """Median milliseconds of a step and the largest state in bytes, over one whole case."""
    running = Running(seventy_nodes().source(), outcome="agree")
    spent: list[float] = []
    largest = 0
    while not running.result.ended:
        element = running.result.open_tasks[0].element
        again = element == "b4" and loops > 0
        loops -= again
        started = time.perf_counter()
        running.complete(element, outcome="return" if again else "agree")
        spent.append((time.perf_counter() - started) * 1_000)
        largest = max(largest, len(running.result.state))
    return median(spent), largest


def test_the_state_is_as_small_after_forty_returns_as_after_none() -> None:
    assert abs(timed(40)[1] - timed(0)[1]) <= 10


@pytest.mark.proof
def test_forty_returns_do_not_make_a_step_slower() -> None:
    timed(0)
    fresh = min(timed(0)[0] for _ in range(5))
    reworked = min(timed(40)[0] for _ in range(5))
    assert reworked < fresh * 1.5
