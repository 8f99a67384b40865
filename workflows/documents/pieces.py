"""What goes into a bound case file (案卷) and where: pieces in the order of the template, books no
thicker than the archive wants them, page numbers that run through each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.document import Document
from models.errors import DomainError
from models.evidence import Evidence
from models.types import DocumentState
from workflows.documents.file_order import (
    RECEIPT,
    STANDARD,
    WITH_DOCUMENT,
    FileOrder,
    VolumeOrder,
)
from workflows.documents.wording import count, day

Facts = dict[str, Any]


class ArchiveIncomplete(DomainError):
    """The case file cannot be bound yet: documents are still being made."""

    code = "archive_incomplete"
    zh = "案卷尚不能装订：还有文书没有生成。"

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__()
        self.missing = tuple(missing)
        """Titles of the documents whose file is not there yet."""


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
    """One entry a piece: volume, book, group, title, number, date, first and last page."""
    books: int
    """How many bound books (卷) the file has, all volumes together."""
    remarks: list[str] = field(default_factory=list)
    """What could not be taken into the file as it is, and why."""


def plan(
    documents: Sequence[Document],
    evidence: Sequence[Evidence],
    shown: Sequence[Facts],
    order: FileOrder = STANDARD,
) -> list[Piece]:
    """All pieces in the order of the template. `shown` are the evidence facts, in the same order.

    Raises `ArchiveIncomplete` while a document has no file yet.
    """
    issued = [row for row in documents if row.state == DocumentState.ISSUED and row.kind != "D64"]
    missing = [row.title for row in issued if row.sha256 is None]
    if missing:
        raise ArchiveIncomplete(missing)
    dated = {row.number: row for row in issued if row.number}
    pieces = [_document(row, dated, order) for row in issued]
    pieces += [_evidence(row, facts, order) for row, facts in zip(evidence, shown, strict=True)]
    volumes = [volume.code for volume in order.volumes]
    return sorted(pieces, key=lambda p: (volumes.index(p.volume), p.group, p.order))


def _document(row: Document, dated: Mapping[str, Document], template: FileOrder) -> Piece:
    """A document in its group; a receipt follows the document that it proves served, or stands
    with the other receipts where the template says so."""
    place = template.place(row.kind)
    order = (row.dated_at, 0, row.position, str(row.id))
    title, number = row.title, row.number or ""
    service = row.facts.get("service") if row.kind == RECEIPT else None
    if service:
        title = f"送达回证（{service['document']}）"
        number = number or str(service["number"])
        served = dated.get(str(service["document_number"]))
        if served is not None and template.receipts == WITH_DOCUMENT:
            place = template.place(served.kind)
            order = (served.dated_at, 1, row.position, str(row.id))
    date = str(row.facts["document"]["date"])
    return Piece(place.volume, place.group, order, title, number, date, row.sha256)


def _evidence(row: Evidence, facts: Facts, template: FileOrder) -> Piece:
    shown = {**facts, "media": row.media_type or "", "picture": "", "remark": ""}
    order = (row.collected_at, 0, row.number, str(row.id))
    title = f"{facts['number']}：{row.name}"
    place, date = template.evidence, day(row.collected_at)
    return Piece(place.volume, place.group, order, title, "", date, row.sha256, shown)


def paged(pieces: Sequence[Piece], pages: Sequence[int], most: int) -> Bound:
    """Page numbers run from 1 in each book without a gap (V28); a volume of more than `most`
    pages is bound in several books, and no piece is torn apart."""
    index: list[Facts] = []
    book, total = 0, {"main": 0, "secondary": 0}
    for piece, length in zip(pieces, pages, strict=True):
        before = index[-1] if index else None
        last = before["last"] if before else 0
        if before is None or before["volume"] != piece.volume or (last and last + length > most):
            book, last = book + 1, 0
        total[piece.volume] += length
        index.append(
            {
                "volume": piece.volume,
                "book": book,
                "group": piece.group,
                "title": piece.title,
                "number": piece.number,
                "date": piece.date,
                "first": last + 1,
                "last": last + length,
            }
        )
    return Bound(total["main"], total["secondary"], index, max(book, 1))


def catalogued(entries: Sequence[Facts], volume: VolumeOrder) -> list[Facts]:
    """The lines of a catalogue (卷内目录) under the titles of their groups."""
    return [
        {
            "index": index,
            "group": f"{count(entry['group'])}、{volume.groups[entry['group'] - 1].title.zh}",
            "title": entry["title"],
            "number": entry["number"],
            "date": entry["date"],
            "pages": _span(entry["first"], entry["last"]),
        }
        for index, entry in enumerate(entries, 1)
    ]


def book_title(volume: VolumeOrder, place: int, of: int, supplement: int = 0) -> str:
    """正卷; 正卷第二册 where the volume is bound in several books; 补充卷一·正卷."""
    title = volume.title.zh if of == 1 else f"{volume.title.zh}第{count(place)}册"
    return f"补充卷{count(supplement)}·{title}" if supplement else title


def miscounted(bound: Bound, order: FileOrder, counted: Mapping[str, int | None]) -> list[str]:
    """V28: where the pages counted on paper are not those that were bound."""
    pages = {"main": bound.main_pages, "secondary": bound.secondary_pages}
    return [
        f"{volume.title.zh}归档时登记{stated}页，装订为{pages[volume.code]}页，以装订页数为准。"
        for volume in order.volumes
        if (stated := counted.get(volume.code)) is not None and stated != pages[volume.code]
    ]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"
