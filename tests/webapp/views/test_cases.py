"""The case list, the case page and the acts beside the steps."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.document import CaseNote
from models.evidence import Evidence
from models.note import ReadEntry, Watch
from tests.webapp.conftest import Web
from workflows.uploads import Uploads

WebAt = Callable[..., Web]
SHOP = "镇海区骆驼街道鲜果美水果店"
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\x00" * 200


def text_of(html: str) -> str:
    """The words of a page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


# -- the list ---------------------------------------------------------------------------------


def test_the_list_shows_party_step_number_and_what_is_left(web_at: WebAt) -> None:
    web = web_at("inquire")
    page = web.client("zhang_ming").get("/cases").text
    assert SHOP in page
    assert web.case().case_no in page
    assert "剩 89 天" in page
    assert "共 1 件" in page


@pytest.mark.parametrize("words", ["鲜果美", "第0001", "店外经营", "南一东路"])
def test_search_finds_party_number_matter_and_place(web_at: WebAt, words: str) -> None:
    page = web_at("inquire").client("wang_jing").get("/cases", query_string={"q": words}).text
    assert SHOP in page


def test_what_is_not_there_is_not_found_and_there_is_a_way_on(web_at: WebAt) -> None:
    page = web_at("inquire").client("wang_jing").get("/cases?q=没有这个词").text
    assert SHOP not in page
    assert "看全部案件" in page


def test_a_number_typed_in_full_leads_to_its_case(web_at: WebAt) -> None:
    web = web_at("inquire")
    answer = web.client("zhang_ming").get("/cases", query_string={"q": web.case().case_no})
    assert answer.status_code == 302
    assert answer.location == f"/cases/{web.case_id}"


def test_filters_stand_in_the_address(web_at: WebAt) -> None:
    client = web_at("inquire").client("zhang_ming")
    assert SHOP in client.get("/cases?stage=investigating").text
    assert SHOP not in client.get("/cases?stage=archived").text
    assert SHOP not in client.get("/cases?due=late").text
    assert SHOP not in client.get("/cases?view=leads").text


def test_a_case_past_its_last_day_is_listed_as_late(web_at: WebAt) -> None:
    web = web_at("inquire")
    web.theatre.clock.now = web.theatre.clock.now.replace(year=2026)
    page = web.client("zhang_ming").get("/cases?due=late").text
    assert SHOP in page
    assert "超期" in page


@pytest.mark.parametrize("stranger", ["tang_hao", "fang_zhou"])
def test_strangers_see_no_case_in_list_or_export(web_at: WebAt, stranger: str) -> None:
    client = web_at("inquire").client(stranger)
    assert SHOP not in client.get("/cases").text
    assert SHOP not in client.get("/cases.csv").text


def test_the_export_has_the_rows_of_the_narrowed_list(web_at: WebAt) -> None:
    web = web_at("inquire")
    client = web.client("zhang_ming")
    answer = client.get("/cases.csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.text.startswith("\ufeff")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [row[2] for row in rows] == ["当事人", SHOP]
    assert rows[1][0] == web.case().case_no
    assert len(list(csv.reader(io.StringIO(client.get("/cases.csv?stage=archived").text)))) == 1


# -- the page ---------------------------------------------------------------------------------

TABS = ["", "/facts", "/documents", "/clocks", "/process", "/service", "/record"]


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_tab_of_a_finished_case_opens(web_at: WebAt, tab: str, lang: str) -> None:
    web = web_at("archive_file")
    for person in ("zhang_ming", "qiu_shan"):
        answer = web.client(person).get(f"/cases/{web.case_id}{tab}?lang={lang}")
        assert answer.status_code == 200
        assert SHOP in answer.text
    assert web.client("zhang_ming").get(f"/cases/{uuid.uuid4()}{tab}").status_code == 404


@pytest.mark.parametrize("address", [*TABS, "/acts", "/diagram.xml", "/diagram.json", "/archive"])
@pytest.mark.parametrize("stranger", ["tang_hao", "fang_zhou"])
def test_a_stranger_finds_no_case_at_any_address(
    web_at: WebAt, address: str, stranger: str
) -> None:
    web = web_at("inquire")
    assert web.client(stranger).get(f"/cases/{web.case_id}{address}").status_code == 404


def test_who_is_not_signed_in_is_asked_to(web_at: WebAt) -> None:
    web = web_at("inquire")
    answer = web.app.test_client().get(f"/cases/{web.case_id}")
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_the_overview_says_where_it_stands_and_who_it_waits_for(web_at: WebAt) -> None:
    web = web_at("prepare_disclosure")
    page = text_of(web.client("zhang_ming").get(f"/cases/{web.case_id}").text)
    assert "现在有 2 件事同时在等" in page
    assert "登记缴款：等郑慧办理" in page
    assert "公示审查：等周敏办理" in page
    assert page.count("在此，第 1 天") >= 2
    assert "办案用时 29 天" in page
    assert "张明（主办）、李强（协办）" in page
    assert "执法证 33021100001、33021100002，均有效" in page


def test_the_one_button_leads_to_what_waits_for_me(web_at: WebAt) -> None:
    web = web_at("prepare_disclosure")
    address = f"/cases/{web.case_id}"
    cashier = web.client("zheng_hui").get(address).text
    assert f'href="/tasks/{web.task("record_payment").id}"' in cashier
    assert "btn pri" not in web.client("zhang_ming").get(address).text


def test_the_story_counts_what_it_tells_and_goes_on_by_pages(web_at: WebAt) -> None:
    web = web_at("archive_file")
    client = web.client("zhang_ming")
    page = client.get(f"/cases/{web.case_id}?acts=all").text
    total = int(re.search(r"最近的在前，共 (\d+) 条", page)[1])  # type: ignore[index]
    shown = page.count("<time datetime=")
    more = re.search(r'hx-get="([^"]+/acts[^"]*)"', page)
    while more:
        piece = client.get(more[1].replace("&amp;", "&")).text
        shown += piece.count("<time datetime=")
        more = re.search(r'hx-get="([^"]+)"', piece)
    assert shown == total


def test_values_before_and_after_are_for_leaders_and_supervisors_only(web_at: WebAt) -> None:
    web = web_at("inquire")
    address = f"/cases/{web.case_id}/record"
    assert "将店外物品全部收回店内" in web.client("qiu_shan").get(address).text
    page = web.client("qiu_shan").get(address).text
    assert "提交的原文" in page
    assert "谁看过" in page
    for person in ("zhang_ming", "wang_jing"):
        page = web.client(person).get(address).text
        assert "提交的原文" not in page
        assert "谁看过" not in page
    more = web.client("zhang_ming").get(f"/cases/{web.case_id}/acts?on=record").text
    assert "提交的原文" not in more


def test_certificates_are_masked_for_those_who_need_not_know_them(web_at: WebAt) -> None:
    web = web_at("prepare_disclosure")
    address = f"/cases/{web.case_id}/facts"
    assert "330211198503152018" in web.client("zhang_ming").get(address).text
    for person in ("zheng_hui", "zhou_min"):
        page = web.client(person).get(address).text
        assert "330211198503152018" not in page
        assert "3302**********2018" in page


def test_opening_a_case_is_noted(web_at: WebAt) -> None:
    web = web_at("inquire")
    web.client("wang_jing").get(f"/cases/{web.case_id}/facts")
    entry = web.one(select(ReadEntry).order_by(ReadEntry.id.desc()))
    assert entry.case_id == web.case_id
    assert entry.what == "case:facts"


def test_the_diagram_shows_what_is_done_and_what_waits(web_at: WebAt) -> None:
    web = web_at("prepare_disclosure")
    client = web.client("zhang_ming")
    xml = client.get(f"/cases/{web.case_id}/diagram.xml")
    state = json.loads(client.get(f"/cases/{web.case_id}/diagram.json").text)
    assert b"<bpmn:definitions" in xml.data
    waiting = {item["id"]: item for item in state["current"]}
    assert set(waiting) == {"record_payment", "prepare_disclosure"}
    assert "郑慧" in waiting["record_payment"]["why"]
    assert "issue_decision" in state["done"]
    known = client.get(
        f"/cases/{web.case_id}/diagram.xml", headers={"If-None-Match": xml.headers["ETag"]}
    )
    assert known.status_code == 304


# -- acts beside the steps --------------------------------------------------------------------


def evidence_form(**values: Any) -> dict[str, Any]:
    """The form as the page would send it."""
    return {
        "_key": str(uuid.uuid4()), "kind": "audio_visual", "name": "补充照片",
        "collected_at": "2025-09-11T10:20", "second_handler": "li_qiang", "original": "true",
    } | values  # fmt: skip


def uploaded(web: Web, person: str) -> str:
    """A finished photo of the person."""
    app, actor = web.application, web.theatre.person(person)
    up = Uploads(app.transactions, app.notes, app.blobs, app.clock)
    key = up.begin(actor, web.case_id, "照片.jpg", len(PHOTO))
    up.append(actor, key, 0, io.BytesIO(PHOTO), len(PHOTO))
    up.finish(actor, key)
    return str(key)


def test_a_handler_adds_evidence_with_its_file(web_at: WebAt) -> None:
    web = web_at("inquire")
    client = web.client("zhang_ming")
    address = f"/cases/{web.case_id}/do/evidence"
    assert "证据名称" in client.get(address).text
    answer = client.post(address, data=evidence_form(upload=uploaded(web, "zhang_ming")))
    assert answer.status_code == 302
    assert answer.location == f"/cases/{web.case_id}/facts"
    item = web.one(select(Evidence).where(Evidence.name == "补充照片"))
    assert item.media_type == "image/jpeg"
    assert item.size == len(PHOTO)


def test_a_press_repeated_adds_one_item_only(web_at: WebAt) -> None:
    web = web_at("inquire")
    client, form = web.client("zhang_ming"), evidence_form()
    for _press in range(2):
        assert client.post(f"/cases/{web.case_id}/do/evidence", data=form).status_code == 302
    assert len(web.all(select(Evidence).where(Evidence.name == "补充照片"))) == 1


def test_a_refused_form_keeps_what_was_typed_and_says_where(web_at: WebAt) -> None:
    web = web_at("inquire")
    form = evidence_form(name="", note="当事人在店外经营")
    answer = web.client("zhang_ming").post(f"/cases/{web.case_id}/do/evidence", data=form)
    assert answer.status_code == 422
    assert 'href="#f-name"' in answer.text
    assert "当事人在店外经营" in answer.text


@pytest.mark.parametrize(
    ("person", "action", "status"),
    [
        ("wang_jing", "evidence", 403),
        ("zhang_ming", "extend", 403),
        ("zhang_ming", "recusal", 403),
        ("zheng_hui", "exclude-evidence", 403),
        ("tang_hao", "evidence", 404),
        ("fang_zhou", "note", 404),
        ("zhang_ming", "close", 404),
    ],
)
def test_acts_are_open_only_to_those_who_may(
    web_at: WebAt, person: str, action: str, status: int
) -> None:
    web = web_at("inquire")
    address = f"/cases/{web.case_id}/do/{action}"
    client = web.client(person)
    assert client.get(address).status_code == status
    assert client.post(address, data={"text": "x", "reason": "x"}).status_code == status


def test_a_reviewer_excludes_evidence_with_a_reason(web_at: WebAt) -> None:
    web = web_at("inquire")
    item = web.one(select(Evidence).order_by(Evidence.number))
    client = web.client("wang_jing")
    address = f"/cases/{web.case_id}/do/exclude-evidence"
    assert "checked" in client.get(f"{address}?evidence={item.id}").text
    form = {"evidence": str(item.id), "reason": "来源不明"}
    assert client.post(address, data=form).status_code == 302
    page = client.get(f"/cases/{web.case_id}/facts").text
    assert "已排除" in page


def test_a_leader_extends_the_verification(web_at: WebAt) -> None:
    web = web_at("recheck")
    client = web.client("zhao_yong")
    answer = client.post(f"/cases/{web.case_id}/do/extend", data={"reason": "案情复杂"})
    assert answer.status_code == 302
    assert "批准延长" in client.get(f"/cases/{web.case_id}/clocks").text


def test_a_recusal_offers_the_handlers_first(web_at: WebAt) -> None:
    web = web_at("inquire")
    page = web.client("zhao_yong").get(f"/cases/{web.case_id}/do/recusal").text
    page = page[page.index("formcard") :]
    assert page.index("张明（本案办案人员）") < page.index("孙丽")


def test_a_note_is_for_colleagues_and_stands_on_the_overview(web_at: WebAt) -> None:
    web = web_at("inquire")
    client = web.client("zheng_hui")
    answer = client.post(f"/cases/{web.case_id}/do/note", data={"text": "当事人来过电话"})
    assert answer.status_code == 302
    assert web.one(select(CaseNote)).text == "当事人来过电话"
    assert "当事人来过电话" in web.client("zhang_ming").get(f"/cases/{web.case_id}").text


def test_a_case_is_followed_and_let_go_by_the_same_button(web_at: WebAt) -> None:
    web = web_at("inquire")
    client, address = web.client("zheng_hui"), f"/cases/{web.case_id}/watch"
    assert client.post(address, data={"watch": "1"}).status_code == 302
    assert len(web.all(select(Watch))) == 1
    piece = client.post(address, data={"watch": "0"}, headers={"HX-Request": "true"})
    assert "关注" in piece.text
    assert web.all(select(Watch)) == []


def test_a_stranger_cannot_follow_a_case(web_at: WebAt) -> None:
    web = web_at("inquire")
    answer = web.client("tang_hao").post(f"/cases/{web.case_id}/watch", data={"watch": "1"})
    assert answer.status_code in (403, 404)
    assert web.all(select(Watch)) == []


# -- the closing check ------------------------------------------------------------------------


def test_the_closing_check_lists_what_is_open_and_leads_to_it(web_at: WebAt) -> None:
    web = web_at("serve_decision")
    page = web.client("zhang_ming").get(f"/cases/{web.case_id}").text
    assert "结案检查" in page
    assert "决定书还没有送达" in page
    assert f"/tasks/{web.task('serve_decision').id}" in page.split('id="closing-check"')[1]
    early = web_at("inquire")
    assert "结案检查" not in early.client("zhang_ming").get(f"/cases/{early.case_id}").text


def test_the_closing_check_is_all_ticks_when_the_case_may_close(web_at: WebAt) -> None:
    web = web_at("propose_closing")
    check = web.client("zhang_ming").get(f"/cases/{web.case_id}").text
    check = check.split('id="closing-check"')[1].split("</section>")[0]
    assert "9/9" in check
    assert "未满足" not in check
