"""The bound file of a whole case: order, page numbers, evidence, bookmarks, safety."""

import hashlib
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from models.document import Document
from models.types import DocumentState
from tests.workflows.documents import sample
from tests.workflows.documents.bureau import make
from workflows.blobs import BlobStore
from workflows.documents.archive import Archivist
from workflows.documents.catalogue import KINDS
from workflows.documents.facts import about, from_record
from workflows.documents.pieces import ArchiveIncomplete, Bound, Piece, plan
from workflows.documents.render import Renderer
from workflows.previews import Previewer

DATED = sample.at("10-20 10:00")
STEPS = (
    ("D01", "09-08 09:30", "线"), ("D07", "09-08 11:10", "责改"), ("D04", "09-10 16:00", "立"),
    ("D09", "09-11 09:40", None), ("D11", "09-11 11:00", None), ("D29", "09-15 16:00", None),
    ("D31", "09-16 15:00", "审"), ("D34", "09-19 10:05", "告"), ("D36", "09-26 14:30", None),
    ("D37", "09-28 10:00", None), ("D43", "10-09 10:00", "罚决"), ("D50", "10-13 10:00", None),
    ("D63", "10-16 15:00", "结"),
)  # fmt: skip


class Office:
    """What an archivist's job has at hand."""

    def __init__(self, folder: Path) -> None:
        self.blobs = BlobStore(folder / "blobs", reserve_bytes=0)
        self.renderer = Renderer()
        self.previewer = Previewer()
        self.archivist = Archivist(
            self.renderer, self.blobs, lambda path, box: self.previewer.image(path, longest=box)
        )
        self.files = sample.pack_files()

    def close(self) -> None:
        for part in (self.archivist, self.renderer, self.previewer):
            part.close()

    def issued(self, record: Any, kind: str, number: str | None, when: str) -> Document:
        dated = sample.at(when)
        facts = from_record(
            record, kind, number=number, dated=dated, labels=sample.labels, terms=sample.TERMS
        )
        pdf = self.renderer.render(self.files, KINDS[kind].template, facts, dated=dated).pdf
        return make(
            Document,
            kind=kind,
            title=KINDS[kind].title,
            number=number,
            volume=KINDS[kind].volume,
            position=0,
            state=DocumentState.ISSUED,
            dated_at=dated,
            facts=facts,
            sha256=self.blobs.put(pdf).sha256,
        )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("office"))
    yield office
    office.close()


def documents(office: Office, book: sample.Book) -> list[Document]:
    record = book.record()
    numbers = {"D43": "镇骆综执罚决〔2025〕第0101号", "D34": "镇骆综执告〔2025〕第0110号"}
    rows = [
        office.issued(record, kind, numbers.get(kind, f"镇骆综执{word}〔2025〕第0001号"), when)
        if word
        else office.issued(record, kind, None, when)
        for kind, when, word in STEPS
    ]
    for service in book.rows[sample.ProofOfService]:
        assert isinstance(service, sample.ProofOfService)
        served = service.served_at.strftime("%m-%d %H:%M")
        rows.append(office.issued(about(record, service), "D47", service.receipt_number, served))
    return rows


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), "tan").save(out, "JPEG")
    return out.getvalue()


def scanned(pages: int, *, password: str | None = None, script: bool = False) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(842, 595))
        if script:
            action = {"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"}
            pdf.Root.OpenAction = pikepdf.Dictionary(action)
            pdf.pages[0].obj["/AA"] = pikepdf.Dictionary({"/O": pikepdf.Dictionary(action)})
            link = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link, "/A": action,
                    "/Rect": [0, 0, 10, 10]}  # fmt: skip
            pdf.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary(link)])
        encryption = pikepdf.Encryption(user=password, owner=password) if password else None
        pdf.save(out, encryption=encryption or False)
    return out.getvalue()


def bind(
    office: Office, book: sample.Book, target: Path, contents: list[bytes]
) -> tuple[Bound, list[Piece]]:
    evidence = [row for row in book.rows[sample.Evidence] if isinstance(row, sample.Evidence)]
    for row, content in zip(evidence, contents, strict=True):
        row.sha256, row.size = office.blobs.put(content).sha256, len(content)
    facts = from_record(
        book.record(), "D64", number=None, dated=DATED, labels=sample.labels, terms=sample.TERMS
    )
    pieces = plan(documents(office, book), evidence, facts["evidence"])
    bound = office.archivist.bind(pieces, office.files, facts, dated=DATED, target=target)
    return bound, pieces


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    found = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    document.close()
    return found


CONTENTS = [jpeg(), b"\0\0\0\x18ftypisom" + b"\0" * 100, scanned(3, script=True)]


@pytest.fixture(scope="module")
def street(office: Office, tmp_path_factory: pytest.TempPathFactory) -> tuple[Bound, Path]:
    target = tmp_path_factory.mktemp("bound") / "archive.pdf"
    sizes = (sample.street_case(), target, CONTENTS)
    bound, _ = bind(office, *sizes)
    # The photo and the licence keep the media types that the sample gives them.
    return bound, target


def test_pieces_stand_in_the_order_of_the_rules(street: tuple[Bound, Path]) -> None:
    titles = [entry["title"] for entry in street[0].index]
    main = [entry["title"] for entry in street[0].index if entry["volume"] == "main"]
    assert main[:7] == [
        "立案审批表",
        "行政处罚决定书",
        "送达回证（行政处罚决定书）",
        "责令限期改正通知书",
        "行政处罚事先告知书",
        "送达回证（行政处罚事先告知书）",
        "陈述申辩笔录",
    ]
    assert main[7:] == [
        "证据1：现场照片4张（9月8日）",
        "证据2：复查现场录像1段（9月10日）",
        "现场检查（勘验）笔录",
        "证据3：营业执照复印件",
        "询问（调查）笔录",
    ]
    assert titles[len(main) :] == [
        "案件线索登记表",
        "案件调查终结报告",
        "法制审核意见书",
        "陈述申辩复核意见书",
        "结案审批表",
        "行政处罚信息公示审批表",
    ]


def test_page_numbers_run_without_a_gap_and_are_stamped(street: tuple[Bound, Path]) -> None:
    bound, path = street
    for volume, pages in (("main", bound.main_pages), ("secondary", bound.secondary_pages)):
        entries = [entry for entry in bound.index if entry["volume"] == volume]
        assert entries[0]["first"] == 1
        assert entries[-1]["last"] == pages
        for before, after in itertools.pairwise(entries):
            assert after["first"] == before["last"] + 1
    found = texts(path)
    assert len(found) == bound.main_pages + bound.secondary_pages + 6
    body = found[2 : 2 + bound.main_pages]
    assert all(str(number) in text for number, text in enumerate(body, 1))
    for entry in bound.index[:3]:
        assert entry["title"].split("（")[0] in body[entry["first"] - 1]


def test_cover_catalogue_and_notes_tell_the_same_story(street: tuple[Bound, Path]) -> None:
    bound, path = street
    cover, catalogue, *_ = texts(path)
    assert "行政处罚案卷（正卷）" in cover
    assert "罚款人民币500.00元（大写：伍佰元整）" in cover
    assert "10年" in cover
    assert "二、行政处罚决定书及送达回证" in catalogue
    notes = texts(path)[2 + bound.main_pages]
    assert "备考表" in notes
    assert f"自第1页至第{bound.main_pages}页" in notes


def test_evidence_is_in_the_file(street: tuple[Bound, Path]) -> None:
    bound, path = street
    pages = {entry["title"][:3]: entry for entry in bound.index}
    assert pages["证据3"]["last"] - pages["证据3"]["first"] == 3, "its page and three scans"
    found = texts(path)
    photo = 1 + pages["证据1"]["first"]
    film = found[1 + pages["证据2"]["first"]]
    assert "复查现场录像1段" in film
    assert hashlib.sha256(CONTENTS[1]).hexdigest() in film
    assert "112字节" in film
    with pikepdf.open(path) as document:
        assert document.pages[photo].get_images()


def test_bookmarks_lead_to_the_pieces(street: tuple[Bound, Path]) -> None:
    bound, path = street
    with pikepdf.open(path) as document, document.open_outline() as outline:
        main, secondary = outline.root
        assert (main.title, secondary.title) == ("正卷", "副卷")
        assert [item.title for item in main.children + secondary.children] == [
            entry["title"] for entry in bound.index
        ]


def test_scripts_of_the_evidence_do_not_reach_the_archive(street: tuple[Bound, Path]) -> None:
    content = street[1].read_bytes()
    with pikepdf.open(street[1]) as document:
        assert "/OpenAction" not in document.Root
        for page in document.pages:
            assert "/AA" not in page.obj
            assert not [one for one in page.obj.get("/Annots", []) if "/A" in one]
    assert b"app.alert" not in content


def test_the_same_case_gives_the_same_bytes(office: Office, tmp_path: Path) -> None:
    digests = set()
    for name in ("one.pdf", "two.pdf"):
        book = sample.street_case()
        bind(office, book, tmp_path / name, CONTENTS)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_evidence_that_cannot_be_opened_costs_a_remark_and_not_the_archive(
    office: Office, tmp_path: Path
) -> None:
    contents = [b"\xff\xd8\xff broken", CONTENTS[1], scanned(2, password="secret")]
    bound, _ = bind(office, sample.street_case(), tmp_path / "a.pdf", contents)
    assert len(bound.remarks) == 2
    notes = texts(tmp_path / "a.pdf")[2 + bound.main_pages]
    assert "图片无法显示" in notes
    assert "加密、损坏或者过长" in notes


def test_a_document_without_its_file_holds_the_binding_back(office: Office) -> None:
    book = sample.street_case()
    rows = documents(office, book)[:2]
    rows[1].sha256 = None
    with pytest.raises(ArchiveIncomplete) as refused:
        plan(rows, [], [])
    assert refused.value.missing == ("责令限期改正通知书",)


def test_voided_documents_stay_out(office: Office) -> None:
    rows = documents(office, sample.street_case())[:2]
    rows[0].state = DocumentState.VOIDED
    assert [piece.title for piece in plan(rows, [], [])] == ["责令限期改正通知书"]
