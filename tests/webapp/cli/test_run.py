"""``caselane run``, which is ``make run``: one command, one address, and nothing left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.live import free_port
from workflows.postgres import keeper, place

ANNOUNCEMENT = "案程 caselane  http://"
SECONDS = 60


class Run:
    """One ``caselane run`` on a folder of its own."""

    def __init__(self, var: Path, *arguments: str) -> None:
        self.port = free_port()
        left_out = ("DATABASE_URL", "DEMO", "SECURE_COOKIES", "CLOCK_FILE")
        clean = {name: value for name, value in os.environ.items() if name not in left_out}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "webapp.cli", "run", "--port", str(self.port), *arguments],
            env=clean | {"CASELANE_VAR": str(var), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def until(self, words: str) -> str:
        """The first line that holds `words`."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            for line in self.lines:
                if words in line:
                    return line
            time.sleep(0.05)
        raise AssertionError(f"{words!r} not said:\n" + "".join(self.lines))

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()

    def interrupt(self) -> int:
        """Ctrl-C, and the exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(60)
        self._reader.join(10)
        return code

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)


@pytest.fixture
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("run")
    yield folder
    keeper.stop_server(place.find(folder).data)
    place.remove(folder)


def test_one_command_serves_a_demo_and_ctrl_c_stops_all_of_it_and_keeps_the_data(
    var: Path,
) -> None:
    first = Run(var, "--cases", "0")
    assert f":{first.port}/" in first.until(ANNOUNCEMENT)
    assert "zhang_ming" in first.until("zhang_ming")
    status, page = first.get("/sign-in")
    assert status == 200
    assert 'lang="zh' in page
    assert first.interrupt() == 0
    assert keeper.postmaster_pid(place.find(var).data) is None

    begun = time.monotonic()
    second = Run(var, "--cases", "0")
    second.until(ANNOUNCEMENT)
    assert time.monotonic() - begun < SECONDS
    news = [line for line in second.lines if "新增0项" in line]
    assert news, "the second start finds the data of the first"
    assert second.interrupt() == 0


def test_a_taken_port_is_passed_over(var: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = Run(var, "--cases", "0", "--port", str(taken.getsockname()[1]))
        line = run.until(ANNOUNCEMENT)
        assert f":{taken.getsockname()[1]}/" not in line
        assert run.interrupt() == 0
