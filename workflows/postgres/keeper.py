"""The process that outlives every user of the embedded server and then stops it.

Runs as a plain file with the standard library alone (``python -I -S keeper.py``), so it
costs some 9 MB and starts in milliseconds. Every user of the server holds a *shared* lock
on ``holders.lock`` for as long as it lives; the kernel drops that lock even after
``kill -9``. The keeper waits for the *exclusive* lock: when it gets it, nobody is left.

    keeper.py HOLDERS_LOCK KEEPER_LOCK DATA_DIR LOG UID GID [POSTGRES ARG…]

Without a server command it adopts a server that is already running. UID and GID are -1
when the server runs as the caller.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

FAST_STOP_SECONDS = 60.0
"""How long open transactions get to roll back before the server is stopped at once."""


def postmaster_pid(data: Path) -> int | None:
    """The process id in ``postmaster.pid``, if it belongs to a running PostgreSQL."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        return None
    except PermissionError:
        pass
    return pid if _serves(pid, data) else None


def _serves(pid: int, data: Path) -> bool:
    """False when the number was given to another program since (restarted containers)."""
    if not Path("/proc/self/cmdline").exists():
        return True
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.path.basename(arguments[0]) == b"postgres" and os.fsencode(data) in arguments


def stop_server(data: Path) -> None:
    """Stop the server over `data`: sessions are rolled back, everything committed stays."""
    pid = postmaster_pid(data)
    if pid is None:
        return
    _signal(pid, signal.SIGINT)
    deadline = time.monotonic() + FAST_STOP_SECONDS
    while postmaster_pid(data) == pid:
        if time.monotonic() > deadline:
            _signal(pid, signal.SIGQUIT)
            deadline = time.monotonic() + FAST_STOP_SECONDS
        time.sleep(0.005)


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _launch(command: list[str], data: Path, log: Path, uid: int, gid: int) -> None:
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
    with log.open("ab") as stream:
        subprocess.Popen(
            command,
            cwd=data,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
            **({"user": uid, "group": gid, "extra_groups": []} if uid >= 0 else {}),  # type: ignore[call-overload]
        )


def _end_with_server(*_: object) -> None:
    """A server that ended, by itself or stopped by a holder, leaves nothing to keep."""
    while os.waitpid(-1, os.WNOHANG)[0] == 0:
        time.sleep(0.001)
    os._exit(0)


def _stop_and_end(data: Path) -> None:
    """The machine is shutting down: the same orderly stop, without waiting for holders."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    stop_server(data)
    os._exit(0)


def main(arguments: list[str]) -> int:
    holders, mine, data, log = (Path(argument) for argument in arguments[:4])
    os.umask(0o077)
    uid, gid, command = int(arguments[4]), int(arguments[5]), arguments[6:]
    with mine.open("ab") as own_lock, holders.open("ab") as all_holders:
        fcntl.flock(own_lock, fcntl.LOCK_EX)
        own_lock.truncate(0)
        own_lock.write(str(os.getpid()).encode())
        own_lock.flush()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the holders
        signal.signal(signal.SIGTERM, lambda *_: _stop_and_end(data))
        if command:
            signal.signal(signal.SIGCHLD, _end_with_server)
            _launch(command, data, log, uid, gid)
        fcntl.flock(all_holders, fcntl.LOCK_EX)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        stop_server(data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
