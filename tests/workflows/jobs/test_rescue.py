"""Which jobs count as lost: nobody works on them, though the queue says so."""

from __future__ import annotations

import asyncio

from tests.workflows.jobs.running import ask, jobs
from workflows.jobs.rescue import Rescuer
from workflows.jobs.worker import queue_app

LIVING = "select worker_id from queue.procrastinate_register_worker_v1()"


def put(url: str, worker: object, attempts: int = 0) -> None:
    ask(
        url,
        "insert into queue.procrastinate_jobs (queue_name, task_name, status, worker_id, attempts)"
        f" values ('default', 'send_mail', 'doing', {worker}, {attempts})",
    )


def look(url: str, times: int, *, working: bool = False) -> None:
    """Look so often, as a process that knows the job and works on it, or does no longer."""

    async def looking() -> None:
        app = queue_app(url)
        rescuer = Rescuer(app)
        async with app.open_async():
            [job] = await app.job_manager.list_jobs_async(status="doing")
            with rescuer.at_work(job):
                for _ in range(times if working else 0):
                    await rescuer.look()
            for _ in range(0 if working else times):
                await rescuer.look()

    asyncio.run(looking())


def test_the_job_of_a_living_worker_that_works_on_it_is_left_alone(database_url: str) -> None:
    [(worker,)] = ask(database_url, LIVING)
    put(database_url, worker)
    look(database_url, 3, working=True)
    assert jobs(database_url, "send_mail") == [("send_mail", "doing", 0)]


def test_a_job_that_its_living_worker_forgot_runs_again_after_a_second_look(
    database_url: str,
) -> None:
    [(worker,)] = ask(database_url, LIVING)
    put(database_url, worker)
    look(database_url, 1)
    assert jobs(database_url, "send_mail") == [("send_mail", "doing", 0)]
    look(database_url, 2)
    assert jobs(database_url, "send_mail") == [("send_mail", "todo", 1)]


def test_a_job_whose_worker_is_gone_runs_again_at_once(database_url: str) -> None:
    put(database_url, "null")
    look(database_url, 1)
    assert jobs(database_url, "send_mail") == [("send_mail", "todo", 1)]


def test_a_job_that_was_lost_too_often_is_given_up_and_kept(database_url: str) -> None:
    put(database_url, "null", attempts=9)
    look(database_url, 1)
    assert [row[1] for row in jobs(database_url, "send_mail")] == ["failed"]
