"""How far long work has come, for pages that show it and for whoever goes on with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.note import Progress

DEMO = "demo"
"""The key of the demo's cases."""
RUNNING, DONE = "running", "done"
SILENT = timedelta(minutes=2)
"""Work that has not been heard of for so long has been given up."""


@dataclass(frozen=True)
class Advance:
    """Where a long piece of work stands; `message` holds `zh` and `en`."""

    done: int
    total: int
    state: str
    message: dict[str, Any]
    changed_at: datetime

    def goes_on(self, now: datetime) -> bool:
        """Whether somebody is at it right now."""
        return self.state == RUNNING and abs(now - self.changed_at) < SILENT


def advance(session: Session, key: str) -> Advance | None:
    """How far the work under this key has come; None if it never began."""
    row = session.get(Progress, key)
    if row is None:
        return None
    return Advance(row.done, row.total, row.state, row.message, row.changed_at)
