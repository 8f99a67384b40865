"""On the pavement with a phone: how many touches and seconds a decision on the spot takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.browser.live import Site
from tests.database import PASSWORD

NOON = datetime(2025, 10, 20, 15, 6, tzinfo=timezone(timedelta(hours=8)))
MOST_TAPS, MOST_SECONDS = 15, 60.0
SHOTS = Path(__file__).parents[2] / "var" / "shots"


class Thumb:
    """Counts what a thumb touches; typing into a field counts as the fact, not as a tap."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, place: Locator) -> None:
        place.scroll_into_view_if_needed()
        place.click()
        self.taps += 1

    def type(self, name: str, text: str) -> None:
        self.page.locator(f'[name="{name}"]').first.fill(text)


def officer(site: Site, open_page: Callable[..., Page], login: str = "zhang_ming") -> Page:
    site.set_clock(NOON)
    page = open_page(phone=True)
    page.goto("/sign-in")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form button.pri").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def shoot(page: Page, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"spot-{name}-390.png", full_page=True)


def test_litter_is_fined_on_the_spot_within_sixty_seconds_and_fifteen_taps(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = officer(site, open_page)
    page.goto("/leads")
    thumb, began = Thumb(page), time.monotonic()
    thumb.tap(page.get_by_role("link", name="当场处罚"))
    page.wait_for_url("**/spot")
    shoot(page, "1")
    thumb.tap(page.locator('a.item[href="/spot/littering"]'))
    page.wait_for_url("**/spot/littering")
    if not page.locator('[name="second_handler"]:checked').count():
        thumb.tap(page.locator('label:has([name="second_handler"][value="li_qiang"])'))
    thumb.type("party-name", "吴敏")
    thumb.type("party-cert_no", "331102198804120035")
    thumb.type("act_place", "示例广场") if page.locator("[name=act_place]").is_visible() else None
    thumb.tap(page.locator('label:has([name="cards_shown"])'))
    thumb.tap(page.locator('label:has([name="rights_told"])'))
    thumb.tap(page.locator('[data-fill="f-fine"][data-value="50"]'))
    assert page.locator("[name=fine]").input_value() == "50"
    thumb.tap(page.locator('label:has([name="pay_by"][value="cash"])'))
    thumb.type("receipt_no", "ZH-0000077")
    if not page.locator("[name=act_place]").input_value():
        thumb.tap(page.locator("details.more:has([name=act_place]) > summary"))
        thumb.type("act_place", "骆驼街道示例广场")
    shoot(page, "2")
    thumb.tap(page.locator("[data-act]"))
    page.locator("img.draftpage").first.wait_for()
    shoot(page, "3")
    thumb.tap(page.locator("[data-act]"))
    page.wait_for_url("**/documents/*")
    seconds = time.monotonic() - began
    shoot(page, "4")
    assert "当场行政处罚决定书" in page.inner_text("main")
    assert thumb.taps <= MOST_TAPS, thumb.taps
    assert seconds <= MOST_SECONDS, seconds
    print(f"taps {thumb.taps}, seconds {seconds:.1f}")
    site.run_clock()


def test_straw_burning_is_shown_with_the_reason_and_the_way_on(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = officer(site, open_page, "hu_jing")
    page.goto("/spot")
    page.locator("details.more > summary").click()
    straw = page.locator(".item.no", has_text="焚烧秸秆")
    assert "最低罚500元" in straw.inner_text().replace(".00", "")
    straw.get_by_role("link", name="转快速办理").click()
    page.wait_for_url("**/leads/new**")
    assert "pack=quick" in page.url
    assert page.locator('[name="matter"][value="straw_burning"]').is_checked()
    site.run_clock()


def test_a_wrong_check_digit_is_refused_at_its_field_and_nothing_is_lost(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = officer(site, open_page)
    page.goto("/spot/littering")
    page.locator('[name="party-name"]').fill("吴敏")
    page.locator('[name="party-cert_no"]').fill("331102198804120036")
    page.locator('label:has([name="second_handler"][value="li_qiang"])').click()
    page.locator("details.more:has([name=act_place]) > summary").click()
    page.locator("[name=act_place]").fill("骆驼街道示例广场")
    page.locator('label:has([name="cards_shown"])').click()
    page.locator('label:has([name="rights_told"])').click()
    page.locator('[data-fill="f-fine"]').first.click()
    page.locator("[data-act]").click()
    page.locator(".errsum").wait_for()
    assert page.locator('[name="party-name"]').input_value() == "吴敏"
    assert page.locator('[name="party-cert_no"][aria-invalid="true"]').count() == 1
    site.run_clock()
