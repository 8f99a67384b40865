"""The decision tables of the ordinary procedure answer as the law does."""

from itertools import product
from pathlib import Path

import pytest

from workflows.rules import Table, evaluate, parse

RULES = Path(__file__).parents[2] / "bpmn" / "_shared" / "rules"


def table(name: str) -> Table:
    """A table of the pack, read as the program reads it."""
    path = RULES / f"{name}.dmn"
    return parse(path.read_bytes(), path.name)


def answer(name: str, output: str, **true: bool) -> object:
    """The output of a table where the named inputs are true and all others false."""
    read = table(name)
    unknown = true.keys() - {column.name for column in read.inputs}
    assert not unknown, f"{name} has no input {unknown}"
    inputs = {column.name: true.get(column.name, False) for column in read.inputs}
    return evaluate(read, inputs).outputs[output]


@pytest.mark.parametrize(
    "fact", ["complex_or_major", "fine_over_threshold", "revokes_or_shuts", "review_disputed"]
)
def test_each_serious_fact_alone_calls_for_a_collective_discussion(fact: str) -> None:
    assert answer("discussion", "discussion", **{fact: True}) == "required"


def test_a_plain_case_needs_no_collective_discussion() -> None:
    assert answer("discussion", "discussion") == "not_required"


@pytest.mark.parametrize("fact", ["fine_over_threshold", "heavy_kinds"])
def test_a_large_fine_or_a_heavy_kind_gives_a_right_to_a_hearing(fact: str) -> None:
    assert answer("hearing", "hearing", **{fact: True}) == "in_scope"


def test_a_small_fine_gives_no_right_to_a_hearing() -> None:
    assert answer("hearing", "hearing") == "not_in_scope"


@pytest.mark.parametrize("fact", ["hearing_held", "complex_or_major", "fine_over_threshold"])
def test_the_cases_that_the_statute_lists_need_a_statutory_review(fact: str) -> None:
    assert answer("legal_review", "level", **{fact: True}) == "statutory"
    assert answer("legal_review", "level", **{fact: True, "scope_all": True}) == "statutory"


def test_other_cases_are_reviewed_as_the_place_rules() -> None:
    assert answer("legal_review", "level", scope_all=True) == "local"
    assert answer("legal_review", "level") == "case"


@pytest.mark.parametrize("name", ["discussion", "hearing", "legal_review"])
def test_every_combination_of_facts_has_an_answer_with_reasons_in_both_languages(name: str) -> None:
    read = table(name)
    for values in product((True, False), repeat=len(read.inputs)):
        facts = {column.name: value for column, value in zip(read.inputs, values, strict=True)}
        outputs = evaluate(read, facts).outputs
        assert all(outputs[column.name] for column in read.outputs), facts
