"""A diagram as the checks walk it: nodes, flows, lanes. Plain values, read from BPMN XML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workflows.engine.diagram import FLOW_NODES, local
from workflows.engine.xml import BPMN, parse_xml

USER_TASKS = frozenset({"userTask", "manualTask", "task"})
OPERATION_TASKS = frozenset({"scriptTask", "serviceTask"})


@dataclass(frozen=True)
class Node:
    """A flow node. `inside` is the sub-process or process around it."""

    id: str
    type: str
    name: str
    inside: str
    lane: str | None = None
    attached_to: str | None = None
    default: str | None = None
    operation: str | None = None
    clock: str | None = None
    calls: str | None = None
    message: str | None = None
    """Name of the message that it waits for."""
    event: str = ""
    """Kind of its event definition: timer, message, signal, error, escalation, terminate."""
    interrupting: bool = True
    """Whether an event at an edge ends what it is attached to."""
    reference: str | None = None
    """Code or name of the error or escalation that it throws or catches; None: any."""


@dataclass(frozen=True)
class Flow:
    """A sequence flow; the condition is empty when it has none."""

    id: str
    source: str
    target: str
    condition: str


@dataclass(frozen=True)
class Lane:
    """A lane by its id, and what the reader sees."""

    id: str
    name: str


@dataclass(frozen=True)
class Graph:
    """All processes of one BPMN file."""

    file: str
    processes: tuple[str, ...]
    nodes: dict[str, Node]
    flows: tuple[Flow, ...]
    lanes: tuple[Lane, ...]

    @cached_property
    def outgoing(self) -> dict[str, list[Flow]]:
        return _grouped(self.flows, "source")

    @cached_property
    def incoming(self) -> dict[str, list[Flow]]:
        return _grouped(self.flows, "target")

    def of_type(self, types: Iterable[str]) -> list[Node]:
        """The nodes of these BPMN types, in the order of the file."""
        return [node for node in self.nodes.values() if node.type in types]

    def contents(self, container: str) -> list[Node]:
        """What lies directly in a process or sub-process."""
        return [node for node in self.nodes.values() if node.inside == container]


def read_graph(file: str, content: bytes) -> Graph:
    """The diagram of a file; raises the engine's BadDiagram when it is not safe to read."""
    root = parse_xml(file, content)
    lanes = {
        (reference.text or "").strip(): reference.getparent()
        for reference in root.iter(f"{{{BPMN}}}flowNodeRef")
    }
    messages = {each.get("id"): each.get("name") for each in root.iter(f"{{{BPMN}}}message")}
    nodes = [
        _node(element, lanes, messages)
        for element in root.iter(f"{{{BPMN}}}*")
        if _is_node(element)
    ]
    return Graph(
        file=file,
        processes=tuple(each.get("id", "") for each in root.iter(f"{{{BPMN}}}process")),
        nodes={node.id: node for node in nodes},
        flows=tuple(map(_flow, root.iter(f"{{{BPMN}}}sequenceFlow"))),
        lanes=tuple(
            Lane(lane.get("id", ""), lane.get("name", "")) for lane in root.iter(f"{{{BPMN}}}lane")
        ),
    )


def _is_node(element: Any) -> bool:
    return local(element) in FLOW_NODES


def _node(element: Any, lanes: dict[str, Any], messages: dict[str, str]) -> Node:
    lane = _lane(element, lanes)
    is_simple = local(element) != "subProcess"
    return Node(
        id=element.get("id", ""),
        type=local(element),
        name=element.get("name", ""),
        inside=element.getparent().get("id", ""),
        lane=lane.get("id") if lane is not None else None,
        attached_to=element.get("attachedToRef"),
        default=element.get("default"),
        operation=(_text(element, "script") or element.get("implementation"))
        if is_simple
        else None,
        clock=_text(element, "timerEventDefinition") if is_simple else None,
        calls=element.get("calledElement"),
        message=_message(element, messages) if local(element) in _CATCHES else None,
        event=_event(element),
        interrupting=element.get("cancelActivity", "true").lower() == "true",
        reference=_reference(element),
    )


_CATCHES = frozenset({"intermediateCatchEvent", "boundaryEvent", "receiveTask"})


def _message(element: Any, messages: dict[str, str]) -> str | None:
    """The message that a catching event or a receive task waits for."""
    event = element.find(f"{{{BPMN}}}messageEventDefinition")
    source = element if event is None else event
    return messages.get(source.get("messageRef"))


_DEFINITION = "EventDefinition"


def _event(element: Any) -> str:
    """The kind of event that it is; empty for what is none, or a plain one."""
    found = (local(child) for child in element if local(child).endswith(_DEFINITION))
    return next(found, "").removesuffix(_DEFINITION)


def _reference(element: Any) -> str | None:
    """What an error or escalation event refers to: the code, where the file says one."""
    for kind, code in (("error", "errorCode"), ("escalation", "escalationCode")):
        definition = element.find(f"{{{BPMN}}}{kind}{_DEFINITION}")
        wanted = definition.get(f"{kind}Ref") if definition is not None else None
        if wanted is not None:
            said = element.getroottree().getroot().iter(f"{{{BPMN}}}{kind}")
            codes = {each.get("id"): each.get(code) for each in said}
            return codes.get(wanted) or str(wanted)
    return None


def _lane(element: Any, lanes: dict[str, Any]) -> Any:
    """Its own lane, or that of the sub-process around it."""
    while element is not None:
        if element.get("id") in lanes:
            return lanes[element.get("id")]
        element = element.getparent()
    return None


def _text(element: Any, name: str) -> str | None:
    """All text below the child of this name: a timer's clock stands a level deeper."""
    found = element.find(f"{{{BPMN}}}{name}")
    return "".join(found.itertext()).strip() or None if found is not None else None


def _flow(element: Any) -> Flow:
    return Flow(
        element.get("id", ""),
        element.get("sourceRef", ""),
        element.get("targetRef", ""),
        (element.findtext(f"{{{BPMN}}}conditionExpression") or "").strip(),
    )


def _grouped(flows: tuple[Flow, ...], end: str) -> dict[str, list[Flow]]:
    grouped: dict[str, list[Flow]] = {}
    for flow in flows:
        grouped.setdefault(getattr(flow, end), []).append(flow)
    return grouped
