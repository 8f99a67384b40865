"""Side processes of a pack (rules B21 to B24): what they may be called, who starts them, what they
hold up and what they tell the main process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workflows.packs.binding import Bound
from workflows.packs.files import MANIFEST
from workflows.packs.findings import Finding, Message
from workflows.packs.graph import Graph
from workflows.packs.manifest import SideProcess


def side_findings(bound: Bound) -> Iterator[Finding]:
    """Everything that is wrong with the side processes, beyond the binding of their tasks."""
    yield from _twice(bound)
    for name, side in bound.manifest.side.items():
        path, diagram = bound.side_files[name]
        graph = next((graph for graph in bound.graphs if graph.file == diagram), None)
        yield from _start(bound, side, path)
        yield from _taken(bound, side)
        if graph is not None:
            yield from _drawn(bound, side, graph, path)


def _twice(bound: Bound) -> Iterator[Finding]:
    """One word for one thing: tasks and notes of a case are told apart by their element alone."""
    seen: dict[str, str] = {}
    for graph in bound.graphs:
        for id_ in graph.nodes:
            if id_ in seen:
                yield _finding(
                    "B21",
                    graph.file,
                    id_,
                    f"{seen[id_]} 中已有 id 为 {id_} 的元素",
                    f"{seen[id_]} already has an element with the id {id_!r}",
                )
            seen.setdefault(id_, graph.file)
    starts = Counter(side.start.command for side in bound.manifest.side.values())
    for command, count in starts.items():
        if count > 1:
            zh = f"命令 {command} 启动不止一个副流程"
            en = f"{command} starts several side processes"
            yield _finding("B22", MANIFEST, None, zh, en)


def _start(bound: Bound, side: SideProcess, path: str) -> Iterator[Finding]:
    command = bound.words.commands.get(side.start.command)
    if command is not None and not command.beside:
        yield _finding(
            "B22",
            path,
            side.name,
            f"{side.start.command} 不是案件中随时可用的命令，不能启动副流程",
            f"{side.start.command} is no command given beside the steps of a case",
        )


def _taken(bound: Bound, side: SideProcess) -> Iterator[Finding]:
    """What the pack itself says of it: stages, blocked commands, the message at its end."""
    for stage in side.allowed_in:
        if stage not in bound.words.stages:
            zh, en = f"未知的阶段“{stage}”", f"unknown stage {stage!r}"
            yield _finding("B17", MANIFEST, side.name, zh, en)
    for command in side.blocks:
        if command not in bound.words.commands:
            zh, en = f"未知的命令“{command}”", f"unknown command {command!r}"
            yield _finding("B03", MANIFEST, side.name, zh, en)
    own = {task.command for task in side.tasks.values()} & set(side.blocks)
    for command in sorted(own):
        zh, en = f"副流程拦住了自己的命令 {command}", f"it blocks its own command {command}"
        yield _finding("B23", MANIFEST, side.name, zh, en)
    waits = {node.message for graph in bound.graphs for node in graph.nodes.values()}
    if side.on_end is not None and side.on_end not in waits:
        zh = f"流程图中没有等待消息“{side.on_end}”的事件"
        en = f"no event of the diagrams waits for the message {side.on_end!r}"
        yield _finding("B24", MANIFEST, side.name, zh, en)


def _drawn(bound: Bound, side: SideProcess, graph: Graph, path: str) -> Iterator[Finding]:
    """Its tasks and end events are those of its own diagram."""
    for id_ in side.tasks:
        if id_ not in graph.nodes:
            zh, en = f"任务 {id_} 不在 {graph.file} 中", f"{id_!r} is not drawn in {graph.file}"
            yield _finding("B02", path, id_, zh, en)
    drawn = {node.id for node in graph.of_type({"endEvent"}) if node.inside == side.name}
    ends = side.ends or {}
    for id_ in sorted(drawn - ends.keys()):
        zh, en = f"结束事件 {id_} 没有列在 ends 中", f"the end event {id_!r} is not in ends"
        yield _finding("B19", path, id_, zh, en)
    for id_ in sorted(ends.keys() - drawn):
        zh, en = f"未知的结束事件“{id_}”", f"unknown end event {id_!r}"
        yield _finding("B19", path, id_, zh, en)
    for id_, stage in ends.items():
        if stage is not None and stage not in bound.words.exits:
            zh, en = f"“{stage}”不是案件的去向", f"{stage!r} is no exit of a case"
            yield _finding("B17", path, id_, zh, en)


def _finding(rule: str, file: str, element: str | None, zh: str, en: str) -> Finding:
    prefix = f"{element}：" if element else ""
    shown = f"{element}: " if element else ""
    return Finding(rule, "error", file, element, Message(prefix + zh, shown + en))
