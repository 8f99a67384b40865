"""Random walks: the adapter beside the token game, and beside the plain engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Protocol

from tests.workflows.engine.diagrams import source_of
from tests.workflows.engine.random_diagrams import draw
from tests.workflows.engine.token_game import TokenGame
from workflows import engine
from workflows.engine import ProcessSource, Scalar, StepResult

MAX_STEPS = 60


def no_effect(operation: str, variables: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
    return {}


@dataclass(frozen=True)
class View:
    """What a walk compares: open tasks, waits by element, ended."""

    open: Counter[str]
    clocks: Counter[str]
    messages: Counter[str]
    ended: bool


class Companion(Protocol):
    """Someone who takes the same steps as the adapter."""

    def start(self, choices: Mapping[str, int]) -> None: ...
    def complete(self, element: str, choices: Mapping[str, int]) -> None: ...
    def clock(self, element: str, choices: Mapping[str, int]) -> None: ...
    def message(self, name: str, choices: Mapping[str, int]) -> None: ...
    def view(self) -> View: ...


class Oracle(TokenGame):
    """The token game as a companion."""

    def view(self) -> View:
        return View(self.open(), self.waits("clock"), self.waits("message"), self.ended)


def view_of(result: StepResult) -> View:
    return View(
        Counter(task.element for task in result.open_tasks),
        Counter(wait.element for wait in result.clock_waits),
        Counter(_message_element(wait.message) for wait in result.message_waits),
        result.ended,
    )


def _message_element(message: str) -> str:
    return message.removeprefix("msg_")


@dataclass
class Walk:
    """One walk of the adapter, saved and restored at every step."""

    source: ProcessSource
    gateways: Mapping[str, int]
    random: Random
    result: StepResult | None = None

    def choices(self) -> dict[str, int]:
        return {name: self.random.randrange(ways) for name, ways in self.gateways.items()}

    def go(self, companion: Companion) -> None:
        choices = self.choices()
        self.result = engine.start(self.source, routing=choices, perform=no_effect)
        companion.start(choices)
        trail: list[str] = ["start"]
        for _ in range(MAX_STEPS):
            assert view_of(self.result) == companion.view(), trail
            if self.result.ended:
                return
            trail.append(self.step(companion))

    def step(self, companion: Companion) -> str:
        assert self.result is not None
        choices = self.choices()
        actions = [("task", task.element, task.id) for task in self.result.open_tasks]
        actions += [("clock", wait.element, wait.id) for wait in self.result.clock_waits]
        actions += [("message", wait.message, wait.id) for wait in self.result.message_waits]
        kind, element, identifier = self.random.choice(actions)
        state = self.result.state
        if kind == "task":
            self.result = engine.complete(self.source, state, identifier, choices, no_effect)
            companion.complete(element, choices)
        elif kind == "clock":
            clock = next(w.clock for w in self.result.clock_waits if w.id == identifier)
            self.result = engine.clock_due(
                self.source, state, clock, no_effect, wait_id=identifier, routing=choices
            )
            companion.clock(element, choices)
        else:
            self.result = engine.message(self.source, state, element, choices, no_effect)
            companion.message(element, choices)
        return f"{kind} {element} {choices}"


def walk_beside_token_game(seed: int, depth: int = 3) -> Walk:
    diagram, drawing = draw(seed, depth)
    xml = diagram.xml(*drawing.called)
    walk = Walk(source_of(xml), drawing.gateways, Random(seed * 7 + 1))
    walk.go(Oracle(xml))
    return walk
