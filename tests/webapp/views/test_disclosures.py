"""The publisher's list, and the desk that shows the decision beside its public text."""

from __future__ import annotations

from collections.abc import Callable

from tests.webapp.conftest import Web


def test_an_undisclosed_decision_is_listed_with_the_days_left_and_its_step(
    web_at: Callable[..., Web],
) -> None:
    web = web_at("prepare_disclosure")
    page = web.client("zhou_min").get("/disclosures")
    assert page.status_code == 200
    assert "应公示未公示" in page.text
    assert "剩" in page.text
    assert f"/tasks/{web.task('prepare_disclosure').id}" in page.text
    web.move_to("2025-10-20T09:00")
    late = web.client("zhou_min").get("/disclosures").text
    assert "1 件已经超期" in late


def test_the_desk_shows_original_and_public_text_side_by_side(web_at: Callable[..., Web]) -> None:
    web = web_at("prepare_disclosure")
    page = web.client("zhou_min").get(f"/tasks/{web.task('prepare_disclosure').id}").text
    assert '<mark class="mask">陈立新</mark>' in page
    assert '<mark class="mask">陈某某</mark>' in page
    assert "最长 36 个月（2028年10月9日）" in page


def test_what_is_on_display_is_listed_with_its_last_day(web_at: Callable[..., Web]) -> None:
    web = web_at("propose_closing")
    page = web.client("zhao_yong").get("/disclosures").text
    assert "2028年10月9日" in page
    assert "没有应公示未公示的决定" in page


def test_handlers_have_no_business_there(web_at: Callable[..., Web]) -> None:
    assert web_at().client("zhang_ming").get("/disclosures").status_code == 403
