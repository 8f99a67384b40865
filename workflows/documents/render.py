"""Templates and facts to PDF/A, byte for byte the same for the same input.

    renderer = Renderer()
    rendered = renderer.render(files, "documents/D43.typ", facts, dated=decided_at)
    rendered.pdf, rendered.rare

`files` are the pack's files (path to bytes); a template imports the shared library as
`/_shared/documents/letter.typ` and reads its facts from `sys.inputs.facts`.
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from workflows.documents.compiler import receive, send
from workflows.documents.fonts import SHIPPED_FONTS, coverage, printable

ARCHIVAL = "a-2b"
"""PDF/A-2b: fonts embedded, no scripts, readable in decades."""

PLAIN = "1.7"
"""Used for one document only when a glyph is missing that could not be foreseen."""

_CHECKOUT = Path(__file__).parents[2]
_TEMPLATE_SUFFIXES = {".typ", ".png", ".jpg", ".jpeg", ".svg", ".json", ".yaml", ".csv", ".txt"}
_MISSING_GLYPH = "could not be displayed with font"


class CompileRefused(Exception):
    """文书模板无法生成文件。"""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        """The place in the template, as typst shows it; empty when a limit was hit."""


@dataclass(frozen=True)
class Limits:
    """What one document may cost. Time in seconds, the rest in bytes."""

    processor_seconds: int = 10
    wall_seconds: float = 30.0
    memory_bytes: int = 1536 * 1024**2
    file_bytes: int = 64 * 1024**2
    jobs_per_process: int = 500
    """A fresh process after so many documents keeps a slow leak from growing."""


@dataclass(frozen=True)
class Rendered:
    """A document: its PDF, the standard it keeps, and characters that no font could show."""

    pdf: bytes
    standard: str
    rare: tuple[str, ...]


class Renderer:
    """Renders documents in one confined process, started when first needed.

    Safe to share between threads (they take turns; one document takes some 15 ms) and across a
    fork (the child starts its own process).
    """

    def __init__(self, fonts_folder: Path | None = None, limits: Limits | None = None) -> None:
        """`fonts_folder` holds a bureau's licensed fonts, which templates then prefer."""
        folders = [SHIPPED_FONTS] + ([fonts_folder] if fonts_folder is not None else [])
        self._folders: Sequence[Path] = [folder for folder in folders if folder.is_dir()]
        self._limits = limits or Limits()
        self._shown = coverage(self._folders)
        self._turn = threading.Lock()
        self._process: _Process | None = None

    def render(
        self,
        files: Mapping[str, bytes],
        template: str,
        facts: Mapping[str, Any],
        *,
        dated: datetime,
        draft: bool = False,
    ) -> Rendered:
        """Set `facts` with the template at path `template` among `files`.

        `dated` (aware) goes into the PDF as its date of creation, so that equal facts give equal
        bytes. `draft` prints a watermark. Raises `CompileRefused`; the record is untouched.
        """
        if dated.tzinfo is None:
            raise ValueError("dated must be aware")
        shown, rare = printable(dict(facts), self._shown)
        inputs = {
            "facts": json.dumps({**shown, "rare": rare, "draft": draft}, ensure_ascii=False),
        }
        job = {"main": template, "inputs": inputs, "timestamp": int(dated.timestamp())}
        with self._turn, tempfile.TemporaryDirectory(prefix="document-") as root:
            _lay_out(Path(root), files, template)
            answer = self._ask({**job, "root": root, "standard": ARCHIVAL})
            standard = ARCHIVAL
            if _MISSING_GLYPH in answer.get("refused", ""):
                # The case must go on: the document is legible, only not archival.
                standard = PLAIN
                answer = self._ask({**job, "root": root, "standard": PLAIN})
        if "pdf" not in answer:
            raise CompileRefused(answer["refused"], answer.get("where", ""))
        return Rendered(base64.b64decode(answer["pdf"]), standard, tuple(rare))

    def close(self) -> None:
        """Stop the process; the next `render` starts another."""
        with self._turn:
            self._drop()

    def _drop(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None

    def _ask(self, job: dict[str, Any]) -> dict[str, Any]:
        if self._process is not None and not self._process.usable():
            self._drop()
        if self._process is None:
            self._process = _Process(self._folders, self._limits)
        answer = self._process.ask(job)
        if answer is None:
            reason = self._process.end_reason()
            self._drop()
            return {"refused": reason}
        return answer


class _Process:
    """One running compiler."""

    def __init__(self, folders: Sequence[Path], limits: Limits) -> None:
        self._limits = limits
        self._left = limits.jobs_per_process
        self._owner = os.getpid()
        self._overdue = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "workflows.documents.compiler"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_CHECKOUT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "RAYON_NUM_THREADS": "1"},
        )
        setup = {
            "fonts": [str(folder) for folder in folders],
            "memory_bytes": limits.memory_bytes,
            "file_bytes": limits.file_bytes,
            "processor_seconds": limits.processor_seconds,
        }
        if self._exchange(setup) is None:
            raise CompileRefused("the document compiler did not start")

    def usable(self) -> bool:
        return self._left > 0 and self._owner == os.getpid() and self._process.poll() is None

    def ask(self, job: dict[str, Any]) -> dict[str, Any] | None:
        """The answer, or None when the process died or ran out of time."""
        self._left -= 1
        return self._exchange(job)

    def end_reason(self) -> str:
        """Why there was no answer."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        if self._overdue or self._process.returncode in (-9, -24):
            return "the template ran too long"
        return "the template needs too much memory"

    def stop(self) -> None:
        if self._owner != os.getpid():
            return  # a process of our parent: not ours to end
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _exchange(self, message: dict[str, Any]) -> dict[str, Any] | None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        deadline = time.monotonic() + self._limits.wall_seconds
        try:
            send(self._process.stdin, message)  # type: ignore[arg-type]
        except OSError:
            return None
        ready, _, _ = select.select([self._process.stdout], [], [], deadline - time.monotonic())
        if not ready:
            self._overdue = True
            return None
        return receive(self._process.stdout)  # type: ignore[arg-type]


def _lay_out(root: Path, files: Mapping[str, bytes], template: str) -> None:
    """Write the pack's document files under `root`; nothing can be written beside it."""
    if template not in files:
        raise CompileRefused(f"no such template: {template}", template)
    for name, content in files.items():
        path = PurePosixPath(name)
        if path.suffix.lower() not in _TEMPLATE_SUFFIXES:
            continue
        if path.is_absolute() or ".." in path.parts:
            raise CompileRefused(f"not a path inside a pack: {name}", name)
        target = root.joinpath(*path.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
