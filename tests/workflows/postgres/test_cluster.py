"""The embedded PostgreSQL: shared, private, stopped with its last user, alive or killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from workflows.postgres import PlaceError, ensure, keeper, place, running

HOLD = """
import sys, time
from pathlib import Path
from workflows.postgres import ensure
print(ensure(Path(sys.argv[1]), durable=False).url, flush=True)
time.sleep(120)
"""


@pytest.fixture
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("var")
    for parent in (folder, folder.parent, folder.parent.parent):
        parent.chmod(0o711)  # pytest's folders are private; a clone usually is not
    yield folder
    keeper.stop_server(place.find(folder).data)
    place.remove(folder)


@pytest.fixture
def hold(var: Path) -> Iterator[Callable[[], tuple[subprocess.Popen[str], str]]]:
    """Starts another process that uses the server, and tells its URL."""
    started: list[subprocess.Popen[str]] = []

    def start() -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(var)], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def strict_umask() -> Iterator[None]:
    """As the console program sets it: files are the caller's alone."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def is_running(var: Path) -> bool:
    return keeper.postmaster_pid(place.find(var).data) is not None


def wait_until_stopped(var: Path) -> None:
    deadline = time.monotonic() + 20
    while is_running(var):
        assert time.monotonic() < deadline, "the server outlived its last user"
        time.sleep(0.02)


def one(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
        return row[0] if row else None


def test_data_written_in_one_start_is_there_in_the_next(var: Path) -> None:
    with running(var) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT '案程' AS name")
    assert not is_running(var)
    with running(var) as url:
        assert one(url, "SELECT name FROM kept") == "案程"


def test_the_server_sorts_and_folds_by_builtin_rules_on_every_machine(var: Path) -> None:
    with running(var, durable=False) as url:
        provider = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = "
        assert one(url, provider + "current_database()") == "bC.UTF-8"
        assert one(url, "SELECT lower('ÄΩ')") == "äω"


def test_a_wrong_password_is_refused_and_only_loopback_listens(var: Path) -> None:
    with running(var, durable=False) as url:
        wrong = url.replace(url.split(":")[2].split("@")[0], "wrong")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)
        assert one(url, "SHOW listen_addresses") == "127.0.0.1"
        with psycopg.connect(ensure(var).admin_url) as connection:
            assert connection.execute("SHOW unix_socket_directories").fetchone() == ("",)


def test_the_role_of_the_program_is_no_superuser_but_owns_its_database(var: Path) -> None:
    with running(var, durable=False) as url:
        assert one(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        with psycopg.connect(url) as connection:
            connection.execute("CREATE SCHEMA queue")


def test_the_password_and_the_log_are_private(var: Path) -> None:
    with running(var, durable=False):
        home = place.find(var).home
        assert (home / "password").stat().st_mode & 0o077 == 0
        assert (home / "log").stat().st_mode & 0o077 == 0


def test_two_processes_share_one_server_until_the_second_has_ended(
    var: Path, hold: Callable[[], tuple[subprocess.Popen[str], str]]
) -> None:
    other, url = hold()
    mine = ensure(var, durable=False)
    assert mine.url == url
    mine.stop()
    assert is_running(var)
    other.terminate()
    wait_until_stopped(var)


def test_a_killed_user_does_not_leave_the_server_behind(
    var: Path, hold: Callable[[], tuple[subprocess.Popen[str], str]]
) -> None:
    other, _ = hold()
    assert is_running(var)
    other.kill()
    wait_until_stopped(var)


def test_with_user_and_keeper_killed_the_next_start_adopts_the_server(
    var: Path, hold: Callable[[], tuple[subprocess.Popen[str], str]]
) -> None:
    other, url = hold()
    data = place.find(var).data
    kept = keeper.postmaster_pid(data)
    os.kill(int((place.find(var).home / "keeper.lock").read_text()), signal.SIGKILL)
    other.kill()
    other.wait()
    with running(var, durable=False) as again:
        assert again == url
        assert keeper.postmaster_pid(data) == kept
        assert one(again, "SELECT 1") == 1
    wait_until_stopped(var)


def test_a_killed_server_recovers_every_acknowledged_commit(var: Path) -> None:
    first = ensure(var)
    with psycopg.connect(first.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    pid = keeper.postmaster_pid(first.place.data)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until_stopped(var)
    first.stop()
    with running(var) as url:
        assert one(url, "SELECT count(*) FROM kept") == 1000


def test_a_process_number_given_to_another_program_is_not_taken_for_the_server(
    var: Path,
) -> None:
    with running(var, durable=False):
        data = place.find(var).data
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n0\n5432\n\n127.0.0.1\n")
    with running(var, durable=False) as url:
        assert one(url, "SELECT 1") == 1


def test_a_creation_that_was_interrupted_is_begun_again(var: Path) -> None:
    spot = place.find(var)
    spot.account.own(spot.data / "building")
    with running(var, durable=False) as url:
        assert one(url, "SELECT 1") == 1


def test_data_of_another_major_version_is_refused_in_plain_words(var: Path) -> None:
    with running(var, durable=False):
        version = place.find(var).data / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(PlaceError, match="written by PostgreSQL 17"):
        ensure(var)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must hand the server to another account")
def test_under_a_private_home_root_places_programs_and_data_where_the_account_reaches(
    var: Path, strict_umask: None
) -> None:
    private = var / "private"
    private.mkdir(mode=0o700)
    with running(private / "clone" / "var", durable=False) as url:
        assert one(url, "SELECT 1") == 1
        spot = place.find(private / "clone" / "var")
        assert private not in spot.data.parents
    place.remove(private / "clone" / "var")
    assert not spot.root.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root places data outside")
def test_a_copied_folder_does_not_share_the_data_of_the_original(var: Path) -> None:
    first, second = var / "a" / "postgres", var / "b" / "postgres"
    first.mkdir(parents=True)
    second.mkdir(parents=True)
    note = f'{{"var": "{first.resolve()}", "root": "/var/lib/caselane-absent"}}'
    (second / "location").write_text(note)
    with pytest.raises(PlaceError, match="is a copy of"):
        place.find(var / "b")
