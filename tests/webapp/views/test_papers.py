"""Signing, the register of numbers and corrected documents on their pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from sqlalchemy import select

from models.document import Document, NumberSequence, NumberTaken
from models.signature import Signature
from models.types import DocumentState
from tests.webapp.conftest import Web

WebAt = Callable[..., Web]


def paper(web: Web, kind: str) -> Document:
    """The latest document of a kind, with its file."""
    row = web.one(select(Document).where(Document.kind == kind).order_by(Document.dated_at.desc()))
    web.client("zhang_ming").get(f"/documents/{row.id}/file")
    found: Document = web.one(select(Document).where(Document.id == row.id))
    assert found.sha256 is not None
    return found


def sign(web: Web, who: str, row: Document, capacity: str, sha256: str | None = None) -> int:
    data = {"capacity": capacity, "sha256": sha256 or row.sha256}
    return web.client(who).post(f"/documents/{row.id}/sign", data=data).status_code


def test_a_handler_signs_the_file_that_the_page_shows(web_at: WebAt) -> None:
    web = web_at("inquire")
    row = paper(web, "D09")
    page = web.client("zhang_ming").get(f"/documents/{row.id}").text
    assert "以“办案人员”签署" in page
    assert str(row.sha256) in page
    assert sign(web, "zhang_ming", row, "handler") == 302
    kept = web.one(select(Signature))
    assert (kept.sha256, kept.capacity) == (row.sha256, "handler")
    again = web.client("zhang_ming").get(f"/documents/{row.id}").text
    assert "校验通过" in again
    assert "以“办案人员”签署" not in again
    assert "以“办案人员”签署" in web.client("li_qiang").get(f"/documents/{row.id}").text


@pytest.mark.parametrize(
    ("who", "capacity", "rule"),
    [
        ("wang_jing", "handler", "您在本案不是办案人员"),
        ("zhang_ming", "leader", "这种文书不以这个身份签署"),
        ("zhang_ming", "seal", "这种文书不以这个身份签署"),
    ],
)
def test_nobody_signs_in_a_capacity_that_is_not_theirs(
    web_at: WebAt, who: str, capacity: str, rule: str
) -> None:
    web = web_at("inquire")
    row = paper(web, "D09")
    data = {"capacity": capacity, "sha256": row.sha256}
    answer = web.client(who).post(f"/documents/{row.id}/sign", data=data)
    assert answer.status_code == 422
    assert rule in answer.text
    assert web.one(select(Signature)) is None


def test_a_handler_of_the_case_is_not_its_leader(web_at: WebAt) -> None:
    web = web_at("inquire")
    row = paper(web, "D04")
    assert sign(web, "sun_li", row, "unit_head") == 302
    assert sign(web, "zhao_yong", row, "leader") == 302
    assert sign(web, "zhang_ming", row, "leader") == 422
    assert sign(web, "zhao_yong", row, "unit_head") == 422


def test_only_the_file_that_was_shown_is_signed_and_only_once(web_at: WebAt) -> None:
    web = web_at("inquire")
    row = paper(web, "D09")
    assert sign(web, "zhang_ming", row, "handler", "0" * 64) == 422
    assert sign(web, "zhang_ming", row, "handler") == 302
    assert sign(web, "zhang_ming", row, "handler") == 422


def test_signing_asks_for_the_password_again(web_at: WebAt) -> None:
    web = web_at("inquire")
    row = paper(web, "D09")
    client = web.client("zhang_ming", fresh=False)
    assert "请再输入一次您的登录密码" in client.get(f"/documents/{row.id}").text
    data = {"capacity": "handler", "sha256": row.sha256, "_password": "wrong"}
    assert client.post(f"/documents/{row.id}/sign", data=data).status_code == 401
    assert web.one(select(Signature)) is None
    data["_password"] = "caselane-demo"
    assert client.post(f"/documents/{row.id}/sign", data=data).status_code == 302


def test_a_changed_file_fails_and_can_no_longer_be_signed(web_at: WebAt) -> None:
    web = web_at("inquire")
    row = paper(web, "D09")
    sign(web, "zhang_ming", row, "handler")
    path = web.application.blobs.path(str(row.sha256))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"%changed")
    page = web.client("li_qiang").get(f"/documents/{row.id}").text
    assert "文件已被改动或者丢失" in page
    assert "校验不通过" in page
    assert "以“办案人员”签署" not in page
    assert sign(web, "li_qiang", row, "handler") == 422


def test_what_goes_to_a_party_comes_as_word_and_what_stays_inside_does_not(web_at: WebAt) -> None:
    web = web_at("serve_notice")
    client, notice = web.client("zhang_ming"), paper(web, "D34")
    assert "下载 Word" in client.get(f"/documents/{notice.id}").text
    answer = client.get(f"/documents/{notice.id}/file.docx")
    text = "".join(p.text for p in docx.Document(BytesIO(answer.data)).paragraphs)
    assert notice.number in text
    assert str(notice.sha256) in text
    inside = paper(web, "D29")
    assert client.get(f"/documents/{inside.id}/file.docx").status_code == 404
    assert "下载 Word" not in client.get(f"/documents/{inside.id}").text
    assert web.client("fang_zhou").get(f"/documents/{notice.id}/file.docx").status_code == 404


def test_the_register_shows_every_number_with_its_document(web_at: WebAt) -> None:
    web = web_at("serve_notice")
    notice = paper(web, "D34")
    subject = web.case().subject_id
    page = web.client("wang_jing").get(f"/numbers?subject={subject}&kind=告&year=2025").text
    assert notice.number in page
    assert "在用" in page
    assert "缺 " not in page
    assert notice.number not in web.client("fang_zhou").get("/numbers").text


def test_a_number_without_a_document_in_force_is_voided_with_a_reason_and_stays(
    web_at: WebAt,
) -> None:
    web = web_at("serve_notice")
    notice = paper(web, "D34")
    with web.application.transactions.write() as session:
        session.get_one(Document, notice.id).state = DocumentState.VOIDED
    asked = {
        "case": str(web.case_id), "number": notice.number, "kind": "告", "year": "2025",
        "subject": str(web.case().subject_id),
    }  # fmt: skip
    leader = web.client("zhao_yong")
    assert leader.post("/numbers/void", data=asked).status_code == 422
    asked["reason"] = "告知书印制错误"
    assert web.client("zhang_ming").post("/numbers/void", data=asked).status_code == 403
    answer = leader.post("/numbers/void", data=asked)
    assert answer.status_code == 302
    page = leader.get(answer.headers["Location"]).text
    assert notice.number in page
    assert "告知书印制错误" in page
    assert leader.post("/numbers/void", data=asked).status_code == 422


def test_a_number_in_use_is_not_voided(web_at: WebAt) -> None:
    web = web_at("serve_notice")
    for number in (paper(web, "D34").number, web.case().case_no):
        data = {"case": str(web.case_id), "number": number, "reason": "x"}
        assert web.client("zhao_yong").post("/numbers/void", data=data).status_code == 422
    assert web.one(select(NumberTaken).where(NumberTaken.voided_at.is_not(None))) is None


def test_a_gap_in_the_register_is_named(web_at: WebAt) -> None:
    web = web_at("serve_notice")
    subject = web.case().subject_id
    with web.application.transactions.write() as session:
        row = session.get_one(NumberSequence, (subject, "告", 2025))
        row.last += 2
    page = web.client("zhao_yong").get(f"/numbers?subject={subject}&kind=告&year=2025").text
    assert "缺 2 个" in page
    assert "2、3" in re.sub(r"\s", "", page)


def correct(web: Web, fact: str, value: str) -> None:
    data = {"fact": fact, "value": value, "reason": "登记时写错"}
    start = f"/cases/{web.case_id}/start/fact_correction"
    assert web.client("zhang_ming").post(start, data=data).status_code == 302
    task = web.task("correct_facts")
    answer = web.client("zhao_yong").post(
        f"/tasks/{task.id}", data={"outcome": "correct", "_rev": task.rev}
    )
    assert answer.status_code == 302


def test_a_corrected_fact_is_told_on_the_case_page_and_on_the_old_document(web_at: WebAt) -> None:
    web = web_at("inquire")
    old = paper(web, "D04")
    correct(web, "party_phone", "13800000021")
    page = web.client("zhang_ming").get(f"/cases/{web.case_id}/facts").text
    for words in ("更正事实", "13800000001", "13800000021", "登记时写错", "同意更正"):
        assert words in page
    shown = web.client("zhang_ming").get(f"/documents/{old.id}").text
    assert "已被更正后的文书替代" in shown
    rows = web.all(select(Document).where(Document.kind == "D04"))
    assert {row.state for row in rows} == {DocumentState.ISSUED, DocumentState.SUPERSEDED}
    assert {row.number for row in rows} == {old.number}
    anew = next(row for row in rows if row.state == DocumentState.ISSUED)
    assert anew.facts["party"]["phone"] == "13800000021"
    assert "更正后重新制作" in anew.facts["document"]["corrected"]
    record = web.one(select(Document).where(Document.kind == "D09"))
    assert record.facts["party"]["phone"] == "13800000001"
    assert record.corrected_by_id is not None
