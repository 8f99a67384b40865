"""What a form of a pack is: fields with labels, limits, and when each is shown or required."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from models.errors import Text
from workflows.forms.conditions import Condition


class FieldType(StrEnum):
    """What a field holds. The values are the words of the form files."""

    TEXT = "text"
    TEXTAREA = "textarea"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    DATETIME = "datetime"
    MONEY = "money"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    PERSON = "person"
    PERSONS = "persons"
    MATTER = "matter"
    PARTY = "party"
    DOCUMENT = "document"
    FILE = "file"
    ROWS = "rows"
    EVIDENCE_LIST = "evidence_list"


LISTS = frozenset({FieldType.CHOICES, FieldType.PERSONS, FieldType.ROWS, FieldType.EVIDENCE_LIST})
"""Types that hold several items; their ``min`` and ``max`` count them."""

TABLES = frozenset({FieldType.ROWS, FieldType.EVIDENCE_LIST})
"""Types that hold rows of columns."""

COMPOSITES = TABLES | {FieldType.PARTY}
"""Types that have fields of their own, listed in ``columns``."""


@dataclass(frozen=True)
class Option:
    """One value of a closed list, with its text."""

    value: str
    label: Text


Options = Mapping[str, tuple[Option, ...]]
"""Closed lists by name: code tables (`case_source`) and lists of the record (`record.handlers`)."""


@dataclass(frozen=True)
class DefaultFrom:
    """A default found at a path: `now`, `actor`, `record.party.name`, or a field of this form."""

    path: str


@dataclass(frozen=True)
class Field:
    """One thing to fill in. A hidden field is never required and its value is dropped."""

    name: str
    type: FieldType
    label: Text
    required: bool | Condition = False
    """On a boolean: must be ticked."""
    show: Condition | None = None
    hint: Text | None = None
    options: tuple[Option, ...] = ()
    options_from: str = ""
    min: int | None = None
    """Smallest amount or number; for a list, the fewest items."""
    max: int | None = None
    max_length: int | None = None
    """Characters (code points after normalisation)."""
    group: str = ""
    default: Any = None
    """A plain value, a DefaultFrom, or None for no default."""
    columns: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Form:
    """A page of fields, bound to one command (or stored as an extra form)."""

    id: str
    title: Text
    fields: tuple[Field, ...]
    groups: Mapping[str, Text] = field(default_factory=dict)

    def field(self, name: str) -> Field:
        """The field of this name; KeyError when there is none."""
        return {each.name: each for each in self.fields}[name]
