"""Input cells: every unary test of the subset, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.rules.errors import RuleError
from workflows.rules.matching import matches
from workflows.rules.model import Value, ValueType
from workflows.rules.unary import literal, unary_tests

NUMBER, TEXT, BOOLEAN, DATE = (
    ValueType.NUMBER,
    ValueType.STRING,
    ValueType.BOOLEAN,
    ValueType.DATE,
)


@pytest.mark.parametrize(
    ("cell", "type_", "passing", "failing"),
    [
        ("", TEXT, ["a", None], []),
        (" - ", NUMBER, [Decimal(1), None], []),
        ('"a"', TEXT, ["a"], ["b", "", None]),
        ('"a","b"', TEXT, ["a", "b"], ["c", None]),
        ('not("b")', TEXT, ["a", None], ["b"]),
        ('not("a", "b")', TEXT, ["c"], ["a", "b"]),
        (r'"甲\"乙\n"', TEXT, ['甲"乙\n'], ["甲乙"]),
        ("5", NUMBER, [Decimal("5.00")], [Decimal(6), None]),
        ("-5", NUMBER, [Decimal(-5)], [Decimal(5)]),
        ("< 5", NUMBER, [Decimal("4.99")], [Decimal(5), None]),
        (">= 10", NUMBER, [Decimal(10)], [Decimal("9.99"), None]),
        ("< 5, > 10", NUMBER, [Decimal(4), Decimal(11)], [Decimal(5), Decimal(10)]),
        ("[1..5]", NUMBER, [Decimal(1), Decimal(5)], [Decimal(0), Decimal(6), None]),
        ("(1..5]", NUMBER, [Decimal("1.01"), Decimal(5)], [Decimal(1)]),
        ("]1..5[", NUMBER, [Decimal(3)], [Decimal(1), Decimal(5)]),
        ("[1..5)", NUMBER, [Decimal(1)], [Decimal(5)]),
        ("[-3.5..-1]", NUMBER, [Decimal(-2)], [Decimal(0)]),
        ("not(< 5)", NUMBER, [Decimal(5)], [Decimal(4), None]),
        ("true", BOOLEAN, [True], [False, None]),
        ("false", BOOLEAN, [False], [True, None]),
        ("true, false", BOOLEAN, [True, False], [None]),
        ("null", TEXT, [None], ["", "null"]),
        ("not(null)", NUMBER, [Decimal(0)], [None]),
        ('date("2025-01-01")', DATE, [date(2025, 1, 1)], [date(2025, 1, 2), None]),
        ('>= date("2025-01-01")', DATE, [date(2025, 1, 1)], [date(2024, 12, 31)]),
        (
            '[date("2025-01-01")..date("2025-12-31")]',
            DATE,
            [date(2025, 12, 31)],
            [date(2026, 1, 1)],
        ),
    ],
)
def test_a_cell_lets_through_what_it_says(
    cell: str, type_: ValueType, passing: list[Value], failing: list[Value]
) -> None:
    tests = unary_tests(cell, type_)

    assert [value for value in passing if not matches(tests, value)] == []
    assert [value for value in failing if matches(tests, value)] == []


@pytest.mark.parametrize(
    ("cell", "type_", "reason"),
    [
        ("abc", TEXT, "put the text 'abc' in quotes"),
        ("“a”", TEXT, "full-width"),
        ('"a"，"b"', TEXT, "full-width"),
        ('"a', TEXT, "closing quote"),
        ('"a" "b"', TEXT, "one too many"),
        ('"a",', TEXT, "ends too early"),
        ('not("a"', TEXT, "ends too early"),
        ("not(-)", TEXT, "out of place"),
        ("5", TEXT, "the column holds a string, the cell a number"),
        ('"5"', NUMBER, "the column holds a number, the cell a string"),
        ("< true", BOOLEAN, "only numbers and dates have an order"),
        ('< "a"', TEXT, "only numbers and dates have an order"),
        ("[5..1]", NUMBER, "above"),
        ("[1..5", NUMBER, "ends too early"),
        ("[1,5]", NUMBER, "'range' expected"),
        ("1e5", NUMBER, "one too many"),
        ("1234567890123456789", NUMBER, "18 digits"),
        ("0.1234567", NUMBER, "6 decimals"),
        ('date("2025-02-30")', DATE, "not a date"),
        ('date("20250201")', DATE, "not a date"),
        ('"2025-01-01"', DATE, "the cell a string"),
        (r'"\ud800"', TEXT, "invalid escape"),
        (r'"\q"', TEXT, "invalid escape"),
        ("x > 5", NUMBER, "in quotes"),
        ("5" * 3000, NUMBER, "longer than"),
    ],
)
def test_a_cell_that_means_nothing_is_refused_with_its_reason(
    cell: str, type_: ValueType, reason: str
) -> None:
    with pytest.raises(RuleError) as refusal:
        unary_tests(cell, type_)

    assert reason in refusal.value.en


@pytest.mark.parametrize(
    ("cell", "type_", "value"),
    [
        ("", TEXT, None),
        ('"required"', TEXT, "required"),
        ("-2.50", NUMBER, Decimal("-2.50")),
        ("true", BOOLEAN, True),
        ("null", BOOLEAN, None),
        ('date("2025-09-30")', DATE, date(2025, 9, 30)),
    ],
)
def test_an_output_cell_is_one_literal(cell: str, type_: ValueType, value: Value) -> None:
    assert literal(cell, type_) == value


@pytest.mark.parametrize("cell", ["-", '"a","b"', "< 5", '"a" + "b"', 'not("a")'])
def test_an_output_cell_holds_no_test(cell: str) -> None:
    with pytest.raises(RuleError):
        literal(cell, TEXT)


@settings(max_examples=150, deadline=None)
@given(
    st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000)
)
def test_a_range_and_its_negation_split_all_numbers(a: Decimal, b: Decimal, value: Decimal) -> None:
    low, high = sorted((a, b))
    inside = unary_tests(f"[{low:f}..{high:f}[", NUMBER)
    outside = unary_tests(f"not([{low:f}..{high:f}[)", NUMBER)

    assert matches(inside, value) == (low <= value < high)
    assert matches(outside, value) != matches(inside, value)


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from('"\\-,()[].<>=0123456789 notdaeull𠮷“'), st.characters()
        ),
        max_size=40,
    ),
    st.sampled_from(ValueType),
)
def test_any_text_at_all_is_read_or_refused(cell: str, type_: ValueType) -> None:
    for read in (unary_tests, literal):
        with suppress(RuleError):
            read(cell, type_)
