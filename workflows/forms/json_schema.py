"""A form as JSON Schema (draft 2020-12), for `GET /api/v1/tasks/{id}` and the API's readers."""

from __future__ import annotations

from typing import Any

from workflows.forms.conditions import (
    Condition,
    Equal,
    Every,
    Literal,
    Member,
    Named,
    Negated,
    Some,
)
from workflows.forms.model import LISTS, TABLES, Field, FieldType, Form, Options
from workflows.forms.schema import LONGEST_TEXT, LONGEST_TEXTAREA, MOST_ITEMS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(form: Form, options: Options | None = None, lang: str = "zh") -> dict[str, Any]:
    """What the API accepts. Each property carries `x-type`; conditions come as `if`/`then`, and as
    trees in `x-show` and `x-required`. A field with a default may be left out."""
    return {
        "$schema": DIALECT,
        "title": form.title[lang],
        **_object(form.fields, options or {}, lang),
    }


def _object(fields: tuple[Field, ...], options: Options, lang: str) -> dict[str, Any]:
    needed = [field.name for field in fields if _always_needed(field)]
    rules = [rule for field in fields if (rule := _conditional(field)) is not None]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: _property(field, options, lang) for field in fields},
        **({"required": needed} if needed else {}),
        **({"allOf": rules} if rules else {}),
    }


def _always_needed(field: Field) -> bool:
    return field.required is True and field.show is None and field.default is None


def _conditional(field: Field) -> dict[str, Any] | None:
    if field.default is not None or _always_needed(field) or field.required is False:
        return None
    conditions = [part for part in (field.show, field.required) if isinstance(part, Condition)]
    try:
        predicates = [_predicate(part) for part in conditions]
    except _OnlyTheTreeCanSay:
        return None
    return {"if": {"allOf": predicates}, "then": {"required": [field.name]}}


def _property(field: Field, options: Options, lang: str) -> dict[str, Any]:
    schema = {"title": field.label[lang], "x-type": str(field.type), **_type(field, options, lang)}
    if field.hint is not None:
        schema["description"] = field.hint[lang]
    if field.show is not None:
        schema["x-show"] = field.show.to_json()
    if isinstance(field.required, Condition):
        schema["x-required"] = field.required.to_json()
    if isinstance(field.default, str | int | bool):
        schema["default"] = field.default
    return schema


def _type(field: Field, options: Options, lang: str) -> dict[str, Any]:
    if field.type is FieldType.PARTY:
        return _object(field.columns, options, lang)
    if field.type in TABLES:
        return _array(field, _object(field.columns, options, lang))
    if field.type in LISTS:
        return {**_array(field, _scalar(field, options, lang)), "uniqueItems": True}
    return _scalar(field, options, lang)


def _array(field: Field, items: dict[str, Any]) -> dict[str, Any]:
    most = MOST_ITEMS if field.max is None else field.max
    return {"type": "array", "items": items, "minItems": field.min or 0, "maxItems": most}


def _scalar(field: Field, options: Options, lang: str) -> dict[str, Any]:
    match field.type:
        case FieldType.TEXT:
            return {"type": "string", "maxLength": field.max_length or LONGEST_TEXT}
        case FieldType.TEXTAREA:
            return {"type": "string", "maxLength": field.max_length or LONGEST_TEXTAREA}
        case FieldType.MONEY:
            return {"type": "string", "pattern": r"^-?[0-9]{1,13}(\.[0-9]{1,2})?$"}
        case FieldType.INTEGER:
            return {"type": "integer", **_bounds(field)}
        case FieldType.BOOLEAN:
            return {"const": True} if field.required is True else {"type": "boolean"}
        case FieldType.DATE:
            return {"type": "string", "format": "date"}
        case FieldType.DATETIME:
            return {"type": "string", "format": "date-time"}
        case _:
            return _closed(field, options, lang)


def _bounds(field: Field) -> dict[str, int]:
    bounds = {"minimum": field.min, "maximum": field.max}
    return {word: bound for word, bound in bounds.items() if bound is not None}


def _closed(field: Field, options: Options, lang: str) -> dict[str, Any]:
    listed = field.options or options.get(field.options_from, ())
    if not listed:
        return {"type": "string", "maxLength": 100}
    return {"oneOf": [{"const": option.value, "title": option.label[lang]} for option in listed]}


class _OnlyTheTreeCanSay(Exception):
    """Two fields held against each other have no JSON Schema; `x-required` still has the tree."""


def _predicate(condition: Condition) -> dict[str, Any]:
    """The condition as a schema of the whole object."""
    match condition:
        case Every(parts):
            return {"allOf": [_predicate(part) for part in parts]}
        case Some(parts):
            return {"anyOf": [_predicate(part) for part in parts]}
        case Negated(part):
            return {"not": _predicate(part)}
        case Equal(Named(name), Literal(value)) | Equal(Literal(value), Named(name)):
            unfilled = value is None or value is False
            return _unfilled(name) if unfilled else _with(name, {"const": value})
        case Member(Named(name), Literal(tuple() as values)):
            return _with(name, {"enum": list(values)})
        case Member(Literal(value), Named(name)):
            return _with(name, {"contains": {"const": value}})
        case Named(name):
            return {"not": _unfilled(name)}
        case _:
            raise _OnlyTheTreeCanSay


def _with(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": [name], "properties": {name: schema}}


def _unfilled(name: str) -> dict[str, Any]:
    return {"properties": {name: {"enum": [None, False, "", []]}}}
