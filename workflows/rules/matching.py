"""Does a value pass a cell? Three-valued, as FEEL has it: comparing null gives "unknown"."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from workflows.rules.model import Between, Compare, Equals, Operator, Test, UnaryTests, Value

_ORDER: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.LESS: operator.lt,
    Operator.LESS_EQUAL: operator.le,
    Operator.GREATER: operator.gt,
    Operator.GREATER_EQUAL: operator.ge,
}


def matches(cell: UnaryTests, value: Value) -> bool:
    """True when the cell is "-" or one of its tests holds (none of them, when negated).

    An unknown stays unknown under ``not``, so ``not(< 5)`` does not match null; but
    ``not("a")`` does, because "null equals a" is known to be false.
    """
    if cell.always:
        return True
    answers = [_holds(test, value) for test in cell.tests]
    if True in answers:
        return not cell.negated
    return cell.negated and None not in answers


def _holds(test: Test, value: Value) -> bool | None:
    if isinstance(test, Equals):
        return test.value == value
    if not isinstance(value, Decimal | date):
        return None
    if isinstance(test, Compare):
        return _ORDER[test.operator](value, test.value)
    return _inside(test, value)


def _inside(test: Between, value: Decimal | date) -> bool:
    after = operator.ge if test.low_closed else operator.gt
    before = operator.le if test.high_closed else operator.lt
    return bool(after(value, test.low) and before(value, test.high))
