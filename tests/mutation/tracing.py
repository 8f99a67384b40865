"""Which test passes which line: a pytest plugin that names each test to the coverage tracer."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import coverage
import pytest

from tests.mutation.targets import ROOT, TESTS, VAR, modules

MAP = VAR / "lines.json"


class Tracer:
    """Measures the targets while pytest runs, test by test."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self.coverage = coverage.Coverage(
            data_file=None, include=[str(ROOT / path) for path in modules()], messages=False
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Everything from set-up to tear-down counts as the test's."""
        self.coverage.switch_context(item.nodeid)
        begun = time.perf_counter()
        try:
            return (yield)
        finally:
            self.took[item.nodeid] = round(time.perf_counter() - begun, 3)

    def lines(self) -> dict[str, dict[str, list[str]]]:
        """{module: {line: tests that pass it}}."""
        data = self.coverage.get_data()
        found: dict[str, dict[str, list[str]]] = {}
        for path in modules():
            by_line = data.contexts_by_lineno(str(ROOT / path))
            found[str(path)] = {str(n): [t for t in tests if t] for n, tests in by_line.items()}
        return found


def trace(tests: tuple[str, ...] = TESTS) -> int:
    """Run the tests once under the tracer; returns pytest's exit code."""
    tracer = Tracer()
    tracer.coverage.start()
    chosen: list[str] = [str(ROOT / test) for test in tests]
    code: Any = pytest.main(["-q", "-m", "not browser and not proof", *chosen], plugins=[tracer])
    tracer.coverage.stop()
    VAR.mkdir(parents=True, exist_ok=True)
    MAP.write_text(json.dumps({"lines": tracer.lines(), "seconds": tracer.took}), "utf-8")
    return int(code)
