"""Form files: the shipped ones are right, and each way of being wrong is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.workflows.forms.shipped import BPMN, FORM_FILES, content_of
from workflows.forms import BadForm, DefaultFrom, FieldType, read_form

SCHEMA = Draft202012Validator(content_of(BPMN / "schema/form.json"))
LABEL = {"zh": "字段", "en": "Field"}


@pytest.mark.parametrize("path", FORM_FILES, ids=lambda path: path.stem)
def test_a_shipped_form_is_right(path: Path) -> None:
    content = content_of(path)

    assert [error.message for error in SCHEMA.iter_errors(content)] == []
    assert read_form(content).id == path.stem


def a_form(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    complete = [{"type": "text", "label": LABEL, **field} for field in fields]
    content = {"id": "trial", "title": LABEL, "fields": complete, **more}
    assert [error.message for error in SCHEMA.iter_errors(content)] == []
    return content


def test_a_field_keeps_all_that_its_file_says() -> None:
    options = [{"value": "x", "zh": "甲", "en": "X"}]
    form = read_form(
        a_form(
            {"name": "kind", "type": "choice", "options": options, "default": "x", "group": "g"},
            {
                "name": "place",
                "required": {"when": 'kind == "x"'},
                "show": {"when": 'kind == "x"'},
                "max_length": 20,
                "hint": LABEL,
                "default": {"from": "record.act_place"},
            },
            groups={"g": LABEL},
        )
    )
    place = form.field("place")

    assert form.field("kind").options[0].label["zh"] == "甲"
    assert place.default == DefaultFrom("record.act_place")
    assert (place.max_length, place.type, place.hint) == (20, FieldType.TEXT, place.label)
    assert place.show == place.required


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ([{"name": "a"}, {"name": "a"}], "a", "appears twice"),
        ([{"name": "a", "required": {"when": "b"}}], "a", "unknown field 'b'"),
        ([{"name": "a", "show": {"when": "b"}}, {"name": "b"}], "a", "earlier fields"),
        ([{"name": "a", "required": {"when": "a <"}}], "a", "cannot be read"),
        ([{"name": "a", "group": "g"}], "a", "unknown group"),
        ([{"name": "a", "min": 1}], "a", "no min and max"),
        ([{"name": "a", "type": "integer", "min": 3, "max": 1}], "a", "min is above max"),
        ([{"name": "a", "type": "choice"}], "a", "options or options_from"),
        (
            [{"name": "a", "type": "choice", "default": "y", "options": [{**LABEL, "value": "x"}]}],
            "a",
            "no option",
        ),
        ([{"name": "a", "type": "rows"}], "a", "need columns"),
        (
            [{"name": "a", "type": "date"}, {"name": "b", "show": {"when": 'a == "2025-01-01"'}}],
            "b",
            "cannot compare 'a'",
        ),
        (
            [
                {
                    "name": "r",
                    "type": "rows",
                    "columns": [
                        {"name": "c", "type": "text", "label": LABEL, "show": {"when": "outer"}}
                    ],
                },
                {"name": "outer"},
            ],
            "r.c",
            "unknown field 'outer'",
        ),
    ],
)
def test_a_mistake_is_named_with_its_field(
    fields: list[dict[str, Any]], field: str, reason: str
) -> None:
    with pytest.raises(BadForm) as refusal:
        read_form(a_form(*fields))

    (mistake,) = refusal.value.mistakes
    assert mistake.field == field
    assert reason in mistake.text.en


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(BadForm) as refusal:
        read_form(a_form({"name": "a", "group": "g"}, {"name": "b", "required": {"when": "c"}}))

    assert [mistake.field for mistake in refusal.value.mistakes] == ["a", "b"]


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": 1},
        {"fields": [{"name": "A", "type": "text", "label": LABEL}]},
        {"fields": [{"name": "a", "type": "number", "label": LABEL}]},
        {"fields": [{"name": "a", "type": "text", "label": {"zh": "只有中文"}}]},
        {"fields": [{"name": "a", "type": "text", "label": LABEL, "requierd": True}]},
        {"fields": [{"name": "a", "type": "text", "label": LABEL, "required": {"if": "b"}}]},
    ],
)
def test_the_schema_refuses_what_is_not_its_own(change: dict[str, Any]) -> None:
    content = {"id": "trial", "title": LABEL, "fields": [], **change}

    assert list(SCHEMA.iter_errors(content)) != []
