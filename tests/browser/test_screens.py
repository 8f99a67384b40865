"""Every screen with a demo bureau in it: answers, keeps its console clean, and axe finds nothing
serious, on a desk and on a phone, in Chinese and in English.

`CASELANE_SCREENSHOTS=docs/screenshots` keeps the pictures that the documentation shows.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.live import Site
from tests.database import PASSWORD

KEPT = os.environ.get("CASELANE_SCREENSHOTS")

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
    found["sign-in"] = looked_at(page, "sign-in", language, phone, serious_faults)
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
        found[name] = looked_at(page, name, language, phone, serious_faults)
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
    name: str,
    language: str,
    phone: bool,
    serious_faults: Callable[[Page], list[str]],
) -> list[str]:
    """Serious faults of the page; keeps its picture where asked for (Chinese ones)."""
    page.wait_for_load_state("networkidle")
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    faults = [f"{width} px wider than the window"] if width > 1 else []
    if KEPT:
        suffix = ("390" if phone else "1440") + ("" if language == "zh" else "-en")
        Path(KEPT).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(KEPT) / f"{name}-{suffix}.png"))
    return faults + serious_faults(page)
