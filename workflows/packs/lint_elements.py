"""Lint of single elements: unknown kinds, tasks, instances, ids, data."""

from __future__ import annotations

from collections import Counter
from typing import Any

from workflows.engine import BadExpression
from workflows.engine.diagram import FLOW_NODES, local
from workflows.engine.expressions import parsed
from workflows.engine.naming import OPERATION_NAME
from workflows.packs.lint_drawing import ACTIVITIES, SCOPES, Drawing, shown, tag

MAX_INSTANCES = 50
_EVENTS = {
    "startEvent",
    "endEvent",
    "boundaryEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
}
_GATEWAYS = {"exclusiveGateway", "parallelGateway", "eventBasedGateway"}
_EXECUTED = ACTIVITIES | _EVENTS | _GATEWAYS
_DRAWN = {
    "sequenceFlow",
    "laneSet",
    "documentation",
    "extensionElements",
    "textAnnotation",
    "association",
    "group",
    "auditing",
    "monitoring",
    "incoming",
    "outgoing",
    "multiInstanceLoopCharacteristics",
    "standardLoopCharacteristics",
}
_STORES = {"dataStore", "dataStoreReference"}
_DATA = {
    "dataObject",
    "dataObjectReference",
    "dataInputAssociation",
    "dataOutputAssociation",
    "ioSpecification",
    "property",
}
_NAMED = {
    "inclusiveGateway": "E05",
    "complexGateway": "E06",
    "adHocSubProcess": "E13",
}


def check_elements(drawing: Drawing) -> None:
    """Everything that can be said of one element without its neighbours."""
    _check_ids(drawing)
    for store in drawing.iter(*sorted(_STORES)):
        drawing.found("E25", store)
    for data in drawing.iter(*sorted(_DATA)):
        drawing.found("E26", data)
    for scope in drawing.scopes:
        for child in scope.element:
            _check_kind(drawing, child)
    for node in drawing.nodes:
        _check_task(drawing, node)
        _check_instances(drawing, node)


def _check_kind(drawing: Drawing, child: Any) -> None:
    kind = local(child)
    if kind in _NAMED:
        drawing.found(_NAMED[kind], child)
    elif kind and kind not in _EXECUTED | _DRAWN | _STORES | _DATA and _is_bpmn(child):
        drawing.found("E04", child, kind)
    if kind == "subProcess" and child.get("triggeredByEvent") == "true":
        drawing.found("E12", child)
    if child.get("isForCompensation") == "true":
        drawing.found("E09", child)


def _is_bpmn(child: Any) -> bool:
    return bool(child.tag == tag(local(child)))


def _check_task(drawing: Drawing, node: Any) -> None:
    kind = local(node)
    if kind == "callActivity" and not node.get("calledElement"):
        drawing.found("E32", node)
    if kind == "scriptTask":
        _check_operation(drawing, node, node.findtext(tag("script")))
    if kind == "serviceTask":
        _check_operation(drawing, node, node.get("implementation"))


def _check_operation(drawing: Drawing, node: Any, text: str | None) -> None:
    name = (text or "").strip()
    if not OPERATION_NAME.fullmatch(name):
        drawing.found("E31", node, name[:60] or ("空", "nothing"))


def _check_instances(drawing: Drawing, node: Any) -> None:
    if node.find(tag("standardLoopCharacteristics")) is not None:
        drawing.found("E20", node)
    loop = node.find(tag("multiInstanceLoopCharacteristics"))
    if loop is None:
        return
    if loop.find(tag("completionCondition")) is not None:
        drawing.found("E18", node)
    for part in ("loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem"):
        if loop.find(tag(part)) is not None:
            drawing.found("E19", node, part)
    _check_count(drawing, node, (loop.findtext(tag("loopCardinality")) or "").strip())


def _check_count(drawing: Drawing, node: Any, text: str) -> None:
    try:
        parsed(text)
    except BadExpression as error:
        drawing.found("E42", node, str(error))
        return
    if text.isdigit() and not 1 <= int(text) <= MAX_INSTANCES:
        drawing.found("E42", node, f"{text} (1–{MAX_INSTANCES})")


def _check_ids(drawing: Drawing) -> None:
    counted = [
        each
        for each in drawing.root.iter(tag("*"))
        if local(each) in FLOW_NODES | SCOPES | {"sequenceFlow"}
    ]
    uses = Counter(each.get("id", "") for each in counted)
    for each in counted:
        name = each.get("id", "")
        if uses[name] > 1 or not name.strip():
            drawing.found("E30", each, name or ("空", "(empty)"))
        elif _is_reserved(name):
            drawing.found("E43", each, shown(each) if shown(each) == name else name)


def _is_reserved(name: str) -> bool:
    """Names that the engine gives to helpers of its own."""
    helpers = (".EndJoin", ".BoundaryEventSplit", ".BoundaryEventJoin", " [child]")
    return name in ("Start", "End", "Root") or name.endswith(helpers)
