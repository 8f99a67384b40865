"""Timers name clocks and fire only when the scheduler says so."""

from __future__ import annotations

import pytest

from tests.workflows.engine.diagrams import Diagram, clock_definition
from tests.workflows.engine.running import Running, nothing
from workflows import engine
from workflows.engine import NotWaiting


def statement(interrupting: bool = True) -> Diagram:
    """A task with a boundary timer, as in the pack: CLK_STATE treats silence as a waiver."""
    diagram = Diagram().start().user("record", "late", "after").end()
    diagram.boundary("expired", "record", "CLK_STATE", interrupting)
    return diagram.chain("start", "record", "after", "end").chain("expired", "late", "end")


def test_a_waiting_timer_names_its_clock_and_its_host() -> None:
    running = Running(statement().source())
    (wait,) = running.result.clock_waits
    assert (wait.element, wait.clock, wait.attached_to) == ("expired", "CLK_STATE", "record")
    assert running.result.tokens == ("record",)


def test_a_due_clock_interrupts_the_task() -> None:
    running = Running(statement().source()).clock("CLK_STATE")
    assert running.open == ["late"]
    assert running.clocks == []
    kinds = [(event.kind, event.element) for event in running.result.events]
    assert ("clock_fired", "expired") in kinds
    assert ("task_cancelled", "record") in kinds


def test_a_due_clock_that_does_not_interrupt_fires_once_beside_the_task() -> None:
    running = Running(statement(interrupting=False).source()).clock("CLK_STATE")
    assert running.open == ["late", "record"]
    assert running.clocks == []
    with pytest.raises(NotWaiting):
        running.clock("CLK_STATE")
    assert running.complete("late").open == ["record"]
    assert running.complete("record").complete("after").result.ended


def test_a_completed_task_takes_its_timer_with_it() -> None:
    running = Running(statement().source()).complete("record")
    assert running.clocks == []
    with pytest.raises(NotWaiting):
        running.clock("CLK_STATE")


def test_another_clock_moves_nothing() -> None:
    running = Running(statement().source())
    with pytest.raises(NotWaiting):
        running.clock("CLK_PAY")
    assert running.open == ["record"]


def test_a_timer_on_the_way_waits_for_its_clock() -> None:
    diagram = Diagram().start().timer("wait", "CLK_PUBLISH").user("a").end()
    running = Running(diagram.chain("start", "wait", "a", "end").source())
    assert running.open == []
    assert running.result.tokens == ("wait",)
    assert running.clock("CLK_PUBLISH").open == ["a"]


def test_a_reworked_task_waits_for_its_clock_anew() -> None:
    diagram = Diagram().start().user("a", "late").xor("m").xor("g", default="d").end()
    diagram.boundary("b", "a").chain("start", "m", "a", "g").chain("b", "late", "m")
    diagram.flow("g", "m", "again").flow("g", "end", name="d")
    running = Running(diagram.source(), again=True)
    for _ in range(3):
        running.clock("CLK_STATE").complete("late").complete("a", again=True)
        assert (running.open, running.clocks) == (["a"], ["b"])
    assert running.complete("a", again=False).result.ended


def test_the_clock_of_an_event_gateway_names_the_event_and_beats_the_message() -> None:
    diagram = Diagram().start().node("eventBasedGateway", "eg").user("paid", "unpaid").end()
    diagram.receive("payment", "payment_made")
    diagram.node("intermediateCatchEvent", "due", clock_definition("CLK_PAY"))
    diagram.chain("start", "eg", "due", "unpaid", "end").chain("eg", "payment", "paid", "end")
    running = Running(diagram.source())
    assert running.clocks == ["due"]
    assert [wait.message for wait in running.result.message_waits] == ["payment_made"]
    assert Running(diagram.source()).message("payment_made").open == ["paid"]
    running.clock("CLK_PAY")
    assert running.open == ["unpaid"]
    assert running.result.message_waits == ()


def test_one_wait_of_several_on_a_clock_can_be_meant() -> None:
    diagram = Diagram().start().parallel("p").user("a", "b", "la", "lb").end()
    diagram.boundary("ba", "a").boundary("bb", "b")
    diagram.chain("start", "p", "a", "end").chain("p", "b", "end")
    diagram.chain("ba", "la", "end").chain("bb", "lb", "end")
    running = Running(diagram.source())
    one = next(wait for wait in running.result.clock_waits if wait.element == "bb")
    state = running.result.state
    result = engine.clock_due(running.source, state, "CLK_STATE", nothing, wait_id=one.id)
    assert sorted(task.element for task in result.open_tasks) == ["a", "lb"]
    assert running.clock("CLK_STATE").open == ["la", "lb"]


def test_a_clock_around_a_sub_process_cancels_all_inside_it() -> None:
    inner = Diagram("s").start("i").parallel("p").user("x", "y").boundary("bx", "x").user("l")
    inner.end("o").chain("i", "p", "x", "o").chain("p", "y", "o").chain("bx", "l", "o")
    diagram = Diagram().start().sub("s", inner).boundary("b", "s", "CLK_CASE").user("late").end()
    diagram.chain("start", "s", "end").chain("b", "late", "end")
    running = Running(diagram.source())
    assert (running.open, running.clocks) == (["x", "y"], ["b", "bx"])
    running.clock("CLK_CASE")
    assert (running.open, running.clocks) == (["late"], [])
    cancelled = [e.element for e in running.result.events if e.kind == "task_cancelled"]
    assert sorted(cancelled) == ["x", "y"]
    assert running.complete("late").result.ended


def test_a_clock_on_copies_of_a_sub_process_leaves_nothing_running_inside() -> None:
    inner = Diagram("s").start("i").user("x").boundary("bx", "x", "CLK_SERVE").user("l").end("o")
    inner.chain("i", "x", "o").chain("bx", "l", "o")
    copies = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>"
    body = f"{copies}</multiInstanceLoopCharacteristics>{''.join(inner.body)}"
    diagram = Diagram().start().node("subProcess", "s", body).boundary("b", "s", "CLK_CASE")
    diagram.user("late").end().chain("start", "s", "end").chain("b", "late", "end")
    running = Running(diagram.source())
    assert sorted(task.instance for task in running.result.open_tasks) == ["0", "1"]
    assert running.clocks == ["b", "bx", "bx"]
    running.clock("CLK_CASE")
    assert (running.open, running.clocks) == (["late"], [])
    assert running.result.tokens == ("late",)
    cancelled = [e.element for e in running.result.events if e.kind == "task_cancelled"]
    assert cancelled == ["x", "x"]
    with pytest.raises(NotWaiting):
        running.clock("CLK_SERVE")
