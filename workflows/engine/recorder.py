"""Writes down what happens in one step, in order, while the engine runs.

The hooks sit on the shared specifications and find the recorder of their case through the
workflow, so one parsed process serves all threads.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.end_event import EndEvent
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent, ThrowingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.util.task import TaskState

from workflows.engine.specs import ClockTimer
from workflows.engine.values import EngineEvent

LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED


class Recorder:
    """The events of one step. `live` are the task ids that hold a token on the diagram."""

    def __init__(self) -> None:
        self.events: list[EngineEvent] = []
        self.ends: list[str] = []
        self.live: set[Any] = set()

    def add(self, kind: str, task: Any) -> None:
        spec = task.task_spec
        self.events.append(EngineEvent(kind, spec.bpmn_id, spec.bpmn_name or "", task.id.hex))

    def entered(self, task: Any) -> None:
        if task.id not in self.live:
            self.live.add(task.id)
            self.add("element_entered", task)

    def completed(self, task: Any) -> None:
        self.entered(task)
        self.live.discard(task.id)
        kind = _special_kind(task.task_spec)
        if kind:
            self.add(kind, task)
        self.add("element_left", task)
        if isinstance(task.task_spec, EndEvent) and task.workflow is task.workflow.top_workflow:
            self.ends.append(task.task_spec.bpmn_id)

    def cancelled(self, task: Any) -> None:
        if task.id in self.live:
            self.live.discard(task.id)
            self.add("task_cancelled" if task.task_spec.manual else "element_left", task)


def holds_token(task: Any) -> bool:
    """A live element of the diagram; a boundary event waits beside its host and holds none."""
    spec = task.task_spec
    return bool(
        task.has_state(LIVE)
        and getattr(spec, "bpmn_id", None)
        and not isinstance(spec, BoundaryEvent)
    )


def is_followed(task: Any) -> bool:
    """Whether the step should report the task's end; a join is reported once, when it fires."""
    return holds_token(task) and not isinstance(task.task_spec, UnstructuredJoin)


def _special_kind(spec: Any) -> str | None:
    if spec.manual:
        return "task_completed"
    event = getattr(spec, "event_definition", None)
    if isinstance(spec, CatchingEvent) and isinstance(event, ClockTimer):
        return "clock_fired"
    if isinstance(event, MessageEventDefinition):
        return "message_thrown" if isinstance(spec, ThrowingEvent) else "message_caught"
    return None


def connect(spec: Any) -> None:
    """Puts the hooks on one element of a freshly parsed process."""
    if getattr(spec, "bpmn_id", None) is None:
        return
    if not isinstance(spec, BoundaryEvent):
        spec.update_event.connect(_on_update)
    spec.completed_event.connect(_on_completed)
    spec.cancelled_event.connect(_on_cancelled)


def on_removed(workflow: Any, task: Any) -> None:
    """A task was cut out of the tree without being cancelled (instances of an interrupted
    multi-instance element): cancel what runs inside it, and say so."""
    top = workflow.top_workflow
    inside = top.subprocesses.pop(task.id, None)
    if inside is not None:
        inside.cancel()
    top.event_manager.remove_task(task)
    if top.recorder is not None:
        top.recorder.cancelled(task)


def _on_update(workflow: Any, task: Any) -> None:
    recorder = workflow.top_workflow.recorder
    if recorder is not None and not task.has_state(TaskState.FINISHED_MASK):
        recorder.entered(task)


def _on_completed(workflow: Any, task: Any) -> None:
    recorder = workflow.top_workflow.recorder
    if recorder is not None:
        recorder.completed(task)


def _on_cancelled(workflow: Any, task: Any) -> None:
    recorder = workflow.top_workflow.recorder
    if recorder is not None:
        recorder.cancelled(task)
