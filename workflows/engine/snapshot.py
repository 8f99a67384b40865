"""Where a loaded process stands, as plain values."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Protocol

from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from workflows.engine.codec import CODEC_VERSION
from workflows.engine.recorder import Recorder, holds_token
from workflows.engine.specs import ClockTimer
from workflows.engine.values import ClockWait, MessageWait, OpenTask, Scalar, StepResult


class LoadedStep(Protocol):
    """The part of a step that a snapshot reads."""

    workflow: Any
    recorder: Recorder

    def tasks(self) -> list[Any]: ...


def snapshot(step: LoadedStep, state: bytes, digest: str) -> StepResult:
    """The result to hand out for the bytes that were just saved."""
    live = [task for task in step.tasks() if task._state < TaskState.COMPLETED]
    if step.workflow.completed:
        live = []
    return StepResult(
        state=state,
        codec=CODEC_VERSION,
        digest=digest,
        open_tasks=tuple(_open_task(task) for task in live if _is_open(task)),
        clock_waits=tuple(_clock_wait(task) for task in live if clock_of(task)),
        message_waits=tuple(wait for task in live for wait in _message_waits(task)),
        events=tuple(step.recorder.events),
        ended=bool(step.workflow.completed),
        end_elements=tuple(dict.fromkeys(step.recorder.ends)),
        tokens=tuple(dict.fromkeys(task.task_spec.bpmn_id for task in live if holds_token(task))),
        variables=MappingProxyType(_variables(step.workflow, live)),
    )


def _is_open(task: Any) -> bool:
    return task._state == TaskState.READY and bool(task.task_spec.manual)


def _open_task(task: Any) -> OpenTask:
    spec = task.task_spec
    return OpenTask(task.id.hex, spec.bpmn_id, spec.lane, spec.bpmn_name or "", _instance(task))


def _instance(task: Any) -> str:
    """Numbers of the multi-instance copies around this task, outermost first: "1" or "0/1"."""
    numbers = []
    while task is not None:
        number = task.internal_data.get("key_or_index", task.internal_data.get("item"))
        if number is not None:
            numbers.append(str(number))
        process = task.workflow
        task = (
            process.top_workflow.get_task_from_id(process.parent_task_id) if process.depth else None
        )
    return "/".join(reversed(numbers))


def clock_of(task: Any) -> str | None:
    """The clock that a task waits for, if it waits for one."""
    found = _clock_definition(task)
    return found.clock if found is not None else None


def _waited(task: Any) -> list[Any]:
    if task._state != TaskState.WAITING:
        return []
    event = getattr(task.task_spec, "event_definition", None)
    return event.event_definitions if isinstance(event, MultipleEventDefinition) else [event]


def _clock_definition(task: Any) -> ClockTimer | None:
    return next((event for event in _waited(task) if isinstance(event, ClockTimer)), None)


def _clock_wait(task: Any) -> ClockWait:
    timer = _clock_definition(task)
    assert timer is not None  # the caller asked clock_of first
    # Behind an event gateway it is the gateway that waits; the timer knows its own element.
    return ClockWait(task.id.hex, timer.name, timer.clock, _host(task))


def _message_waits(task: Any) -> list[MessageWait]:
    return [
        MessageWait(task.id.hex, task.task_spec.bpmn_id, event.name, _host(task))
        for event in _waited(task)
        if isinstance(event, MessageEventDefinition)
    ]


def _host(task: Any) -> str | None:
    if not isinstance(task.task_spec, BoundaryEvent):
        return None
    hosts = [each for each in task.parent.children if not isinstance(each.task_spec, BoundaryEvent)]
    return hosts[0].task_spec.bpmn_id if hosts else None


def _variables(workflow: Any, live: list[Any]) -> dict[str, Scalar]:
    """The routing variables of all tokens together; the latest change wins."""
    if workflow.completed:
        return dict(workflow.data)
    merged: dict[str, Scalar] = {}
    for task in sorted(live, key=lambda each: each.last_state_change):
        merged.update(task.data)
    return merged
