"""Exclusive gateways against the domains of their variables: each value has one way out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from itertools import product

from workflows.engine import BadExpression
from workflows.engine.expressions import Expression, parsed
from workflows.packs.findings import Finding, Message
from workflows.packs.graph import Flow, Graph, Node
from workflows.packs.manifest import Manifest
from workflows.packs.routing import EXTRA, UNSET, Reach, State, condition_of, holds

MOST_COMBINATIONS = 5_000


def condition_findings(
    graph: Graph, manifest: Manifest, extra: frozenset[str]
) -> Iterator[Finding]:
    """Names and values in conditions. `extra` are the `extra.<form>.<field>` that are recorded."""
    known = manifest.routing.keys()
    for flow in graph.flows:
        if not flow.condition:
            continue
        try:
            expression = parsed(flow.condition)
        except BadExpression as error:
            yield _finding(graph, "B10", flow.id, f"条件无法读取：{error}", f"condition: {error}")
            continue
        for name in sorted(expression.names - known - extra):
            yield _finding(
                graph,
                "B10",
                flow.id,
                f"条件“{flow.condition}”用到未声明的变量 {name}",
                f"the condition {flow.condition!r} reads {name}, which the pack does not declare",
            )
        yield from _value_findings(graph, flow, expression, manifest)


def _value_findings(
    graph: Graph, flow: Flow, expression: Expression, manifest: Manifest
) -> Iterator[Finding]:
    """A text that the variable can never have is a slip of the pen."""
    for name, value in _compared(expression.tree):
        domain = manifest.routing.get(name)
        if domain is not None and value not in domain:
            yield _finding(
                graph,
                "B11",
                flow.id,
                f"“{value}”不是变量 {name} 的取值（{'、'.join(domain)}）",
                f"{value!r} is no value of {name} ({', '.join(domain)})",
            )


def _compared(tree: ast.expr) -> Iterator[tuple[str, str]]:
    """Pairs of a variable and a text that it is held against."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        names = [side.id for side in sides if isinstance(side, ast.Name)]
        texts = [
            each.value
            for side in sides
            for each in ast.walk(side)
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]
        yield from product(names, texts)


def gateway_findings(graph: Graph, reach: Reach) -> Iterator[Finding]:
    """Values without a way out, with two, or never set."""
    for gateway in graph.of_type({"exclusiveGateway"}):
        flows = graph.outgoing.get(gateway.id, [])
        state = reach.before.get(gateway.id)
        if len(flows) > 1 and state is not None:
            yield from _ways_out(graph, gateway, flows, state)


def _ways_out(graph: Graph, gateway: Node, flows: list[Flow], state: State) -> Iterator[Finding]:
    conditions = [(flow, condition_of(flow)) for flow in flows]
    readable = [(flow, each) for flow, each in conditions if each is not None]
    names = sorted({name for _, each in readable for name in each.names})
    if len(readable) != sum(bool(flow.condition) for flow in flows):
        return
    if any(name not in state for name in names):
        yield from _with_extra(graph, gateway, names)
        return
    for name in names:
        if UNSET in state[name]:
            yield _finding(
                graph,
                "B14",
                gateway.id,
                f"网关“{gateway.name}”：变量 {name} 到这里时可能还没有值",
                f"gateway {gateway.name!r}: {name} may not have been set on the way here",
            )
    yield from _combinations(graph, gateway, readable, {name: state[name] for name in names})


def _with_extra(graph: Graph, gateway: Node, names: list[str]) -> Iterator[Finding]:
    """A field of an extra form may be anything, so only a default flow is complete."""
    if gateway.default is None and any(name.startswith(EXTRA) for name in names):
        yield _finding(
            graph,
            "B12",
            gateway.id,
            f"网关“{gateway.name}”用到附加表单的字段，必须有默认流向",
            f"gateway {gateway.name!r} reads an extra form and needs a default flow",
        )


def _combinations(
    graph: Graph, gateway: Node, readable: list[tuple[Flow, Expression]], domains: State
) -> Iterator[Finding]:
    names = list(domains)
    choices = [sorted(value for value in domains[name] if value is not None) for name in names]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > MOST_COMBINATIONS:
        return
    # Several variables are bounded each on its own: a combination may never occur together.
    severity = "error" if len(names) == 1 else "warning"
    seen: set[tuple[str, ...]] = set()
    for combination in product(*choices):
        values = dict(zip(names, combination, strict=True))
        taken = tuple(flow.id for flow, each in readable if holds(each, values))
        if len(taken) > 1 and taken not in seen:
            seen.add(taken)
            yield _finding(graph, "B13", gateway.id, *_both(gateway, values, taken), severity)
        if not taken and gateway.default is None:
            yield _finding(graph, "B12", gateway.id, *_none(gateway, values), severity)


def _both(gateway: Node, values: Mapping[str, str], taken: tuple[str, ...]) -> tuple[str, str]:
    shown, flows = _shown(values), ", ".join(taken)
    return (
        f"网关“{gateway.name}”：{shown} 时有多条流向成立（{flows}）",
        f"gateway {gateway.name!r}: for {shown} several flows hold ({flows})",
    )


def _none(gateway: Node, values: Mapping[str, str]) -> tuple[str, str]:
    shown = _shown(values)
    return (
        f"网关“{gateway.name}”：{shown} 时没有流向成立",
        f"gateway {gateway.name!r}: for {shown} no flow holds",
    )


def _shown(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def _finding(
    graph: Graph, rule: str, element: str, zh: str, en: str, severity: str = "error"
) -> Finding:
    return Finding(rule, severity, graph.file, element, Message(zh, en))
