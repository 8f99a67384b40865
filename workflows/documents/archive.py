"""The archived case file (案卷) as one PDF: 正卷 and 副卷 in the order of MSA 78.

Each volume has a cover, a catalogue with page numbers (卷内目录), its pieces with a number stamped
on every page, and the notes (备考表). The same pieces give the same bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from models.document import Document
from models.errors import DomainError
from models.evidence import Evidence
from models.types import DocumentState
from workflows.blobs import BlobStore
from workflows.confined import Confined, LimitHit, Limits
from workflows.documents.catalogue import KINDS, MAIN_ORDER, SECONDARY_ORDER
from workflows.documents.render import Renderer
from workflows.documents.wording import day

BINDER = "workflows.documents.binder"
COVER = KINDS["D64"].template
EVIDENCE_PAGE = "_shared/documents/evidence.typ"
NUMBER_SHEET = "_shared/documents/numbers.typ"
EVIDENCE_GROUP = 4
DECISIONS = frozenset({"D43", "D45"})
VOLUMES = (("main", "正卷", MAIN_ORDER), ("secondary", "副卷", SECONDARY_ORDER))
LIMITS = Limits(processor_seconds=300, wall_seconds=600.0, file_bytes=4 * 1024**3)
PICTURE_PIXELS = 1_800

Facts = dict[str, Any]


class ArchiveIncomplete(DomainError):
    """The case file cannot be bound yet: documents are still being made."""

    code = "archive_incomplete"
    zh = "案卷尚不能装订：还有文书没有生成。"

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__()
        self.missing = tuple(missing)
        """Titles of the documents whose file is not there yet."""


class ArchiveRefused(Exception):
    """The case file cannot be bound into one PDF; the message says why."""


@dataclass(frozen=True)
class Piece:
    """One document or one item of evidence in a volume. `order` sorts within its group."""

    volume: str
    group: int
    order: tuple[Any, ...]
    title: str
    number: str
    date: str
    sha256: str | None
    evidence: Facts | None = None
    """Facts of its evidence page; None for a document."""


@dataclass
class Bound:
    """The bound file, for the record."""

    main_pages: int
    secondary_pages: int
    index: list[Facts]
    """One entry a piece: volume, group, title, number, date, first and last page."""
    remarks: list[str] = field(default_factory=list)
    """What could not be taken into the file as it is, and why."""


def plan(
    documents: Sequence[Document], evidence: Sequence[Evidence], shown: Sequence[Facts]
) -> list[Piece]:
    """All pieces in the order of MSA 78. `shown` are the evidence facts, in the same order.

    Raises `ArchiveIncomplete` while a document has no file yet.
    """
    issued = [row for row in documents if row.state == DocumentState.ISSUED and row.kind != "D64"]
    missing = [row.title for row in issued if row.sha256 is None]
    if missing:
        raise ArchiveIncomplete(missing)
    dated = {row.number: row for row in issued if row.number}
    pieces = [_document(row, dated) for row in issued]
    pieces += [_evidence(row, facts) for row, facts in zip(evidence, shown, strict=True)]
    return sorted(pieces, key=lambda piece: (piece.volume, piece.group, piece.order))


def _document(row: Document, dated: Mapping[str, Document]) -> Piece:
    """A document in its group; a receipt follows the document that it proves served."""
    kind = KINDS[row.kind]
    volume, group, order = kind.volume, kind.group, (row.dated_at, 0, row.position, str(row.id))
    title, number = row.title, row.number or ""
    service = row.facts.get("service") if row.kind == "D47" else None
    if service:
        title = f"送达回证（{service['document']}）"
        number = number or str(service["number"])
        served = dated.get(str(service["document_number"]))
        if served is not None:
            group = KINDS[served.kind].group
            order = (served.dated_at, 1, row.position, str(row.id))
    date = str(row.facts["document"]["date"])
    return Piece(volume, group, order, title, number, date, row.sha256)


def _evidence(row: Evidence, facts: Facts) -> Piece:
    shown = {**facts, "media": row.media_type or "", "picture": "", "remark": ""}
    order = (row.collected_at, 0, row.number, str(row.id))
    title = f"{facts['number']}：{row.name}"
    date = day(row.collected_at)
    return Piece("main", EVIDENCE_GROUP, order, title, "", date, row.sha256, shown)


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
    ) -> Bound:
        """Write the whole file to `target`. `facts` are those of D64; `files` the pack's."""
        with tempfile.TemporaryDirectory(prefix="archive-") as folder:
            desk = _Desk(Path(folder), self._renderer, files, facts, dated)
            parts = [self._part(piece, desk) for piece in pieces]
            bound = _paged(pieces, [sum(self._pages(parts_of)) for parts_of in parts])
            bound.remarks = desk.remarks
            volumes = [
                desk.volume(code, name, order, pieces, parts, bound)
                for code, name, order in VOLUMES
            ]
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

    def volume(
        self,
        code: str,
        name: str,
        order: Sequence[str],
        pieces: Sequence[Piece],
        parts: Sequence[Sequence[Path]],
        bound: Bound,
    ) -> Facts:
        """One volume as the binder wants it: front and back pages, numbered parts, bookmarks."""
        entries = [entry for entry in bound.index if entry["volume"] == code]
        pages = bound.main_pages if code == "main" else bound.secondary_pages
        shared = {
            "volume": name,
            "pages": pages,
            "entries": _catalogue(entries, order),
            "remarks": bound.remarks if code == "main" else [],
        }
        paths = [
            [str(path) for path in part]
            for piece, part in zip(pieces, parts, strict=True)
            if piece.volume == code
        ]
        titles = [entry["title"] for entry in entries]
        return {
            "name": name,
            "cover": str(self.render(COVER, {**shared, "part": "cover"})),
            "catalogue": str(self.render(COVER, {**shared, "part": "catalogue"})),
            "notes": str(self.render(COVER, {**shared, "part": "notes"})),
            "numbers": str(self.render(NUMBER_SHEET, {"pages": pages})) if pages else None,
            "parts": [list(one) for one in zip(titles, paths, strict=True)],
        }


def _paged(pieces: Sequence[Piece], pages: Sequence[int]) -> Bound:
    """Page numbers run from 1 in each volume without a gap (V28)."""
    last = {"main": 0, "secondary": 0}
    index = []
    for piece, count in zip(pieces, pages, strict=True):
        first = last[piece.volume] + 1
        last[piece.volume] += count
        index.append(
            {
                "volume": piece.volume,
                "group": piece.group,
                "title": piece.title,
                "number": piece.number,
                "date": piece.date,
                "first": first,
                "last": last[piece.volume],
            }
        )
    return Bound(last["main"], last["secondary"], index)


_NUMERALS = "一二三四五六七"


def _catalogue(entries: Sequence[Facts], order: Sequence[str]) -> list[Facts]:
    return [
        {
            "index": index,
            "group": f"{_NUMERALS[entry['group'] - 1]}、{order[entry['group'] - 1]}",
            "title": entry["title"],
            "number": entry["number"],
            "date": entry["date"],
            "pages": _span(entry["first"], entry["last"]),
        }
        for index, entry in enumerate(entries, 1)
    ]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"
