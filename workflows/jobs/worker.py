"""The worker role: procrastinate's worker and the scheduler in one process.

Jobs run in threads. Asked to stop (SIGTERM, SIGINT) the worker gives running jobs some seconds,
then puts them back into the queue and ends; a job that was cut off runs again from its start.
"""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Any

import procrastinate
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from sqlalchemy.engine import make_url

from models.migrations import QUEUE_SCHEMA
from workflows.bootstrap import Application, build
from workflows.clock import system_clock
from workflows.jobs.rescue import DEAD, HEARTBEAT, Rescuer
from workflows.jobs.threads import in_thread
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
GRACE = 3.0
"""Seconds that running jobs are given at the end."""
RECONNECT = 15.0
"""Seconds that a database may be away, for a restart, before the worker gives up."""
STEADY, MOST_FAILURES, PAUSE = 60.0, 4, 2.0
"""A worker that lost the queue so often, each time within so many seconds of its start, ends;
seconds before it tries again."""
LAST = 15.0
"""Seconds after which a worker that hangs at its end, on a broken connection, is cut off."""
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
    last_resort = threading.Timer(LAST, _cut_off)
    last_resort.daemon = True
    try:
        asyncio.run(_work(application, workshop.run, last_resort.start))
    finally:
        last_resort.cancel()
        application.close()


def _cut_off() -> None:
    log.critical("the worker did not end by itself and is cut off")
    os._exit(1)


async def _work(application: Application, carry_out: JobRunner, ending: Callable[[], None]) -> None:
    """`ending` is told when nothing is left to do but to let go of everything."""
    app = queue_app(application.settings.database_url)
    rescuer = Rescuer(app)
    _register(app, rescuer, carry_out)
    _register_sweep(app, rescuer, application)
    scheduler = Scheduler(application.dispatcher, application.notes, application.clock)
    async with app.open_async():
        beside = [
            asyncio.create_task(_ticking(scheduler, application.clock)),
            asyncio.create_task(rescuer.watch()),
        ]
        try:
            await _run_until_asked(app)
        finally:
            ending()
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


async def _run_until_asked(app: procrastinate.App) -> None:
    """Until SIGTERM or SIGINT. A database that was away for a moment is met again; one that
    stays away raises, and whoever started the worker decides."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    failures = 0
    while not asked.is_set():
        begun = loop.time()
        try:
            await _run_worker(app, asked)
        except procrastinate.exceptions.ConnectorException:
            log.exception("the queue was lost")
        if asked.is_set():
            return
        failures = 1 if loop.time() - begun > STEADY else failures + 1
        if failures == MOST_FAILURES:
            raise WorkerLost("the queue cannot be reached any more")
        with suppress(TimeoutError):
            await asyncio.wait_for(asked.wait(), PAUSE)


async def _run_worker(app: procrastinate.App, asked: asyncio.Event) -> None:
    """One run of procrastinate's worker, ended in good order when asked."""
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
    signalled = asyncio.create_task(asked.wait())
    await asyncio.wait([work, signalled], return_when=asyncio.FIRST_COMPLETED)
    signalled.cancel()
    if not work.done():
        work.cancel()
    with suppress(asyncio.CancelledError):
        await work


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


def queue_app(database_url: str) -> procrastinate.App:
    """procrastinate on the queue's schema."""
    connector = procrastinate.PsycopgConnector(
        conninfo=_conninfo(database_url),
        kwargs={"options": f"-c search_path={QUEUE_SCHEMA}"},
        min_size=1,
        max_size=3,
        timeout=RECONNECT,
    )
    return procrastinate.App(connector=connector)


def _conninfo(url: str) -> str:
    plain = make_url(url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql")
    return plain.render_as_string(hide_password=False)


def _register(app: procrastinate.App, rescuer: Rescuer, carry_out: JobRunner) -> None:
    """Each of our jobs as a task."""
    for name, kind in JOBS.items():
        task = _task(name, rescuer, carry_out)
        app.task(name=name, queue=LANE, retry=Backoff(kind), pass_context=True)(task)


def _task(
    name: str, rescuer: Rescuer, carry_out: JobRunner
) -> Callable[..., Coroutine[Any, Any, None]]:
    async def task(context: procrastinate.JobContext, **arguments: Any) -> None:
        with rescuer.at_work(context.job):
            await in_thread(lambda: carry_out(name, arguments))

    return task


def _register_sweep(app: procrastinate.App, rescuer: Rescuer, application: Application) -> None:
    """A periodic job, done by one of all workers. It is also what keeps procrastinate watching
    its heartbeat: with no periodic job at all that watch ends at once."""

    it = application
    uploads = Uploads(it.transactions, it.notes, it.blobs, it.clock)

    async def sweep(context: procrastinate.JobContext, timestamp: int) -> None:
        with rescuer.at_work(context.job):
            await in_thread(lambda: log.info("%s uploads dropped", uploads.sweep(system_clock())))
            await app.job_manager.delete_old_jobs(nb_hours=FAILED_KEPT_HOURS, include_failed=True)

    app.periodic(cron=SWEEP_AT)(app.task(name="sweep", queue=LANE, pass_context=True)(sweep))


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
