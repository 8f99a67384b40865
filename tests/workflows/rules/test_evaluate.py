"""Tables answer: hit policies, types of inputs, and errors that name the rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.rules.tables import dmn
from workflows.rules import HitPolicy, Outcome, RuleError, Table, evaluate, parse


def bands(policy: str, rows: list[list[str]], output: str = "number") -> Table:
    return parse(dmn([("fine", "number")], [("band", output)], rows, policy=policy), "bands.dmn")


OVERLAPPING = [["< 10", "1"], ["[5..20]", "2"], ["> 15", "2"]]


def test_unique_answers_with_the_one_row() -> None:
    assert evaluate(bands("", OVERLAPPING), {"fine": 3}) == Outcome(
        {"band": Decimal(1)}, ("row_1",), HitPolicy.UNIQUE
    )


def test_unique_names_the_rows_that_overlap() -> None:
    with pytest.raises(RuleError) as refusal:
        evaluate(bands("", OVERLAPPING), {"fine": 7})

    assert refusal.value.place.rows == (1, 2)
    assert "row_1, row_2" in refusal.value.en
    assert refusal.value.zh.startswith("bands.dmn，第 1、2 行")


def test_first_takes_the_upper_row() -> None:
    outcome = evaluate(bands('hitPolicy="FIRST"', OVERLAPPING), {"fine": 7})

    assert (outcome.outputs, outcome.rules) == ({"band": Decimal(1)}, ("row_1",))


def test_any_allows_rows_that_agree_and_names_them_all() -> None:
    outcome = evaluate(bands('hitPolicy="ANY"', OVERLAPPING), {"fine": 18})

    assert (outcome.outputs, outcome.rules) == ({"band": Decimal(2)}, ("row_2", "row_3"))


def test_any_refuses_rows_that_disagree() -> None:
    with pytest.raises(RuleError, match="rows 1, 2: the matching rows disagree"):
        evaluate(bands('hitPolicy="ANY"', OVERLAPPING), {"fine": 7})


def test_collect_gives_the_values_of_all_rows_in_order() -> None:
    outcome = evaluate(bands('hitPolicy="COLLECT"', OVERLAPPING), {"fine": 7})

    assert outcome.outputs == {"band": (Decimal(1), Decimal(2))}
    assert outcome.rules == ("row_1", "row_2")


@pytest.mark.parametrize(
    ("fold", "hit", "missed"),
    [("SUM", 3, None), ("MIN", 1, None), ("MAX", 2, None), ("COUNT", 2, 0)],
)
def test_collect_folds(fold: str, hit: int, missed: int | None) -> None:
    table = bands(f'hitPolicy="COLLECT" aggregation="{fold}"', OVERLAPPING[:2])

    assert evaluate(table, {"fine": 7}).outputs == {"band": hit}
    assert evaluate(table, {"fine": 99}).outputs == {"band": missed}


@pytest.mark.parametrize("policy", ["UNIQUE", "FIRST", "ANY"])
def test_without_a_match_every_output_is_null(policy: str) -> None:
    outcome = evaluate(bands(f'hitPolicy="{policy}"', [["> 5", "1"]]), {"fine": 1})

    assert outcome == Outcome({"band": None}, (), HitPolicy(policy))


def test_money_is_compared_exactly() -> None:
    table = bands("", [["< 0.3", "1"], [">= 0.3", "2"]])

    assert evaluate(table, {"fine": Decimal("0.1") + Decimal("0.2")}).rules == ("row_2",)
    assert evaluate(table, {"fine": 0.3}).rules == ("row_2",)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("number", "5"),
        ("number", True),
        ("number", float("nan")),
        ("number", Decimal("Infinity")),
        ("number", date(2025, 1, 1)),
        ("string", 5),
        ("boolean", 1),
        ("boolean", "true"),
        ("date", "2025-01-01"),
        ("date", datetime(2025, 1, 1, tzinfo=UTC)),
        ("string", ["a"]),
    ],
)
def test_an_input_of_another_type_is_refused_not_converted(type_: str, value: Any) -> None:
    table = parse(dmn([("x", type_)], [("r", "boolean")], [["-", "true"]]))

    with pytest.raises(RuleError, match='column "x"'):
        evaluate(table, {"x": value})


def test_a_missing_input_is_refused_and_null_is_not() -> None:
    table = parse(dmn([("x", "string")], [("r", "boolean")], [["null", "true"]]))

    with pytest.raises(RuleError, match="input 'x' is missing"):
        evaluate(table, {})
    assert evaluate(table, {"x": None}).outputs == {"r": True}


def test_an_input_outside_its_allowed_values_is_refused() -> None:
    xml = dmn([("x", "string")], [("r", "boolean")], [["-", "true"]])
    listed = b'</inputExpression><inputValues id="v"><text>"a","b"</text></inputValues>'
    table = parse(xml.replace(b"</inputExpression>", listed))

    assert evaluate(table, {"x": "a"}).outputs == {"r": True}
    with pytest.raises(RuleError, match="not allowed"):
        evaluate(table, {"x": "c"})


def test_dates_decide_by_calendar_day() -> None:
    row = ['< date("2021-07-15")', '"旧法"']
    later = ['>= date("2021-07-15")', '"新法"']
    table = parse(dmn([("acted", "date")], [("law", "string")], [row, later]))

    assert evaluate(table, {"acted": date(2021, 7, 14)}).outputs == {"law": "旧法"}
    assert evaluate(table, {"acted": date(2021, 7, 15)}).outputs == {"law": "新法"}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-500, 500), min_size=1, max_size=8, unique=True),
    st.integers(-600, 600),
)
def test_adjoining_bands_cover_every_number_exactly_once(edges: list[int], value: int) -> None:
    ends = sorted(edges)
    middle = [f"[{low}..{high})" for low, high in pairwise(ends)]
    cells = [f"< {ends[0]}", *middle, f">= {ends[-1]}"]
    table = bands("", [[cell, str(index)] for index, cell in enumerate(cells)])

    answer = evaluate(table, {"fine": value}).outputs["band"]

    assert answer == sum(edge <= value for edge in ends)
