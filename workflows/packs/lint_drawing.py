"""A BPMN file laid out for the lint: scopes with their nodes and flows, and a list of findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from workflows.engine.diagram import FLOW_NODES, local
from workflows.engine.xml import BPMN
from workflows.packs.findings import Finding, Message
from workflows.packs.lint_rules import RULES

TASKS = frozenset(
    {"task", "userTask", "manualTask", "scriptTask", "serviceTask", "sendTask", "receiveTask"}
)
ACTIVITIES = TASKS | {"subProcess", "callActivity"}
SCOPES = frozenset({"process", "subProcess"})


def tag(name: str) -> str:
    """A BPMN tag with its namespace."""
    return f"{{{BPMN}}}{name}"


@dataclass(frozen=True)
class Scope:
    """A process or sub-process: what lies directly in it."""

    element: Any
    nodes: dict[str, Any]
    flows: list[Any]

    @cached_property
    def outgoing(self) -> dict[str, list[Any]]:
        return self._by("sourceRef")

    @cached_property
    def incoming(self) -> dict[str, list[Any]]:
        return self._by("targetRef")

    def of_type(self, *types: str) -> list[Any]:
        return [node for node in self.nodes.values() if local(node) in types]

    def successors(self, node_id: str) -> list[str]:
        """Where a token may go next: along flows, and from a host to its boundary events."""
        targets = [flow.get("targetRef") for flow in self.outgoing.get(node_id, [])]
        events = [n.get("id") for n in self.of_type("boundaryEvent") if _host(n) == node_id]
        return [target for target in targets + events if target in self.nodes]

    def _by(self, end: str) -> dict[str, list[Any]]:
        grouped: dict[str, list[Any]] = {}
        for flow in self.flows:
            grouped.setdefault(flow.get(end, ""), []).append(flow)
        return grouped


def _host(event: Any) -> str:
    return str(event.get("attachedToRef", ""))


@dataclass
class Drawing:
    """One file under the lint, and what was found in it."""

    file: str
    root: Any
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def scopes(self) -> list[Scope]:
        elements = [each for each in self.root.iter(tag("*")) if local(each) in SCOPES]
        return [_scope(element) for element in elements]

    @cached_property
    def nodes(self) -> list[Any]:
        return [node for scope in self.scopes for node in scope.nodes.values()]

    def iter(self, *names: str) -> Iterator[Any]:
        return iter([each for name in names for each in self.root.iter(tag(name))])

    def found(
        self, rule: str, element: Any, detail: object = "", path: tuple[str, ...] = ()
    ) -> None:
        """Notes a finding on an element (None: the file as a whole)."""
        self.findings.append(finding(rule, self.file, element, detail, path))


def _scope(element: Any) -> Scope:
    children = list(element)
    nodes = {child.get("id", ""): child for child in children if local(child) in FLOW_NODES}
    return Scope(element, nodes, [each for each in children if local(each) == "sequenceFlow"])


def finding(
    rule: str, file: str, element: Any, detail: object = "", path: tuple[str, ...] = ()
) -> Finding:
    """A finding with both texts filled in. `detail` is text for both, or a (zh, en) pair."""
    zh, en = detail if isinstance(detail, tuple) else (detail, detail)
    name = shown(element)
    return Finding(
        rule=rule,
        severity=RULES[rule].severity,
        file=file,
        element=element.get("id") if element is not None else None,
        message=Message(
            RULES[rule].zh.format(name=name, detail=zh), RULES[rule].en.format(name=name, detail=en)
        ),
        path=path,
    )


def shown(element: Any) -> str:
    """How the reader knows an element: its name, else its id."""
    if element is None:
        return ""
    return str(element.get("name") or element.get("id") or local(element))
