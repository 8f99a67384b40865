"""What an installation decides in its environment."""

from __future__ import annotations

import inspect
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from workflows import settings as settings_module
from workflows.settings import GIGABYTE, Settings, SettingsError


def read(tmp_path: Path, **environ: str) -> Settings:
    return Settings.from_environment({"CASELANE_VAR": str(tmp_path / "var"), **environ})


def test_an_empty_environment_gives_a_safe_installation(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.max_upload == 2 * GIGABYTE
    assert settings.secure_cookies
    assert not settings.demo
    assert settings.smtp_url is None
    assert settings.blobs == str(tmp_path / "var" / "blobs")


def test_the_secret_key_is_made_once_and_readable_by_nobody_else(tmp_path: Path) -> None:
    first, second = read(tmp_path).secret_key, read(tmp_path).secret_key
    assert first == second
    assert len(first) >= 48
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0


def test_roles_that_start_at_once_share_one_whole_key(tmp_path: Path) -> None:
    for turn in range(30):
        place = tmp_path / str(turn)
        start = Barrier(6)

        def role(place: Path = place, start: Barrier = start) -> str:
            start.wait()
            return read(place).secret_key

        with ThreadPoolExecutor(6) as pool:
            keys = {done.result() for done in [pool.submit(role) for _ in range(6)]}
        assert len(keys) == 1
        assert len(keys.pop()) > 40


def test_an_empty_key_is_refused_instead_of_used(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret_key").write_text("")
    with pytest.raises(SettingsError, match="empty"):
        read(tmp_path)


def test_a_given_secret_key_leaves_no_file(tmp_path: Path) -> None:
    assert read(tmp_path, SECRET_KEY="given").secret_key == "given"
    assert not (tmp_path / "var" / "secret_key").exists()


def test_secrets_do_not_appear_when_settings_are_printed(tmp_path: Path) -> None:
    settings = read(tmp_path, SECRET_KEY="geheim", SMTP_URL="smtp://u:geheim@mail:25")
    assert "geheim" not in repr(settings)


def test_the_clock_can_be_moved_only_in_a_demo(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="DEMO"):
        read(tmp_path, CLOCK_FILE="clock")
    assert read(tmp_path, CLOCK_FILE="clock", DEMO="1").clock_file is not None


@pytest.mark.parametrize("text", ["2GB", "-1", "1.5"])
def test_a_size_that_is_no_number_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="MAX_UPLOAD"):
        read(tmp_path, MAX_UPLOAD=text)


def test_every_variable_that_is_read_is_in_the_operator_s_table() -> None:
    read = set(re.findall(r"``([A-Z][A-Z_]+)``", inspect.getsource(settings_module)))
    table = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
    assert {name for name in read if f"`{name}`" not in table} == set()


def test_an_address_is_no_folder_for_files(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CASELANE_BLOBS"):
        read(tmp_path, CASELANE_BLOBS="s3://bucket/prefix")
