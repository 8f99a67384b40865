"""What citizens read without signing in, and what a withdrawal leaves."""

from __future__ import annotations

import json
from datetime import date

from lxml import etree
from sqlalchemy import select

from models.disclosure import Disclosure
from models.publication import Publication, Shown
from tests.webapp.conftest import Web
from tests.webapp.public.conftest import address
from webapp import create_app
from webapp.public.limits import Brake

WHERE = ("/public", "/public/feed.xml", "/api/v1/public/decisions")


def withdraw(web: Web) -> None:
    """As the approval of a withdrawal leaves it."""
    with web.application.transactions.write() as session:
        row = session.scalars(select(Publication)).one()
        row.clear(Shown.WITHDRAWN, date(2025, 10, 20), "处罚决定被依法撤销", "revoked")


def test_a_published_decision_is_listed_and_read_without_signing_in(shown: Web) -> None:
    browser = shown.app.test_client()
    listed = browser.get("/public")
    assert listed.status_code == 200
    assert "镇海区骆驼街道鲜果美水果店" in listed.text
    assert "共 1 件" in listed.text
    page = browser.get(f"/public/{address(shown)}")
    assert page.status_code == 200
    assert "陈某某" in page.text
    assert "公示中" in page.text
    assert browser.get(f"/public/{address(shown)}/print").status_code == 200


def test_the_same_is_told_in_english(shown: Web) -> None:
    page = shown.app.test_client().get(f"/public/{address(shown)}?lang=en").text
    assert "On display" in page
    assert 'lang="zh-CN"' in page


SEARCHES = {
    "q=水果": 1, "q=鲜果美 店外": 1, "q=店": 1, "q=陈立新": 0, "q=330211198503152018": 0,
    "q=水店": 0,
    "field=appearance": 1, "field=gas": 0, "kind=fine": 1, "kind=warning": 0,
    "since=2025-10-09&until=2025-10-09": 1, "since=2025-10-10": 0, "page=7": 0,
}  # fmt: skip


def test_the_list_is_searched_and_narrowed(shown: Web) -> None:
    browser, subject = shown.app.test_client(), shown.one(select(Publication.subject_key))
    for query, found in {**SEARCHES, f"subject={subject}": 1, "subject=nobody": 0}.items():
        body = browser.get(f"/api/v1/public/decisions?{query}").get_json()
        assert (query, len(body["decisions"])) == (query, found)


def test_an_address_that_cannot_be_read_narrows_nothing_and_the_api_says_so(shown: Web) -> None:
    browser = shown.app.test_client()
    assert "共 1 件" in browser.get("/public?since=never&page=x&q=%00&kind=%00").text
    for query in ("since=never", "page=0", "page=x", "nothing=1", f"q={'x' * 65}"):
        assert browser.get(f"/api/v1/public/decisions?{query}").status_code == 422


def test_the_feed_is_atom_with_whole_addresses(shown: Web) -> None:
    feed = shown.app.test_client().get("/public/feed.xml")
    root = etree.fromstring(feed.data)
    link = root.find("{*}entry/{*}link").get("href")
    assert link == f"http://localhost/public/{address(shown)}"
    assert feed.mimetype == "application/atom+xml"


def test_a_withdrawn_decision_says_when_and_why_and_nothing_else(shown: Web) -> None:
    key, browser = address(shown), shown.app.test_client()
    before = browser.get(f"/public/{key}").text
    withdraw(shown)
    for path in (f"/public/{key}", f"/public/{key}/print"):
        gone = browser.get(path)
        assert gone.status_code == 410
        assert "2025年10月20日" in gone.text
        assert "处罚决定被依法撤销" in gone.text
        assert "鲜果美" in before
        assert "鲜果美" not in gone.text
        assert "500" not in gone.text.split("<main")[1]
    told = browser.get(f"/api/v1/public/decisions/{key}")
    assert told.status_code == 410
    assert "2025-10-20" in told.get_json()["title"]


def test_a_withdrawn_decision_is_gone_from_everywhere_with_the_next_request(shown: Web) -> None:
    browser, key = shown.app.test_client(), address(shown)
    places = [*WHERE, "/public?q=水果", "/api/v1/public/decisions?q=鲜果美"]
    assert all(key in browser.get(path).text for path in places)
    withdraw(shown)
    after = [browser.get(path).text for path in places]
    assert not [text for text in after if key in text or json.dumps("鲜果美水果店")[1:-1] in text]
    assert not [text for text in after if "鲜果美水果店" in text]


def test_nothing_may_be_kept_by_a_cache(shown: Web) -> None:
    browser = shown.app.test_client()
    for path in (*WHERE, f"/public/{address(shown)}", "/public/nowhere"):
        response = browser.get(path)
        assert response.headers["Cache-Control"] == "no-store"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert "script" not in response.get_data(as_text=True)


def test_a_display_that_is_over_shows_nothing_even_if_the_worker_is_late(shown: Web) -> None:
    key, until = address(shown), shown.one(select(Disclosure)).publish_until
    browser = shown.app.test_client()
    shown.theatre.clock.now = shown.theatre.clock.now.replace(year=until.year + 1)
    assert browser.get(f"/public/{key}").status_code == 410
    assert key not in browser.get("/public").text


def test_the_worker_takes_an_expired_display_down(shown: Web) -> None:
    shown.move_to("2029-01-01T09:00")
    row = shown.one(select(Publication))
    assert (row.state, row.party, row.lines) == ("expired", None, [])
    assert shown.one(select(Disclosure)).state == "expired"


def test_an_unknown_address_leads_back_to_the_list(shown: Web) -> None:
    page = shown.app.test_client().get("/public/abcdefghijkl")
    assert page.status_code == 404
    assert 'href="/public"' in page.text


def test_the_site_can_be_switched_off(shown: Web) -> None:
    from dataclasses import replace

    off = replace(shown.application.settings, public_site=False)
    object.__setattr__(shown.application, "settings", off)
    browser = create_app(off, application=shown.application).test_client()
    for path in WHERE:
        assert browser.get(path).status_code == 404


def test_a_page_is_small_enough_for_a_slow_line(shown: Web) -> None:
    import gzip

    browser = shown.app.test_client()
    page, sheet = browser.get(f"/public/{address(shown)}"), browser.get("/public/parts/public.css")
    whole = len(gzip.compress(page.data)) + len(gzip.compress(sheet.data))
    assert whole < 8_000
    assert page.text.count("<img") == 1
    assert "immutable" in sheet.headers["Cache-Control"]


def test_whoever_searches_too_often_waits() -> None:
    brake = Brake(most=2, window=60)
    assert [brake.too_often("a", 0), brake.too_often("a", 1), brake.too_often("a", 2)] == [0, 0, 58]
    assert brake.too_often("b", 2) == 0
    assert brake.too_often("a", 61) == 0
