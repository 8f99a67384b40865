"""Every screen with a demo bureau in it: answers, keeps its console clean, and axe finds nothing
serious, on a desk and on a phone, in Chinese and in English.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.live import Site
from tests.database import PASSWORD

SCREENS = [
    ("inbox", "wang_jing", "/tasks"),
    ("lead", "zhang_ming", "/leads/new"),
    ("leads", "zhang_ming", "/leads"),
    ("cases", "qian_hong", "/cases"),
    ("notifications", "zhang_ming", "/notifications"),
    ("packs", "fang_zhou", "/packs"),
    ("supervision", "qiu_shan", "/supervision"),
    ("people", "sun_li", "/people"),
    ("account", "zhang_ming", "/me"),
    ("late-cases", "qiu_shan", "/supervision/cases?set=late"),
    ("absence", "sun_li", "/people/absences/new"),
]
FOLLOWED = [
    ("desk", "wang_jing", "/tasks?view=all", "tr[data-row] a.main"),
    ("version", "fang_zhou", "/packs", 'a.main[href*="/packs/versions/"]'),
    ("supervised-case", "qiu_shan", "/supervision/cases", "tr[data-row] a.main"),
    ("person", "sun_li", "/people", "tr[data-row] a.main"),
    ("case", "qian_hong", "/cases?stage=enforcing", "tr[data-row] a.main"),
]


@pytest.mark.parametrize("phone", [False, True], ids=["1440", "390"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_screen_is_clean_and_accessible(
    demo: Site,
    open_page: Callable[..., Page],
    serious_faults: Callable[[Page], list[str]],
    language: str,
    phone: bool,
) -> None:
    found: dict[str, list[str]] = {}
    page = open_page(phone=phone, site=demo)
    page.goto(f"/sign-in?lang={language}")
    found["sign-in"] = looked_at(page, serious_faults)
    signed_in = ""
    for name, person, address, *link in sorted([*SCREENS, *FOLLOWED], key=lambda s: s[1]):
        if person != signed_in:
            sign_in(page, person)
            signed_in = person
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{name}: {answer.status}"
        if link:
            page.locator(link[0]).first.click()
            page.wait_for_load_state("networkidle")
        found[name] = looked_at(page, serious_faults)
    assert {name: faults for name, faults in found.items() if faults} == {}


def sign_in(page: Page, person: str) -> None:
    """As the person, with name and password."""
    page.context.clear_cookies(name="caselane")
    page.goto("/sign-in")
    page.fill("input[name=login]", person)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form button.pri").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def looked_at(
    page: Page,
    serious_faults: Callable[[Page], list[str]],
) -> list[str]:
    """Serious faults of the page."""
    page.wait_for_load_state("networkidle")
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    faults = [f"{width} px wider than the window"] if width > 1 else []
    return faults + serious_faults(page)
