"""Signing in: who gets in, who waits, and what stays of a mistake."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from models.note import SignIn
from models.person import Person
from tests.database import PASSWORD
from tests.webapp.conftest import Web
from workflows.settings import Settings


def test_a_person_signs_in_with_name_and_password(web: Web) -> None:
    client = web.app.test_client()
    answer = client.post("/sign-in", data={"login": "zhang_ming", "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/tasks"
    assert client.get("/tasks").status_code == 200


def test_a_wrong_word_keeps_the_name_and_never_the_word(web: Web) -> None:
    client = web.app.test_client()
    answer = client.post("/sign-in", data={"login": "zhang_ming", "password": "geheim-123"})
    assert answer.status_code == 401
    assert 'value="zhang_ming"' in answer.text
    assert "geheim-123" not in answer.text
    assert "账号或者密码不对" in answer.text


def test_an_unknown_name_gets_the_same_answer(web: Web) -> None:
    answer = web.app.test_client().post("/sign-in", data={"login": "nobody", "password": "x"})
    assert answer.status_code == 401
    assert "账号或者密码不对" in answer.text


def test_after_too_many_mistakes_the_right_word_must_wait_too(web: Web) -> None:
    client = web.app.test_client()
    for _ in range(5):
        client.post("/sign-in", data={"login": "zhang_ming", "password": "wrong"})
    answer = client.post("/sign-in", data={"login": "zhang_ming", "password": PASSWORD})
    assert answer.status_code == 429
    outcomes = web.all(select(SignIn.outcome).order_by(SignIn.id))
    assert outcomes == ["wrong"] * 5 + ["throttled"]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(web: Web, target: str) -> None:
    data = {"login": "zhang_ming", "password": PASSWORD, "next": target}
    answer = web.app.test_client().post("/sign-in", data=data)
    assert answer.headers["Location"] == "/"


def test_signing_in_leads_back_to_the_page_that_was_wanted(web: Web) -> None:
    data = {"login": "zhang_ming", "password": PASSWORD, "next": "/leads?q=x"}
    answer = web.app.test_client().post("/sign-in", data=data)
    assert answer.headers["Location"] == "/leads?q=x"


def test_a_demo_lists_its_people_by_role_and_lets_one_step_in(web: Web) -> None:
    client = web.app.test_client()
    page = client.get("/sign-in").text
    assert re.search(r"街道法制员</h3>.*?王静", page, re.S)
    assert client.post("/demo/switch", data={"person": "wang_jing"}).status_code == 302
    assert "王静" in client.get("/tasks").text


def _not_demo(web: Web) -> Settings:
    return replace(web.application.settings, demo=False, clock_file=None)


def test_outside_a_demo_there_is_neither_list_nor_door(web: Web) -> None:
    real = replace(web.application, settings=_not_demo(web))
    web.app.extensions["caselane"] = real
    client = web.app.test_client()
    assert "王静" not in client.get("/sign-in").text
    assert client.post("/demo/switch", data={"person": "wang_jing"}).status_code == 404


def test_signing_out_ends_the_session(web: Web) -> None:
    client = web.client("zhang_ming")
    client.post("/sign-out")
    assert client.get("/tasks").status_code == 302


def test_an_old_session_ends_when_the_password_was_reset(web: Web) -> None:
    client = web.client("zhang_ming")
    with web.application.transactions.write() as session:
        person = session.scalars(select(Person).where(Person.key == "zhang_ming")).one()
        person.session_epoch += 1
    assert client.get("/tasks").headers["Location"].startswith("/sign-in")


def test_the_language_is_chosen_before_signing_in(web: Web) -> None:
    page = web.app.test_client().get("/sign-in?lang=en").text
    assert "Password" in page
    assert 'lang="en"' in page


def test_what_is_not_there_says_so_with_a_way_on(web: Web) -> None:
    answer = web.client("zhang_ming").get("/nowhere")
    assert answer.status_code == 404
    assert "没有找到" in answer.text
    assert 'href="/"' in answer.text
