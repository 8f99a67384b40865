"""The jobs by name, with the tools that they need: renderer, binder, mail.

Every job may run twice, at once or one after the other, and has one effect: what it makes is
found by its content, and what it notes is noted under a key.
"""

import logging
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from workflows.archiving import Bindery
from workflows.bootstrap import Application
from workflows.delivering import Delivery
from workflows.documents.archive import Archivist
from workflows.documents.render import Renderer
from workflows.mailing import PostOffice
from workflows.previews import Previewer
from workflows.queue import JOBS
from workflows.recounting import Recount
from workflows.rendering import Press

JobRunner = Callable[[str, dict[str, Any]], None]
"""Carries a job out: its name, its plain arguments."""

log = logging.getLogger(__name__)


class Workshop:
    """Carries jobs out in this process. Safe to share between threads; close it at the end."""

    def __init__(self, application: Application, fonts: Path | None = None) -> None:
        """`fonts` is a folder of licensed fonts that templates then prefer."""
        it = application
        self._renderer = Renderer(fonts)
        self._previewer = Previewer()
        self._archivist = Archivist(self._renderer, it.blobs, self._picture)
        press = Press(it.transactions, it.notes, it.catalogue, it.blobs, self._renderer, it.clock)
        self.press = press
        bindery = Bindery(
            it.transactions, it.notes, it.catalogue, it.blobs, press, self._archivist, it.clock
        )
        delivery = Delivery(it.transactions, it.notes, it.settings, it.clock)
        post = PostOffice(it.transactions, it.notes, it.settings, it.clock)
        recount = Recount(it.dispatcher, it.notes, it.clock)
        self._jobs: Mapping[str, Callable[..., None]] = {
            "render_document": lambda document_id: press.render(uuid.UUID(document_id)),
            "bind_archive": lambda case_id: bindery.bind(uuid.UUID(case_id)),
            "deliver_report": lambda record_id: delivery.deliver(uuid.UUID(record_id)),
            "destroy_archive": lambda disposal_id: bindery.destroy(uuid.UUID(disposal_id)),
            "recount_clocks": lambda change_id: recount.run(uuid.UUID(change_id)),
            "send_mail": lambda notification_id: post.send(uuid.UUID(notification_id)),
        }
        assert self._jobs.keys() == JOBS.keys()

    def run(self, job: str, arguments: Mapping[str, Any]) -> None:
        """Carry out one job, or raise what stands against it."""
        self._jobs[job](**arguments)

    def close(self) -> None:
        """Stop the confined processes."""
        for tool in (self._archivist, self._renderer, self._previewer):
            tool.close()

    def _picture(self, path: Path, longest: int) -> bytes:
        return self._previewer.image(path, longest=longest)


def immediate(application: Application) -> JobRunner:
    """For scenarios and demo: the same jobs, carried out at once in this process.

    What fails is raised, as an act that cannot be proved must not pass for done.
    """
    workshop = Workshop(application)
    return workshop.run
