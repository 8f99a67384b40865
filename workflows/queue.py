"""The job queue: procrastinate's own SQL function, called on the act's own connection.

No pool, no second connection, no import of the worker's machinery in web processes: a job is one
statement inside the transaction that wants it, and so exists if and only if that commits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

LANE = "default"
"""The one queue of procrastinate that all workers read; urgency is a matter of priority."""

_DEFER = """select queue.procrastinate_defer_jobs_v1(array[row(
    %s, %s, %s, null, null, %s, null)::queue.procrastinate_job_to_defer_v1])"""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of job is treated. Higher priorities go first."""

    priority: int
    attempts: int = 6
    """How often it is tried in all, crashes of its worker included."""


JOBS: Mapping[str, Kind] = MappingProxyType(
    {
        "render_document": Kind(priority=10),
        "recount_clocks": Kind(priority=7),
        "send_mail": Kind(priority=5, attempts=10),
        "deliver_report": Kind(priority=3, attempts=12),
        "destroy_archive": Kind(priority=1),
        "bind_archive": Kind(priority=0),
    }
)
"""Names under which acts defer work; `workflows.jobs` carries them out."""


class Queue:
    """Defers into PostgreSQL: the job exists if and only if the transaction commits."""

    def defer(self, session: Session, job: str, **arguments: Any) -> None:
        """Put the job into the queue, on the session's connection."""
        kind = JOBS[job]
        connection = session.connection().connection.driver_connection
        assert isinstance(connection, Connection)
        connection.execute(_DEFER, (LANE, job, kind.priority, Jsonb(arguments)))
