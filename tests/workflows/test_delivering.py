"""Reports: left with the act, mapped exactly, delivered once, answered, corrected and told anew."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.case import Party
from models.duration import law_day
from models.errors import Refused
from models.person import Person
from models.reporting import ReportRecord
from models.types import ReportState
from tests.database import Databases
from tests.workflows.stories import Stage, archived, staged
from workflows.actors import Actor, load_actor
from workflows.commands.reporting import AnswerReport, ResendReport
from workflows.delivering import Delivery, NotDelivered
from workflows.reference.reporting import SHARED, destinations
from workflows.report_mapping import Unmappable, amount, digest, map_record, written

FACTS: dict[str, Any] = {
    "event": "decided", "at": "2025-10-14T10:00:00+08:00",
    "case": {"id": "1", "number": "镇骆综执立〔2025〕第0001号", "cause": "店外经营"},
    "party": {"type": "individual_business", "name": "鲜果美", "uscc": "92330211MA2GX1001W"},
    "subject": {"name": "骆驼街道办事处", "uscc": "11330211MB1X000021"},
    "decision": {
        "number": "镇骆综执罚决〔2025〕第0101号", "facts": "店外经营", "basis": "某条例第十七条",
        "penalty_kinds": ["warning", "fine"], "content": "罚款500元", "fine": Decimal("500.00"),
        "on": "2025-10-09",
    },
}  # fmt: skip


# -- the mapping ------------------------------------------------------------------------------


def mapped(to: str, **changed: Any) -> tuple[dict[str, str], dict[str, str]]:
    found = map_record(destinations()[to], {**FACTS, **changed})
    values = {name: value for name, value, _source in found.fields}
    return values, {name: text.zh for name, text in found.problems}


@given(st.integers(0, 10**14))
def test_ten_thousand_yuan_have_six_decimals_and_lose_nothing(fen: int) -> None:
    yuan = Decimal(fen) / 100
    text = amount(yuan, "ten_thousand")
    whole, _point, part = text.partition(".")
    assert len(part) == 6
    assert whole.isdecimal()
    assert Decimal(text) * 10_000 == yuan
    assert Decimal(amount(yuan, "yuan")) == yuan


@pytest.mark.parametrize("wrong", [Decimal("0.005"), Decimal("NaN"), Decimal("Infinity"), 500.0])
def test_an_amount_that_is_not_exact_is_refused(wrong: Any) -> None:
    with pytest.raises(Unmappable):
        amount(wrong, "ten_thousand")


def test_the_columns_of_two_publicity_say_500_yuan_as_five_hundredths() -> None:
    values, problems = mapped("double_publicity")
    assert problems == {}
    assert values["罚款金额（万元）"] == "0.050000"
    assert values["处罚类别"] == "警告|罚款"
    assert values["行政相对人类别"] == "个体工商户"
    assert values["状态"] == "1"
    assert values["没收违法所得、没收非法财物的金额（万元）"] == ""
    assert mapped("double_publicity", event="withdrawn")[0]["状态"] == "2"


def test_codes_without_a_place_and_empty_columns_are_listed_all_at_once() -> None:
    party = {**FACTS["party"], "type": "other", "cert_type": "other", "name": ""}
    decision = {**FACTS["decision"], "penalty_kinds": ["fine", "other"], "facts": "字" * 5001}
    values, problems = mapped("double_publicity", party=party, decision=decision)
    assert set(problems) == {"行政相对人名称", "行政相对人类别", "证件类型", "处罚类别", "违法事实"}
    assert "“other”" in problems["处罚类别"]
    assert values["处罚类别"] == "", "nothing is guessed"


def test_the_same_record_is_the_same_bytes_and_xml_carries_any_text() -> None:
    to = destinations()["major_penalty"]
    decision = {**FACTS["decision"], "facts": "a<b>&\x07“引号”"}
    record = map_record(to, {**FACTS, "decision": decision})
    body = written(to, "k:1", record)
    assert body == written(to, "k:1", record)
    root = ElementTree.fromstring(body)
    assert root.get("key") == "k:1"
    assert root.findtext("Facts") == "a<b>&“引号”"
    assert root.findtext("Fine") == "500.00"


# -- the outbox -------------------------------------------------------------------------------


@pytest.fixture
def stage(databases: Databases, tmp_path: Path) -> Iterator[Stage]:
    url = archived(databases, tmp_path)
    with staged(url, tmp_path) as made:
        yield made
    databases.drop(url)


def rows(stage: Stage) -> dict[tuple[str, str, int], ReportRecord]:
    with stage.application.transactions.read() as session:
        found = session.scalars(select(ReportRecord)).all()
    return {(row.destination, row.event, row.version): row for row in found}


def delivery(stage: Stage, **report_to: str) -> Delivery:
    it = stage.application
    settings = replace(it.settings, report_to=report_to)
    return Delivery(it.transactions, it.notes, settings, it.clock)


def person(stage: Stage, key: str) -> Actor:
    with stage.application.transactions.read() as session:
        row = session.scalars(select(Person).where(Person.key == key)).one()
        found = load_actor(session, row.id, law_day(stage.clock()))
    assert found is not None
    return found


def test_filing_decision_disclosure_and_closing_each_left_one_record(stage: Stage) -> None:
    assert set(rows(stage)) == {
        ("supervision", "filed", 1), ("supervision", "decided", 1), ("supervision", "closed", 1),
        ("double_publicity", "decided", 1),
    }  # fmt: skip


def test_a_record_goes_into_the_folder_with_its_checksum_and_again_as_the_same_file(
    stage: Stage, tmp_path: Path
) -> None:
    row = rows(stage)["double_publicity", "decided", 1]
    folder = tmp_path / "out"
    delivery(stage, double_publicity=str(folder)).deliver(row.id)
    sent = rows(stage)["double_publicity", "decided", 1]
    assert sent.state == ReportState.SENT
    [file] = folder.glob("*.json")
    assert digest(file.read_bytes()) == sent.sha256
    assert (folder / f"{file.name}.sha256").read_text().startswith(str(sent.sha256))
    assert json.loads(file.read_bytes())["data"]["罚款金额（万元）"] == "0.050000"
    before = file.stat().st_mtime_ns
    delivery(stage, double_publicity=str(folder)).deliver(row.id)
    assert file.stat().st_mtime_ns == before, "what was sent is not sent again"
    with stage.application.engine.begin() as connection:  # a worker died before it could note it
        connection.execute(update(ReportRecord).values(state="waiting"))
    delivery(stage, double_publicity=str(folder)).deliver(row.id)
    assert len(list(folder.iterdir())) == 2, "the same key is the same file"


def test_what_cannot_be_mapped_is_listed_corrected_and_told_anew(stage: Stage) -> None:
    row = rows(stage)["double_publicity", "decided", 1]
    with Session(stage.application.engine) as session, session.begin():
        session.execute(update(Party).values(party_type="other"))
    delivery(stage).deliver(row.id)
    stuck = rows(stage)["double_publicity", "decided", 1]
    assert stuck.state == ReportState.UNMAPPED
    assert [p["name"] for p in stuck.problems] == ["行政相对人类别"]
    with Session(stage.application.engine) as session, session.begin():
        session.execute(update(Party).values(party_type="individual_business"))
    resend = ResendReport(case_id=row.case_id, record=str(row.id), reason="更正了当事人类型")
    stage.application.dispatcher.execute(resend, actor=person(stage, "zhou_min"))
    found = rows(stage)
    assert found["double_publicity", "decided", 1].state == ReportState.REPLACED
    assert stage.later.jobs[-1][0] == "deliver_report"
    delivery(stage).deliver(found["double_publicity", "decided", 2].id)
    assert rows(stage)["double_publicity", "decided", 2].state == ReportState.SENT
    with pytest.raises(Refused) as twice:
        stage.application.dispatcher.execute(resend, actor=person(stage, "zhou_min"))
    assert [v.rule for v in twice.value.violations] == ["Z11"]


def test_a_receipt_and_a_return_are_registered_once_the_record_was_sent(stage: Stage) -> None:
    row = rows(stage)["supervision", "filed", 1]
    execute, zhou = stage.application.dispatcher.execute, person(stage, "zhou_min")
    taken = AnswerReport(case_id=row.case_id, record=str(row.id), answer="accepted", receipt="R-1")
    with pytest.raises(Refused) as early:
        execute(taken, actor=zhou)
    assert [v.rule for v in early.value.violations] == ["Z12"]
    delivery(stage).deliver(row.id)
    returned = replace(taken, answer="rejected", receipt=None, rejection="区划代码不符")
    execute(returned, actor=zhou)
    assert rows(stage)["supervision", "filed", 1].rejection == "区划代码不符"
    execute(taken, actor=zhou)
    assert rows(stage)["supervision", "filed", 1].state == ReportState.ACCEPTED
    other = rows(stage)["supervision", "closed", 1]
    with pytest.raises(Refused) as strange:
        execute(replace(taken, record="no key"), actor=zhou)
    assert [v.rule for v in strange.value.violations] == ["Z10"]
    assert other.state == ReportState.WAITING


# -- a platform that answers --------------------------------------------------------------------


class Platform:
    """A platform on this machine: it keeps what it was sent and answers as the test wants."""

    def __init__(self) -> None:
        self.received: list[tuple[str, bytes, str]] = []
        self.status, self.answer = 200, b""
        platform = self

        class Desk(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                key = str(self.headers["Idempotency-Key"])
                platform.received.append((key, body, str(self.headers["X-Content-SHA256"])))
                self.send_response(platform.status)
                self.end_headers()
                self.wfile.write(platform.answer)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Desk)
        self.url = f"http://127.0.0.1:{self.server.server_port}/records"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def platform() -> Iterator[Platform]:
    made = Platform()
    yield made
    made.close()


def test_a_platform_takes_returns_and_fails_and_nothing_is_lost_or_doubled(
    stage: Stage, platform: Platform
) -> None:
    to = delivery(stage, supervision=platform.url)
    filed, decided, closed = (
        rows(stage)["supervision", event, 1] for event in ("filed", "decided", "closed")
    )
    platform.status, platform.answer = 503, b"busy"
    with pytest.raises(NotDelivered, match="503"):
        to.deliver(filed.id)
    waiting = rows(stage)["supervision", "filed", 1]
    assert (waiting.state, "503" in str(waiting.failure)) == (ReportState.WAITING, True)
    platform.status, platform.answer = 200, b'{"accepted": true, "receipt": "SJ-0001"}'
    to.deliver(filed.id)
    taken = rows(stage)["supervision", "filed", 1]
    assert (taken.state, taken.receipt, taken.failure) == ("accepted", "SJ-0001", None)
    assert platform.received[0][0] == platform.received[1][0] == filed.key
    assert platform.received[0][1] == platform.received[1][1]
    assert platform.received[1][2] == digest(platform.received[1][1]) == taken.sha256
    platform.status, platform.answer = 422, '{"reason": "事项编码不在清单"}'.encode()
    to.deliver(decided.id)
    returned = rows(stage)["supervision", "decided", 1]
    assert (returned.state, returned.rejection) == ("rejected", "事项编码不在清单")
    platform.status, platform.answer = 200, b"not json"
    with pytest.raises(NotDelivered):
        to.deliver(closed.id)
    platform.answer = b""
    to.deliver(closed.id)
    assert rows(stage)["supervision", "closed", 1].state == ReportState.SENT


def test_a_platform_that_is_away_is_tried_again(stage: Stage) -> None:
    row = rows(stage)["supervision", "filed", 1]
    with pytest.raises(NotDelivered):
        delivery(stage, supervision="http://127.0.0.1:9/x").deliver(row.id)
    assert rows(stage)["supervision", "filed", 1].state == ReportState.WAITING


def test_every_shipped_destination_is_sound() -> None:
    assert set(destinations(SHARED)) == {"double_publicity", "supervision", "major_penalty"}
