"""Overlaps and gaps are found with an example, and their absence is a proof."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.rules.tables import dmn
from tests.workflows.rules.test_evaluate import bands
from workflows.rules import RuleError, Table, evaluate, parse
from workflows.rules.coverage import faults


def rows_of(table: Table) -> list[tuple[int, ...]]:
    found = faults(table)
    assert found is not None
    return [tuple(row.number for row in fault.rows) for fault in found]


def test_a_table_without_overlap_or_gap_has_no_fault() -> None:
    assert rows_of(bands("", [["< 5", "1"], ["[5..10)", "2"], [">= 10", "3"]])) == []


def test_rows_that_share_one_number_overlap_with_that_number_as_the_example() -> None:
    table = bands("", [["<= 5", "1"], [">= 5", "2"]])
    (fault,) = faults(table) or ()

    assert rows_of(table) == [(1, 2)]
    assert fault.inputs == {"fine": Decimal(5)}


def test_a_gap_between_two_numbers_is_found() -> None:
    (fault,) = faults(bands("", [["< 5", "1"], ["> 5.01", "2"]])) or ()

    assert fault.rows == ()
    assert Decimal(5) <= fault.inputs["fine"] <= Decimal("5.01")  # type: ignore[operator]


def test_first_and_collect_may_overlap_and_any_where_it_agrees() -> None:
    same = [["<= 5", "1"], [">= 5", "1"]]
    other = [["<= 5", "1"], [">= 5", "2"]]

    assert rows_of(bands('hitPolicy="FIRST"', other)) == []
    assert rows_of(bands('hitPolicy="COLLECT"', other)) == []
    assert rows_of(bands('hitPolicy="ANY"', same)) == []
    assert rows_of(bands('hitPolicy="ANY"', other)) == [(1, 2)]


@pytest.mark.parametrize(
    ("type_", "cells", "faulty"),
    [
        ("boolean", ["true", "false"], []),
        ("boolean", ["true"], [()]),
        ("string", ['"a"', 'not("a")'], []),
        ("string", ['"a"', '"b"'], [()]),
        ("string", ['"a","b"', '"b","c"', 'not("a","b","c")'], [(1, 2)]),
        ("date", ['< date("2021-07-15")', '>= date("2021-07-15")'], []),
        ("date", ['< date("2021-07-15")', '> date("2021-07-15")'], [()]),
        ("date", ['<= date("2021-07-15")', '> date("2021-07-16")'], [()]),
    ],
)
def test_each_type_has_its_own_stretches(
    type_: str, cells: list[str], faulty: list[tuple[int, ...]]
) -> None:
    rows = [[cell, "1"] for cell in cells]

    assert rows_of(parse(dmn([("x", type_)], [("r", "number")], rows))) == faulty


def test_too_many_combinations_are_not_tried() -> None:
    names = [(f"n{index}", "number") for index in range(8)]
    rows = [[*(str(row) for _ in names), "1"] for row in range(10)]

    assert faults(parse(dmn(names, [("r", "number")], rows))) is None


CELLS = st.one_of(
    st.tuples(st.sampled_from(["<", "<=", ">", ">=", ""]), st.integers(0, 6)).map(
        lambda parts: f"{parts[0]} {parts[1]}"
    ),
    st.tuples(
        st.sampled_from("[("), st.integers(0, 3), st.integers(3, 6), st.sampled_from("])")
    ).map(lambda parts: f"{parts[0]}{parts[1]}..{parts[2]}{parts[3]}"),
    st.just("-"),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=4), st.decimals(-2, 8, places=2))
def test_a_table_without_fault_answers_every_number(cells: list[str], value: Decimal) -> None:
    table = bands("", [[cell, str(index)] for index, cell in enumerate(cells)])
    found = faults(table)
    assert found is not None

    try:
        answered = evaluate(table, {"fine": value}).outputs["band"] is not None
    except RuleError:
        answered = False
    if not answered:
        assert found != ()
