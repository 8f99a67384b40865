"""No threshold or limit of the law stands in Python: each is a dated parameter (domain.md 1.6).

Wherever legal rules are written, a number that is also the value of a parameter, or that counts
days, must be on the list below with the reason why it is none of the law's. A new one fails here:
make it a parameter in `bpmn/_shared/parameters.yaml` and read it with `act.parameter(...)`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from workflows.reference.parameters import load_parameters

ROOT = Path(__file__).parents[1]
PARAMETERS = load_parameters(ROOT / "bpmn" / "_shared" / "parameters.yaml")
LEGAL = (
    "models/clock*.py", "models/*_clocks.py", "models/duration*.py", "models/law*.py",
    "workflows/guards/*.py", "workflows/handlers/*.py", "workflows/clocks.py",
    "workflows/duties.py", "workflows/discretion.py", "workflows/operations.py",
    "workflows/record.py", "workflows/rows.py", "workflows/exempting.py",
    "workflows/monitoring.py", "workflows/reminders.py", "workflows/scheduler.py",
)  # fmt: skip
"""Where rules of law are written or applied."""
SMALL = 2
"""Numbers up to here index, pair and count; the pair of officers (APL 42) is a parameter too."""
NOT_LAW = {
    ("workflows/guards/bureau.py", "PASSWORD_LENGTH"): "characters of a password",
    ("workflows/guards/desk.py", "NOTE_LENGTH"): "characters of a remark",
    ("workflows/guards/desk.py", "REASON_LENGTH"): "characters of a reason",
    ("workflows/guards/law_change.py", "EARLIEST"): "slips of the keyboard",
    ("workflows/handlers/reference.py", "SHARED"): "folders above this file",
    ("workflows/scheduler.py", "BATCH"): "rows read at once",
    ("workflows/scheduler.py", "MOST_RESTS"): "ticks between tries",
}
"""(file, name that the number is given) → what it counts. Only named numbers can be listed."""
WORDS = ("timedelta", "Decimal", "Fraction", "Period", "add_months", "add_days", "add_working")
"""Calls that make periods, amounts and shares: a literal in them is law, whatever its value."""


def values() -> frozenset[Fraction]:
    """Every number that some parameter has or had."""
    found: set[Fraction] = set()
    for parameter in PARAMETERS.values():
        for value in parameter.values:
            found |= set(_numbers(value.value))
    return frozenset(n for n in found if n > SMALL or n.denominator > 1)


def _numbers(value: Any) -> Iterator[Fraction]:
    if isinstance(value, bool):
        return
    if isinstance(value, int) or (isinstance(value, str) and "/" in value):
        yield Fraction(value)
    elif isinstance(value, dict):
        for pair in value.values():
            yield from (Fraction(each) for each in pair)


VALUES = values()


def literals(path: Path, source: str) -> Iterator[str]:
    """`line: number` of each literal in a file that may be one of the law's."""
    tree = ast.parse(source)
    allowed = set(_allowed(path, tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or node in allowed:
            continue
        number = _number(node.value)
        if number is not None and abs(number) in VALUES:
            yield f"{node.lineno}: {node.value}"
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
        yield from _made(call, allowed)


def _number(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Fraction(str(value))


def _made(call: ast.Call, allowed: set[ast.AST]) -> Iterator[str]:
    """Periods, amounts and shares that are written out: Decimal("200"), timedelta(days=5)."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name not in WORDS:
        return
    for given in (*call.args, *(k.value for k in call.keywords)):
        if not isinstance(given, ast.Constant) or given in allowed:
            continue
        text = str(given.value)
        if any(c.isdigit() for c in text) and _worth(text) > SMALL:
            yield f"{given.lineno}: {name}({text})"


def _worth(text: str) -> Fraction:
    try:
        number = Fraction(text)
    except ValueError:
        return Fraction(0)
    return number if number.denominator == 1 else Fraction(SMALL + 1)


def _allowed(path: Path, tree: ast.Module) -> Iterator[ast.AST]:
    relative = path.relative_to(ROOT).as_posix()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
            if any((relative, name) in NOT_LAW for name in names):
                yield from ast.walk(node)
        elif isinstance(node, ast.Slice) or _measures_text(node):
            yield from ast.walk(node)


def _measures_text(node: ast.AST) -> bool:
    """The width of a column, or a comparison with the length of a text or a number's digits."""
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") == "String"
    return isinstance(node, ast.Compare) and "len(" in ast.unparse(node)


FILES = sorted(path for pattern in LEGAL for path in ROOT.glob(pattern))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_threshold_or_limit_of_the_law_is_a_literal(path: Path) -> None:
    assert list(literals(path, path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "if fine > 3000: pass",
        "CEILING = 200",
        "limit = Decimal('5000')",
        "quorum = Fraction('2/3')",
        "until = now + timedelta(days=7)",
        "end = add_months(start, 24)",
        "period = Period(90, PeriodUnit.CALENDAR_DAY)",
        "young = age < 14",
        "working('verify', 15)",
        "rate = 0.03",
    ],
)
def test_a_literal_that_comes_back_is_found(line: str) -> None:
    assert list(literals(ROOT / "workflows" / "guards" / "new.py", line)) != []


@pytest.mark.parametrize(
    "line",
    ["rows[-1]", "len(number) == 18", "text[:14]", "pairs = (0, 1, 2)", "act.parameter('x')"],
)
def test_what_is_no_law_is_let_through(line: str) -> None:
    assert list(literals(ROOT / "workflows" / "guards" / "new.py", line)) == []


def test_every_exception_is_still_there() -> None:
    for path, name in NOT_LAW:
        assert f"{name}" in (ROOT / path).read_text(encoding="utf-8"), (path, name)
