"""Jobs that nobody is working on though they count as running: put back into the queue.

A killed worker leaves its job so, and one whose connection broke just when it wanted to say that
the job was over. procrastinate itself retries neither.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import procrastinate
from procrastinate.jobs import Job, Status

from workflows.queue import JOBS

log = logging.getLogger(__name__)

HEARTBEAT, DEAD = 3.0, 12.0
"""Seconds between a worker's signs of life, and without one after which it counts as dead."""
EVERY = 3.0


class Rescuer:
    """Looks for such jobs every few seconds. Knows which jobs this process is working on."""

    def __init__(self, app: procrastinate.App) -> None:
        self._app = app
        self._working: set[int] = set()
        self._workers: set[int] = set()
        self._suspects: set[int] = set()
        """Jobs of ours that were not worked on at the last look either."""

    @contextmanager
    def at_work(self, job: Job) -> Iterator[None]:
        """While the block runs, this process works on the job."""
        assert job.id is not None
        if job.worker_id is not None:
            self._workers.add(job.worker_id)
        self._working.add(job.id)
        try:
            yield
        finally:
            self._working.discard(job.id)

    async def watch(self) -> None:
        """Look now and every few seconds."""
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("looking for lost jobs failed")
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Put back, or give up, what nobody works on."""
        manager = self._app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD):
            await self._put_back(job)
        idle = [job for job in await self._ours() if job.id not in self._working]
        for job in idle:
            if job.id in self._suspects:
                await self._put_back(job)
        self._suspects = {job.id for job in idle if job.id is not None}

    async def _ours(self) -> list[Job]:
        """What the queue takes to be running in this process."""
        manager = self._app.job_manager
        return [
            job
            for worker in self._workers
            for job in await manager.list_jobs_async(status="doing", worker_id=worker)
        ]

    async def _put_back(self, job: Job) -> None:
        kind = JOBS.get(job.task_name)
        if kind is None or job.attempts + 1 >= kind.attempts:
            # It has brought one worker after the other down: someone must look at it.
            log.error("job %s (%s) is given up", job.id, job.task_name)
            await self._app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            log.warning("job %s (%s) was lost and runs again", job.id, job.task_name)
            await self._app.job_manager.retry_job(job)
