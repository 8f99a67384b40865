"""What a pack says of itself (`pack.yaml`): lanes and roles, bindings of tasks, routing domains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from models.errors import Text
from workflows.packs.files import MANIFEST, SIDE, PackFiles
from workflows.packs.findings import Finding, Message
from workflows.packs.yaml_files import BadYaml, read_yaml

RECORD_FORM = "RecordForm"
"""The command of a step that Python has never heard of: it stores the form, nothing more."""


@dataclass(frozen=True)
class Lane:
    """A lane of the diagram and the roles that may do its tasks."""

    title: Text
    roles: tuple[str, ...]


@dataclass(frozen=True)
class TaskBinding:
    """What a user task of the diagram means here."""

    title: Text
    command: str
    form: str | None = None
    documents: tuple[str, ...] = ()
    outcomes: Mapping[str, tuple[str, ...]] | None = None
    """Values of a routing variable that this task offers; None: all that its command knows."""
    action: Text | None = None
    next: Text | None = None
    stage: str | None = None
    extra_guards: tuple[str, ...] = ()
    clock: str | None = None
    guidance: Text | None = None
    article: Text | None = None
    lane: str | None = None
    """Said again for the reader; the diagram decides."""


@dataclass(frozen=True)
class StartBinding:
    """The command that opens a case with this pack (or starts a side process), and its form."""

    command: str
    form: str
    documents: tuple[str, ...] = ()
    title: Text | None = None
    action: Text | None = None
    next: Text | None = None
    stage: str | None = None
    guidance: Text | None = None
    article: Text | None = None


@dataclass(frozen=True)
class SideProcess:
    """A process that may run beside the main one (hearing, seizure …): what `side/<name>.yaml`
    says of it, and under which conditions the pack takes it."""

    name: str
    title: Text
    start: StartBinding
    tasks: Mapping[str, TaskBinding]
    operations: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    routing: Mapping[str, tuple[str, ...]] | None = None
    ends: Mapping[str, str | None] | None = None
    """End event → the exit in which it leaves the whole case; None: the case goes on."""
    allowed_in: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    on_end: str | None = None
    at_exit: str = "refuse"
    """What happens to it when the case comes to an exit: the exit is refused, or it is cancelled
    ("cancel"), or it goes on beside the ended case ("keep")."""

    @property
    def diagram(self) -> str:
        """Its drawing, in the pack or in the shared folder."""
        return f"{SIDE}/{self.name}.bpmn"


@dataclass(frozen=True)
class Manifest:
    """The whole of `pack.yaml`; `tasks`, `operations`, `clocks` and `routing` hold those of the
    side processes too."""

    id: str
    title: Text
    procedure: str
    process: str
    lanes: Mapping[str, Lane]
    start: StartBinding
    tasks: Mapping[str, TaskBinding]
    operations: tuple[str, ...]
    clocks: tuple[str, ...]
    routing: Mapping[str, tuple[str, ...]]
    side: Mapping[str, SideProcess]
    strip: tuple[str, ...]
    """Stages of the strip above a case, in order."""
    ends: Mapping[str, str]
    """End event → stage in which it leaves the case."""
    review_after_notice: bool = False
    """Whether the legal review follows the notice and the statement, as some places do (V05)."""

    def side_of(self, element: str) -> str | None:
        """The side process to which a task belongs; None for the main one."""
        return next((name for name, side in self.side.items() if element in side.tasks), None)

    def started_by(self, command: str) -> SideProcess | None:
        """The side process that a command starts."""
        return next((s for s in self.side.values() if s.start.command == command), None)


def manifest_of(files: PackFiles) -> Manifest:
    """The manifest of a pack, or :class:`BadYaml` with findings M02 (missing) and M03 (wrong)."""
    if MANIFEST not in files:
        message = Message("缺少 pack.yaml", "pack.yaml is missing")
        raise BadYaml((Finding("M02", "error", MANIFEST, None, message),))
    content = read_yaml(MANIFEST, files[MANIFEST], "M03", "pack")
    taken = content.get("side", {})
    return read_manifest(content, {name: _side_file(files, name) for name in taken})


def _side_file(files: PackFiles, name: str) -> Mapping[str, Any]:
    path = files.find(f"{SIDE}/{name}.yaml")
    if path is None:
        message = Message(f"缺少副流程 {SIDE}/{name}.yaml", f"{SIDE}/{name}.yaml is missing")
        raise BadYaml((Finding("M02", "error", MANIFEST, name, message),))
    found: Mapping[str, Any] = read_yaml(path, files[path], "M03", "side")
    return found


def read_manifest(
    content: Mapping[str, Any], sides: Mapping[str, Mapping[str, Any]] | None = None
) -> Manifest:
    """The manifest of plain values that satisfy `bpmn/schema/pack.json`; `sides` are those of the
    side processes that it takes (`bpmn/schema/side.json`)."""
    taken = content.get("side", {})
    side = {name: _side(name, own, taken[name]) for name, own in (sides or {}).items()}
    others = list(side.values())
    return Manifest(
        id=content["id"],
        title=_text(content["title"]),
        procedure=content["procedure"],
        process=content["process"],
        lanes={name: _lane(lane) for name, lane in content["lanes"].items()},
        start=StartBinding(**_values(content["start"])),
        tasks=_tasks(content) | {k: task for each in others for k, task in each.tasks.items()},
        operations=_joined(content.get("operations", ()), (s.operations for s in others)),
        clocks=_joined(content.get("clocks", ()), (s.clocks for s in others)),
        routing=_domains(content.get("routing", {}), *(s.routing or {} for s in others)),
        side=side,
        strip=tuple(content.get("stages", {}).get("strip", ())),
        ends=dict(content.get("ends", {})),
        review_after_notice=content.get("review") == "after_notice",
    )


def _side(name: str, own: Mapping[str, Any], taken: Mapping[str, Any]) -> SideProcess:
    ends = own["ends"]
    return SideProcess(
        name=name,
        title=_text(own["title"]),
        start=StartBinding(**_values(own["start"])),
        tasks=_tasks(own),
        operations=tuple(own.get("operations", ())),
        clocks=tuple(own.get("clocks", ())),
        routing=_domains(own.get("routing", {})),
        ends=dict(ends) if isinstance(ends, Mapping) else dict.fromkeys(ends),
        **_values(taken),
    )


def _tasks(content: Mapping[str, Any]) -> dict[str, TaskBinding]:
    return {name: TaskBinding(**_values(task)) for name, task in content["tasks"].items()}


def _joined(first: Iterable[str], others: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain(first, *others)))


def _domains(*parts: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The values of each routing variable, those of the side processes after the pack's own."""
    found: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for name, values in part.items():
            found[name] = _joined(found.get(name, ()), (values,))
    return found


def _lane(content: Mapping[str, Any]) -> Lane:
    return Lane(_text(content["title"]), tuple(content["roles"]))


def _text(content: Mapping[str, str]) -> Text:
    return Text(content["zh"], content["en"])


_TEXTS = frozenset({"title", "action", "next", "guidance", "article"})


def _values(content: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values as the dataclasses hold them: texts, tuples instead of lists."""
    return {
        name: _text(value) if name in _TEXTS else _frozen(value) for name, value in content.items()
    }


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, Mapping):
        return {name: _frozen(each) for name, each in value.items()}
    return value
