"""Previews kept on disk: drawn once, whoever asks; they may be deleted at any time."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from workflows.previews.previewer import Previewer

Size = Literal["thumb", "page"]
SIZES: dict[Size, int] = {"thumb": 320, "page": 1_600}
"""Longer side in pixels: in a list, and on a page of its own."""


@dataclass(frozen=True)
class PreviewCache:
    """JPEGs of photos and of pages of PDFs, by the digest of their file.

    `find` gives the path of a file from its SHA-256. A file that cannot be drawn raises
    `PreviewRefused`, each time: nothing is kept of it.
    """

    folder: Path
    previewer: Previewer
    find: Callable[[str], Path]

    def image(self, sha256: str, size: Size) -> Path:
        """Path of the JPEG of a photo."""
        longest = SIZES[size]
        source = self.find(sha256)
        return self._kept(f"{sha256}-{size}", lambda: self.previewer.image(source, longest=longest))

    def page(self, sha256: str, size: Size, number: int = 0) -> Path:
        """Path of the JPEG of page `number` (from 0) of a PDF."""
        longest = SIZES[size]
        source = self.find(sha256)
        return self._kept(
            f"{sha256}-{size}-{number}",
            lambda: self.previewer.page(source, number=number, longest=longest),
        )

    def page_count(self, sha256: str) -> int:
        """Pages of a PDF."""
        count = self._kept(
            f"{sha256}-count",
            lambda: str(self.previewer.page_count(self.find(sha256))).encode("ascii"),
        )
        return int(count.read_text("ascii"))

    def _kept(self, name: str, draw: Callable[[], bytes]) -> Path:
        """The file `name`, drawn when it is not there; two who draw at once write the same."""
        path = self.folder / name[:2] / name
        if path.is_file():
            return path
        content = draw()
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{secrets.token_hex(8)}")
        try:
            temporary.write_bytes(content)
            os.replace(temporary, path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
        return path
