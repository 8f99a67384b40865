"""Templates of the order of a case file, and how its pieces are bound in books."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.bootstrap import PACKS
from workflows.documents.catalogue import KINDS
from workflows.documents.file_order import STANDARD, FileOrder, Place, order_of, read_order
from workflows.documents.pieces import Piece, book_title, catalogued, miscounted, paged
from workflows.packs.files import PackFiles
from workflows.reference.strict_fields import ReferenceFileError

SHIPPED = sorted((PACKS / "_shared" / "file_orders").glob("*.yaml"))


def shipped(path: Path) -> FileOrder:
    return read_order(f"_shared/file_orders/{path.name}", path.read_bytes())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_kind_of_document_has_one_place_in_every_template(path: Path) -> None:
    order = shipped(path)
    for kind in KINDS:
        place = order.place(kind)
        groups = order.volume(place.volume).groups
        assert 1 <= place.group <= len(groups)
    named = {kind for volume in order.volumes for group in volume.groups for kind in group.kinds}
    assert order.evidence.volume == "main"
    assert order.place("D04") == Place("main", 1), "the filing form comes first"
    assert order.place("unheard of") == order.place("D50x"), "what nobody names is the rest"
    assert named <= {f"D{n:02d}" for n in range(1, 71)} | {"D32a"}


def test_the_template_of_msa_78_is_the_order_of_the_catalogue() -> None:
    order = shipped(PACKS / "_shared" / "file_orders" / "msa78.yaml")
    for code, kind in KINDS.items():
        assert order.place(code) == Place(kind.volume, kind.group) == STANDARD.place(code)
    assert [v.title.zh for v in order.volumes] == ["正卷", "副卷"]


def test_a_pack_brings_its_own_template_and_an_old_one_falls_back() -> None:
    files = PackFiles.from_folder(PACKS / "ordinary").files
    assert order_of(files, "by_course").volumes[0].title.zh == "案卷"
    assert order_of({}, "by_course") is STANDARD
    own = files["_shared/file_orders/by_course.yaml"].replace("案卷".encode(), "全卷".encode(), 1)
    mine = {**files, "file_orders/by_course.yaml": own.replace("案卷".encode(), "全卷".encode())}
    assert order_of(mine, "by_course").volumes[0].title.zh == "全卷"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("evidence: true", "evidence: false", "evidence"),
        ("rest: true", "rest: false", "rest"),
        ("kinds: [D63]", "kinds: [D63, D04]", "two groups"),
        ("receipts: with_document", "receipts: anywhere", "receipts"),
        ("code: main", "code: other", "main volume"),
        ("id: by_course", "id: another", "calls itself"),
        ("groups:", "gruops:", "gruops"),
    ],
)
def test_a_broken_template_is_refused_and_says_why(old: str, new: str, fault: str) -> None:
    path = PACKS / "_shared" / "file_orders" / "by_course.yaml"
    content = path.read_text(encoding="utf-8").replace(old, new).encode()
    with pytest.raises(ReferenceFileError, match=fault):
        read_order(f"_shared/file_orders/{path.name}", content)


def piece(volume: str, number: int) -> Piece:
    return Piece(volume, 1, (number,), f"第{number}件", "", "", "0" * 64)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 90), min_size=1, max_size=30),
    st.lists(st.integers(1, 90), max_size=20),
    st.integers(50, 200),
)
def test_books_are_no_thicker_than_allowed_and_pages_run_without_a_gap(
    main: list[int], secondary: list[int], most: int
) -> None:
    pieces = [piece("main", n) for n in range(len(main))]
    pieces += [piece("secondary", n) for n in range(len(secondary))]
    bound = paged(pieces, [*main, *secondary], most)
    assert (bound.main_pages, bound.secondary_pages) == (sum(main), sum(secondary))
    assert [e["title"] for e in bound.index] == [p.title for p in pieces]
    books = itertools.groupby(bound.index, key=lambda entry: entry["book"])
    for number, (book, held) in enumerate(books, 1):
        entries = list(held)
        assert book == number
        assert len({e["volume"] for e in entries}) == 1
        assert entries[0]["first"] == 1
        assert all(b["first"] == a["last"] + 1 for a, b in itertools.pairwise(entries))
        assert entries[-1]["last"] <= most or len(entries) == 1, "only one piece may be thicker"
    assert bound.books == bound.index[-1]["book"]


def test_a_thick_volume_names_its_books_and_its_catalogue_its_groups() -> None:
    volume: Any = STANDARD.volumes[0]
    assert book_title(volume, 1, 1) == "正卷"
    assert book_title(volume, 2, 3) == "正卷第二册"
    bound = paged([piece("main", 1)], [3], 200)
    [line] = catalogued(bound.index, volume)
    assert (line["group"], line["pages"]) == ("一、立案审批表", "1—3")


def test_pages_counted_on_paper_are_compared_with_those_bound() -> None:
    bound = paged([piece("main", 1), piece("secondary", 1)], [3, 2], 200)
    assert miscounted(bound, STANDARD, {"main": 3, "secondary": None}) == []
    [remark] = miscounted(bound, STANDARD, {"main": 4, "secondary": 2})
    assert "登记4页，装订为3页" in remark
