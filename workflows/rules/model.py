"""What a decision table is, once read: columns, rows and the tests in their cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | Decimal | bool | date | None
"""What a cell can hold. Numbers are always exact decimals."""

Scalar = str | int | float | Decimal | bool | date | None
"""What a caller may pass in; integers and finite floats become decimals."""


class HitPolicy(StrEnum):
    """How many rows may answer (DMN 1.3, 8.2.10)."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    ANY = "ANY"
    COLLECT = "COLLECT"


class Aggregation(StrEnum):
    """How COLLECT folds the answers of all matching rows into one."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


class ValueType(StrEnum):
    """The types of a column (``typeRef``)."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


class Operator(StrEnum):
    """The comparisons that may open a unary test."""

    LESS = "<"
    LESS_EQUAL = "<="
    GREATER = ">"
    GREATER_EQUAL = ">="


@dataclass(frozen=True)
class Equals:
    """The input is this value; ``null`` equals ``null`` only."""

    value: Value


@dataclass(frozen=True)
class Compare:
    """The input stands in this order to a number or a date."""

    operator: Operator
    value: Decimal | date


@dataclass(frozen=True)
class Between:
    """The input lies in a range, each end counted in (closed) or not."""

    low: Decimal | date
    high: Decimal | date
    low_closed: bool
    high_closed: bool


Test = Equals | Compare | Between


@dataclass(frozen=True)
class UnaryTests:
    """One input cell: any of its tests, or none of them when negated. No tests at all means "-"."""

    tests: tuple[Test, ...] = ()
    negated: bool = False

    @property
    def always(self) -> bool:
        return not self.tests


@dataclass(frozen=True)
class InputColumn:
    """A fact that the rows look at; ``name`` is the key in the caller's inputs."""

    id: str
    name: str
    label: str
    type: ValueType
    allowed: UnaryTests


@dataclass(frozen=True)
class OutputColumn:
    """A result; ``name`` is the key in the outcome."""

    id: str
    name: str
    label: str
    type: ValueType
    allowed: UnaryTests


@dataclass(frozen=True)
class Row:
    """One rule. ``number`` is the row number that the editor shows, from 1."""

    id: str
    number: int
    tests: tuple[UnaryTests, ...]
    outputs: tuple[Value, ...]
    description: str = ""


@dataclass(frozen=True)
class Table:
    """One decision with its table."""

    id: str
    name: str
    file: str
    policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rows: tuple[Row, ...]
