"""Packs as files: the same from folder and zip, and nothing hostile gets in."""

from __future__ import annotations

import io
import stat
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.packs.small import small_pack
from workflows.packs.files import PackFiles, PackRefused
from workflows.packs.paths import LARGEST_FILE, MOST_FILES

ORDINARY = Path(__file__).parents[3] / "bpmn" / "ordinary"


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def reasons(archive: bytes) -> str:
    with pytest.raises(PackRefused) as refusal:
        PackFiles.from_zip(archive)
    assert {finding.rule for finding in refusal.value.findings} == {"M01"}
    return "; ".join(finding.message.en for finding in refusal.value.findings)


def test_a_pack_survives_folder_and_zip_unchanged(tmp_path: Path) -> None:
    pack = small_pack()
    for path, content in pack.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)

    assert PackFiles.from_folder(tmp_path).files == pack.files
    assert PackFiles.from_zip(pack.to_zip()).files == pack.files
    assert PackFiles.from_zip(pack.to_zip()).to_zip() == pack.to_zip()


def test_a_folder_takes_in_what_packs_share_but_not_the_bureaus_data() -> None:
    pack = PackFiles.from_folder(ORDINARY)

    assert "_shared/codes/case_source.yaml" in pack
    assert pack.find("forms/start_lead.yaml") == "_shared/forms/start_lead.yaml"
    assert not any(path.startswith(("_shared/people", "_shared/calendar")) for path in pack.files)


def test_the_hash_changes_with_any_byte_or_name_and_with_nothing_else() -> None:
    pack = small_pack()
    same = PackFiles(dict(reversed(pack.files.items())))

    assert same.hash == pack.hash
    assert pack.with_files({"documents/D01.typ": b"= D02"}).hash != pack.hash
    assert pack.with_files({"_shared/codes/case_source.yaml": b""}).hash != pack.hash
    moved = pack.with_files({"documents/D02.typ": b"= D01"}, removed=("documents/D01.typ",))
    assert moved.hash != pack.hash


def test_a_zip_of_the_folder_is_read_like_the_folder() -> None:
    pack = small_pack()
    within = [
        (path if path.startswith("_shared/") else f"small/{path}", content)
        for path, content in pack.files.items()
    ]
    litter = [("__MACOSX/small/._pack.yaml", b"x"), ("small/.DS_Store", b"x")]

    assert PackFiles.from_zip(zipped(*within, *litter)).files == pack.files
    inside = [(f"bpmn/{path}", content) for path, content in within]
    assert PackFiles.from_zip(zipped(*inside)).files == pack.files


def test_the_packs_own_file_is_found_before_the_shared_one() -> None:
    pack = small_pack().with_files({"codes/case_source.yaml": b"x"})

    assert pack.find("codes/case_source.yaml") == "codes/case_source.yaml"
    assert small_pack().find("codes/case_source.yaml") == "_shared/codes/case_source.yaml"
    assert pack.find("codes/none.yaml") is None


@pytest.mark.parametrize(
    "name",
    [
        "../evil.yaml",
        "forms/../../evil.yaml",
        "/etc/evil.yaml",
        "C:\\evil.yaml",
        "forms//a.yaml",
        "./pack2.yaml",
        "a/b/c/d/e/f/g.yaml",
        "forms/a\x07.yaml",
        "forms/.hidden.yaml",
        f"forms/{'a' * 250}.yaml",
        "rules/evil.py",
        "rules/evil.PY",
        "rules/evil.so",
        "Makefile",
        "PACK.yaml",
    ],
)
def test_a_bad_name_is_refused_and_shown_harmlessly(name: str) -> None:
    told = reasons(zipped(("pack.yaml", b"id: x"), (name, b"x")))

    assert told
    assert "\x07" not in told


def test_a_link_is_refused_in_a_zip_and_in_a_folder(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("forms/a.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("pack.yaml", b"id: x")
        archive.writestr(link, b"/etc/passwd")
    (tmp_path / "pack.yaml").write_bytes(b"id: x")
    (tmp_path / "a.yaml").symlink_to("/etc/passwd")

    assert "links" in reasons(buffer.getvalue())
    with pytest.raises(PackRefused, match="links"):
        PackFiles.from_folder(tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "unpacked" in reasons(zipped(("pack.yaml", b"x"), ("a.txt", b"0" * 30_000_000)))
    assert "too large" in reasons(zipped(("pack.yaml", b"x"), ("a.txt", b"0" * (LARGEST_FILE + 1))))
    many = [(f"f{number}.txt", b"") for number in range(MOST_FILES + 1)]
    assert "too many" in reasons(zipped(("pack.yaml", b"x"), *many))


def test_a_size_that_lies_does_not_get_past_the_bound() -> None:
    honest = zipped(("pack.yaml", b"id: x"), ("a.txt", b"0" * (LARGEST_FILE + 1)))
    lying = honest.replace((LARGEST_FILE + 1).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert reasons(lying)


def test_other_tricks_of_zips_are_refused() -> None:
    twice = zipped(("pack.yaml", b"id: x"), ("pack.yaml", b"id: y"))
    encrypted = bytearray(zipped(("pack.yaml", b"id: x")))
    for start in (encrypted.find(b"PK\x03\x04") + 6, encrypted.find(b"PK\x01\x02") + 8):
        encrypted[start] |= 1

    assert "two files" in reasons(twice)
    assert "unpacked" in reasons(bytes(encrypted))
    assert "unpacked" in reasons(zipped(("pack.yaml", b"id: x"), method=zipfile.ZIP_LZMA))
    assert "exactly one" in reasons(zipped(("a/pack.yaml", b""), ("b/pack.yaml", b"")))
    assert "not a sound zip" in reasons(b"not a zip")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_zip_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    archive = bytearray(zipped(*small_pack().files.items()))
    for _ in range(data.draw(st.integers(1, 8))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    try:
        PackFiles.from_zip(bytes(archive))
    except PackRefused as refusal:
        findings = refusal.findings
    else:
        findings = ()
    assert all(finding.rule == "M01" for finding in findings)
