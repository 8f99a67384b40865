"""Messages: what came to my desk, read one by one or all at once, never somebody else's."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from models.note import Notification
from models.person import Person
from tests.webapp.conftest import Web

WebAt = Callable[..., Web]


def told_to(web: Web, person: str) -> Notification:
    """A message to somebody."""
    mine = select(Notification).join(Person, Person.id == Notification.person_id)
    found: Notification = web.one(mine.where(Person.key == person))
    return found


def test_a_task_that_came_to_me_is_told_and_leads_to_its_desk(web_at: WebAt) -> None:
    web = web_at("inspect")
    client = web.client("zhang_ming")
    assert "现场检查" in client.get("/notifications").text
    told = told_to(web, "zhang_ming")
    answer = client.post(f"/notifications/{told.id}")
    assert answer.headers["Location"] == told.link
    assert told_to(web, "zhang_ming").read_at is not None


def test_all_messages_are_read_at_once(web_at: WebAt) -> None:
    web = web_at("inspect")
    client = web.client("zhang_ming")
    client.post("/notifications/read")
    assert "没有未读的通知" in client.get("/notifications?view=unread").text
    assert "现场检查" in client.get("/notifications").text


def test_somebody_elses_messages_are_neither_seen_nor_opened(web_at: WebAt) -> None:
    web = web_at("inspect")
    told = told_to(web, "zhang_ming")
    other = web.client("wang_jing")
    assert "没有通知" in other.get("/notifications").text
    assert other.post(f"/notifications/{told.id}").status_code == 404
    other.post("/notifications/read")
    assert told_to(web, "zhang_ming").read_at is None


def test_a_made_up_cursor_is_refused(web: Web) -> None:
    assert web.client("zhang_ming").get("/notifications?after=x").status_code == 422
