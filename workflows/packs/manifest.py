"""What a pack says of itself (`pack.yaml`): lanes and roles, bindings of tasks, routing domains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import Text
from workflows.packs.files import MANIFEST, PackFiles
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
    """The command that opens a case with this pack, and its form."""

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
    """A process that may run beside the main one (hearing, seizure …)."""

    process: str
    start: str
    title: Text | None = None
    form: str | None = None
    allowed_in: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    on_end: str | None = None


@dataclass(frozen=True)
class Manifest:
    """The whole of `pack.yaml`."""

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


def manifest_of(files: PackFiles) -> Manifest:
    """The manifest of a pack, or :class:`BadYaml` with findings M02 (missing) and M03 (wrong)."""
    if MANIFEST not in files:
        message = Message("缺少 pack.yaml", "pack.yaml is missing")
        raise BadYaml((Finding("M02", "error", MANIFEST, None, message),))
    return read_manifest(read_yaml(MANIFEST, files[MANIFEST], "M03", "pack"))


def read_manifest(content: Mapping[str, Any]) -> Manifest:
    """The manifest of plain values that satisfy `bpmn/schema/pack.json`."""
    return Manifest(
        id=content["id"],
        title=_text(content["title"]),
        procedure=content["procedure"],
        process=content["process"],
        lanes={name: _lane(lane) for name, lane in content["lanes"].items()},
        start=StartBinding(**_values(content["start"])),
        tasks={name: TaskBinding(**_values(task)) for name, task in content["tasks"].items()},
        operations=tuple(content.get("operations", ())),
        clocks=tuple(content.get("clocks", ())),
        routing={name: tuple(domain) for name, domain in content.get("routing", {}).items()},
        side={name: SideProcess(**_values(side)) for name, side in content.get("side", {}).items()},
        strip=tuple(content.get("stages", {}).get("strip", ())),
        ends=dict(content.get("ends", {})),
    )


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
