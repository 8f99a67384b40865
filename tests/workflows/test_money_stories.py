"""Stories of money, from decision to settlement: what papers and rows are left behind."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from models.document import Document
from models.instalment import InstalmentPlan
from models.payment import Payment
from models.refund import Refund
from models.urging import Urging
from tests.database import Databases
from tests.workflows.stories import STREET_CASE, Stage, staged

SCENARIOS = STREET_CASE.parent


@pytest.fixture
def stage(databases: Databases, tmp_path: Path) -> Iterator[Stage]:
    url = databases.with_bureau()
    with staged(url, tmp_path) as found:
        yield found
    databases.drop(url)


def rows(stage: Stage, kind: type, case_id: uuid.UUID) -> list:  # type: ignore[type-arg]
    with stage.application.transactions.read() as session:
        query = select(kind).where(kind.case_id == case_id).order_by(kind.recorded_at)
        return list(session.scalars(query))


def test_a_plan_that_is_not_kept_leaves_its_papers_with_every_word_said(stage: Stage) -> None:
    case_id = stage.play(None, SCENARIOS / "money_instalments_default.yaml")
    papers = {d.kind: d.facts for d in rows(stage, Document, case_id)}
    said = papers["D51a"]["plan"]
    assert [one["name"] for one in (*said["reviewed"], *said["approved"])] == ["孙丽", "赵勇"]
    assert papers["D51d"]["plan"]["rest"]["figures"] == "300.00"
    assert papers["D53"]["urging"]["total"]["figures"] == "318.00"
    [plan] = rows(stage, InstalmentPlan, case_id)
    assert (plan.defaulted_on.isoformat(), plan.default_rest) == ("2026-01-20", "300.00")
    [letter] = rows(stage, Urging, case_id)
    assert (letter.served_on.isoformat(), letter.expires_on.isoformat()) == (
        "2026-01-22",
        "2026-02-05",
    )
    assert not letter.expired(letter.expires_on)
    last = rows(stage, Payment, case_id)[-1]
    assert (last.amount, last.surcharge_amount) == (Decimal(300), Decimal(90))


def test_what_was_paid_too_much_goes_back_once(stage: Stage) -> None:
    case_id = stage.play(None, SCENARIOS / "money_overpaid_refund.yaml")
    [paid] = rows(stage, Payment, case_id)
    assert (paid.amount, paid.overpaid_amount, paid.received) == (500, 50, 550)
    returned, granted = rows(stage, Refund, case_id)
    assert (returned.granted, returned.paid_on) == (False, None)
    assert (granted.amount, granted.receipt_no) == (Decimal(50), "TK-0001")
