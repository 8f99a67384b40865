"""The inbox and the desk: what is mine, what I may do, and what stays when it is refused."""

from __future__ import annotations

from collections.abc import Callable

from tests.webapp.conftest import Web


def test_the_inbox_shows_my_task_with_its_clock(web_at: Callable[..., Web]) -> None:
    web = web_at("legal_review")
    page = web.client("wang_jing").get("/tasks?view=all").text
    assert "法制审核" in page
    assert "镇海区骆驼街道鲜果美水果店" in page


def test_the_desk_shows_form_and_file(web_at: Callable[..., Web]) -> None:
    web = web_at("legal_review")
    page = web.client("wang_jing").get(f"/tasks/{web.task().id}").text
    assert "出具法制审核意见书" in page
