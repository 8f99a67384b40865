"""What lists remember, views under a name, the desk that changes without a page load."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from models.note import ListView
from models.person import Person
from tests.webapp.conftest import Web
from workflows.queries.progress import DEMO, RUNNING

WebAt = Callable[..., Web]
SHOP = "镇海区骆驼街道鲜果美水果店"


def test_the_inbox_is_narrowed_to_who_sent_the_task(web_at: WebAt) -> None:
    web = web_at("legal_review")
    client = web.client("wang_jing")
    page = client.get("/tasks?view=all").text
    sender = web.one(select(Person).where(Person.id == web.task().from_person_id))
    assert f"/tasks?view=all&amp;sender={sender.key}" in page
    assert SHOP in client.get(f"/tasks?sender={sender.key}").text
    assert "没有符合筛选的任务" in client.get("/tasks?sender=wang_jing").text


def test_the_case_list_opens_as_it_was_left_by_this_person(web_at: WebAt) -> None:
    web = web_at("inquire")
    client = web.client("zhang_ming")
    client.get("/cases?stage=archived")
    again = client.get("/cases")
    assert parse_qs(urlsplit(again.headers["Location"]).query) == {"stage": ["archived"]}
    assert web.client("wang_jing").get("/cases").status_code == 200
    client.get("/cases?view=all")
    assert client.get("/cases").status_code == 200


def test_looking_for_a_word_does_not_change_how_the_list_was_left(web_at: WebAt) -> None:
    client = web_at("inquire").client("zhang_ming")
    client.get("/cases?due=late")
    client.get("/cases?q=鲜果美")
    assert client.get("/cases").headers["Location"] == "/cases?due=late"


@pytest.mark.parametrize(
    ("listed", "address"), [("inbox", "/tasks?due=late"), ("cases", "/cases?due=late")]
)
def test_a_view_is_saved_under_a_name_shown_as_a_tab_and_forgotten(
    web_at: WebAt, listed: str, address: str
) -> None:
    web = web_at("inquire")
    client = web.client("zhang_ming")
    assert "存为视图" in client.get(address).text
    saved = client.post(f"/views/{listed}", data={"name": "快超期的", "due": "late"})
    assert saved.headers["Location"] == address
    page = client.get(address).text
    assert "快超期的</a>" in page
    assert "删除视图" in page
    assert "快超期的" not in web.client("wang_jing").get(address).text
    client.post(f"/views/{listed}/drop", data={"name": "快超期的", "due": "late"})
    assert "快超期的</a>" not in client.get(address).text


def test_a_view_needs_a_name_and_a_filter(web: Web) -> None:
    client = web.client("zhang_ming")
    client.post("/views/inbox", data={"name": " ", "due": "late"})
    client.post("/views/inbox", data={"name": "全部"})
    assert client.post("/views/people", data={"name": "x"}).status_code == 404
    assert not web.all(select(ListView).where(ListView.name != ""))


def test_the_next_desk_comes_without_the_frame_of_the_page(web_at: WebAt) -> None:
    web = web_at("legal_review")
    client, task = web.client("wang_jing"), web.task()
    part = client.get(f"/tasks/{task.id}", headers={"HX-Request-Type": "partial"}).text
    assert part.strip().startswith("<title>")
    assert '<main id="main"' in part
    assert "<html" not in part
    assert 'class="rail"' not in part
    whole = client.get(f"/tasks/{task.id}").text
    assert 'class="rail"' in whole


def test_a_desk_that_is_not_there_is_said_in_the_same_place(web: Web) -> None:
    address = "/tasks/00000000-0000-0000-0000-000000000001"
    answer = web.client("wang_jing").get(address, headers={"HX-Request-Type": "partial"})
    assert answer.status_code == 404
    assert "<html" not in answer.text


def test_pages_say_how_far_the_demo_cases_have_come(web: Web) -> None:
    client = web.client("zhang_ming")
    assert 'id="filling"' not in client.get("/cases").text
    web.application.notes.progress(
        DEMO, done=120, total=200, state=RUNNING, message={}, now=datetime.now(UTC)
    )
    assert "120／200" in client.get("/cases").text
    assert "hx-get" in client.get("/demo/filling").text
    web.application.notes.progress(
        DEMO, done=200, total=200, state="done", message={}, now=datetime.now(UTC)
    )
    last = client.get("/demo/filling").text
    assert "共 200 件" in last
    assert "hx-get" not in last
    assert 'id="filling"' not in client.get("/cases").text


def test_a_model_case_begins_the_texts_of_the_report(web_at: WebAt) -> None:
    web = web_at("write_report")
    client, task = web.client("zhang_ming"), web.task()
    page = client.get(f"/tasks/{task.id}").text
    assert "套用案件模板" in page
    assert "占道设摊" not in page  # another matter's
    begun = client.get(f"/tasks/{task.id}?model=out_of_shop_typical").text
    assert f"经查明，{SHOP}于2025年9月8日在" in begun
    assert "按本案证据逐处改写" in begun
    assert "经查明" not in client.get(f"/tasks/{task.id}?model=nonsense").text


def test_a_lead_may_begin_with_a_model_case_of_any_matter(web: Web) -> None:
    client = web.client("zhang_ming")
    page = client.get("/leads/new").text
    assert "占道设摊" in page
    assert "燃气非法储存" in page
    begun = client.get("/leads/new?model=straw_burning_typical").text
    assert "露天焚烧秸秆的烟火" in begun
