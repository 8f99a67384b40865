"""Files in pieces: resumable, refused before they are read, and each person's own."""

from __future__ import annotations

import hashlib
import io
import os
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models.errors import NotFound, TooLarge
from models.note import Upload
from tests.database import Databases
from tests.workflows.stories import Stage, staged
from workflows.actors import Actor
from workflows.blobs import BlobStore, UnknownFileType, UploadMismatch, UploadUnknown
from workflows.uploads import Uploads

PDF = b"%PDF-1.7\n" + b"x" * 5_000
WALL = datetime(2030, 1, 1, tzinfo=UTC)


class Untouchable(io.RawIOBase):
    """A sender whose bytes must not be read."""

    def read(self, size: int = -1, /) -> bytes:
        raise AssertionError("read before it was refused")


@pytest.fixture
def stage(databases: Databases, tmp_path: Path) -> Iterator[Stage]:
    url = databases.with_bureau()
    with staged(url, tmp_path) as made:
        made.clock.now = datetime(2025, 9, 8, 2, 0, tzinfo=UTC)
        yield made
    databases.drop(url)


@pytest.fixture
def uploads(stage: Stage, tmp_path: Path) -> Uploads:
    it = stage.application
    blobs = BlobStore(tmp_path / "blobs", limit_bytes=1_000_000, reserve_bytes=0)
    return Uploads(it.transactions, it.notes, blobs, it.clock)


@pytest.fixture
def zhang(stage: Stage) -> Actor:
    return stage.theatre.person("zhang_ming")


def send(uploads: Uploads, actor: Actor, content: bytes, name: str = "单据.pdf") -> uuid.UUID:
    upload_id = uploads.begin(actor, None, name, len(content))
    uploads.append(actor, upload_id, 0, io.BytesIO(content), len(content))
    return upload_id


def rows(stage: Stage) -> list[Upload]:
    with stage.application.transactions.read() as session:
        return list(session.scalars(select(Upload)))


def test_a_file_sent_in_pieces_comes_out_whole_and_recognised(
    uploads: Uploads, zhang: Actor, stage: Stage
) -> None:
    upload_id = uploads.begin(zhang, None, "C:\\照片\\单据.pdf", len(PDF))
    assert uploads.append(zhang, upload_id, 0, io.BytesIO(PDF[:2_000]), 2_000) == 2_000
    assert uploads.received(zhang, upload_id) == 2_000
    assert uploads.append(zhang, upload_id, 2_000, io.BytesIO(PDF[2_000:]), 3_009) == len(PDF)
    done = uploads.finish(zhang, upload_id)
    assert done.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (done.name, done.size, done.media_type) == ("单据.pdf", len(PDF), "application/pdf")
    [row] = rows(stage)
    assert (row.sha256, row.offset, row.finished_at) == (done.sha256, len(PDF), stage.clock.now)


def test_a_sender_whose_link_broke_goes_on_where_it_stopped(uploads: Uploads, zhang: Actor) -> None:
    upload_id = uploads.begin(zhang, None, "a.pdf", len(PDF))
    assert uploads.append(zhang, upload_id, 0, io.BytesIO(PDF[:700]), len(PDF)) == 700
    with pytest.raises(UploadMismatch) as refusal:
        uploads.append(zhang, upload_id, 0, io.BytesIO(PDF), len(PDF))
    assert refusal.value.received == 700 == uploads.received(zhang, upload_id)
    uploads.append(zhang, upload_id, 700, io.BytesIO(PDF[700:]), len(PDF) - 700)
    assert uploads.finish(zhang, upload_id).sha256 == hashlib.sha256(PDF).hexdigest()


def test_an_answer_that_was_lost_is_given_again(uploads: Uploads, zhang: Actor) -> None:
    upload_id = send(uploads, zhang, PDF)
    first = uploads.finish(zhang, upload_id)
    assert uploads.finish(zhang, upload_id) == first
    assert uploads.append(zhang, upload_id, 0, Untouchable(), 10) == len(PDF)


def test_a_file_over_the_limit_is_refused_before_a_byte_is_read(
    uploads: Uploads, zhang: Actor, stage: Stage
) -> None:
    with pytest.raises(TooLarge, match=r"0.954 MB"):
        uploads.begin(zhang, None, "film.mp4", 1_000_001)
    assert rows(stage) == []
    upload_id = uploads.begin(zhang, None, "a.pdf", 10)
    with pytest.raises(TooLarge):
        uploads.append(zhang, upload_id, 0, Untouchable(), 11)


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
        b"\x7fELF\x02\x01\x01" + b"\0" * 50,
        b"MZ\x90\0\x03\0\0\0" + b"\0" * 50,
        b"PK\x03\x04 not a document",
        b"",
    ],
)
def test_what_could_act_is_refused_and_thrown_away(
    uploads: Uploads, zhang: Actor, stage: Stage, content: bytes
) -> None:
    upload_id = send(uploads, zhang, content, "photo.jpg")
    with pytest.raises(UnknownFileType):
        uploads.finish(zhang, upload_id)
    assert rows(stage) == []
    with pytest.raises(NotFound):
        uploads.finish(zhang, upload_id)
    assert uploads.blobs.used_bytes() == 0


def test_an_unfinished_file_cannot_be_finished_and_is_kept(uploads: Uploads, zhang: Actor) -> None:
    upload_id = uploads.begin(zhang, None, "a.pdf", len(PDF))
    uploads.append(zhang, upload_id, 0, io.BytesIO(PDF[:9]), 9)
    with pytest.raises(UploadMismatch):
        uploads.finish(zhang, upload_id)
    assert uploads.received(zhang, upload_id) == 9


def test_a_digest_that_does_not_agree_is_refused(uploads: Uploads, zhang: Actor) -> None:
    upload_id = send(uploads, zhang, PDF)
    with pytest.raises(UploadMismatch):
        uploads.finish(zhang, upload_id, "0" * 64)
    assert uploads.finish(zhang, upload_id, hashlib.sha256(PDF).hexdigest()).size == len(PDF)


def test_nobody_touches_anothers_upload(uploads: Uploads, zhang: Actor, stage: Stage) -> None:
    upload_id = send(uploads, zhang, PDF)
    other = stage.theatre.person("li_qiang")
    for attempt in (
        lambda: uploads.received(other, upload_id),
        lambda: uploads.append(other, upload_id, 0, Untouchable(), 1),
        lambda: uploads.finish(other, upload_id),
        lambda: uploads.drop(other, upload_id),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert uploads.received(zhang, upload_id) == len(PDF)


def test_a_case_that_one_may_not_see_takes_no_upload(
    uploads: Uploads, zhang: Actor, stage: Stage
) -> None:
    case_id = stage.play(before="2025-09-08T09:40")
    uploads.begin(zhang, case_id, "a.pdf", 10)
    stranger = replace(zhang, holdings=())
    for case in (case_id, uuid.uuid4()):
        with pytest.raises(NotFound):
            uploads.begin(stranger, case, "a.pdf", 10)


def test_what_nobody_went_on_with_for_seven_days_is_swept(
    uploads: Uploads, zhang: Actor, stage: Stage, tmp_path: Path
) -> None:
    old, fresh, done = (uploads.begin(zhang, None, "a.pdf", len(PDF)) for _ in range(3))
    uploads.append(zhang, done, 0, io.BytesIO(PDF), len(PDF))
    uploads.finish(zhang, done)
    for upload_id, days in ((old, 8), (fresh, 6)):
        touched = (WALL - timedelta(days=days)).timestamp()
        os.utime(tmp_path / "blobs" / "incoming" / upload_id.hex, (touched, touched))
    assert uploads.sweep(WALL) == 1
    assert {row.id for row in rows(stage)} == {fresh, done}
    with pytest.raises(NotFound):
        uploads.received(zhang, old)
    assert uploads.received(zhang, fresh) == 0


def test_a_staged_file_that_has_vanished_is_a_plain_answer(
    uploads: Uploads, zhang: Actor, tmp_path: Path
) -> None:
    upload_id = send(uploads, zhang, PDF)
    (tmp_path / "blobs" / "incoming" / upload_id.hex).unlink()
    with pytest.raises(UploadUnknown):
        uploads.finish(zhang, upload_id)
