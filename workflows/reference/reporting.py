"""Mapping tables of reports (归集、报送): one file a destination under `_shared/reporting/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from workflows.reference.codes import CodeTable, CodeText, load_codes
from workflows.reference.strict_fields import ReferenceFileError, build, read_mapping

SHARED = Path(__file__).resolve().parents[2] / "bpmn" / "_shared"
EVENTS = frozenset({"filed", "decided", "changed", "withdrawn", "closed"})
UNITS = frozenset({"yuan", "ten_thousand"})
FORMATS = frozenset({"json", "xml"})
TABLE = "table:"


@dataclass(frozen=True)
class ReportField:
    """One column of the destination and where it comes from."""

    name: str
    source: str = ""
    """A path into the facts of a case, such as `decision.fine`."""
    value: str | None = None
    """A fixed value instead of a source."""
    codes: str | None = None
    unit: str | None = None
    """yuan (two decimals) or ten_thousand (万元, six decimals), both exact."""
    join: str = ","
    required: bool = False
    length: int | None = None


@dataclass(frozen=True)
class Destination:
    """One platform: which events it takes, in which columns, with which codes."""

    id: str
    title: CodeText
    format: str
    events: Mapping[str, tuple[str, ...]]
    """Event → tags of the acts that are it."""
    fields: tuple[ReportField, ...]
    codes: Mapping[str, Mapping[str, str]]
    only: Mapping[str, bool] = field(default_factory=dict)
    """penalty, major: which cases alone are reported."""
    due_days: str | None = None
    """The parameter that says within how many days it has to be there."""

    def event_of(self, tag: str) -> str | None:
        """The event that an act is for this destination."""
        return next((event for event, tags in self.events.items() if tag in tags), None)


@lru_cache(maxsize=4)
def destinations(shared: Path = SHARED) -> Mapping[str, Destination]:
    """All destinations by their id; read once. Raises ReferenceFileError with every fault."""
    tables = load_codes(shared / "codes")
    found = [_destination(path, tables) for path in sorted((shared / "reporting").glob("*.yaml"))]
    return {one.id: one for one in found}


def _destination(path: Path, tables: Mapping[str, CodeTable]) -> Destination:
    content = read_mapping(path)
    content["codes"] = {
        name: _codes(entry, tables, path) for name, entry in content.get("codes", {}).items()
    }
    content["fields"] = [_named(each) for each in content.get("fields", [])]
    made = Destination(
        id=str(content.pop("id", "")),
        title=build(CodeText, content.pop("title", None), f"{path.name}.title"),
        format=str(content.pop("format", "")),
        events={name: tuple(tags) for name, tags in content.pop("events", {}).items()},
        fields=tuple(
            build(ReportField, each, f"{path.name}.fields") for each in content.pop("fields")
        ),
        codes=content.pop("codes"),
        only=content.pop("only", {}),
        due_days=content.pop("due_days", None),
    )
    if faults := [*_faults(made, path), *(f"unknown key {key}" for key in content)]:
        raise ReferenceFileError(*(f"{path.name}: {fault}" for fault in faults))
    return made


def _named(each: Mapping[str, Any]) -> dict[str, Any]:
    """`from` is a word of Python: the file says it, the class says `source`."""
    return {("source" if name == "from" else name): value for name, value in each.items()}


def _codes(entry: Any, tables: Mapping[str, CodeTable], path: Path) -> Mapping[str, str]:
    """Codes written out, or `table:case_source` for the official numbers of a code table."""
    if not isinstance(entry, str):
        return {str(value): str(code) for value, code in dict(entry).items()}
    table = tables.get(entry.removeprefix(TABLE))
    if table is None or not entry.startswith(TABLE):
        raise ReferenceFileError(f"{path.name}: no code table {entry}")
    return {code.value: code.number for code in table.codes if code.number is not None}


def _faults(made: Destination, path: Path) -> list[str]:
    names = [each.name for each in made.fields]
    faults = [f"unknown event {event}" for event in made.events.keys() - EVENTS]
    faults += [f"{name} stands twice" for name in {n for n in names if names.count(n) > 1}]
    for each in made.fields:
        if (each.value is None) == (not each.source):
            faults.append(f"{each.name}: either from or value")
        if each.codes is not None and each.codes not in made.codes:
            faults.append(f"{each.name}: no codes {each.codes}")
        if each.unit is not None and each.unit not in UNITS:
            faults.append(f"{each.name}: unknown unit {each.unit}")
    if made.id != path.stem:
        faults.append(f"the destination calls itself {made.id}")
    if made.format not in FORMATS:
        faults.append(f"unknown format {made.format}")
    return faults
