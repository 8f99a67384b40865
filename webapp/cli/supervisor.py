"""Child processes of ``caselane run``: started together, restarted when one dies, stopped
together. Children get a session of their own, so that Ctrl-C reaches the supervisor alone
and everything stops in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from webapp.cli.serving import PARENT_PIPE

STOP_SECONDS = 20.0
"""How long a child may finish what it is doing before it is killed."""
QUICK_DEATH_SECONDS = 10.0
MAX_QUICK_DEATHS = 3
"""A child that dies this often within seconds of its start will not get better."""


@dataclass
class Child:
    """One ``caselane`` subcommand; `once` means that its end is not a failure."""

    name: str
    arguments: Sequence[str]
    once: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = field(default=0)

    def failed_again(self) -> bool:
        """Count a death; True when restarting makes no sense any more."""
        quick = time.monotonic() - self.started < QUICK_DEATH_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        return self.quick_deaths >= MAX_QUICK_DEATHS


class Supervisor:
    """Keeps children alive until SIGINT, SIGTERM or SIGHUP; stops them in reverse order."""

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        program: Sequence[str] = (sys.executable, "-m", "webapp.cli"),
    ) -> None:
        self.environment = dict(environment)
        self._program = program
        self._children: list[Child] = []
        self._stop = threading.Event()
        # Nobody writes: children read the end of file when this process is gone.
        self._reading, self._writing = os.pipe()

    def listen(self) -> None:
        """From now on a signal asks for the orderly stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def start(self, name: str, *arguments: str, once: bool = False) -> None:
        """Start ``caselane ARGUMENTS…`` and look after it."""
        child = Child(name, arguments, once)
        self._children.append(child)
        self._spawn(child)

    def wait(self) -> int:
        """Until asked to stop (0) or until a child cannot be kept alive (2)."""
        while not self._stop.wait(0.2):
            for child in list(self._children):
                if not self._look_after(child):
                    return 2
        return 0

    def stop(self) -> None:
        """SIGTERM to each child, last started first, then wait; kill what does not end."""
        alive = [c for c in reversed(self._children) if c.process and c.process.poll() is None]
        for child in alive:
            self._send(child, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in alive:
            assert child.process is not None
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()
        os.close(self._reading)
        os.close(self._writing)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()

    def _spawn(self, child: Child) -> None:
        child.started = time.monotonic()
        child.process = subprocess.Popen(
            [*self._program, *child.arguments],
            env=self.environment | {PARENT_PIPE: str(self._reading)},
            pass_fds=(self._reading,),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _look_after(self, child: Child) -> bool:
        code = child.process.poll() if child.process else 0
        if code is None:
            return True
        if child.once:
            self._children.remove(child)
            return True
        if child.failed_again():
            print(f"caselane: {child.name} 无法运行 / does not stay up (exit {code}).", flush=True)
            return False
        print(f"caselane: {child.name} 已退出，正在重启 / ended ({code}), restarting.", flush=True)
        self._spawn(child)
        return True

    @staticmethod
    def _send(child: Child, number: int) -> None:
        assert child.process is not None
        try:
            child.process.send_signal(number)
        except ProcessLookupError:
            return
