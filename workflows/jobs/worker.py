"""The worker role: procrastinate's worker and the scheduler in one process.

Jobs run in threads. Asked to stop (SIGTERM, SIGINT) the worker gives running jobs some seconds,
then puts them back into the queue and ends; a job that was cut off runs again from its start.
A worker that is killed leaves its job marked as running: `rescue` gives it to another one when
the dead worker's heartbeat has stopped.
"""

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Any

import procrastinate
from procrastinate.jobs import Job, Status
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from sqlalchemy.engine import make_url

from models.migrations import QUEUE_SCHEMA
from workflows.bootstrap import Application, build
from workflows.clock import system_clock
from workflows.jobs.workshop import JobRunner, Workshop
from workflows.queue import JOBS, LANE, Kind
from workflows.scheduler import Scheduler
from workflows.settings import Settings
from workflows.uploads import Uploads

log = logging.getLogger(__name__)


class WorkerLost(RuntimeError):
    """The worker cannot go on; whoever started it should start it again."""


CONCURRENCY = 3
"""Jobs at once: binding a large file must not keep documents waiting."""
GRACE = 5.0
"""Seconds that running jobs are given at the end."""
HEARTBEAT, DEAD = 5.0, 20.0
"""Seconds between signs of life, and without one after which a worker counts as dead."""
RESCUE_EVERY = 5.0
TICK_EVERY = 30.0
"""Seconds between looks at the clocks."""
JUMP = 10.0
"""The law's clock was moved by hand (demo) when it goes so many seconds in one."""
SWEEP_AT = "15 * * * *"
"""Each hour (cron): machines of small bureaus are off at night."""
FAILED_KEPT_HOURS = 24 * 90
"""Failed jobs are kept so long for whoever looks into them; the others go at once."""


def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT."""
    application = build(settings)
    workshop = Workshop(application)
    try:
        asyncio.run(_work(application, workshop.run))
    finally:
        application.close()


async def _work(application: Application, carry_out: JobRunner) -> None:
    app = queue_app(application.settings.database_url, carry_out)
    _register_sweep(app, application)
    scheduler = Scheduler(application.dispatcher, application.notes, application.clock)
    async with app.open_async():
        beside = [
            asyncio.create_task(_ticking(scheduler, application.clock)),
            asyncio.create_task(_rescuing(app)),
        ]
        try:
            await _run_until_asked(app)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


async def _run_until_asked(app: procrastinate.App) -> None:
    """Until SIGTERM or SIGINT; an end that nobody asked for, such as a lost database, raises."""
    work = asyncio.create_task(
        app.run_worker_async(
            queues=[LANE],
            concurrency=CONCURRENCY,
            shutdown_graceful_timeout=GRACE,
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=DEAD,
        )
    )
    asked = asyncio.Event()

    def stop() -> None:
        if not asked.is_set():  # a second signal must not cut the orderly end short
            asked.set()
            work.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    with suppress(asyncio.CancelledError):
        await work
    if not asked.is_set():
        raise WorkerLost("the queue cannot be reached any more")


class Backoff(BaseRetryStrategy):
    """Again after 4, 16, 64 … seconds, at most an hour; at once when the worker had to stop."""

    def __init__(self, kind: Kind) -> None:
        self._attempts = kind.attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError):
            return RetryDecision(retry_in={"seconds": 0})
        if job.attempts + 1 >= self._attempts:
            return None
        return RetryDecision(retry_in={"seconds": min(4 ** (job.attempts + 1), 3600)})


def queue_app(database_url: str, carry_out: JobRunner) -> procrastinate.App:
    """procrastinate on the queue's schema, with each of our jobs as a task."""
    connector = procrastinate.PsycopgConnector(
        conninfo=_conninfo(database_url),
        kwargs={"options": f"-c search_path={QUEUE_SCHEMA}"},
        min_size=1,
        max_size=3,
    )
    app = procrastinate.App(connector=connector)
    for name, kind in JOBS.items():
        app.task(name=name, queue=LANE, retry=Backoff(kind))(_task(name, carry_out))
    return app


def _conninfo(url: str) -> str:
    plain = make_url(url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql")
    return plain.render_as_string(hide_password=False)


def _task(name: str, carry_out: JobRunner) -> Callable[..., Coroutine[Any, Any, None]]:
    async def task(**arguments: Any) -> None:
        await in_thread(lambda: carry_out(name, arguments))

    return task


async def in_thread(work: Callable[[], None]) -> None:
    """Run blocking work in a thread that does not keep the process alive.

    Cancelling gives up waiting, not the work: it ends by itself or with the process, and leaves
    nothing half-done, for every write of a job is one transaction or one rename.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(fault: BaseException | None) -> None:
        if done.done():
            return
        if fault is None:
            done.set_result(None)
        else:
            done.set_exception(fault)

    def target() -> None:
        fault: BaseException | None = None
        try:
            work()
        except BaseException as caught:
            fault = caught
        with suppress(RuntimeError):  # the loop is gone: nobody waits any more
            loop.call_soon_threadsafe(settle, fault)

    threading.Thread(target=target, name="job", daemon=True).start()
    await done


async def rescue(app: procrastinate.App) -> int:
    """Put the jobs of dead workers back into the queue; returns how many."""
    manager = app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD))
    for job in stalled:
        kind = JOBS.get(job.task_name)
        if kind is None or job.attempts + 1 >= kind.attempts:
            # It has killed one worker after the other: someone must look at it.
            log.error("job %s gives up after %s crashes", job.id, job.attempts + 1)
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            log.warning("job %s of a dead worker runs again", job.id)
            await manager.retry_job(job)
    return len(stalled)


def _register_sweep(app: procrastinate.App, application: Application) -> None:
    """A periodic job, done by one of all workers. It is also what keeps procrastinate watching
    its heartbeat: with no periodic job at all that watch ends at once."""
    it = application
    uploads = Uploads(it.transactions, it.notes, it.blobs, it.clock)

    async def sweep(timestamp: int) -> None:
        await in_thread(lambda: log.info("%s uploads thrown away", uploads.sweep(system_clock())))
        await app.job_manager.delete_old_jobs(nb_hours=FAILED_KEPT_HOURS, include_failed=True)

    app.periodic(cron=SWEEP_AT)(app.task(name="sweep", queue=LANE)(sweep))


async def _rescuing(app: procrastinate.App) -> None:
    while True:
        try:
            await rescue(app)
        except Exception:
            log.exception("looking for jobs of dead workers failed")
        await asyncio.sleep(RESCUE_EVERY)


async def _ticking(scheduler: Scheduler, clock: Callable[[], datetime]) -> None:
    """Look at the clocks now, every half minute, and at once when time was moved by hand."""
    while True:
        try:
            await in_thread(lambda: log.debug("%s commands", scheduler.tick()))
        except Exception:
            log.exception("looking at the clocks failed")
        await _pause(clock)


async def _pause(clock: Callable[[], datetime]) -> None:
    """Half a minute, or less when the law's clock jumps."""
    last, waited = clock(), 0.0
    while waited < TICK_EVERY:
        await asyncio.sleep(1)
        waited += 1
        now = clock()
        if abs((now - last).total_seconds()) > JUMP:
            return
        last = now
