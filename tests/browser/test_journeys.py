"""Real stories in a real browser: from sign-in to the archive, each person doing their own part."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page

from tests.browser.live import Site
from tests.browser.offices import Office
from workflows.bootstrap import PACKS
from workflows.reference.book import load_reference
from workflows.reference.fixtures import Fixtures, load_fixtures
from workflows.trials.scenarios import read_scenario

SCENARIOS = PACKS / "ordinary" / "scenarios"


@pytest.fixture(scope="module")
def fixtures() -> Fixtures:
    shared = PACKS / "_shared"
    return load_fixtures(shared / "fixtures", load_reference(shared))


def test_a_street_case_goes_from_the_patrol_to_the_archive_through_the_hands_of_its_people(
    site: Site, open_page: Callable[..., Page], fixtures: Fixtures, tmp_path: Path
) -> None:
    office = Office(site, open_page, fixtures, fixtures.parties["fruit_shop"].name)
    office.play(read_scenario(SCENARIOS / "street_case.yaml"))
    archivist = office.page("wu_gang")
    archivist.goto("/cases")
    archivist.locator("tr[data-row]", has_text=office.party).locator("a.main").first.click()
    archivist.wait_for_url("**/cases/*")
    case_url = archivist.url.split("?")[0]
    pdf = archive_of(archivist, case_url, tmp_path)
    with pikepdf.open(pdf) as book:
        assert len(book.pages) > 15
    site.run_clock()


def archive_of(page: Page, case_url: str, folder: Path) -> Path:
    """The archive PDF, once the worker has bound it."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        answer = page.request.get(f"{case_url}/archive.pdf")
        if answer.ok and answer.headers["content-type"] == "application/pdf":
            path = folder / "archive.pdf"
            path.write_bytes(answer.body())
            return path
        time.sleep(1)
    raise AssertionError("the archive was not bound in time")


def test_a_major_case_is_discussed_voted_on_and_decided_with_its_minutes(
    site: Site, open_page: Callable[..., Page], fixtures: Fixtures
) -> None:
    scenario = read_scenario(SCENARIOS / "major_case.yaml")
    start = next(s.start for s in scenario.steps if s.start)
    office = Office(site, open_page, fixtures, fixtures.start_data(start)["party"]["name"])
    office.play(scenario)
    supervisor = office.page("qiu_shan")
    supervisor.goto("/cases")
    supervisor.locator("tr[data-row]", has_text=office.party).locator("a.main").first.click()
    supervisor.wait_for_url("**/cases/*")
    case_url = supervisor.url.split("?")[0]
    supervisor.goto(f"{case_url}/documents")
    minutes = supervisor.get_by_role("link", name="重大案件集体讨论记录").first
    assert minutes.is_visible()
    supervisor.goto(f"{case_url}/record")
    assert "集体讨论" in supervisor.inner_text("main")
    site.run_clock()
