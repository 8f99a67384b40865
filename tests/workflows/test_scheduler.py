"""What time brings about, on the real database and at a clock that the test moves."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from models.audit import AuditEvent, AuditSeal
from models.duration import law_day
from models.errors import Forbidden
from models.note import Notification
from models.person import Person
from models.process import ProcessInstance
from models.task import Task
from models.types import ClockState, TaskState
from tests.database import Databases
from tests.workflows.stories import Stage, staged
from workflows import audit
from workflows.commands.bureau import RecordAbsence
from workflows.commands.desk import RemindOfClock, WatchCase
from workflows.commands.lead import ExtendVerification

MINUTE = timedelta(minutes=1)


@pytest.fixture
def stage(databases: Databases, tmp_path: Path) -> Iterator[Stage]:
    url = databases.with_bureau()
    with staged(url, tmp_path) as made:
        yield made
    databases.drop(url)


def told(stage: Stage, kind: str) -> list[tuple[str, str]]:
    """(person, text) of the messages of a kind, in order of person."""
    with stage.application.transactions.read() as session:
        rows = session.execute(
            select(Person.key, Notification.text)
            .join(Person, Person.id == Notification.person_id)
            .where(Notification.kind == kind)
            .order_by(Person.key)
        )
        return [(key, text["zh"]) for key, text in rows]


def commands(stage: Stage, name: str) -> int:
    with stage.application.transactions.read() as session:
        return len(session.scalars(select(AuditEvent.id).where(AuditEvent.command == name)).all())


def open_tasks(stage: Stage, case_id: uuid.UUID | None = None) -> list[str]:
    query = select(Task.element).where(Task.state == TaskState.OPEN)
    if case_id is not None:
        query = query.where(Task.case_id == case_id)
    with stage.application.transactions.read() as session:
        return list(session.scalars(query))


def test_the_holder_is_told_once_when_a_clock_turns_amber(stage: Stage) -> None:
    case_id = stage.play(before="2025-09-10T14:00")
    clock = stage.running(case_id, "CLK_VERIFY")
    stage.clock.now = clock.amber_at - MINUTE
    stage.scheduler().tick()
    assert told(stage, "clock_amber") == []
    stage.clock.now = clock.amber_at + MINUTE
    for scheduler in (stage.scheduler(), stage.scheduler()):
        scheduler.tick()
        scheduler.tick()
    [(person, text)] = told(stage, "clock_amber")
    assert person == "sun_li"
    assert "线索核查期限将满，截止2025年9月28日" in text
    assert commands(stage, "RemindOfClock") == 1
    assert [job for job, _ in stage.later.take()].count("send_mail") == 1


def test_holder_and_unit_head_are_told_once_when_a_clock_turns_red(stage: Stage) -> None:
    case_id = stage.play(before="2025-09-11T10:00")
    clock = stage.running(case_id, "CLK_CASE")
    already = told(stage, "clock_red")
    stage.clock.now = clock.due_at - MINUTE
    stage.scheduler().tick()
    assert told(stage, "clock_red") == already
    stage.clock.now = clock.due_at
    stage.scheduler().tick()
    stage.scheduler().tick()
    news = [one for one in told(stage, "clock_red") if one not in already]
    assert [person for person, _ in news] == ["sun_li", "zhang_ming"]
    assert all("期限已于2025年12月9日届满" in text for _, text in news)


def test_a_step_that_is_only_offered_tells_all_who_may_take_it(stage: Stage) -> None:
    case_id = stage.play(before="2025-09-08T09:40")
    stage.clock.now = stage.running(case_id, "CLK_VERIFY").amber_at
    stage.scheduler().tick()
    people = {person for person, _ in told(stage, "clock_amber")}
    assert people >= {"zhang_ming", "li_qiang"}
    assert "sun_li" not in people


def test_a_clock_that_runs_out_moves_the_process_that_waits_for_it(stage: Stage) -> None:
    case_id = stage.play(before="2025-09-25")
    assert open_tasks(stage) == ["record_statement"]
    stage.clock.now = stage.running(case_id, "CLK_STATE").due_at - MINUTE
    stage.scheduler().tick()
    assert open_tasks(stage) == ["record_statement"]
    stage.clock.now += MINUTE
    stage.scheduler().tick()
    stage.scheduler().tick()
    assert open_tasks(stage) == ["issue_decision"]


def test_an_extended_clock_turns_amber_anew(stage: Stage) -> None:
    case_id = stage.play(before="2025-09-08T09:40")
    stage.clock.now = stage.running(case_id, "CLK_VERIFY").amber_at
    stage.scheduler().tick()
    first = len(told(stage, "clock_amber"))
    leader = stage.theatre.person("zhao_yong")
    stage.theatre.act(ExtendVerification(case_id=case_id, reason="案情复杂"), leader)
    stage.scheduler().tick()
    assert len(told(stage, "clock_amber")) == first > 0
    stage.clock.now = stage.running(case_id, "CLK_VERIFY").amber_at
    stage.scheduler().tick()
    stage.scheduler().tick()
    assert len(told(stage, "clock_amber")) == 2 * first


def test_the_substitute_of_an_absent_holder_is_told_too(stage: Stage) -> None:
    case_id = stage.play(before="2025-09-10T14:00")
    stage.clock.now = stage.running(case_id, "CLK_VERIFY").amber_at
    day = law_day(stage.clock.now)
    away = RecordAbsence(
        person="sun_li", substitute="zhao_yong", starts_on=day, ends_on=day, reason="出差"
    )
    stage.theatre.act(away, stage.theatre.person("sun_li"))
    stage.scheduler().tick()
    assert [person for person, _ in told(stage, "clock_amber")] == ["sun_li", "zhao_yong"]


def test_nobody_is_told_that_the_partys_time_for_remedies_ends(stage: Stage) -> None:
    case_id = stage.play()
    ends = [stage.running(case_id, code).due_at for code in ("CLK_RECONSIDER", "CLK_SUE")]
    already = told(stage, "clock_red")
    stage.clock.now = max(ends) + MINUTE
    stage.scheduler().tick()
    assert commands(stage, "FireClock") >= 2
    assert told(stage, "clock_red") == already
    assert told(stage, "clock_amber") == []


def test_only_the_system_reminds(stage: Stage) -> None:
    case_id = stage.play(before="2025-09-08T09:40")
    clock = stage.running(case_id, "CLK_VERIFY")
    stage.clock.now = clock.amber_at
    command = RemindOfClock(case_id=case_id, clock_id=clock.id)
    with pytest.raises(Forbidden):
        stage.application.dispatcher.execute(command, actor=stage.theatre.person("zhao_yong"))
    assert told(stage, "clock_amber") == []


def test_a_broken_case_holds_nobody_up_and_is_tried_more_and_more_rarely(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    broken = stage.play(before="2025-09-25")
    sound = stage.play(before="2025-09-25")
    with stage.application.engine.begin() as connection:
        connection.execute(
            update(ProcessInstance)
            .where(ProcessInstance.case_id == broken)
            .values(state=b"no state at all")
        )
    stage.clock.now = stage.running(broken, "CLK_STATE").due_at
    scheduler = stage.scheduler()
    tries = []
    for _ in range(8):
        caplog.clear()
        scheduler.tick()
        tries.append("FireClock" in caplog.text)
    assert tries == [True, False, True, False, False, True, False, False]
    assert stage.running(broken, "CLK_STATE").state == ClockState.RUNNING
    assert open_tasks(stage, sound) == ["issue_decision"]


def test_the_audit_trail_is_sealed_once_a_day_and_holds(stage: Stage) -> None:
    case_id = stage.play(before="2025-09-08T09:40")
    stage.scheduler().tick()
    stage.scheduler().tick()
    stage.clock.now += timedelta(days=1)
    stage.theatre.act(WatchCase(case_id=case_id), stage.theatre.person("sun_li"))
    stage.scheduler().tick()
    with stage.application.transactions.read() as session:
        seals = session.scalars(select(AuditSeal).order_by(AuditSeal.id)).all()
        assert list(audit.verify(session)) == []
    assert [law_day(seal.at).isoformat() for seal in seals] == ["2025-09-08", "2025-09-09"]
    assert seals[1].first == seals[0].upto + 1
