"""The flow nodes of a diagram as plain values, for lists, documents and the binding check."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from workflows.engine.values import Element, ProcessSource
from workflows.engine.xml import BPMN, parse_xml

FLOW_NODES = frozenset(
    re.findall(
        r"\w+",
        "startEvent endEvent task userTask manualTask scriptTask serviceTask sendTask receiveTask "
        "businessRuleTask subProcess adHocSubProcess transaction callActivity exclusiveGateway "
        "parallelGateway inclusiveGateway eventBasedGateway complexGateway intermediateCatchEvent "
        "intermediateThrowEvent boundaryEvent",
    )
)


@lru_cache(maxsize=64)
def elements(source: ProcessSource) -> tuple[Element, ...]:
    """All flow nodes of all processes in the files, in the order of the files."""
    found: list[Element] = []
    for path, content in source.files:
        root = parse_xml(path, content)
        lanes = _lanes(root)
        found.extend(_element(node, lanes) for node in _flow_nodes(root))
    return tuple(found)


def _flow_nodes(root: Any) -> list[Any]:
    return [node for node in root.iter(f"{{{BPMN}}}*") if local(node) in FLOW_NODES]


def local(node: Any) -> str:
    """The tag without its namespace; empty for comments and the like."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _lanes(root: Any) -> dict[str, Any]:
    references = root.iter(f"{{{BPMN}}}flowNodeRef")
    return {(each.text or "").strip(): each.getparent() for each in references}


def _element(node: Any, lanes: dict[str, Any]) -> Element:
    lane = _lane(node, lanes)
    return Element(
        id=node.get("id", ""),
        type=local(node),
        name=node.get("name", ""),
        process=next((each.get("id", "") for each in node.iterancestors(f"{{{BPMN}}}process")), ""),
        lane=lane.get("id") if lane is not None else None,
        lane_name=lane.get("name") if lane is not None else None,
        clock=_text(node, "timeDuration"),
        attached_to=node.get("attachedToRef"),
        operation=_text(node, "script") or node.get("implementation"),
    )


def _lane(node: Any, lanes: dict[str, Any]) -> Any:
    """Its own lane, or that of the sub-process around it."""
    while node is not None:
        if node.get("id") in lanes:
            return lanes[node.get("id")]
        node = node.getparent()
    return None


def _text(node: Any, name: str) -> str | None:
    if local(node) in ("subProcess", "process"):
        return None
    found = node.find(f".//{{{BPMN}}}{name}")
    return (found.text or "").strip() or None if found is not None else None
