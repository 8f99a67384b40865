"""核验电子案卷包 · Checks an archive package of a case, offline: `python check.py [file.zip]`.

This one file travels inside the package. It needs Python 3.11 and the `cryptography` package, and
nothing of the program that made the package. It unpacks nothing: members are read in pieces, never
further than the size that the signed list gives. It names what is wrong, the first thing first.

Exit codes: 0 all holds, 1 something is wrong, 2 it could not be checked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import stat
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FORMAT = "caselane-archive/1"
MANIFEST, SIGNATURE, RECORD, EVENTS = (
    "manifest.json", "signature.json", "record.json", "audit.jsonl",
)  # fmt: skip
LARGEST_LIST = 64 * 1024 * 1024
"""A list of files or a signature that is larger is not read."""
MOST_MEMBERS = 100_000
GENESIS = "00" * 32
_PIECE = 1 << 20
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*){0,3}")


class Wrong(Exception):
    """What does not hold, in one sentence."""


class Package:
    """The members of a package, read with bounds."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.members: dict[str, zipfile.ZipInfo] = {}
        entries = archive.infolist()
        if len(entries) > MOST_MEMBERS:
            raise Wrong(f"包内文件过多 / too many members: {len(entries)}")
        for entry in entries:
            self._admit(entry)

    def _admit(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename
        if not _PLAIN_NAME.fullmatch(name) or ".." in name:
            raise Wrong(f"文件名不合规 / a name that has no place here: {name!r}")
        if name in self.members:
            raise Wrong(f"文件名重复 / a name stands twice: {name}")
        if stat.S_ISLNK(entry.external_attr >> 16) or entry.flag_bits & 0x1:
            raise Wrong(f"链接或者加密文件 / a link or an encrypted member: {name}")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Wrong(f"不支持的压缩方式 / a compression that is not read: {name}")
        self.members[name] = entry

    def pieces(self, name: str, most: int) -> Iterator[bytes]:
        """The content, never more than `most` bytes."""
        if name not in self.members:
            raise Wrong(f"缺少文件 / missing: {name}")
        left = most
        try:
            with self._archive.open(self.members[name]) as stream:
                while piece := stream.read(min(_PIECE, left + 1)):
                    left -= len(piece)
                    if left < 0:
                        raise Wrong(f"文件比清单大 / larger than listed: {name}")
                    yield piece
        except Wrong:
            raise
        except Exception as fault:
            raise Wrong(f"文件无法读取 / cannot be read: {name} ({fault})") from fault

    def bytes(self, name: str, most: int = LARGEST_LIST) -> bytes:
        """A whole member."""
        return b"".join(self.pieces(name, most))

    def json(self, name: str, most: int = LARGEST_LIST) -> Any:
        """A member that is JSON."""
        try:
            return json.loads(self.bytes(name, most))
        except (ValueError, RecursionError) as fault:
            raise Wrong(f"不是完好的 JSON / not sound JSON: {name}") from fault


def check(package: Package, key: str | None = None) -> dict[str, Any]:
    """Everything in order; raises `Wrong` for the first thing that does not hold. `key` is the
    fingerprint that the signing key must have. Returns what was found, for the report."""
    try:
        return _check(package, key)
    except (KeyError, TypeError, AttributeError, IndexError) as fault:
        raise Wrong(f"内容不合格式 / not in the format of a package: {fault!r}") from fault


def _check(package: Package, key: str | None) -> dict[str, Any]:
    raw = package.bytes(MANIFEST)
    fingerprint = _signature(package.json(SIGNATURE), raw, key)
    manifest = json.loads(raw)
    if manifest["format"] != FORMAT:
        raise Wrong(f"未知的格式 / unknown format: {manifest['format']}")
    listed = {str(entry["path"]): entry for entry in manifest["files"]}
    if len(listed) != len(manifest["files"]):
        raise Wrong("清单中文件重复 / a file is listed twice")
    for name in sorted(package.members.keys() - listed.keys() - {MANIFEST, SIGNATURE}):
        raise Wrong(f"清单外的文件 / not on the list: {name}")
    for name, entry in listed.items():
        _file(package, name, int(entry["size"]), str(entry["sha256"]))
    record = package.json(RECORD, int(listed[RECORD]["size"]))
    _promises(record, {str(entry["sha256"]) for entry in listed.values()})
    count = _chain(package, int(listed[EVENTS]["size"]), manifest["audit"])
    return {"case": manifest["case"], "made_at": manifest["made_at"], "key": fingerprint,
            "files": len(listed), "events": count}  # fmt: skip


def _signature(found: dict[str, Any], manifest: bytes, key: str | None) -> str:
    """The list is the one that was signed, by the key whose fingerprint comes back."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    statement = found["statement"]
    digest = hashlib.sha256(manifest).hexdigest()
    if statement["sha256"] != digest:
        raise Wrong("清单在签名之后被改动 / the list is not the one that was signed: manifest.json")
    try:
        public = bytes.fromhex(found["public_key"])
        value = bytes.fromhex(found["value"])
        signer = Ed25519PublicKey.from_public_bytes(public)
    except ValueError as fault:
        raise Wrong("签名无法读取 / the signature cannot be read: signature.json") from fault
    fingerprint = hashlib.sha256(public).hexdigest()
    said = json.dumps(statement, sort_keys=True, separators=(",", ":")).encode()
    try:
        signer.verify(value, said)
    except InvalidSignature as fault:
        raise Wrong("签名不成立 / the signature does not hold: signature.json") from fault
    if key is not None and fingerprint != key.lower():
        raise Wrong(f"不是指定的签名密钥 / signed by another key: {fingerprint}")
    return fingerprint


def _file(package: Package, name: str, size: int, sha256: str) -> None:
    running, length = hashlib.sha256(), 0
    for piece in package.pieces(name, size):
        running.update(piece)
        length += len(piece)
    if length != size:
        raise Wrong(f"文件比清单小 / shorter than listed: {name}")
    if running.hexdigest() != sha256:
        raise Wrong(f"文件内容被改动 / content was changed: {name}")


def _promises(record: dict[str, Any], there: set[str]) -> None:
    """Every file that the record names by its digest is in the package."""
    for table in ("document", "evidence", "archive_volume"):
        for row in record["rows"].get(table, []):
            digest = row.get("sha256")
            if digest and digest not in there and not row.get("destroyed_at"):
                name = row.get("title") or row.get("name") or row.get("archive_no")
                raise Wrong(f"记录所载的文件不在包内 / a file of the record is missing: {name}")


def _chain(package: Package, size: int, head: dict[str, Any]) -> int:
    """The events of the case join one another from the first to the one that the head names."""
    previous, position = GENESIS, 0
    for line in package.bytes(EVENTS, size).splitlines():
        event = json.loads(line)
        position += 1
        where = f"audit.jsonl #{position}"
        if event["position"] != position or event["previous"] != previous:
            raise Wrong(f"记录不连续 / does not join the event before it: {where}")
        if event["body"] is not None and _digest(event) != event["digest"]:
            raise Wrong(f"记录内容被改动 / content was changed: {where}")
        joined = bytes.fromhex(previous) + bytes.fromhex(event["digest"])
        if hashlib.sha256(joined).hexdigest() != event["hash"]:
            raise Wrong(f"记录的哈希被改动 / hash was changed: {where}")
        previous = event["hash"]
    if (position, previous) != (head["length"], head["hash"]):
        raise Wrong("记录的末尾不符 / the events do not end where the list says")
    return position


def _digest(event: dict[str, Any]) -> str:
    salted = bytes.fromhex(event["salt"]) + str(event["body"]).encode()
    return hashlib.sha256(salted).hexdigest()


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    ask = argparse.ArgumentParser(prog="check.py", description="核验电子案卷包 · check a package")
    ask.add_argument("package", type=Path, help="the .zip file")
    ask.add_argument("--key", help="fingerprint (SHA-256) that the signing key must have")
    options = ask.parse_args(arguments)
    try:
        with zipfile.ZipFile(options.package) as archive:
            found = check(Package(archive), options.key)
    except Wrong as wrong:
        print(f"不符 / WRONG: {wrong}")
        return 1
    except (OSError, zipfile.BadZipFile, ImportError, ValueError) as fault:
        print(f"无法核验 / cannot be checked: {fault}", file=sys.stderr)
        return 2
    print(f"相符 / all holds: {found['case']['number']} {found['case']['name']}")
    print(
        f"文件 files {found['files']}  记录 events {found['events']}  制作 made {found['made_at']}"
    )
    print(f"签名密钥指纹 fingerprint of the key {found['key']}")
    if options.key is None:
        print("请与本机关公布的指纹核对 / compare it with the one that the agency has published")
    return 0


if __name__ == "__main__":
    sys.exit(main())
