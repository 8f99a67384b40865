"""What happens after commit: named work that exists if and only if the transaction commits."""

from typing import Any, Protocol

from sqlalchemy.orm import Session


class Later(Protocol):
    """Defers a named job with plain arguments inside the session's transaction."""

    def defer(self, session: Session, job: str, **arguments: Any) -> None:
        """The job runs after the commit, and never when the transaction is rolled back."""


class Collected:
    """Keeps the jobs in memory; scenarios run them at once after each act."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, dict[str, Any]]] = []

    def defer(self, session: Session, job: str, **arguments: Any) -> None:
        """Remember the job. A rolled-back act raises, and the caller drops what was collected."""
        self.jobs.append((job, arguments))

    def take(self) -> list[tuple[str, dict[str, Any]]]:
        """All jobs so far; the list is empty afterwards."""
        jobs, self.jobs = self.jobs, []
        return jobs
