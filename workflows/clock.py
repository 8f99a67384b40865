"""Where `now` comes from: the only module that reads the wall clock (T9).

In demo and test databases a clock file moves all roles together; the page says so.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present instant, UTC."""
    return datetime.now(UTC)


class FileClock:
    """Time travel for demo and test databases: a file holds an ISO instant, or nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self) -> datetime:
        return self.moved_to() or system_clock()

    def moved_to(self) -> datetime | None:
        """The instant in the file, or None when time runs as usual."""
        try:
            text = self.path.read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        return datetime.fromisoformat(text).astimezone(UTC) if text else None
