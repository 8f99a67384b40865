"""When a field is shown or required: a condition on other fields of the same form.

The language is `==`, `!=`, `in`, `not in`, `and`, `or`, `not` over field names, texts, integers,
`true`, `false`, `null` and lists of those. It is written like Python, read by Python's own parser
and nothing of it is ever run by Python: it becomes a small tree with one meaning, which the server
evaluates here and the browser evaluates from `to_json`.

Meaning, on both sides: values are equal only within one type (`1` is not `true`); a field that is
not filled in is null, an unfilled list is empty, a boolean is false; a bare field name holds when
it is filled in (true, a text, a number, a list with items).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.errors import Text

LONGEST = 500
MOST_NODES = 100

Plain = str | int | bool | None


class BadCondition(ValueError):
    """The condition cannot be read; `text` says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


class Condition:
    """A condition over the fields of one form."""

    def holds(self, values: Mapping[str, Any]) -> bool:
        """True for these field values (as loaded: dates are dates, money is Decimal)."""
        return _filled(self.value(values))

    def value(self, values: Mapping[str, Any]) -> Any:
        raise NotImplementedError

    def to_json(self) -> dict[str, Any]:
        """The tree for the browser: one key, the operator; its value, the operands."""
        raise NotImplementedError

    def names(self) -> frozenset[str]:
        """The fields that it reads."""
        return frozenset()


@dataclass(frozen=True)
class Named(Condition):
    name: str

    def value(self, values: Mapping[str, Any]) -> Any:
        return values.get(self.name)

    def to_json(self) -> dict[str, Any]:
        return {"field": self.name}

    def names(self) -> frozenset[str]:
        return frozenset({self.name})


@dataclass(frozen=True)
class Literal(Condition):
    literal: Plain | tuple[Plain, ...]

    def value(self, values: Mapping[str, Any]) -> Any:
        return self.literal

    def to_json(self) -> dict[str, Any]:
        return {"value": list(self.literal) if isinstance(self.literal, tuple) else self.literal}


@dataclass(frozen=True)
class Equal(Condition):
    left: Condition
    right: Condition

    def value(self, values: Mapping[str, Any]) -> bool:
        return _same(self.left.value(values), self.right.value(values))

    def to_json(self) -> dict[str, Any]:
        return {"eq": [self.left.to_json(), self.right.to_json()]}

    def names(self) -> frozenset[str]:
        return self.left.names() | self.right.names()


@dataclass(frozen=True)
class Member(Condition):
    item: Condition
    container: Condition

    def value(self, values: Mapping[str, Any]) -> bool:
        container = self.container.value(values)
        if isinstance(container, str) or not isinstance(container, Sequence):
            return False
        item = self.item.value(values)
        return any(_same(item, each) for each in container)

    def to_json(self) -> dict[str, Any]:
        return {"in": [self.item.to_json(), self.container.to_json()]}

    def names(self) -> frozenset[str]:
        return self.item.names() | self.container.names()


@dataclass(frozen=True)
class Every(Condition):
    parts: tuple[Condition, ...]

    def value(self, values: Mapping[str, Any]) -> bool:
        return all(part.holds(values) for part in self.parts)

    def to_json(self) -> dict[str, Any]:
        return {"and": [part.to_json() for part in self.parts]}

    def names(self) -> frozenset[str]:
        return frozenset().union(*(part.names() for part in self.parts))


@dataclass(frozen=True)
class Some(Condition):
    parts: tuple[Condition, ...]

    def value(self, values: Mapping[str, Any]) -> bool:
        return any(part.holds(values) for part in self.parts)

    def to_json(self) -> dict[str, Any]:
        return {"or": [part.to_json() for part in self.parts]}

    def names(self) -> frozenset[str]:
        return frozenset().union(*(part.names() for part in self.parts))


@dataclass(frozen=True)
class Negated(Condition):
    part: Condition

    def value(self, values: Mapping[str, Any]) -> bool:
        return not self.part.holds(values)

    def to_json(self) -> dict[str, Any]:
        return {"not": self.part.to_json()}

    def names(self) -> frozenset[str]:
        return self.part.names()


def _filled(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", (), [])


def _same(left: Any, right: Any) -> bool:
    """Equality as the browser has it on the values that a page holds."""
    if isinstance(left, bool) or isinstance(right, bool) or left is None or right is None:
        return left is right
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return left == right
    if isinstance(left, date) or isinstance(right, date):
        return False
    return type(left) is type(right) and bool(left == right)


_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def parse_condition(text: str) -> Condition:
    """Read a condition; whatever is outside the language is a :class:`BadCondition`."""
    if len(text) > LONGEST:
        raise BadCondition(f"条件超过 {LONGEST} 个字符", f"condition over {LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
        nodes = sum(1 for _ in ast.walk(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadCondition("条件写法有误", "the condition cannot be read") from error
    if nodes > MOST_NODES:
        raise BadCondition("条件过长", "the condition is too long")
    return _condition(tree)


def _condition(node: ast.expr) -> Condition:
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            return Every(tuple(_condition(part) for part in parts))
        case ast.BoolOp(op=ast.Or(), values=parts):
            return Some(tuple(_condition(part) for part in parts))
        case ast.UnaryOp(op=ast.Not(), operand=part):
            return Negated(_condition(part))
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            return _comparison(operator, _operand(left), _operand(right))
        case _:
            return _operand(node)


def _comparison(operator: ast.cmpop, left: Condition, right: Condition) -> Condition:
    match operator:
        case ast.Eq():
            return Equal(_single(left), _single(right))
        case ast.NotEq():
            return Negated(Equal(_single(left), _single(right)))
        case ast.In():
            return Member(_single(left), _container(right))
        case ast.NotIn():
            return Negated(Member(_single(left), _container(right)))
        case _:
            raise BadCondition(
                "条件只能用 ==、!=、in、not in 比较", "only ==, !=, in and not in compare"
            )


def _operand(node: ast.expr) -> Condition:
    match node:
        case ast.Name(id=word) if word in _WORDS:
            return Literal(_WORDS[word])
        case ast.Name(id=name):
            return Named(name)
        case ast.Constant() | ast.UnaryOp(op=ast.USub()):
            return Literal(_plain(node))
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return Literal(tuple(_plain(item) for item in items))
        case _:
            raise BadCondition(
                "条件中只能有字段名、文本、整数和列表",
                "a condition holds only field names, texts, integers and lists",
            )


def _plain(node: ast.expr) -> Plain:
    match node:
        case ast.Constant(value=str() | bool() | int() | None as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as number)):
            return -number
        case ast.Name(id=word) if word in _WORDS:
            return _WORDS[word]
        case _:
            raise BadCondition("只能写文本、整数、true、false、null", "not a plain value")


def _single(operand: Condition) -> Condition:
    if isinstance(operand, Literal) and isinstance(operand.literal, tuple):
        raise BadCondition("列表只能用于 in", "a list stands only after in")
    return operand


def _container(operand: Condition) -> Condition:
    if isinstance(operand, Literal) and not isinstance(operand.literal, tuple):
        raise BadCondition(
            "in 之后应是列表或多选字段", "in is followed by a list or a field of several"
        )
    return operand
