"""Schemas made from the dataclasses of commands and query rows: written once, never by hand."""

import dataclasses
import re
import types
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from marshmallow import RAISE, Schema, fields

from models.errors import Text
from models.types import Role
from webapp.api import fields as own
from workflows.commands.base import Command, plain
from workflows.forms import problems
from workflows.queries.paging import Count

SHORT: Mapping[str, int] = {
    **dict.fromkeys(("key", "person", "substitute", "unit", "subject", "number", "to"), 64),
    **dict.fromkeys(("replacement", "second_handler", "pack", "matter", "legal_subject"), 64),
    **dict.fromkeys(("name", "name_en", "email", "area", "title"), 200),
    **dict.fromkeys(("assignment", "absence", "upload", "evidence"), 64),
    "phone": 40, "post": 100, "outcome": 64, "note": 2000,
}  # fmt: skip
"""Characters of texts that go into a column of that length; forms narrow theirs themselves."""
ADMINISTRATIVE = {"reason": 200}
"""Of commands that no form stands before: what their columns hold."""


class Strict(Schema):
    """Unknown names are refused, in our own sentences."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": problems.UNKNOWN, "type": problems.NOT_AN_OBJECT}


@cache
def body_of(
    command: type[Command], left_out: frozenset[str] = frozenset(), *, formed: bool = False
) -> type[Schema]:
    """The body of a command: its fields but those that the address gives. `formed`: a form of
    the pack reads the values afterwards and knows their lengths."""
    members = {
        field.name: _input(field.name, hint, _required(field), formed)
        for field, hint in _hinted(command)
        if field.name not in left_out
    }
    return type(command.__name__, (Strict,), members)


def _hinted(kind: type[Any]) -> list[tuple[dataclasses.Field[Any], Any]]:
    hints = get_type_hints(kind)
    return [(field, hints[field.name]) for field in dataclasses.fields(kind)]


def _required(field: dataclasses.Field[Any]) -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


def _input(name: str, hint: Any, required: bool, formed: bool) -> fields.Field[Any]:
    hint, nullable = _without_none(hint)
    more: dict[str, Any] = {"required": required, "allow_none": nullable or None}
    if name == "password":
        return own.Secret(**more)
    if name == "role":
        return own.OneOf(*Role, **more)
    return _reader(name, hint, formed, more)


def _reader(name: str, hint: Any, formed: bool, more: dict[str, Any]) -> fields.Field[Any]:
    if hint is str:
        return own.Line(_longest(name, formed), lines=True, **more)
    if hint in SCALARS:
        return SCALARS[hint](**more)
    if get_origin(hint) is list and get_args(hint)[0] is str:
        return own.Many(own.Line(), **more)
    if get_origin(hint) is list:
        return own.Many(own.Plain(), **more)
    if hint == dict[str, bytes]:
        return own.Files(**more)
    if get_origin(hint) is dict:
        return own.Plain(**more)
    raise TypeError(f"no schema for {name}: {hint}")


SCALARS: dict[Any, type[fields.Field[Any]]] = {
    bool: own.Flag,
    int: own.Whole,
    datetime: own.Moment,
    date: own.Day,
    Decimal: own.Amount,
    uuid.UUID: own.Uuid,
    bytes: own.File,
}


def _longest(name: str, formed: bool) -> int:
    if not formed and name in ADMINISTRATIVE:
        return ADMINISTRATIVE[name]
    return SHORT.get(name, own.LONGEST_TEXT)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, types.UnionType):
        kept = [each for each in get_args(hint) if each is not type(None)]
        return kept[0], True
    return hint, False


class Words(Schema):
    """A sentence in both languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class Named(Schema):
    """A unit, a legal subject or a person, by key and name."""

    id = fields.UUID(required=True)
    key = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)


class Counted(Schema):
    """How many; exact up to 1,000."""

    number = fields.Integer(required=True)
    exact = fields.Boolean(required=True)


class Anything(fields.Raw):
    """A value of no fixed type, as JSON spells it."""

    def _serialize(self, value: Any, attr: Any, obj: Any, **_: Any) -> Any:
        return plain(value)


SHARED: Mapping[Any, type[Schema]] = {Text: Words, Count: Counted}


@cache
def row_of(kind: type[Any], name: str | None = None) -> type[Schema]:
    """The schema of a query's row, as it is sent out."""
    members = {field.name: _output(hint) for field, hint in _hinted(kind)}
    return type(name or kind.__name__, (Schema,), members)


def _output(hint: Any) -> fields.Field[Any]:
    hint, nullable = _without_none(hint)
    more: dict[str, Any] = {"allow_none": nullable, "required": True}
    origin = get_origin(hint)
    if hint in SHARED:
        return fields.Nested(SHARED[hint], **more)
    if hint in SENT:
        return SENT[hint](**more)
    if dataclasses.is_dataclass(hint):
        return fields.Nested(row_of(hint), **more)  # type: ignore[arg-type]
    if origin in (list, tuple, Sequence, frozenset):
        return fields.List(_output(get_args(hint)[0]), **more)
    if origin in (dict, Mapping):
        return fields.Dict(**more)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return fields.String(**more)
    return Anything(allow_none=True)


SENT: dict[Any, type[fields.Field[Any]]] = {
    str: fields.String,
    bool: fields.Boolean,
    int: fields.Integer,
    datetime: fields.DateTime,
    date: fields.Date,
    Decimal: own.Yuan,
    uuid.UUID: fields.UUID,
}


def spelled(name: str) -> str:
    """`AddEvidence` as a sentence says it: add evidence."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
