"""SpiffWorkflow's task classes as this project runs them.

Three changes, all measured (shared/engine.md §1, §4, §6): children are made when an element runs
and never predicted before (the stock prediction grows exponentially with parallel blocks); a timer
waits for a clock of the pack and never reads the time; a gateway without a match is a named error.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.util.task import TaskState

from workflows.engine.errors import BadExpression, NoMatchingFlow

MAX_INSTANCES = 50


class _Lazy:
    """Makes the children of an element when it runs, so that nothing waits in the tree for them."""

    def _predict_hook(self, my_task: Any) -> None:
        return

    def _run_hook(self, my_task: Any) -> Any:
        result = super()._run_hook(my_task)  # type: ignore[misc]
        for spec in self.outputs:  # type: ignore[attr-defined]
            child = my_task._add_child(spec, TaskState.FUTURE)
            # The engine's own helpers (boundary split, end join) still predict one level.
            child.task_spec._predict(child, mask=TaskState.NOT_FINISHED_MASK)
        return result


class UserTask(_Lazy, defaults.UserTask):  # type: ignore[misc]
    """A task that a person completes: bpmn:userTask, bpmn:manualTask and plain bpmn:task."""


class OperationTask(_Lazy, defaults.ScriptTask):  # type: ignore[misc]
    """bpmn:scriptTask or bpmn:serviceTask; `script` is the name of a registered operation."""


class ParallelGateway(_Lazy, defaults.ParallelGateway):  # type: ignore[misc]
    pass


class StartEvent(_Lazy, defaults.StartEvent):  # type: ignore[misc]
    pass


class EndEvent(_Lazy, defaults.EndEvent):  # type: ignore[misc]
    pass


class IntermediateCatchEvent(_Lazy, defaults.IntermediateCatchEvent):  # type: ignore[misc]
    pass


class IntermediateThrowEvent(_Lazy, defaults.IntermediateThrowEvent):  # type: ignore[misc]
    pass


class BoundaryEvent(_Lazy, defaults.BoundaryEvent):  # type: ignore[misc]
    pass


class SendTask(_Lazy, defaults.SendTask):  # type: ignore[misc]
    pass


class ReceiveTask(_Lazy, defaults.ReceiveTask):  # type: ignore[misc]
    pass


class _Cancelled:
    """Says that a sub-process was cancelled; the stock class cancels its inside only."""

    def _on_cancel(self, my_task: Any) -> None:
        super()._on_cancel(my_task)  # type: ignore[misc]
        self.cancelled_event.emit(my_task.workflow, my_task)  # type: ignore[attr-defined]


class SubProcess(_Lazy, _Cancelled, defaults.SubWorkflowTask):  # type: ignore[misc]
    pass


class CallActivity(_Lazy, _Cancelled, defaults.CallActivity):  # type: ignore[misc]
    pass


class ExclusiveGateway(defaults.ExclusiveGateway):  # type: ignore[misc]
    """The first flow, in the order of the file, whose condition holds; else the default flow."""

    def _predict_hook(self, my_task: Any) -> None:
        return

    def _run_hook(self, my_task: Any) -> bool:
        target = self._chosen(my_task)
        if target is None:
            raise NoMatchingFlow(f"网关 {self.bpmn_name or self.bpmn_id} 没有一个条件成立")
        spec = my_task.workflow.spec.get_task_spec_from_name(target)
        child = my_task._add_child(spec, TaskState.FUTURE)
        spec._predict(child, mask=TaskState.NOT_FINISHED_MASK)
        return True

    def _chosen(self, my_task: Any) -> str | None:
        for condition, target in self.cond_task_specs:
            if condition is not None and self._holds(condition, my_task):
                return str(target)
        return self.default_task_spec  # type: ignore[no-any-return]

    def _holds(self, condition: Any, my_task: Any) -> bool:
        value = condition._matches(my_task)
        if value is not None and not isinstance(value, bool):
            raise BadExpression(f"条件 {condition.args[0]!r} 的结果不是真或假")
        return bool(value)


class _FixedCount:
    """Multi-instance with a whole number of instances, bounded."""

    def _update_hook(self, my_task: Any) -> Any:
        engine = my_task.workflow.script_engine
        super_update = super()._update_hook  # type: ignore[misc]
        my_task._inherit_data()
        count = engine.evaluate(my_task, self.cardinality)  # type: ignore[attr-defined]
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= MAX_INSTANCES:
            raise BadExpression(f"多实例的个数必须是 0 到 {MAX_INSTANCES} 的整数，得到 {count!r}")
        return super_update(my_task)


class ParallelInstances(_Lazy, _FixedCount, defaults.ParallelMultiInstanceTask):  # type: ignore[misc]
    pass


class SequentialInstances(_Lazy, _FixedCount, defaults.SequentialMultiInstanceTask):  # type: ignore[misc]
    pass


class ClockTimer(TimerEventDefinition):  # type: ignore[misc]
    """A BPMN timer whose duration names a clock of the pack, such as CLK_STATE.

    The scheduler says "clock due"; this class only looks for that flag, never at the time.
    """

    def __init__(self, element: str, clock: str) -> None:
        # The element id is the name: two timers on one clock must stay two definitions.
        super().__init__(element, clock)
        self.clock = clock

    def has_fired(self, my_task: Any) -> bool:
        return bool(my_task.internal_data.get("clock_due", False))

    def reset(self, my_task: Any) -> None:
        my_task.internal_data.pop("clock_due", None)
