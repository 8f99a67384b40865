"""Defaults: what a form holds before anyone types, from the record and the moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.duration import law_day
from workflows.forms.model import TABLES, DefaultFrom, Field, FieldType, Form

_NOTHING: Any = object()


def initial(form: Form, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an untouched page; `facts` are plain nested values by the roots of paths."""
    return with_defaults(form.fields, {}, facts)


def with_defaults(
    fields: tuple[Field, ...], data: Mapping[str, Any], facts: Mapping[str, Any]
) -> dict[str, Any]:
    """The data with defaults for keys that are absent. A key sent as null stays null."""
    filled = dict(data)
    for field in fields:
        if field.name not in filled:
            value = _default(field, filled, facts)
            if value is not _NOTHING:
                filled[field.name] = value
        value = filled.get(field.name)
        if field.type in TABLES and isinstance(value, list):
            filled[field.name] = [_row(field, row, facts) for row in value]
        elif field.type is FieldType.PARTY:
            filled.update({field.name: _row(field, value, facts)} if value is not None else {})
    return filled


def _row(field: Field, row: Any, facts: Mapping[str, Any]) -> Any:
    return with_defaults(field.columns, row, facts) if isinstance(row, Mapping) else row


def _default(field: Field, siblings: Mapping[str, Any], facts: Mapping[str, Any]) -> Any:
    if field.default is None:
        return _NOTHING
    if not isinstance(field.default, DefaultFrom):
        return field.default
    head, *rest = field.default.path.split(".")
    if not rest and siblings.get(head) is not None:
        return _fitting(field, siblings[head])
    return _fitting(field, _found(facts, [head, *rest]))


def _fitting(field: Field, value: Any) -> Any:
    """The day of a moment where a date takes its default from one (复查日 = 改正期限当日)."""
    if field.type is not FieldType.DATE:
        return value
    if isinstance(value, datetime):
        return law_day(value) if value.tzinfo else value.date()
    return value[:10] if isinstance(value, str) else value


def _found(facts: Mapping[str, Any], path: list[str]) -> Any:
    value: Any = facts
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return _NOTHING if value is None else value
