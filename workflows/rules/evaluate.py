"""A table and the facts of a case to an outcome, with the rows that led there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from workflows.rules.errors import Place, RuleError, located
from workflows.rules.matching import matches
from workflows.rules.model import (
    Aggregation,
    HitPolicy,
    InputColumn,
    Row,
    Scalar,
    Table,
    Value,
    ValueType,
)

_PYTHON_TYPE: dict[ValueType, type] = {
    ValueType.STRING: str,
    ValueType.NUMBER: Decimal,
    ValueType.BOOLEAN: bool,
    ValueType.DATE: date,
}


@dataclass(frozen=True)
class Outcome:
    """What a table answered, by output name, and the ids of the rows that matched.

    Without a match every output is None (COUNT is 0). COLLECT without aggregation gives a tuple
    of the matching rows' values for each output.
    """

    outputs: Mapping[str, Value | tuple[Value, ...]]
    rules: tuple[str, ...]
    policy: HitPolicy


def evaluate(table: Table, inputs: Mapping[str, Scalar]) -> Outcome:
    """The table's answer. A missing, mistyped or disallowed input is a :class:`RuleError`."""
    with located(file=table.file):
        facts = [_fact(column, inputs) for column in table.inputs]
        hits = [row for row in table.rows if _row_matches(row, facts)]
        return _POLICIES[table.policy](table, hits)


def _row_matches(row: Row, facts: Sequence[Value]) -> bool:
    return all(matches(test, fact) for test, fact in zip(row.tests, facts, strict=True))


def _fact(column: InputColumn, inputs: Mapping[str, Scalar]) -> Value:
    with located(column=column.label, element=column.id):
        if column.name not in inputs:
            raise RuleError(f"缺少输入“{column.name}”", f"input {column.name!r} is missing")
        value = _exact(inputs[column.name])
        if value is None:
            return None
        wanted = _PYTHON_TYPE[column.type]
        # A datetime is a date to Python, but its day depends on the time zone: not a fact.
        if not isinstance(value, wanted) or isinstance(value, datetime):
            raise RuleError(
                f"输入“{column.name}”的类型不是 {column.type}",
                f"input {column.name!r} is not a {column.type}",
            )
        if not matches(column.allowed, value):
            raise RuleError(
                f"输入值“{value}”不在允许值之内", f"input value {value!r} is not allowed"
            )
        return value


def _exact(value: Scalar) -> Value:
    """Integers and floats as decimals (``0.1`` as written); NaN and infinity are refused."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise RuleError("输入不是有限数字", "the input is not a finite number")
    return number


def _unique(table: Table, hits: list[Row]) -> Outcome:
    if len(hits) > 1:
        raise _conflict(hits, "只能命中一行，实际命中多行", "rows overlap, only one may match")
    return _single(table, hits)


def _first(table: Table, hits: list[Row]) -> Outcome:
    return _single(table, hits[:1])


def _any(table: Table, hits: list[Row]) -> Outcome:
    if any(row.outputs != hits[0].outputs for row in hits):
        raise _conflict(hits, "命中的各行结果不一致", "the matching rows disagree")
    outcome = _single(table, hits[:1])
    return Outcome(outcome.outputs, _ids(hits), table.policy)


def _collect(table: Table, hits: list[Row]) -> Outcome:
    columns = list(zip(*(row.outputs for row in hits), strict=True)) or [()] * len(table.outputs)
    if table.aggregation is None:
        outputs = {
            column.name: values for column, values in zip(table.outputs, columns, strict=True)
        }
        return Outcome(outputs, _ids(hits), table.policy)
    folded = _fold(table.aggregation, columns[0])
    return Outcome({table.outputs[0].name: folded}, _ids(hits), table.policy)


def _fold(aggregation: Aggregation, values: Sequence[Any]) -> Value:
    if aggregation is Aggregation.COUNT:
        return Decimal(len(values))
    if not values:
        return None
    if aggregation is Aggregation.SUM:
        return sum(values, Decimal(0))
    value: Value = min(values) if aggregation is Aggregation.MIN else max(values)
    return value


def _single(table: Table, hits: list[Row]) -> Outcome:
    values = hits[0].outputs if hits else (None,) * len(table.outputs)
    outputs = {column.name: value for column, value in zip(table.outputs, values, strict=True)}
    return Outcome(outputs, _ids(hits), table.policy)


def _ids(hits: list[Row]) -> tuple[str, ...]:
    return tuple(row.id for row in hits)


def _conflict(hits: list[Row], zh: str, en: str) -> RuleError:
    ids = ", ".join(_ids(hits))
    place = Place(rows=tuple(row.number for row in hits))
    return RuleError(f"{zh}（{ids}）", f"{en} ({ids})", place, hits[0].id)


_POLICIES: dict[HitPolicy, Callable[[Table, list[Row]], Outcome]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.FIRST: _first,
    HitPolicy.ANY: _any,
    HitPolicy.COLLECT: _collect,
}
