"""The built wheel carries all that the program needs and runs without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.database import ROOT, Databases

RUN = """
import sys
sys.path[:0] = [{wheel!r}, {packages!r}]
from webapp.cli import main
sys.exit(main(sys.argv[1:]))
"""
APPLICATION = """
import sys
sys.path[:0] = [{wheel!r}, {packages!r}]
import models, webapp, workflows, wsgi
assert all(m.__file__.startswith({wheel!r}) for m in (models, webapp, workflows, wsgi))
pages = wsgi.app.test_client()
print(pages.get("/", follow_redirects=True).status_code)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.executable).with_name("uv")
    subprocess.run(
        [str(uv), "build", "--wheel", "--quiet", "--out-dir", str(folder), str(ROOT)], check=True
    )
    (built,) = folder.glob("*.whl")
    zipfile.ZipFile(built).extractall(folder / "content")
    return folder / "content"


def run_alone(wheel: Path, script: str, database_url: str, *arguments: str) -> str:
    """Without the checkout: isolated, and no .pth file puts it back on the path."""
    filled = script.format(wheel=str(wheel), packages=sysconfig.get_path("purelib"))
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", filled, *arguments],
        cwd=wheel.parent,
        env=os.environ | {"DATABASE_URL": database_url, "CASELANE_VAR": str(wheel.parent / "var")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_wheel_carries_packs_pages_bundles_and_revisions(wheel: Path) -> None:
    for name in (
        "bpmn/ordinary/pack.yaml",
        "bpmn/_shared/calendar",
        "bpmn/schema/scenario.json",
        "models/migrations/sql/procrastinate_3_10.sql",
        "models/migrations/script.py.mako",
        "webapp/templates/base.html",
        "webapp/static/favicon.svg",
        "wsgi.py",
    ):
        assert (wheel / name).exists(), name


def test_the_wheel_leaves_out_tests_and_sources_of_bundles(wheel: Path) -> None:
    assert not (wheel / "tests").exists()
    assert not (wheel / "webapp" / "assets").exists()


def test_the_wheel_migrates_and_serves_without_the_checkout(
    wheel: Path, databases: Databases
) -> None:
    url = databases.empty()
    assert "行政处罚普通程序" in run_alone(wheel, RUN, url, "migrate"), "the wheel's own packs"
    assert run_alone(wheel, APPLICATION, url) == "200"
    databases.drop(url)


def test_the_wheel_checks_its_own_pack(wheel: Path) -> None:
    run_alone(wheel, RUN, "", "check", str(wheel / "bpmn" / "ordinary"))
