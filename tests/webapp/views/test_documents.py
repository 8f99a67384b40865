"""Documents open in the page, are made on demand, and are bound when the case is archived."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from sqlalchemy import select

from models.closing import ArchiveVolume
from models.document import Document
from models.note import ReadEntry
from tests.webapp.conftest import Web
from tests.webapp.walking import PASSING
from workflows.archive_check import Package, check
from workflows.trials.theatre import Wish, command_of

WebAt = Callable[..., Web]


def document(web: Web, kind: str = "D04") -> Document:
    found: Document = web.one(select(Document).where(Document.kind == kind))
    return found


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


@pytest.mark.parametrize("address", ["", "/state", "/file"])
@pytest.mark.parametrize("stranger", ["tang_hao", "fang_zhou"])
def test_a_stranger_finds_no_document(web_at: WebAt, address: str, stranger: str) -> None:
    web = web_at("inquire")
    row = document(web)
    assert web.client(stranger).get(f"/documents/{row.id}{address}").status_code == 404
    assert web.client("zhang_ming").get(f"/documents/{uuid.uuid4()}{address}").status_code == 404


def test_a_document_without_its_file_waits_and_then_is_there(web_at: WebAt) -> None:
    web = web_at("inquire")
    row = document(web)
    client = web.client("zhang_ming")
    first = client.get(f"/documents/{row.id}").text
    assert "正在生成这份文书" in first
    assert f'hx-get="/documents/{row.id}/state"' in first
    piece = client.get(f"/documents/{row.id}/state").text
    assert "<iframe" in piece
    assert "hx-get" not in piece
    again = client.get(f"/documents/{row.id}").text
    assert "正在生成" not in again
    assert str(document(web).sha256) in again


def test_the_file_is_made_at_once_and_stays_the_same(web_at: WebAt) -> None:
    web = web_at("inquire")
    row = document(web)
    client = web.client("zhang_ming")
    answer = client.get(f"/documents/{row.id}/file")
    assert answer.content_type == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    made = document(web)
    assert made.pages == pages(answer.data)
    assert client.get(f"/documents/{row.id}/file").data == answer.data
    known = client.get(
        f"/documents/{row.id}/file", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert known.status_code == 304


def test_the_file_may_be_framed_by_our_own_pages_and_runs_nothing(web_at: WebAt) -> None:
    web = web_at("inquire")
    row = document(web)
    answer = web.client("zhang_ming").get(f"/documents/{row.id}/file")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["Content-Disposition"].startswith("inline")
    saved = web.client("zhang_ming").get(f"/documents/{row.id}/file?download=1")
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_opening_a_document_is_noted(web_at: WebAt) -> None:
    web = web_at("inquire")
    web.client("wang_jing").get(f"/documents/{document(web).id}")
    assert web.one(select(ReadEntry).where(ReadEntry.what == "document:D04")) is not None


def test_the_tab_lists_the_two_volumes_in_the_order_of_the_file(web_at: WebAt) -> None:
    web = web_at("archive_file")
    page = web.client("zhang_ming").get(f"/cases/{web.case_id}/documents").text
    places = [page.index(title) for title in ("立案审批表", "行政处罚决定书", "案件线索登记表")]
    assert places == sorted(places)
    assert page.index("正卷") < page.index("副卷")


def test_a_case_that_is_not_archived_has_no_bound_file(web_at: WebAt) -> None:
    web = web_at("archive_file")
    client = web.client("wu_gang")
    for address in ("archive", "archive/state", "archive.pdf"):
        assert client.get(f"/cases/{web.case_id}/{address}").status_code == 404


def test_an_archived_case_is_bound_and_sent_as_one_pdf(web_at: WebAt) -> None:
    web = web_at("archive_file")
    client = web.client("wu_gang")
    archivist = web.theatre.person("wu_gang")
    wish = Wish(archivist, web.case_id, element="archive_file", data={"complete": True})
    web.theatre.act(command_of(web.application, wish), archivist)
    assert web.case().stage == "archived"
    assert "正在装订案卷" in client.get(f"/cases/{web.case_id}/archive").text
    assert client.get(f"/cases/{web.case_id}/archive.pdf").status_code == 302
    piece = client.get(f"/cases/{web.case_id}/archive/state").text
    assert "<iframe" in piece
    answer = client.get(f"/cases/{web.case_id}/archive.pdf")
    volume = web.one(select(ArchiveVolume))
    assert pages(answer.data) >= volume.main_pages + volume.secondary_pages > 15
    assert web.client("tang_hao").get(f"/cases/{web.case_id}/archive.pdf").status_code == 404
    assert f"/cases/{web.case_id}/archive.zip" in client.get(f"/cases/{web.case_id}/archive").text
    package = client.get(f"/cases/{web.case_id}/archive.zip")
    with zipfile.ZipFile(io.BytesIO(package.data)) as taken:
        assert check(Package(taken))["files"] > 15
    assert package.headers["Cache-Control"] == "private, no-store"
    assert len(web.all(select(ReadEntry).where(ReadEntry.what == "archive_package"))) == 1
    handler = web.client("zhang_ming")
    assert handler.get(f"/cases/{web.case_id}/archive.zip").status_code == 403
    assert "archive.zip" not in handler.get(f"/cases/{web.case_id}/archive").text


# -- drafts -----------------------------------------------------------------------------------

OPINION = PASSING


def test_a_step_shows_its_document_as_a_draft_and_nothing_is_written(web_at: WebAt) -> None:
    web = web_at("legal_review")
    before, number = web.case().rev, len(web.all(select(Document)))
    client = web.client("wang_jing")
    address = f"/tasks/{web.task().id}/draft.pdf"
    answer = client.post(address, data=OPINION)
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert "草稿" in words(answer.data)
    assert "法制审核意见书" in words(answer.data)
    assert (web.case().rev, len(web.all(select(Document)))) == (before, number)
    assert web.task().element == "legal_review"
    # The act itself then gets the number that the draft had shown.
    client.post(f"/tasks/{web.task().id}", data={**OPINION, "_rev": web.task().rev})
    assert str(document(web, "D31").number) in words(answer.data)


def test_a_draft_is_refused_to_whom_the_step_is_refused(web_at: WebAt) -> None:
    web = web_at("legal_review")
    address = f"/tasks/{web.task().id}/draft.pdf"
    assert web.client("zhang_ming").post(address, data=OPINION).status_code == 403
    assert web.client("tang_hao").post(address, data=OPINION).status_code == 404


def test_a_draft_of_what_is_not_filled_in_says_what_is_missing(web_at: WebAt) -> None:
    web = web_at("legal_review")
    answer = web.client("wang_jing").post(f"/tasks/{web.task().id}/draft.pdf", data={})
    assert answer.status_code == 422
    assert "必填" in answer.text


def test_a_step_without_a_document_says_so(web_at: WebAt) -> None:
    web = web_at("review_filing")
    answer = web.client("sun_li").post(
        f"/tasks/{web.task().id}/draft.pdf",
        data={"outcome": "agree", "handlers": ["zhang_ming", "li_qiang"]},
    )
    assert answer.status_code == 422
    assert "不出文书" in answer.text


def test_a_step_that_issues_a_document_in_one_outcome_says_so_in_the_other(web_at: WebAt) -> None:
    web = web_at("review_report")
    client, address = web.client("sun_li"), f"/tasks/{web.task().id}/draft.pdf"
    agreed = client.post(address, data={"outcome": "agree"})
    assert "法制审核送审表" in words(agreed.data)
    returned = client.post(address, data={"outcome": "return", "opinion": "证据不足，补充后再报。"})
    assert returned.status_code == 422
    assert "不出文书" in returned.text


def words(pdf: bytes) -> str:
    """The text of a PDF without its blanks."""
    opened = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in opened)
    return re.sub(r"\s", "", text)
