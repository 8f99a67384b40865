"""The worker process: it makes what acts asked for, ends when told, and survives being killed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.database import Databases
from tests.workflows.jobs.running import ask, jobs, silent_server, until, worker
from tests.workflows.mail_server import mail_server
from tests.workflows.stories import archived
from workflows.queue import JOBS

OURS = tuple(JOBS)
ONE_MAIL = """
    update public.person set email = key || '@example.cn';
    insert into public.notification (id, person_id, kind, text, link, dedup, created_at)
    select gen_random_uuid(), id, 'clock_red', '{"zh": "期满", "en": "over"}', '/', 'x', now()
    from public.person where key = 'zhang_ming';
    delete from queue.procrastinate_jobs;
    insert into queue.procrastinate_jobs (queue_name, task_name, args)
    select 'default', 'send_mail', jsonb_build_object('notification_id', id)
    from public.notification where dedup = 'x'
"""
"""Everyone has an address, and one message waits to be sent: the only job."""

CUT = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""
WAKE = """
    insert into queue.procrastinate_jobs (queue_name, task_name, args)
    select 'default', 'send_mail', args from queue.procrastinate_jobs where task_name = 'later'
"""


@pytest.fixture
def url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """One archived case, its jobs in the queue."""
    made = archived(databases, tmp_path)
    yield made
    databases.drop(made)


def hanging(url: str) -> bool:
    return [row[1] for row in jobs(url, "send_mail")] == ["doing"]


def test_the_worker_makes_all_that_the_acts_asked_for_and_ends_when_told(
    url: str, tmp_path: Path
) -> None:
    assert len(jobs(url, "render_document")) > 10
    assert len(jobs(url, "bind_archive")) == 1
    with worker(url, tmp_path) as running:
        until(lambda: jobs(url, *OURS) == [])
        assert running.stop() < 5
        assert running.process.returncode == 0
    assert ask(url, "select count(*) from document where sha256 is null") == [(0,)]
    assert ask(url, "select count(*) from archive_volume where sha256 is not null") == [(1,)]
    assert ask(url, "select count(*) from queue.procrastinate_workers") == [(0,)]


def test_clocks_fire_in_the_worker_as_soon_as_it_runs(url: str, tmp_path: Path) -> None:
    due = "select count(*) from statutory_clock where state = 'running' and due_at <= now()"
    assert ask(url, due) != [(0,)]
    with worker(url, tmp_path):
        until(lambda: ask(url, due) == [(0,)])
        until(lambda: ask(url, "select count(*) from audit_seal") == [(1,)])


def test_a_demo_whose_clock_is_moved_by_hand_fires_at_once(url: str, tmp_path: Path) -> None:
    ended = "select count(*) from statutory_clock where code = 'CLK_SUE' and state = 'expired'"
    clock = tmp_path / "clock"
    clock.write_text("2025-10-20T10:00:00+08:00")
    with worker(url, tmp_path, DEMO="1", CLOCK_FILE=str(clock)):
        until(lambda: ask(url, "select count(*) from audit_seal") == [(1,)])
        assert ask(url, ended) == [(0,)]
        clock.write_text("2026-06-01T10:00:00+08:00")
        assert until(lambda: ask(url, ended) == [(1,)]) < 15


def test_a_job_that_runs_when_the_worker_is_stopped_goes_back_and_is_done_later(
    url: str, tmp_path: Path
) -> None:
    ask(url, ONE_MAIL)
    with silent_server() as nowhere, worker(url, tmp_path, SMTP_URL=nowhere) as running:
        until(lambda: hanging(url))
        assert running.stop() < 10
        assert running.process.returncode == 0
    assert jobs(url, "send_mail") == [("send_mail", "todo", 1)]
    with mail_server() as box, worker(url, tmp_path, SMTP_URL=box.url):
        until(lambda: jobs(url, "send_mail") == [])
        assert [mail["To"] for mail in box.messages] == ["zhang_ming@example.cn"]


def test_the_job_of_a_killed_worker_is_rescued(url: str, tmp_path: Path) -> None:
    ask(url, ONE_MAIL)
    with silent_server() as nowhere, worker(url, tmp_path, SMTP_URL=nowhere) as running:
        until(lambda: hanging(url))
        running.stop(signal.SIGKILL)
    assert hanging(url)
    # The dead worker's last sign of life is moved back, so that the test need not wait.
    ask(url, "update queue.procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
    with mail_server() as box, worker(url, tmp_path, SMTP_URL=box.url):
        until(lambda: jobs(url, "send_mail") == [])
        assert len(box.messages) == 1


def test_a_job_that_kills_every_worker_is_given_up_and_kept(url: str, tmp_path: Path) -> None:
    ask(url, ONE_MAIL)
    last = JOBS["send_mail"].attempts - 1
    ask(url, f"update queue.procrastinate_jobs set status = 'doing', attempts = {last}")
    with mail_server() as box, worker(url, tmp_path, SMTP_URL=box.url):
        until(lambda: [row[1] for row in jobs(url, "send_mail")] == ["failed"])
        assert box.messages == []


def test_what_fails_is_tried_again_later_and_not_at_once(url: str, tmp_path: Path) -> None:
    ask(url, ONE_MAIL)
    with mail_server() as box, worker(url, tmp_path, SMTP_URL=box.url):
        box.refusing = b"451 try later"
        until(lambda: jobs(url, "send_mail") == [("send_mail", "todo", 1)])
        box.refusing = None
        assert until(lambda: jobs(url, "send_mail") == []) > 2
        assert len(box.messages) == 1


def test_a_worker_whose_connections_are_cut_goes_on(url: str, tmp_path: Path) -> None:
    ask(url, ONE_MAIL + "; update queue.procrastinate_jobs set task_name = 'later'")
    with mail_server() as box, worker(url, tmp_path, SMTP_URL=box.url) as running:
        until(lambda: ask(url, "select count(*) from queue.procrastinate_workers") == [(1,)])
        ask(url, CUT)
        ask(url, WAKE)
        until(lambda: len(box.messages) == 1)
        assert running.process.poll() is None
