"""A small builder of BPMN files for tests: nodes and flows in, XML bytes out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import pairwise

from workflows.engine import ProcessSource

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"


@dataclass
class Diagram:
    """One process. Every method adds elements and returns the diagram, so that calls chain."""

    id: str = "case"
    body: list[str] = field(default_factory=list)
    root: list[str] = field(default_factory=list)
    flows: int = 0

    def add(self, xml: str) -> Diagram:
        self.body.append(xml)
        return self

    def add_root(self, xml: str) -> Diagram:
        self.root.append(xml)
        return self

    def node(self, kind: str, element: str, inner: str = "", **attributes: str) -> Diagram:
        given = "".join(f' {name}="{value}"' for name, value in attributes.items())
        return self.add(f'<{kind} id="{element}"{given}>{inner}</{kind}>')

    def start(self, element: str = "start") -> Diagram:
        return self.node("startEvent", element)

    def end(self, element: str = "end", inner: str = "") -> Diagram:
        return self.node("endEvent", element, inner)

    def user(self, *elements: str, inner: str = "") -> Diagram:
        for element in elements:
            self.node("userTask", element, inner, name=f"办理{element}")
        return self

    def script(self, element: str, operation: str) -> Diagram:
        return self.node("scriptTask", element, f"<script>{operation}</script>")

    def xor(self, element: str, default: str | None = None) -> Diagram:
        return self.node("exclusiveGateway", element, **({"default": default} if default else {}))

    def parallel(self, *elements: str) -> Diagram:
        for element in elements:
            self.node("parallelGateway", element)
        return self

    def timer(self, element: str, clock: str) -> Diagram:
        return self.node("intermediateCatchEvent", element, clock_definition(clock))

    def boundary(
        self, element: str, host: str, clock: str = "CLK_STATE", interrupting: bool = True
    ) -> Diagram:
        cancel = {} if interrupting else {"cancelActivity": "false"}
        return self.node(
            "boundaryEvent", element, clock_definition(clock), attachedToRef=host, **cancel
        )

    def receive(self, element: str, message: str) -> Diagram:
        self.add_root(f'<message id="m_{message}" name="{message}"/>')
        return self.node(
            "intermediateCatchEvent", element, f'<messageEventDefinition messageRef="m_{message}"/>'
        )

    def flow(self, source: str, target: str, condition: str = "", name: str = "") -> Diagram:
        """One flow; its id is `name`, else a running number."""
        self.flows += 1
        text = (
            f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
        )
        ends = f'sourceRef="{source}" targetRef="{target}"'
        flow = name or f"{self.id}_f{self.flows}"
        return self.add(f'<sequenceFlow id="{flow}" {ends}>{text}</sequenceFlow>')

    def chain(self, *elements: str) -> Diagram:
        for source, target in pairwise(elements):
            self.flow(source, target)
        return self

    def renamed(self, old: str, new: str) -> Diagram:
        """The same diagram with one id changed wherever it is used."""
        self.body = [part.replace(f'"{old}"', f'"{new}"') for part in self.body]
        return self

    def sub(self, element: str, inner: Diagram) -> Diagram:
        self.root.extend(inner.root)
        return self.add(f'<subProcess id="{element}">{"".join(inner.body)}</subProcess>')

    def xml(self, *others: Diagram) -> bytes:
        parts = "".join(
            f'<process id="{each.id}" isExecutable="true">{"".join(each.body)}</process>'
            for each in (self, *others)
        )
        roots = "".join(root for each in (self, *others) for root in each.root)
        return f'<definitions xmlns="{MODEL}">{roots}{parts}</definitions>'.encode()

    def source(self, *others: Diagram) -> ProcessSource:
        return source_of(self.xml(*others), self.id)


def source_of(xml: bytes, process: str = "case") -> ProcessSource:
    return ProcessSource(hashlib.sha256(xml).hexdigest(), (("process.bpmn", xml),), process)


def clock_definition(clock: str) -> str:
    return f"<timerEventDefinition><timeDuration>{clock}</timeDuration></timerEventDefinition>"


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
