"""The table of cases of `spec_cases`, each through a whole DMN file as dmn-js writes it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workflows.rules.spec_cases import (
    CONFLICT,
    POLICIES,
    REFUSED,
    REFUSED_NAMES,
    REFUSED_POLICIES,
    REFUSED_TYPES,
    UNARY,
    Policy,
    Unary,
)
from tests.workflows.rules.tables import dmn
from workflows.rules import RuleError, Table, evaluate, parse


def one_cell(type_: str, cell: str) -> Table:
    return parse(dmn([("x", type_)], [("hit", "boolean")], [[cell, "true"]]))


@pytest.mark.parametrize("case", UNARY, ids=lambda c: f"{c.section} {c.type} {c.cell!r}")
def test_a_unary_test_means_what_the_specification_says(case: Unary) -> None:
    table = one_cell(case.type, case.cell)
    assert [v for v in case.yes if evaluate(table, {"x": v}).outputs["hit"] is not True] == []
    assert [v for v in case.no if evaluate(table, {"x": v}).outputs["hit"] is not None] == []


@pytest.mark.parametrize(("type_", "cell"), REFUSED)
def test_what_the_subset_leaves_out_is_refused_at_reading(type_: str, cell: str) -> None:
    with pytest.raises(RuleError) as refusal:
        one_cell(type_, cell)
    assert refusal.value.place.rows == (1,)
    assert refusal.value.place.column == "x"
    assert refusal.value.element == "Cell_1_0"
    assert refusal.value.zh != refusal.value.en


ROWS = [["< 10", "1"], ["[5..20]", "2"], ["> 15", "2"]]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda p: p.attributes or "default")
def test_a_hit_policy_answers_as_the_specification_says(policy: Policy) -> None:
    rows = [*ROWS[:2], ["[16..20]", "2"]]
    table = parse(dmn([("x", "number")], [("n", "number")], rows, policy=policy.attributes))
    asked = {3: policy.three, 7: policy.seven, 18: policy.eighteen, 99: policy.nothing}
    for value, expected in asked.items():
        if expected == CONFLICT:
            with pytest.raises(RuleError):
                evaluate(table, {"x": value})
        else:
            assert evaluate(table, {"x": value}).outputs == {"n": expected}


@pytest.mark.parametrize("attributes", REFUSED_POLICIES)
def test_a_hit_policy_outside_the_subset_is_refused(attributes: str) -> None:
    with pytest.raises(RuleError):
        parse(dmn([("x", "number")], [("n", "number")], ROWS, policy=attributes))


@pytest.mark.parametrize("type_", REFUSED_TYPES)
def test_a_type_outside_the_subset_is_refused_for_inputs_and_outputs(type_: str) -> None:
    for inputs, outputs in (
        ([("x", type_)], [("n", "number")]),
        ([("x", "number")], [("n", type_)]),
    ):
        with pytest.raises(RuleError, match="type"):
            parse(dmn(inputs, outputs, []))


@pytest.mark.parametrize("name", REFUSED_NAMES)
def test_an_input_expression_is_one_name(name: str) -> None:
    with pytest.raises(RuleError):
        parse(dmn([(name, "number")], [("n", "number")], []))


PLAIN = dmn([("x", "number")], [("n", "number")], [["1", "2"]]).decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</decision>", "</decision><businessKnowledgeModel id='b' name='b'/><decision id='c'/>"),
        ("decisionTable", "literalExpression"),
        ("decisionTable", "context"),
        ("decisionTable", "invocation"),
        ("decisionTable", "relation"),
        (' typeRef="number" />', ' typeRef="number"><defaultOutputEntry/></output>'),
        (
            '<inputEntry id="Cell_1_0">',
            '<inputEntry id="Cell_1_0" expressionLanguage="javascript">',
        ),
        ('<outputEntry id="Cell_1_1">', '<outputEntry id="Cell_1_1" expressionLanguage="juel">'),
        ("20191111/MODEL", "20151101/dmn.xsd"),
        ("20191111/MODEL", "20230324/MODEL"),
    ],
)
def test_a_construct_outside_the_subset_is_refused(old: str, new: str) -> None:
    assert old in PLAIN
    with pytest.raises(RuleError):
        parse(PLAIN.replace(old, new).encode())


@pytest.mark.parametrize("value", [None, 1, 2.5, "1", True, float("inf")])
def test_a_missing_input_is_never_taken_for_null(value: Any) -> None:
    table = parse(dmn([("x", "number"), ("y", "number")], [("n", "number")], [["-", "-", "1"]]))
    with pytest.raises(RuleError):
        evaluate(table, {"x": value})


def test_null_passes_only_cells_that_say_so() -> None:
    rows = [["-", '"any"'], ["null", '"null"'], ["not(null)", '"value"'], ["< 5", '"less"']]
    policy = 'hitPolicy="COLLECT"'
    table = parse(dmn([("x", "number")], [("n", "string")], rows, policy=policy))
    assert evaluate(table, {"x": None}).outputs == {"n": ("any", "null")}
    assert evaluate(table, {"x": 4}).outputs == {"n": ("any", "value", "less")}


def test_rows_with_several_inputs_need_all_of_them() -> None:
    rows = [["< 5", '"a"', "true"], ["-", '"b"', "false"]]
    table = parse(dmn([("x", "number"), ("y", "string")], [("r", "boolean")], rows))
    assert evaluate(table, {"x": 4, "y": "a"}).outputs == {"r": True}
    assert evaluate(table, {"x": 5, "y": "a"}).outputs == {"r": None}
    assert evaluate(table, {"x": None, "y": "b"}).outputs == {"r": False}


def test_several_outputs_come_from_the_same_row_and_an_empty_one_is_null() -> None:
    rows = [["< 5", '"a"', "1"], [">= 5", '"b"', ""]]
    table = parse(dmn([("x", "number")], [("s", "string"), ("n", "number")], rows))
    assert evaluate(table, {"x": 1}).outputs == {"s": "a", "n": 1}
    assert evaluate(table, {"x": 9}).outputs == {"s": "b", "n": None}
