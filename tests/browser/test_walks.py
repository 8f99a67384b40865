"""Scenarios of the law walked in a browser: hearing, non-site, first violation, quick handling.

Each form of the part that a story is about is filled by its people at least once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.live import Site, running_site
from tests.browser.offices import Office
from tests.browser.walking import Walk, read_fixtures, theatre_of
from tests.database import Databases
from workflows.bootstrap import PACKS
from workflows.trials.scenarios import read_scenario


@dataclass(frozen=True)
class Walked:
    """A scenario's file and what of it is done by hand."""

    file: str
    by_hand: frozenset[str]
    last: str | None = "serve_decision"


STORIES = [
    Walked(
        "ordinary/scenarios/hearing_shed.yaml",
        frozenset(
            [
                "start",
                "appraisal",
                "record_appraisal_result",
                "serve_appraisal_result",
                "record_appraisal_objection",
                "supplement",
                "AnswerObjections",
                "hearing",
                "admit_hearing",
                "appoint_host",
                "notify_hearing",
                "hold_hearing",
                "write_hearing_report",
                "review_after_hearing",
                "issue_decision",
                "serve_decision",
            ]
        ),
    ),
    Walked(
        "nonsite/scenarios/fumes.yaml",
        frozenset(
            [
                "RegisterDevice",
                "RecordDeviceAudit",
                "RecordCalibration",
                "PublishDevice",
                "RegisterRecording",
                "ReviewRecording",
                "start",
                "LinkRecording",
                "verify_lead",
                "order_correction",
                "recheck",
                "RecordEvidenceQuery",
                "record_statement",
                "reexamine_statement",
                "legal_review",
                "issue_decision",
            ]
        ),
    ),
    Walked("ordinary/scenarios/exempt_first.yaml", frozenset({"*"}), None),
    Walked("quick/scenarios/straw_quick.yaml", frozenset({"*"})),
]


@pytest.fixture
def quiet_site(databases: Databases, tmp_path: Path) -> Iterator[Site]:
    """A site of the story's own: its people, its parties and its days meet no other case."""
    url = databases.with_bureau()
    with running_site(url, tmp_path) as site:
        yield site
    databases.drop(url)


@pytest.mark.parametrize("walked", STORIES, ids=lambda walked: walked.file.split("/")[-1])
def test_people_walk_the_scenario_through_its_pages(
    quiet_site: Site, open_page: Callable[..., Page], walked: Walked
) -> None:
    scenario = read_scenario(PACKS / walked.file)
    with theatre_of(quiet_site) as theatre:
        walk = Walk(
            Office(quiet_site, partial(open_page, site=quiet_site), read_fixtures(), ""),
            theatre,
            scenario,
            walked.by_hand,
            walked.last,
        )
        walk.go()
    quiet_site.run_clock()
    assert walked.by_hand <= {*walk.walked, "*"}
