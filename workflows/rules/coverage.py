"""Overlaps and gaps of a table, found before any case meets them.

A cell only tells values apart at the numbers, days and texts that some cell of its column names.
One value from each stretch between them therefore stands for all, and trying every combination
is a proof, as long as there are few enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product

from workflows.rules.matching import matches
from workflows.rules.model import (
    Between,
    Compare,
    Equals,
    HitPolicy,
    InputColumn,
    Row,
    Table,
    UnaryTests,
    Value,
    ValueType,
)

MOST_COMBINATIONS = 50_000
_OTHER = "\u2026"
"""A text that no cell names, where the column has no list of allowed values."""


@dataclass(frozen=True)
class Fault:
    """Inputs for which the table has no answer (`rows` empty) or more than one."""

    inputs: dict[str, Value]
    rows: tuple[Row, ...]


def faults(table: Table) -> tuple[Fault, ...] | None:
    """The first example of each overlap of rows, and of a gap. None when there are too many
    combinations to try. Only UNIQUE and ANY can overlap. Inputs that are null are not tried."""
    samples = [_samples(table, index) for index in range(len(table.inputs))]
    size = 1
    for values in samples:
        size *= len(values)
    return None if size > MOST_COMBINATIONS else tuple(_tried(table, samples))


def _tried(table: Table, samples: list[list[Value]]) -> Iterator[Fault]:
    seen: set[tuple[Row, ...]] = set()
    for combination in product(*samples):
        hits = tuple(row for row in table.rows if _row_matches(row, combination))
        if hits not in seen and _is_fault(table, hits):
            seen.add(hits)
            names = (column.name for column in table.inputs)
            yield Fault(dict(zip(names, combination, strict=True)), hits)


def _row_matches(row: Row, values: tuple[Value, ...]) -> bool:
    return all(matches(test, value) for test, value in zip(row.tests, values, strict=True))


def _is_fault(table: Table, hits: tuple[Row, ...]) -> bool:
    if table.policy is HitPolicy.COLLECT:
        return False
    if table.policy is HitPolicy.UNIQUE and len(hits) > 1:
        return True
    disagree = any(row.outputs != hits[0].outputs for row in hits)
    return not hits or (table.policy is HitPolicy.ANY and disagree)


def _samples(table: Table, index: int) -> list[Value]:
    column = table.inputs[index]
    cells = [column.allowed, *(row.tests[index] for row in table.rows)]
    named = {value for cell in cells for value in _named(cell)} - {None}
    return [value for value in _between(column, named) if matches(column.allowed, value)]


def _named(cell: UnaryTests) -> Iterator[Value]:
    for test in cell.tests:
        match test:
            case Equals(value) | Compare(_, value):
                yield value
            case Between(low, high):
                yield from (low, high)


def _between(column: InputColumn, named: set[Value]) -> list[Value]:
    match column.type:
        case ValueType.BOOLEAN:
            return [True, False]
        case ValueType.NUMBER:
            return list(_numbers(sorted(v for v in named if isinstance(v, Decimal))))
        case ValueType.DATE:
            return list(_days(sorted(v for v in named if isinstance(v, date))))
        case _:
            return [*sorted(v for v in named if isinstance(v, str)), _OTHER]


def _numbers(named: list[Decimal]) -> Iterator[Decimal]:
    if not named:
        yield Decimal(0)
        return
    yield named[0] - 1
    for low, high in pairwise(named):
        yield from (low, (low + high) / 2)
    yield from (named[-1], named[-1] + 1)


def _days(named: list[date]) -> Iterator[date]:
    """Days have no halves: between two days lies their neighbour, if there is one."""
    if not named:
        yield date(2025, 1, 1)
        return
    one = timedelta(days=1)
    if named[0] > date.min:
        yield named[0] - one
    for low, high in pairwise(named):
        yield low
        if low + one < high:
            yield low + one
    yield named[-1]
    if named[-1] < date.max:
        yield named[-1] + one
