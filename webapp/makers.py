"""Makers of files for pages: a document that the worker has not made yet, pictures of evidence.

Both start a confined process of their own when first needed, in this web process.
"""

from __future__ import annotations

import atexit
import threading
from dataclasses import dataclass, field
from typing import Any, cast

from flask import current_app

from webapp import current
from workflows.jobs.workshop import Workshop
from workflows.previews import Previewer
from workflows.previews.cache import PreviewCache

KEY = "caselane-makers"


@dataclass
class Makers:
    """The tools of one web process."""

    workshop: Workshop
    previews: PreviewCache
    lock: threading.Lock = field(default_factory=threading.Lock)

    def make(self, job: str, **arguments: Any) -> None:
        """Carry a job of the worker out now. One at a time: they share the processor."""
        with self.lock:
            self.workshop.run(job, arguments)

    def close(self) -> None:
        """Stop the confined processes."""
        self.workshop.close()
        self.previews.previewer.close()


_making = threading.Lock()


def makers() -> Makers:
    """The makers of this process."""
    with _making:
        if KEY not in current_app.extensions:
            app = current.application()
            folder = app.settings.var / "previews"
            made = Makers(Workshop(app), PreviewCache(folder, Previewer(), app.blobs.path))
            atexit.register(made.close)
            current_app.extensions[KEY] = made
        return cast(Makers, current_app.extensions[KEY])
