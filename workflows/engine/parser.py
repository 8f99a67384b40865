"""BPMN files to engine specifications: only the elements that this project executes.

What is refused here is refused for safety; the deploy lint (workflows/packs/lint_engine.py) says
the same things earlier, all at once and with what to draw instead.
"""

from __future__ import annotations

import re
from typing import Any

from SpiffWorkflow.bpmn.parser import event_parsers, task_parsers
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.defaults import EventBasedGateway
from SpiffWorkflow.exceptions import SpiffWorkflowException

from workflows.engine import specs
from workflows.engine.errors import BadDiagram
from workflows.engine.naming import CLOCK_CODE, OPERATION_NAME
from workflows.engine.values import ProcessSource
from workflows.engine.xml import BPMN, parse_xml

# Drawn for the reader, or meant for engines that store data in the diagram: never executed here.
_NOT_EXECUTED = re.findall(
    r"\w+",
    "dataObject dataObjectReference dataStore dataStoreReference dataInputAssociation "
    "dataOutputAssociation ioSpecification property textAnnotation association group category "
    "correlationProperty correlationKey extensionElements documentation",
)
_START_TRIGGERS = (
    "./*[substring(local-name(), string-length(local-name()) - 14) = 'EventDefinition']"
)


class _Common:
    """What every element parser of ours does differently."""

    PARALLEL_MI_CLASS = specs.ParallelInstances
    SEQUENTIAL_MI_CLASS = specs.SequentialInstances

    def get_position(self, node: Any = None) -> dict[str, float]:
        """Flows keep the order of the file: moving a shape must not change which one is tried."""
        return {"x": 0.0, "y": 0.0}

    def _add_loop_task(self, loop: Any) -> None:
        raise BadDiagram(f"{self._id}：不支持标准循环标记，请用排他网关画出循环")

    def _add_multiinstance_task(self, loop: Any) -> None:
        for part in ("loopDataInputRef", "loopDataOutputRef", "completionCondition"):
            if loop.find(f"{{{BPMN}}}{part}") is not None:
                raise BadDiagram(f"{self._id}：多实例只支持固定个数，不支持 {part}")
        super()._add_multiinstance_task(loop)  # type: ignore[misc]

    def parse_timer_event(self, event: Any) -> specs.ClockTimer:
        duration = event.find(f"{{{BPMN}}}timeDuration")
        clock = (duration.text or "").strip() if duration is not None else ""
        if not CLOCK_CODE.fullmatch(clock):
            raise BadDiagram(f"{self._id}：计时器的时长要写期限代码，如 CLK_STATE")
        return specs.ClockTimer(self._id, clock)

    def parse_conditional_event(self, event: Any) -> None:
        raise BadDiagram(f"{self._id}：不支持条件事件")

    def parse_cancel_event(self, event: Any) -> None:
        raise BadDiagram(f"{self._id}：不支持取消事件")

    @property
    def _id(self) -> str:
        return str(self.node.get("id"))  # type: ignore[attr-defined]


class _Task(_Common, TaskParser):  # type: ignore[misc]
    pass


class _Gateway(_Common, task_parsers.GatewayParser):  # type: ignore[misc]
    pass


class _Conditional(_Common, task_parsers.ConditionalGatewayParser):  # type: ignore[misc]
    pass


class _SubProcess(_Common, task_parsers.SubWorkflowParser):  # type: ignore[misc]
    def create_task(self) -> Any:
        if self.node.get("triggeredByEvent") == "true":
            raise BadDiagram(f"{self._id}：不支持事件子流程，请改为副流程")
        return super().create_task()


class _CallActivity(_Common, task_parsers.CallActivityParser):  # type: ignore[misc]
    pass


class _Script(_Common, task_parsers.ScriptTaskParser):  # type: ignore[misc]
    def get_script(self) -> str:
        return _operation(self._id, super().get_script())


class _Service(_Common, TaskParser):  # type: ignore[misc]
    def create_task(self) -> Any:
        name = _operation(self._id, self.node.get("implementation"))
        return self.spec_class(self.spec, self.bpmn_id, script=name, **self.bpmn_attributes)


class _Start(_Common, event_parsers.StartEventParser):  # type: ignore[misc]
    def create_task(self) -> Any:
        if self.node.xpath(_START_TRIGGERS):
            raise BadDiagram(f"{self._id}：开始事件不能带触发条件，流程由命令启动")
        return super().create_task()

    def handles_multiple_outgoing(self) -> bool:
        return False


class _End(_Common, event_parsers.EndEventParser):  # type: ignore[misc]
    pass


class _Catch(_Common, event_parsers.IntermediateCatchEventParser):  # type: ignore[misc]
    pass


class _Throw(_Common, event_parsers.IntermediateThrowEventParser):  # type: ignore[misc]
    pass


class _Boundary(_Common, event_parsers.BoundaryEventParser):  # type: ignore[misc]
    pass


class _Send(_Common, event_parsers.SendTaskParser):  # type: ignore[misc]
    pass


class _Receive(_Common, event_parsers.ReceiveTaskParser):  # type: ignore[misc]
    pass


class _EventGateway(_Common, event_parsers.EventBasedGatewayParser):  # type: ignore[misc]
    pass


def _operation(element: str, text: str | None) -> str:
    name = (text or "").strip()
    if not OPERATION_NAME.fullmatch(name):
        raise BadDiagram(f"{element}：只能写已登记的操作名，如 start_clock")
    return name


class _Process(ProcessParser):  # type: ignore[misc]
    """One process, executed whatever `isExecutable` says: drawing tools default to no."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process_executable = True

    def add_tasks(self) -> None:
        """Parses the far end first: the stock parser recurses along the flows and runs out of
        stack at some 300 elements in a row."""
        starts = self.xpath("./bpmn:startEvent")
        if len(starts) != 1:
            raise BadDiagram(f"{self.bpmn_id}：要有且只有一个开始事件，现有 {len(starts)} 个")
        for node in reversed(self._in_flow_order(starts[0])):
            self.parse_node(node)

    def _in_flow_order(self, start: Any) -> list[Any]:
        found = {start.get("id"): start}
        for element in (queue := [start.get("id")]):
            flows = self.get_outgoing_sequence_flows(element)
            for boundary in self.get_boundary_events(element):
                flows = flows + self.get_outgoing_sequence_flows(boundary.get("id"))
            for target in (flow.get("targetRef") for flow in flows):
                node = self.get_node_by_id(target)
                if node is None:
                    raise BadDiagram(f"{element}：有一条流向没有终点")
                if target not in found:
                    found[target] = node
                    queue.append(target)
        return list(found.values())


class CaseParser(BpmnParser):  # type: ignore[misc]
    """Knows only our elements; everything else is an unknown element and refused."""

    PROCESS_PARSER_CLASS = _Process
    PARSER_CLASSES: dict[str, Any] = {}
    OVERRIDE_PARSER_CLASSES = {
        full_tag("startEvent"): (_Start, specs.StartEvent),
        full_tag("endEvent"): (_End, specs.EndEvent),
        full_tag("task"): (_Task, specs.UserTask),
        full_tag("userTask"): (_Task, specs.UserTask),
        full_tag("manualTask"): (_Task, specs.UserTask),
        full_tag("scriptTask"): (_Script, specs.OperationTask),
        full_tag("serviceTask"): (_Service, specs.OperationTask),
        full_tag("sendTask"): (_Send, specs.SendTask),
        full_tag("receiveTask"): (_Receive, specs.ReceiveTask),
        full_tag("subProcess"): (_SubProcess, specs.SubProcess),
        full_tag("callActivity"): (_CallActivity, specs.CallActivity),
        full_tag("exclusiveGateway"): (_Conditional, specs.ExclusiveGateway),
        full_tag("parallelGateway"): (_Gateway, specs.ParallelGateway),
        full_tag("eventBasedGateway"): (_EventGateway, EventBasedGateway),
        full_tag("intermediateCatchEvent"): (_Catch, specs.IntermediateCatchEvent),
        full_tag("intermediateThrowEvent"): (_Throw, specs.IntermediateThrowEvent),
        full_tag("boundaryEvent"): (_Boundary, specs.BoundaryEvent),
    }

    def _add_diagram_indexes(self, bpmn: Any) -> None:
        """Lanes by id, not by name: the name is Chinese text for the reader."""
        super()._add_diagram_indexes(bpmn)
        lanes = self.document_lanes[self._document_key(bpmn)]
        for reference in bpmn.iter(full_tag("flowNodeRef")):
            lanes[(reference.text or "").strip()] = reference.getparent().get("id")


def parse(source: ProcessSource) -> tuple[Any, dict[str, Any]]:
    """The process and the sub-processes that it uses, as engine specifications."""
    parser = CaseParser()
    try:
        for path, content in source.files:
            parser.add_bpmn_xml(_executable_part(parse_xml(path, content)), filename=path)
        spec = parser.get_spec(source.process_id)
        inner = parser.get_subprocess_specs(source.process_id)
        _check_calls(spec, inner, (), set())
        return spec, inner
    except BadDiagram:
        raise
    except (SpiffWorkflowException, RecursionError, KeyError, ValueError) as error:
        raise BadDiagram(f"{source.process_id}：{error}") from error


def _check_calls(
    spec: Any, inner: dict[str, Any], around: tuple[str, ...], checked: set[str]
) -> None:
    """A process inside itself would start for ever."""
    if spec.name in around:
        raise BadDiagram(f"{spec.name}：流程会再次调用自己")
    for task_spec in spec.task_specs.values():
        calls = isinstance(task_spec, specs.SubProcess | specs.CallActivity)
        if calls and task_spec.spec not in checked:
            _check_calls(inner[task_spec.spec], inner, (*around, spec.name), checked)
    checked.add(spec.name)


def _executable_part(root: Any) -> Any:
    for name in _NOT_EXECUTED:
        for node in list(root.iter(full_tag(name))):
            node.getparent().remove(node)
    return root
