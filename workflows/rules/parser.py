"""DMN XML to a :class:`Table`: exactly the subset that dmn-js writes and that we evaluate."""

from __future__ import annotations

from decimal import Decimal

from workflows.rules.columns import input_columns, output_columns, refuse_other_languages
from workflows.rules.errors import RuleError, located
from workflows.rules.matching import matches
from workflows.rules.model import (
    Aggregation,
    Equals,
    HitPolicy,
    InputColumn,
    OutputColumn,
    Row,
    Table,
    UnaryTests,
    Value,
    ValueType,
)
from workflows.rules.unary import literal, unary_tests
from workflows.rules.xml import Element, attribute, children, only, root_of, text_of

MOST_ROWS = 1_000

_ORDERED = (ValueType.NUMBER, ValueType.DATE)


def parse(xml: bytes, file: str = "") -> Table:
    """Read one decision table; whatever is wrong with the file is a :class:`RuleError`."""
    with located(file=file):
        decision = _decision(root_of(xml))
        body = only(decision, "decisionTable")
        inputs = input_columns(body)
        outputs = output_columns(body, attribute(decision, "id"))
        policy, aggregation = _policy(body, outputs)
        return Table(
            id=attribute(decision, "id"),
            name=attribute(decision, "name"),
            file=file,
            policy=policy,
            aggregation=aggregation,
            inputs=inputs,
            outputs=outputs,
            rows=_rows(body, inputs, outputs, filled=aggregation is not None),
        )


def _decision(root: Element) -> Element:
    found = children(root, "decision")
    if len(found) != 1:
        raise RuleError(
            f"文件应有且仅有一个决策，现有 {len(found)} 个",
            f"the file holds {len(found)} decisions instead of one",
        )
    return found[0]


def _policy(
    body: Element, outputs: tuple[OutputColumn, ...]
) -> tuple[HitPolicy, Aggregation | None]:
    hit, fold = attribute(body, "hitPolicy") or "UNIQUE", attribute(body, "aggregation")
    if hit not in HitPolicy.__members__:
        raise RuleError(f"不支持命中策略 {hit}", f"hit policy {hit} is not supported")
    if not fold:
        return HitPolicy(hit), None
    if hit != "COLLECT" or fold not in Aggregation.__members__:
        raise RuleError(f"{hit} 不能用汇总方式 {fold}", f"{hit} cannot be aggregated by {fold}")
    aggregation = Aggregation(fold)
    _require_foldable(aggregation, outputs)
    return HitPolicy.COLLECT, aggregation


def _require_foldable(aggregation: Aggregation, outputs: tuple[OutputColumn, ...]) -> None:
    types = {
        Aggregation.COUNT: tuple(ValueType),
        Aggregation.SUM: (ValueType.NUMBER,),
        Aggregation.MIN: _ORDERED,
        Aggregation.MAX: _ORDERED,
    }[aggregation]
    if len(outputs) != 1 or outputs[0].type not in types:
        raise RuleError(
            f"{aggregation} 需要一个数字（或日期）输出列",
            f"{aggregation} needs one output column of numbers (or dates)",
        )


def _rows(
    body: Element,
    inputs: tuple[InputColumn, ...],
    outputs: tuple[OutputColumn, ...],
    *,
    filled: bool,
) -> tuple[Row, ...]:
    rules = children(body, "rule")
    if len(rules) > MOST_ROWS:
        raise RuleError(f"行数超过 {MOST_ROWS}", f"more than {MOST_ROWS} rows")
    rows = []
    seen: set[str] = set()
    for number, rule in enumerate(rules, 1):
        element = attribute(rule, "id")
        with located(row=number, element=element):
            if not element or element in seen:
                raise RuleError("规则缺少 id 或 id 重复", "the rule has no id of its own")
            seen.add(element)
            rows.append(_row(rule, number, inputs, outputs, filled))
    return tuple(rows)


def _row(
    rule: Element,
    number: int,
    inputs: tuple[InputColumn, ...],
    outputs: tuple[OutputColumn, ...],
    filled: bool,
) -> Row:
    conditions, results = children(rule, "inputEntry"), children(rule, "outputEntry")
    if (len(conditions), len(results)) != (len(inputs), len(outputs)):
        raise RuleError(
            "单元格数与列数不符", "the row has not as many cells as the table has columns"
        )
    return Row(
        id=attribute(rule, "id"),
        number=number,
        tests=tuple(_test(*pair) for pair in zip(conditions, inputs, strict=True)),
        outputs=tuple(_result(*pair, filled) for pair in zip(results, outputs, strict=True)),
        description=str(rule.findtext("{*}description") or "").strip(),
    )


def _test(cell: Element, column: InputColumn) -> UnaryTests:
    with located(column=column.label, element=attribute(cell, "id")):
        refuse_other_languages(cell)
        tests = unary_tests(text_of(cell), column.type)
        for test in tests.tests:
            if isinstance(test, Equals):
                _require_allowed(test.value, column)
        return tests


def _result(cell: Element, column: OutputColumn, filled: bool) -> Value:
    with located(column=column.label, element=attribute(cell, "id")):
        refuse_other_languages(cell)
        value = literal(text_of(cell), column.type)
        if filled and value is None:
            raise RuleError("汇总列不能为空", "a column that is aggregated has no empty cells")
        _require_allowed(value, column)
        return value


def _require_allowed(value: Value, column: InputColumn | OutputColumn) -> None:
    """A value outside the column's list can never be met: a typing error, not a rule."""
    if value is not None and not matches(column.allowed, value):
        shown = f"{value:f}" if isinstance(value, Decimal) else str(value)
        raise RuleError(
            f"“{shown}”不在该列允许值之内", f"{shown!r} is not an allowed value of the column"
        )
