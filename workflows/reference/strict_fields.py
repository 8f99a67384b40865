"""Plain YAML values into frozen dataclasses, strictly: an unknown or missing key is refused.

A misspelt key in reference data is not a detail: `needs_corection: true` would let a fine
through that the law forbids.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from workflows.reference.strict_yaml import load_strict

T = TypeVar("T")


class ReferenceFileError(ValueError):
    """Reference data cannot be used; `problems` names every place and reason."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_mapping(path: Path) -> dict[str, Any]:
    """The one mapping of a YAML file."""
    try:
        content = load_strict(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ReferenceFileError(f"{path.name}: {error}") from error
    if not isinstance(content, dict):
        raise ReferenceFileError(f"{path.name}: expected a mapping")
    return content


def read_lists(path: Path, keys: frozenset[str]) -> dict[str, list[Any]]:
    """A file whose top-level keys, all among `keys`, each hold a list."""
    content = read_mapping(path)
    unknown = sorted(map(str, content.keys() - keys))
    if unknown:
        raise ReferenceFileError(f"{path.name}: unknown keys {unknown}")
    for key, value in content.items():
        if not isinstance(value, list):
            raise ReferenceFileError(f"{path.name}: {key} must be a list")
    return content


def build(cls: type[T], value: object, where: str) -> T:
    """An instance of the dataclass from a mapping; `where` starts every message."""
    if not isinstance(value, Mapping):
        raise ReferenceFileError(f"{where}: expected a mapping, found {value!r}")
    fields = {field.name: field for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
    missing = {name for name, field in fields.items() if _required(field)} - value.keys()
    problems = [f"{where}: unknown key {key!r}" for key in value if key not in fields]
    problems += [f"{where}: missing key {key!r}" for key in sorted(missing)]
    if problems:
        raise ReferenceFileError(*problems)
    types = get_type_hints(cls)
    found = {name: _read(types[name], given, f"{where}.{name}") for name, given in value.items()}
    try:
        return cls(**found)
    except ReferenceFileError:
        raise
    except ValueError as error:
        raise ReferenceFileError(f"{where}: {error}") from error


def build_all(cls: type[T], values: list[Any], where: str) -> tuple[T, ...]:
    """One instance for each item; a message names the item by its key where it has one."""
    return tuple(build(cls, value, _place(where, i, value)) for i, value in enumerate(values))


def _place(where: str, index: int, value: object) -> str:
    named = value.get("key") if isinstance(value, Mapping) else None
    return f"{where}[{named or index}]"


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _read(kind: Any, value: object, where: str) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        wanted = next(option for option in inner if option is not NoneType)
        return None if value is None else _read(wanted, value, where)
    if origin is tuple:
        return _read_items(inner[0], value, where)
    if origin in (dict, Mapping):
        return _read_texts(value, where)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return build(kind, value, where)
    return _read_scalar(kind, value, where)


def _read_items(kind: Any, value: object, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ReferenceFileError(f"{where}: expected a list, found {value!r}")
    items = [_read(kind, item, _place(where, i, item)) for i, item in enumerate(value)]
    return tuple(items)


def _read_texts(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise ReferenceFileError(f"{where}: expected a mapping with text keys")
    return value


def _read_scalar(kind: type[Any], value: object, where: str) -> Any:
    if kind is Fraction:
        return _fraction(value, where)
    if issubclass(kind, StrEnum):
        if value not in set(kind):
            raise ReferenceFileError(f"{where}: {value!r} is none of {sorted(kind)}")
        return kind(str(value))
    plain = type(value) is kind and not isinstance(value, datetime)
    if not plain or (kind is str and not str(value).strip()):
        raise ReferenceFileError(f"{where}: expected {kind.__name__}, found {value!r}")
    return value


def _fraction(value: object, where: str) -> Fraction:
    """Whole numbers and quotients such as 3/10; a float would not be exact."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ReferenceFileError(f"{where}: expected a whole number or a quotient, found {value!r}")
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError) as error:
        raise ReferenceFileError(f"{where}: {error}") from error


def require_dates_in_order(first: date, last: date | None) -> None:
    """Raise ValueError where a period ends before it begins."""
    if last is not None and last < first:
        raise ValueError(f"ends on {last}, before it begins on {first}")
