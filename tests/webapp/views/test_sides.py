"""Side processes on the case page: what may start, its form, where it stands, its drawing."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from models.extension import Extension
from tests.webapp.conftest import Web

WebAt = Callable[..., Web]
ASK = {"reason": "证人在外地，取证需要时间。"}


def test_the_menu_offers_what_may_start_now_to_those_who_may(web_at: WebAt) -> None:
    web = web_at("inquire")
    address = f"/cases/{web.case_id}"
    mine = web.client("zhang_ming").get(address).text
    assert f"{address}/start/extension" in mine
    assert "延长办案期限" in mine
    assert f"{address}/start/hearing" not in mine
    assert f"{address}/start/extension" not in web.client("zheng_hui").get(address).text


def test_its_form_says_what_comes_next_and_starts_it(web_at: WebAt) -> None:
    web = web_at("inquire")
    client, address = web.client("zhang_ming"), f"/cases/{web.case_id}/start/extension"
    page = client.get(address).text
    assert "再次延长由负责人集体讨论决定" in page
    assert client.post(address, data={"reason": ""}).status_code == 422
    assert client.post(address, data=ASK).status_code == 302
    assert web.one(select(Extension)).reason == ASK["reason"]
    assert client.get(address).status_code == 403, "one at a time"


def test_an_open_one_stands_on_overview_and_process_with_its_own_drawing(web_at: WebAt) -> None:
    web = web_at("inquire")
    client, address = web.client("zhang_ming"), f"/cases/{web.case_id}"
    client.post(f"{address}/start/extension", data=ASK)
    assert "审核延期申请（延长办案期限）" in client.get(address).text
    process = client.get(f"{address}/process").text
    assert 'id="side-extension"' in process
    assert "正在办" in process
    drawing = client.get(f"{address}/diagram.xml?side=extension")
    assert 'id="review_extension"' in drawing.text
    assert 'id="review_extension"' not in client.get(f"{address}/diagram.xml").text
    assert client.get(f"{address}/diagram.xml?side=ghost").status_code == 404


def test_the_main_drawing_and_strip_know_nothing_of_it(web_at: WebAt) -> None:
    web = web_at("inquire")
    client, address = web.client("zhang_ming"), f"/cases/{web.case_id}"
    before = client.get(f"{address}/diagram.json").json
    client.post(f"{address}/start/extension", data=ASK)
    after = client.get(f"{address}/diagram.json").json
    assert after == before


def test_nobody_starts_what_is_not_theirs_or_not_there(web_at: WebAt) -> None:
    web = web_at("inquire")
    address = f"/cases/{web.case_id}/start"
    assert web.client("zheng_hui").get(f"{address}/extension").status_code == 403
    assert web.client("zhang_ming").get(f"{address}/ghost").status_code == 403
    assert web.client("tang_hao").get(f"{address}/extension").status_code == 404
    assert web.client("zhang_ming").get(f"{address}/hearing").status_code == 403


def test_its_step_has_a_page_like_any_other(web_at: WebAt) -> None:
    web = web_at("inquire")
    web.client("zhang_ming").post(f"/cases/{web.case_id}/start/extension", data=ASK)
    page = web.client("sun_li").get(f"/cases/{web.case_id}").text
    assert "提交审核意见" in page


def test_what_an_open_one_holds_up_is_no_button_and_says_what_it_waits_for(web_at: WebAt) -> None:
    web = web_at("inquire")
    client, address = web.client("zhang_ming"), f"/cases/{web.case_id}"
    assert "提交询问笔录" in client.get(address).text
    client.post(
        f"{address}/start/suspension", data={"ground": "force_majeure", "reason": "台风登陆。"}
    )
    page = client.get(address).text
    assert "“中止、恢复调查”办完后才能办" in page
    assert "提交询问笔录" not in page


def test_who_decides_reads_what_was_asked(web_at: WebAt) -> None:
    web = web_at("inquire")
    address = f"/cases/{web.case_id}"
    web.client("zhang_ming").post(f"{address}/start/extension", data=ASK)
    page = web.client("sun_li").get(f"{address}/facts").text
    assert ASK["reason"] in page
    assert "等待审批" in page
