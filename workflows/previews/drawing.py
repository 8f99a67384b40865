"""The confined process that opens photos and PDFs of the public."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from workflows.confined.serving import Answer, Job, Work, serve

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 120_000_000
"""A camera of 108 megapixels passes; a small file that unpacks to more is a bomb."""

QUALITY = 82
_FORMATS = ("JPEG", "PNG", "WEBP")


def prepare(_setup: Job) -> Work:
    """Nothing to load before the first job."""
    return work


def work(job: Job) -> Answer:
    """One preview. Any fault of a library is a refusal, not a crash of the program."""
    try:
        return {"image": image, "page": page, "count": count}[job["do"]](job)
    except MemoryError:
        raise
    except Exception as fault:
        return {"refused": f"{type(fault).__name__}: {fault}"[:300]}


def image(job: Job) -> Answer:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(job["path"], formats=_FORMATS) as photo:
        if photo.width * photo.height > MOST_PIXELS:
            return {"refused": f"more than {MOST_PIXELS} pixels"}
        photo.draft("RGB", (job["longest"], job["longest"]))
        upright = ImageOps.exif_transpose(photo)
        upright.thumbnail((job["longest"], job["longest"]))
        return {"jpeg": _jpeg(upright)}


def page(job: Job) -> Answer:
    document = _open(job)
    try:
        if not 0 <= job["number"] < len(document):
            return {"refused": "no such page"}
        wanted = document[job["number"]]
        longest = max(wanted.get_size())
        scale = min(job["longest"] / longest, 4.0) if longest > 0 else 1.0
        return {"jpeg": _jpeg(wanted.render(scale=scale, may_draw_forms=False).to_pil())}
    finally:
        document.close()


def count(job: Job) -> Answer:
    document = _open(job)
    try:
        return {"count": len(document)}
    finally:
        document.close()


def _open(job: Job) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(job["path"])


def _jpeg(picture: Image) -> str:
    """On white where it was transparent, without metadata."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=False)
    return base64.b64encode(out.getvalue()).decode("ascii")


if __name__ == "__main__":
    serve(prepare)
