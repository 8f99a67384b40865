"""The parent's side: a confined child, started when first needed and replaced when it dies."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from workflows.confined.serving import Answer, Job, receive, send

_ROOT = Path(__file__).parents[2]
_KILLED_FOR_TIME = (-9, -24)  # SIGKILL follows when SIGXCPU is not heard


@dataclass(frozen=True)
class Limits:
    """What one job may cost. Time in seconds, the rest in bytes."""

    processor_seconds: int = 10
    wall_seconds: float = 30.0
    memory_bytes: int = 1536 * 1024**2
    file_bytes: int = 64 * 1024**2
    jobs_per_process: int = 500
    """A fresh process after so many jobs keeps a slow leak from growing."""


class LimitHit(Exception):
    """The work was ended because it took too much time or memory."""


class Confined:
    """Jobs for one module, one after the other.

    Safe to share between threads (they take turns) and across a fork (the child starts its own).
    """

    def __init__(self, module: str, setup: Mapping[str, Any], limits: Limits) -> None:
        """`module` calls `serving.serve` when it is run as a program."""
        self._module = module
        self._setup = dict(setup)
        self._limits = limits
        self._turn = threading.Lock()
        self._process: _Process | None = None

    def ask(self, job: Job) -> Answer:
        """The answer of the child; raises `LimitHit` when it did not live to give one."""
        with self._turn:
            if self._process is not None and not self._process.usable():
                self._drop()
            if self._process is None:
                self._process = _Process(self._module, self._setup, self._limits)
            answer = self._process.exchange(job)
            if answer is None:
                reason = self._process.end_reason()
                self._drop()
                raise LimitHit(reason)
            return answer

    def close(self) -> None:
        """Stop the child; the next job starts another."""
        with self._turn:
            self._drop()

    def _drop(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None


class _Process:
    """One running child."""

    def __init__(self, module: str, setup: dict[str, Any], limits: Limits) -> None:
        self._limits = limits
        self._left = limits.jobs_per_process + 1  # the set-up counts as one
        self._owner = os.getpid()
        self._overdue = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "RAYON_NUM_THREADS": "1"},
        )
        given = {
            "memory_bytes": limits.memory_bytes,
            "file_bytes": limits.file_bytes,
            "processor_seconds": limits.processor_seconds,
        }
        if self.exchange({**setup, **given}) is None:
            self.stop()
            raise LimitHit(f"{module} did not start")

    def usable(self) -> bool:
        return self._left > 0 and self._owner == os.getpid() and self._process.poll() is None

    def exchange(self, message: Job) -> Answer | None:
        """The answer, or None when the process died or ran out of time."""
        self._left -= 1
        try:
            send(cast(BinaryIO, self._process.stdin), message)
        except OSError:
            return None
        answers = cast(BinaryIO, self._process.stdout)
        ready, _, _ = select.select([answers], [], [], self._limits.wall_seconds)
        if not ready:
            self._overdue = True
            return None
        return receive(answers)

    def end_reason(self) -> str:
        """Why there was no answer."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        if self._overdue or self._process.returncode in _KILLED_FOR_TIME:
            return "it ran too long"
        return "it needs too much memory"

    def stop(self) -> None:
        if self._owner != os.getpid():
            return  # a process of our parent: not ours to end
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
