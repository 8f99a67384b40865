"""Leads, orders to correct, re-checks, two officers: V05, V07, V20, MSA 18."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from models.errors import Violation
from models.person import RoleAssignment
from tests.building import Office, at
from tests.story import Story
from tests.workflows.guards.asking import changed, fields, of, refused, rules, violations
from workflows.commands.lead import (
    ExtendVerification,
    OrderCorrection,
    RecordRecheck,
    RecordVerification,
    RegisterLead,
)

NOW = at("09-08 12:00")
LATER = at("09-10 12:00")


@pytest.fixture
def lead() -> RegisterLead:
    return RegisterLead(
        second_handler="li_qiang",
        source="grid",
        received_at=at("09-08 09:20"),
        act_place="示范路18号门前",
        content="店外摆放水果",
    )


def register(
    story: Story, lead: RegisterLead, who: str = "zhang_ming", **values: Any
) -> list[Violation]:
    return violations(Office(story.session).act(who, NOW), changed(lead, **values))


def test_a_patrol_of_two_certified_officers_registers_a_lead(
    story: Story, lead: RegisterLead
) -> None:
    assert register(story, lead) == []


def test_two_identical_officers_are_refused(story: Story, lead: RegisterLead) -> None:
    """Vector: two identical officers."""
    found = register(story, lead, second_handler="zhang_ming")
    assert rules(found) == {"V07"}
    assert fields(found, "V07") == {"second_handler"}


@pytest.mark.parametrize("key", ["xu_kai", "ma_jun"])
def test_an_expired_certificate_or_an_auxiliary_is_no_second_officer(
    story: Story, lead: RegisterLead, key: str
) -> None:
    """徐凯's certificate ended on 2025-06-30; 马骏 is an auxiliary without one."""
    assert rules(register(story, lead, second_handler=key)) == {"V07"}


def test_an_unknown_officer_is_named(story: Story, lead: RegisterLead) -> None:
    found = register(story, lead, second_handler="nobody")
    assert rules(found) == {"P02"}
    assert "nobody" in found[0].message.en


def test_a_handler_of_another_squad_is_no_second_officer(story: Story, lead: RegisterLead) -> None:
    office = Office(story.session)
    stranger = office.unit("zh_squad_1")
    keys = {a.person.key for a in _handlers_of(story, stranger.id)}
    assert rules(register(story, lead, second_handler=keys.pop())) == {"V07"}


def _handlers_of(story: Story, unit_id: Any) -> list[Any]:
    rows = story.session.query(RoleAssignment).filter_by(unit_id=unit_id, role="handler").all()
    return [r for r in rows if r.subject_id != story.case.subject_id]


def test_a_lead_from_tomorrow_and_an_unknown_matter_are_refused_together(
    story: Story, lead: RegisterLead
) -> None:
    found = register(story, lead, received_at=at("09-09 09:00"), matter="nothing", content=" ")
    assert rules(found) == {"V05", "V19", "R01"}


def test_a_lead_is_taken_only_for_ones_own_subject(story: Story, lead: RegisterLead) -> None:
    assert register(story, lead, legal_subject="luotuo") == []
    assert rules(register(story, lead, legal_subject="zh_bureau")) == {"P01"}
    assert rules(register(story, lead, legal_subject="nowhere")) == {"P01"}


def verify(story: Story, when: datetime = LATER, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "second_handler": "li_qiang",
        "conclusion": "order_correction",
        "verified_at": at("09-10 10:00"),
        "findings": "店外摆放水果",
    }
    return refused(story, "zhang_ming", when, of(story, RecordVerification, **{**wanted, **values}))


def test_a_check_names_party_and_matter_before_anything_is_ordered(story: Story) -> None:
    story.case.matter_id = None
    assert fields(verify(story), "R01") == {"party", "matter"}
    known = {"party": {"party_type": "natural_person", "name": "陈立新"}}
    assert verify(story, matter="out_of_shop_trading", **known) == []


def test_a_check_may_not_precede_its_lead_nor_lie_ahead(story: Story) -> None:
    story.party()
    early = verify(story, verified_at=at("09-07 10:00"))
    assert rules(early) == {"V05"}
    assert "2025年9月7日" in early[0].message.zh
    assert "2025年9月8日" in early[0].message.zh
    assert rules(verify(story, verified_at=at("09-10 12:01"))) == {"V05"}
    assert verify(story, verified_at=at("09-08 09:00")) == [], "equal days are in order"


def test_an_offence_of_not_correcting_is_not_filed_before_the_recheck(story: Story) -> None:
    story.party()
    assert rules(verify(story, conclusion="file")) == {"V20"}
    story.rechecked(story.ordered())
    assert verify(story, conclusion="file") == []


def test_a_transfer_says_to_whom_and_why(story: Story) -> None:
    asked = fields(verify(story, conclusion="transfer"), "R01")
    assert asked == {"transfer_kind", "transfer_to", "transfer_reason"}


def test_the_certificate_must_cover_the_day_of_the_check_not_of_the_typing(story: Story) -> None:
    story.party()
    certificate = story.office.person("li_qiang").certificates[0]
    certificate.revoked_on = date(2025, 9, 11)
    late = at("09-12 10:00")
    assert verify(story, late) == []
    assert rules(verify(story, late, verified_at=at("09-11 10:00"))) == {"V07"}


def order(story: Story, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "second_handler": "li_qiang",
        "matter": "out_of_shop_trading",
        "facts": "店外经营",
        "demand": "停止店外经营",
        "served_at": at("09-08 10:00"),
        "deadline": at("09-09 18:00"),
        "service_place": "店内",
        "receiver_name": "陈立新",
        "receiver_relation": "legal_representative",
    }
    return refused(story, "zhang_ming", NOW, of(story, OrderCorrection, **{**wanted, **values}))


def test_the_order_of_scenario_1_is_allowed(story: Story) -> None:
    story.party()
    assert order(story) == []


def test_an_order_needs_a_party_and_a_deadline_after_its_service(story: Story) -> None:
    assert rules(order(story)) == {"V04"}
    story.party()
    assert fields(order(story, deadline=at("09-08 10:00")), "V05") == {"deadline"}
    assert fields(order(story, recheck_on=date(2025, 9, 8)), "V05") == {"recheck_on"}
    assert order(story, recheck_on=date(2025, 9, 9)) == []


def recheck(story: Story, when: datetime, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "second_handler": "li_qiang",
        "rechecked_at": when,
        "result": "not_corrected",
        "findings": "仍在店外摆放",
    }
    return refused(story, "zhang_ming", when, of(story, RecordRecheck, **{**wanted, **values}))


def test_nobody_is_late_before_the_deadline(story: Story) -> None:
    story.party()
    story.ordered()
    assert rules(recheck(story, at("09-09 17:59"))) == {"V20"}
    assert recheck(story, at("09-09 18:00")) == []
    assert recheck(story, at("09-09 12:00"), result="corrected") == []


def test_a_recheck_answers_an_order(story: Story) -> None:
    assert rules(recheck(story, at("09-10 09:00"))) == {"V20"}


def test_a_missing_signature_is_explained_and_witnessed(story: Story) -> None:
    story.party()
    story.ordered()
    when = at("09-10 09:00")
    bare = {"party_signature": "refused", "body_camera": False}
    assert fields(recheck(story, when, **bare), "I02") == {"signature_note", "witness_name"}
    told = {**bare, "signature_note": "拒绝签名", "witness_name": "邻居王某"}
    assert recheck(story, when, **told) == []


def extend(story: Story, when: datetime, reason: str = "需要检测") -> list[Violation]:
    return refused(story, "zhao_yong", when, of(story, ExtendVerification, reason=reason))


def test_the_check_is_extended_once_while_it_runs(story: Story) -> None:
    """MSA 18; CLK_VERIFY ends on 2025-09-28, a Sunday that is a working day."""
    assert rules(extend(story, at("09-09 10:00"))) == {"V05"}
    clocks = story.act("zhao_yong", NOW).clocks
    clock = clocks.start("CLK_VERIFY", at("09-08 09:20"))
    assert clock.outer_day == date(2025, 9, 28)
    assert extend(story, at("09-28 23:00")) == []
    assert rules(extend(story, at("09-29 00:00"))) == {"V05"}
    assert rules(extend(story, at("09-28 23:00"), reason=" ")) == {"R01"}
    clock.extensions = [{"length": 15, "unit": "working_day"}]
    assert rules(extend(story, at("09-28 23:00"))) == {"V05"}


def test_a_recheck_is_not_before_its_order(story: Story) -> None:
    story.party()
    story.ordered()
    found = recheck(story, at("09-10 09:00"), rechecked_at=at("09-07 09:00"), result="corrected")
    assert fields(found, "V05") == {"rechecked_at"}


def test_who_acts_for_several_subjects_names_one(story: Story, lead: RegisterLead) -> None:
    office = Office(story.session)
    story.session.add(
        RoleAssignment(
            person_id=office.person("zhang_ming").id, role="handler",
            unit_id=office.unit("zh_squad_1").id, subject_id=office.subject("zh_bureau").id,
            valid_from=date(2022, 1, 1),
        )
    )  # fmt: skip
    story.session.flush()
    assert fields(register(story, lead), "P01") == {"legal_subject"}
    assert register(story, lead, legal_subject="luotuo") == []
