"""What happened: frozen facts in the past tense, tagged `subject:action`.

Handlers return them; dispatch alone writes them to the audit trail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.errors import Text


@dataclass(frozen=True, slots=True)
class Event:
    """One fact of the timeline: tag, one sentence in both languages, few plain details."""

    tag: str
    text: Text
    details: Mapping[str, Any] = field(default_factory=dict)
    important: bool = True

    def __post_init__(self) -> None:
        subject, _, action = self.tag.partition(":")
        if not subject or not action:
            raise ValueError(f"an event tag reads subject:action, not {self.tag!r}")
