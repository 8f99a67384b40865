"""A small demo on real PostgreSQL: played through the front door, in order, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.audit import AuditEvent
from models.case import Case
from models.clock import StatutoryClock
from models.document import NumberTaken
from models.evidence import Evidence
from models.identifiers import check_id_card, check_uscc
from models.note import RefusedAttempt
from models.process import ProcessInstance
from models.types import EXITS, ClockState
from tests.database import Databases, settings_for
from tests.workflows.reference.shipped import REFERENCE
from workflows import audit, engine
from workflows.blobs import recognise
from workflows.bootstrap import Application, build
from workflows.clock import system_clock
from workflows.queries.progress import DEMO, DONE, RUNNING, advance
from workflows.scheduler import Scheduler
from workflows.trials.demo import Demo, announce, drawn, later
from workflows.trials.repertoire import STANDSTILLS, Repertoire
from workflows.trials.stories import SHAPES, Story
from workflows.trials.theatre import MovableClock

TODAY = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
CASES = 6


@pytest.fixture
def stage(databases: Databases, tmp_path: Path) -> Iterator[tuple[Application, MovableClock]]:
    """The program as `caselane demo` builds it, on a database with the bureau's people."""
    url, clock = databases.with_bureau(), MovableClock()
    settings = replace(settings_for(url, tmp_path), clock_file=None)
    made = build(settings, clock=clock, later=later())
    yield made, clock
    made.close()
    databases.drop(url)


def count(application: Application, what: type) -> int:
    with application.transactions.read() as session:
        return session.scalar(select(func.count()).select_from(what)) or 0


def test_a_small_demo_is_lawful_complete_and_made_once(
    stage: tuple[Application, MovableClock],
) -> None:
    application, clock = stage
    outcome = Demo(application, clock, REFERENCE).fill(CASES, TODAY)
    assert outcome.failures == []
    assert outcome.played == outcome.total == count(application, Case) == CASES
    assert count(application, RefusedAttempt) == 0
    with application.transactions.read() as session:
        assert not list(audit.verify(session))
        advanced = advance(session, DEMO)
        assert advanced is not None
        assert (advanced.done, advanced.total, advanced.state) == (CASES, CASES, DONE)
    assert_states_load_again(application)
    assert_nothing_ran_out_unseen(application)
    assert_numbers_follow_time(application)
    assert_files_are_what_they_say(application)

    events = count(application, AuditEvent)
    again = Demo(application, clock, REFERENCE).fill(CASES * 2, TODAY + timedelta(days=3))
    assert again.played == CASES
    assert count(application, AuditEvent) == events


def assert_states_load_again(application: Application) -> None:
    with application.transactions.read() as session:
        for process in session.scalars(select(ProcessInstance)):
            pack = application.catalogue.version(session, process.pack_version_id)
            case = session.get_one(Case, process.case_id)
            loaded = engine.inspect(pack.source_for(process.side), process.state)
            assert loaded.digest == process.digest
            assert bool(loaded.open_tasks) == (case.stage not in EXITS)


def assert_nothing_ran_out_unseen(application: Application) -> None:
    with application.transactions.read() as session:
        late = select(StatutoryClock).where(
            StatutoryClock.state == ClockState.RUNNING, StatutoryClock.due_at <= TODAY
        )
        assert session.scalars(late).all() == []


def assert_numbers_follow_time(application: Application) -> None:
    with application.transactions.read() as session:
        rows = session.scalars(
            select(NumberTaken).order_by(
                NumberTaken.subject_id, NumberTaken.kind, NumberTaken.year, NumberTaken.sequence
            )
        ).all()
    for before, after in pairwise(rows):
        if (before.subject_id, before.kind, before.year) == (
            after.subject_id,
            after.kind,
            after.year,
        ):
            assert before.taken_at <= after.taken_at


def assert_files_are_what_they_say(application: Application) -> None:
    with application.transactions.read() as session:
        stored = session.scalars(select(Evidence).where(Evidence.sha256.is_not(None))).all()
    assert stored
    for item in stored:
        assert item.sha256 is not None
        assert recognise(application.blobs.path(item.sha256)).mime == item.media_type


def test_a_demo_that_was_stopped_goes_on_where_it_was(
    stage: tuple[Application, MovableClock],
) -> None:
    application, clock = stage
    acts = iter(range(1000))
    cut = Demo(application, clock, REFERENCE, stop=lambda: next(acts) >= 20).fill(3, TODAY)
    assert cut.stopped
    done = count(application, AuditEvent)
    whole = Demo(application, clock, REFERENCE).fill(99, TODAY + timedelta(days=1))
    assert whole.failures == []
    assert whole.total == count(application, Case) == 3
    assert count(application, AuditEvent) > done
    assert count(application, RefusedAttempt) == 0


def test_clocks_are_left_alone_while_the_past_is_played(
    stage: tuple[Application, MovableClock],
) -> None:
    application, clock = stage
    acts = iter(range(1000))
    Demo(application, clock, REFERENCE, stop=lambda: next(acts) >= 4).fill(3, TODAY)
    worker = Scheduler(application.dispatcher, application.notes, clock)
    clock.now = system_clock()
    events = count(application, AuditEvent)
    assert worker.tick() == 0
    assert count(application, AuditEvent) == events
    clock.now = TODAY + timedelta(days=400)
    assert worker.tick() > 0


def test_a_demo_that_was_cut_off_is_announced_before_the_worker_looks(
    stage: tuple[Application, MovableClock],
) -> None:
    application, clock = stage
    announce(application)
    with application.transactions.read() as session:
        assert advance(session, DEMO) is None
    Demo(application, clock, REFERENCE, stop=lambda: True).fill(3, TODAY)
    started = system_clock()
    announce(application)
    with application.transactions.read() as session:
        found = advance(session, DEMO)
    assert found is not None
    assert found.state == RUNNING
    assert found.changed_at >= started


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    """The stories of a full demo."""
    return Repertoire(REFERENCE, TODAY).stories(200)


def test_the_same_day_and_seed_give_the_same_stories(stories: list[Story]) -> None:
    assert Repertoire(REFERENCE, TODAY).stories(200) == stories
    assert Repertoire(REFERENCE, TODAY, seed="another").stories(200) != stories


def test_a_full_demo_covers_months_matters_subjects_and_steps(stories: list[Story]) -> None:
    assert len(stories) == len({story.key for story in stories}) == 200
    assert {story.season.split()[1] for story in stories} == {"zh_bureau", "luotuo", "xiepu"}
    assert len({story.matter for story in stories}) >= 40
    begun = min(story.steps[0].at for story in stories)
    assert timedelta(days=480) < TODAY - begun < timedelta(days=560)
    assert all(step.at <= TODAY for story in stories for step in story.steps)
    assert {place.shape for place in STANDSTILLS} <= SHAPES.keys()


def test_acts_of_a_story_follow_each_other_in_office_hours(stories: list[Story]) -> None:
    for story in stories:
        times = [step.at for step in story.steps]
        assert times == sorted(times)
        assert all(REFERENCE.calendar.is_working(at.date()) for at in times)


def test_invented_parties_have_numbers_that_can_be_right(stories: list[Story]) -> None:
    parties = [s.steps[0].data["party"] for s in stories if "party" in s.steps[0].data]
    for party in parties:
        if party["party_type"] == "natural_person":
            check_id_card(party["cert_no"], TODAY.date())
        else:
            check_uscc(party["uscc"], party["party_type"])
            check_id_card(party["representative_cert_no"], TODAY.date())
    numbers = [party.get("uscc") or party["cert_no"] for party in parties]
    assert len(numbers) == len(set(numbers))


def test_a_drawn_file_is_the_same_each_time_and_of_its_type(tmp_path: Path) -> None:
    wishes = {
        "image/jpeg": {"form": "photo", "field": "waste", "lines": ["某路"], "seed": "a"},
        "application/pdf": {"form": "licence", "lines": ["名称：某店"]},
        "video/webm": {"form": "clip", "lines": ["执法记录仪"], "seed": "a"},
    }
    for mime, wish in wishes.items():
        name, content = drawn(wish, "证据")
        path = tmp_path / name
        path.write_bytes(content)
        assert recognise(path).mime == mime
        assert drawn(wish, "证据") == (name, content)
