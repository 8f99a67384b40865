"""Scenarios: a case's story as data, played through the same door as everyone's acts.

A step is taken at its moment (Asia/Shanghai), by a person, in a task or by a command; clocks
that fall due before it fire first, in order. What the step expects is compared afterwards;
every difference is reported, none stops the story unless a step cannot be taken at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from models.duration import SHANGHAI
from workflows.packs.yaml_files import read_yaml

EXPECTATIONS = (
    "refused",
    "stage",
    "flags",
    "tasks",
    "clocks",
    "documents",
    "disclosure",
    "devices",
    "recordings",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does, or tries to do."""

    at: datetime
    actor: str
    task: str | None = None
    command: str | None = None
    start: str | None = None
    side: str | None = None
    second: str | None = None
    case: str | None = None
    """Which case, where the story has several: a `start` names it, later steps call it."""
    data: Mapping[str, Any] = field(default_factory=dict)
    expect: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""

    @property
    def name(self) -> str:
        """How reports call the step."""
        what = self.start or self.task or self.command or self.side
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {what}"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story with the pack that it proves."""

    path: str
    pack: str
    title: str
    given: Mapping[str, Any]
    steps: tuple[Step, ...]


def read_scenario(path: Path) -> Scenario:
    """The scenario of a file, checked against `bpmn/schema/scenario.json`."""
    return scenario_of(str(path), path.read_bytes())


def scenario_of(path: str, content: bytes) -> Scenario:
    """The same from bytes, such as a file of a pack."""
    plain = read_yaml(path, content, "C01", "scenario")
    title = plain.get("title")
    return Scenario(
        path=path,
        pack=plain["pack"],
        title=title["zh"] if isinstance(title, Mapping) else title or Path(path).stem,
        given=plain.get("given") or {},
        steps=tuple(_step(each) for each in plain["steps"]),
    )


def _step(content: Mapping[str, Any]) -> Step:
    return Step(
        at=moment(content["at"]),
        actor=content["as"],
        task=content.get("task"),
        command=content.get("command"),
        start=content.get("start"),
        side=content.get("side"),
        second=content.get("with"),
        case=content.get("case"),
        data=content.get("data") or {},
        expect=content.get("expect") or {},
        note=content.get("note") or "",
    )


def moment(text: Any) -> datetime:
    """A moment of a scenario: Shanghai time unless it names a zone."""
    found = text if isinstance(text, datetime) else datetime.fromisoformat(str(text))
    return found if found.tzinfo else found.replace(tzinfo=SHANGHAI)
