"""Leads: registering one on the pavement, and the list of those without a case number."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from models.case import Case
from tests.webapp.conftest import Web

LEAD: dict[str, Any] = {
    "second_handler": "li_qiang",
    "source": "daily_inspection",
    "received_at": "2025-09-08T08:50",
    "act_place": "骆驼街道示范路18号门前",
    "content": "店外摆放水果占用人行道，约3平方米。",
}


def lead(**values: Any) -> dict[str, Any]:
    """A form as the page would send it."""
    return {"_key": str(uuid.uuid4()), **LEAD, **values}


def test_a_handler_registers_a_lead_and_goes_on_to_it(web: Web) -> None:
    client = web.client("zhang_ming")
    answer = client.post("/leads/new", data=lead())
    case = web.one(select(Case))
    assert answer.status_code == 302
    assert case.lead_content == LEAD["content"]
    assert str(case.id) in answer.headers["Location"] or "/tasks/" in answer.headers["Location"]
    assert LEAD["act_place"] in client.get("/leads").text


def test_the_form_offers_the_second_officer_with_certificate_and_never_oneself(web: Web) -> None:
    page = web.client("zhang_ming").get("/leads/new").text
    assert 'name="second_handler" value="li_qiang"' in page
    assert "执法证" in page
    assert 'name="second_handler" value="zhang_ming"' not in page


def test_an_officer_without_valid_certificate_cannot_be_chosen(web: Web) -> None:
    page = web.client("zhang_ming").get("/leads/new").text
    option = page.partition('name="second_handler" value="xu_kai"')[2][:300]
    assert "disabled" in option
    assert "失效" in option


def test_the_form_does_not_ask_for_whom_one_acts_when_there_is_one_answer(web: Web) -> None:
    assert 'name="legal_subject"' not in web.client("zhang_ming").get("/leads/new").text


def test_matters_are_offered_with_range_and_basis(web: Web) -> None:
    page = web.client("zhang_ming").get("/leads/new").text
    matter = page.partition('value="out_of_shop_trading"')[2][:400]
    assert "罚款 100—1,000 元" in matter
    assert "《浙江省城市市容和环境卫生管理条例》第十七条" in matter


def test_what_is_missing_is_told_and_the_rest_stays(web: Web) -> None:
    answer = web.client("zhang_ming").post("/leads/new", data=lead(act_place="", content="看到的"))
    assert answer.status_code == 422
    assert 'href="#f-act_place"' in answer.text
    assert "看到的" in answer.text
    assert web.all(select(Case)) == []


def test_naming_oneself_as_second_officer_is_refused_with_its_article(web: Web) -> None:
    answer = web.client("zhang_ming").post("/leads/new", data=lead(second_handler="zhang_ming"))
    assert answer.status_code == 422
    assert "第四十二条" in answer.text
    assert web.all(select(Case)) == []


def test_who_is_no_handler_cannot_register(web: Web) -> None:
    client = web.client("wang_jing")
    assert client.get("/leads/new").status_code == 403
    assert client.post("/leads/new", data=lead()).status_code == 403
    assert web.all(select(Case)) == []


def test_nobody_registers_without_signing_in(web: Web) -> None:
    answer = web.app.test_client().post("/leads/new", data=lead())
    assert answer.status_code == 302
    assert web.all(select(Case)) == []


def test_a_second_press_registers_one_lead(web: Web) -> None:
    client, data = web.client("zhang_ming"), lead()
    client.post("/leads/new", data=data)
    assert client.post("/leads/new", data=data).status_code == 302
    assert len(web.all(select(Case))) == 1


def test_a_filed_case_is_no_lead_any_more(web_at: Callable[..., Web]) -> None:
    web = web_at("inspect")
    page = web.client("zhang_ming").get("/leads").text
    assert "没有线索" in page


def test_leads_of_other_subjects_stay_hidden(web_at: Callable[..., Web]) -> None:
    web = web_at("verify_lead")
    assert "示例12号" in web.client("zhang_ming").get("/leads").text
    assert "示例12号" not in web.client("he_qing").get("/leads").text
