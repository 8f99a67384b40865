"""Find a Chromium to drive, or install one: the machine's own, else Debian's, else Playwright's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
MISSING = """
浏览器测试需要 Chromium，但找不到，也无法自动安装。
The browser tests need Chromium; none was found and none could be installed. Either
  apt-get install chromium                     (Debian, Ubuntu)
  .venv/bin/playwright install chromium        (downloads Playwright's own)
  CHROMIUM=/path/to/chromium make test         (any other place)
Without it: .venv/bin/python -m pytest -m "not browser and not proof"
"""


def find() -> Path | None:
    """``$CHROMIUM``, else the first installed one, else what Playwright has downloaded."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if Path(named).exists() else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((path for path in (*MAC, _playwright_s_own()) if path.exists()), None)


def _playwright_s_own() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def install() -> None:
    """Try Debian's package when that is ours to install, then Playwright's download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        print("Installing Debian's chromium …", flush=True)
        subprocess.run(["apt-get", "-qq", "update"], check=False, env=quiet)
        done = subprocess.run(
            ["apt-get", "-qq", "-y", "--no-install-recommends", "install", "chromium"],
            check=False, env=quiet, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        if done.returncode == 0:
            return
    print("Downloading Playwright's Chromium …", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """Used by ``make browser``: 0 when there is a browser to drive, 2 when there is none."""
    if find() is None:
        install()
    if find() is None:
        print(MISSING, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
