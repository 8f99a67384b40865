"""Work after the commit: what jobs do, the worker that carries them out, and the same at once."""

from workflows.jobs.workshop import JobRunner, Workshop, immediate

__all__ = ["JobRunner", "Workshop", "immediate"]
