"""The published schema says what the loader does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.workflows.forms.shipped import FORM_FILES, code_tables, shipped_form
from tests.workflows.forms.test_loading import NOTICE
from tests.workflows.forms.test_reader import a_form
from workflows.forms import json_schema, read_form


def mistakes(schema: dict[str, Any], data: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema).iter_errors(data)]


@pytest.mark.parametrize("path", FORM_FILES, ids=lambda path: path.stem)
def test_every_shipped_form_has_a_valid_schema(path: Path) -> None:
    Draft202012Validator.check_schema(json_schema(shipped_form(path.stem), code_tables()))


def test_what_loads_is_valid_and_what_the_step_needs_is_asked_for() -> None:
    schema = json_schema(shipped_form("serve_notice"), code_tables(), "en")
    missing = {key: value for key, value in NOTICE.items() if key != "refusal_reason"}

    assert mistakes(schema, NOTICE) == []
    assert mistakes(schema, missing) == ["'refusal_reason' is a required property"]
    assert mistakes(schema, {**NOTICE, "service_method": "pigeon"}) != []
    assert mistakes(schema, {**NOTICE, "more": 1}) != []


def test_titles_and_options_speak_the_readers_language() -> None:
    form = shipped_form("review_closing")
    chinese, english = (json_schema(form, lang=lang) for lang in ("zh", "en"))

    assert chinese["properties"]["outcome"]["oneOf"][1] == {"const": "return", "title": "退回"}
    assert english["properties"]["outcome"]["oneOf"][1] == {"const": "return", "title": "Return"}
    assert chinese["properties"]["opinion"]["x-required"] == {
        "eq": [{"field": "outcome"}, {"value": "return"}]
    }


@pytest.mark.parametrize(
    ("when", "data", "needed"),
    [
        ("flag", {"flag": True}, True),
        ("flag", {"flag": False}, False),
        ("flag", {}, False),
        ("not flag", {}, True),
        ("flag == false", {}, True),
        ('kind != "x"', {}, True),
        ('kind in ["x", "y"]', {"kind": "y"}, True),
        ('"x" in kinds', {"kinds": ["x"]}, True),
        ('"x" in kinds', {}, False),
        ('kind == "x" or flag', {"kind": "z", "flag": True}, True),
        ("kind == other", {"kind": "a", "other": "a"}, False),
    ],
)
def test_a_condition_is_said_in_schema_words(when: str, data: Any, needed: bool) -> None:
    options = [{"value": value, "zh": value, "en": value} for value in "xyz"]
    form = read_form(
        a_form(
            {"name": "flag", "type": "boolean"},
            {"name": "kind"},
            {"name": "other"},
            {"name": "kinds", "type": "choices", "options": options},
            {"name": "last", "required": {"when": when}},
        )
    )

    assert (mistakes(json_schema(form), data) != []) is needed
