"""V01-V04: identity of the party; V31: young parties. The vectors are domain.md 4.4's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.errors import Violation
from tests.building import at
from tests.story import PARTY, Story
from tests.workflows.guards.asking import changed, fields, of, refused, rules
from workflows.commands.filing import ProposeFiling
from workflows.commands.investigation import SubmitFinalReport

NATURAL = {
    "party_type": "natural_person",
    "name": "陈立新",
    "cert_type": "resident_id",
    "cert_no": "330211198503152018",
    "address": "宁波市镇海区骆驼街道示范路18号",
}


def propose(story: Story, party: dict[str, Any]) -> list[Violation]:
    command = of(
        story,
        ProposeFiling,
        party=party,
        matter="out_of_shop_trading",
        facts="店外经营",
        act_started_at=at("09-08 09:00"),
        act_place="示范路18号门前",
        filing_conditions=[
            "initial_evidence",
            "punishable",
            "own_jurisdiction",
            "within_limitation",
        ],
    )
    return refused(story, "zhang_ming", at("09-10 11:00"), command)


def test_shop_and_person_of_the_digest_are_accepted(story: Story) -> None:
    assert propose(story, PARTY) == []
    assert propose(story, NATURAL) == []


@pytest.mark.parametrize(
    ("party_type", "uscc"),
    [
        ("individual_business", "92330211MA2GX4004U"),
        ("enterprise", "91330211MA2GX2002A"),
        ("enterprise", "91331102MA2HX3003D"),
        ("agency", "11330211MB1X00001X"),
    ],
)
def test_credit_codes_that_are_right_are_accepted(story: Story, party_type: str, uscc: str) -> None:
    assert propose(story, {**PARTY, "party_type": party_type, "uscc": uscc}) == []


@pytest.mark.parametrize(
    "uscc",
    [
        "92330211MA2GX1001A",
        "92330211MA2GX100IW",
        "92330211MA2GX1001",
        "91330211MA2GX2002A",
    ],
)
def test_credit_codes_with_a_fault_are_refused_at_their_field(story: Story, uscc: str) -> None:
    """Last character changed, an I, one too short, a company's for an individual business."""
    found = propose(story, {**PARTY, "uscc": uscc})
    assert rules(found) == {"V01"}
    assert fields(found, "V01") == {"party.uscc"}


def test_an_entity_without_a_code_says_why(story: Story) -> None:
    bare = {**PARTY, "uscc": None}
    assert rules(propose(story, bare)) == {"V04"}
    assert propose(story, {**bare, "uscc_missing_reason": "无照经营"}) == []


@pytest.mark.parametrize(
    "number", ["330211198503152019", "330211198502302018", "33021119850315201x"]
)
def test_identity_numbers_with_a_fault_are_refused(story: Story, number: str) -> None:
    """Wrong check character, 30 February, and a small x."""
    found = propose(story, {**NATURAL, "cert_no": number})
    assert rules(found) == {"V02"}
    assert fields(found, "V02") == {"party.cert_no"}


def test_the_operators_number_is_checked_too(story: Story) -> None:
    found = propose(story, {**PARTY, "representative_cert_no": "330211198503152019"})
    assert fields(found, "V02") == {"party.representative_cert_no"}


def test_a_passport_follows_its_own_pattern(story: Story) -> None:
    passport = {**NATURAL, "cert_type": "passport"}
    assert propose(story, {**passport, "cert_no": "E12345678"}) == []
    assert rules(propose(story, {**passport, "cert_no": "护照12"})) == {"V03"}


def test_an_unknown_kind_of_paper_is_refused_not_crashed_on(story: Story) -> None:
    found = propose(story, {**NATURAL, "cert_type": "library_card"})
    assert fields(found, "V03") == {"party.cert_type"}


def test_a_natural_person_without_a_paper_and_a_party_without_an_address_are_refused(
    story: Story,
) -> None:
    found = propose(story, {**NATURAL, "cert_no": None, "address": None})
    assert fields(found, "V04") == {"party.cert_no", "party.address"}


def test_no_party_at_all_is_refused(story: Story) -> None:
    assert fields(propose(story, {}), "V04") == {"party"}


def report(story: Story, when: str = "09-15 10:00", **values: Any) -> list[Violation]:
    command = of(
        story,
        SubmitFinalReport,
        proposal="penalty",
        matter="out_of_shop_trading",
        facts="当事人在店外经营，逾期未改正",
        nature="店外经营",
        penalty_kinds=["fine"],
        fine=Decimal(500),
        discretion_level="ordinary",
        discretion_reason="逾期未改正",
    )
    return refused(story, "zhang_ming", at(when), changed(command, **values))


def test_a_child_is_not_punished(story: Story) -> None:
    """Vector: 330211201201010019, thirteen in 2025."""
    story.up_to_report()
    young = ("330211201201010019", date(2012, 1, 1))
    story.natural_person(*young, recorded_at=at("09-11 10:00"))
    found = report(story)
    assert rules(found) == {"V31"}
    assert fields(found, "V31") == {"proposal"}


def test_a_minor_of_sixteen_gets_a_lighter_penalty(story: Story) -> None:
    """Vector: 330211200806061025, seventeen at the act."""
    story.up_to_report()
    story.natural_person("330211200806061025", date(2008, 6, 6), recorded_at=at("09-11 10:00"))
    assert fields(report(story), "V31") == {"discretion_level"}
    assert report(story, discretion_level="lighter", fine=Decimal(300)) == []


def test_age_counts_on_the_day_of_the_act_birthday_included(story: Story) -> None:
    story.up_to_report()
    story.natural_person("330211200806061025", date(2007, 9, 10), recorded_at=at("09-11 10:00"))
    assert report(story) == []
    story.case.act_end = date(2025, 9, 9)
    assert rules(report(story)) == {"V31"}


def test_a_party_without_a_name_is_refused(story: Story) -> None:
    assert fields(propose(story, {**PARTY, "name": " "}), "V04") == {"party.name"}
