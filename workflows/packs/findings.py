"""What a check has to say about a pack: which rule, where, how bad, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """One sentence that says what is wrong and what to do."""

    zh: str
    en: str


@dataclass(frozen=True)
class Finding:
    """One finding. `severity` is "error" (blocks a release) or "warning"."""

    rule: str
    severity: str
    file: str
    element: str | None
    message: Message
    path: tuple[str, ...] = ()
    """Elements that lead there, for a finding about a way through the diagram."""
