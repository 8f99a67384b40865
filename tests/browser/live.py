"""The program as people meet it: web and worker as processes of their own, over HTTP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

START_SECONDS = 60.0


@dataclass(frozen=True)
class Site:
    """A running program: its address, its database, the file that moves its clock."""

    url: str
    database_url: str
    var: Path

    def set_clock(self, now: datetime) -> None:
        """From here on all roles take `now` (aware) for the present."""
        (self.var / "clock").write_text(now.isoformat())

    def run_clock(self) -> None:
        """Back to the time of the wall."""
        (self.var / "clock").write_text("")

    def environment(self) -> dict[str, str]:
        """What a ``caselane`` process needs to belong to this site."""
        return os.environ | {
            "DATABASE_URL": self.database_url,
            "CASELANE_VAR": str(self.var),
            "DEMO": "1",
            "SECURE_COOKIES": "0",
            "CLOCK_FILE": str(self.var / "clock"),
        }

    def console(self, *arguments: str) -> str:
        """Run ``caselane ARGUMENTS…`` on this site to its end; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "webapp.cli", *arguments],
            env=self.environment(), capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout


@contextmanager
def running_site(database_url: str, var: Path, *, worker: bool = True) -> Iterator[Site]:
    """Serve `database_url` (migrated and filled) until the block ends."""
    port = free_port()
    site = Site(f"http://127.0.0.1:{port}", database_url, var)
    roles = [["serve", "--port", str(port), "--workers", "1"]] + ([["worker"]] if worker else [])
    log = (var / "site.log").open("wb")
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "webapp.cli", *role],
            env=site.environment(), stdout=log, stderr=log,
        )
        for role in roles
    ]  # fmt: skip
    try:
        wait_for_answer(site.url, processes[0], var / "site.log")
        yield site
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(30)
        log.close()


def wait_for_answer(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until a page answers; a server that ended or fails shows its log instead."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
            break
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the site did not start:\n{log.read_text(errors='replace')[-3000:]}")


def free_port() -> int:
    """A loopback port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
