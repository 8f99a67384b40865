"""The register of transfers: each direction by state, with its deadline, for who sees the case."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from models.case import Case
from models.criminal import CriminalTransfer
from models.person import Person
from models.transfer import IncomingTransfer, Transfer
from tests.webapp.conftest import Web


def test_transfers_are_listed_by_direction_and_state_and_hidden_from_others(
    web_at: object,
) -> None:
    web: Web = web_at("verify_lead")  # type: ignore[operator]
    case = web.one(select(Case))
    zhang, li = (web.one(select(Person).where(Person.key == k)) for k in ("zhang_ming", "li_qiang"))
    stamp = {"case_id": case.id, "recorded_at": case.opened_at}
    with web.application.transactions.write() as session:
        session.add(
            Transfer(
                id=uuid.uuid4(), **stamp, kind="administrative", to_agency="示例水利局",
                reason="河道", proposed_by_id=zhang.id, state="sent", sent_at=case.opened_at,
                approved_at=case.opened_at, approved_by_id=zhang.id, enclosures=[],
                return_reasons=[],
            )
        )  # fmt: skip
        session.add(
            IncomingTransfer(
                id=uuid.uuid4(), **stamp, from_agency="示例规划局", received_at=case.opened_at,
                enclosures=[], return_reasons=[],
            )
        )  # fmt: skip
        session.add(
            CriminalTransfer(
                id=uuid.uuid4(), **stamp, round=1, team=[zhang.id, li.id], crime="危险作业罪",
                facts="储存", reported_at=case.opened_at, reported_by_id=zhang.id, enclosures=[],
            )
        )  # fmt: skip
        found = session.get_one(Case, case.id)
        found.pending_clocks = {
            **found.pending_clocks,
            "CLK_TRANSFER_RECEIPT": ["2025-09-10T00:00:00+08:00", "2025-09-09"],
        }
    officer = web.client("zhang_ming")
    out = officer.get("/transfers").text
    assert "示例水利局" in out
    assert "已发出" in out
    assert "示例规划局" not in out
    assert "示例规划局" in officer.get("/transfers?direction=in&state=received").text
    assert "示例规划局" not in officer.get("/transfers?direction=in&state=returned").text
    assert "待主要负责人决定" in officer.get("/transfers?direction=police&state=reported").text
    assert "示例水利局" in officer.get("/transfers/transfers.csv").text
    assert "2025" in officer.get("/transfers/transfers.csv").text
    assert "示例水利局" not in web.client("yuan_chao").get("/transfers").text
    assert web.client("fang_zhou").get("/transfers").status_code == 403
