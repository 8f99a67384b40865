"""The outbox of reports in the browser: states, preview of the mapped record, resending."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from models.reporting import ReportRecord
from tests.webapp.conftest import Web
from webapp.makers import makers

WebAt = Callable[..., Web]


def test_the_publisher_sees_what_is_reported_answers_and_tells_it_anew(web_at: WebAt) -> None:
    web = web_at("propose_closing")
    client = web.client("zhou_min")
    row = web.one(select(ReportRecord).where(ReportRecord.destination == "double_publicity"))
    page = client.get("/reporting?to=double_publicity").text
    assert "鲜果美水果店" in page
    assert f"/reporting/{row.id}" in page
    assert "等待报送" in client.get(f"/reporting/{row.id}").text
    with web.app.test_request_context():
        makers().make("deliver_report", record_id=str(row.id))
    shown = client.get(f"/reporting/{row.id}").text
    assert "0.050000" in shown
    assert "登记平台答复" in shown
    back = client.post(
        f"/reporting/{row.id}/do/answer", data={"answer": "rejected", "rejection": "名称不符"}
    )
    assert back.status_code == 302
    assert "名称不符" in client.get(f"/reporting/{row.id}").text
    missing = client.post(f"/reporting/{row.id}/do/resend", data={"reason": ""})
    assert missing.status_code == 422
    anew = client.post(f"/reporting/{row.id}/do/resend", data={"reason": "已更正名称"})
    assert anew.status_code == 302
    assert anew.location != f"/reporting/{row.id}"
    assert "第 2 次" in client.get(anew.location).text
    assert "已重报" in client.get("/reporting/list.csv").text
    assert client.get("/reporting?state=replaced&q=鲜果").text.count("data-row") == 1


def test_who_neither_reports_nor_supervises_does_not_see_the_outbox(web_at: WebAt) -> None:
    web = web_at("propose_closing")
    row = web.one(select(ReportRecord))
    for who in ("zhang_ming", "wu_gang", "tang_hao"):
        assert web.client(who).get("/reporting").status_code == 403
        assert web.client(who).get(f"/reporting/{row.id}").status_code == 403
    leader = web.client("zhao_yong")
    assert leader.get(f"/reporting/{row.id}").status_code == 200
    assert leader.get(f"/reporting/{row.id}/do/resend").status_code == 403
