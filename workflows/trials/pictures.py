"""Drawn evidence for the demo: photos, a licence as PDF, a playable clip. Nothing real is shown.

The same wish gives the same bytes. The clip needs no encoder beside Pillow: a lossy WebP holds
one VP8 key frame (RFC 9649), and a WebM (RFC 9559) may consist of key frames alone.
"""

from __future__ import annotations

import io
import struct
from functools import lru_cache
from random import Random
from time import gmtime
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from workflows.documents.fonts import SHIPPED_FONTS

SIZE = (880, 600)
FRAME = (480, 320)
FRAMES, FRAMES_A_SECOND = 40, 8
QUALITY = 62
GROUND = {
    "appearance": (176, 178, 172),
    "waste": (150, 158, 140),
    "environment": (168, 160, 146),
    "roads": (120, 122, 126),
    "drainage": (140, 150, 156),
    "gas": (186, 180, 170),
    "planning": (170, 166, 150),
}
_LONG_AGO = gmtime(1_700_000_000)
"""The same date in every file, so that the same wish gives the same bytes."""
GOODS = (
    (196, 74, 58),
    (222, 164, 54),
    (86, 132, 84),
    (72, 108, 160),
    (150, 98, 62),
    (214, 206, 190),
)


def photo(field: str, caption: tuple[str, ...], seed: str) -> bytes:
    """A street with things in the way, stamped like an enforcement camera's photo (JPEG)."""
    rng = Random(seed)
    image = Image.new("RGB", SIZE, (198, 214, 226))
    _street(ImageDraw.Draw(image), rng, GROUND.get(field, GROUND["appearance"]), SIZE)
    _things(ImageDraw.Draw(image), rng, SIZE)
    _stamp(image, caption)
    return _saved(image, "JPEG", quality=QUALITY)


def licence(lines: tuple[str, ...]) -> bytes:
    """A business licence (营业执照) as its copy in a file looks, one page of PDF."""
    image = Image.new("RGB", (1000, 700), (252, 249, 238))
    draw = ImageDraw.Draw(image)
    draw.rectangle((24, 24, 976, 676), outline=(168, 128, 60), width=6)
    draw.rectangle((38, 38, 962, 662), outline=(168, 128, 60), width=2)
    draw.text((500, 110), "营业执照", font=_font(64), fill=(40, 34, 24), anchor="mm")
    draw.text((500, 170), "（演示用，非真实证照）", font=_font(24), fill=(150, 60, 50), anchor="mm")
    for number, line in enumerate(lines):
        draw.text((120, 240 + number * 62), line, font=_font(28), fill=(40, 34, 24))
    draw.ellipse((740, 480, 900, 640), outline=(196, 40, 40), width=5)
    draw.text((820, 560), "示例", font=_font(36), fill=(196, 40, 40), anchor="mm")
    return _saved(image, "PDF", resolution=96, creationDate=_LONG_AGO, modDate=_LONG_AGO)


@lru_cache(maxsize=4)
def clip(caption: str, seed: str) -> bytes:
    """Five seconds of a body camera walking along a street, as WebM."""
    frames = [_frame(caption, seed, number) for number in range(FRAMES)]
    return _webm(frames)


def _street(
    draw: ImageDraw.ImageDraw, rng: Random, ground: tuple[int, int, int], size: tuple[int, int]
) -> None:
    width, height = size
    horizon = int(height * 0.52)
    left = 0
    while left < width:
        wide = rng.randint(width // 9, width // 5)
        top = horizon - rng.randint(height // 5, height // 2)
        wall = rng.randint(150, 215)
        draw.rectangle((left, top, left + wide, horizon), fill=(wall, wall - 8, wall - 20))
        draw.rectangle(
            (left + 4, horizon - height // 9, left + wide - 4, horizon), fill=(92, 98, 108)
        )
        draw.rectangle(
            (left, horizon - height // 7, left + wide, horizon - height // 9),
            fill=rng.choice(GOODS),
        )
        left += wide
    draw.rectangle((0, horizon, width, height), fill=ground)
    for line in range(horizon + 20, height, 34):
        draw.line((0, line, width, line), fill=tuple(c - 14 for c in ground), width=2)


def _things(draw: ImageDraw.ImageDraw, rng: Random, size: tuple[int, int]) -> None:
    width, height = size
    for _ in range(rng.randint(7, 15)):
        x, y = rng.randint(20, width - 120), rng.randint(int(height * 0.56), int(height * 0.84))
        wide, tall = rng.randint(36, 100), rng.randint(26, 66)
        colour = rng.choice(GOODS)
        draw.rectangle((x, y - tall, x + wide, y), fill=colour, outline=(60, 56, 50), width=2)
        for fruit in range(3):
            cx = x + 8 + fruit * wide // 3
            draw.ellipse((cx, y - tall - 10, cx + 18, y - tall + 8), fill=rng.choice(GOODS))


def _stamp(image: Image.Image, caption: tuple[str, ...]) -> None:
    draw = ImageDraw.Draw(image)
    height = image.size[1]
    top = height - 34 * len(caption) - 12
    draw.rectangle((0, top - 6, image.size[0], height), fill=(20, 24, 30))
    for number, line in enumerate(caption):
        draw.text((16, top + 34 * number), line, font=_font(24), fill=(240, 240, 232))


def _frame(caption: str, seed: str, number: int) -> bytes:
    """One picture of the clip: a wide street seen through a window that moves along it."""
    wide = _panorama(seed)
    shift = number * (wide.size[0] - FRAME[0]) // FRAMES
    image = wide.crop((shift, 0, shift + FRAME[0], FRAME[1]))
    draw = ImageDraw.Draw(image)
    second = number // FRAMES_A_SECOND
    draw.text((10, 8), f"● {caption}  00:0{second}", font=_font(18), fill=(250, 240, 120))
    return _vp8(_saved(image, "WEBP", quality=40, method=2))


@lru_cache(maxsize=2)
def _panorama(seed: str) -> Image.Image:
    rng = Random(seed)
    size = (FRAME[0] * 2, FRAME[1])
    image = Image.new("RGB", size, (198, 214, 226))
    _street(ImageDraw.Draw(image), rng, GROUND["appearance"], size)
    _things(ImageDraw.Draw(image), rng, size)
    return image


def _saved(image: Image.Image, form: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(SHIPPED_FONTS / "NotoSansSC-Regular.otf", size)


def _vp8(webp: bytes) -> bytes:
    """The VP8 key frame inside a lossy WebP: the chunk `VP8 ` of its RIFF container."""
    place = 12
    while place < len(webp):
        name, size = webp[place : place + 4], struct.unpack_from("<I", webp, place + 4)[0]
        if name == b"VP8 ":
            return webp[place + 8 : place + 8 + size]
        place += 8 + size + size % 2
    raise ValueError("no lossy frame in this WebP")


def _element(number: int, body: bytes) -> bytes:
    """An EBML element: its id, the length of its body in one byte or eight, its body."""
    name = number.to_bytes((number.bit_length() + 7) // 8, "big")
    size = len(body)
    return name + (bytes([size | 0x80]) if size < 127 else struct.pack(">Q", size | 1 << 56)) + body


def _number(name: int, value: int) -> bytes:
    return _element(name, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _webm(frames: list[bytes]) -> bytes:
    """A WebM of VP8 key frames with an index, so that players can seek in it."""
    step = 1000 // FRAMES_A_SECOND
    head = _element(
        0x1A45DFA3,
        _number(0x4286, 1) + _number(0x42F7, 1) + _number(0x42F2, 4) + _number(0x42F3, 8)
        + _element(0x4282, b"webm") + _number(0x4287, 2) + _number(0x4285, 2),
    )  # fmt: skip
    info = _element(
        0x1549A966,
        _number(0x2AD7B1, 1_000_000)
        + _element(0x4489, struct.pack(">d", float(step * len(frames))))
        + _element(0x4D80, b"caselane demo")
        + _element(0x5741, b"caselane demo"),
    )
    video = _element(0xE0, _number(0xB0, FRAME[0]) + _number(0xBA, FRAME[1]))
    track = _element(
        0xAE,
        _number(0xD7, 1) + _number(0x73C5, 1) + _number(0x9C, 0) + _element(0x86, b"V_VP8")
        + _number(0x83, 1) + video,
    )  # fmt: skip
    blocks = b"".join(
        _element(0xA3, struct.pack(">BhB", 0x81, number * step, 0x80) + frame)
        for number, frame in enumerate(frames)
    )
    cluster = _element(0x1F43B675, _number(0xE7, 0) + blocks)
    tracks = _element(0x1654AE6B, track)
    return head + _element(0x18538067, info + tracks + _index(info, tracks) + cluster)


def _index(info: bytes, tracks: bytes) -> bytes:
    """Where the only cluster begins, counted from the segment's body; its own size is fixed."""

    def at(place: int) -> bytes:
        where = _number(0xF7, 1) + _element(0xF1, struct.pack(">Q", place))
        return _element(0x1C53BB6B, _element(0xBB, _number(0xB3, 0) + _element(0xB7, where)))

    return at(len(info) + len(tracks) + len(at(0)))
