"""Start, share and stop the embedded PostgreSQL server of one ``var/`` folder."""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from workflows.postgres import keeper
from workflows.postgres.place import Place, PlaceError, find

ADMIN = "caselane_admin"
ROLE = DATABASE = "caselane"
READY_SECONDS = 300.0
"""Upper bound for crash recovery after a power cut; an ordinary start takes 0.1 s."""

SERVER_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "80",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    # A refused statement carries personal data; the server's log must not collect it.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_HELD: set[io.BufferedWriter] = set()
"""Open locks of this process: a server once joined is held until ``stop()`` or the end of
the process, even if the caller keeps no reference to its Cluster."""

THROW_AWAY_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass
class Cluster:
    """A server in use by this process. `url` owns one database and nothing else."""

    url: str
    admin_url: str
    place: Place
    _hold: io.BufferedWriter = field(repr=False)

    def stop(self) -> None:
        """Give the server up; it stops here and now if nobody else uses it."""
        if self._hold.closed:
            return
        _HELD.discard(self._hold)
        with self._hold as hold:
            try:
                fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                # Either others go on, or the keeper is stopping it: wait for that one only.
                fcntl.flock(hold, fcntl.LOCK_SH)
                return
            keeper.stop_server(self.place.data)


@contextlib.contextmanager
def running(var_dir: Path, *, durable: bool = True) -> Iterator[str]:
    """``with running(Path("var")) as url:`` — the server lives at least as long as the block."""
    cluster = ensure(var_dir, durable=durable)
    try:
        yield cluster.url
    finally:
        cluster.stop()


def ensure(var_dir: Path, *, durable: bool = True) -> Cluster:
    """Join the server of `var_dir`, starting (and on the first call creating) it if needed.

    `durable=False` trades safety for speed and is for throw-away databases only.
    """
    place = find(var_dir)
    password = _secret(place.home / "password")
    with (place.home / "start.lock").open("ab") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        hold = (place.home / "holders.lock").open("ab")
        try:
            fcntl.flock(hold, fcntl.LOCK_SH)
            if not (place.data / "PG_VERSION").exists():
                _create(place, password)
            port = _join_or_start(place, durable)
            admin_url = _url(ADMIN, password, port, "postgres")
            _ensure_database(admin_url, password)
        except BaseException:
            hold.close()
            raise
    _HELD.add(hold)
    return Cluster(_url(ROLE, password, port, DATABASE), admin_url, place, hold)


def _url(user: str, password: str, port: int, database: str) -> str:
    return f"postgresql://{user}:{password}@127.0.0.1:{port}/{database}"


def _secret(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(24))
    return path.read_text()


def _create(place: Place, password: str) -> None:
    """initdb into a folder beside `data`, moved into place when complete."""
    place.account.own(place.data)
    building = place.data / "building"
    shutil.rmtree(building, ignore_errors=True)
    password_file = place.data / "password"
    password_file.write_text(password)
    os.chown(password_file, place.account.uid, place.account.gid)
    done = subprocess.run(
        [
            str(place.programs / "bin" / "initdb"), "-D", str(building), "-U", ADMIN,
            "--auth-host=scram-sha-256", "--auth-local=scram-sha-256",
            f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
        ],
        cwd=place.data, capture_output=True, text=True,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        **place.account.popen_options(),  # type: ignore[call-overload]
    )  # fmt: skip
    password_file.unlink()
    if done.returncode:
        raise PlaceError(f"PostgreSQL could not create its data folder:\n{done.stderr}")
    # PG_VERSION moves last: its presence means that the folder is whole.
    parts = sorted(building.iterdir(), key=lambda part: part.name == "PG_VERSION")
    for part in parts:
        part.rename(place.data / part.name)
    building.rmdir()


def _join_or_start(place: Place, durable: bool) -> int:
    """The port of the running server."""
    _check_version(place)
    if keeper.postmaster_pid(place.data) is None:
        (place.data / "postmaster.pid").unlink(missing_ok=True)
        return _start(place, durable)
    if _is_free(place.home / "keeper.lock"):
        _spawn_keeper(place, [])
    return _wait_until_ready(place)


def _check_version(place: Place) -> None:
    written = (place.data / "PG_VERSION").read_text().strip()
    carried = place.programs.name.removeprefix("pginstall")
    if written != carried:
        raise PlaceError(
            f"The data in {place.data} was written by PostgreSQL {written}; this installation "
            f"carries {carried}. Move it with pg_upgrade, or pg_dump and restore."
        )


def _start(place: Place, durable: bool) -> int:
    options = SERVER_OPTIONS | ({} if durable else THROW_AWAY_OPTIONS)
    command = [str(place.programs / "bin" / "postgres"), "-D", str(place.data)]
    command += ["-p", str(_free_port(place.home / "port"))]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    _spawn_keeper(place, command)
    return _wait_until_ready(place)


def _spawn_keeper(place: Place, command: list[str]) -> None:
    account = place.account
    log = place.home / "log"
    if log.exists() and log.stat().st_size > 10_000_000:
        log.replace(place.home / "log.old")
    locks = (place.home / "holders.lock", place.home / "keeper.lock")
    arguments = (*locks, place.data, log, account.uid, account.gid, *command)
    subprocess.Popen(
        [sys.executable, "-I", "-S", keeper.__file__, *map(str, arguments)],
        cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def _wait_until_ready(place: Place) -> int:
    """Follow ``postmaster.pid`` as pg_ctl does; its lines 4 and 8 are port and status."""
    deadline = time.monotonic() + READY_SECONDS
    silent_until = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            lines = (place.data / "postmaster.pid").read_text().split("\n")
            if len(lines) > 7 and lines[7].strip() == "ready":
                return int(lines[3])
            silent_until = time.monotonic() + 2
        if time.monotonic() > silent_until:
            break
        time.sleep(0.01)
    tail = "\n".join((place.home / "log").read_text(errors="replace").split("\n")[-15:])
    raise PlaceError(f"PostgreSQL did not start. The end of {place.home / 'log'}:\n{tail}")


def _is_free(path: Path) -> bool:
    with path.open("ab") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _free_port(note: Path) -> int:
    """The port used before, while it is free; else another, noted for the next time."""
    for port in (int(note.read_text()) if note.exists() else 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                chosen: int = probe.getsockname()[1]
                note.write_text(str(chosen))
                return chosen
    raise PlaceError("No free port on 127.0.0.1.")


def _ensure_database(admin_url: str, password: str) -> None:
    """The application's role owns its database and may do nothing else in the server."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        role = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if role.fetchone() is None:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                    sql.Identifier(ROLE), sql.Literal(password)
                )
            )
        made = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if made.fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(ROLE)
                )
            )
