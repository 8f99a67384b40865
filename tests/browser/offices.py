"""People at their desks in a browser: each with cookies of their own, in turn on one case."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.browser.filling import fill, submit
from tests.browser.live import Site
from tests.database import PASSWORD
from workflows.reference.fixtures import Fixtures
from workflows.trials.scenarios import Scenario, Step

WORKER_SECONDS = 60.0
"""The worker looks for due clocks every half minute."""


@dataclass
class Office:
    """The people of a story, each signed in once."""

    site: Site
    open_page: Callable[..., Page]
    fixtures: Fixtures
    party: str
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, person: str) -> Page:
        """The person's browser; signed in by name and password when first needed."""
        if person not in self.pages:
            page = self.open_page()
            page.goto("/sign-in")
            page.fill("input[name=login]", person)
            page.fill("input[name=password]", PASSWORD)
            page.locator("form button.pri").first.click()
            page.wait_for_url(lambda url: "/sign-in" not in url)
            self.pages[person] = page
        return self.pages[person]

    def play(self, scenario: Scenario, *, until: str | None = None) -> None:
        """Every step of the story that the law allows, each by its person at its moment."""
        for step in scenario.steps:
            if step.task == until and until is not None:
                return
            if not step.expect.get("refused"):
                self.take(step)

    def take(self, step: Step) -> None:
        """One step: the lead's form, or the task from the inbox."""
        self.site.set_clock(step.at)
        page = self.page(step.actor)
        if step.start is not None:
            page.goto("/leads/new")
            fill(page, self.data(step))
        else:
            self.desk(step.actor, step.task or "")
            fill(page, self.data(step))
        submit(page)

    def desk(self, person: str, element: str) -> None:
        """From the inbox to the desk of the case's task; a clock may have to run out first."""
        page = self.page(person)
        deadline = time.monotonic() + WORKER_SECONDS
        while True:
            page.goto("/tasks?view=all")
            row = page.locator("tr[data-row]", has_text=self.party)
            link = row.locator(f'a.main[data-element="{element}"], a.main')
            if link.count():
                link.first.click()
                page.wait_for_url("**/tasks/*")
                return
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"{person} has no task for {self.party}: {page.inner_text('main')}"
                )
            time.sleep(1)

    def data(self, step: Step) -> dict[str, Any]:
        """What the step's person fills in, with fixtures written out."""
        data: dict[str, Any] = {**step.data}
        if step.start is not None:
            data = {**self.fixtures.start_data(step.start), **data}
        if step.second is not None:
            data["second_handler"] = step.second
        party = data.get("party")
        if isinstance(party, str):
            data["party"] = self.fixtures.parties[party].plain()
        if "evidence" in data:
            data["evidence"] = [self._item(item, step) for item in data["evidence"]]
        return _ordered(data)

    def _item(self, item: Any, step: Step) -> dict[str, Any]:
        at = step.at.strftime("%Y-%m-%dT%H:%M")
        known = self.fixtures.evidence[item].plain() if isinstance(item, str) else item
        return {"collected_at": at, **known}


def _ordered(data: Mapping[str, Any]) -> dict[str, Any]:
    """What decides about other fields comes first."""
    first = ("conclusion", "outcome", "proposal", "review", "statement", "discussion_result")
    return {k: data[k] for k in first if k in data} | {
        k: v for k, v in data.items() if k not in first
    }
