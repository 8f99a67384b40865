"""Side processes beside the main one: rows, exits, what is cancelled, what the trail keeps."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.case import Case
from models.errors import Refused
from models.process import ProcessInstance
from models.task import Task
from models.types import Stage as Where
from models.types import TaskState
from tests.database import ROOT, Databases
from tests.workflows.stories import Stage, staged
from workflows.commands.desk import AddCaseNote
from workflows.commands.suspension import RequestTermination
from workflows.handlers.suspension import request_termination
from workflows.projection import refresh
from workflows.stepping import Moved, _both, advance
from workflows.trials.scenarios import moment
from workflows.trials.theatre import Wish, command_of

SCENARIOS = ROOT / "bpmn" / "ordinary" / "scenarios"


@pytest.fixture
def stage(databases: Databases, tmp_path: Path) -> Iterator[Stage]:
    url = databases.with_bureau()
    with staged(url, tmp_path) as made:
        yield made
    databases.drop(url)


def do(stage: Stage, who: str, case_id: uuid.UUID, data: dict[str, Any], **what: str) -> None:
    actor = stage.theatre.person(who)
    wish = Wish(actor=actor, case_id=case_id, data=data, **what)  # type: ignore[arg-type]
    stage.theatre.act(command_of(stage.application, wish), actor)


def processes(stage: Stage, case_id: uuid.UUID) -> dict[str | None, ProcessInstance]:
    with stage.application.transactions.read() as session:
        rows = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == case_id))
        return {row.side: row for row in rows}


def test_a_side_process_has_a_row_of_its_own_and_the_case_knows_it(stage: Stage) -> None:
    case_id = stage.play("2025-11-21T09:30", SCENARIOS / "extension.yaml")
    rows = processes(stage, case_id)
    assert (rows[None].main, rows["extension"].main) == (True, False)
    assert rows["extension"].process_key == "extension"
    assert rows["extension"].ended_at is None
    with stage.application.transactions.read() as session:
        assert session.get_one(Case, case_id).open_sides == ["extension"]


def test_its_end_leaves_the_main_process_where_it_was(stage: Stage) -> None:
    case_id = stage.play("2025-11-21T09:30", SCENARIOS / "extension.yaml")
    before = processes(stage, case_id)[None].digest
    do(stage, "zhao_yong", case_id, {"outcome": "approve"}, element="approve_extension")
    rows = processes(stage, case_id)
    assert rows["extension"].ended_at is not None
    assert rows[None].digest == before
    with stage.application.transactions.read() as session:
        assert session.get_one(Case, case_id).open_sides == []


def test_the_trail_keeps_the_digest_of_the_process_that_moved(stage: Stage) -> None:
    case_id = stage.play("2025-11-20T10:00", SCENARIOS / "extension.yaml")
    with stage.application.transactions.read() as session:
        event = session.scalars(
            select(AuditEvent).where(AuditEvent.command == "RequestExtension")
        ).one()
    assert event.state_digest == processes(stage, case_id)["extension"].digest


def test_two_processes_that_one_act_moves_leave_one_digest() -> None:
    one, other = Moved("a" * 64), Moved("b" * 64)
    both = _both(one, other)
    assert both is not None
    assert both.digest == hashlib.sha256(("a" * 64 + "b" * 64).encode()).hexdigest()
    assert _both(one, None) is one
    assert _both(None, other) is other


def test_an_exit_waits_for_a_side_process_that_has_to_be_over(stage: Stage) -> None:
    case_id = stage.play("2025-11-17T12:00", SCENARIOS / "withdrawn.yaml")
    gone = {"ground": "person_died", "facts": "经营者去世。", "measures_released": True}
    waiting = _open(stage, case_id)
    assert waiting == ["approve_withdrawal"]
    do(stage, "zhang_ming", case_id, gone, side="termination")
    with pytest.raises(Refused) as refusal:
        do(stage, "zhao_yong", case_id, {"outcome": "withdraw"}, element="approve_withdrawal")
    assert refusal.value.rules == {"S06"}
    assert sorted(_open(stage, case_id)) == ["approve_withdrawal", "review_termination"]


def test_an_exit_cancels_those_that_go_with_the_case(stage: Stage) -> None:
    case_id = stage.play("2025-11-17T12:00", SCENARIOS / "withdrawn.yaml")
    do(stage, "zhang_ming", case_id, {"reason": "证人在外地。"}, side="extension")
    do(stage, "zhao_yong", case_id, {"outcome": "withdraw"}, element="approve_withdrawal")
    assert _open(stage, case_id) == []
    assert processes(stage, case_id)["extension"].ended_at is not None
    assert _open(stage, case_id, TaskState.CANCELLED) == ["review_extension"]


def test_an_exit_by_a_side_process_ends_the_main_one(stage: Stage) -> None:
    case_id = stage.play(None, SCENARIOS / "termination.yaml")
    rows = processes(stage, case_id)
    assert {side for side, row in rows.items() if row.ended_at is None} == set()
    assert set(_open(stage, case_id, TaskState.CANCELLED)) == {
        "write_report", "request_resumption",
    }  # fmt: skip


def _open(stage: Stage, case_id: uuid.UUID, state: TaskState = TaskState.OPEN) -> list[str]:
    with stage.application.transactions.read() as session:
        query = select(Task.element).where(Task.case_id == case_id, Task.state == state)
        return list(session.scalars(query.order_by(Task.element)))


def _brought_about(stage: Stage, case_id: uuid.UUID, *sides: str) -> list[str]:
    """An act on the case that brings side processes about; elements of the tasks it opened."""
    it, actor = stage.application.dispatcher, stage.theatre.person("zhang_ming")
    with stage.application.transactions.write() as session:
        act = it._begin(session, AddCaseNote(case_id=case_id, text="电话"), actor, it.clock())
        gone = {"ground": "person_died", "facts": "经营者去世。", "measures_released": True}
        outcome = request_termination(act, RequestTermination(case_id=case_id, **gone))
        outcome.opens = list(sides)
        moved = advance(act, AddCaseNote(case_id=case_id, text="电话"), outcome)
        refresh(act, None)
    return [task.element for task in moved.opened] if moved else []


def test_an_act_brings_a_side_process_about_after_the_end_and_it_runs_there(stage: Stage) -> None:
    case_id = stage.play()
    assert _brought_about(stage, case_id, "termination", "no_such_side") == ["review_termination"]
    with stage.application.transactions.read() as session:
        case = session.get_one(Case, case_id)
        assert (case.stage, case.open_sides) == (Where.ARCHIVED, ["termination"])
        task = session.scalars(select(Task).where(Task.element == "review_termination")).one()
        assert (task.state, task.case_no) == (TaskState.OPEN, case.case_no)
    word = {"outcome": "return", "opinion": "材料不足。"}
    do(stage, "sun_li", case_id, word, element="review_termination")
    with stage.application.transactions.read() as session:
        case = session.get_one(Case, case_id)
        assert (case.stage, case.open_sides) == (Where.ARCHIVED, [])
    assert _open(stage, case_id) == []


def test_one_that_is_open_already_is_not_brought_about_again(stage: Stage) -> None:
    case_id = stage.play()
    assert _brought_about(stage, case_id, "termination", "termination") == ["review_termination"]
    assert _brought_about(stage, case_id, "termination") == []


def test_exactly_one_message_reaches_the_main_process_when_a_side_ends(stage: Stage) -> None:
    case_id = stage.play("2025-05-15T09:00", SCENARIOS / "hearing_shed.yaml")
    before = processes(stage, case_id)
    stage.theatre.move_to(moment("2025-05-15T10:00"), case_id)
    report = {
        "found_facts": "搭建钢结构棚420平方米。",
        "disputes": "造价。",
        "host_opinion": "理由不成立。",
        "recommendation": "uphold",
    }
    do(stage, "ji_hong", case_id, report, element="write_hearing_report")
    after = processes(stage, case_id)
    assert after["hearing"].ended_at is not None
    assert after[None].rev == before[None].rev + 1
    with stage.application.transactions.read() as session:
        waiting = session.scalars(
            select(Task.element).where(Task.case_id == case_id, Task.state == TaskState.OPEN)
        )
        assert list(waiting) == ["review_after_hearing"]
