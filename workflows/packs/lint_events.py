"""Lint of events: which kind may stand where, clocks, messages, errors that nobody catches."""

from __future__ import annotations

from typing import Any

from workflows.engine.diagram import local
from workflows.engine.naming import CLOCK_CODE
from workflows.packs.lint_drawing import ACTIVITIES, Drawing, Scope, tag

_ALLOWED = {
    "startEvent": {""},
    "endEvent": {"", "terminate", "error", "escalation", "message"},
    "intermediateCatchEvent": {"timer", "message", "signal"},
    "intermediateThrowEvent": {"", "message", "signal", "escalation"},
    "boundaryEvent": {"timer", "message", "signal", "error", "escalation"},
}
_REFERENCES = {"message": "messageRef", "signal": "signalRef"}


def check_events(drawing: Drawing) -> None:
    """Events and the tasks that send and receive."""
    names = {each.get("id"): each.get("name") for each in drawing.iter("message", "signal")}
    for scope in drawing.scopes:
        for node in scope.nodes.values():
            if local(node) in _ALLOWED:
                _check_event(drawing, scope, node, names)
            if local(node) in ("sendTask", "receiveTask") and not names.get(node.get("messageRef")):
                drawing.found("E37", node)


def definitions(node: Any) -> list[tuple[str, Any]]:
    """The event definitions of a node by kind: timer, message, …"""
    return [
        (local(child).removesuffix("EventDefinition"), child)
        for child in node
        if local(child).endswith("EventDefinition")
    ] + [("reference", child) for child in node.iter(tag("eventDefinitionRef"))]


def _check_event(drawing: Drawing, scope: Scope, node: Any, names: dict[str, str]) -> None:
    found = definitions(node)
    kinds = [kind for kind, _ in found] or [""]
    if len(kinds) > 1:
        drawing.found("E35", node, ("一个事件有多个定义", "several definitions in one event"))
        return
    if local(node) == "boundaryEvent":
        _check_boundary(drawing, scope, node, kinds[0])
    if not _check_kind(drawing, node, kinds[0]) or not found:
        return
    definition = found[0][1]
    if kinds[0] == "timer":
        _check_timer(drawing, node, definition)
    if kinds[0] in _REFERENCES and not names.get(definition.get(_REFERENCES[kinds[0]])):
        drawing.found("E37", node)
    if (local(node), kinds[0]) == ("endEvent", "error"):
        _check_caught(drawing, node, definition)


def _check_kind(drawing: Drawing, node: Any, kind: str) -> bool:
    """Whether this kind of event may stand here; the known traps have rules of their own."""
    place = local(node)
    if kind == "link":
        drawing.found("E07", node)
    elif kind == "compensate":
        drawing.found("E09", node)
    elif (place, kind) == ("endEvent", "signal"):
        drawing.found("E08", node)
    elif place == "startEvent" and kind:
        drawing.found("E27", node, (f"开始事件等待{kind}", f"its start waits for a {kind}"))
    elif kind not in _ALLOWED[place]:
        drawing.found("E35", node, f"{place} {kind or '(none)'}")
    else:
        return True
    return False


def _check_timer(drawing: Drawing, node: Any, definition: Any) -> None:
    duration = definition.find(tag("timeDuration"))
    text = (duration.text or "").strip() if duration is not None else ""
    if not CLOCK_CODE.fullmatch(text):
        other = "".join(definition.itertext()).strip()
        drawing.found("E22", node, (text or other)[:60] or ("空", "nothing"))


def _check_boundary(drawing: Drawing, scope: Scope, node: Any, kind: str) -> None:
    host = scope.nodes.get(node.get("attachedToRef", ""))
    if host is None or local(host) not in ACTIVITIES:
        drawing.found("E36", node, ("没有附着的任务", "it is attached to no task"))
    if scope.incoming.get(node.get("id", "")):
        drawing.found("E36", node, ("有流向引入", "a flow leads into it"))
    if node.get("cancelActivity", "true").lower() == "true":
        return
    if kind == "signal":
        drawing.found("E14", node)
    elif kind in ("message", "escalation"):
        drawing.found("E44", node)


def _check_caught(drawing: Drawing, node: Any, definition: Any) -> None:
    code = _error_code(drawing, definition)
    hosts = [each for each in node.iterancestors() if local(each) in ("subProcess", "process")]
    process = hosts[-1].get("id") if hosts else None
    callers = [c for c in drawing.iter("callActivity") if c.get("calledElement") == process]
    around = {host.get("id") for host in [*hosts, *callers]}
    for event in drawing.iter("boundaryEvent"):
        for kind, caught in definitions(event):
            if kind != "error" or event.get("attachedToRef") not in around:
                continue
            if _error_code(drawing, caught) in (None, code):
                return
    drawing.found("E11", node)


def _error_code(drawing: Drawing, definition: Any) -> str | None:
    """The code of the error that a definition refers to; None: any error."""
    reference = definition.get("errorRef")
    codes = {each.get("id"): each.get("errorCode") for each in drawing.iter("error")}
    code: str | None = codes.get(reference) or reference
    return code
