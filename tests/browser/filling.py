"""Filling in forms as a person does: by the names that controls carry, in the form's order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page

SKIPPED = frozenset({"proof", "legal_subject"})
"""Asked only of some: the legal subject of who works for several, proof where there is any."""


def fill(page: Page, data: Mapping[str, Any], prefix: str = "") -> None:
    """Every value of the data into its control."""
    for name, value in data.items():
        if name not in SKIPPED:
            _one(page, f"{prefix}{name}", value)


def _one(page: Page, name: str, value: Any) -> None:
    if isinstance(value, Mapping):
        folded = page.locator(f'[data-field="{name}"] details.more:not([open]) > summary')
        for summary in folded.all():
            summary.click()
        fill(page, value, f"{name}-")
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        _rows(page, name, value)
    else:
        _control(page, name, value)


def _rows(page: Page, name: str, rows: list[Mapping[str, Any]]) -> None:
    place = page.locator(f'[data-field="{name}"]').first
    listed, add = place.locator("[data-rowset] > li"), place.locator("[data-add-row]")
    # A list of questions has its rows already.
    while add.count() and listed.count() < len(rows):
        add.click()
    for number, row in enumerate(rows):
        fill(page, row, f"{name}-{number}-")


def _control(page: Page, name: str, value: Any) -> None:
    found = page.locator(f'[name="{name}"]')
    if found.count() == 0:
        raise AssertionError(f"{page.url}: no control named {name}")
    kind = found.first.get_attribute("type") or found.first.evaluate("e => e.tagName")
    match kind.lower():
        case "radio":
            _tick(page.locator(f'input[name="{name}"][value="{value}"]'), True)
        case "checkbox":
            _boxes(found, value)
        case "select":
            if found.is_visible():
                found.select_option(str(value))
        case "hidden":
            return
        case _:
            _type(found, "" if value is None else str(value))


def _type(found: Locator, text: str) -> None:
    if found.is_visible():
        found.fill(text)


def _boxes(found: Locator, value: Any) -> None:
    if isinstance(value, bool):
        _tick(found, value)
        return
    wanted = {str(each) for each in (value if isinstance(value, list) else [value])}
    for box in found.all():
        _tick(box, box.get_attribute("value") in wanted)


def _tick(box: Locator, on: bool) -> None:
    # The control is drawn by its label; the input itself may lie under it.
    box.set_checked(on, force=True)


def _answer_checklist(page: Page) -> None:
    """A reviewer answers each question; those that the data leave open are met."""
    for met in page.locator('[data-field="checklist"] input[type=radio][value="met"]').all():
        name = met.get_attribute("name")
        if page.locator(f'input[name="{name}"]:checked').count() == 0:
            _tick(met, True)


def submit(page: Page) -> None:
    """Press the one primary button of the desk, and be refused nothing."""
    before = page.url
    _answer_checklist(page)
    button = page.locator("form[data-main] button.pri").first
    with page.expect_navigation(wait_until="load"):
        button.click()
    refused = page.locator(".errsum, .banner.late[role=alert]")
    if page.url == before or refused.count():
        told = " / ".join(refused.all_inner_texts()) or page.inner_text("main")[:600]
        raise AssertionError(f"{before}: {told}")
