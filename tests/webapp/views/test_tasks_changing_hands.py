"""Tasks changing hands: claimed once, given back, handed over with a reason; cases followed."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import select

from models.note import Watch
from tests.webapp.conftest import Web

WebAt = Callable[..., Web]


def test_a_task_is_claimed_once(web_at: WebAt) -> None:
    web = web_at("legal_review")
    task = web.task()
    assert web.client("wang_jing").post(f"/tasks/{task.id}/claim").status_code == 302
    second = web.client("wang_jing").post(f"/tasks/{task.id}/claim")
    assert second.status_code in (409, 422)


def test_a_claimed_task_can_be_given_back(web_at: WebAt) -> None:
    web = web_at("approve_filing")
    task = web.task()
    client = web.client("zhao_yong")
    client.post(f"/tasks/{task.id}/claim")
    assert web.task().assignee_id is not None
    client.post(f"/tasks/{task.id}/release")
    assert web.task().assignee_id is None


def test_only_colleagues_who_may_take_it_are_offered(web_at: WebAt) -> None:
    web = web_at("inspect")
    page = web.client("zhang_ming").get(f"/tasks/{web.task().id}").text
    choice = page.partition('id="ho-to"')[2].partition("</select>")[0]
    offered = re.findall(r'<option value="(\w+)">', choice)
    assert offered == ["li_qiang"]


def test_a_task_is_handed_over_with_its_reason(web_at: WebAt) -> None:
    web = web_at("inspect")
    task = web.task()
    data = {"task": str(task.id), "to": "li_qiang", "reason": "我明天出差"}
    answer = web.client("zhang_ming").post("/tasks/hand-over", data=data)
    assert answer.status_code == 302
    assert "我明天出差" in web.task().why["zh"]
    assert "我明天出差" in web.client("li_qiang").get("/tasks?view=mine").text


def test_handing_over_to_somebody_without_the_role_is_refused(web_at: WebAt) -> None:
    web = web_at("inspect")
    task = web.task()
    data = {"task": str(task.id), "to": "zhao_yong", "reason": "试试"}
    answer = web.client("zhang_ming").post("/tasks/hand-over", data=data)
    assert answer.status_code == 422
    assert "没有办理这项任务的职责" in answer.text
    assert "试试" in answer.text
    assert web.task().assignee_id == task.assignee_id


def test_several_cases_are_followed_at_once_and_shown_as_watched(web_at: WebAt) -> None:
    web = web_at("inspect")
    client = web.client("wang_jing")
    client.post("/tasks/watch", data={"task": str(web.task().id)})
    assert len(web.all(select(Watch))) == 1
    page = client.get("/tasks?view=watched").text
    assert "现场检查" in page
    client.post("/tasks/watch?watch=0", data={"one": str(web.task().id)})
    assert web.all(select(Watch)) == []


def test_the_chosen_tasks_are_printed(web_at: WebAt) -> None:
    web = web_at("inspect")
    page = web.client("zhang_ming").get(f"/tasks/print?task={web.task().id}&task=nonsense").text
    assert page.count("<tr><td>1</td>") == 1
    stranger = web.client("he_qing").get(f"/tasks/print?task={web.task().id}").text
    assert "没有选中任务" in stranger
