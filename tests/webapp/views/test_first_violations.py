"""The register of spared violations is searched by party and number, by whoever sees the cases."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import select

from models.case import Case
from models.exemption import FirstViolation
from tests.webapp.conftest import Web


def test_the_register_finds_a_party_and_hides_other_subjects(web_at: object) -> None:
    web: Web = web_at("verify_lead")  # type: ignore[operator]
    case = web.one(select(Case))
    with web.application.transactions.write() as session:
        session.add(
            FirstViolation(
                id=uuid.uuid4(), case_id=case.id, recorded_at=case.opened_at,
                subject_id=case.subject_id, identity_no="92330211MA2GX4004U",
                party_name="阿涛私房菜", matter_key="dumping_wastewater", matter_title="乱倒污水",
                ground="first", violated_on=date(2025, 6, 3), exempted_at=case.opened_at,
                number="镇骆综执不立〔2025〕第0001号",
            )
        )  # fmt: skip
    officer = web.client("zhang_ming")
    assert "阿涛私房菜" in officer.get("/first-violations?q=92330211MA2GX4004U").text
    assert "阿涛私房菜" not in officer.get("/first-violations?q=别人").text
    assert "阿涛私房菜" not in web.client("yuan_chao").get("/first-violations").text
    assert web.client("fang_zhou").get("/first-violations").status_code == 403
