"""Commands outside cases over the API: people of the bureau, packs from draft to release."""

from __future__ import annotations

import base64
from typing import Any

from sqlalchemy import func, select

from models.audit import AuditEvent
from models.person import Person
from tests.database import PASSWORD
from tests.webapp.api.conftest import ROOT, Caller, caller, fields, rules
from tests.webapp.conftest import Web
from workflows.access import ADMIN_COMMANDS, DESIGN_COMMANDS

NEW = {"key": "gao_yuan", "name": "高远𠮷", "name_en": "Gao Yuan", "password": "long enough 1"}
SEEN = {"limit": 100}


def test_an_administrator_registers_a_person_who_then_signs_in(web: Web) -> None:
    admin = caller(web, "shi_lei")
    assert admin.post("/commands/RegisterPerson", NEW, key="p1").status_code == 200
    role = {"person": "gao_yuan", "role": "handler", "unit": "lt_squad", "valid_from": "2025-01-01"}
    assert admin.post("/commands/GrantRole", role).status_code == 200
    signed = web.app.test_client().post(
        f"{ROOT}/session", json={"login": NEW["key"], "password": NEW["password"]}
    )
    assert signed.status_code == 201
    found = admin.get("/people/gao_yuan").get_json()
    assert (found["name"], [a["role"] for a in found["assignments"]]) == (NEW["name"], ["handler"])


def test_a_repeated_key_registers_one_person_and_another_password_is_a_conflict(web: Web) -> None:
    admin = caller(web, "shi_lei")
    before = web.one(select(func.count()).select_from(Person))
    assert admin.post("/commands/RegisterPerson", NEW, key="p1").get_json()["repeated"] is False
    assert admin.post("/commands/RegisterPerson", NEW, key="p1").get_json()["repeated"] is True
    other = {**NEW, "password": "something else 2"}
    assert admin.post("/commands/RegisterPerson", other, key="p1").status_code == 409
    assert web.one(select(func.count()).select_from(Person)) == before + 1


def test_no_password_stands_in_answers_or_in_the_audit_trail(web: Web) -> None:
    answer = caller(web, "shi_lei").post("/commands/RegisterPerson", NEW)
    assert NEW["password"] not in answer.get_data(as_text=True)
    payloads = web.all(select(AuditEvent.payload).where(AuditEvent.command == "RegisterPerson"))
    assert all(NEW["password"] not in str(payload) for payload in payloads)


def test_rules_of_the_bureau_are_told_all_at_once(web: Web) -> None:
    bad = {**NEW, "key": "Gao Yuan!", "password": "short", "email": "nowhere"}
    refused = caller(web, "shi_lei").post("/commands/RegisterPerson", bad)
    assert refused.status_code == 422
    assert {"B01", "B02"} <= set(rules(refused))
    assert {"key", "email", "password"} <= set(fields(refused))


def test_fields_are_bounded_and_unknown_ones_refused(web: Web) -> None:
    bad = {**NEW, "name": "高" * 201, "phone": 13800000000, "rank": "chief"}
    refused = caller(web, "shi_lei").post("/commands/RegisterPerson", bad)
    assert (refused.status_code, set(fields(refused))) == (422, {"name", "phone", "rank"})


def test_an_officer_has_no_command_of_administration_or_design(web: Web) -> None:
    before = web.one(select(func.count()).select_from(AuditEvent))
    officer = caller(web, "zhang_ming")
    for command in (*ADMIN_COMMANDS, *DESIGN_COMMANDS, "ReleasePack"):
        assert officer.post(f"/commands/{command}", BODIES[command]).status_code == 403, command
    assert web.one(select(func.count()).select_from(AuditEvent)) == before


NOBODY = "00000000-0000-4000-8000-000000000000"
DAYS = {"valid_from": "2025-01-01", "valid_to": "2026-01-01"}
BODIES: dict[str, dict[str, Any]] = {
    "RegisterPerson": NEW,
    "GrantRole": {
        "person": "sun_li",
        "role": "aux",
        "unit": "lt_squad",
        "valid_from": "2025-01-01",
    },
    "EndRole": {"assignment": NOBODY, "valid_to": "2025-12-31"},
    "AddCertificate": {"person": "sun_li", "number": "X1", "area": "镇海", **DAYS},
    "RevokeCertificate": {"number": "X1", "revoked_on": "2025-12-31"},
    "SetPassword": {"person": "sun_li", "password": "long enough 1"},
    "DeactivatePerson": {"person": "sun_li", "reason": "调离"},
    "CreatePackDraft": {"version_id": NOBODY, "title": "草稿"},
    "SavePackDraft": {"draft_id": NOBODY, "rev": 1, "files": {}},
    "ImportPackDraft": {"title": "草稿", "archive": ""},
    "ProposePackRelease": {"draft_id": NOBODY, "rev": 1, "note": ""},
    "DiscardPackDraft": {"draft_id": NOBODY, "rev": 1},
    "ReleasePack": {"draft_id": NOBODY, "rev": 1},
}


def test_people_are_listed_for_those_who_look_after_them_only(web: Web) -> None:
    everyone = caller(web, "shi_lei").get("/people", **SEEN).get_json()
    heads = caller(web, "sun_li").get("/people", **SEEN).get_json()
    assert 0 < len(heads["rows"]) < len(everyone["rows"])
    assert caller(web, "zhang_ming").get("/people").status_code == 403
    assert caller(web, "zhang_ming").get("/people/sun_li").status_code == 403
    assert PASSWORD not in str(everyone)


def test_an_absence_lets_a_substitute_act_and_can_be_cancelled(web: Web) -> None:
    head = caller(web, "sun_li")
    body = {"person": "zhang_ming", "starts_on": "2025-09-08", "ends_on": "2025-09-12",
            "reason": "年休假", "substitute": "li_qiang"}  # fmt: skip
    recorded = head.post("/commands/RecordAbsence", body)
    assert recorded.status_code == 200, recorded.get_json()
    acted = caller(web, "li_qiang").get("/session").get_json()["holdings"]
    assert any(holding["acting_for"] for holding in acted)
    absence = recorded.get_json()["extra"]["absence"]
    assert head.post("/commands/CancelAbsence", {"absence": absence}).status_code == 200
    acted = caller(web, "li_qiang").get("/session").get_json()["holdings"]
    assert not any(holding["acting_for"] for holding in acted)


def drafted(designer: Caller) -> dict[str, Any]:
    """A new draft of the ordinary procedure."""
    version = designer.get("/packs").get_json()[0]
    body = {"version_id": version["id"], "title": "新草稿"}
    return dict(designer.post("/commands/CreatePackDraft", body).get_json()["extra"])


def test_a_draft_is_saved_proposed_and_released_by_a_second_person(web: Web) -> None:
    designer, releaser = caller(web, "fang_zhou"), caller(web, "ren_jing")
    draft = drafted(designer)
    path = f"/packs/drafts/{draft['draft']}"
    found = designer.get(path).get_json()
    manifest = base64.b64decode(found["files"]["pack.yaml"]) + b"\n# changed\n"
    save = {"draft_id": draft["draft"], "rev": found["rev"],
            "files": {"pack.yaml": base64.b64encode(manifest).decode()}}  # fmt: skip
    saved = designer.post("/commands/SavePackDraft", save)
    assert saved.status_code == 200, saved.get_json()
    assert designer.post("/commands/SavePackDraft", save).status_code == 409
    asked = {"draft_id": draft["draft"], "rev": saved.get_json()["extra"]["rev"], "note": "改注释"}
    proposed = designer.post("/commands/ProposePackRelease", asked).get_json()
    release = {"draft_id": draft["draft"], "rev": proposed["extra"]["rev"]}
    assert designer.post("/commands/ReleasePack", release).status_code == 403
    released = releaser.post("/commands/ReleasePack", release)
    assert released.status_code == 200, released.get_json()
    version = releaser.get("/packs").get_json()[0]
    assert version["id"] == released.get_json()["extra"]["version"]
    archive = designer.get(f"/packs/versions/{version['id']}/archive")
    assert archive.data[:2] == b"PK"


def test_a_zip_becomes_a_draft_and_anything_else_is_refused(web: Web) -> None:
    designer = caller(web, "fang_zhou")
    version = designer.get("/packs").get_json()[0]
    archive = designer.get(f"/packs/versions/{version['id']}/archive").data
    body = {"title": "导入", "archive": base64.b64encode(archive).decode()}
    assert designer.post("/commands/ImportPackDraft", body).status_code == 200
    broken = {"title": "导入", "archive": base64.b64encode(b"no zip").decode()}
    assert designer.post("/commands/ImportPackDraft", broken).status_code == 422
    assert fields(designer.post("/commands/ImportPackDraft", {**body, "archive": "***"})) == [
        "archive"
    ]


def test_an_idempotency_key_that_cannot_be_kept_is_refused(web: Web) -> None:
    answer = caller(web, "shi_lei").post("/commands/RegisterPerson", NEW, key="x" * 81)
    assert (answer.status_code, fields(answer)) == (422, ["Idempotency-Key"])


def test_messages_and_supervision_are_ones_own(web: Web) -> None:
    program = caller(web, "zhang_ming")
    assert program.get("/notifications").get_json()["rows"] == []
    assert program.post("/notifications/read").status_code == 204
    for path in ("/supervision/cases", "/supervision/cells", "/supervision/attempts"):
        assert program.get(path).status_code == 403
        assert caller(web, "qiu_shan").get(path).status_code == 200


def test_what_was_refused_stands_in_the_supervisors_list(web_at: Any) -> None:
    web = web_at("review_filing")
    path = f"/cases/{web.case_id}/commands/ExtendVerification"
    assert caller(web, "sun_li").post(path, {"reason": "复杂"}).status_code == 403
    seen = caller(web, "qiu_shan").get("/supervision/attempts").get_json()["rows"][0]
    assert (seen["command"], seen["via"]) == ("ExtendVerification", "api")
