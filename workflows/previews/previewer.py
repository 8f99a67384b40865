"""Pictures of files of the public, drawn in a confined process."""

from __future__ import annotations

import base64
from pathlib import Path

from workflows.confined import Confined, LimitHit, Limits

DRAWING = "workflows.previews.drawing"
LONGEST_SIDE = 4_000
"""Pixels. Larger pictures than this serve no page."""


class PreviewRefused(Exception):
    """There is no preview of this file; evidence itself is untouched."""


class Previewer:
    """Draws previews. Safe to share between threads; evidence itself is never changed."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._drawing = Confined(DRAWING, {}, limits or Limits(memory_bytes=1024**3))

    def image(self, path: Path, *, longest: int) -> bytes:
        """A photo as JPEG, upright, without its metadata, its longer side at most `longest`."""
        return self._draw({"do": "image", "path": str(path), "longest": _bounded(longest)})

    def page(self, path: Path, *, number: int = 0, longest: int) -> bytes:
        """Page `number` (from 0) of a PDF as JPEG."""
        job = {"do": "page", "path": str(path), "number": number, "longest": _bounded(longest)}
        return self._draw(job)

    def page_count(self, path: Path) -> int:
        """Pages of a PDF."""
        return int(self._ask({"do": "count", "path": str(path)})["count"])

    def close(self) -> None:
        """Stop the process; the next preview starts another."""
        self._drawing.close()

    def _draw(self, job: dict[str, object]) -> bytes:
        return base64.b64decode(self._ask(job)["jpeg"])

    def _ask(self, job: dict[str, object]) -> dict[str, str]:
        try:
            answer = self._drawing.ask(job)
        except LimitHit as hit:
            raise PreviewRefused(str(hit)) from hit
        if "refused" in answer:
            raise PreviewRefused(answer["refused"])
        return answer


def _bounded(longest: int) -> int:
    if not 0 < longest <= LONGEST_SIDE:
        raise ValueError(f"longest side must be 1 to {LONGEST_SIDE} pixels: {longest}")
    return longest
