"""The case of scenario 1 (店外经营) on its way, so that a page can take any of its steps."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from workflows.bootstrap import PACKS
from workflows.reference.book import load_reference
from workflows.reference.fixtures import Fixtures, load_fixtures
from workflows.trials.player import play
from workflows.trials.scenarios import Scenario, Step, read_scenario
from workflows.trials.theatre import Theatre

SHARED = PACKS / "_shared"
STORY = PACKS / "ordinary" / "scenarios" / "street_case.yaml"


MENU = (
    "jurisdiction", "party_identity", "facts_clear", "evidence_enough", "basis_right",
    "correction_first", "exemption_checked", "discretion_fit", "appearance_place_public",
    "appearance_order_served", "appearance_recheck_photo",
)  # fmt: skip
"""What the reviewer of the fruit shop's case is asked, in the order of the page."""
PASSING = {
    "review": "pass",
    "opinion": "agree",
    **{f"checklist-{n}-item": item for n, item in enumerate(MENU)},
    **{f"checklist-{n}-result": "met" for n in range(len(MENU))},
}
"""A passing opinion as the page posts it."""


@cache
def story() -> Scenario:
    """Scenario 1 without the attempts that the law refuses."""
    whole = read_scenario(STORY)
    return replace(whole, steps=tuple(s for s in whole.steps if not s.expect.get("refused")))


@cache
def fixtures() -> Fixtures:
    """The shared people, parties and evidence."""
    return load_fixtures(SHARED / "fixtures", load_reference(SHARED))


def walk(theatre: Theatre, until: str | None = None, *, visit: int = 1) -> uuid.UUID:
    """Take every step before the `visit`-th time that `until` waits; None walks to the end.

    The clock then stands at the moment at which the story takes that step.
    """
    steps = list(_before(until, visit))
    report = play(theatre, replace(story(), steps=tuple(steps)), fixtures())
    assert report.ok, report.plain()
    assert report.case_id is not None
    if until is not None:
        theatre.move_to(story().steps[len(steps)].at, report.case_id)
    return report.case_id


def _before(until: str | None, visit: int) -> Iterator[Step]:
    for step in story().steps:
        visit -= step.task == until and until is not None
        if visit == 0:
            return
        yield step
    assert until is None, f"the story never comes to {until}"
