"""A pack as verbatim files (path → bytes), the same whether it is a folder, a zip or a draft.

Paths are relative to the pack (`pack.yaml`, `forms/verify_lead.yaml`); what it uses of the shared
folder stands under `_shared/` (`_shared/codes/case_source.yaml`), so that a pack is complete.
"""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from workflows.packs.findings import Finding
from workflows.packs.paths import (
    LARGEST_FILE,
    LARGEST_PACK,
    MOST_FILES,
    is_litter,
    path_findings,
    refusal,
)

MANIFEST = "pack.yaml"
SHARED = "_shared"
SIDE = "side"
"""The folder of side processes, `<name>.bpmn` and `<name>.yaml`; a pack takes them by name."""
SHARED_PARTS = (
    "forms",
    "codes",
    "checklists",
    "documents",
    "file_orders",
    "processes",
    "rules",
    "templates",
    SIDE,
)
"""The folders of `_shared/` that packs are made of; the others are the bureau's reference data."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


class PackRefused(Exception):
    """The files cannot be a pack; nothing of them was kept."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.message.en for finding in findings))
        self.findings = findings


@dataclass(frozen=True)
class PackFiles:
    """The files of one pack. Immutable; changing gives a new one."""

    files: Mapping[str, bytes]

    def __post_init__(self) -> None:
        findings = list(path_findings(self.files))
        if len(self.files) > MOST_FILES:
            findings.append(refusal(MANIFEST, f"文件超过 {MOST_FILES} 个", "too many files"))
        for path, content in self.files.items():
            if len(content) > LARGEST_FILE:
                findings.append(_too_large(path))
        if sum(map(len, self.files.values())) > LARGEST_PACK:
            findings.append(refusal(MANIFEST, "过程包总量过大", "the pack is too large"))
        if findings:
            raise PackRefused(tuple(findings))
        object.__setattr__(self, "files", MappingProxyType(dict(sorted(self.files.items()))))

    @classmethod
    def from_folder(cls, folder: Path, shared: Path | None = None) -> PackFiles:
        """A pack's folder; `shared` is the `_shared` folder beside it when not given."""
        files = dict(_walk(folder, folder))
        beside = folder.resolve().parent / SHARED if shared is None else shared
        own_shared = any(path.startswith(f"{SHARED}/") for path in files)
        if not own_shared and beside.is_dir() and beside != folder.resolve():
            for part in filter(lambda name: (beside / name).is_dir(), SHARED_PARTS):
                files |= {f"{SHARED}/{path}": data for path, data in _walk(beside, beside / part)}
        return cls(files)

    @classmethod
    def from_zip(cls, archive: bytes) -> PackFiles:
        """A pack from a zip: at its root, or in a folder (with `_shared/` beside it or inside)."""
        return cls(_at_root(_unpacked(archive)))

    def to_zip(self) -> bytes:
        """The same bytes for the same files, whenever and wherever it is made."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
            for path, content in self.files.items():
                entry = zipfile.ZipInfo(path, _EPOCH)
                entry.create_system = 3
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                archive.writestr(entry, content)
        return buffer.getvalue()

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the sorted paths and the digests of their contents."""
        total = hashlib.sha256()
        for path, content in self.files.items():
            total.update(f"{path}\0{hashlib.sha256(content).hexdigest()}\n".encode())
        return total.hexdigest()

    def find(self, path: str) -> str | None:
        """Where a file is found: the pack's own first, then the shared one."""
        shared = f"{SHARED}/{path}"
        return path if path in self.files else shared if shared in self.files else None

    def under(self, folder: str, suffix: str) -> list[str]:
        """Paths of the pack's own and shared files of a folder (`forms`, `.yaml`), own first."""
        own = [path for path in self.files if path.startswith(f"{folder}/")]
        shared = [path for path in self.files if path.startswith(f"{SHARED}/{folder}/")]
        return [path for path in own + shared if path.endswith(suffix)]

    def drawn(self, sides: Iterable[str]) -> list[str]:
        """Paths of the diagrams that the pack uses: of the side processes only those it takes."""
        taken = {self.find(f"{SIDE}/{name}.bpmn") for name in sides}
        apart = (f"{SIDE}/", f"{SHARED}/{SIDE}/")
        return [
            path
            for path in self.files
            if path.endswith(".bpmn") and (path in taken or not path.startswith(apart))
        ]

    def with_files(self, changed: Mapping[str, bytes], removed: tuple[str, ...] = ()) -> PackFiles:
        """The pack after an edit."""
        kept = {path: data for path, data in self.files.items() if path not in removed}
        return PackFiles({**kept, **changed})

    def __getitem__(self, path: str) -> bytes:
        return self.files[path]

    def __contains__(self, path: str) -> bool:
        return path in self.files


def _too_large(path: str) -> Finding:
    return refusal(path, f"文件超过 {LARGEST_FILE // 1_000_000} MB", "the file is too large")


def _walk(root: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files below a folder, links refused: a pack holds nothing that lies outside it."""
    count = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            raise PackRefused((refusal(name, "不允许符号链接", "links are not allowed"),))
        if not path.is_file() or is_litter(name):
            continue
        count += 1
        if count > MOST_FILES:
            raise PackRefused((refusal(name, "文件过多", "too many files"),))
        if path.stat().st_size > LARGEST_FILE:
            raise PackRefused((_too_large(name),))
        yield name, path.read_bytes()


def _unpacked(archive: bytes) -> dict[str, bytes]:
    if len(archive) > LARGEST_PACK:
        raise PackRefused((refusal(MANIFEST, "压缩包过大", "the zip is too large"),))
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = [each for each in opened.infolist() if _is_wanted(each)]
            _check_entries(entries)
            return {entry.filename: _content(opened, entry) for entry in entries}
    except _BROKEN_ZIP as error:
        raise PackRefused((refusal(MANIFEST, "不是完好的 zip 文件", "not a sound zip"),)) from error


_BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, OSError, RuntimeError, ValueError),
)
"""All that the zip reader raises on damaged bytes; found by fuzzing it."""


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    return not entry.is_dir() and not is_litter(entry.filename)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Before anything is unpacked: names, number, sizes as stated, no links, no tricks."""
    findings = list(path_findings(entry.filename for entry in entries))
    if len(entries) > MOST_FILES:
        findings.append(refusal(MANIFEST, f"文件超过 {MOST_FILES} 个", "too many files"))
    if sum(entry.file_size for entry in entries) > LARGEST_PACK:
        findings.append(refusal(MANIFEST, "解压后过大", "too large when unpacked"))
    for entry in entries:
        if stat.S_ISLNK(entry.external_attr >> 16):
            findings.append(refusal(entry.filename, "不允许符号链接", "links are not allowed"))
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
            findings.append(refusal(entry.filename, "不支持的压缩方式", "cannot be unpacked"))
    if findings:
        raise PackRefused(tuple(findings))


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read with a bound: the size in the directory may lie."""
    with archive.open(entry) as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise PackRefused((_too_large(entry.filename),))
    return content


def _at_root(files: dict[str, bytes]) -> dict[str, bytes]:
    if MANIFEST in files:
        return files
    folders = [path.rpartition("/")[0] for path in files if path.endswith(f"/{MANIFEST}")]
    if len(folders) != 1:
        raise PackRefused((refusal(MANIFEST, "应有且仅有一个", "exactly one is needed"),))
    inside = f"{folders[0]}/"
    beside = f"{inside.rpartition('/')[0].rpartition('/')[0]}/{SHARED}/".lstrip("/")
    moved = {path[len(inside) :]: data for path, data in files.items() if path.startswith(inside)}
    shared = {
        f"{SHARED}/{path[len(beside) :]}": data
        for path, data in files.items()
        if path.startswith(beside)
    }
    return {**shared, **moved}
