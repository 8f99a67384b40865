"""On the spot: ceiling, place and day, cash, who hears and who signs (V13, O01-O06)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from models.errors import Violation
from tests.building import Office, at
from tests.story import Story
from tests.workflows.guards.asking import changed, fields, rules, violations
from workflows.commands.spot import PunishOnTheSpot

NOW = at("10-20 15:06")
WU_MIN = {
    "party_type": "natural_person",
    "name": "吴敏",
    "cert_type": "resident_id",
    "cert_no": "331102198804120035",
}
FRUIT_SHOP = {
    "party_type": "individual_business",
    "name": "鲜果美水果店",
    "uscc": "92330211MA2GX1001W",
}


@pytest.fixture
def spot() -> PunishOnTheSpot:
    return PunishOnTheSpot(
        second_handler="li_qiang",
        matter="littering",
        party=WU_MIN,
        act_place="示例广场",
        act_started_at=NOW,
        cards_shown=True,
        rights_told=True,
        fine=Decimal(50),
        pay_by="cash",
        receipt_no="ZH-0000051",
    )


def asked(story: Story, spot: PunishOnTheSpot, **values: Any) -> list[Violation]:
    return violations(Office(story.session).act("zhang_ming", NOW), changed(spot, **values))


def test_fifty_yuan_for_litter_in_cash_is_lawful(story: Story, spot: PunishOnTheSpot) -> None:
    assert asked(story, spot) == []


def test_a_fine_above_the_ceiling_is_refused_with_the_way_on(
    story: Story, spot: PunishOnTheSpot
) -> None:
    found = asked(story, spot, fine=Decimal(300), pay_by="later")
    assert "V13" in rules(found)
    assert "快速办理" in next(v for v in found if v.rule == "V13").message.zh


def test_a_matter_whose_minimum_is_above_the_ceiling_is_refused_at_any_amount(
    story: Story, spot: PunishOnTheSpot
) -> None:
    found = asked(story, spot, matter="straw_burning", fine=Decimal(200), pay_by="later")
    assert "matter" in fields(found, "V13")


def test_only_warning_and_fine_exist_on_the_spot(story: Story, spot: PunishOnTheSpot) -> None:
    found = asked(story, spot, penalty_kinds=["confiscate_goods"], fine=None, pay_by="later")
    assert "penalty_kinds" in fields(found, "V13")


def test_an_individual_business_has_the_ceiling_of_a_citizen(
    story: Story, spot: PunishOnTheSpot
) -> None:
    found = asked(story, spot, party=FRUIT_SHOP, fine=Decimal(201), pay_by="later")
    assert "fine" in fields(found, "V13")


def test_a_matter_that_needs_an_order_first_is_not_for_the_spot(
    story: Story, spot: PunishOnTheSpot
) -> None:
    assert "V20" in rules(asked(story, spot, matter="out_of_shop_trading", pay_by="later"))


def test_yesterdays_act_is_not_on_the_spot(story: Story, spot: PunishOnTheSpot) -> None:
    assert "O01" in rules(asked(story, spot, act_started_at=at("10-19 15:06")))


def test_a_statement_is_written_down_and_answered(story: Story, spot: PunishOnTheSpot) -> None:
    found = asked(story, spot, statement="made")
    assert {"content", "answer"} <= fields(found, "R01")


@pytest.mark.parametrize("missing", ["cards_shown", "rights_told"])
def test_cards_and_rights_come_first(story: Story, spot: PunishOnTheSpot, missing: str) -> None:
    assert missing in fields(asked(story, spot, **{missing: False}), "I01")


def test_one_officer_alone_is_refused(story: Story, spot: PunishOnTheSpot) -> None:
    assert "V07" in rules(asked(story, spot, second_handler="zhang_ming"))


def test_cash_above_a_hundred_needs_a_ground(story: Story, spot: PunishOnTheSpot) -> None:
    burning = changed(spot, matter="construction_waste_transport", fine=Decimal(150))
    assert "O03" in rules(asked(story, burning))


def test_cash_needs_the_receipt_of_the_treasury(story: Story, spot: PunishOnTheSpot) -> None:
    assert "receipt_no" in fields(asked(story, spot, receipt_no=None), "R01")


def test_no_fine_no_cash(story: Story, spot: PunishOnTheSpot) -> None:
    assert "O03" in rules(asked(story, spot, penalty_kinds=["warning"], fine=None))


def test_a_citizen_without_a_paper_is_refused(story: Story, spot: PunishOnTheSpot) -> None:
    nameless = {**WU_MIN, "cert_no": None}
    assert "V04" in rules(asked(story, spot, party=nameless))


def test_a_fine_lies_in_the_level_of_the_standard_that_was_chosen(
    story: Story, spot: PunishOnTheSpot
) -> None:
    assert "V33" in rules(asked(story, spot, discretion_level="lighter"))
    assert asked(story, spot, discretion_level="heavier") == []
    assert asked(story, spot, discretion_level="lighter", fine=Decimal(25)) == []
