"""The deploy lint: every rule refuses its bad diagram, marks the element, passes the good."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.workflows.engine.diagrams import MODEL, Diagram
from tests.workflows.engine.random_diagrams import draw
from tests.workflows.engine.running import Running
from tests.workflows.packs.lint_cases import CASES, Draw, line, loop
from workflows.packs.lint_engine import lint_bpmn
from workflows.packs.lint_rules import RULES

PACKS = Path(__file__).parents[3] / "bpmn"
TABLE = [
    pytest.param(rule, *case, id=f"{rule}-{number}")
    for rule, cases in CASES.items()
    for number, case in enumerate(cases)
]


@pytest.mark.parametrize(("rule", "bad", "element", "good"), TABLE)
def test_a_shape_that_runs_wrongly_is_refused_by_name_and_its_right_form_passes(
    rule: str, bad: Draw, element: str | None, good: Draw
) -> None:
    found = lint_bpmn("p.bpmn", bad().xml())
    mine = [each for each in found if each.rule == rule]
    assert element in [each.element for each in mine], found
    assert {each.severity for each in mine} == {RULES[rule].severity}
    assert lint_bpmn("p.bpmn", good().xml()) == []


def test_every_rule_has_a_bad_diagram() -> None:
    assert set(CASES) | {"E01", "E02", "E03"} == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_every_message_is_complete_in_both_languages(rule: str) -> None:
    texts = (RULES[rule].zh, RULES[rule].en)
    for text in texts:
        filled = text.format(name="甲", detail="乙")
        assert filled.endswith(("。", "."))
        assert len(filled) < 260
    assert any("一" <= letter <= "鿿" for letter in texts[0])
    assert not any("一" <= letter <= "鿿" for letter in texts[1])


def test_a_broken_file_is_one_finding_about_the_file() -> None:
    (found,) = lint_bpmn("p.bpmn", b"<definitions")
    assert (found.rule, found.element, found.file) == ("E01", None, "p.bpmn")


def test_a_doctype_is_refused_by_its_own_rule() -> None:
    xml = b"<!DOCTYPE d>" + line("a").xml()
    assert [found.rule for found in lint_bpmn("p.bpmn", xml)] == ["E02"]


def test_three_hundred_nodes_pass_and_one_more_does_not() -> None:
    names = [f"u{number}" for number in range(298)]
    assert lint_bpmn("p.bpmn", line(*names).xml()) == []
    assert [f.rule for f in lint_bpmn("p.bpmn", line(*names, "more").xml())] == ["E03"]


def test_a_hostile_tangle_of_nodes_flows_and_calls_is_answered_soon() -> None:
    nodes = "".join(f'<exclusiveGateway id="g{n}"/>' for n in range(299))
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="g{n % 299}" targetRef="g{n * 7 % 299}"/>'
        for n in range(1_400)
    )
    calling = "".join(
        f'<process id="p{n}"><callActivity id="a{n}" calledElement="p{n + 1}"/>'
        f'<callActivity id="b{n}" calledElement="p{n + 1}"/></process>'
        for n in range(140)
    )
    for body in (f'<process id="p">{nodes}{flows}</process>', calling):
        started = time.perf_counter()
        assert lint_bpmn("p.bpmn", f'<definitions xmlns="{MODEL}">{body}</definitions>'.encode())
        assert time.perf_counter() - started < 5


def test_the_cycle_is_shown_with_its_elements() -> None:
    found = [each for each in lint_bpmn("p", loop("s").xml()) if each.rule == "E17"]
    assert [each.path for each in found] == [("m", "x", "s")]


def test_the_element_is_called_by_its_name_in_the_message() -> None:
    bad = Diagram().start().node("inclusiveGateway", "x", name="是否公示").end()
    (found,) = lint_bpmn("p", bad.chain("start", "x", "end").xml())
    assert "是否公示" in found.message.zh
    assert "是否公示" in found.message.en


def test_a_pool_drawn_as_a_black_box_and_notes_are_no_findings() -> None:
    diagram = line("a").add('<textAnnotation id="n"><text>注</text></textAnnotation>')
    diagram.add('<association id="q" sourceRef="a" targetRef="n"/>')
    diagram.add_root('<process id="citizen"/>')
    assert lint_bpmn("p", diagram.xml()) == []


def test_shipped_diagrams_have_no_findings() -> None:
    files = list(PACKS.rglob("*.bpmn"))
    assert files
    for path in files:
        assert lint_bpmn(path.name, path.read_bytes()) == []


def test_the_diagrams_of_the_engine_fuzz_are_what_the_lint_admits() -> None:
    for seed in range(80):
        diagram, drawing = draw(seed)
        assert lint_bpmn("p", diagram.xml(*drawing.called)) == []


@pytest.mark.parametrize("rule", ["E16", "E17", "E23", "E34"])
def test_the_right_form_of_a_refused_shape_starts_in_the_engine(rule: str) -> None:
    for _, _, good in CASES[rule]:
        assert not Running(good().source(), again=False, n=1).result.ended
