"""The head of a table: its input and output columns."""

from __future__ import annotations

import re

from workflows.rules.errors import RuleError, located
from workflows.rules.model import InputColumn, OutputColumn, UnaryTests, ValueType
from workflows.rules.unary import unary_tests
from workflows.rules.xml import Element, attribute, children, only, text_of

MOST_COLUMNS = 50

_TYPES = {
    "string": ValueType.STRING,
    "number": ValueType.NUMBER,
    # Older modelers name Java's number types; the values are the same decimals here.
    "integer": ValueType.NUMBER,
    "long": ValueType.NUMBER,
    "double": ValueType.NUMBER,
    "boolean": ValueType.BOOLEAN,
    "date": ValueType.DATE,
}
_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*){0,4}")
_FEEL = ("", "feel", "s-feel", "https://www.omg.org/spec/dmn/20191111/feel/")


def input_columns(table: Element) -> tuple[InputColumn, ...]:
    """The facts that the rows look at; their names are distinct."""
    columns = tuple(
        _input(column, number) for number, column in enumerate(_heads(table, "input"), 1)
    )
    _refuse_twins([column.name for column in columns])
    return columns


def output_columns(table: Element, decision: str) -> tuple[OutputColumn, ...]:
    """The results. A single one may stay unnamed and then bears the decision's id (DMN 8.3.3)."""
    heads = _heads(table, "output")
    if not heads:
        raise RuleError("决策表没有输出列", "the table has no output column")
    fallback = decision if len(heads) == 1 else ""
    columns = tuple(_output(column, number, fallback) for number, column in enumerate(heads, 1))
    _refuse_twins([column.name for column in columns])
    return columns


def refuse_other_languages(element: Element) -> None:
    """Cells are S-FEEL. A cell in another language would be read as something it is not."""
    language = attribute(element, "expressionLanguage")
    if language.lower() not in _FEEL:
        raise RuleError(
            f"不支持表达式语言 {language}", f"expression language {language} is not supported"
        )


def _heads(table: Element, name: str) -> list[Element]:
    found = children(table, name)
    if len(found) > MOST_COLUMNS:
        raise RuleError(f"列数超过 {MOST_COLUMNS}", f"more than {MOST_COLUMNS} columns")
    return found


def _input(head: Element, number: int) -> InputColumn:
    element = attribute(head, "id")
    label = attribute(head, "label")
    with located(column=label or str(number), element=element):
        expression = only(head, "inputExpression")
        refuse_other_languages(expression)
        name = text_of(expression).strip()
        _require_name(name)
        type_ = _type(attribute(expression, "typeRef"))
        return InputColumn(
            element, name, label or name, type_, _allowed(head, "inputValues", type_)
        )


def _output(head: Element, number: int, fallback: str) -> OutputColumn:
    element = attribute(head, "id")
    label, name = attribute(head, "label"), attribute(head, "name") or fallback
    with located(column=label or name or str(number), element=element):
        _require_name(name)
        if children(head, "defaultOutputEntry"):
            raise RuleError("不支持默认输出", "default outputs are not supported")
        type_ = _type(attribute(head, "typeRef"))
        return OutputColumn(
            element, name, label or name, type_, _allowed(head, "outputValues", type_)
        )


def _require_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise RuleError(f"“{name}”不是有效的变量名", f"{name!r} is not a plain variable name")


def _type(type_ref: str) -> ValueType:
    if type_ref not in _TYPES:
        raise RuleError(
            f"不支持类型“{type_ref}”，可用 string、number、boolean、date",
            f"type {type_ref!r} is not supported: use string, number, boolean or date",
        )
    return _TYPES[type_ref]


def _allowed(head: Element, name: str, type_: ValueType) -> UnaryTests:
    return unary_tests(text_of(only(head, name)), type_) if children(head, name) else UnaryTests()


def _refuse_twins(names: list[str]) -> None:
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise RuleError(f"列“{twins[0]}”重复", f"column {twins[0]!r} appears twice")
