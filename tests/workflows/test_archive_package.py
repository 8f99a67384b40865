"""The package of an archived case: it holds, and every way of tampering with it is named."""

from __future__ import annotations

import hashlib
import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from models.audit import AuditEvent
from models.case import Case
from models.closing import ArchiveVolume
from tests.database import Databases
from tests.workflows.stories import Stage, archived, staged
from workflows.archive_check import MANIFEST, SIGNATURE, Package, Wrong, check
from workflows.archive_package import NotPacked, Packer
from workflows.jobs import Workshop
from workflows.signing import LocalKey


def packer(stage: Stage) -> Packer:
    it = stage.application
    return Packer(it.transactions, it.blobs, it.dispatcher.signer, it.clock)


@pytest.fixture(scope="module")
def stage(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("packing")
    url = archived(databases, folder)
    with staged(url, folder) as made:
        yield made
    databases.drop(url)


@pytest.fixture(scope="module")
def sound(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of scenario 1, bound and packed."""
    with stage.application.transactions.read() as session:
        case_id = session.scalars(select(ArchiveVolume.case_id)).one()
    target = tmp_path_factory.mktemp("packed") / "case.zip"
    with pytest.raises(NotPacked):
        packer(stage).pack(case_id, target)
    workshop = Workshop(stage.application)
    workshop.run("bind_archive", {"case_id": str(case_id)})
    workshop.close()
    packer(stage).pack(case_id, target)
    return target


def verdict(path: Path | io.BytesIO, key: str | None = None) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        return check(Package(archive), key)


def rewritten(sound: Path, change: Callable[[dict[str, bytes]], None], **how: Any) -> io.BytesIO:
    """The package with its members changed."""
    with zipfile.ZipFile(sound) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out


def resigned(members: dict[str, bytes], key: LocalKey) -> None:
    """What a forger can do who has another key: new digests, a new list, a new signature."""
    manifest = json.loads(members[MANIFEST])
    manifest["files"] = [
        {"path": n, "size": len(c), "sha256": hashlib.sha256(c).hexdigest()}
        for n, c in members.items()
        if n not in (MANIFEST, SIGNATURE)
    ]
    members[MANIFEST] = json.dumps(manifest).encode()
    signature = json.loads(members[SIGNATURE])
    signature["statement"]["sha256"] = hashlib.sha256(members[MANIFEST]).hexdigest()
    said = json.dumps(signature["statement"], sort_keys=True, separators=(",", ":")).encode()
    signature["value"] = key._key.sign(said).hex()
    signature["public_key"] = key.public_key().hex()
    members[SIGNATURE] = json.dumps(signature).encode()


def test_a_package_holds_the_whole_case_and_proves_it(sound: Path, stage: Stage) -> None:
    key = hashlib.sha256(stage.application.dispatcher.signer.public_key()).hexdigest()
    found = verdict(sound, key)
    assert found["key"] == key
    with zipfile.ZipFile(sound) as archive:
        names = set(archive.namelist())
        record = json.loads(archive.read("record.json"))
        lines = archive.read("audit.jsonl").splitlines()
    with stage.application.transactions.read() as session:
        case = session.scalars(select(Case)).one()
    assert {"README.txt", "check.py", "archive/file.pdf", MANIFEST, SIGNATURE} <= names
    assert len([n for n in names if n.startswith("documents/")]) > 10
    assert found["events"] == len(lines) == case.chain_length
    assert record["rows"]["case"][0]["case_no"] == case.case_no
    assert {"party", "decision", "payment", "statutory_clock", "case_handler"} <= set(
        record["rows"]
    )
    assert not {"task", "read_entry", "case_note"} & set(record["rows"])
    names_told = {person["name"] for person in record["people"].values()}
    assert {"张明", "李强", "赵勇"} <= names_told


def test_the_checker_inside_runs_alone_and_says_what_it_found(sound: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(sound) as archive:
        (tmp_path / "check.py").write_bytes(archive.read("check.py"))
    shutil.copy(sound, tmp_path / "case.zip")
    run = [sys.executable, "-I", "check.py", "case.zip"]
    fine = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert fine.returncode == 0, fine.stderr
    assert "all holds" in fine.stdout

    def burnt(members: dict[str, bytes]) -> None:
        members["archive/file.pdf"] = members["archive/file.pdf"][:-1] + b"!"

    (tmp_path / "case.zip").write_bytes(rewritten(sound, burnt).getvalue())
    wrong = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert wrong.returncode == 1
    assert "archive/file.pdf" in wrong.stdout
    (tmp_path / "case.zip").write_bytes(b"not a zip")
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode == 2


def drop(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.pop(name) and None


def put(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.update({name: content})


def edit(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (drop("record.json"), "missing: record.json"),
        (drop("audit.jsonl"), "missing: audit.jsonl"),
        (drop(MANIFEST), "missing: manifest.json"),
        (drop(SIGNATURE), "missing: signature.json"),
        (put("extra.txt", b"more"), "not on the list: extra.txt"),
        (put("check.py", b"print('all holds')"), "check.py"),
        (edit("record.json", "鲜果美".encode(), "鲜果丑".encode()), "content was changed: record"),
        (edit("audit.jsonl", b'"position": 2,', b'"position": 3,'), "changed: audit.jsonl"),
        (edit(MANIFEST, b'"format"', b'"formaT"'), "manifest.json"),
        (put(MANIFEST, b"[]"), "manifest.json"),
        (put(SIGNATURE, b"{}"), "format"),
        (put(SIGNATURE, b"\xff\xfe"), "not sound JSON: signature.json"),
        (edit(SIGNATURE, b'"value": "', b'"value": "00'), "signature.json"),
        (edit(SIGNATURE, b'"capacity": "archive', b'"capacity": "another'), "signature.json"),
        (put("../evil.txt", b"x"), "no place here"),
        (put("/etc/passwd", b"x"), "no place here"),
        (put("a\\b", b"x"), "no place here"),
        (put("documents/./x.pdf", b"x"), "no place here"),
    ],
)
def test_each_way_of_tampering_is_named(
    sound: Path, change: Callable[[dict[str, bytes]], None], named: str
) -> None:
    with pytest.raises(Wrong, match="(?s).*" + named.replace("(", "[(]")):
        verdict(rewritten(sound, change))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (edit("audit.jsonl", b'"position": 3,', b'"position": 4,'), "does not join"),
        (edit("audit.jsonl", b'\\"command\\":\\"', b'\\"command\\":\\"X'), "audit.jsonl #1"),
        (lambda m: m.update({"audit.jsonl": m["audit.jsonl"].split(b"\n", 1)[1]}), "#1"),
        (
            lambda m: m.update({"audit.jsonl": b"\n".join(m["audit.jsonl"].split(b"\n")[:-2])}),
            "do not end",
        ),
        (drop("archive/file.pdf"), "a file of the record is missing"),
    ],
)
def test_a_forger_with_another_key_is_caught_by_the_chain_or_the_fingerprint(
    sound: Path, stage: Stage, change: Callable[[dict[str, bytes]], None], named: str
) -> None:
    forger = LocalKey("the forger's own")

    def forge(members: dict[str, bytes]) -> None:
        change(members)
        resigned(members, forger)

    with pytest.raises(Wrong, match=named):
        verdict(rewritten(sound, forge))
    # Who forges everything alike is still not the agency.
    clean = rewritten(sound, lambda members: resigned(members, forger))
    assert verdict(clean)["key"] == hashlib.sha256(forger.public_key()).hexdigest()
    agency = hashlib.sha256(stage.application.dispatcher.signer.public_key()).hexdigest()
    with pytest.raises(Wrong, match="another key"):
        verdict(clean, agency)


def test_a_name_that_stands_twice_and_a_link_are_refused(sound: Path) -> None:
    twice = rewritten(sound, lambda members: None)
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("record.json", b"{}")
    with pytest.raises(Wrong, match=r"stands twice: record\.json"):
        verdict(twice)
    linked = rewritten(sound, lambda members: None)
    with zipfile.ZipFile(linked, "a") as archive:
        entry = zipfile.ZipInfo("link.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(Wrong, match="link"):
        verdict(linked)


def test_a_bomb_is_read_no_further_than_the_list_says(sound: Path) -> None:
    bomb = rewritten(
        sound,
        put("README.txt", b"\0" * 50_000_000),
        compression=zipfile.ZIP_DEFLATED,
    )
    with pytest.raises(Wrong, match=r"larger than listed: README\.txt"):
        verdict(bomb)
    huge = rewritten(sound, put(SIGNATURE, b" " * 70_000_000), compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(Wrong, match=r"larger than listed: signature\.json"):
        verdict(huge)


def test_no_single_damaged_byte_passes(sound: Path) -> None:
    content = sound.read_bytes()
    drawn = random.Random(20251016)
    for _ in range(60):
        place = drawn.randrange(len(content))
        damaged = bytearray(content)
        damaged[place] ^= 1 << drawn.randrange(8)
        try:
            found = verdict(io.BytesIO(bytes(damaged)))
        except (Wrong, zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            continue
        assert found["files"], "only dates and flags of the zip's own directory may differ"
        with zipfile.ZipFile(io.BytesIO(bytes(damaged))) as one, zipfile.ZipFile(sound) as other:
            assert {n: one.read(n) for n in one.namelist()} == {
                n: other.read(n) for n in other.namelist()
            }


def test_a_payload_that_was_lawfully_erased_leaves_the_package_valid(
    sound: Path, stage: Stage, tmp_path: Path
) -> None:
    with stage.application.transactions.read() as session:
        case_id = session.scalars(select(ArchiveVolume.case_id)).one()
    erased = update(AuditEvent).where(AuditEvent.position == 2, AuditEvent.stream == case_id)
    with stage.application.engine.begin() as connection:
        connection.execute(
            erased.values(payload=None, changes=None, erased_at=stage.application.clock())
        )
    packer(stage).pack(case_id, tmp_path / "later.zip")
    assert verdict(tmp_path / "later.zip")["events"] > 2
