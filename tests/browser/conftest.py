"""Chromium and a running site. Every page that a test opens must keep its console clean."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.chromium import MISSING, find
from tests.browser.live import Site, running_site
from tests.browser.walking import played
from tests.database import Databases
from workflows.bootstrap import PACKS

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")

ITS_OWN = ("data:", "blob:", "about:", "chrome-extension:", "chrome:")
"""What a browser asks of itself; the last two are its viewer of PDF files."""

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    executable = find()
    if executable is None:
        pytest.fail(MISSING, pytrace=False)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(executable), args=[*FLAGS, *sandbox]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo site with people but no cases, shared by the run: make your own cases."""
    url = databases.with_bureau()
    with running_site(url, tmp_path_factory.mktemp("site")) as site:
        yield site
    databases.drop(url)


CASES = "24"
PLAYED = ("nonsite/scenarios/fumes.yaml", "ordinary/scenarios/hearing_shed.yaml")


@pytest.fixture(scope="session")
def demo(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a small demo bureau at work, a monitored kitchen and a hearing."""
    url = databases.with_bureau()
    with running_site(url, tmp_path_factory.mktemp("demo")) as site:
        site.console("demo", "--cases", CASES)
        for path in PLAYED:
            played(site, PACKS / path)
        site.run_clock()
        yield site
    databases.drop(url)


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator[OpenPage]:
    """``open_page(phone=False, dark=False, language="zh-CN")``: a page with cookies of its own.

    After the test: no page wrote an error to its console or asked another host for anything.
    """
    faults: list[str] = []
    with ExitStack() as contexts:

        def open_one(
            *,
            phone: bool = False,
            dark: bool = False,
            language: str = "zh-CN",
            site: Site = site,
        ) -> Page:
            context = chromium.new_context(
                base_url=site.url,
                viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
                color_scheme="dark" if dark else "light",
                locale=language,
                timezone_id="Asia/Shanghai",
                accept_downloads=True,
            )
            contexts.callback(context.close)
            _watch(context, site, faults)
            return context.new_page()

        yield open_one
    assert faults == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A desktop page in Chinese."""
    return open_page()


def _watch(context: BrowserContext, site: Site, faults: list[str]) -> None:
    def heard(message: ConsoleMessage) -> None:
        # A refused form answers 4xx on purpose, and Chromium reports that as an error.
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(f"console: {message.text}")

    def asked(request: Any) -> None:
        if not request.url.startswith((site.url, *ITS_OWN)):
            faults.append(f"another host was asked: {request.url}")

    context.on("console", heard)
    context.on("weberror", lambda error: faults.append(f"uncaught: {error.error}"))
    context.on("request", asked)


@pytest.fixture
def serious_faults() -> Callable[[Page], list[str]]:
    """``serious_faults(page)``: what axe finds on it, serious and critical only."""

    def run(page: Page) -> list[str]:
        found = Axe().run(page).response["violations"]
        return [
            f"{fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in found
            if fault["impact"] in SERIOUS
            for node in fault["nodes"]
        ]

    return run
