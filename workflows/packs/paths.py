"""Which names a file of a pack may have, wherever the pack comes from: folder, zip or browser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from workflows.packs.findings import Finding, Message

LONGEST_PATH = 200
DEEPEST = 6
MOST_FILES = 1_000
LARGEST_FILE = 2_000_000
LARGEST_PACK = 20_000_000
"""Bytes, unpacked."""

SUFFIXES = frozenset({"yaml", "bpmn", "dmn", "typ", "md", "txt", "svg", "png", "jpg"})
"""What packs are made of. Nothing here is ever run by Python."""

_SEGMENT = re.compile(r"[\w][\w.\- ()（）]*")
_LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")


def is_litter(path: str) -> bool:
    """Files that an operating system leaves behind: passed over without a word."""
    return bool(_LITTER.search(path))


def path_findings(paths: Iterable[str]) -> Iterator[Finding]:
    """What is wrong with the names themselves, each and together."""
    seen: dict[str, str] = {}
    for path in paths:
        reason = _reason(path)
        if reason is not None:
            yield refusal(_shown(path), *reason)
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            yield refusal(_shown(path), "与另一文件重名", "two files bear this name")
        seen[folded] = path


def refusal(file: str, zh: str, en: str) -> Finding:
    """A file that may not be in a pack (M01)."""
    return Finding("M01", "error", file, None, Message(f"{file}：{zh}", f"{file}: {en}"))


def _reason(path: str) -> tuple[str, str] | None:
    parts = path.split("/")
    if len(path) > LONGEST_PATH or len(parts) > DEEPEST:
        return "路径过长或过深", "the path is too long or too deep"
    if any(part in ("", ".", "..") or not _SEGMENT.fullmatch(part) for part in parts):
        return "路径不合规", "not a proper path inside a pack"
    suffix = parts[-1].rpartition(".")[2] if "." in parts[-1] else ""
    if suffix not in SUFFIXES:
        return "不允许的文件类型", "files of this type do not belong in a pack"
    return None


def _shown(path: str) -> str:
    """The path without what a terminal or page could trip over."""
    clean = "".join(character if character.isprintable() else "?" for character in path)
    return clean[:LONGEST_PATH]
