"""Previews are drawn once and kept; a file that cannot be drawn leaves nothing behind."""

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from workflows.previews import Previewer, PreviewRefused
from workflows.previews.cache import PreviewCache

SHA = "ab" * 32


@pytest.fixture
def previewer() -> Iterator[Previewer]:
    made = Previewer()
    yield made
    made.close()


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return tmp_path / "original"


@pytest.fixture
def cache(previewer: Previewer, original: Path, tmp_path: Path) -> PreviewCache:
    return PreviewCache(tmp_path / "previews", previewer, lambda _: original)


def files(cache: PreviewCache) -> list[Path]:
    return [path for path in cache.folder.rglob("*") if path.is_file()]


def photo(path: Path) -> None:
    Image.new("RGB", (900, 600), "red").save(path, "JPEG")


def test_a_photo_is_drawn_small_and_once(cache: PreviewCache, original: Path) -> None:
    photo(original)
    first = cache.image(SHA, "thumb")
    assert Image.open(io.BytesIO(first.read_bytes())).size == (320, 213)
    original.write_bytes(b"no picture any more")
    assert cache.image(SHA, "thumb") == first
    with pytest.raises(PreviewRefused):
        cache.image(SHA, "page")
    assert files(cache) == [first]


def test_each_page_of_a_pdf_has_its_own(cache: PreviewCache, original: Path) -> None:
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        document.add_blank_page(page_size=(842, 595))
        document.save(original)
    assert cache.page_count(SHA) == 2
    assert Image.open(cache.page(SHA, "thumb", 0)).height == 320
    assert Image.open(cache.page(SHA, "thumb", 1)).width == 320
    with pytest.raises(PreviewRefused):
        cache.page(SHA, "thumb", 2)
    original.unlink()
    assert cache.page_count(SHA) == 2
