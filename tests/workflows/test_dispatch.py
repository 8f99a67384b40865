"""The one door: receipts, locks, stale pages, refusals that leave nothing behind."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from models.audit import AuditEvent, CommandReceipt
from models.case import Case
from models.document import Document
from models.errors import DomainError, Forbidden, FreshSignInNeeded, NotFound, Refused, Stale
from models.note import RefusedAttempt
from models.task import Task
from models.types import Stage, TaskState
from tests.workflows.acting import act, open_task, wished
from tests.workflows.conftest import Stage as Playing
from workflows.commands.desk import ClaimTask, FireClock, WatchCase

AGREE = {"outcome": "agree"}
StageAt = Callable[[str], Playing]


def test_a_key_used_twice_gives_the_first_result_and_no_second_effect(stage_at: StageAt) -> None:
    stage = stage_at("review_report")
    case = stage.case
    wish, actor = wished(stage, "sun_li", case, "review_report", AGREE), stage.person("sun_li")
    execute = stage.application.dispatcher.execute
    first = execute(wish, actor=actor, key="k-1")
    second = execute(wish, actor=actor, key="k-1")
    assert second.repeated
    assert not first.repeated
    assert second.opened == first.opened
    with stage.application.transactions.read() as session:
        assert session.scalar(select(func.count()).select_from(CommandReceipt)) == 1
        assert open_task(session, case).element == "legal_review"


def test_a_key_used_for_something_else_is_refused(stage_at: StageAt) -> None:
    stage = stage_at("review_report")
    case = stage.case
    actor = stage.person("sun_li")
    execute = stage.application.dispatcher.execute
    execute(WatchCase(case_id=case), actor=actor, key="k-1")
    with pytest.raises(Stale):
        execute(wished(stage, "sun_li", case, "review_report", AGREE), actor=actor, key="k-1")


def test_a_page_that_is_behind_is_told_so_and_changes_nothing(stage_at: StageAt) -> None:
    stage = stage_at("review_report")
    case = stage.case
    behind = wished(stage, "sun_li", case, "review_report", AGREE)
    act(stage, "sun_li", case, "review_report", {"outcome": "return", "opinion": "请补充。"})
    with pytest.raises(Stale):
        stage.act(behind, stage.person("sun_li"))
    with stage.application.transactions.read() as session:
        assert open_task(session, case).element == "write_report"


def test_two_people_on_one_task_at_one_moment_have_one_effect(stage_at: StageAt) -> None:
    stage = stage_at("review_report")
    case = stage.case
    actor = stage.person("sun_li")
    wishes = [wished(stage, "sun_li", case, "review_report", AGREE) for _ in range(4)]
    outcomes: list[str] = []

    def submit(wish: Any) -> None:
        try:
            stage.application.dispatcher.execute(wish, actor=actor)
            outcomes.append("done")
        except DomainError as refused:
            outcomes.append(refused.code)

    threads = [threading.Thread(target=submit, args=(wish,)) for wish in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "stale", "stale", "stale"]


def test_an_act_that_waited_for_the_lock_sees_what_the_first_one_did(stage_at: StageAt) -> None:
    stage = stage_at("review_report")
    case, transactions = stage.case, stage.application.transactions
    wish, actor = wished(stage, "sun_li", case, "review_report", AGREE), stage.person("sun_li")
    refused: list[DomainError] = []

    def submit() -> None:
        try:
            stage.application.dispatcher.execute(wish, actor=actor)
        except DomainError as error:
            refused.append(error)

    with transactions.write() as session:
        locked = session.scalars(select(Case).where(Case.id == case).with_for_update()).one()
        second = threading.Thread(target=submit)
        second.start()
        until_waiting(stage)
        task = open_task(session, case)
        task.state, task.rev = TaskState.CANCELLED, task.rev + 1
        locked.rev += 1
    second.join(30)
    assert [error.code for error in refused] == [Stale.code]


def until_waiting(stage: Playing) -> None:
    """Until somebody waits for a lock in the stage's database."""
    with stage.application.engine.connect() as connection:
        for _ in range(200):
            waiting = connection.exec_driver_sql(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                " and datname = current_database()"
            ).scalar_one()
            if waiting:
                return
            connection.rollback()
            time.sleep(0.02)
    raise AssertionError("nobody waited for the lock")


def test_a_refused_command_leaves_the_record_as_it_was_and_is_noted(stage_at: StageAt) -> None:
    stage = stage_at("write_report")
    case = stage.case
    with stage.application.transactions.read() as session:
        before = (session.get_one(Case, case).rev, count(session, AuditEvent), tasks(session))
    data = {
        "proposal": "penalty",
        "facts": "事实",
        "nature": "店外经营",
        "penalty_kinds": ["fine"],
        "fine": "5000",
        "discretion_level": "ordinary",
        "discretion_reason": "一般",
    }
    with pytest.raises(Refused) as refused:
        act(stage, "zhang_ming", case, "write_report", data)
    assert "V11" in refused.value.rules
    with stage.application.transactions.read() as session:
        assert before == (
            session.get_one(Case, case).rev,
            count(session, AuditEvent),
            tasks(session),
        )
        note = session.scalars(select(RefusedAttempt)).one()
        assert note.command == "SubmitFinalReport"
        assert "V11" in note.rules


def test_a_step_that_is_not_open_is_refused_with_every_rule_that_stands_against_it(
    stage_at: StageAt,
) -> None:
    stage = stage_at("write_report")
    case = stage.case
    with pytest.raises(Refused) as refused:
        act(stage, "zhao_yong", case, "issue_decision", {"outcome": "issue", "decision": "penalty",
            "penalty_kinds": ["fine"], "fine": "500", "discretion_level": "ordinary",
            "discretion_reason": "一般"})  # fmt: skip
    assert {"S01", "V09", "V14"} <= refused.value.rules


def test_a_stranger_does_not_learn_that_the_case_exists(stage_at: StageAt) -> None:
    stage = stage_at("write_report")
    case = stage.case
    with pytest.raises(NotFound):
        act(stage, "fang_zhou", case, "issue_decision", {"outcome": "return", "opinion": "x"})


def test_the_handler_may_not_review_the_case_and_is_told_the_article(stage_at: StageAt) -> None:
    stage = stage_at("legal_review")
    case = stage.case
    with pytest.raises(Forbidden) as refused:
        act(stage, "zhang_ming", case, "legal_review", {"review": "pass"})
    assert {"P01", "V08"} <= refused.value.rules
    assert all(v.article.zh for v in refused.value.violations if v.rule == "V08")


def test_signing_a_decision_on_a_page_asks_for_a_fresh_sign_in(stage_at: StageAt) -> None:
    stage = stage_at("issue_decision")
    case = stage.case
    wish = wished(stage, "zhao_yong", case, "issue_decision", {"outcome": "issue"})
    actor = stage.person("zhao_yong").through("page", fresh=False)
    with pytest.raises(FreshSignInNeeded):
        stage.application.dispatcher.execute(wish, actor=actor)


def test_nobody_but_the_system_lets_a_clock_run_out(stage_at: StageAt) -> None:
    stage = stage_at("write_report")
    case = stage.case
    wish = FireClock(case_id=case, clock_id=case)
    with pytest.raises(Forbidden):
        stage.act(wish, stage.person("qian_hong"))


def test_a_case_that_does_not_exist_is_not_found(stage_at: StageAt) -> None:
    stage = stage_at("verify_lead")
    nothing = stage.application.dispatcher
    wish = ClaimTask(case_id=uuid.uuid4(), task_id=uuid.uuid4())
    with pytest.raises(NotFound):
        nothing.execute(wish, actor=stage.person("zhang_ming"))


def test_jobs_are_deferred_only_by_acts_that_commit(stage_at: StageAt) -> None:
    stage = stage_at("legal_review")
    case = stage.case
    taken: list[str] = []
    stage.run_job = lambda job, arguments: taken.append(job)
    with pytest.raises(DomainError):
        act(stage, "zhang_ming", case, "legal_review", {"review": "pass"})
    assert taken == []
    act(stage, "wang_jing", case, "legal_review", {"review": "pass"})
    assert taken == ["render_document"]
    with stage.application.transactions.read() as session:
        kinds = set(session.scalars(select(Document.kind).where(Document.case_id == case)))
        assert "D31" in kinds
        assert session.get_one(Case, case).stage == Stage.REVIEWING


def count(session: Any, kind: Any) -> int:
    return int(session.scalar(select(func.count()).select_from(kind)))


def tasks(session: Any) -> list[Any]:
    query = select(Task.id).where(Task.state == TaskState.OPEN)
    return list(session.scalars(query))
