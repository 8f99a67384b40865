"""The worker as operators run it: a process of its own, stopped by signals."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.database import ROOT
from workflows.database import SEARCH_PATH

PROGRAM = (
    "from workflows.jobs import worker; from workflows.settings import Settings; "
    "worker.run(Settings.from_environment())"
)
PATIENCE = 60.0
"""Seconds after which a test gives up waiting; a busy machine needs some."""


@dataclass
class Worker:
    """A running worker."""

    process: subprocess.Popen[bytes]

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Send the signal; returns the seconds that the end took."""
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        return time.monotonic() - begun


@contextmanager
def worker(url: str, folder: Path, **environment: str) -> Iterator[Worker]:
    """A worker on the database; killed at the end if it still runs."""
    log = folder / "worker.log"
    with log.open("ab") as stream:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env={
                **os.environ, "DATABASE_URL": url, "CASELANE_VAR": str(folder), "DEMO": "0",
                **environment,
            },
            stdout=stream,
            stderr=stream,
        )  # fmt: skip
        try:
            yield Worker(process)
        finally:
            process.kill()
            process.wait()


def until(truth: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """Wait until it is so; returns how long it took, or fails."""
    begun = time.monotonic()
    while not truth():
        waited = time.monotonic() - begun
        assert waited < seconds, f"not so within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - begun


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    path = f"-c search_path={SEARCH_PATH}"
    with psycopg.connect(url, autocommit=True, options=path) as connection:
        cursor = connection.execute(query.encode())
        return cursor.fetchall() if cursor.description else []


def jobs(url: str, *names: str) -> list[tuple[object, ...]]:
    """(name, status, attempts) of our jobs in the queue."""
    found = ask(url, "select task_name, status::text, attempts from queue.procrastinate_jobs")
    return [row for row in found if row[0] in names]


@contextmanager
def silent_server() -> Iterator[str]:
    """The URL of a mail server that takes the call and never says a word: a job that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"smtp://127.0.0.1:{listening.getsockname()[1]}"
