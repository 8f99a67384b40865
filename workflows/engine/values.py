"""The plain values that go into the engine and come out of it. No engine object leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from workflows.engine.errors import BadRouting

Scalar: TypeAlias = bool | int | str | None
Perform: TypeAlias = Callable[[str, Mapping[str, Scalar]], Mapping[str, Scalar]]
"""Runs a registered operation: (operation name, routing variables) -> routing variables to set."""

MAX_TEXT = 200
MAX_INT = 2**53
_NAME = re.compile(r"(extra\.[^\W\d]\w*\.)?[^\W\d]\w*")


@dataclass(frozen=True)
class ProcessSource:
    """The BPMN files of one pack version; `hash` is their content hash and the cache key."""

    hash: str
    files: tuple[tuple[str, bytes], ...]
    process_id: str


@dataclass(frozen=True)
class OpenTask:
    """A user or manual task that waits for a person. `instance` numbers multi-instance copies."""

    id: str
    element: str
    lane: str | None
    name: str
    instance: str = ""


@dataclass(frozen=True)
class ClockWait:
    """A place where the process waits for a clock of the pack; `attached_to` is the host task."""

    id: str
    element: str
    clock: str
    attached_to: str | None = None


@dataclass(frozen=True)
class MessageWait:
    """A place where the process waits for a message."""

    id: str
    element: str
    message: str
    attached_to: str | None = None


@dataclass(frozen=True)
class EngineEvent:
    """One thing that happened in a step, in the order in which it happened.

    kind: task_completed, task_cancelled, element_entered, element_left, clock_fired,
    message_caught, message_thrown, ended.
    """

    kind: str
    element: str
    name: str
    task_id: str


@dataclass(frozen=True)
class Element:
    """A flow node of the diagram, for lists and documents."""

    id: str
    type: str
    name: str
    process: str
    lane: str | None = None
    lane_name: str | None = None
    clock: str | None = None
    attached_to: str | None = None
    operation: str | None = None


@dataclass(frozen=True)
class StepResult:
    """Where the process stands after a step, and what happened in it.

    `state` is the row to save with its `codec` version. `digest` is the SHA-256 of the canonical
    state: the same history gives the same digest, whatever task ids and machine.
    """

    state: bytes
    codec: int
    digest: str
    open_tasks: tuple[OpenTask, ...]
    clock_waits: tuple[ClockWait, ...]
    message_waits: tuple[MessageWait, ...]
    events: tuple[EngineEvent, ...]
    ended: bool
    end_elements: tuple[str, ...]
    tokens: tuple[str, ...]
    variables: Mapping[str, Scalar]


def checked_routing(routing: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """The routing variables, if every name and value may enter the process state."""
    for name, value in routing.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name) or len(name) > MAX_TEXT:
            raise BadRouting(f"不是合法的流转变量名：{name!r}")
        if not _is_scalar(value):
            raise BadRouting(f"流转变量 {name} 只能是真假、整数或 {MAX_TEXT} 字以内的文字")
    return dict(routing)


def _is_scalar(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, int):
        return -MAX_INT < value < MAX_INT
    return isinstance(value, str) and len(value) <= MAX_TEXT
