"""Messages, signals and escalations inside one process, and what outsiders learn of them."""

from __future__ import annotations

import pytest

from tests.workflows.engine.diagrams import Diagram
from tests.workflows.engine.running import Running
from workflows.engine import NotWaiting

HALT = '<signalEventDefinition signalRef="s1"/>'


def test_a_message_that_nobody_waits_for_is_refused() -> None:
    diagram = Diagram().start().user("a").end().chain("start", "a", "end")
    with pytest.raises(NotWaiting):
        Running(diagram.source()).message("hearing_over")


def test_a_message_reaches_every_place_that_waits_for_it() -> None:
    diagram = Diagram().start().parallel("p", "j").receive("r", "over").user("a").end()
    diagram.node(
        "boundaryEvent", "b", '<messageEventDefinition messageRef="m_over"/>', attachedToRef="a"
    )
    diagram.user("after").chain("start", "p", "r", "j", "after", "end").chain("p", "a", "j")
    diagram.flow("b", "j")
    running = Running(diagram.source())
    waits = [(wait.element, wait.attached_to) for wait in running.result.message_waits]
    assert sorted(waits, key=str) == [("b", "a"), ("r", None)]


def test_a_signal_thrown_in_one_branch_opens_the_other() -> None:
    diagram = Diagram().start().parallel("p", "j").user("a", "b").end()
    diagram.add_root('<signal id="s1" name="halt"/>')
    diagram.node("intermediateThrowEvent", "throw", HALT)
    diagram.node("intermediateCatchEvent", "catch", HALT)
    diagram.chain("start", "p", "a", "throw", "j", "end").chain("p", "catch", "b", "j")
    running = Running(diagram.source())
    assert running.open == ["a"]
    assert running.complete("a", level=2).open == ["b"]
    assert running.complete("b").result.ended


def test_an_escalation_leaves_the_sub_process_running_when_it_does_not_interrupt() -> None:
    definition = '<escalationEventDefinition escalationRef="e1"/>'
    inner = Diagram("s").start("i").user("x").node("intermediateThrowEvent", "up", definition)
    inner.user("y").end("o").chain("i", "x", "up", "y", "o")
    diagram = Diagram().start().sub("s", inner).user("look").end().end("aside")
    diagram.add_root('<escalation id="e1" name="slow" escalationCode="S"/>')
    diagram.node("boundaryEvent", "b", definition, attachedToRef="s", cancelActivity="false")
    diagram.chain("start", "s", "end").chain("b", "look", "aside")
    running = Running(diagram.source()).complete("x")
    assert running.open == ["look", "y"]
    assert running.complete("look", "y").result.ended


def test_a_thrown_message_is_told_to_the_caller() -> None:
    diagram = Diagram().start().user("a").end().add_root('<message id="m1" name="hearing_over"/>')
    diagram.node("intermediateThrowEvent", "tell", '<messageEventDefinition messageRef="m1"/>')
    running = Running(diagram.chain("start", "a", "tell", "end").source()).complete("a")
    assert running.result.ended
    assert ("message_thrown", "tell") in [(e.kind, e.element) for e in running.result.events]
