"""The pictures of the documentation, made anew: ``make pictures``, or

    python -m tests.browser.pictures docs/screenshots

A demo bureau, a monitored kitchen and a hearing on a throw-away database; each screen wide in
Chinese and English and on a phone in Chinese, with few colours so that they stay small.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import MISSING, find
from tests.browser.conftest import DESKTOP, FLAGS, PHONE, PLAYED
from tests.browser.live import Site, running_site
from tests.browser.test_screens import sign_in
from tests.browser.walking import played
from tests.database import server
from workflows.bootstrap import PACKS

CASES = "80"
COLOURS = 128
SHED, KITCHEN = "顺恒仓储", "阿涛私房菜"


def case_of(party: str, tab: str = "") -> Callable[[Page], None]:
    """From the list of cases to the party's, and to one of its tabs."""

    def go(page: Page) -> None:
        page.goto(f"/cases?q={party}")
        page.locator("tr[data-row] a.main").first.click()
        page.wait_for_url("**/cases/*")
        if tab:
            page.goto(f"{page.url.split('?')[0]}/{tab}")

    return go


def follow(link: str) -> Callable[[Page], None]:
    """The first link of the kind."""

    def go(page: Page) -> None:
        page.locator(link).first.click()
        page.wait_for_load_state("networkidle")

    return go


def paper(page: Page) -> None:
    """The decision of the hearing's case."""
    case_of(SHED, "documents")(page)
    page.get_by_role("link", name="行政处罚决定书").or_(
        page.get_by_role("link", name="Decision on a penalty")
    ).first.click()
    page.wait_for_load_state("networkidle")


def designing(page: Page) -> None:
    """A draft of the ordinary pack, opened in the designer."""
    page.locator('a.main[href*="/packs/drafts/"], a[href*="/packs/drafts/"]').or_(
        page.locator('a.main[href*="/packs/versions/"]')
    ).first.click()
    page.wait_for_load_state("networkidle")
    if "/drafts/" not in page.url:
        page.locator('form[action$="/draft"] button').first.click()
        page.wait_for_url("**/drafts/*")
    page.locator(".djs-container svg, .bjs-container svg").first.wait_for()


@dataclass(frozen=True)
class Shot:
    """One screen: who looks, where they begin, and how they go on from there."""

    name: str
    person: str
    address: str
    then: Callable[[Page], None] | None = None


ROW = "tr[data-row] a.main"
SHOTS = (
    Shot("account", "zhang_ming", "/me"),
    Shot("lead", "zhang_ming", "/leads/new"),
    Shot("leads", "zhang_ming", "/leads"),
    Shot("spot", "zhang_ming", "/spot"),
    Shot("spot-take", "zhang_ming", "/spot/littering"),
    Shot("notifications", "zhang_ming", "/notifications"),
    Shot("devices", "zhang_ming", "/devices"),
    Shot("device", "zhang_ming", "/devices/OY-017"),
    Shot("recordings", "zhang_ming", "/recordings"),
    Shot("first-violations", "zhang_ming", "/first-violations"),
    Shot("numbers", "zhang_ming", "/numbers"),
    Shot("kitchen", "zhang_ming", "/cases", case_of(KITCHEN)),
    Shot("inbox", "wang_jing", "/tasks"),
    Shot("desk", "wang_jing", "/tasks?view=all", follow(ROW)),
    Shot("discussion", "lin_fang", "/tasks?view=all", follow(ROW)),
    Shot("cases", "qian_hong", "/cases"),
    Shot("case", "qian_hong", "/cases?stage=enforcing", follow(ROW)),
    Shot("meetings", "qian_hong", "/meetings"),
    Shot("law", "qian_hong", "/law"),
    Shot("law-matters", "qian_hong", "/law/matters"),
    Shot("law-discretion", "qian_hong", "/law/discretion"),
    Shot("hearing", "yuan_chao", "/cases", case_of(SHED)),
    Shot("case-clocks", "yuan_chao", "/cases", case_of(SHED, "clocks")),
    Shot("case-process", "yuan_chao", "/cases", case_of(SHED, "process")),
    Shot("documents", "yuan_chao", "/cases", case_of(SHED, "documents")),
    Shot("document", "yuan_chao", "/cases", paper),
    Shot("packs", "fang_zhou", "/packs"),
    Shot("version", "fang_zhou", "/packs", follow('a.main[href*="/packs/versions/"]')),
    Shot("designer", "fang_zhou", "/packs", designing),
    Shot("supervision", "qiu_shan", "/supervision"),
    Shot("late-cases", "qiu_shan", "/supervision/cases?set=late"),
    Shot("case-timeline", "qiu_shan", "/supervision/cases", follow(ROW)),
    Shot("refusals", "qiu_shan", "/supervision/refusals"),
    Shot("people", "sun_li", "/people"),
    Shot("person", "sun_li", "/people", follow(ROW)),
    Shot("absence", "sun_li", "/people/absences/new"),
)


def take(browser: Browser, site: Site, folder: Path) -> list[str]:
    """Every shot in each form; returns those that could not be had, with the reason."""
    missing: list[str] = []
    for language, phone in (("zh-CN", False), ("zh-CN", True), ("en", False)):
        context = browser.new_context(
            base_url=site.url,
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
            locale=language,
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        suffix = ("390" if phone else "1440") + ("-en" if language == "en" else "")
        page.goto(f"/sign-in?lang={language[:2]}")
        keep(page, folder / f"sign-in-{suffix}.png")
        signed_in = ""
        for shot in SHOTS:
            if shot.person != signed_in:
                sign_in(page, shot.person)
                signed_in = shot.person
            try:
                look(page, shot, folder / f"{shot.name}-{suffix}.png")
            except Exception as failure:
                missing.append(f"{shot.name}-{suffix}: {failure!s:.200}")
        context.close()
    return missing


def look(page: Page, shot: Shot, path: Path) -> None:
    """Go there and keep the picture."""
    page.goto(shot.address)
    if shot.then is not None:
        shot.then(page)
    keep(page, path)


def keep(page: Page, path: Path) -> None:
    """The window as a picture of few colours: a third of the size, the same to the eye."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot()))
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def main(folder: Path) -> int:
    """All pictures; 1 with a list when some could not be had."""
    executable = find()
    if executable is None:
        sys.exit(MISSING)
    folder.mkdir(parents=True, exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with server() as databases, tempfile.TemporaryDirectory() as var, sync_playwright() as play:
        url = databases.with_bureau()
        browser = play.chromium.launch(executable_path=str(executable), args=[*FLAGS, *sandbox])
        with running_site(url, Path(var)) as site:
            site.console("demo", "--cases", CASES)
            for path in PLAYED:
                played(site, PACKS / path)
            site.run_clock()
            missing = take(browser, site, folder)
        browser.close()
        databases.drop(url)
    print("\n".join(missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
