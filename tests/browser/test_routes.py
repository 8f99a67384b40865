"""Every page that the program has: found in its own table of routes, so that none is forgotten.

Each answers somebody, fits the window, keeps its console clean, and axe finds nothing serious on
it: wide and Chinese, narrow and English. Pages about a thing are opened with the first one that
the demo bureau (and two played scenarios) has.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from models.tables import METADATA
from tests.browser.live import Site
from tests.browser.offices import Office
from tests.browser.walking import read_fixtures, theatre_of
from tests.database import settings_for
from webapp import create_app
from webapp.views.casework import ACTIONS
from webapp.views.devices import ENTRIES
from workflows.bootstrap import PACKS, build
from workflows.trials.theatre import Theatre

PEOPLE = (
    "zhang_ming", "qian_hong", "wang_jing", "fang_zhou", "qiu_shan", "sun_li", "tian_ye",
    "zhou_min", "zheng_hui", "wu_gang", "ren_jing", "lin_fang", "yuan_chao", "lu_qian",
)  # fmt: skip
"""Tried in this order: one of them sees any page."""
TABLES = {
    "version_id": "pack_version",
    "draft_id": "pack_draft",
    "change_id": "law_change",
    "loan_id": "file_loan",
    "letter_id": "supervision_letter",
    "record_id": "report_record",
    "table_id": "discretion_table",
}
SAMPLES = {
    "code": "select code from device",
    "number": "select number from recording",
    "key": "select key from person",
    "matter": "select 'littering'",
    "tab": "select 'facts'",
    "element": "select 'verify_lead'",
    "listed": "select 'cases'",
    "form": "select 'pdf'",
    "address": "select address from publication",
    "name": "select 'public.css'",
}
KEYS = {
    "law.parameter": "select 'simple.ceiling.natural_person'",
    "law.matter": "select 'littering'",
    "laws.show": "select 'APL'",
}
CHOICES = {"action": sorted(ACTIONS), "entry": sorted(ENTRIES)}
WIDEST = 1
"""Pixels by which a page may be wider than the window."""


@dataclass(frozen=True)
class Route:
    """One GET route: its name and the addresses to try, first that answers is looked at."""

    endpoint: str
    addresses: tuple[str, ...]


@dataclass
class Visitors:
    """People, each signed in when first needed."""

    office: Office
    pages: dict[str, Page] = field(default_factory=dict)

    def opened(self, route: Route) -> Page | None:
        """The page of whoever may see it; None where it is no page (a file, a fragment)."""
        refused = []
        for person in PEOPLE:
            page = self.office.page(person)
            for address in route.addresses:
                answer = page.request.get(address, headers={"Accept": "text/html"})
                if answer.status != 200:
                    refused.append(answer.status)
                elif not is_page(answer):
                    return None
                else:
                    page.goto(address)
                    return page
        # Some pages exist only for a moment of a case, such as a way that is not open to it.
        assert set(refused) <= {403, 404, 409}, f"{route.endpoint}: {sorted(set(refused))}"
        return None


def is_page(answer: Any) -> bool:
    """Whether the answer is a whole page, no part that a page loads."""
    return answer.headers["content-type"].startswith("text/html") and "<html" in answer.text()


def routes(site: Site) -> list[Route]:
    """All GET routes with addresses; a new kind of argument must be given its sample here."""
    with theatre_of(site) as theatre, tempfile.TemporaryDirectory() as var:
        settings = settings_for(site.database_url, Path(var))
        rules = create_app(settings, application=build(settings)).url_map.iter_rules()
        return [
            Route(rule.endpoint, addresses(theatre, rule))
            for rule in sorted(rules, key=lambda rule: rule.rule)
            if "GET" in (rule.methods or ()) and not rule.rule.startswith(("/api", "/static"))
        ]


def addresses(theatre: Theatre, rule: Any) -> tuple[str, ...]:
    """The rule with its arguments filled; none where the demo has no such thing."""
    found = [rule.rule]
    for name in re.findall(r"<(?:[^:<>]*(?:\([^)]*\))?:)?(\w+)>", rule.rule):
        values = samples(theatre, rule.endpoint, name)
        pattern = re.compile(rf"<(?:[^:<>]*(?:\([^)]*\))?:)?{name}>")
        found = [pattern.sub(str(v), address, count=1) for address in found for v in values]
    return tuple(found)


def samples(theatre: Theatre, endpoint: str, name: str) -> list[Any]:
    """Values for an argument of a route."""
    if name in CHOICES:
        return CHOICES[name]
    if name == "side":
        return sorted(path.stem for path in (PACKS / "_shared" / "side").glob("*.yaml"))
    query = KEYS.get(endpoint) or SAMPLES.get(name)
    if query is None:
        table = TABLES.get(name, name.removesuffix("_id"))
        assert table in METADATA.tables, f"{endpoint}: no sample for <{name}>"
        waiting = " where state = 'open'" if table == "task" else ""
        query = f'select id from "{table}"{waiting} limit 3'
    with theatre.application.transactions.read() as session, suppress(ProgrammingError):
        return list(session.scalars(text(query)))[:3]
    raise AssertionError(f"{endpoint}: <{name}> is not to be had by {query}")


@pytest.mark.parametrize(
    ("language", "phone"),
    [("zh", False), pytest.param("en", True, marks=pytest.mark.proof)],
)
def test_every_route_that_is_a_page_is_clean_and_accessible(
    demo: Site,
    open_page: Callable[..., Page],
    serious_faults: Callable[[Page], list[str]],
    language: str,
    phone: bool,
) -> None:
    locale = {"zh": "zh-CN", "en": "en"}[language]

    def opened(**_: Any) -> Page:
        return open_page(phone=phone, site=demo, language=locale)

    visitors = Visitors(Office(demo, opened, read_fixtures(), ""))
    found: dict[str, list[str]] = {}
    seen = []
    for route in routes(demo):
        page = visitors.opened(route)
        if page is not None:
            seen.append(route.endpoint)
            found[route.endpoint] = looked_at(page, serious_faults)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(set(seen)) > 50


def looked_at(page: Page, serious_faults: Callable[[Page], list[str]]) -> list[str]:
    """What is wrong with the open page."""
    page.wait_for_load_state("networkidle")
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    too_wide = [f"{width} px wider than the window"] if width > WIDEST else []
    return too_wide + serious_faults(page)
