import hashlib
import io
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.errors import TooLarge
from workflows.blobs import (
    Blob,
    BlobMissing,
    BlobStore,
    QuotaExceeded,
    UploadMismatch,
    UploadUnknown,
)


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path, limit_bytes=1_000_000, reserve_bytes=0)


class Untouchable(io.RawIOBase):
    """A sender whose bytes must not be read."""

    def read(self, size: int = -1, /) -> bytes:
        raise AssertionError("read before it was refused")


def upload(store: BlobStore, content: bytes) -> Blob:
    upload_id = store.begin(len(content))
    store.stage(upload_id, 0, io.BytesIO(content), len(content))
    return store.finish(upload_id)


def test_a_file_is_found_again_under_the_digest_of_its_content(store: BlobStore) -> None:
    blob = upload(store, b"photo")
    assert blob == Blob(hashlib.sha256(b"photo").hexdigest(), 5)
    assert b"".join(store.open(blob.sha256)) == b"photo"
    assert store.verify(blob.sha256)


def test_a_broken_upload_goes_on_where_it_stopped(store: BlobStore) -> None:
    upload_id = store.begin(10)
    store.stage(upload_id, 0, io.BytesIO(b"01234"), 10)  # the link broke after five bytes
    assert store.received(upload_id) == 5
    with pytest.raises(UploadMismatch) as refused:
        store.stage(upload_id, 3, Untouchable(), 7)
    assert refused.value.received == 5
    store.stage(upload_id, 5, io.BytesIO(b"56789"), 5)
    assert store.finish(upload_id).sha256 == hashlib.sha256(b"0123456789").hexdigest()


def test_an_unfinished_upload_never_becomes_a_file(store: BlobStore) -> None:
    upload_id = store.begin(10)
    store.stage(upload_id, 0, io.BytesIO(b"01234"), 5)
    with pytest.raises(UploadMismatch):
        store.finish(upload_id)
    assert not store.exists(hashlib.sha256(b"01234").hexdigest())


def test_a_digest_that_differs_from_the_senders_is_refused(store: BlobStore) -> None:
    upload_id = store.begin(1)
    store.stage(upload_id, 0, io.BytesIO(b"a"), 1)
    with pytest.raises(UploadMismatch):
        store.finish(upload_id, expected_sha256="0" * 64)


def test_a_file_over_the_limit_is_refused_before_it_is_read(store: BlobStore) -> None:
    with pytest.raises(TooLarge):
        store.begin(1_000_001)
    upload_id = store.begin(4)
    with pytest.raises(TooLarge):
        store.stage(upload_id, 0, Untouchable(), 5)


def test_a_full_store_refuses_before_it_reads(tmp_path: Path) -> None:
    store = BlobStore(tmp_path, quota_bytes=100, reserve_bytes=0)
    upload(store, b"x" * 60)
    with pytest.raises(QuotaExceeded):
        store.begin(60)


def test_a_disk_that_is_nearly_full_refuses(tmp_path: Path) -> None:
    with pytest.raises(QuotaExceeded):
        BlobStore(tmp_path, reserve_bytes=2**62).begin(1)


def test_a_video_can_be_read_from_the_middle(store: BlobStore) -> None:
    blob = upload(store, bytes(range(256)) * 100)
    assert b"".join(store.open(blob.sha256, 256, 260)) == bytes([0, 1, 2, 3])


def test_the_same_file_sent_twice_is_kept_once(store: BlobStore, tmp_path: Path) -> None:
    first, second = upload(store, b"same"), upload(store, b"same")
    assert first == second
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 1


def test_bytes_and_files_of_the_program_are_kept_too(store: BlobStore, tmp_path: Path) -> None:
    (tmp_path / "archive.pdf").write_bytes(b"archive")
    assert store.put(b"archive") == store.put_file(tmp_path / "archive.pdf")
    assert store.put_file(tmp_path / "archive.pdf").size == 7


def test_a_changed_file_does_not_verify(store: BlobStore) -> None:
    blob = upload(store, b"original")
    path = store.path(blob.sha256)
    path.chmod(0o600)
    path.write_bytes(b"tampered")
    assert not store.verify(blob.sha256)
    assert not store.verify("f" * 64)


def test_a_finished_file_is_read_only(store: BlobStore) -> None:
    assert not store.path(store.put(b"x").sha256).stat().st_mode & 0o222


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, ""])
def test_names_that_are_no_digest_lead_nowhere(store: BlobStore, name: str) -> None:
    with pytest.raises(BlobMissing):
        store.path(name)
    with pytest.raises(UploadUnknown):
        store.received(name)


def test_forgotten_uploads_are_swept_and_running_ones_are_kept(
    store: BlobStore, tmp_path: Path
) -> None:
    old, new = store.begin(5), store.begin(5)
    os.utime(tmp_path / "incoming" / old, (0, 0))
    assert store.sweep(datetime.now(UTC) - timedelta(days=1)) == 1
    assert store.received(new) == 0
    with pytest.raises(UploadUnknown):
        store.received(old)


def test_two_senders_of_one_upload_never_mix_their_bytes(store: BlobStore) -> None:
    upload_id = store.begin(500_000)
    outcomes: list[str] = []

    def send(sign: bytes) -> None:
        try:
            store.stage(upload_id, 0, io.BytesIO(sign * 500_000), 500_000)
            outcomes.append("taken")
        except UploadMismatch:
            outcomes.append("refused")

    threads = [threading.Thread(target=send, args=(sign,)) for sign in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "taken"]
    content = b"".join(store.open(store.finish(upload_id).sha256))
    assert content in (b"a" * 500_000, b"b" * 500_000)
