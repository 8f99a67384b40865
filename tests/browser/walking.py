"""Walking a scenario file in the browser: its people fill the pages that its steps name.

What is not walked by hand is done by the same commands in this process, on the same database, so
that a long story starts where it becomes interesting. What the law refuses is left out: refusals
are proved where scenarios are rehearsed.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page
from sqlalchemy import select

from models.case import Case
from models.errors import DomainError
from models.task import Task
from models.types import TaskState
from tests.browser.filling import fill, submit
from tests.browser.live import Site
from tests.browser.offices import Office
from webapp.casepage import ACTION_WORDS
from webapp.views.devices import ENTRIES
from workflows.bootstrap import PACKS, build
from workflows.later import Collected
from workflows.reference.book import load_reference
from workflows.reference.fixtures import Fixtures, load_fixtures
from workflows.settings import Settings
from workflows.trials.player import differences, play
from workflows.trials.scenarios import Scenario, Step, read_scenario
from workflows.trials.theatre import MovableClock, Theatre

DEVICE_ENTRIES = {entry.command: name for name, entry in ENTRIES.items()}
ADDRESSED = frozenset({"subject", "device", "recording"})
RACES = 5
SERVED = "serve_decision"
"""Where the stories of the demo end: what follows is proved where scenarios are rehearsed."""
NOTHING: frozenset[str] = frozenset()
ALL = frozenset({"*"})
"""Every step by hand."""


@contextmanager
def theatre_of(site: Site) -> Iterator[Theatre]:
    """The running site's program in this process; its worker carries deferred jobs out."""
    clock = MovableClock()
    application = build(Settings.from_environment(site.environment()), clock=clock)
    try:
        yield Theatre(application, clock, Collected())
    finally:
        application.close()


@dataclass
class Walk:
    """One scenario on a running site.

    `by_hand` names what is done in the browser: elements of tasks, sides, commands, "start".
    """

    office: Office
    theatre: Theatre
    scenario: Scenario
    by_hand: frozenset[str] = ALL
    last: str | None = None
    case_id: uuid.UUID | None = None
    walked: list[str] = field(default_factory=list)
    on_page: Callable[[Page, Step], None] | None = None
    """Called with every page that is filled, just before its button is pressed."""

    def go(self) -> None:
        """Take every step that the law allows, in order."""
        for step in self._told():
            if not step.expect.get("refused"):
                self.take(step)

    def _told(self) -> tuple[Step, ...]:
        """The story up to its `last` step, all of it where none is named."""
        if self.last is None:
            return self.scenario.steps
        names = [name_of(step) for step in self.scenario.steps]
        return self.scenario.steps[: len(names) - names[::-1].index(self.last)]

    def take(self, step: Step) -> None:
        """One step, by hand or by command; what it expects of the case holds afterwards."""
        self.office.site.set_clock(step.at)
        self._pass_time(step.at)
        if self.by_hand & {"*", name_of(step)}:
            self._by_hand(step)
        else:
            self._by_command(step)

    def _pass_time(self, at: datetime) -> None:
        """Clocks on the way fire here; the site's worker may be a moment faster with one."""
        for _ in range(RACES):
            try:
                return self.theatre.move_to(at, self.case_id)
            except DomainError:
                continue
        raise AssertionError(f"clocks do not stop firing before {at}")

    def _by_command(self, step: Step) -> None:
        alone = replace(self.scenario, steps=(step,))
        report = play(self.theatre, alone, self.office.fixtures, self.case_id)
        assert report.ok, report.plain()
        self.case_id = report.case_id

    def _by_hand(self, step: Step) -> None:
        page = self.office.page(step.actor)
        self._open(page, step)
        fill(page, self._data(step))
        if self.on_page is not None:
            self.on_page(page, step)
        submit(page)
        self.walked.append(name_of(step))
        if step.start is not None:
            self.case_id = self._newest_case()
        assert differences(self.theatre, step, self.case_id) == [], step.name

    def _data(self, step: Step) -> dict[str, Any]:
        """What is typed: not what the address of a device's or recording's page says already."""
        data = self.office.data(step)
        asked = page_asks(self.office.page(step.actor))
        return {k: v for k, v in data.items() if k not in ADDRESSED or k in asked}

    def _open(self, page: Page, step: Step) -> None:
        if step.start is not None:
            page.goto(f"/leads/new?pack={self.scenario.pack}")
        elif step.task is not None:
            self._from_inbox(page, step.task)
        elif step.side is not None:
            self._from_menu(page, f"/cases/{self.case_id}/start/{step.side}")
        else:
            self._to_command(page, step)

    def _to_command(self, page: Page, step: Step) -> None:
        command = step.command or ""
        if command in ACTION_WORDS:
            action = ACTION_WORDS[command][0]
            self._from_menu(page, f"/cases/{self.case_id}/do/{action}")
        elif command in DEVICE_ENTRIES:
            page.goto(f"/devices/{step.data['device']}")
            _follow(page, page.locator(f'a[href$="/do/{DEVICE_ENTRIES[command]}"]'))
        elif command == "ReviewRecording":
            page.goto(f"/recordings/{step.data['recording']}")
            _follow(page, page.locator('a[href$="/review"]'))
        else:
            page.goto(
                {"RegisterDevice": "/devices/new", "RegisterRecording": "/recordings/new"}[command]
            )

    def _from_inbox(self, page: Page, element: str) -> None:
        page.goto("/tasks?view=all")
        link = page.locator(f'tr[data-row] a.main[href*="{self._task(element)}"]')
        _follow(page, link)

    def _from_menu(self, page: Page, address: str) -> None:
        page.goto(f"/cases/{self.case_id}")
        link = page.locator(f'a[href="{address}"]')
        folded = page.locator("details.menu:visible", has=link).first
        if folded.count():
            folded.locator("summary").click()
        _follow(page, link.locator("visible=true"))

    def _task(self, element: str) -> uuid.UUID:
        query = select(Task.id).where(
            Task.case_id == self.case_id, Task.element == element, Task.state == TaskState.OPEN
        )
        with self.theatre.application.transactions.read() as session:
            found = session.scalar(query)
        assert found is not None, f"nothing waits at {element}"
        return found

    def _newest_case(self) -> uuid.UUID:
        query = select(Case.id).order_by(Case.opened_at.desc(), Case.id.desc()).limit(1)
        with self.theatre.application.transactions.read() as session:
            return session.scalars(query).one()


def page_asks(page: Page) -> set[str]:
    """Names of the fields that the open page draws."""
    return set(page.locator("[data-field]").evaluate_all("all => all.map(e => e.dataset.field)"))


def played(site: Site, path: Path) -> None:
    """A scenario on the site's database without a browser: every step by its command."""
    with theatre_of(site) as theatre:
        office = Office(site, _no_page, read_fixtures(), "")
        Walk(office, theatre, read_scenario(path), NOTHING, SERVED).go()


def _no_page(**_: Any) -> Page:
    raise AssertionError("this story is played by command")


def read_fixtures() -> Fixtures:
    """The shared parties, beginnings and evidence."""
    shared = PACKS / "_shared"
    return load_fixtures(shared / "fixtures", load_reference(shared))


def name_of(step: Step) -> str:
    """What the step is called in `by_hand`."""
    return step.task or step.side or step.command or "start"


def _follow(page: Page, link: Locator) -> None:
    assert link.count(), f"{page.url} does not lead there: {page.inner_text('main')[:800]}"
    with page.expect_navigation(wait_until="load"):
        link.first.click()
