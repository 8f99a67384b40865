"""Tasks over the API: seen, taken, completed once; stale, refused and foreign ones turned away."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from models.audit import AuditEvent
from models.task import Task
from models.types import TaskState
from tests.webapp.api.conftest import caller, fields, rules
from tests.webapp.conftest import Web

At = Callable[..., Web]


def acts(web: Web) -> int:
    """How many acts the record holds."""
    return int(web.one(select(func.count()).select_from(AuditEvent)))


def test_the_inbox_lists_what_i_may_take_with_true_counts(web_at: At) -> None:
    web = web_at("review_filing")
    page = caller(web, "sun_li").get("/tasks", group="offered").get_json()
    mine = caller(web, "sun_li").get("/tasks").get_json()
    listed = [row["element"] for row in page["rows"] + mine["rows"]]
    assert listed == ["review_filing"]
    assert page["counts"]["mine"]["number"] + page["counts"]["offered"]["number"] == 1
    assert page["next"] is None


def test_a_task_says_its_revision_form_and_ways_out(web_at: At) -> None:
    web = web_at("review_filing")
    task = web.task()
    found = caller(web, "sun_li").get(f"/tasks/{task.id}").get_json()
    assert (found["rev"], found["command"]) == (task.rev, "ReviewFiling")
    assert {a["action"] for a in found["actions"]} == {"agree", "return"}
    assert {"outcome", "handlers", "opinion"} <= set(found["schema"]["properties"])
    assert found["may_act"] is True
    assert found["case"]["id"] == str(web.case_id)


def test_a_task_is_completed_by_its_action_and_the_case_moves_on(web_at: At) -> None:
    web = web_at("review_filing")
    task = web.task()
    body = {"rev": task.rev, "action": "agree", "data": {"handlers": ["zhang_ming", "li_qiang"]}}
    result = caller(web, "sun_li").post(f"/tasks/{task.id}/complete", body)
    assert result.status_code == 200, result.get_json()
    assert [str(web.task().id)] == result.get_json()["opened"]
    assert web.task().element == "approve_filing"


def test_the_same_key_twice_gives_the_first_result_and_one_effect(web_at: At) -> None:
    web = web_at("review_filing")
    task, program = web.task(), caller(web, "sun_li")
    body = {"rev": task.rev, "action": "agree", "data": {"handlers": ["zhang_ming", "li_qiang"]}}
    first = program.post(f"/tasks/{task.id}/complete", body, key="k-1").get_json()
    before = acts(web)
    web.theatre.clock.now = web.theatre.clock.now.replace(minute=59)
    again = program.post(f"/tasks/{task.id}/complete", body, key="k-1").get_json()
    assert acts(web) == before
    assert again.pop("repeated") is True
    assert first.pop("repeated") is False
    assert again == first


@pytest.mark.parametrize("attempt", range(3))
def test_the_same_wish_twice_at_one_moment_has_one_effect_and_one_answer(
    web_at: At, attempt: int
) -> None:
    web = web_at("review_filing")
    task = web.task()
    body = {"rev": task.rev, "action": "agree", "data": {"handlers": ["zhang_ming", "li_qiang"]}}
    before, programs = acts(web), [caller(web, "sun_li") for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        sent = [pool.submit(p.post, f"/tasks/{task.id}/complete", body, key="k") for p in programs]
    answers = [each.result().get_json() for each in sent]
    assert len({tuple(answer["opened"]) for answer in answers}) == 1
    assert sorted(answer["repeated"] for answer in answers) == [False, True, True]
    assert acts(web) == before + 1


def test_a_key_used_for_something_else_is_a_conflict(web_at: At) -> None:
    web = web_at("review_filing")
    task, program = web.task(), caller(web, "sun_li")
    body = {"rev": task.rev, "action": "agree", "data": {"handlers": ["zhang_ming", "li_qiang"]}}
    assert program.post(f"/tasks/{task.id}/complete", body, key="k").status_code == 200
    body["action"] = "return"
    assert program.post(f"/tasks/{task.id}/complete", body, key="k").status_code == 409


def test_a_revision_that_is_behind_is_a_conflict_and_changes_nothing(web_at: At) -> None:
    web = web_at("review_filing")
    task, before = web.task(), acts(web)
    body = {"rev": task.rev + 1, "action": "agree", "data": {"handlers": ["zhang_ming"]}}
    refused = caller(web, "sun_li").post(f"/tasks/{task.id}/complete", body)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "stale")
    assert acts(web) == before


def test_a_task_that_is_done_is_a_conflict(web_at: At) -> None:
    web = web_at("approve_filing")
    done = web.one(
        select(Task).where(Task.element == "review_filing", Task.state == TaskState.DONE)
    )
    body = {"rev": done.rev, "action": "agree", "data": {}}
    assert caller(web, "sun_li").post(f"/tasks/{done.id}/complete", body).status_code == 409


def test_the_law_refuses_with_every_rule_field_and_article(web_at: At) -> None:
    web = web_at("verify_lead")
    task = web.task()
    data = {"conclusion": "file", "findings": "逾期未改", "second_handler": "zhang_ming"}
    body = {"rev": task.rev, "data": data}
    refused = caller(web, "zhang_ming").post(f"/tasks/{task.id}/complete", body)
    assert refused.status_code == 422
    assert refused.content_type == "application/problem+json"
    assert "V07" in rules(refused)
    error = next(e for e in refused.get_json()["errors"] if e["rule"] == "V07")
    assert set(error) == {"rule", "field", "article", "message"}
    assert "42" in error["article"] or "四十二" in error["article"]


def test_what_the_form_refuses_is_told_at_its_field(web_at: At) -> None:
    web = web_at("review_filing")
    task = web.task()
    body = {"rev": task.rev, "action": "agree", "data": {"handlers": "nobody"}}
    answer = caller(web, "sun_li").post(f"/tasks/{task.id}/complete", body)
    assert (answer.status_code, fields(answer)) == (422, ["handlers"])


def test_an_action_that_the_task_does_not_offer_is_refused_at_its_field(web_at: At) -> None:
    web = web_at("review_filing")
    task = web.task()
    body = {"rev": task.rev, "action": "burn", "data": {}}
    refused = caller(web, "sun_li").post(f"/tasks/{task.id}/complete", body)
    assert (refused.status_code, fields(refused)) == (422, ["action"])


def test_somebody_elses_task_is_forbidden_and_a_foreign_one_is_not_there(web_at: At) -> None:
    web = web_at("review_filing")
    task, before = web.task(), acts(web)
    body = {"rev": task.rev, "action": "agree", "data": {"handlers": ["zhang_ming", "li_qiang"]}}
    path = f"/tasks/{task.id}/complete"
    assert caller(web, "zhang_ming").post(path, body).status_code == 403
    assert caller(web, "shi_lei").post(path, body).status_code == 404
    assert caller(web, "shi_lei").get(f"/tasks/{task.id}").status_code == 404
    assert caller(web, "sun_li").get(f"/tasks/{uuid.uuid4()}").status_code == 404
    assert acts(web) == before


def test_a_task_is_claimed_released_and_handed_over(web_at: At) -> None:
    web = web_at("approve_notice")
    task, chief = web.task(), caller(web, "zhao_yong")
    if task.assignee_id is None:
        assert chief.post(f"/tasks/{task.id}/claim", {"rev": task.rev}).status_code == 200
    assert web.task().assignee_id is not None
    assert chief.post(f"/tasks/{task.id}/release", {"rev": 0}).status_code == 409
    assert chief.post(f"/tasks/{task.id}/release").status_code == 200
    assert web.task().assignee_id is None
    empty = chief.post(f"/tasks/{task.id}/hand-over", {"to": "sun_li", "reason": ""})
    assert empty.status_code == 422


def test_a_decision_asks_for_a_fresh_sign_in(web_at: At) -> None:
    web = web_at("issue_decision")
    web.move_to("2025-10-09T10:00")
    task = web.task("issue_decision")
    body = {"rev": task.rev, "action": "issue", "data": {}}
    path = f"/tasks/{task.id}/complete"
    stale = caller(web, "zhao_yong", by_password=False).post(path, body)
    assert (stale.status_code, stale.get_json()["code"]) == (401, "fresh_sign_in")
    fresh = caller(web, "zhao_yong").post(path, body)
    assert fresh.status_code == 200, fresh.get_json()
