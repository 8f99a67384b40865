"""The panel of service: what was tried, which ways are open, one tap in the field."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.webapp.conftest import Web

WebAt = Callable[..., Web]


def text_of(html: str) -> str:
    """The words of a page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_a_decision_that_waits_says_which_ways_are_open_and_why_others_are_not(
    web_at: WebAt,
) -> None:
    web = web_at("serve_decision")
    page = text_of(web.client("zhang_ming").get(f"/cases/{web.case().id}?tab=service").text)
    assert "未送达" in page
    assert "现在可以用：直接送达" in page
    assert "还差2种方式未能送达的记录" in page
    assert "没人在不是拒收" in page


def test_nobody_there_is_one_tap_and_is_counted_on_the_page(web_at: WebAt) -> None:
    web = web_at("serve_decision")
    client, case = web.client("zhang_ming"), web.case().id
    page = client.get(f"/cases/{case}?tab=service").text
    link = re.search(r'href="([^"]+result=absent)"', page)
    assert link is not None
    form = client.get(link[1].replace("&amp;", "&")).text
    assert re.search(r'value="absent"[^>]*(checked|selected)', form)
    when = re.search(r'name="attempted_at"[^>]*value="([^"]+)"', form)
    assert when is not None
    values = {
        "document": "D43",
        "service_method": "direct",
        "result": "absent",
        "attempted_at": when[1],
        "place": "店内",
        "second_handler": "li_qiang",
    }
    done = client.post(f"/cases/{case}/do/service-attempt", data=values)
    assert done.status_code == 302, text_of(done.text)[:2000]
    assert "未送达，已尝试 1 次" in text_of(client.get(f"/cases/{case}?tab=service").text)


def test_only_handlers_record_what_they_tried(web_at: WebAt) -> None:
    web = web_at("serve_decision")
    page = web.client("zheng_hui").get(f"/cases/{web.case().id}?tab=service").text
    assert "未送达" in page
    assert "result=absent" not in page
