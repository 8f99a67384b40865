"""The fonts of the documents, and the characters that none of them can show.

Under PDF/A a missing glyph is an error. Names of people and places hold characters that no free
font covers; a case must never stop over one. Such a character is therefore printed as the geta
mark with its code point, `〓（U+20BB7）`, and listed at the foot of the document.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn

SHIPPED_FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
"""Noto Serif SC and Noto Sans SC (OFL). A bureau may add a folder with its licensed fonts."""

_INVISIBLE = {
    *range(0x200B, 0x2010),  # joiners and marks of direction
    *range(0x202A, 0x202F),  # overrides of direction
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),  # variation selectors
    0xFEFF,
}
_CALLER_LINES = {"\n", "\t"}

Ranges = tuple[tuple[int, int], ...]


class Coverage:
    """Which characters a set of fonts can show."""

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        merged: list[tuple[int, int]] = []
        for first, last in sorted(ranges):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        self._firsts = [first for first, _ in merged]
        self._lasts = [last for _, last in merged]

    def shows(self, sign: str) -> bool:
        place = bisect_right(self._firsts, ord(sign)) - 1
        return place >= 0 and ord(sign) <= self._lasts[place]


def coverage(folders: Sequence[Path]) -> Coverage:
    """The characters that at least one font in `folders` shows."""
    return Coverage(
        [
            found
            for folder in folders
            for path in sorted(folder.rglob("*"))
            if path.suffix.lower() in {".otf", ".ttf", ".ttc", ".otc"}
            for found in _font_ranges(path, path.stat().st_mtime_ns)
        ]
    )


def printable(value: Any, shown: Coverage) -> tuple[Any, list[str]]:
    """`value` with every unshowable character replaced, and their code points in order.

    Walks dicts and lists. Control and invisible joining characters are dropped: they carry no
    meaning on paper and let a name look like another.
    """
    missing: dict[str, None] = {}

    def text(line: str) -> str:
        return "".join(_sign(sign, shown, missing) for sign in line)

    def walk(part: Any) -> Any:
        if isinstance(part, str):
            return text(part)
        if isinstance(part, dict):
            return {key: walk(entry) for key, entry in part.items()}
        return [walk(entry) for entry in part] if isinstance(part, list | tuple) else part

    return walk(value), list(missing)


def _sign(sign: str, shown: Coverage, missing: dict[str, None]) -> str:
    if sign in _CALLER_LINES:
        return sign
    code = ord(sign)
    if code < 32 or 0x7F <= code < 0xA0 or code in _INVISIBLE or 0xD800 <= code < 0xE000:
        return ""
    if shown.shows(sign):
        return sign
    missing[f"U+{code:04X}"] = None
    return f"〓（U+{code:04X}）"


@lru_cache(maxsize=256)
def _font_ranges(path: Path, _changed: int) -> Ranges:
    """Characters of all faces of one font file; none when the file is no sound font."""
    data = path.read_bytes()
    try:
        if data[:4] != b"ttcf":
            return _face_ranges(data, 0)
        (count,) = struct.unpack_from(">I", data, 8)
        starts = struct.unpack_from(f">{min(count, 64)}I", data, 12)
        return tuple(found for start in starts for found in _face_ranges(data, start))
    except (struct.error, IndexError):
        return ()


def _face_ranges(data: bytes, start: int) -> Ranges:
    """The `cmap` table of one face (OpenType 1.9, formats 4 and 12)."""
    (tables,) = struct.unpack_from(">H", data, start + 4)
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * index)
        if tag == b"cmap":
            return _cmap_ranges(data, offset)
    return ()


def _cmap_ranges(data: bytes, cmap: int) -> Ranges:
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    found: list[tuple[int, int]] = []
    for index in range(count):
        platform, _, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * index)
        (form,) = struct.unpack_from(">H", data, cmap + offset)
        if platform in (0, 3) and form == 12:
            found += _format_12(data, cmap + offset)
        elif platform in (0, 3) and form == 4:
            found += _format_4(data, cmap + offset)
    return tuple(found)


def _format_12(data: bytes, start: int) -> list[tuple[int, int]]:
    (groups,) = struct.unpack_from(">I", data, start + 12)
    rows = [struct.unpack_from(">III", data, start + 16 + 12 * index) for index in range(groups)]
    return [(first, last) for first, last, glyph in rows if glyph]


def _format_4(data: bytes, start: int) -> list[tuple[int, int]]:
    """Segments of the basic plane. A segment's holes are rare; glyph arrays are not followed."""
    (doubled,) = struct.unpack_from(">H", data, start + 6)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", data, start + 14)
    firsts = struct.unpack_from(f">{count}H", data, start + 16 + doubled)
    pairs = zip(firsts, lasts, strict=True)
    return [(first, last) for first, last in pairs if first != 0xFFFF]
