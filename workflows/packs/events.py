"""What happens in a case, as the gates speak of it."""

from __future__ import annotations

from dataclasses import dataclass

Values = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Event:
    """Something that the law may speak of: a command given, a clock run out, an operation."""

    kind: str
    name: str
    element: str
    values: Values = ()
    process: str = ""
    """The side process in which it happened; empty for the main one."""
