"""Children of ``caselane run``: kept alive, stopped in order, never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from webapp.cli import supervisor as supervising
from webapp.cli.supervisor import Supervisor

CHILD = """
import os, pathlib, signal, sys, time
from webapp.cli.serving import follow_parent
notes, name, behaviour = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
def note(word):
    with notes.open("a") as stream:
        stream.write(f"{name} {word}\\n")
def end(*_):
    note("ended")
    sys.exit(0)
signal.signal(signal.SIGTERM, signal.SIG_IGN if behaviour == "deaf" else end)
follow_parent()
pathlib.Path(f"{notes}.pid").write_text(str(os.getpid()))
note("began")
if behaviour == "dies":
    sys.exit(3)
while True:
    time.sleep(0.01)
"""
PARENT = """
import sys
from webapp.cli.supervisor import Supervisor
one = Supervisor(program=[sys.executable, "-c", sys.argv[1]])
one.listen()
one.start("first", sys.argv[2], "first", "lives")
code = one.wait()
one.stop()
sys.exit(code)
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes"
    path.touch()
    return path


def supervise() -> Supervisor:
    return Supervisor(program=[sys.executable, "-c", CHILD])


def until(notes: Path, line: str, times: int = 1) -> None:
    deadline = time.monotonic() + 30
    while notes.read_text().split("\n").count(line) < times:
        assert time.monotonic() < deadline, f"{line!r} not in {notes.read_text()!r}"
        time.sleep(0.02)


def test_the_last_started_is_asked_to_stop_first_and_all_have_ended(notes: Path) -> None:
    both = supervise()
    both.start("web", str(notes), "web", "lives")
    both.start("worker", str(notes), "worker", "lives")
    until(notes, "web began")
    until(notes, "worker began")
    both.stop()
    until(notes, "web ended")
    until(notes, "worker ended")


def test_a_child_that_does_not_listen_is_killed(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervising, "STOP_SECONDS", 0.2)
    one = supervise()
    one.start("deaf", str(notes), "deaf", "deaf")
    until(notes, "deaf began")
    begun = time.monotonic()
    one.stop()
    assert time.monotonic() - begun < 5


def test_a_child_that_cannot_live_ends_the_program_with_two(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = supervise()
    one.start("web", str(notes), "web", "dies")
    assert one.wait() == 2
    assert notes.read_text().count("web began") == supervising.MAX_QUICK_DEATHS
    assert "does not stay up" in capsys.readouterr().out
    one.stop()


def test_a_killed_child_is_started_again_and_ctrl_c_stops_all(notes: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, CHILD, str(notes)])
    until(notes, "first began")
    os.kill(int(Path(f"{notes}.pid").read_text()), signal.SIGKILL)
    until(notes, "first began", times=2)
    parent.send_signal(signal.SIGINT)
    assert parent.wait(30) == 0
    until(notes, "first ended")


def test_children_end_when_the_program_was_killed(notes: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, CHILD, str(notes)])
    until(notes, "first began")
    parent.kill()
    parent.wait()
    until(notes, "first ended")
