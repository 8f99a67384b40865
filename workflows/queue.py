"""The job queue: procrastinate jobs deferred on the act's own connection."""

from typing import Any

import procrastinate
from procrastinate import App
from sqlalchemy.orm import Session

JOBS = (
    "render_document",
    "bind_archive",
    "send_mail",
)
"""Names under which acts defer work; `workflows.jobs` carries them out."""


class Queue:
    """Defers into PostgreSQL: the job exists if and only if the transaction commits."""

    def __init__(self) -> None:
        self.app = App(connector=procrastinate.SyncPsycopgConnector())

    def defer(self, session: Session, job: str, **arguments: Any) -> None:
        """Put the job into the queue, on the session's connection."""
        connection = session.connection().connection.driver_connection
        task = self.app.configure_task(job, connection=connection)
        task.defer(**arguments)
