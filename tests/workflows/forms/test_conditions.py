"""Conditions of forms: one meaning, on values that are there and on values that are not."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.forms import BadCondition, parse_condition


@pytest.mark.parametrize(
    ("text", "values", "holds"),
    [
        ('outcome == "return"', {"outcome": "return"}, True),
        ('outcome == "return"', {"outcome": None}, False),
        ('outcome == "return"', {}, False),
        ('outcome != "return"', {}, True),
        ('method in ["direct", "leaving"]', {"method": "leaving"}, True),
        ('method in ("direct",)', {"method": "mail"}, False),
        ('method not in ["direct"]', {"method": None}, True),
        ('"fine" in kinds', {"kinds": ["warning", "fine"]}, True),
        ('"fine" in kinds', {"kinds": []}, False),
        ('"fine" in kinds', {}, False),
        ('"fin" in kinds', {"kinds": "fine"}, False),
        ("not attended", {"attended": False}, True),
        ('attended and vote == "no"', {"attended": True, "vote": "no"}, True),
        ('a == "x" or b == "y"', {"b": "y"}, True),
        ('a == "x" and (b == "y" or c)', {"a": "x", "c": ["item"]}, True),
        ("count == 1", {"count": 1}, True),
        ("count == 1", {"count": True}, False),
        ("flag == true", {"flag": 1}, False),
        ("flag == True", {"flag": True}, True),
        ("fine == 5", {"fine": Decimal("5.00")}, True),
        ("party == null", {}, True),
        ("party != null", {"party": "x"}, True),
        ("n == -3", {"n": -3}, True),
        ("n", {"n": 0}, True),
        ("n", {"n": ""}, False),
        ('day == "2025-01-01"', {"day": date(2025, 1, 1)}, False),
    ],
)
def test_a_condition_holds(text: str, values: dict[str, Any], holds: bool) -> None:
    assert parse_condition(text).holds(values) is holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a ==",
        "a < 5",
        "1 < a < 3",
        "a == 1.5",
        "a.b == 1",
        "a['x'] == 1",
        "len(a)",
        "a + b",
        "a is None",
        "a == [1]",
        '"x" in "xyz"',
        "[a, b]",
        "lambda: a",
        "a := 1",
        "f'{a}'",
        "a if b else c",
        "a; b",
        "b'x' == a",
        "not " * 600 + "a",
        " or ".join(["a"] * 120),
        "(" * 240 + "a" + ")" * 240,
        "a == 1\x00",
    ],
)
def test_what_is_outside_the_language_is_refused(text: str) -> None:
    with pytest.raises(BadCondition):
        parse_condition(text)


def test_the_tree_for_the_browser_has_one_operator_a_node() -> None:
    condition = parse_condition('outcome == "issue" and not ("fine" in kinds or waived)')

    assert condition.to_json() == {
        "and": [
            {"eq": [{"field": "outcome"}, {"value": "issue"}]},
            {"not": {"or": [{"in": [{"value": "fine"}, {"field": "kinds"}]}, {"field": "waived"}]}},
        ]
    }
    assert condition.names() == {"outcome", "kinds", "waived"}


def in_the_browser(tree: dict[str, Any], values: dict[str, Any]) -> Any:
    """The evaluator that a page needs, written from the documentation of the tree alone."""
    ((operator, operands),) = tree.items()
    if operator == "field":
        return values.get(operands)
    if operator == "value":
        return operands
    if operator == "not":
        return not _truth(in_the_browser(operands, values))
    parts = [in_the_browser(operand, values) for operand in operands]
    if operator in ("and", "or"):
        return (all if operator == "and" else any)(_truth(part) for part in parts)
    if operator == "eq":
        return _strictly_equal(*parts)
    return isinstance(parts[1], list) and any(_strictly_equal(parts[0], x) for x in parts[1])


def _truth(value: Any) -> bool:
    return not (value is None or value is False or value in ("", []))


def _strictly_equal(left: Any, right: Any) -> bool:
    return type(left) is type(right) and bool(left == right)


NAMES = st.sampled_from(["a", "b", "c"])
PLAIN = st.one_of(st.sampled_from(["x", "y", ""]), st.integers(0, 1), st.booleans(), st.none())
WORDS = {True: "true", False: "false", None: "null"}


def written(value: Any) -> str:
    is_word = value is None or isinstance(value, bool)
    return WORDS[value] if is_word else (f'"{value}"' if isinstance(value, str) else str(value))


ATOMS = st.one_of(
    NAMES,
    st.tuples(NAMES, st.sampled_from(["==", "!="]), PLAIN).map(
        lambda parts: f"{parts[0]} {parts[1]} {written(parts[2])}"
    ),
    st.tuples(NAMES, st.lists(PLAIN, max_size=3)).map(
        lambda parts: f"{parts[0]} in [{', '.join(map(written, parts[1]))}]"
    ),
    st.tuples(PLAIN, NAMES).map(lambda parts: f"{written(parts[0])} in {parts[1]}"),
)
TEXTS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        inner.map(lambda part: f"not ({part})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
    ),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.dictionaries(NAMES, st.one_of(PLAIN, st.lists(PLAIN, max_size=2))))
def test_the_tree_means_in_the_browser_what_it_means_here(
    text: str, values: dict[str, Any]
) -> None:
    condition = parse_condition(text)

    assert condition.holds(values) == _truth(in_the_browser(condition.to_json(), values))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abxy '\"=!()[],.notindr\\\n#0{}:", max_size=40))
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    with suppress(BadCondition):
        parse_condition(text).holds({})
