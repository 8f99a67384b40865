"""The tables of discretion on their page, and the range live at the desk."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, update

from models.discretion import DiscretionTable
from tests.webapp.conftest import Web
from workflows.rules import parse


def test_versions_are_listed_and_the_table_itself_can_be_read(web: Web) -> None:
    client = web.client("zhang_ming")
    page = client.get("/law/discretion").text
    assert "ZH-CL-2024" in page
    assert "现行事项都有裁量基准" in page
    row = web.one(select(DiscretionTable))
    answer = client.get(f"/law/discretion/tables/{row.id}")
    assert parse(answer.data).id == "three_steps"
    assert client.get(f"/law/discretion/tables/{uuid.uuid4()}").status_code == 404


def test_matters_without_a_table_are_listed_page_by_page(web: Web) -> None:
    with web.application.transactions.write() as session:
        session.execute(update(DiscretionTable).values(effective_to=date(2024, 12, 31)))
    client = web.client("zhang_ming")
    first = client.get("/law/discretion").text
    assert "没有裁量基准的事项" in first
    assert "下一页" in first
    assert "店外" in first + client.get("/law/discretion?page=2").text


@pytest.fixture
def desk(web_at: Callable[..., Web]) -> Web:
    return web_at("write_report")


def live(web: Web, **values: object) -> str:
    found = web.client("zhang_ming").get(
        f"/law/discretion/live/{web.task('write_report').id}", query_string=values
    )
    assert found.status_code == 200
    return found.text


def test_the_desk_shows_the_range_of_the_level_and_why(desk: Web) -> None:
    text = live(desk, discretion_level="ordinary", discretion_factors=["cooperated"], fine="500")
    assert "法定幅度 100–1,000 元" in text
    assert "“一般”的幅度 370–730 元" in text
    assert "没有从轻、从重因素" in text
    assert "偏离理由" not in text


def test_a_fine_or_a_level_that_leaves_the_table_is_said_at_once(desk: Web) -> None:
    assert "不在幅度内" in live(desk, discretion_level="ordinary", fine="900")
    text = live(desk, discretion_level="lighter", discretion_factors=["repeated"], fine="200")
    assert "所选等次与因素不符" in text
    assert "主要负责人批准" in text


def test_what_is_typed_by_halves_is_no_error(desk: Web) -> None:
    for fine in ("", "abc", "NaN", "1,0"):
        assert "法定幅度" in live(desk, fine=fine, discretion_level="no such")


def test_without_a_penalty_there_is_nothing_to_show(desk: Web) -> None:
    assert live(desk, fine="500") == ""


def test_the_report_page_asks_for_it(desk: Web) -> None:
    task = desk.task("write_report")
    assert (
        f"/law/discretion/live/{task.id}" in desk.client("zhang_ming").get(f"/tasks/{task.id}").text
    )


def test_who_may_not_see_the_case_gets_no_range(desk: Web) -> None:
    task = desk.task("write_report")
    outsider = desk.client("shi_lei")
    url = f"/law/discretion/live/{task.id}?discretion_level=ordinary"
    assert outsider.get(url).status_code == 404
