"""Steps of a process through the public functions of the engine package."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.workflows.engine.diagrams import Diagram
from tests.workflows.engine.running import Running, nothing
from workflows import engine
from workflows.engine import (
    BadExpression,
    BadRouting,
    EngineError,
    NoMatchingFlow,
    NotWaiting,
    Scalar,
    StaleTask,
    StepBudgetExceeded,
)


def review() -> Diagram:
    """Propose, review: agree to the end, return to the proposer."""
    diagram = Diagram().start().user("propose", "review").xor("g").end()
    diagram.chain("start", "propose", "review", "g")
    return diagram.flow("g", "end", 'outcome == "agree"').flow(
        "g", "propose", 'outcome == "return"'
    )


def test_a_process_waits_at_its_first_task() -> None:
    running = Running(review().source(), origin="street")
    assert running.open == ["propose"]
    assert running.result.tokens == ("propose",)
    assert running.result.variables == {"origin": "street"}
    assert not running.result.ended


def test_a_returned_proposal_comes_back_and_an_agreed_one_ends() -> None:
    running = Running(review().source()).complete("propose").complete("review", outcome="return")
    assert running.open == ["propose"]
    running.complete("propose").complete("review", outcome="agree")
    assert running.result.ended
    assert running.result.end_elements == ("end",)
    assert running.result.open_tasks == ()
    assert running.result.variables["outcome"] == "agree"


def test_an_open_task_keeps_its_id_while_others_move() -> None:
    diagram = Diagram().start().parallel("p", "j").user("a", "b", "c").end()
    diagram.chain("start", "p", "a", "c", "j", "end").chain("p", "b", "j")
    running = Running(diagram.source())
    before = running.task_id("b")
    running.complete("a").complete("c")
    assert running.task_id("b") == before


def test_a_task_that_was_completed_before_is_stale() -> None:
    running = Running(review().source())
    old = running.task_id("propose")
    running.complete("propose")
    with pytest.raises(StaleTask):
        engine.complete(running.source, running.result.state, old, {}, nothing)


@pytest.mark.parametrize("task_id", ["", "none", "0" * 32, "é" * 32])
def test_an_id_that_is_no_open_task_is_stale(task_id: str) -> None:
    running = Running(review().source())
    with pytest.raises(StaleTask):
        engine.complete(running.source, running.result.state, task_id, {}, nothing)


def test_the_waiting_boundary_event_cannot_be_completed_like_a_task() -> None:
    diagram = Diagram().start().user("a", "late").boundary("b", "a").end()
    diagram.chain("start", "a", "end").chain("b", "late", "end")
    running = Running(diagram.source())
    wait = running.result.clock_waits[0]
    with pytest.raises(StaleTask):
        engine.complete(running.source, running.result.state, wait.id, {}, nothing)


def test_a_gateway_without_a_match_refuses_the_step_and_changes_nothing() -> None:
    running = Running(review().source()).complete("propose")
    state = running.result.state
    with pytest.raises(NoMatchingFlow):
        running.complete("review", outcome="neither")
    assert engine.inspect(running.source, state).digest == running.result.digest
    assert running.complete("review", outcome="agree").result.ended


def test_a_condition_on_a_variable_nobody_set_refuses_the_step() -> None:
    running = Running(review().source()).complete("propose")
    with pytest.raises(BadExpression, match="outcome"):
        running.complete("review")


def test_a_condition_that_is_no_truth_value_refuses_the_step() -> None:
    diagram = Diagram().start().user("a").xor("g", default="d").end()
    diagram.chain("start", "a", "g").flow("g", "a", "outcome").flow("g", "end", name="d")
    with pytest.raises(BadExpression):
        Running(diagram.source()).complete("a", outcome="return")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("outcome", 1.5),
        ("outcome", ["a"]),
        ("outcome", {"typename": "x"}),
        ("outcome", "长" * 201),
        ("outcome", 2**60),
        ("__class__.x", "a"),
        ("a b", "a"),
        ("extra.form", "a"),
        ("extra.a.b.c", "a"),
    ],
)
def test_only_short_plain_values_with_plain_names_enter_the_state(name: str, value: Scalar) -> None:
    running = Running(review().source())
    with pytest.raises(BadRouting):
        engine.complete(
            running.source, running.result.state, running.task_id("propose"), {name: value}, nothing
        )


def test_the_first_flow_of_the_file_that_holds_is_taken_wherever_it_is_drawn() -> None:
    diagram = Diagram().start().user("a", "first", "second").xor("g").end()
    diagram.chain("start", "a", "g").flow("g", "first", "n > 1").flow("g", "second", "n > 0")
    diagram.chain("first", "end").chain("second", "end")
    assert Running(diagram.source()).complete("a", n=5).open == ["first"]
    assert Running(diagram.source()).complete("a", n=1).open == ["second"]


def test_the_field_of_a_recorded_form_decides_and_an_unrecorded_one_does_not() -> None:
    diagram = Diagram().start().user("a", "big", "small").xor("g", default="d").end()
    diagram.chain("start", "a", "g").flow("g", "big", "extra.site.area > 100")
    diagram.flow("g", "small", name="d").chain("big", "end").chain("small", "end")
    running = Running(diagram.source())
    identifier = running.task_id("a")
    given = {"extra.site.area": 120}
    result = engine.complete(running.source, running.result.state, identifier, given, nothing)
    assert [task.element for task in result.open_tasks] == ["big"]
    assert running.complete("a").open == ["small"]


def test_an_operation_is_called_by_name_and_its_answer_routes() -> None:
    calls: list[tuple[str, dict[str, Scalar]]] = []

    def perform(operation: str, variables: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
        calls.append((operation, dict(variables)))
        return {"discussion": "required"}

    diagram = Diagram().start().user("a", "discuss").script("s", "assess_discussion")
    diagram.node("serviceTask", "t", implementation="start_clock").xor("g", default="d").end()
    diagram.chain("start", "a", "s", "t", "g").flow("g", "end", name="d")
    diagram.flow("g", "discuss", 'discussion == "required"').chain("discuss", "end")
    running = Running(diagram.source(), perform).complete("a", amount=7)
    assert running.open == ["discuss"]
    assert calls[0] == ("assess_discussion", {"amount": 7})
    assert calls[1][0] == "start_clock"


def test_an_operation_cannot_put_anything_but_scalars_into_the_state() -> None:
    diagram = Diagram().start().script("s", "assess").end().chain("start", "s", "end")
    with pytest.raises(BadRouting):
        Running(diagram.source(), lambda operation, variables: {"x": [1]})  # type: ignore[dict-item]


def test_the_error_of_an_operation_passes_through_unchanged() -> None:
    class Refused(Exception):
        pass

    def perform(operation: str, variables: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
        raise Refused(operation)

    diagram = Diagram().start().script("s", "assess").end().chain("start", "s", "end")
    with pytest.raises(Refused, match="assess"):
        Running(diagram.source(), perform)


def test_a_cycle_without_a_wait_is_stopped() -> None:
    diagram = Diagram().start().user("a").xor("m").script("s", "note").xor("g", default="d").end()
    diagram.chain("start", "a", "m", "s", "g").flow("g", "m", "True").flow("g", "end", name="d")
    with pytest.raises(StepBudgetExceeded):
        Running(diagram.source()).complete("a")


def test_three_hundred_elements_in_a_row_parse_and_run() -> None:
    names = [f"s{number}" for number in range(295)]
    diagram = Diagram().start().user("a").end().chain("start", "a", *names, "end")
    for name in names:
        diagram.script(name, "note")
    assert Running(diagram.source()).complete("a").result.ended


def test_two_long_automatic_branches_join_in_one_step() -> None:
    diagram = Diagram().start().user("a").parallel("p", "j").end().chain("start", "a", "p")
    for side in ("l", "r"):
        names = [f"{side}{number}" for number in range(145)]
        for name in names:
            diagram.script(name, "note")
        diagram.chain("p", *names, "j")
    assert Running(diagram.chain("j", "end").source()).complete("a").result.ended


def test_parallel_branches_join_and_both_end_events_are_remembered() -> None:
    diagram = Diagram().start().parallel("p").user("a", "b").end("one").end("two")
    diagram.chain("start", "p", "a", "one").chain("p", "b", "two")
    running = Running(diagram.source()).complete("b")
    assert not running.result.ended
    running.complete("a")
    assert running.result.ended
    assert set(running.result.end_elements) == {"one", "two"}


def test_of_two_branches_that_set_one_variable_the_later_wins_at_the_join() -> None:
    diagram = Diagram().start().parallel("p", "j").user("a", "b", "c", "d").end()
    diagram.chain("start", "p", "a", "j", "d", "end").chain("p", "b", "j").chain("p", "c", "j")
    for first, second in (("a", "b"), ("b", "a")):
        running = Running(diagram.source()).complete(first, v=1).complete(second, v=2)
        assert running.complete("c").result.variables == {"v": 2}


def test_a_terminate_end_closes_the_other_branch() -> None:
    diagram = Diagram().start().parallel("p").user("a", "b").end("one")
    diagram.end("stop", "<terminateEventDefinition/>")
    diagram.chain("start", "p", "a", "one").chain("p", "b", "stop")
    running = Running(diagram.source()).complete("b")
    assert running.result.ended
    assert running.result.end_elements == ("stop",)
    assert "task_cancelled" in [event.kind for event in running.result.events]


def test_an_error_end_in_a_sub_process_leaves_through_its_boundary() -> None:
    inner = Diagram("s").start("i").user("x").xor("g", default="ok").end("fine")
    inner.end("bad", '<errorEventDefinition errorRef="e1"/>')
    inner.chain("i", "x", "g").flow("g", "fine", name="ok").flow("g", "bad", "wrong")
    diagram = Diagram().start().sub("s", inner).user("repair").end()
    diagram.add_root('<error id="e1" name="bad" errorCode="E"/>')
    diagram.node("boundaryEvent", "be", '<errorEventDefinition errorRef="e1"/>', attachedToRef="s")
    diagram.chain("start", "s", "end").chain("be", "repair", "end")
    assert Running(diagram.source()).complete("x", wrong=True).open == ["repair"]
    assert Running(diagram.source()).complete("x", wrong=False).result.ended


def test_what_a_sub_process_decides_reaches_the_process_around_it() -> None:
    inner = Diagram("s").start("i").user("x").end("o").chain("i", "x", "o")
    diagram = Diagram().start().sub("s", inner).user("y").end().chain("start", "s", "y", "end")
    running = Running(diagram.source(), before=1)
    assert running.result.tokens == ("s", "x")
    running.complete("x", inside=2)
    assert running.open == ["y"]
    assert running.result.variables == {"before": 1, "inside": 2}


def test_a_called_process_runs_and_returns() -> None:
    called = Diagram("shared").start("cs").user("x").end("ce").chain("cs", "x", "ce")
    diagram = Diagram().start().node("callActivity", "call", calledElement="shared").user("y").end()
    diagram.chain("start", "call", "y", "end")
    running = Running(diagram.source(called))
    assert running.open == ["x"]
    assert running.complete("x").open == ["y"]


def test_a_message_opens_the_event_that_waits_for_it() -> None:
    diagram = Diagram().start().receive("hear", "hearing_over").user("a").end()
    diagram.chain("start", "hear", "a", "end")
    running = Running(diagram.source())
    assert [wait.message for wait in running.result.message_waits] == ["hearing_over"]
    running.message("hearing_over", hearing="held")
    assert running.open == ["a"]
    assert running.result.variables == {"hearing": "held"}
    assert "message_caught" in [event.kind for event in running.result.events]


def test_a_message_that_nobody_waits_for_is_refused() -> None:
    running = Running(review().source())
    with pytest.raises(NotWaiting):
        running.message("hearing_over")


def test_copies_of_a_task_are_numbered_and_all_must_finish() -> None:
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>signers</loopCardinality>"
    diagram = Diagram().start().user("sign", inner=f"{loop}</multiInstanceLoopCharacteristics>")
    diagram.user("after").end().chain("start", "sign", "after", "end")
    running = Running(diagram.source(), signers=2)
    assert sorted(task.instance for task in running.result.open_tasks) == ["0", "1"]
    assert running.complete("sign").open == ["sign"]
    assert running.complete("sign").open == ["after"]


@pytest.mark.parametrize("count", [51, -1, True, "2"])
def test_a_senseless_number_of_copies_refuses_the_step(count: Scalar) -> None:
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>n</loopCardinality>"
    diagram = Diagram().start().user("sign", inner=f"{loop}</multiInstanceLoopCharacteristics>")
    diagram.end().chain("start", "sign", "end")
    with pytest.raises(EngineError):
        Running(diagram.source(), n=count)


def test_events_tell_the_step_in_order() -> None:
    running = Running(review().source()).complete("propose").complete("review", outcome="return")
    told = [(event.kind, event.element) for event in running.result.events]
    assert told == [
        ("task_completed", "review"),
        ("element_left", "review"),
        ("element_entered", "g"),
        ("element_left", "g"),
        ("element_entered", "propose"),
    ]


def test_inspecting_changes_nothing_and_tells_no_events() -> None:
    running = Running(review().source()).complete("propose")
    seen = engine.inspect(running.source, running.result.state)
    assert seen.events == ()
    assert (seen.state, seen.digest) == (running.result.state, running.result.digest)
    assert seen.open_tasks == running.result.open_tasks


def test_lanes_are_told_by_id_also_inside_a_sub_process() -> None:
    inner = Diagram("s").start("i").user("x").end("o").chain("i", "x", "o")
    diagram = Diagram().start().user("a").sub("s", inner).end().chain("start", "a", "s", "end")
    lane = '<lane id="{}" name="{}"><flowNodeRef>{}</flowNodeRef></lane>'
    diagram.add(
        f"<laneSet>{lane.format('handler', '办案人员', 'a')}"
        f"{lane.format('reviewer', '审核人员', 's')}</laneSet>"
    )
    running = Running(diagram.source())
    assert running.result.open_tasks[0].lane == "handler"
    assert running.complete("a").result.open_tasks[0].lane == "reviewer"
    found = {element.id: element for element in engine.elements(running.source)}
    assert (found["a"].lane, found["a"].lane_name) == ("handler", "办案人员")
    assert found["x"].lane == "reviewer"
