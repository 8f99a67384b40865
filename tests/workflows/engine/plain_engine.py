"""The stock engine, never pruned, never saved: stock classes, stock prediction, stock loop.

Only the parts that would read the time or reach eval are replaced, so that the same diagrams run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    IntermediateCatchEventParser,
)
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, IntermediateCatchEvent
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tests.workflows.engine.walks import View
from workflows.engine import Scalar, expressions
from workflows.engine.snapshot import clock_of
from workflows.engine.specs import ClockTimer


class _Timers:
    def parse_timer_event(self, event: Any) -> ClockTimer:
        clock = event.findtext("{*}timeDuration")
        return ClockTimer(self.node.get("id"), clock)  # type: ignore[attr-defined]


class _Boundary(_Timers, BoundaryEventParser):
    pass


class _Catch(_Timers, IntermediateCatchEventParser):
    pass


class _StockParser(BpmnParser):
    OVERRIDE_PARSER_CLASSES = {
        full_tag("boundaryEvent"): (_Boundary, BoundaryEvent),
        full_tag("intermediateCatchEvent"): (_Catch, IntermediateCatchEvent),
    }


class _Environment(BasePythonScriptEngineEnvironment):
    def evaluate(self, expression: str, context: Any, external_context: Any = None) -> Scalar:
        return expressions.evaluate(expression, context)

    def execute(self, script: str, context: Any, external_context: Any = None) -> bool:
        return True


class PlainEngine:
    """A companion of a walk (see walks.Companion)."""

    def __init__(self, xml: bytes, process: str = "case") -> None:
        parser = _StockParser()
        parser.add_bpmn_xml(etree.fromstring(xml))
        self.parts = parser.get_spec(process), parser.get_subprocess_specs(process)
        self.workflow: Any = None

    def start(self, choices: Mapping[str, int]) -> None:
        spec, subprocesses = self.parts
        engine = PythonScriptEngine(_Environment())
        self.workflow = BpmnWorkflow(spec, subprocesses, script_engine=engine)
        self.workflow.task_tree.data.update(choices)
        self.workflow.do_engine_steps()

    def complete(self, element: str, choices: Mapping[str, int]) -> None:
        task = next(t for t in self._open() if t.task_spec.bpmn_id == element)
        task.data.update(choices)
        task.run()
        self.workflow.do_engine_steps()

    def clock(self, element: str, choices: Mapping[str, int]) -> None:
        task, _ = next(pair for pair in self._clocks() if pair[1] == element)
        task.internal_data["clock_due"] = True
        task.task_spec._update(task)
        task.data.update(choices)
        self.workflow.do_engine_steps()

    def message(self, name: str, choices: Mapping[str, int]) -> None:
        self.workflow.send_event(BpmnEvent(MessageEventDefinition(name), payload=dict(choices)))
        self.workflow.do_engine_steps()

    def view(self) -> View:
        messages = [
            event.name
            for task in self._waiting()
            for event in _definitions(task)
            if isinstance(event, MessageEventDefinition)
        ]
        return View(
            Counter(task.task_spec.bpmn_id for task in self._open()),
            Counter(element for _, element in self._clocks()),
            Counter(name.removeprefix("msg_") for name in messages),
            self.workflow.completed,
        )

    def _open(self) -> list[Any]:
        return list(self.workflow.get_tasks(state=TaskState.READY, manual=True))

    def _waiting(self) -> list[Any]:
        return list(self.workflow.get_tasks(state=TaskState.WAITING))

    def _clocks(self) -> list[tuple[Any, str]]:
        return [
            (task, event.name)
            for task in self._waiting()
            if clock_of(task)
            for event in _definitions(task)
            if isinstance(event, ClockTimer)
        ]


def _definitions(task: Any) -> list[Any]:
    event = getattr(task.task_spec, "event_definition", None)
    return getattr(event, "event_definitions", [event])
