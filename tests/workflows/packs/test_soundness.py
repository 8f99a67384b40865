"""Whether a diagram can be carried through: known flaws, and random ones against brute force."""

from __future__ import annotations

import re
from random import Random

import pytest

from tests.workflows.engine.diagrams import Diagram
from tests.workflows.engine.random_diagrams import draw
from tests.workflows.packs.brute_force import TooBig, verdict
from workflows.packs.findings import Finding
from workflows.packs.graph import read_graph
from workflows.packs.soundness import Diagram as Process
from workflows.packs.soundness import soundness_findings

FLAWS = {"SD01": "stuck", "SD02": "twice", "SD03": "endless"}


def findings(xml: bytes) -> list[Finding]:
    graph = read_graph("process.bpmn", xml)
    return list(soundness_findings(Process("process.bpmn", "case", (graph,), lambda _: {}, {})))


def rules(diagram: Diagram) -> set[str]:
    return {finding.rule for finding in findings(diagram.xml())}


def split(gateway: str, join: str) -> Diagram:
    """Two branches between these two kinds of gateway."""
    diagram = Diagram().start().end().user("one", "two")
    diagram.node(gateway, "g", **({"default": "d"} if gateway == "exclusiveGateway" else {}))
    diagram.node(join, "j").chain("start", "g").flow("g", "one", name="d")
    return (
        diagram.flow("g", "two", "x == 1" if "exclusive" in gateway else "")
        .chain("one", "j")
        .chain("two", "j", "end")
    )


def test_matching_gateways_are_sound() -> None:
    assert rules(split("parallelGateway", "parallelGateway")) == set()
    assert rules(split("exclusiveGateway", "exclusiveGateway")) == set()


def test_a_join_that_waits_for_a_branch_not_taken_stops_for_good() -> None:
    assert rules(split("exclusiveGateway", "parallelGateway")) == {"SD01", "SD04"}


def test_parallel_branches_that_are_not_joined_reach_a_task_twice() -> None:
    diagram = Diagram().start().end().user("one", "two", "after").parallel("p").xor("m")
    diagram.chain("start", "p", "one", "m", "after", "end").chain("p", "two", "m")
    assert "SD02" in rules(diagram)


def test_a_round_without_a_way_out_never_ends() -> None:
    diagram = Diagram().start().end().user("one", "two").xor("m").xor("g", default="d")
    diagram.chain("start", "g").flow("g", "end", name="d").flow("g", "m", "x == 1")
    diagram.chain("m", "one", "two", "m")
    assert rules(diagram) == {"SD03"}


def test_what_no_way_reaches_is_named() -> None:
    diagram = Diagram().start().end().user("one", "lost").chain("start", "one", "end")
    found = findings(diagram.flow("lost", "end").xml())
    assert [(each.rule, each.element) for each in found] == [("SD04", "lost")]


def test_a_model_beyond_the_bound_is_refused_and_told_so() -> None:
    diagram = Diagram().start().end().parallel("p", "j").chain("start", "p").chain("j", "end")
    for branch in range(12):
        names = [f"u{branch}_{step}" for step in range(3)]
        diagram.user(*names).chain("p", *names, "j")
    assert rules(diagram) == {"SD05"}


def test_a_token_lost_in_a_sub_process_is_found_there() -> None:
    inner = Diagram("sub").start("i").end("o").user("a", "b").parallel("q")
    inner.xor("h", default="hd").chain("i", "h").flow("h", "a", name="hd").flow("h", "b", "x == 1")
    inner.chain("a", "q").chain("b", "q", "o")
    diagram = Diagram().start().end().sub("sub", inner).chain("start", "sub", "end")
    found = findings(diagram.xml())
    assert {(each.rule, each.element) for each in found} >= {("SD01", "q")}


def test_the_way_that_is_shown_is_connected_from_the_start() -> None:
    diagram = split("exclusiveGateway", "parallelGateway")
    (stuck,) = [each for each in findings(diagram.xml()) if each.rule == "SD01"]
    graph = read_graph("process.bpmn", diagram.xml())
    flows = {flow.id: flow for flow in graph.flows}
    assert stuck.path[0] == "start"
    for before, flow, behind in zip(stuck.path, stuck.path[1:], stuck.path[2:], strict=False):
        if flow in flows:
            assert (flows[flow].source, flows[flow].target) == (before, behind)


@pytest.mark.parametrize("seed", range(40))
def test_the_gate_agrees_with_brute_force_on_spoiled_diagrams(seed: int) -> None:
    compare(seed)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(1_000, 3_000))
def test_the_gate_agrees_with_brute_force_at_length(seed: int) -> None:
    compare(seed)


def compare(seed: int) -> None:
    """Spoil a random diagram, and hold the gate's verdict against the oracle's."""
    diagram, drawing = draw(seed, depth=2, copies=False)
    spoiled = spoil(diagram.xml(*drawing.called), Random(seed))
    found = findings(spoiled)
    try:
        wrong = verdict(spoiled)
    except TooBig:
        return
    told = {FLAWS[each.rule] for each in found if each.rule in FLAWS}
    assert bool(told) == bool(wrong), (told, wrong)


def test_a_gateway_whose_flows_say_nothing_may_lead_anywhere() -> None:
    diagram = Diagram().start().end().user("one", "two").xor("g").xor("m")
    diagram.chain("start", "g", "one", "m", "end").chain("g", "two", "m")
    assert rules(diagram) == set()


def spoil(xml: bytes, random: Random) -> bytes:
    """Swap one gateway, lead one flow elsewhere in its scope, or leave the diagram as it is."""
    text = xml.decode()
    way = random.choice(["swap", "swap", "lead", "lead", "none"])
    if way == "swap":
        return _swapped(text, random).encode()
    return (_led_elsewhere(text, random) if way == "lead" else text).encode()


def _swapped(text: str, random: Random) -> str:
    kinds = [each.group(1) for each in re.finditer(r"<(parallel|exclusive)Gateway ", text)]
    if not kinds:
        return text
    chosen = random.randrange(len(kinds))
    other = "exclusive" if kinds[chosen] == "parallel" else "parallel"
    count = -1

    def swap(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        if count != chosen:
            return match.group(0)
        return match.group(0).replace(f"{kinds[chosen]}Gateway", f"{other}Gateway")

    return re.sub(r"<(?:parallel|exclusive)Gateway [^>]*>.*?</\w+Gateway>", swap, text)


def _led_elsewhere(text: str, random: Random) -> str:
    """A flow that leads to the target of another flow of the same process or sub-process."""
    flows = re.findall(r'<sequenceFlow id="([^"]+)" sourceRef="([^"]+)" targetRef="([^"]+)"', text)
    chosen = random.choice([each for each in flows if not each[1].startswith("eg")])
    scope = chosen[0].rsplit("_f", 1)[0]
    targets = [each[2] for each in flows if each[0].rsplit("_f", 1)[0] == scope]
    new = random.choice(targets)
    old = f'id="{chosen[0]}" sourceRef="{chosen[1]}" targetRef="{chosen[2]}"'
    return text.replace(old, old.replace(f'targetRef="{chosen[2]}"', f'targetRef="{new}"'))
