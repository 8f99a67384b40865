"""Decision tables (DMN 1.3): what dmn-js writes, read strictly and evaluated in exact numbers.

A table is law written as rows. Reading one that means something else than its author sees in the
editor is worse than refusing it, so everything outside the subset is a :class:`RuleError` that
names file, row and column.
"""

from workflows.rules.errors import RuleError
from workflows.rules.evaluate import Outcome, evaluate
from workflows.rules.model import HitPolicy, Scalar, Table, Value, ValueType
from workflows.rules.parser import parse

__all__ = [
    "HitPolicy",
    "Outcome",
    "RuleError",
    "Scalar",
    "Table",
    "Value",
    "ValueType",
    "evaluate",
    "parse",
]
