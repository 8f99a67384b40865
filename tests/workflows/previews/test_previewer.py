import io
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from workflows.confined import Limits
from workflows.previews import Previewer, PreviewRefused


@pytest.fixture(scope="module")
def previewer() -> Iterator[Previewer]:
    previewer = Previewer(Limits(processor_seconds=5, wall_seconds=10, memory_bytes=1024**3))
    yield previewer
    previewer.close()


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def pdf(path: Path, pages: int) -> Path:
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.save(path)
    return path


def png_that_unpacks_to(width: int, height: int) -> bytes:
    """A few kilobytes that claim to be a picture of `width` x `height`."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_small_jpeg(previewer: Previewer, tmp_path: Path, form: str) -> None:
    path = tmp_path / "photo"
    Image.new("RGB", (1600, 1200), "teal").save(path, form)
    preview = opened(previewer.image(path, longest=320))
    assert (preview.format, preview.size) == ("JPEG", (320, 240))


def test_a_photo_taken_upright_is_shown_upright_and_loses_its_metadata(
    previewer: Previewer, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "camera of an officer"
    Image.new("RGB", (400, 200)).save(tmp_path / "photo", "JPEG", exif=exif)
    jpeg = previewer.image(tmp_path / "photo", longest=100)
    assert opened(jpeg).size == (50, 100)
    assert b"camera of an officer" not in jpeg


def test_what_is_transparent_is_shown_on_white(previewer: Previewer, tmp_path: Path) -> None:
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(tmp_path / "seal", "PNG")
    assert opened(previewer.image(tmp_path / "seal", longest=10)).getpixel((5, 5)) == (
        255,
        255,
        255,
    )


def test_a_decompression_bomb_is_refused_quickly(previewer: Previewer, tmp_path: Path) -> None:
    bomb = written(tmp_path / "bomb", png_that_unpacks_to(60_000, 60_000))
    started = time.monotonic()
    with pytest.raises(PreviewRefused):
        previewer.image(bomb, longest=320)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"\xff\xd8\xff broken", b"GIF89a"])
def test_a_broken_or_foreign_file_is_refused_and_the_next_one_is_drawn(
    previewer: Previewer, tmp_path: Path, content: bytes
) -> None:
    broken = written(tmp_path / "broken", content)
    with pytest.raises(PreviewRefused):
        previewer.image(broken, longest=100)
    with pytest.raises(PreviewRefused):
        previewer.page(broken, longest=100)
    assert previewer.page_count(pdf(tmp_path / "good.pdf", 2)) == 2


def test_each_page_of_a_pdf_is_drawn(previewer: Previewer, tmp_path: Path) -> None:
    path = pdf(tmp_path / "scan.pdf", 3)
    assert opened(previewer.page(path, number=2, longest=421)).size[1] in (421, 422)
    with pytest.raises(PreviewRefused, match="no such page"):
        previewer.page(path, number=3, longest=421)


def test_an_absurd_size_is_refused_before_any_work(previewer: Previewer, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pixels"):
        previewer.image(tmp_path / "none", longest=100_000)
