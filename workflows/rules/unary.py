"""Tokens to tests: the grammar of input cells and output cells.

::

    cell  = "-" | tests | "not" "(" tests ")"
    tests = test { "," test }
    test  = value | order value | ("[" | "(" | "]") value ".." value ("]" | ")" | "[")
    value = text | number | "true" | "false" | "null" | "date" "(" text ")"
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal

from workflows.rules.errors import RuleError
from workflows.rules.lexer import Token, tokens
from workflows.rules.model import (
    Between,
    Compare,
    Equals,
    Operator,
    Test,
    UnaryTests,
    Value,
    ValueType,
)

_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?")
"""Up to 24 digits: a thousand of them add up exactly within a decimal's 28."""
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_TYPE_ZH = {
    ValueType.STRING: "文本",
    ValueType.NUMBER: "数字",
    ValueType.BOOLEAN: "是/否",
    ValueType.DATE: "日期",
}


def unary_tests(cell: str, type_: ValueType) -> UnaryTests:
    """The tests of an input cell. Empty and ``-`` mean "anything"."""
    if cell.strip() in ("", "-"):
        return UnaryTests()
    return _Cell(cell, type_).tests()


def literal(cell: str, type_: ValueType) -> Value:
    """The value of an output cell. An empty one is null."""
    if not cell.strip():
        return None
    return _Cell(cell, type_).single_value()


class _Cell:
    """One pass over one cell's tokens."""

    def __init__(self, cell: str, type_: ValueType) -> None:
        self._tokens = tokens(cell)
        self._type = type_

    def tests(self) -> UnaryTests:
        negated = self._next_is("name", "not")
        if negated:
            self._take("name", "not")
            self._take("mark", "(")
        found = [self._test()]
        while self._next_is("mark", ","):
            self._take("mark", ",")
            found.append(self._test())
        if negated:
            self._take("mark", ")")
        self._end()
        return UnaryTests(tuple(found), negated)

    def single_value(self) -> Value:
        value = self._value()
        self._end()
        return value

    def _test(self) -> Test:
        if self._next_is("order"):
            operator = Operator(self._take("order").text)
            return Compare(operator, self._ordered())
        if any(self._next_is("mark", mark) for mark in "[(]"):
            return self._range()
        return Equals(self._value())

    def _range(self) -> Between:
        opening = self._take("mark").text
        low = self._ordered()
        self._take("range")
        high = self._ordered()
        closing = self._take("mark").text
        if closing not in "])[":
            raise RuleError("区间应以 ]、) 或 [ 结束", "a range ends with ], ) or [")
        if low > high:  # type: ignore[operator]  # both have the column's type
            raise RuleError(
                f"区间下限 {low} 大于上限 {high}", f"the range's low end {low} is above {high}"
            )
        return Between(low, high, low_closed=opening == "[", high_closed=closing == "]")

    def _ordered(self) -> Decimal | date:
        value = self._value()
        if isinstance(value, Decimal | date):
            return value
        raise RuleError("只有数字和日期可以比较大小", "only numbers and dates have an order")

    def _value(self) -> Value:
        token = self._take()
        if token.kind == "text":
            return self._typed(_text(token.text), ValueType.STRING)
        if token.kind == "number":
            return self._typed(_number(token.text), ValueType.NUMBER)
        if token.text == "date" and token.kind == "name":
            return self._typed(self._date(), ValueType.DATE)
        if token.text == "null":
            return None
        if token.text in _WORDS:
            return self._typed(_WORDS[token.text], ValueType.BOOLEAN)
        if token.kind == "name":
            raise RuleError(
                f"文本“{token.text}”应加半角引号", f"put the text {token.text!r} in quotes"
            )
        raise RuleError(f"此处不应有“{token.text}”", f"{token.text!r} is out of place")

    def _date(self) -> date:
        self._take("mark", "(")
        text = _text(self._take("text").text)
        self._take("mark", ")")
        return _date(text)

    def _typed(self, value: Value, type_: ValueType) -> Value:
        if type_ is not self._type:
            raise RuleError(
                f"该列类型是{_TYPE_ZH[self._type]}，此处写的是{_TYPE_ZH[type_]}",
                f"the column holds a {self._type}, the cell a {type_}",
            )
        return value

    def _next_is(self, kind: str, text: str | None = None) -> bool:
        return bool(self._tokens) and _is(self._tokens[0], kind, text)

    def _take(self, kind: str | None = None, text: str | None = None) -> Token:
        if not self._tokens:
            raise RuleError("内容不完整", "the cell ends too early")
        token = self._tokens.pop(0)
        if kind is not None and not _is(token, kind, text):
            wanted = text or kind
            raise RuleError(
                f"“{token.text}”处应为“{wanted}”", f"{wanted!r} expected, not {token.text!r}"
            )
        return token

    def _end(self) -> None:
        if self._tokens:
            extra = self._tokens[0].text
            raise RuleError(f"多余的内容“{extra}”", f"{extra!r} is one too many")


def _is(token: Token, kind: str, text: str | None) -> bool:
    return token.kind == kind and text in (None, token.text)


def _text(quoted: str) -> str:
    """FEEL's escapes are JSON's; a lone surrogate would not survive the way to the database."""
    try:
        text = str(json.loads(quoted))
        text.encode()
    except ValueError as error:
        raise RuleError("文本中的转义无效", "invalid escape in a text") from error
    return text


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise RuleError(
            "数字至多 18 位整数、6 位小数", "a number has at most 18 digits and 6 decimals"
        )
    return Decimal(text)


def _date(text: str) -> date:
    try:
        if _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise RuleError(f"“{text}”不是有效日期（年-月-日）", f"{text!r} is not a date (YYYY-MM-DD)")
