"""Every scenario of every pack, on real PostgreSQL; each state is loaded again at its step."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from models.calendar import WorkCalendar
from models.case import Case
from models.process import ProcessInstance
from tests.database import Databases
from workflows import audit, engine
from workflows.bootstrap import PACKS
from workflows.clocks import ClockKeeper
from workflows.database import connect
from workflows.lawbook import LawBook
from workflows.reference.book import load_reference
from workflows.reference.fixtures import Fixtures, load_fixtures
from workflows.trials.given import is_bare
from workflows.trials.player import Report, play
from workflows.trials.rehearsal import rehearse, theatre
from workflows.trials.scenarios import read_scenario
from workflows.trials.theatre import Theatre

SCENARIOS = sorted(PACKS.glob("*/scenarios/*.yaml"))


@pytest.fixture(scope="module")
def fixtures() -> Fixtures:
    """The shared fixtures."""
    shared = PACKS / "_shared"
    return load_fixtures(shared / "fixtures", load_reference(shared))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda p: f"{p.parent.parent.name}/{p.stem}")
def test_the_scenario_holds_with_every_date_refusal_task_and_document(
    path: Path, databases: Databases, fixtures: Fixtures, tmp_path: Path
) -> None:
    scenario = read_scenario(path)
    if not is_bare(scenario.given):
        report = rehearse(scenario, ShapedDatabases(databases))
    else:
        url = databases.with_bureau()
        with theatre(connect(url, pool_size=2), url, tmp_path) as stage:
            report = play(stage, scenario, fixtures)
            assert_states_load_again(stage)
            assert_chain_holds(stage)
            assert_case_row_knows_its_clocks(stage)
        databases.drop(url)
    assert report.ok, told(report)


def told(report: Report) -> str:
    """The differences as the failing test shows them."""
    return "\n".join(f"{p.step.name}: {d}" for p in report.played for d in p.differences)


def assert_states_load_again(stage: Theatre) -> None:
    """A saved state, loaded and saved again, is the same state."""
    application = stage.application
    with application.transactions.read() as session:
        for process in session.scalars(select(ProcessInstance)):
            pack = application.catalogue.version(session, process.pack_version_id)
            source = pack.source_for(process.side)
            assert engine.inspect(source, process.state).digest == process.digest


def assert_chain_holds(stage: Theatre) -> None:
    """Nobody changed, removed or reordered an act."""
    with stage.application.transactions.read() as session:
        assert list(audit.verify(session)) == []


def assert_case_row_knows_its_clocks(stage: Theatre) -> None:
    """What the case row repeats of its clocks is what the clocks say."""
    application = stage.application
    with application.transactions.read() as session:
        for case in session.scalars(select(Case)):
            keeper = ClockKeeper(session, case, LawBook(0, {}, WorkCalendar({})), stage.clock.now)
            repeated = keeper.dues()
            assert keeper.rows is not None
            assert keeper.dues() == repeated


class ShapedDatabases:
    """The test databases as a rehearsal wants them: empty means shaped but without rows."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases

    def empty(self) -> str:
        return self.databases.fresh()

    def drop(self, url: str) -> None:
        self.databases.drop(url)
