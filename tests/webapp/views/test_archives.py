"""The register of archived files and its borrowings in the browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from models.archive import FileLoan
from models.closing import ArchiveVolume
from models.duration import law_day
from tests.webapp.conftest import Web
from workflows.trials.theatre import Wish, command_of

WebAt = Callable[..., Web]


def test_an_archived_file_is_found_labelled_and_borrowed(web_at: WebAt) -> None:
    web = web_at("archive_file")
    archivist = web.theatre.person("wu_gang")
    data = {"complete": True, "storage_place": "三库二排"}
    wish = Wish(archivist, web.case_id, element="archive_file", data=data)
    web.theatre.act(command_of(web.application, wish), archivist)
    row = web.one(select(ArchiveVolume))
    client = web.client("wu_gang")
    for words in ("鲜果美", row.archive_no, "三库", "店外经营"):
        assert row.archive_no in client.get("/archives", query_string={"q": words}).text, words
    assert "data-row" not in client.get("/archives?q=没有").text
    assert "data-row" not in client.get("/archives?ended=1").text
    assert "data-row" in client.get(f"/archives?year={row.recorded_at.year}").text
    assert "data-row" not in client.get("/archives?year=2001").text
    assert row.archive_no in client.get("/archives/list.csv").text
    assert "三库二排" in client.get(f"/archives/{web.case_id}/spine").text
    assert "data-row" not in web.client("tang_hao").get("/archives").text
    assert web.client("fang_zhou").get("/archives").status_code == 403

    until = (law_day(web.theatre.clock.now) + timedelta(days=5)).isoformat()
    ask = {"paper": "true", "reason": "评查", "until": until}
    handler = web.client("zhang_ming")
    assert handler.post(f"/cases/{web.case_id}/do/borrow", data=ask).status_code == 302
    loan = web.one(select(FileLoan))
    assert "评查" in handler.get("/archives/loans").text
    assert handler.get(f"/archives/loans/{loan.id}/do/decide").status_code == 403
    refuse = {"outcome": "refuse", "opinion": ""}
    assert client.post(f"/archives/loans/{loan.id}/do/decide", data=refuse).status_code == 422
    lend = client.post(f"/archives/loans/{loan.id}/do/decide", data={"outcome": "lend"})
    assert lend.status_code == 302
    web.theatre.clock.now += timedelta(days=9)
    assert "逾期未还" in client.get("/archives/loans").text
    back = client.post(f"/archives/loans/{loan.id}/do/return", data={"note": "完好"})
    assert back.status_code == 302
    assert "已归还" in client.get("/archives/loans").text
