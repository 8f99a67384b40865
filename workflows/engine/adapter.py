"""The one door to the engine: plain values in, plain values out, state as bytes.

A step that fails raises and has no effect, because the caller's old bytes are still the state.
Values that other acts may have changed meanwhile (`extra.<form>.<field>`) are passed with every
step: a condition reads what the acting task brings along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from workflows.engine import expressions
from workflows.engine.codec import CODEC_VERSION, decode, encode
from workflows.engine.definition import CaseWorkflow, definition
from workflows.engine.errors import EngineError, NotWaiting, StaleTask, StepBudgetExceeded
from workflows.engine.prune import running_subprocesses
from workflows.engine.recorder import Recorder, is_followed, on_removed
from workflows.engine.snapshot import clock_of, snapshot
from workflows.engine.values import Perform, ProcessSource, Scalar, StepResult, checked_routing

STEP_BUDGET = 500
"""Automatic elements in one step. A lawful diagram waits for a person long before."""


class _Environment(BasePythonScriptEngineEnvironment):  # type: ignore[misc]
    """What the engine calls instead of eval and exec: our evaluator, our operations."""

    def __init__(self, perform: Perform) -> None:
        super().__init__()
        self.perform = perform

    def evaluate(self, expression: str, context: Any, external_context: Any = None) -> Scalar:
        return expressions.evaluate(expression, context)

    def execute(self, script: str, context: Any, external_context: Any = None) -> bool:
        context.update(checked_routing(self.perform(script, dict(context))))
        return True

    def call_service(self, context: Any, **kwargs: Any) -> None:
        raise EngineError("服务任务只能写已登记的操作名")


class _ScriptEngine(PythonScriptEngine):  # type: ignore[misc]
    """Passes our errors, and those of operations, through unchanged."""

    def validate(self, expression: str) -> None:
        expressions.parsed(expression)

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Scalar:
        return self.environment.evaluate(expression, task.data)  # type: ignore[no-any-return]

    def execute(self, task: Any, script: str, external_context: Any = None) -> bool:
        return self.environment.execute(script, task.data)  # type: ignore[no-any-return]


class _Step:
    """One process loaded for one step."""

    def __init__(self, workflow: Any, ends: list[str], recorder: Recorder) -> None:
        self.workflow = workflow
        self.recorder = recorder
        recorder.ends = ends
        workflow.recorder = recorder
        workflow.task_removed_event.connect(on_removed)

    def processes(self) -> list[Any]:
        return [self.workflow, *running_subprocesses(self.workflow)]

    def tasks(self) -> list[Any]:
        return [task for process in self.processes() for task in process.tasks.values()]

    def run(self) -> None:
        """Runs automatic elements, inner processes first, until only waiting is left."""
        budget = STEP_BUDGET
        while ready := self._ready():
            budget -= len(ready)
            if budget < 0:
                raise StepBudgetExceeded(f"一步之内自动执行超过 {STEP_BUDGET} 个元素，流程图在空转")
            for task in ready:
                if task._state == TaskState.READY and task.id in task.workflow.tasks:
                    task.run()

    def _ready(self) -> list[Any]:
        for process in reversed(self.processes()):
            ready = [
                task
                for task in process.tasks.values()
                if task._state == TaskState.READY and not task.task_spec.manual
            ]
            if ready:
                return ready
        return []

    def result(self) -> StepResult:
        if self.workflow.completed:
            self._add_end()
        state, digest = encode(self.workflow, self.recorder.ends)
        return snapshot(self, state, digest)

    def _add_end(self) -> None:
        recorder = self.recorder
        last = [event for event in recorder.events if event.element in recorder.ends[-1:]]
        if last:
            recorder.events.append(type(last[-1])("ended", *_rest(last[-1])))


def _rest(event: Any) -> tuple[str, str, str]:
    return event.element, event.name, event.task_id


def start(
    source: ProcessSource, *, routing: Mapping[str, Scalar] | None = None, perform: Perform
) -> StepResult:
    """A new process, run to its first waiting points."""
    made = definition(source)
    variables = checked_routing(routing or {})

    def act() -> _Step:
        engine = _ScriptEngine(_Environment(perform))
        workflow = CaseWorkflow(made.spec, made.subprocesses, script_engine=engine)
        step = _Step(workflow, [], Recorder())
        workflow.task_tree.data.update(variables)
        return step

    return _taken(act)


def complete(
    source: ProcessSource,
    state: bytes,
    task_id: str,
    routing: Mapping[str, Scalar] | None = None,
    perform: Perform | None = None,
) -> StepResult:
    """Finishes an open task with the routing variables of its command, and runs on."""
    variables = checked_routing(routing or {})

    def act() -> _Step:
        step = _loaded(source, state, perform)
        task = _open_task(step, task_id)
        task.data.update(variables)
        task.run()
        return step

    return _taken(act)


def clock_due(
    source: ProcessSource,
    state: bytes,
    clock: str,
    perform: Perform | None = None,
    *,
    wait_id: str | None = None,
    routing: Mapping[str, Scalar] | None = None,
) -> StepResult:
    """The scheduler's word that a clock is due: moves every place (or the one) waiting for it."""
    variables = checked_routing(routing or {})

    def act() -> _Step:
        step = _loaded(source, state, perform)
        waiting = [task for task in step.tasks() if clock_of(task) == clock]
        waiting = [task for task in waiting if wait_id in (None, task.id.hex)]
        if not waiting:
            raise NotWaiting(f"流程现在不等待期限 {clock}")
        for task in waiting:
            if task._state == TaskState.WAITING:
                task.internal_data["clock_due"] = True
                task.task_spec._update(task)
                # After the update, which takes over the data of the element before.
                task.data.update(variables)
                step.run()
        return step

    return _taken(act)


def message(
    source: ProcessSource,
    state: bytes,
    name: str,
    routing: Mapping[str, Scalar] | None = None,
    perform: Perform | None = None,
) -> StepResult:
    """Delivers a message to every place that waits for it."""
    payload = checked_routing(routing or {})

    def act() -> _Step:
        step = _loaded(source, state, perform)
        event = BpmnEvent(MessageEventDefinition(name), payload=payload)
        if not step.workflow.event_manager.catch(event, internal=False):
            raise NotWaiting(f"流程现在不等待消息 {name}")
        return step

    return _taken(act)


def inspect(source: ProcessSource, state: bytes) -> StepResult:
    """Where a saved process stands; nothing changes and there are no events."""
    step = _loaded(source, state, None)
    _, digest = encode(step.workflow, step.recorder.ends)
    return snapshot(step, state, digest)


def _taken(act: Callable[[], _Step]) -> StepResult:
    """Runs the step on. The engine's own exceptions stay inside; ours and those of an
    operation pass."""
    try:
        step = act()
        step.run()
    except SpiffWorkflowException as error:
        raise EngineError(f"流程无法继续：{error}") from error
    return step.result()


def _loaded(source: ProcessSource, state: bytes, perform: Perform | None) -> _Step:
    engine = _ScriptEngine(_Environment(perform or _no_operation))
    workflow, ends = decode(state, definition(source), engine)
    step = _Step(workflow, ends, Recorder())
    step.recorder.live = {task.id for task in step.tasks() if is_followed(task)}
    return step


def _no_operation(operation: str, variables: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
    raise EngineError(f"这一步没有提供操作 {operation}")


def _open_task(step: _Step, task_id: str) -> Any:
    try:
        wanted = UUID(hex=task_id)
    except (ValueError, TypeError, AttributeError) as error:
        raise StaleTask("没有这个任务") from error
    for process in step.processes():
        task = process.tasks.get(wanted)
        if task is not None and task._state == TaskState.READY and task.task_spec.manual:
            return task
    raise StaleTask("这个任务已经办结或者流程已经前进")


__all__ = ["CODEC_VERSION", "clock_due", "complete", "inspect", "message", "start"]
