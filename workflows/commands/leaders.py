"""What a decision that the leaders make together says (负责人集体讨论决定)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.commands.base import TaskCommand


@dataclass(frozen=True, kw_only=True)
class LeadersCommand(TaskCommand):
    """Record how the leaders discussed and decided: members with views and votes, conclusion."""

    outcome: str
    held_at: datetime
    place: str
    chair: str
    members: list[dict[str, Any]]
    conclusion: str
