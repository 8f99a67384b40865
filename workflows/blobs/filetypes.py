"""What a file really is, told by its first bytes and never by its name or its sender.

Only types on the allow list are kept. Active content is refused: SVG and HTML run scripts in the
officer's browser, office files with macros run them on the officer's desk.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models.errors import DomainError

Kind = Literal["image", "pdf", "video", "audio", "office", "text"]

HEAD_BYTES = 65_536
"""How much of a file is looked at, in bytes."""

OFFICE_ENTRIES_LIMIT = 5_000
"""An honest .docx has tens of entries; more is a crafted zip."""


class UnknownFileType(DomainError):
    """Send pictures (JPEG, PNG, WebP, HEIC), PDF, MP4, WebM, MP3, M4A, WAV, DOCX, XLSX or text."""

    code = "file_type"
    zh = (
        "不支持此类文件。可上传：图片（JPEG、PNG、WebP、HEIC）、PDF、视频（MP4、WebM）、"
        "音频（MP3、M4A、WAV）、DOCX、XLSX、纯文本。"
    )


@dataclass(frozen=True)
class FileType:
    """One accepted type. `extension` has no dot; `kind` chooses preview and archive page."""

    code: str
    mime: str
    extension: str
    kind: Kind


JPEG = FileType("jpeg", "image/jpeg", "jpg", "image")
PNG = FileType("png", "image/png", "png", "image")
WEBP = FileType("webp", "image/webp", "webp", "image")
HEIC = FileType("heic", "image/heic", "heic", "image")
PDF = FileType("pdf", "application/pdf", "pdf", "pdf")
MP4 = FileType("mp4", "video/mp4", "mp4", "video")
WEBM = FileType("webm", "video/webm", "webm", "video")
M4A = FileType("m4a", "audio/mp4", "m4a", "audio")
MP3 = FileType("mp3", "audio/mpeg", "mp3", "audio")
WAV = FileType("wav", "audio/wav", "wav", "audio")
DOCX = FileType(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    "office",
)
XLSX = FileType(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "office"
)
TEXT = FileType("txt", "text/plain; charset=utf-8", "txt", "text")

ALLOWED: tuple[FileType, ...] = (
    JPEG, PNG, WEBP, HEIC, PDF, MP4, WEBM, M4A, MP3, WAV, DOCX, XLSX, TEXT,
)  # fmt: skip

_HEIC_BRANDS = {b"heic", b"heix", b"mif1", b"heim", b"heis"}
_MP4_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash",
               b"M4V ", b"MSNV", b"qt  ", b"3gp4", b"3gp5", b"3gp6"}  # fmt: skip
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|meta|link|style|\?xml)",
    re.IGNORECASE,
)


def _riff(head: bytes) -> FileType | None:
    if head[:4] != b"RIFF":
        return None
    return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])


def _iso_media(head: bytes) -> FileType | None:
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    if brand in _HEIC_BRANDS:
        return HEIC
    if brand == b"M4A ":
        return M4A
    return MP4 if brand in _MP4_BRANDS else None


def _webm(head: bytes) -> FileType | None:
    return WEBM if head[:4] == b"\x1aE\xdf\xa3" and b"webm" in head[:64] else None


def _mp3(head: bytes) -> FileType | None:
    if head[:3] == b"ID3":
        return MP3
    # An MPEG audio frame: 11 sync bits, version not reserved, layer III.
    is_frame = len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return MP3 if is_frame and head[1] & 0x18 != 0x08 else None


def _plain(head: bytes) -> FileType | None:
    """Text in UTF-8 or GB18030 without control characters and without markup of any kind."""
    if not head or _MARKUP.search(head):
        return None
    if any(byte < 32 and byte not in (9, 10, 12, 13) for byte in head):
        return None
    return TEXT if _decodes(head, "utf-8") or _decodes(head, "gb18030") else None


def _decodes(head: bytes, encoding: str) -> bool:
    """True when the bytes are text; a character cut at the end of the look is forgiven."""
    try:
        head.decode(encoding)
    except UnicodeDecodeError as fault:
        return len(head) == HEAD_BYTES and fault.start >= len(head) - 4
    return True


_BY_HEAD: tuple[Callable[[bytes], FileType | None], ...] = (
    lambda head: JPEG if head[:3] == b"\xff\xd8\xff" else None,
    lambda head: PNG if head[:8] == b"\x89PNG\r\n\x1a\n" else None,
    lambda head: PDF if head[:5] == b"%PDF-" else None,
    _riff,
    _iso_media,
    _webm,
    _mp3,
)


def _office(path: Path) -> FileType | None:
    """A .docx or .xlsx without macros; any other zip is refused."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename for info in archive.infolist()[:OFFICE_ENTRIES_LIMIT]}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or any("vbaProject" in name for name in names):
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def recognise(path: Path) -> FileType:
    """The type of the file at `path`, or `UnknownFileType`."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    for judge in _BY_HEAD:
        found = judge(head)
        if found is not None:
            return found
    found = _office(path) if head[:4] == b"PK\x03\x04" else _plain(head)
    if found is None:
        raise UnknownFileType
    return found
