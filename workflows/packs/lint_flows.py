"""Lint of the ways between elements: starts and ends, splits, conditions, gateways."""

from __future__ import annotations

from collections import Counter
from typing import Any

from workflows.engine import BadExpression
from workflows.engine.diagram import local
from workflows.engine.expressions import parsed
from workflows.packs.lint_drawing import Drawing, Scope, shown, tag
from workflows.packs.lint_events import definitions

_SPLITTING = ("exclusiveGateway", "parallelGateway", "eventBasedGateway")
_SPLITTING_REFUSED = ("inclusiveGateway", "complexGateway")


def check_flows(drawing: Drawing) -> None:
    """Everything that can be said of elements and their direct neighbours."""
    for scope in drawing.scopes:
        if _has_start(drawing, scope):
            _check_reach(drawing, scope)
        for flow in scope.flows:
            _check_flow(drawing, scope, flow)
        for node in scope.nodes.values():
            _check_ways(drawing, scope, node)
        for gateway in scope.of_type("exclusiveGateway"):
            _check_exclusive(drawing, scope, gateway)
        for gateway in scope.of_type("eventBasedGateway"):
            _check_event_gateway(drawing, scope, gateway)


def _has_start(drawing: Drawing, scope: Scope) -> bool:
    if not scope.nodes and local(scope.element) == "process":
        return False  # a pool drawn as a black box
    starts = scope.of_type("startEvent")
    if len(starts) != 1:
        detail = (f"有 {len(starts)} 个开始事件", f"it has {len(starts)} start events")
        drawing.found("E27", scope.element, detail)
    if not scope.of_type("endEvent"):
        drawing.found("E28", scope.element)
    return len(starts) == 1


def _check_reach(drawing: Drawing, scope: Scope) -> None:
    reached = {scope.of_type("startEvent")[0].get("id")}
    queue = list(reached)
    for node_id in queue:
        new = [each for each in scope.successors(node_id) if each not in reached]
        reached.update(new)
        queue.extend(new)
    for node_id, node in scope.nodes.items():
        if node_id not in reached and node.get("triggeredByEvent") != "true":
            drawing.found("E39", node)


def _check_flow(drawing: Drawing, scope: Scope, flow: Any) -> None:
    source = scope.nodes.get(flow.get("sourceRef", ""))
    target = scope.nodes.get(flow.get("targetRef", ""))
    if source is None or target is None:
        drawing.found("E29", flow)
        return
    condition = flow.find(tag("conditionExpression"))
    if condition is None:
        return
    if local(source) not in ("exclusiveGateway", *_SPLITTING_REFUSED):
        drawing.found("E10", flow, shown(source))
        return
    try:
        parsed((condition.text or "").strip())
    except BadExpression as error:
        drawing.found("E21", flow, str(error))


def _check_ways(drawing: Drawing, scope: Scope, node: Any) -> None:
    out = scope.outgoing.get(node.get("id", ""), [])
    kind = local(node)
    if kind == "startEvent" and scope.incoming.get(node.get("id", "")):
        drawing.found("E41", node, ("开始事件有来路", "a flow leads into the start"))
    if kind == "endEvent" and out:
        drawing.found("E41", node, ("结束事件有去路", "a flow leaves the end"))
    if kind == "boundaryEvent" and not out:
        drawing.found("E36", node, ("没有引出的流向", "no flow leaves it"))
    elif kind != "endEvent" and not out and node.get("triggeredByEvent") != "true":
        drawing.found("E40", node)
    if len(out) > 1 and kind not in (*_SPLITTING, *_SPLITTING_REFUSED, "endEvent"):
        drawing.found("E23", node, len(out))
    _check_doubles(drawing, scope, node, out)


def _check_doubles(drawing: Drawing, scope: Scope, node: Any, out: list[Any]) -> None:
    for target, count in Counter(flow.get("targetRef") for flow in out).items():
        if count > 1 and target in scope.nodes and local(node) != "exclusiveGateway":
            drawing.found("E34", node, shown(scope.nodes[target]))


def _check_exclusive(drawing: Drawing, scope: Scope, gateway: Any) -> None:
    out = scope.outgoing.get(gateway.get("id", ""), [])
    default = gateway.get("default")
    if default is not None and default not in [flow.get("id") for flow in out]:
        drawing.found("E38", gateway, default)
        return
    conditional = [flow for flow in out if flow.find(tag("conditionExpression")) is not None]
    if len(out) == 1 and conditional and default is None:
        drawing.found("E24", gateway, ("只有一条流向却带条件", "its only flow has a condition"))
    if len(out) < 2:
        return
    for flow in out:
        if flow not in conditional and flow.get("id") != default:
            name = shown(flow)
            drawing.found(
                "E24", gateway, (f"流向 {name} 没有条件", f"flow {name} has no condition")
            )


def _check_event_gateway(drawing: Drawing, scope: Scope, gateway: Any) -> None:
    flows = scope.outgoing.get(gateway.get("id", ""), [])
    targets = [scope.nodes[f.get("targetRef")] for f in flows if f.get("targetRef") in scope.nodes]
    if len(targets) < 2:
        drawing.found("E33", gateway, ("后面不足两个事件", "fewer than two events follow"))
    for target in targets:
        if local(target) != "intermediateCatchEvent":
            name = shown(target)
            drawing.found("E33", gateway, (f"{name} 不是捕获事件", f"{name} is no catch event"))
        elif len(scope.incoming.get(target.get("id", ""), [])) > 1:
            name = shown(target)
            drawing.found("E33", gateway, (f"{name} 另有来路", f"{name} has another way in"))
    timers = [each for each in targets if "timer" in [kind for kind, _ in definitions(each)]]
    if len(timers) > 1:
        drawing.found("E15", gateway, len(timers))
