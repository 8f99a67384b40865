"""Cases over the API: opened, listed, read and acted in, within what one may see."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from models.case import Case
from models.note import ReadEntry
from tests.webapp.api.conftest import ROOT, caller, fields, rules
from tests.webapp.conftest import Web

At = Callable[..., Web]
PARTY = {
    "party_type": "individual_business",
    "name": "镇海区骆驼街道鲜果美水果店",
    "uscc": "92330211MA2GX1001W",
    "representative_name": "陈立新",
    "representative_cert_no": "330211198503152018",
    "representative_cert_type": "resident_id",
}
LEAD_NOW: dict[str, Any] = {
    "second_handler": "li_qiang",
    "source": "daily_inspection",
    "received_at": "2025-09-08T08:30",
    "act_place": "骆驼街道示范路18号门前",
    "content": "店外摆放水果占用人行道，约3平方米。",
    "legal_subject": "luotuo",
    "matter": "out_of_shop_trading",
    "party": PARTY,
}


def test_a_lead_registered_over_the_api_opens_a_case(web: Web) -> None:
    program = caller(web, "zhang_ming")
    answer = program.post("/cases", LEAD_NOW, key="lead-1")
    assert answer.status_code == 200, answer.get_json()
    case_id = answer.get_json()["case_id"]
    found = program.get(f"/cases/{case_id}").get_json()
    assert (found["stage"], found["party_name"]) == ("lead", PARTY["name"])
    assert [t["element"] for t in found["tasks"]] == ["verify_lead"]
    assert "AddEvidence" in found["commands"]
    again = program.post("/cases", LEAD_NOW, key="lead-1").get_json()
    assert (again["case_id"], again["repeated"]) == (case_id, True)
    assert web.one(select(func.count()).select_from(Case)) == 1


def test_a_lead_is_refused_with_all_that_is_wrong_with_it(web: Web) -> None:
    body = {**LEAD_NOW, "second_handler": "zhang_ming", "received_at": "2025-09-09T08:30"}
    refused = caller(web, "zhang_ming").post("/cases", body)
    assert refused.status_code == 422
    assert "V07" in rules(refused)
    assert {"second_handler", "received_at"} <= set(fields(refused))


def test_who_may_not_register_leads_is_forbidden(web: Web) -> None:
    assert caller(web, "zhao_yong").post("/cases", LEAD_NOW).status_code in (403, 422)
    assert web.one(select(func.count()).select_from(Case)) == 0


def test_the_list_is_paged_by_its_cursor_and_filtered(web: Web) -> None:
    program = caller(web, "zhang_ming")
    for _ in range(3):
        assert program.post("/cases", LEAD_NOW).status_code == 200
    first = program.get("/cases", limit=2).get_json()
    rest = program.get("/cases", limit=2, after=first["next"]).get_json()
    ids = [row["id"] for row in first["rows"] + rest["rows"]]
    assert len(set(ids)) == len(ids) == 3
    assert (first["count"], rest["next"]) == ({"number": 3, "exact": True}, None)
    assert program.get("/cases", stage="archived").get_json()["rows"] == []
    assert len(program.get("/cases", q="鲜果美").get_json()["rows"]) == 3


def test_clocks_documents_evidence_and_story_are_read_and_the_look_is_noted(web_at: At) -> None:
    web = web_at("legal_review")
    program = caller(web, "zhang_ming")
    path = f"/cases/{web.case_id}"
    assert "CLK_CASE" in {c["code"] for c in program.get(f"{path}/clocks").get_json()}
    assert "D04" in {d["kind"] for d in program.get(f"{path}/documents").get_json()}
    assert program.get(f"{path}/evidence").status_code == 200
    story = program.get(f"{path}/timeline").get_json()
    assert story["rows"][0]["told"][0]["text"]["zh"]
    older = program.get(f"{path}/timeline", before=story["rows"][1]["id"]).get_json()
    assert older["rows"][0]["id"] < story["rows"][1]["id"]
    looked = set(web.all(select(ReadEntry.what)))
    assert {"api:clocks", "api:documents", "api:evidence", "api:timeline"} <= looked


def test_values_before_and_after_are_for_leaders_and_supervisors_only(web_at: At) -> None:
    web = web_at("legal_review")
    path = f"/cases/{web.case_id}/timeline"

    def shown(person: str) -> list[Any]:
        rows = caller(web, person).get(path, details="true").get_json()["rows"]
        return [row["payload"] for row in rows if row["payload"]]

    assert shown("zhang_ming") == []
    assert shown("qiu_shan") != []


def test_a_case_out_of_sight_is_not_there(web_at: At) -> None:
    web = web_at("legal_review")
    for person in ("shi_lei", "fang_zhou"):
        for part in ("", "/timeline", "/clocks", "/documents", "/evidence"):
            assert caller(web, person).get(f"/cases/{web.case_id}{part}").status_code == 404


def test_evidence_is_added_by_a_handler_and_by_nobody_else(web_at: At) -> None:
    web = web_at("write_report")
    body = {
        "kind": "audio_visual", "name": "现场照片𠮷📷", "collected_at": "2025-09-11T09:20",
        "second_handler": "li_qiang",
    }  # fmt: skip
    path = f"/cases/{web.case_id}/commands/AddEvidence"
    assert caller(web, "zhou_min").post(path, body).status_code == 403
    assert caller(web, "shi_lei").post(path, body).status_code == 404
    added = caller(web, "zhang_ming").post(path, body)
    assert added.status_code == 200, added.get_json()
    listed = caller(web, "zhang_ming").get(f"/cases/{web.case_id}/evidence").get_json()
    assert "现场照片𠮷📷" in [item["name"] for item in listed]


def test_a_step_taken_by_its_command_meets_the_same_form_and_rules(web_at: At) -> None:
    web = web_at("review_filing")
    path = f"/cases/{web.case_id}/commands/ReviewFiling"
    program = caller(web, "sun_li")
    assert fields(program.post(path, {"outcome": "perhaps"})) == ["outcome"]
    behind = {"outcome": "return", "opinion": "补充", "task_id": str(web.task().id), "rev": 99}
    assert program.post(path, behind).status_code == 409
    good = {"outcome": "agree", "handlers": ["zhang_ming", "li_qiang"]}
    assert program.post(path, good).status_code == 200
    early = caller(web, "zhao_yong").post(f"/cases/{web.case_id}/commands/ApproveClosing", good)
    assert early.status_code == 422


def test_a_step_that_does_not_wait_is_refused_by_name(web_at: At) -> None:
    web = web_at("review_filing")
    path = f"/cases/{web.case_id}/commands/ApproveClosing"
    refused = caller(web, "zhao_yong").post(path, {"outcome": "close"})
    assert (refused.status_code, "S01" in rules(refused)) == (422, True)


def test_watching_changes_what_i_follow(web_at: At) -> None:
    web = web_at("legal_review")
    program, path = caller(web, "sun_li"), f"/cases/{web.case_id}"
    assert program.post(f"{path}/commands/WatchCase").status_code == 200
    assert program.get(path).get_json()["watched"] is True
    assert program.get("/tasks", group="watched").get_json()["counts"]["watched"]["number"] == 1
    assert program.post(f"{path}/commands/UnwatchCase").status_code == 200
    assert program.get(path).get_json()["watched"] is False


HOSTILE = {
    "nul": '{"q": "a\\u0000b"}',
    "lone surrogate": '{"source": "\\ud800"}',
    "not a number": '{"received_at": NaN}',
    "endless nesting": '{"party": ' + "[" * 5000 + "]" * 5000 + "}",
    "huge integer": '{"content": ' + "9" * 5000 + "}",
    "no object": "[1, 2]",
    "null": "null",
    "broken": '{"source":',
    "not utf-8": b'{"source": "\xff"}',
    "nothing": "",
}


def test_hostile_bodies_are_refused_and_never_crash(web: Web) -> None:
    program = caller(web, "zhang_ming")
    for name, body in HOSTILE.items():
        answer = program.raw("/cases", body if isinstance(body, bytes) else body.encode())
        assert answer.status_code in (400, 422), name
        assert answer.content_type == "application/problem+json", name


def test_hostile_texts_are_refused_at_their_field(web: Web) -> None:
    program = caller(web, "zhang_ming")
    for text in ("a\u0000b", "\u202eabc", "x" * 100_001):
        answer = program.post("/cases", {**LEAD_NOW, "content": text})
        assert (answer.status_code, fields(answer)) == (422, ["content"])


def test_a_body_that_is_not_json_and_one_that_is_too_large_are_told_apart(web: Web) -> None:
    program = caller(web, "zhang_ming")
    assert program.raw("/cases", b"a=1", "application/x-www-form-urlencoded").status_code == 415
    assert program.raw("/cases", b" " * (5 * 1024 * 1024)).status_code == 413


FORGED = (
    "x",
    "é",
    "%00",
    "2025-01-01T00:00_" + "0" * 32,
    *tuple(
        base64.urlsafe_b64encode(text).decode()
        for text in (b"2025-01-01|x", b"2025-01-01T00:00|" + b"0" * 32, b"\xff|" + b"0" * 32)
    ),
)


def test_forged_cursors_are_refused(web: Web) -> None:
    program = caller(web, "zhao_yong")
    for path in ("/cases", "/tasks", "/supervision/cases", "/notifications"):
        for cursor in FORGED:
            assert program.get(path, after=cursor).status_code == 422, (path, cursor)


def test_a_misspelt_filter_is_told_instead_of_ignored(web: Web) -> None:
    answer = caller(web, "zhang_ming").get("/cases", stagee="lead")
    assert (answer.status_code, fields(answer)) == (422, ["stagee"])


@pytest.mark.parametrize(
    ("asked", "title"),
    [("en-GB,en;q=0.9", "right yet"), ("zh-CN", "还没有填对"), ("", "还没有填对")],
)
def test_refusals_speak_the_language_that_is_asked_for(web: Web, asked: str, title: str) -> None:
    program = caller(web, "zhang_ming")
    headers = {"Authorization": f"Bearer {program.token}", "Accept-Language": asked}
    spoken = program.client.get(f"{ROOT}/cases?limit=0", headers=headers).get_json()
    assert title in spoken["title"]
    assert spoken["errors"][0]["message"].isascii() == asked.startswith("en")


def test_the_contract_and_its_page_are_there_for_everybody_without_scripts(web: Web) -> None:
    client = web.app.test_client()
    assert client.get(f"{ROOT}/openapi.json").get_json()["openapi"] == "3.1.0"
    page = client.get(f"{ROOT}/")
    assert "script-src" not in page.headers["Content-Security-Policy"]
    text = page.get_data(as_text=True)
    assert "<script" not in text
    assert "RegisterPerson" in text
    assert "style=" not in text


def test_a_wrong_method_names_the_right_ones(web: Web) -> None:
    answer = caller(web, "zhang_ming").client.put(f"{ROOT}/cases")
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))
