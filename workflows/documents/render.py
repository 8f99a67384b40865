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
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from workflows.confined import Confined, LimitHit, Limits
from workflows.documents.fonts import SHIPPED_FONTS, coverage, printable

ARCHIVAL = "a-2b"
"""PDF/A-2b: fonts embedded, no scripts, readable in decades."""

PLAIN = "1.7"
"""Used for one document only when a glyph is missing that could not be foreseen."""

COMPILER = "workflows.documents.compiler"
_TEMPLATE_SUFFIXES = {".typ", ".png", ".jpg", ".jpeg", ".svg", ".json", ".yaml", ".csv", ".txt"}
_MISSING_GLYPH = "could not be displayed with font"


class CompileRefused(Exception):
    """The template gives no document; the message is typst's, or names the limit that was hit."""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        """The place in the template, as typst shows it; empty when a limit was hit."""


@dataclass(frozen=True)
class Rendered:
    """A document: its PDF, the standard it keeps, and characters that no font could show."""

    pdf: bytes
    pages: int
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
        self._shown = coverage(self._folders)
        fonts = [str(folder) for folder in self._folders]
        self._typst = Confined(COMPILER, {"fonts": fonts}, limits or Limits())

    def render(
        self,
        files: Mapping[str, bytes],
        template: str,
        facts: Mapping[str, Any],
        *,
        dated: datetime,
        draft: bool = False,
    ) -> Rendered:
        """Set `facts` with the template at path `template` among `files`, or with the shared
        one (`_shared/…`) where the pack has none of its own.

        `dated` (aware) goes into the PDF as its date of creation, so that equal facts give equal
        bytes. `draft` prints a watermark. Raises `CompileRefused`; the record is untouched.
        """
        if dated.tzinfo is None:
            raise ValueError("dated must be aware")
        template = template if template in files else f"_shared/{template}"
        shown, rare = printable(dict(facts), self._shown)
        inputs = {
            "facts": json.dumps({**shown, "rare": rare, "draft": draft}, ensure_ascii=False),
        }
        job: dict[str, Any] = {
            "main": template,
            "inputs": inputs,
            "timestamp": int(dated.timestamp()),
        }
        with tempfile.TemporaryDirectory(prefix="document-") as root:
            _lay_out(Path(root), files, template)
            job["root"] = root
            answer = self._compile(job, ARCHIVAL)
            standard = ARCHIVAL
            if _MISSING_GLYPH in answer.get("refused", ""):
                # The case must go on: the document is legible, only not archival.
                standard = PLAIN
                answer = self._compile(job, PLAIN)
        if "pdf" not in answer:
            raise CompileRefused(answer["refused"], _errors_only(answer.get("where", "")))
        return Rendered(base64.b64decode(answer["pdf"]), answer["pages"], standard, tuple(rare))

    def words(
        self,
        files: Mapping[str, bytes],
        template: str,
        facts: Mapping[str, Any],
        *,
        dated: datetime,
    ) -> str:
        """The same template and facts as HTML: what is said, without paper. For `.docx`."""
        template = template if template in files else f"_shared/{template}"
        plain = {**facts, "rare": [], "draft": False}
        job: dict[str, Any] = {
            "main": template,
            "inputs": {"facts": json.dumps(plain, ensure_ascii=False), "words": "true"},
            "timestamp": int(dated.timestamp()),
            "words": True,
        }
        with tempfile.TemporaryDirectory(prefix="document-") as root:
            _lay_out(Path(root), files, template)
            answer = self._compile({**job, "root": root}, PLAIN)
        if "html" not in answer:
            raise CompileRefused(answer["refused"], _errors_only(answer.get("where", "")))
        return str(answer["html"])

    def close(self) -> None:
        """Stop the process; the next `render` starts another."""
        self._typst.close()

    def _compile(self, job: dict[str, Any], standard: str) -> dict[str, Any]:
        try:
            return self._typst.ask({**job, "standard": standard})
        except LimitHit as hit:
            return {"refused": f"the template was stopped: {hit}"}


def _errors_only(diagnostic: str) -> str:
    """Without the warnings that typst prints before the error."""
    return diagnostic[max(diagnostic.find("error:"), 0) :]


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
