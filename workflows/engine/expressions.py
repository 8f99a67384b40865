"""Conditions of gateways: one hardened evaluator, shared by the engine and by the deploy lint.

What may be written: names of routing variables, `extra.<form>.<field>`, texts, integers, True,
False, None; comparisons, `in` a list of values, and, or, not, + and -. Nothing else parses, so
nothing ever reaches Python's own eval. A condition is parsed once per OS process.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from simpleeval import EvalWithCompoundTypes

from workflows.engine.errors import BadExpression
from workflows.engine.values import MAX_TEXT, Scalar

MAX_LENGTH = 500
MAX_NODES = 120

_LOGIC = (ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not)
_COMPARISON = (ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn)
_ARITHMETIC = (ast.BinOp, ast.Add, ast.Sub, ast.USub)
_VALUES = (ast.Constant, ast.Name, ast.Load, ast.Tuple, ast.List)
_ALLOWED: tuple[type[ast.AST], ...] = (*_LOGIC, *_COMPARISON, *_ARITHMETIC, *_VALUES)


@dataclass(frozen=True)
class Expression:
    """A condition that passed the whitelist. `names` are the variables that it reads."""

    text: str
    names: frozenset[str]
    tree: ast.expr


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A field that nobody has filled in is neither smaller nor larger than anything."""
    return lambda a, b: a is not None and b is not None and compare(a, b)


_EVALUATED: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: _ordered(operator.lt),
    ast.LtE: _ordered(operator.le),
    ast.Gt: _ordered(operator.gt),
    ast.GtE: _ordered(operator.ge),
    ast.In: lambda a, b: operator.contains(b, a),
    ast.NotIn: lambda a, b: not operator.contains(b, a),
}


class _ExtraNames(ast.NodeTransformer):
    """Reads `extra.form.field` as one name, so that attribute access never exists."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.Name:
        form = node.value
        if (
            isinstance(form, ast.Attribute)
            and isinstance(form.value, ast.Name)
            and form.value.id == "extra"
            and "_" not in (form.attr[0], node.attr[0])
        ):
            return ast.Name(id=f"extra.{form.attr}.{node.attr}", ctx=ast.Load())
        raise BadExpression("条件里不能取属性，只能写流转变量或 extra.表单.字段")


class _Evaluator(EvalWithCompoundTypes):  # type: ignore[misc]
    """simpleeval without functions, attributes, subscripts, comprehensions and heavy operators."""

    def __init__(self) -> None:
        super().__init__(operators=dict(_EVALUATED), functions={}, names={})
        self.functions: dict[str, Any] = {}
        nodes: dict[type[ast.AST], Any] = vars(self)["nodes"]
        self.nodes = {kind: run for kind, run in nodes.items() if kind in _ALLOWED}


@lru_cache(maxsize=4096)
def parsed(text: str) -> Expression:
    """The condition, if every part of it is in the whitelist; else BadExpression."""
    if not text or not text.strip():
        raise BadExpression("条件是空的")
    if len(text) > MAX_LENGTH:
        raise BadExpression(f"条件超过 {MAX_LENGTH} 个字符")
    try:
        tree = _ExtraNames().visit(ast.parse(text.strip(), mode="eval")).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadExpression(f"条件写得不对：{text!r}") from error
    nodes = list(ast.walk(tree))
    if len(nodes) > MAX_NODES:
        raise BadExpression("条件太长，请拆成几个网关")
    for node in nodes:
        _check(node, text)
    names = frozenset(node.id for node in nodes if isinstance(node, ast.Name))
    return Expression(text, names, tree)


def _check(node: ast.AST, text: str) -> None:
    if not isinstance(node, _ALLOWED):
        raise BadExpression(f"条件 {text!r} 里不能用 {type(node).__name__}")
    if isinstance(node, ast.Constant) and not _is_plain(node.value):
        raise BadExpression(f"条件 {text!r} 里只能写文字、整数、True、False、None")
    if isinstance(node, ast.Name) and (node.id == "extra" or node.id.startswith("_")):
        raise BadExpression(f"条件 {text!r} 里的名称 {node.id} 不能用")


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= MAX_TEXT
    return value is None or isinstance(value, bool | int)


def evaluate(text: str, variables: Mapping[str, Scalar]) -> Scalar:
    """The value of a condition. A variable that the process never set is an error;
    `extra.<form>.<field>` of a form that nobody recorded is None."""
    expression = parsed(text)
    names = {name: _value(name, variables, text) for name in expression.names}
    evaluator = _Evaluator()
    evaluator.names = names
    try:
        value = evaluator.eval(text, previously_parsed=expression.tree)
    except Exception as error:  # TypeError and the like: the message is the same to a person
        raise BadExpression(f"条件 {text!r} 无法计算：{error}") from error
    if not _is_plain(value):
        raise BadExpression(f"条件 {text!r} 的结果不是单个值")
    return value  # type: ignore[no-any-return]


def _value(name: str, variables: Mapping[str, Scalar], text: str) -> Scalar:
    if name in variables:
        return variables[name]
    if name.startswith("extra."):
        return None
    raise BadExpression(f"条件 {text!r} 用到的 {name} 还没有值")
