"""Who reaches the API: nobody without signing in, no cookie without its CSRF token."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from models.note import ApiToken
from models.person import Person
from tests.database import PASSWORD
from tests.webapp.api.conftest import ROOT, caller, token_of
from tests.webapp.conftest import Web
from tests.webapp.public.test_reach import PUBLIC
from workflows.access import ACCESS, Scope
from workflows.actors import Actor

OPEN = {("POST", f"{ROOT}/session"), ("GET", f"{ROOT}/"), ("GET", f"{ROOT}/openapi.json")}
"""Doors that must stand open: to sign in, and the contract, which holds no data."""
PUBLISHED = {("GET", rule) for rule in PUBLIC if rule.startswith(ROOT)}
"""Masked decisions that are on the public site anyway; tests/webapp/public attacks them."""


def doors(web: Web) -> list[tuple[str, str, str]]:
    """(method, rule, address) of every route of the API."""
    return [
        (method, rule.rule, re.sub(r"<[^>]+>", str(uuid.uuid4()), rule.rule))
        for rule in web.app.url_map.iter_rules()
        if rule.rule.startswith(ROOT)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_no_route_answers_anybody_who_has_not_signed_in(web: Web) -> None:
    client = web.app.test_client()
    shut = [door for door in doors(web) if door[:2] not in OPEN | PUBLISHED]
    assert len(shut) > 70
    answers = {
        (method, rule): client.open(address, method=method, json={}).status_code
        for method, rule, address in shut
    }
    assert {door: code for door, code in answers.items() if code != 401} == {}


def test_a_wrong_an_ended_and_a_stranger_token_open_nothing(web: Web) -> None:
    client = web.app.test_client()
    ended = token_of(web, "zhang_ming")
    row = web.one(select(ApiToken))
    person = web.one(select(Person).where(Person.key == "zhang_ming"))
    owner = Actor(person.id, person.key, person.name)
    web.application.notes.revoke_token(owner, row.id, datetime.now(UTC))
    for secret in ("nonsense", ended, "cl_", "é", ended[:-2]):
        headers = {"Authorization": f"Bearer {secret}"}
        assert client.get(f"{ROOT}/session", headers=headers).status_code == 401


def test_a_new_password_ends_every_token(web: Web) -> None:
    program = caller(web, "zhang_ming")
    assert program.get("/session").status_code == 200
    caller(web, "shi_lei").post(
        "/commands/SetPassword", {"person": "zhang_ming", "password": "a long new word 7"}
    )
    assert program.get("/session").status_code == 401


def test_a_cookie_needs_its_csrf_token_and_a_bearer_token_does_not(web: Web) -> None:
    web.app.config["WTF_CSRF_ENABLED"] = True
    browser = web.client("zhang_ming")
    path = f"{ROOT}/commands/RecordAbsence"
    refused = browser.post(path, json={})
    assert (refused.status_code, refused.get_json()["code"]) == (400, "csrf")
    token = browser.get(f"{ROOT}/session").get_json()["csrf_token"]
    assert browser.post(path, json={}, headers={"X-CSRFToken": token}).status_code == 422
    assert caller(web, "zhang_ming").post("/commands/RecordAbsence").status_code == 422


def test_a_cookie_beside_a_bearer_token_does_not_get_round_csrf(web: Web) -> None:
    web.app.config["WTF_CSRF_ENABLED"] = True
    browser = web.client("zhang_ming")
    headers = {"Authorization": f"Bearer {token_of(web, 'sun_li')}"}
    answer = browser.post(f"{ROOT}/commands/RecordAbsence", json={}, headers=headers)
    assert answer.status_code == 400


def test_signing_in_gives_a_token_that_is_fresh_for_minutes(web: Web) -> None:
    client = web.app.test_client()
    body = {"login": "zhao_yong", "password": PASSWORD}
    given = client.post(f"{ROOT}/session", json=body)
    assert given.status_code == 201
    token = given.get_json()
    headers = {"Authorization": f"Bearer {token['token']}"}
    me = client.get(f"{ROOT}/session", headers=headers).get_json()
    assert (me["key"], me["fresh"], me["csrf_token"]) == ("zhao_yong", True, None)
    until = datetime.fromisoformat(token["fresh_until"])
    assert timedelta(minutes=9) < until - datetime.now(UTC) <= timedelta(minutes=10)
    assert client.delete(f"{ROOT}/tokens/{token['id']}", headers=headers).status_code == 204
    assert client.get(f"{ROOT}/session", headers=headers).status_code == 401


def test_wrong_passwords_are_refused_and_then_slowed_down(web: Web) -> None:
    client = web.app.test_client()
    body = {"login": "zhao_yong", "password": "wrong"}
    codes = [client.post(f"{ROOT}/session", json=body).status_code for _ in range(7)]
    assert codes[0] == 401
    assert codes[-1] == 429


def test_a_lasting_token_asks_for_a_fresh_sign_in_and_is_never_fresh_itself(web: Web) -> None:
    body = {"name": "接口", "days": 30}
    stale = caller(web, "zhang_ming", by_password=False).post("/tokens", body)
    assert (stale.status_code, stale.get_json()["code"]) == (401, "fresh_sign_in")
    made = caller(web, "zhang_ming").post("/tokens", body).get_json()
    assert made["fresh_until"] is None
    headers = {"Authorization": f"Bearer {made['token']}"}
    me = web.app.test_client().get(f"{ROOT}/session", headers=headers).get_json()
    assert me["fresh"] is False


def test_a_token_of_somebody_else_cannot_be_ended(web: Web) -> None:
    program = caller(web, "zhang_ming")
    mine = web.one(select(ApiToken))
    stranger = caller(web, "sun_li")
    headers = {"Authorization": f"Bearer {stranger.token}"}
    stranger.client.delete(f"{ROOT}/tokens/{mine.id}", headers=headers)
    assert program.get("/session").status_code == 200


def test_what_the_system_does_itself_has_no_route(web: Web) -> None:
    own = {f"/{name}" for name, access in ACCESS.items() if access.scope is Scope.SYSTEM}
    assert [rule for _, rule, _ in doors(web) if rule.endswith(tuple(own))] == []


def test_nobody_sets_the_password_of_somebody_else(web: Web) -> None:
    body = {"person": "sun_li", "password": "a long new word 7"}
    before = web.one(select(Person.password_hash).where(Person.key == "sun_li"))
    for person in ("zhang_ming", "zhao_yong", "fang_zhou"):
        assert caller(web, person).post("/commands/SetPassword", body).status_code == 403
    assert web.one(select(Person.password_hash).where(Person.key == "sun_li")) == before
