"""SpiffWorkflow as it comes, with its own serializer: what benchmarks compare the adapter with.

Never used for a case. The diagram is first rewritten so that it runs without our environment:
timers become plain durations, operations become assignments.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from workflows.engine.values import ProcessSource, Scalar
from workflows.engine.xml import BPMN, parse_xml


class StockEngine:
    """One diagram; states go in and out as the serializer's JSON, specification included."""

    def __init__(self, source: ProcessSource, assignments: Mapping[str, str]) -> None:
        parser = BpmnParser()
        for path, content in source.files:
            parser.add_bpmn_xml(_plain(parse_xml(path, content), assignments), filename=path)
        self._spec = parser.get_spec(source.process_id)
        self._subs = parser.get_subprocess_specs(source.process_id)
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())

    def start(self) -> str:
        """A new process at its first waiting points."""
        workflow = BpmnWorkflow(self._spec, self._subs)
        workflow.do_engine_steps()
        return str(self._serializer.serialize_json(workflow))

    def complete(self, state: str, element: str, routing: Mapping[str, Scalar]) -> str:
        """Load, complete the task, run on, save."""
        workflow: Any = self._serializer.deserialize_json(state)
        ready = workflow.get_tasks(state=TaskState.READY)
        task = next(task for task in ready if task.task_spec.name == element)
        task.data.update(routing)
        task.run()
        workflow.do_engine_steps()
        return str(self._serializer.serialize_json(workflow))


def size(state: str) -> int:
    """Bytes of a state as JSON."""
    return len(json.dumps(json.loads(state), separators=(",", ":")))


def _plain(root: Any, assignments: Mapping[str, str]) -> Any:
    for duration in root.iter(f"{{{BPMN}}}timeDuration"):
        duration.text = '"P5D"'
    for script in root.iter(f"{{{BPMN}}}script"):
        script.text = assignments.get((script.text or "").strip(), "pass")
    for process in root.iter(f"{{{BPMN}}}process"):
        process.set("isExecutable", "true")
    return etree.fromstring(etree.tostring(root))
