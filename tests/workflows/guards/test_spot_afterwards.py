"""After the decision on the spot: cash handed in and banked, material filed (O04-O06)."""

from __future__ import annotations

from typing import Any

import pytest

from models.errors import Violation
from models.spot import CashTaken, SpotPenalty
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, rules
from workflows.commands.spot import BankCash, FileSpotPenalty, HandInCash
from workflows.guards import spot

NOON, NEXT_DAY = at("10-20 15:06"), at("10-21 09:00")


@pytest.fixture
def punished(story: Story) -> Story:
    """Fined in cash at noon: neither handed in nor filed."""
    story.up_to_decision()
    decision = story.decided(NOON)
    payment = story.paid(decision)
    people = {"officer_id": story.office.person("zhang_ming").id,
              "second_officer_id": story.office.person("li_qiang").id}  # fmt: skip
    story._add(
        SpotPenalty(
            **story._stamp(NOON), **people, decision_id=decision.id, seen_at=NOON,
            cards_shown=True, rights_told=True, statement="none", party_signature="signed",
            body_camera=True, payment="cash",
        )
    )  # fmt: skip
    story._add(
        CashTaken(
            **story._stamp(NOON), payment_id=payment.id, amount=payment.amount, taken_at=NOON,
            taken_by_id=people["officer_id"], ground="small", receipt_no="ZH-0000051",
        )
    )  # fmt: skip
    return story


def asked(story: Story, guard: Any, command: Any, **values: Any) -> list[Violation]:
    return list(guard(story.act("zhang_ming", NEXT_DAY), of(story, command, **values)))


def handed_in(story: Story, **values: Any) -> list[Violation]:
    given = {"second_handler": "li_qiang", "handed_in_at": NEXT_DAY, "received_by": "郑惠"}
    return asked(story, spot.cash_is_handed_in_once, HandInCash, **{**given, **values})


def banked(story: Story, **values: Any) -> list[Violation]:
    given = {"banked_at": NEXT_DAY, "bank_receipt_no": "HD-1"}
    return asked(story, spot.cash_is_banked_once, BankCash, **{**given, **values})


def filed(story: Story, **values: Any) -> list[Violation]:
    given = {"second_handler": "li_qiang", "filed_at": NEXT_DAY, "complete": True}
    return asked(story, spot.material_is_complete, FileSpotPenalty, **{**given, **values})


def test_cash_is_handed_in_once_to_a_named_person_after_it_was_taken(punished: Story) -> None:
    assert handed_in(punished) == []
    assert fields(handed_in(punished, received_by=" "), "R01") == {"received_by"}
    assert handed_in(punished, handed_in_at=at("10-19 15:05"))[0].field == "handed_in_at"
    row = punished.session.query(CashTaken).one()
    row.handed_in_at, row.received_by = NEXT_DAY, "郑惠"
    punished.session.flush()
    assert rules(handed_in(punished)) == {"O04"}


def test_without_cash_nothing_is_handed_in(story: Story) -> None:
    assert rules(handed_in(story)) == {"O04"}


def test_cash_goes_to_the_bank_after_the_agency_and_only_once(punished: Story) -> None:
    assert rules(banked(punished)) == {"O05"}
    row = punished.session.query(CashTaken).one()
    row.handed_in_at, row.received_by = NEXT_DAY, "郑惠"
    punished.session.flush()
    assert banked(punished) == []
    assert fields(banked(punished, bank_receipt_no=""), "R01") == {"bank_receipt_no"}
    assert banked(punished, banked_at=at("10-20 08:59"))[0].field == "banked_at"
    row.banked_at, row.bank_receipt_no = NEXT_DAY, "HD-1"
    punished.session.flush()
    assert rules(banked(punished)) == {"O05"}


def test_the_material_is_filed_once_complete_and_after_the_decision(punished: Story) -> None:
    assert filed(punished) == []
    assert fields(filed(punished, complete=False), "O06") == {"complete"}
    assert filed(punished, filed_at=at("10-19 15:05"))[0].field == "filed_at"
    row = punished.session.query(SpotPenalty).one()
    row.filed_at, row.filed_by_id = NEXT_DAY, row.officer_id
    punished.session.flush()
    assert rules(filed(punished)) == {"O06"}
