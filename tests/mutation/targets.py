"""What is broken on purpose: guards, permissions and duties, the calendar."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cosmic_ray.commands.init import _all_work_items
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

ROOT = Path(__file__).parents[2]
VAR = ROOT / "var" / "mutation"
TESTS = ("tests/workflows/guards", "tests/models", "tests/workflows", "tests/bpmn")
"""The tests that may kill: the guards' own first."""


def modules() -> list[Path]:
    """The targets, relative to the project."""
    guards = sorted((ROOT / "workflows" / "guards").glob("*.py"))
    others = [
        "workflows/access.py",
        "workflows/permissions.py",
        "workflows/duties.py",
        "models/calendar.py",
    ]
    found = [path.relative_to(ROOT) for path in guards if path.stat().st_size > 0]
    return [*found, *map(Path, others)]


@dataclass(frozen=True)
class Mutant:
    """One break: where, by which operator, how often the operator matched before."""

    module: str
    operator: str
    occurrence: int
    line: int
    inside: str | None
    """The function that is broken; None for what runs when the module is read."""

    @property
    def key(self) -> str:
        """Stable while the module's text is: a changed module is judged anew."""
        text = (ROOT / self.module).read_bytes()
        sign = f"{self.module}:{self.operator}:{self.occurrence}".encode()
        return hashlib.sha256(text + sign).hexdigest()[:20]

    def source(self) -> str | None:
        """The broken module; None where nothing is left to break."""
        operator = get_operator(self.operator)()
        return mutate_code((ROOT / self.module).read_text("utf-8"), operator, self.occurrence)


def mutants(paths: list[Path] | None = None) -> Iterator[Mutant]:
    """Every mutant of the default operators, but those of type annotations: they decide nothing."""
    for item in _all_work_items([ROOT / p for p in paths or modules()], {}):
        (spec,) = item.mutations
        module = str(Path(spec.module_path).relative_to(ROOT))
        if any(begin <= spec.start_pos < end for begin, end in _annotations(module)):
            continue
        yield Mutant(
            module=module,
            operator=spec.operator_name,
            occurrence=spec.occurrence,
            line=spec.start_pos[0],
            inside=spec.definition_name,
        )


@cache
def _annotations(module: str) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    """Where the annotations of a module stand: (line, column) from and to."""
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    found: list[ast.expr | None] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            found.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            found.append(node.returns)
    return tuple(
        ((e.lineno, e.col_offset), (e.end_lineno or e.lineno, e.end_col_offset or 0))
        for e in found
        if e is not None
    )


def read_lines(path: Path) -> list[dict[str, object]]:
    """The rows of a file of JSON lines; none where there is no file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
