"""What a command is: a frozen wish in the imperative, with plain values."""

import dataclasses
import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something a person wants done outside any one case."""


@dataclass(frozen=True, kw_only=True)
class CaseCommand(Command):
    """Something done in a case, at any moment its guards allow."""

    case_id: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class TaskCommand(CaseCommand):
    """Completes a user task. `rev` is the task's as the page knew it; None means "as it is now"."""

    task_id: uuid.UUID | None = None
    rev: int | None = None


@dataclass(frozen=True, kw_only=True)
class PairCommand(TaskCommand):
    """A task that two officers do together (两名以上执法人员, APL 42)."""

    second_handler: str


_ADDRESS = frozenset({"case_id", "task_id", "rev"})


def fields_of(command: type[Command]) -> dict[str, bool]:
    """Names of the fields that a person fills in, and whether each is required."""
    return {
        f.name: f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
        for f in dataclasses.fields(command)
        if f.name not in _ADDRESS
    }


def payload_of(command: Command) -> dict[str, Any]:
    """What audit keeps of a command: fields with `repr=False` (words to sign in with, whole files)
    only by their digest or as a mark, for the trail is read by people and kept for ever."""
    shown = dataclasses.fields(command)
    return {
        f.name: plain(getattr(command, f.name)) if f.repr else _kept_out(getattr(command, f.name))
        for f in shown
    }


def _kept_out(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "size": len(value)}
    if isinstance(value, dict):
        return {str(name): _kept_out(inner) for name, inner in value.items()}
    return "•••" if value else ""


_PLAIN = frozenset({str, int, bool})


def plain(value: Any) -> Any:
    """The JSON form of a command's values: what audit, receipts and the API carry."""
    if value is None or type(value) in _PLAIN:
        return value
    match value:
        case Command():
            names = (f.name for f in dataclasses.fields(value))
            return {name: plain(getattr(value, name)) for name in names}
        case Enum():
            return value.value
        case uuid.UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case dict():
            return {str(k): plain(v) for k, v in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
        case _:
            return value
