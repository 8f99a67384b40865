"""People: who sees whom, who may change what, absences, one's own password and tokens."""

from __future__ import annotations

import re

from sqlalchemy import select

from models.note import ApiToken, RefusedAttempt
from models.person import Absence, Certificate, Person, RoleAssignment
from tests.database import PASSWORD
from tests.webapp.conftest import Web
from workflows.passwords import password_matches

NEW = {
    "key": "he_ping",
    "name": "何平𠮷",
    "name_en": "He Ping",
    "password": "long enough 12",
    "post": "执法队员",
}
AWAY = {
    "person": "zhang_ming",
    "starts_on": "2025-09-10",
    "ends_on": "2025-09-20",
    "reason": "培训",
    "substitute": "chen_jie",
}


def person(web: Web, key: str) -> Person | None:
    return web.one(select(Person).where(Person.key == key))  # type: ignore[no-any-return]


def test_only_those_who_look_after_people_open_the_page(web: Web) -> None:
    for key, status in (("shi_lei", 200), ("sun_li", 200), ("zhao_yong", 200), ("zhang_ming", 403),
                        ("qiu_shan", 403), ("fang_zhou", 403)):  # fmt: skip
        assert web.client(key).get("/people").status_code == status, key
    assert web.app.test_client().get("/people").status_code == 302


def test_a_unit_head_sees_their_own_unit_and_nobody_else(web: Web) -> None:
    client = web.client("sun_li")
    page = client.get("/people").text
    assert "zhang_ming" in page
    assert "/people/zhang_ming" in page
    assert "/people/shi_lei" not in page
    assert "登记人员" not in page
    assert client.get("/people/zhang_ming").status_code == 200
    assert client.get("/people/shi_lei").status_code == 404
    assert client.get("/people/sign-ins").status_code == 403


def test_only_the_administrator_changes_accounts(web: Web) -> None:
    head = web.client("sun_li")
    assert head.post("/people/new", data=NEW).status_code == 403
    for path in ("roles", "roles/end", "certificates", "certificates/revoke", "password",
                 "deactivate"):  # fmt: skip
        data = {"role": "handler", "unit": "lt_squad", "valid_from": "2025-01-01"}
        card = {"number": "1", "area": "x", "valid_from": "2025-01-01", "valid_to": "2026-01-01"}
        form = card if path == "certificates" else data if path == "roles" else {"reason": "x"}
        assert head.post(f"/people/zhang_ming/{path}", data=form).status_code == 403, path


def test_a_person_is_registered_and_gets_role_and_certificate(web: Web) -> None:
    client = web.client("shi_lei")
    assert client.post("/people/new", data=NEW).location == "/people/he_ping"
    role = {"role": "handler", "unit": "lt_squad", "valid_from": "2025-01-01"}
    assert client.post("/people/he_ping/roles", data=role).status_code == 302
    card = {"number": "33021199999", "area": "宁波市镇海区", "valid_from": "2025-01-01",
            "valid_to": "2025-10-01"}  # fmt: skip
    assert client.post("/people/he_ping/certificates", data=card).status_code == 302
    page = client.get("/people/he_ping").text
    assert "何平𠮷" in page
    assert "办案人员" in page
    assert "天后到期" in page
    found = person(web, "he_ping")
    assert found is not None
    held = web.one(select(RoleAssignment).where(RoleAssignment.person_id == found.id))
    client.post("/people/he_ping/roles/end", data={"assignment": str(held.id)})
    client.post("/people/he_ping/certificates/revoke", data={"number": "33021199999"})
    assert web.one(select(Certificate).where(Certificate.number == "33021199999")).revoked_on
    ended = web.one(select(RoleAssignment).where(RoleAssignment.id == held.id))
    assert ended.valid_to is not None


def test_what_was_typed_stays_when_an_entry_is_refused(web: Web) -> None:
    client = web.client("shi_lei")
    answer = client.post("/people/new", data={**NEW, "key": "zhang_ming", "password": "short"})
    assert answer.status_code == 422
    assert "已被使用" in answer.text
    assert "密码至少10个字符" in answer.text
    assert "何平𠮷" in answer.text
    empty = client.post("/people/new", data={})
    assert empty.status_code == 422
    assert "必填" in empty.text


def test_administration_and_supervision_stand_apart_from_casework(web: Web) -> None:
    client = web.client("shi_lei")
    for key, role, unit in (("shi_lei", "handler", "lt_squad"), ("zhang_ming", "sys_admin",
                            "zh_office"), ("qiu_shan", "unit_head", "lt_squad"),
                            ("zhang_ming", "supervisor", "js_supervision")):  # fmt: skip
        data = {"role": role, "unit": unit, "valid_from": "2025-01-01"}
        answer = client.post(f"/people/{key}/roles", data=data)
        assert answer.status_code == 422, (key, role)
        assert "应当分开" in answer.text


def test_a_new_password_is_shown_once_and_ends_the_old_sessions(web: Web) -> None:
    before = web.client("zhang_ming")
    answer = web.client("shi_lei").post("/people/zhang_ming/password")
    found = re.search(r'class="secret[^>]*>([^<]+)<', answer.text)
    assert found is not None
    known = person(web, "zhang_ming")
    assert known is not None
    assert password_matches(known.password_hash, found[1])
    assert before.get("/cases").status_code == 302


def test_whoever_left_cannot_sign_in_and_the_last_administrator_stays(web: Web) -> None:
    client = web.client("shi_lei")
    client.post("/people/zhang_ming/deactivate", data={"reason": "调离"})
    assert not getattr(person(web, "zhang_ming"), "active", True)
    own = client.post("/people/shi_lei/deactivate", data={"reason": "x"}, follow_redirects=True)
    assert "不能停用自己" in own.text


def test_a_unit_head_records_absences_of_the_own_unit_only(web: Web) -> None:
    client = web.client("sun_li")
    assert client.post("/people/absences/new", data=AWAY).location == "/people/zhang_ming"
    row = web.one(select(Absence))
    assert "陈洁代行" in client.get("/people/zhang_ming").text
    other = client.post("/people/absences/new", data={**AWAY, "person": "wang_jing"})
    assert other.status_code == 422
    assert "请由其机构负责人登记" in other.text
    assert "P03" in web.one(select(RefusedAttempt).order_by(RefusedAttempt.id.desc())).rules
    back = client.post("/people/zhang_ming/absences/cancel", data={"absence": str(row.id)})
    assert back.status_code == 302
    assert web.one(select(Absence)).cancelled_at is not None


def test_sign_ins_are_listed_for_the_administrator(web: Web) -> None:
    web.app.test_client().post("/sign-in", data={"login": "zhang_ming", "password": "wrong"})
    page = web.client("shi_lei").get("/people/sign-ins").text
    assert "密码不对" in page
    assert "zhang_ming" in page


def test_everyone_changes_their_own_password_knowing_the_old_one(web: Web) -> None:
    client, other = web.client("zhang_ming"), web.client("zhang_ming")
    new = {"old": PASSWORD, "password": "a brand new word", "again": "a brand new word"}
    for wrong in ({"old": "nonsense"}, {"again": "different"},
                  {"password": "short", "again": "short"}):  # fmt: skip
        assert client.post("/me/password", data={**new, **wrong}).status_code == 422, wrong
    assert client.post("/me/password", data=new).status_code == 302
    assert client.get("/me").status_code == 200
    assert other.get("/me").status_code == 302
    known = person(web, "zhang_ming")
    assert known is not None
    assert password_matches(known.password_hash, "a brand new word")


def test_a_token_is_shown_once_works_and_ends_when_revoked(web: Web) -> None:
    client = web.client("zhang_ming")
    assert client.post("/me/tokens", data={"name": "", "days": "30"}).status_code == 422
    assert client.post("/me/tokens", data={"name": "x", "days": "9999"}).status_code == 422
    made = client.post("/me/tokens", data={"name": "报表", "days": "30"}).text
    found = re.search(r"cl_[\w-]{20,}", made)
    assert found is not None
    assert found[0] not in client.get("/me").text
    bearer = {"Authorization": f"Bearer {found[0]}"}
    assert web.app.test_client().get("/me", headers=bearer).status_code == 200
    token = web.one(select(ApiToken))
    web.client("li_qiang").post(f"/me/tokens/{token.id}/revoke")
    assert web.one(select(ApiToken)).revoked_at is None
    client.post(f"/me/tokens/{token.id}/revoke")
    assert web.app.test_client().get("/me", headers=bearer).status_code in (302, 401)
