"""Letters of those who supervise: registered, in the inbox of their owner, answered in order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pikepdf
from sqlalchemy import select

from models.duration import law_day
from models.note import Notification
from models.supervision_letter import LetterState, SupervisionLetter
from tests.webapp.conftest import Web

WebAt = Callable[..., Web]


def typed(web: Web, **changed: str) -> dict[str, str]:
    today = law_day(web.theatre.clock.now)
    return {
        "subject": "luotuo",
        "kind": "procuratorial",
        "organ": "镇海区人民检察院",
        "number": "镇检建〔2025〕3号",
        "dated_on": (today - timedelta(days=2)).isoformat(),
        "received_on": today.isoformat(),
        "content": "送达回证填写不规范，建议整改。",
        "owner": "wang_jing",
        **changed,
    }


def only(web: Web) -> SupervisionLetter:
    found: SupervisionLetter = web.one(select(SupervisionLetter))
    return found


def test_a_letter_goes_from_the_register_to_its_reply(web_at: WebAt) -> None:
    web = web_at("inquire")
    head, owner, leader = (web.client(k) for k in ("zhao_yong", "wang_jing", "zhao_yong"))
    about = typed(web, case_no=str(web.case().case_no))
    assert head.post("/letters/new", data=about).status_code == 302
    row = only(web)
    assert (row.case_id, row.state) == (web.case_id, LetterState.OPEN)
    day = row.received_on
    month = day.month + 2
    assert row.reply_due == date(day.year + (month > 12), (month - 1) % 12 + 1, day.day)
    told = web.all(select(Notification).where(Notification.link == f"/letters/{row.id}"))
    assert len(told) == 1
    inbox = owner.get("/tasks", follow_redirects=True).text
    assert "等您处理的监督来函" in inbox
    assert f"/letters/{row.id}" in inbox
    assert f"/letters/{row.id}" not in web.client("zhang_ming").get("/tasks").text
    again = head.post("/letters/new", data=about)
    assert (again.status_code, "已经登记" in again.text) == (422, True)

    reply = {"reply": "经核查属实。", "measures": "已组织培训，逐份复核。"}
    assert web.client("zhang_ming").get(f"/letters/{row.id}/do/draft").status_code == 403
    assert owner.post(f"/letters/{row.id}/do/draft", data=reply).status_code == 302
    assert f"/letters/{row.id}" in leader.get("/tasks").text
    back = {"outcome": "return", "opinion": "写明培训日期"}
    assert leader.post(f"/letters/{row.id}/do/decide", data=back).status_code == 302
    assert "写明培训日期" in owner.get(f"/letters/{row.id}").text
    owner.post(f"/letters/{row.id}/do/draft", data=reply)
    assert owner.get(f"/letters/{row.id}/reply.pdf").status_code == 404
    assert (
        leader.post(f"/letters/{row.id}/do/decide", data={"outcome": "approve"}).status_code == 302
    )
    row = only(web)
    assert re.fullmatch(r".+函复〔\d{4}〕第0001号", str(row.reply_no))
    pdf = owner.get(f"/letters/{row.id}/reply.pdf").data
    assert pdf == owner.get(f"/letters/{row.id}/reply.pdf").data
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) >= 1
    word = owner.get(f"/letters/{row.id}/reply.docx").data
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert "已组织培训" in archive.read("word/document.xml").decode()
    sent = {"sent_on": row.received_on.isoformat(), "sending_method": "机要"}
    assert owner.post(f"/letters/{row.id}/do/send", data=sent).status_code == 302
    assert "按期答复" in owner.get("/letters").text
    assert str(row.reply_no) in owner.get("/letters/list.csv").text
    assert "等您处理的监督来函" not in owner.get("/tasks").text


def test_a_letter_about_the_agency_names_its_day_and_is_late_after_it(web_at: WebAt) -> None:
    web = web_at("inquire")
    today = law_day(web.theatre.clock.now)
    due = (today + timedelta(days=3)).isoformat()
    data = typed(web, kind="judicial", reply_due=due)
    web.client("zhao_yong").post("/letters/new", data=data)
    row = only(web)
    assert (row.case_id, row.due_stated, row.reply_due.isoformat()) == (None, True, due)
    stranger = web.client("tang_hao")
    assert stranger.get(f"/letters/{row.id}").status_code == 404
    assert row.organ not in stranger.get("/letters").text
    assert "due soon" in web.client("wang_jing").get("/letters").text
    web.theatre.clock.now += timedelta(days=5)
    assert "due late" in web.client("wang_jing").get("/letters?open=1").text


def test_wrong_days_strangers_and_unknown_cases_are_refused(web_at: WebAt) -> None:
    web = web_at("inquire")
    head, tomorrow = web.client("zhao_yong"), law_day(web.theatre.clock.now) + timedelta(days=1)
    for change in (
        {"received_on": tomorrow.isoformat()},
        {"case_no": "没有这个案号"},
        {"reply_due": "2020-01-01"},
        {"organ": ""},
    ):
        assert head.post("/letters/new", data=typed(web, **change)).status_code == 422, change
    assert web.client("zhang_ming").get("/letters/new").status_code == 403
    assert web.client("fang_zhou").get("/letters").status_code == 403
    assert web.all(select(SupervisionLetter)) == []
