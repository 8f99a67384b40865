"""Load the dated parameters (参数) from YAML, strictly: what the law book is seeded with.

A parameter that is misspelt or has two values for one day would decide cases wrongly, so a
file with either is refused whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from models.duration import PeriodUnit
from models.errors import Text
from workflows.reference.strict_yaml import load_strict

KEYS = frozenset({"key", "zh", "en", "unit", "source", "verified", "values"})
VALUE_KEYS = frozenset({"from", "value", "subject"})
UNITS = frozenset(PeriodUnit) | {"boolean", "byte", "count", "date", "fraction", "text"}
UNITS |= {"year", "yuan"}
CHOICE = "|"
"""A unit such as `all|threshold` lists the words that the value may be."""


class ParameterFileError(ValueError):
    """The parameter file cannot be used; the message names the file, the key and the reason."""


@dataclass(frozen=True, slots=True)
class ValueFrom:
    """The value from a day on, for one legal subject (its key) or for everyone (None)."""

    effective_from: date
    value: Any
    subject: str | None
    unit: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter with its names, its source, and whether that source was seen."""

    key: str
    title: Text
    unit: str
    source: str
    verified: bool
    values: tuple[ValueFrom, ...]


def load_parameters(path: Path) -> Mapping[str, Parameter]:
    """The parameters of a file by key; raises ParameterFileError unless all are right."""
    found: dict[str, Parameter] = {}
    try:
        content = load_strict(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict) or set(content) != {"parameters"}:
            raise ValueError("expected `parameters` and nothing else")
        for entry in _list(content["parameters"]):
            parameter = _parameter(entry)
            if parameter.key in found:
                raise ValueError(f"{parameter.key} stands twice")
            found[parameter.key] = parameter
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, ZeroDivisionError) as error:
        raise ParameterFileError(f"{path.name}: {error}") from error
    return found


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError("expected a list that is not empty")
    return value


def _require_keys(entry: object, keys: frozenset[str], optional: frozenset[str]) -> dict[str, Any]:
    if not isinstance(entry, dict) or not keys <= set(entry) <= keys | optional:
        raise ValueError(f"expected the keys {sorted(keys)}: {entry!r}")
    return entry


def _parameter(entry: object) -> Parameter:
    fields = _require_keys(entry, KEYS, frozenset())
    key = fields["key"]
    for name in ("key", "zh", "en", "unit", "source"):
        if not isinstance(fields[name], str) or not fields[name].strip():
            raise ValueError(f"{key}: {name} must be a text")
    if not isinstance(fields["verified"], bool):
        raise ValueError(f"{key}: verified must be true or false")
    values = tuple(_value(key, fields["unit"], item) for item in _list(fields["values"]))
    days = [(value.subject, value.effective_from) for value in values]
    if len(set(days)) != len(days):
        raise ValueError(f"{key}: two values from one day")
    title = Text(fields["zh"], fields["en"])
    return Parameter(key, title, fields["unit"], fields["source"], fields["verified"], values)


def _value(key: str, unit: str, item: object) -> ValueFrom:
    fields = _require_keys(item, VALUE_KEYS, frozenset({"unit"}))
    since, value, subject = fields["from"], fields["value"], fields["subject"]
    if not isinstance(since, date) or isinstance(since, datetime):
        raise ValueError(f"{key}: from must be a date: {since!r}")
    if not (subject is None or isinstance(subject, str)):
        raise ValueError(f"{key}: subject must be a key or null: {subject!r}")
    own_unit = fields.get("unit", unit)
    if not fits(own_unit, value):
        raise ValueError(f"{key}: {value!r} is not in the unit {own_unit!r}")
    return ValueFrom(since, value, subject, own_unit)


def fits(unit: str, value: object) -> bool:
    """Whether a value is of its unit: whole numbers, exact fractions, words of the list."""
    if CHOICE in unit:
        return value in unit.split(CHOICE)
    if unit not in UNITS:
        return False
    if unit == "boolean":
        return isinstance(value, bool)
    if unit in ("fraction", "date", "text"):
        return isinstance(value, str) and _reads(unit, value)
    if isinstance(value, dict):
        return all(_is_range(part) for part in value.values())
    return _is_count(value)


def _reads(unit: str, value: str) -> bool:
    if unit == "text":
        return bool(value.strip())
    if unit == "date":
        date.fromisoformat(value)
        return True
    # A ratio is written as a fraction, because 0.667 of three members is two and a bit.
    return "/" in value and Fraction(value) > 0


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_range(value: object) -> bool:
    """A pair from least to most, such as a display period of three to twelve months."""
    if not isinstance(value, list) or len(value) != 2:
        return False
    least, most = value
    return _is_count(least) and _is_count(most) and bool(least <= most)


def read_value(unit: str, text: str) -> Any:
    """A value as somebody types it, in its unit; ValueError when it is not of it."""
    text = text.strip()
    words: dict[str, Any] = {"true": True, "是": True, "yes": True}
    words |= {"false": False, "否": False, "no": False}
    value: Any = text
    if unit == "boolean":
        value = words.get(text.lower(), text)
    elif text.startswith("{"):
        value = json.loads(text)
    elif CHOICE not in unit and unit not in ("fraction", "date", "text"):
        value = int(text)
    if not fits(unit, value):
        raise ValueError(f"{text!r} is not in the unit {unit!r}")
    return value
