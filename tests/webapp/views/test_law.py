"""The pages of the law in time: who reads, who proposes, who confirms, and what moves."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from models.law_change import LawChange
from models.parameter import ParameterValue
from models.person import Person, RoleAssignment
from tests.webapp.conftest import Web
from tests.workflows.handlers.test_law_change import DAYS_2027, NOTICE

STATE = {
    "value": "3", "unit": "working_day", "effective_from": "2026-03-01", "subject": "",
    "source": "本市规定第5条", "reason": "本市另有规定",
}  # fmt: skip


def holder(web: Web, role: str) -> Any:
    query = select(Person).join(RoleAssignment).where(RoleAssignment.role == role)
    return web.client(web.one(query.order_by(Person.key)).key)


def proposed(web: Web, path: str = "/law/parameters/clk_state.days", **values: Any) -> Any:
    return holder(web, "designer").post(path, data={**STATE, **values})


@pytest.mark.parametrize(
    "path",
    ["/law", "/law?topic=hearing", "/law?q=期限", "/law/parameters/clk_state.days",
     "/law/calendar", "/law/matters", "/law/matters?q=店外", "/law/matters/out_of_shop_trading",
     "/law/changes"],
)  # fmt: skip
@pytest.mark.parametrize("who", ["designer", "handler"])
def test_everyone_who_works_here_reads_the_law(web: Web, path: str, who: str) -> None:
    page = holder(web, who).get(path)
    assert page.status_code == 200


def test_nobody_reads_it_without_signing_in(web: Web) -> None:
    assert web.app.test_client().get("/law").status_code in (302, 401)


def test_the_list_says_what_holds_and_whether_it_was_checked(web: Web) -> None:
    page = holder(web, "designer").get("/law?q=clk_state.days").text
    assert "5 个工作日" in page
    assert "未核对" in page


def test_a_new_value_is_proposed_previewed_and_confirmed_by_another(web: Web) -> None:
    answer = proposed(web)
    assert answer.status_code == 302
    change = web.one(select(LawChange))
    url = f"/law/changes/{change.id}"
    mine = holder(web, "designer").get(url).text
    assert "待确认" in mine
    assert "会动哪些期限" in mine
    assert 'data-open="confirm"' not in mine
    second = holder(web, "releaser")
    assert 'data-open="confirm"' in second.get(url).text
    second.post(f"{url}/confirm", data={})
    assert "已生效" in second.get(url).text
    query = select(ParameterValue).where(ParameterValue.key == "clk_state.days")
    assert {v.value for v in web.all(query)} == {5, 3}


def test_what_was_typed_stays_when_it_is_refused(web: Web) -> None:
    page = proposed(web, value="五天")
    assert page.status_code == 422
    assert "五天" in page.text
    assert "本市规定第5条" in page.text
    assert web.all(select(LawChange)) == []


def test_a_reviewer_sees_no_form_and_cannot_send_one(web: Web) -> None:
    reviewer = holder(web, "legal_reviewer")
    assert "提出变更" not in reviewer.get("/law/parameters/clk_state.days").text
    assert reviewer.post("/law/parameters/clk_state.days", data=STATE).status_code == 403
    assert holder(web, "sys_admin").post(
        "/law/parameters/clk_state.days", data=STATE
    ).status_code == 403  # fmt: skip


@pytest.mark.parametrize("by_file", [True, False])
def test_the_calendar_is_loaded_from_a_list_or_a_file(web: Web, by_file: bool) -> None:
    data: dict[str, Any] = {"year": "2027", "notice": NOTICE, "reason": "年度通知公布"}
    if by_file:
        data |= {"days": "", "file": (BytesIO(DAYS_2027.encode()), "2027.txt")}
    else:
        data["days"] = DAYS_2027
    answer = holder(web, "designer").post("/law/calendar", data=data)
    assert answer.status_code == 302
    change = web.one(select(LawChange))
    assert (change.kind, change.key, len(change.after["work"])) == ("calendar", "2027", 5)
    page = holder(web, "designer").get(f"/law/changes/{change.id}").text
    assert "2027-02-14" in page


def test_a_rejected_change_says_why(web: Web) -> None:
    proposed(web)
    url = f"/law/changes/{web.one(select(LawChange)).id}"
    holder(web, "releaser").post(f"{url}/reject", data={"reason": "文件还没有公布"})
    page = holder(web, "releaser").get(url).text
    assert "已退回" in page
    assert "文件还没有公布" in page


def test_a_change_lists_the_open_cases_that_will_read_it(web_at: Callable[..., Web]) -> None:
    web = web_at("inspect")
    proposed(web)
    url = f"/law/changes/{web.one(select(LawChange)).id}"
    page = holder(web, "releaser").get(url).text
    assert web.case().case_no in page
    assert "1 件" in page


def test_a_matter_is_revised_on_its_page(web: Web) -> None:
    data = {
        "effective_from": "2026-03-01", "fine_min": "50", "fine_max": "300", "text": "第十七条",
        "source": "修订决定", "reason": "条例修订",
    }  # fmt: skip
    path = "/law/matters/out_of_shop_trading?form=revise_matter"
    assert holder(web, "designer").post(path, data=data).status_code == 302
    end = {"effective_to": "2026-03-01", "source": "废止决定", "reason": "废止"}
    path = "/law/matters/out_of_shop_trading?form=end_matter"
    refused = holder(web, "designer").post(path, data=end)
    assert refused.status_code == 422
    assert "已有变更待确认" in refused.text


def test_what_does_not_exist_is_not_found(web: Web) -> None:
    client = holder(web, "designer")
    for path in (
        "/law/parameters/no.such", "/law/matters/no_such",
        "/law/changes/00000000-0000-0000-0000-000000000000",
    ):  # fmt: skip
        assert client.get(path).status_code == 404
