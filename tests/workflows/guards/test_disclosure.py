"""V24: what the public may read, who released it, for how long."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.disclosure import CreditRepair, DisclosureWithdrawal
from models.errors import Violation
from models.types import DisclosureState
from tests.building import PARTY, at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows import duties
from workflows.commands.disclosure import PrepareDisclosure, ReleaseDisclosure


@pytest.fixture
def decided(story: Story) -> Story:
    story.up_to_decision()
    story.decided()
    return story


def prepare(story: Story, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "disclose": "publish",
        "secrecy_checked": True,
        "privacy_checked": True,
        "masked_items": ["id_number", "phone", "home_address"],
        "channels": ["agency_site"],
        "credit_class": "ordinary",
    }
    command = of(story, PrepareDisclosure, **{**wanted, **values})
    return refused(story, "zhou_min", at("10-14 09:00"), command)


def test_a_masked_text_of_a_checked_decision_is_prepared(decided: Story) -> None:
    text = f"当事人：{PARTY['name']}，统一社会信用代码：{PARTY['uscc']}，罚款500元"
    assert prepare(decided, public_text=text) == []
    assert prepare(decided) == []


def test_both_checks_are_made(decided: Story) -> None:
    found = prepare(decided, secrecy_checked=False, privacy_checked=False)
    assert fields(found, "V24") == {"secrecy_checked", "privacy_checked"}


@pytest.mark.parametrize(
    "leak",
    [
        "经营者身份证号330211198503152018",
        "电话13800000118",
        "联系人13912345678",
        "证件331102196207081016号",
    ],
)
def test_numbers_and_phones_never_stand_in_a_public_text(decided: Story, leak: str) -> None:
    """The operator's own, and whatever reads like an identity number or a mobile phone."""
    found = prepare(decided, public_text=f"罚款500元，{leak}。")
    assert fields(found, "V24") == {"public_text"}
    number = "".join(c for c in leak if c.isdigit())
    assert all(number not in violation.message.zh for violation in found)


@pytest.mark.parametrize("text", ["决定书第202510090000000001号", "票据2025100900000001"])
def test_long_numbers_that_are_nobodys_are_no_personal_data(decided: Story, text: str) -> None:
    assert prepare(decided, public_text=text) == []


def test_an_operators_number_and_phone_are_masked(decided: Story) -> None:
    assert fields(prepare(decided, masked_items=["phone"]), "V24") == {"masked_items"}
    assert prepare(decided, masked_items=["id_number", "phone"]) == []


def test_a_natural_persons_address_is_masked_too(decided: Story) -> None:
    person = ("330211198503152018", date(1985, 3, 15))
    decided.natural_person(*person, recorded_at=at("10-01 10:00"))
    assert rules(prepare(decided, masked_items=["id_number", "phone"])) == {"V24"}
    assert prepare(decided) == []
    assert rules(prepare(decided, public_text=f"住{PARTY['address']}")) == {"V24"}


def test_a_minor_is_withheld_or_masked(decided: Story) -> None:
    young = ("330211200806061025", date(2008, 6, 6))
    decided.natural_person(*young, recorded_at=at("10-01 10:00"))
    assert fields(prepare(decided), "V24") == {"masked_items", "departure_reason"}
    masked = ["id_number", "phone", "home_address", "minor_data"]
    why = "当事人临近成年，危害公共安全，社会关注度高。"
    values = {"masked_items": masked, "departure_reason": why, "credit_class": "slight"}
    assert prepare(decided, **values, public_text="当事人违法，罚款500元。") == []


def test_withholding_has_a_ground_and_a_reason(decided: Story) -> None:
    hidden = {"disclose": "withhold", "masked_items": [], "channels": [], "credit_class": None}
    assert fields(prepare(decided, **hidden), "R01") == {"withhold_ground", "withhold_reason"}
    why = {"withhold_ground": "privacy", "withhold_reason": "涉及个人隐私"}
    assert prepare(decided, **hidden, **why) == []


@pytest.mark.parametrize(
    ("until", "fits"),
    [
        (date(2026, 1, 8), False),
        (date(2026, 1, 9), True),
        (date(2028, 10, 9), True),
        (date(2028, 10, 10), False),
    ],
)
def test_the_display_lasts_as_long_as_the_credit_class_allows(
    decided: Story, until: date, fits: bool
) -> None:
    """Ordinary: three to thirty-six months from the decision of 2025-10-09."""
    found = prepare(decided, publish_until=until)
    assert fields(found, "V24") == (set() if fits else {"publish_until"})


def test_there_is_nothing_to_disclose_before_the_decision(story: Story) -> None:
    assert rules(prepare(story.up_to_decision())) == {"V24"}


def release(story: Story, outcome: str = "publish", **values: Any) -> list[Violation]:
    command = of(story, ReleaseDisclosure, outcome=outcome, **values)
    return refused(story, "zhao_yong", at("10-14 10:00"), command)


def _prepared(story: Story, **values: Any) -> None:
    decision = story.act("zhou_min", at("10-14 09:00")).record.decision
    assert decision is not None
    fresh = {"state": DisclosureState.PREPARED, "released_by_id": None, "published_at": None}
    story.disclosed(decision, **{**fresh, **values})


def test_a_prepared_text_is_released(decided: Story) -> None:
    assert rules(release(decided)) == {"V24"}
    _prepared(decided)
    assert release(decided) == []


def test_what_was_published_is_not_published_again(decided: Story) -> None:
    _prepared(decided, state=DisclosureState.PUBLISHED, published_at=at("10-14 09:30"))
    assert rules(release(decided)) == {"V24"}


def test_without_a_text_the_leader_returns_instead_of_publishing(decided: Story) -> None:
    _prepared(decided, disclose="withhold", public_text=None, withhold_ground="privacy")
    assert fields(release(decided), "V24") == {"outcome"}
    assert release(decided, "return", opinion="请准备公示文本") == []
    assert release(decided, "withhold", opinion="涉及隐私") == []


def test_a_leader_who_withholds_says_why_and_on_which_ground(decided: Story) -> None:
    _prepared(decided)
    found = release(decided, "withhold")
    assert rules(found) == {"S05", "R01"}
    assert release(decided, "withhold", opinion="涉及隐私", withhold_ground="privacy") == []


def test_nothing_is_published_that_was_not_checked(decided: Story) -> None:
    _prepared(decided, privacy_checked=False)
    assert fields(release(decided), "V24") == {"outcome"}


def test_who_proposed_a_withdrawal_or_noted_a_repair_does_not_approve_it(decided: Story) -> None:
    decision = decided.act("zhou_min", at("10-14 09:00")).record.decision
    assert decision is not None
    shown = decided.disclosed(decision)
    me = decided.office.person("zhou_min").id
    stamp = {"case_id": decided.case.id, "recorded_at": at("10-15 09:00"), "recorded_by_id": me}
    gone = {"ground": "error", "reason": "有误", "changed_on": date(2025, 10, 15)}
    decided.session.add(
        DisclosureWithdrawal(**stamp, **gone, disclosure_id=shown.id, proposed_by_id=me)
    )
    asked = {"applicant": "鲜果美", "applied_on": date(2025, 10, 15), "obligations": "已缴清"}
    decided.session.add(CreditRepair(**stamp, **asked, disclosure_id=shown.id))
    record = decided.act("zhou_min", at("10-15 10:00")).record
    for command in ("ApproveDisclosureWithdrawal", "DecideCreditRepair"):
        mine = duties.against(command, frozenset({me}), record)
        assert rules(mine) == {"P07"}
        leader = decided.office.person("zhao_yong").id
        assert duties.against(command, frozenset({leader}), record) == []
