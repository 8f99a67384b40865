"""What a draft changes against a version: files line by line, and steps as people see them."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.engine import BadDiagram
from workflows.packs.files import PackFiles
from workflows.packs.graph import Flow, Node, read_graph
from workflows.packs.manifest import TaskBinding, manifest_of
from workflows.packs.yaml_files import BadYaml

MOST_LINES = 400
"""Lines of one file's difference that are shown; a whole new diagram has thousands."""
TEXTS = frozenset({"yaml", "bpmn", "dmn", "typ", "md", "txt", "svg"})


@dataclass(frozen=True)
class FileChange:
    """One file: `kind` is added, removed or changed; `lines` is the unified difference."""

    path: str
    kind: str
    lines: tuple[str, ...]
    more: int = 0
    """Lines that are not shown."""


@dataclass(frozen=True)
class ElementChange:
    """One step or arrow of a diagram; `what` names the properties that differ."""

    id: str
    name: str
    type: str
    kind: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The whole difference; empty when the two packs are the same."""

    files: tuple[FileChange, ...]
    elements: tuple[ElementChange, ...]

    def steps(self, kind: str) -> list[ElementChange]:
        """Changed elements that are no arrows."""
        return [e for e in self.elements if e.kind == kind and e.type != "sequenceFlow"]


def compare(before: PackFiles, after: PackFiles) -> Comparison:
    """How the second pack differs from the first."""
    return Comparison(tuple(_files(before, after)), tuple(_elements(before, after)))


def _files(before: PackFiles, after: PackFiles) -> Iterator[FileChange]:
    for path in sorted({*before.files, *after.files}):
        old, new = before.files.get(path), after.files.get(path)
        if old != new:
            kind = "added" if old is None else "removed" if new is None else "changed"
            lines = text_difference(path, old or b"", new or b"")
            yield FileChange(path, kind, tuple(lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES))


def text_difference(path: str, old: bytes, new: bytes) -> list[str]:
    """The unified difference of two texts; nothing for pictures."""
    if path.rpartition(".")[2] not in TEXTS:
        return []
    one, two = (each.decode("utf-8", "replace").splitlines() for each in (old, new))
    return list(difflib.unified_diff(one, two, lineterm="", n=2))[2:]


def _elements(before: PackFiles, after: PackFiles) -> Iterator[ElementChange]:
    old, new = _drawn(before), _drawn(after)
    for id_ in [*new, *(known for known in old if known not in new)]:
        shown = new.get(id_) or old[id_]
        if id_ not in old or id_ not in new:
            kind = "added" if id_ not in old else "removed"
            yield ElementChange(id_, _name(shown, old, new), _type(shown), kind)
        elif what := _differing(old[id_], new[id_]):
            yield ElementChange(id_, _name(shown, old, new), _type(shown), "changed", what)


@dataclass(frozen=True)
class _Drawn:
    """An element with what pack.yaml binds to it."""

    element: Node | Flow
    binding: TaskBinding | None = None


def _drawn(files: PackFiles) -> dict[str, _Drawn]:
    bindings = _bindings(files)
    found: dict[str, _Drawn] = {}
    for path in files.drawn(_sides(files)):
        try:
            graph = read_graph(path, files[path])
        except BadDiagram:
            continue  # the check tells what is wrong; here there is nothing to compare
        found |= {id_: _Drawn(node, bindings.get(id_)) for id_, node in graph.nodes.items()}
        found |= {flow.id: _Drawn(flow) for flow in graph.flows}
    return found


def _sides(files: PackFiles) -> Iterable[str]:
    try:
        return manifest_of(files).side
    except BadYaml:
        return ()


def _bindings(files: PackFiles) -> Mapping[str, TaskBinding]:
    try:
        return manifest_of(files).tasks
    except BadYaml:
        return {}


def _differing(old: _Drawn, new: _Drawn) -> tuple[str, ...]:
    if type(old.element) is not type(new.element):
        return ("type",)
    names = _unequal(old.element, new.element)
    return (*names, *_binding_differs(old.binding, new.binding))


def _unequal(old: Any, new: Any) -> list[str]:
    fields = (f.name for f in dataclasses.fields(old))
    return [name for name in fields if getattr(old, name) != getattr(new, name)]


def _binding_differs(old: TaskBinding | None, new: TaskBinding | None) -> list[str]:
    if old == new:
        return []
    if old is None or new is None:
        return ["binding"]
    return [f"binding.{name}" for name in _unequal(old, new)]


def _type(drawn: _Drawn) -> str:
    return drawn.element.type if isinstance(drawn.element, Node) else "sequenceFlow"


def _name(drawn: _Drawn, old: Mapping[str, _Drawn], new: Mapping[str, _Drawn]) -> str:
    """What the step is called; an arrow is told by the steps that it joins."""
    if isinstance(drawn.element, Node):
        return drawn.element.name or drawn.element.id
    ends = (drawn.element.source, drawn.element.target)
    named = (new.get(end) or old.get(end) for end in ends)
    return " → ".join(
        (n.element.name or n.element.id) if n and isinstance(n.element, Node) else end
        for n, end in zip(named, ends, strict=True)
    )
