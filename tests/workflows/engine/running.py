"""Drives one process through the adapter in tests; every step works on saved bytes."""

from __future__ import annotations

from collections.abc import Mapping

from workflows import engine
from workflows.engine import Perform, ProcessSource, Scalar, StepResult


def nothing(operation: str, variables: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
    return {}


class Running:
    """A process and its latest result."""

    def __init__(
        self, source: ProcessSource, perform: Perform = nothing, **routing: Scalar
    ) -> None:
        self.source = source
        self.perform = perform
        self.result: StepResult = engine.start(source, routing=routing, perform=perform)

    @property
    def open(self) -> list[str]:
        return sorted(task.element for task in self.result.open_tasks)

    @property
    def clocks(self) -> list[str]:
        return sorted(wait.element for wait in self.result.clock_waits)

    def task_id(self, element: str) -> str:
        return next(task.id for task in self.result.open_tasks if task.element == element)

    def complete(self, *elements: str, **routing: Scalar) -> Running:
        for element in elements:
            self.result = engine.complete(
                self.source, self.result.state, self.task_id(element), routing, self.perform
            )
        return self

    def clock(self, clock: str) -> Running:
        self.result = engine.clock_due(self.source, self.result.state, clock, self.perform)
        return self

    def message(self, name: str, **routing: Scalar) -> Running:
        self.result = engine.message(self.source, self.result.state, name, routing, self.perform)
        return self
