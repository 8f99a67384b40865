"""A mistake in a reference file is named by place and reason, never read past."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from models.types import Role
from workflows.reference.strict_fields import ReferenceFileError, build, build_all, read_lists


@dataclass(frozen=True)
class Span:
    upper: Fraction
    role: Role
    first: date | None = None
    words: tuple[str, ...] = ()


GOOD: dict[str, Any] = {"upper": "3/10", "role": "handler"}


def test_values_become_their_types() -> None:
    given = GOOD | {"first": date(2025, 1, 1), "words": ["a"]}
    assert build(Span, given, "s") == Span(Fraction(3, 10), Role.HANDLER, date(2025, 1, 1), ("a",))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"uper": 1}, "unknown key 'uper'"),
        ({"role": "king"}, "none of"),
        ({"upper": 0.3}, "whole number or a quotient"),
        ({"upper": "1/0"}, "s.upper"),
        ({"first": "2025-01-01"}, "expected date"),
        ({"words": "a"}, "expected a list"),
        ({"words": [""]}, "expected str"),
        ({"words": [1]}, "expected str"),
    ],
)
def test_a_wrong_value_is_refused_by_its_place(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ReferenceFileError, match=message):
        build(Span, GOOD | change, "s")


def test_a_missing_key_is_refused() -> None:
    with pytest.raises(ReferenceFileError, match="missing key 'role'"):
        build(Span, {"upper": 1}, "s")


def test_an_item_is_named_by_its_key() -> None:
    with pytest.raises(ReferenceFileError, match=r"spans\[wide\]"):
        build_all(Span, [{"key": "wide"}], "spans")


def test_a_file_with_an_unknown_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.yaml"
    path.write_text("peple: []\n", encoding="utf-8")
    with pytest.raises(ReferenceFileError, match=r"people.yaml: unknown keys \['peple'\]"):
        read_lists(path, frozenset({"people"}))
