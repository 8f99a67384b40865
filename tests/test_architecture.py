"""The shape of the tree itself: rules that a reviewer would otherwise repeat every time.

Directions of imports are in pyproject.toml (import-linter); here is what imports cannot say.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = ("models", "workflows", "webapp")
GENERATED = ROOT / "models" / "migrations" / "versions"
LONGEST_FILE = 400
FUNCTION_P90 = 25
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
WALL_CLOCK = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
CLOCK_MODULE = ROOT / "workflows" / "clock.py"


def sources(*folders: str) -> list[Path]:
    """All Python files of ours in `folders`, generated revisions and bundles apart."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if GENERATED not in path.parents and "node_modules" not in path.parts
    ]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(path: Path) -> set[str]:
    """Top-level packages that a file imports, inside functions included."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators and docstring."""
    first = function.body[0]
    start = function.lineno
    if ast.get_docstring(function, clean=False) is not None:
        start += (first.end_lineno or first.lineno) - first.lineno + 1
    return (function.end_lineno or function.lineno) - start + 1


def test_exactly_one_place_commits() -> None:
    # The benchmark's floor is what writing without the program costs.
    floor = ROOT / "workflows" / "trials" / "bench_tasks.py"
    committing = [
        f"{named(path)}:{node.lineno}"
        for path in sources(*PROGRAM)
        if path != floor
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert len(committing) == 1, committing
    assert committing[0].startswith("workflows/transaction.py")


def test_packs_are_data() -> None:
    assert [named(path) for path in (ROOT / "bpmn").rglob("*.py")] == []


def test_only_the_engine_imports_spiffworkflow() -> None:
    outside = [
        named(path)
        for path in sources(*PROGRAM)
        if "SpiffWorkflow" in imported(path) and "engine" not in path.relative_to(ROOT).parts
    ]
    assert outside == []


def test_the_record_and_the_workflows_know_no_web() -> None:
    web = {"flask", "werkzeug", "jinja2", "flask_login", "flask_babel", "flask_smorest"}
    knowing = [named(p) for p in sources("models", "workflows") if imported(p) & web]
    assert knowing == []


def test_the_web_writes_no_sql() -> None:
    database_error_is_explained_here = {"webapp/cli/__init__.py"}
    with_sql = {
        named(path) for path in sources("webapp") if imported(path) & {"sqlalchemy", "psycopg"}
    }
    assert with_sql - database_error_is_explained_here == set()


def test_now_is_an_argument_everywhere_but_in_the_clock_module() -> None:
    reading = [
        f"{named(path)}:{node.lineno}"
        for path in sources("models", "workflows")
        if path != CLOCK_MODULE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (name_of(node.func.value), node.func.attr) in WALL_CLOCK
    ]
    assert reading == []


def name_of(node: ast.expr) -> str:
    """``datetime`` for both ``datetime.now`` and ``datetime.datetime.now``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("folder", [*PROGRAM, "tests"])
def test_no_file_is_longer_than_anyone_reads(folder: str) -> None:
    lengths = {named(p): len(p.read_text(encoding="utf-8").splitlines()) for p in sources(folder)}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_nine_functions_of_ten_fit_on_a_screen() -> None:
    lengths = sorted(body_length(f) for path in sources(*PROGRAM) for f in functions(path))
    assert lengths[len(lengths) * 9 // 10] <= FUNCTION_P90


def test_names_say_what_a_module_is_for() -> None:
    empty = [
        named(path)
        for path in sources(*PROGRAM, "tests")
        if set(re.split(r"[_.]", path.stem)) & EMPTY_NAMES or path.parent.name in EMPTY_NAMES
    ]
    assert empty == []


def test_every_package_of_tests_mirrors_a_package_of_the_program() -> None:
    unmatched = []
    for folder in (f for layer in PROGRAM for f in (ROOT / "tests" / layer).rglob("*/")):
        mirrored = ROOT / folder.relative_to(ROOT / "tests")
        if any(folder.glob("test_*.py")) and not (
            mirrored.is_dir() or mirrored.with_suffix(".py").exists()
        ):
            unmatched.append(named(folder))
    assert unmatched == []


def test_no_secret_lies_in_the_tree() -> None:
    pattern = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")
    kept = [
        named(path)
        for folder in (*PROGRAM, "bpmn", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "node_modules" not in path.parts and pattern.search(path.read_bytes())
    ]
    assert kept == []
