"""The console program's own manners: exit codes and messages an operator can act on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.database import Databases
from webapp.cli import COULD_NOT_RUN, FINE, main
from workflows.postgres import ensure


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.setenv("CASELANE_VAR", str(tmp_path / "var"))
    return monkeypatch


def test_help_is_instant_because_nothing_heavy_is_imported() -> None:
    listed = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "webapp.cli", "--help"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "scenario" in listed.stdout
    assert "sqlalchemy" not in listed.stderr
    assert "flask" not in listed.stderr


def test_a_database_out_of_reach_is_said_in_one_line(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert main(["migrate"]) == COULD_NOT_RUN
    message = capsys.readouterr().err
    assert "无法连接数据库" in message
    assert "Traceback" not in message


def test_a_setting_that_makes_no_sense_is_named(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("MAX_UPLOAD", "much")
    assert main(["migrate"]) == COULD_NOT_RUN
    assert "MAX_UPLOAD" in capsys.readouterr().err


def test_serving_an_unmigrated_database_is_refused_with_the_command_to_run(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], databases: Databases
) -> None:
    url = databases.empty()
    environment.setenv("DATABASE_URL", url)
    assert main(["serve", "--port", "0"]) == COULD_NOT_RUN
    assert "caselane migrate" in capsys.readouterr().err
    databases.drop(url)


def test_a_public_site_that_is_switched_off_is_not_served(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], databases: Databases
) -> None:
    url = databases.empty()
    environment.setenv("DATABASE_URL", url)
    environment.setenv("PUBLIC_SITE", "0")
    assert main(["serve", "--role", "public", "--port", "0"]) == COULD_NOT_RUN
    assert "公示网站已经关闭" in capsys.readouterr().err
    databases.drop(url)


def test_migrate_prints_the_revision_reached(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], databases: Databases
) -> None:
    url = databases.empty()
    environment.setenv("DATABASE_URL", url)
    assert main(["migrate"]) == FINE
    assert capsys.readouterr().out.split("\n")[0].isdecimal()
    databases.drop(url)


def test_an_unknown_command_prints_the_usage_and_exits_with_two() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["conjure"])
    assert ended.value.code == COULD_NOT_RUN


def test_forgetting_is_refused_while_in_use_and_then_leaves_no_database(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    environment.delenv("DATABASE_URL", raising=False)
    trials = ensure(tmp_path / "var" / "trials", durable=False)
    assert main(["forget"]) == COULD_NOT_RUN
    assert "is running" in capsys.readouterr().err
    trials.stop()
    assert main(["forget"]) == FINE
    assert list((tmp_path / "var").rglob("PG_VERSION")) == []
    assert not trials.place.data.exists()
