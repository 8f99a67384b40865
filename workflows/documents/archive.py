"""The archived case file (案卷) as one PDF, in the order that its template says (卷内顺序).

Each book of a volume has a cover, a catalogue with page numbers (卷内目录), its pieces with a
number stamped on every page, and the notes (备考表). The same pieces give the same bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from workflows.blobs import BlobStore
from workflows.confined import Confined, LimitHit, Limits
from workflows.documents.catalogue import KINDS
from workflows.documents.file_order import STANDARD, FileOrder, VolumeOrder
from workflows.documents.pieces import (
    Bound,
    Facts,
    Piece,
    book_title,
    catalogued,
    miscounted,
    paged,
)
from workflows.documents.render import Renderer

BINDER = "workflows.documents.binder"
COVER = KINDS["D64"].template
EVIDENCE_PAGE = "_shared/documents/evidence.typ"
NUMBER_SHEET = "_shared/documents/numbers.typ"
LIMITS = Limits(processor_seconds=300, wall_seconds=600.0, file_bytes=4 * 1024**3)
PICTURE_PIXELS = 1_800
THICKEST = 200
"""Pages of one book where the archive says nothing else (`archive.pages_per_volume`)."""


class ArchiveRefused(Exception):
    """The case file cannot be bound into one PDF; the message says why."""


class Archivist:
    """Binds files. `picture` gives the JPEG of a photo (previews), or raises."""

    def __init__(
        self,
        renderer: Renderer,
        blobs: BlobStore,
        picture: Callable[[Path, int], bytes],
        limits: Limits = LIMITS,
    ) -> None:
        self._renderer = renderer
        self._blobs = blobs
        self._picture = picture
        self._binder = Confined(BINDER, {}, limits)

    def close(self) -> None:
        """Stop the binding process."""
        self._binder.close()

    def bind(
        self,
        pieces: Sequence[Piece],
        files: Mapping[str, bytes],
        facts: Facts,
        *,
        dated: datetime,
        target: Path,
        order: FileOrder = STANDARD,
        most: int = THICKEST,
        counted: Mapping[str, int | None] | None = None,
    ) -> Bound:
        """Write the whole file to `target`. `facts` are those of D64; `files` the pack's; `most`
        the pages of one book; `counted` the pages on paper, by volume, where somebody counted."""
        with tempfile.TemporaryDirectory(prefix="archive-") as folder:
            desk = _Desk(Path(folder), self._renderer, files, facts, dated)
            parts = [self._part(piece, desk) for piece in pieces]
            bound = paged(pieces, [sum(self._pages(parts_of)) for parts_of in parts], most)
            bound.remarks = desk.remarks + miscounted(bound, order, counted or {})
            volumes = desk.books(order, parts, bound)
            title = str(facts["case"]["name"])
            job = {"do": "bind", "volumes": volumes, "title": title, "target": str(target)}
            self._ask(job)
        return bound

    def _part(self, piece: Piece, desk: _Desk) -> list[Path]:
        """The PDFs of one piece: the document; or its evidence page and, for a PDF, the PDF."""
        if piece.evidence is None:
            return [self._blobs.path(str(piece.sha256))]
        page = dict(piece.evidence)
        extra: list[Path] = []
        images: dict[str, bytes] = {}
        media = str(page["media"])
        if piece.sha256 is None:
            page["remark"] = "本件为实物或者纸质证据，另行存放。"
        elif not self._blobs.verify(piece.sha256):
            page["remark"] = "文件缺失或者校验值不符，未能收入。"
            desk.remarks.append(f"{piece.title}：文件缺失或者校验值不符。")
        elif media.startswith("image/"):
            self._place_picture(piece, page, images, desk)
        elif media == "application/pdf":
            extra = self._whole(piece, page, desk)
        else:
            page["remark"] = "本件为电子文件，以校验值为准，随卷另存。"
        return [desk.render(EVIDENCE_PAGE, page, images), *extra]

    def _whole(self, piece: Piece, page: Facts, desk: _Desk) -> list[Path]:
        """The pages of a PDF of the public, when it can be bound at all."""
        path = self._blobs.path(str(piece.sha256))
        try:
            readable = self._pages([path]) != [0]
        except ArchiveRefused:
            readable = False
        page["remark"] = "文件全文附于本页之后。"
        if not readable:
            page["remark"] = "文件加密、损坏或者过长，未能并入，以校验值为准，随卷另存。"
            desk.remarks.append(f"{piece.title}：PDF 加密、损坏或者过长，未能并入。")
        return [path] if readable else []

    def _pages(self, paths: Sequence[Path]) -> list[int]:
        answer = self._ask({"do": "count", "paths": [str(path) for path in paths]})
        return [int(pages) for pages in answer["pages"]]

    def _place_picture(
        self, piece: Piece, page: Facts, images: dict[str, bytes], desk: _Desk
    ) -> None:
        try:
            path = self._blobs.path(str(piece.sha256))
            images["_picture.jpg"] = self._picture(path, PICTURE_PIXELS)
            page["picture"] = "_picture.jpg"
        except Exception as fault:
            # Any fault of a picture costs its image on paper, never the archive.
            page["remark"] = "图片无法显示，以校验值为准，随卷另存。"
            desk.remarks.append(f"{piece.title}：图片无法显示（{type(fault).__name__}）。")

    def _ask(self, job: Facts) -> Facts:
        try:
            answer = self._binder.ask(job)
        except LimitHit as hit:
            raise ArchiveRefused(str(hit)) from hit
        if "refused" in answer:
            raise ArchiveRefused(answer["refused"])
        return answer


class _Desk:
    """The pages made for one file: covers, catalogues, notes, evidence pages, number sheets."""

    def __init__(
        self,
        folder: Path,
        renderer: Renderer,
        files: Mapping[str, bytes],
        facts: Facts,
        dated: datetime,
    ) -> None:
        self._folder = folder
        self._renderer = renderer
        self._files = files
        self._facts = facts
        self._dated = dated
        self._made = 0
        self.remarks: list[str] = []

    def render(self, template: str, file: Facts, images: Mapping[str, bytes] | None = None) -> Path:
        """One template with its own `file` facts beside those of the case."""
        files = {**self._files, **(images or {})}
        facts = {**self._facts, "file": file}
        pdf = self._renderer.render(files, template, facts, dated=self._dated).pdf
        self._made += 1
        path = self._folder / f"{self._made:05d}.pdf"
        path.write_bytes(pdf)
        return path

    def books(self, order: FileOrder, parts: Sequence[Sequence[Path]], bound: Bound) -> list[Facts]:
        """All books of the file as the binder wants them; a volume without a piece has one too,
        but not in a supplement."""
        found = []
        supplement = (self._facts.get("archive") or {}).get("supplement", 0)
        for volume in order.volumes:
            mine = [e["book"] for e in bound.index if e["volume"] == volume.code]
            if supplement and not mine:
                continue
            numbers = sorted(set(mine)) or [0]
            for place, number in enumerate(numbers, 1):
                name = book_title(volume, place, len(numbers), supplement)
                found.append(self._book(name, number, volume, parts, bound))
        return found

    def _book(
        self,
        name: str,
        number: int,
        volume: VolumeOrder,
        parts: Sequence[Sequence[Path]],
        bound: Bound,
    ) -> Facts:
        """One book: front and back pages, numbered parts, bookmarks."""
        held = [
            (entry, part)
            for entry, part in zip(bound.index, parts, strict=True)
            if entry["book"] == number
        ]
        pages = held[-1][0]["last"] if held else 0
        shared = {
            "volume": name,
            "pages": pages,
            "books": bound.books,
            "entries": catalogued([entry for entry, _part in held], volume),
            "remarks": bound.remarks if number == 1 else [],
        }
        return {
            "name": name,
            "cover": str(self.render(COVER, {**shared, "part": "cover"})),
            "catalogue": str(self.render(COVER, {**shared, "part": "catalogue"})),
            "notes": str(self.render(COVER, {**shared, "part": "notes"})),
            "numbers": str(self.render(NUMBER_SHEET, {"pages": pages})) if pages else None,
            "parts": [[entry["title"], [str(path) for path in part]] for entry, part in held],
        }
