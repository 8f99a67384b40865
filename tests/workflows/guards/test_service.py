"""Service of documents and payment: M01-M11, V05, V23, V25, V29."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from models.decision import Decision
from models.errors import Violation
from models.parameter import LawVersion, ParameterValue
from models.remedy import Remedy
from models.service import ServiceAttempt, ServiceConfirmation
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.decision import RecordPayment, ServeDecision
from workflows.serving import paper_of

DIRECT = {
    "service_place": "店内",
    "receiver_name": "陈立新",
    "receiver_relation": "legal_representative",
}


@pytest.fixture
def decided(story: Story) -> Story:
    story.up_to_decision()
    story.decided()
    return story


def serve(story: Story, method: str = "direct", **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "second_handler": "li_qiang",
        "service_method": method,
        "served_at": at("10-10 10:00"),
    }
    command = of(story, ServeDecision, **{**wanted, **values})
    return refused(story, "zhang_ming", at("10-10 11:00"), command)


PHOTO = {"kind": "audio_visual", "name": "现场照片"}
ADDRESS = "骆驼街道荣吉路18号"


def tried(story: Story, method: str, result: str) -> None:
    """A failed try to serve the decision, on 10-09."""
    act = story.act("zhang_ming", at("10-09 15:00"))
    paper = paper_of(act.record, "ServeDecision")
    assert paper is not None
    story.session.add(
        ServiceAttempt(
            **act.stamp(), officer_id=act.person("zhang_ming").id,
            second_officer_id=act.person("li_qiang").id, document_kind=paper.kind,
            document_number=paper.number, service_method=method, attempted_at=act.now,
            result=result, place="店内", proof=[],
        )
    )  # fmt: skip
    story.session.flush()


def confirmed(story: Story, electronic: str | None = None, when: str = "09-20 10:00") -> None:
    """The party's signed confirmation of its address."""
    act = story.act("zhang_ming", at(when))
    story.session.add(
        ServiceConfirmation(
            **act.stamp(), service_address=ADDRESS, signed_by="陈立新",
            electronic_agreed=electronic is not None, electronic_address=electronic,
            consequences_told=True, confirmed_at=act.now,
        )
    )  # fmt: skip
    story.session.flush()


def test_the_direct_service_of_scenario_1_is_allowed(decided: Story) -> None:
    assert serve(decided, **DIRECT) == []


@pytest.mark.parametrize(
    ("method", "asked"),
    [
        ("direct", {"service_place", "receiver_name", "receiver_relation"}),
        ("leaving", {"service_place", "refusal_reason"}),
        ("entrusted", {"receiver_name", "organ_name"}),
        ("forwarded", {"receiver_name", "organ_kind", "organ_name"}),
        ("mail", {"tracking_number", "service_place", "receiver_name"}),
        ("electronic", {"electronic_address"}),
        (
            "announcement",
            {
                "announcement_place",
                "announcement_reason",
                "announcement_ground",
                "announcement_channels",
            },
        ),
    ],
)
def test_each_method_asks_for_its_own_proof(decided: Story, method: str, asked: set[str]) -> None:
    assert fields(serve(decided, method), "R01") == asked


def test_an_unknown_method_is_refused(decided: Story) -> None:
    assert rules(serve(decided, "pigeon")) == {"M01"}


@pytest.mark.parametrize("relation", ["other", "mail_room"])
def test_a_shopkeepers_friend_or_mail_room_may_not_sign(decided: Story, relation: str) -> None:
    found = serve(decided, **{**DIRECT, "receiver_relation": relation})
    assert rules(found) == {"M10"}


def test_family_may_not_sign_for_a_company_but_its_mail_room_may(decided: Story) -> None:
    decided.party(party_type="enterprise", recorded_at=at("10-01 10:00"))
    assert rules(serve(decided, **{**DIRECT, "receiver_relation": "adult_family"})) == {"M10"}
    assert serve(decided, **{**DIRECT, "receiver_relation": "mail_room"}) == []


def test_a_helper_accompanies_and_is_neither_of_the_two_officers(decided: Story) -> None:
    assert rules(serve(decided, **DIRECT, helpers="周小军、李强")) == {"M11"}
    assert serve(decided, **DIRECT, helpers="周小军") == []


LEFT = {"service_place": "店内", "refusal_reason": "拒收", "refused_by": "陈立新"}


def test_leaving_needs_a_witness_or_pictures(decided: Story) -> None:
    assert rules(serve(decided, "leaving", **LEFT)) == {"M02"}
    assert serve(decided, "leaving", **LEFT, witness_name="居委会王某") == []
    assert serve(decided, "leaving", **LEFT, proof=[PHOTO]) == []


def test_leaving_follows_a_refusal_and_absence_is_none(decided: Story) -> None:
    left = {**LEFT, "refused_by": None, "proof": [PHOTO]}
    tried(decided, "direct", "absent")
    assert fields(serve(decided, "leaving", **left), "M02") == {"refused_by"}
    tried(decided, "direct", "refused")
    assert serve(decided, "leaving", **left) == []


@pytest.mark.parametrize(
    ("method", "values"),
    [
        ("mail", {"tracking_number": "EMS1", "service_place": ADDRESS, "receiver_name": "陈立新"}),
        ("entrusted", {"organ_name": "莲都区综合行政执法局", "receiver_name": "陈立新"}),
    ],
)
def test_mail_and_entrusting_follow_where_direct_service_is_difficult(
    decided: Story, method: str, values: dict[str, Any]
) -> None:
    assert rules(serve(decided, method, **values)) == {"M03"}
    assert serve(decided, method, **values, difficulty_reason="当事人在外地") == []
    tried(decided, "direct", "absent")
    assert serve(decided, method, **values) == []


def test_returned_mail_serves_only_from_the_confirmed_address(decided: Story) -> None:
    mailed = {
        "tracking_number": "EMS1",
        "service_place": ADDRESS,
        "difficulty_reason": "当事人在外地",
        "mail_result": "returned",
        "returned_reason": "查无此人",
    }
    assert rules(serve(decided, "mail", **mailed)) == {"M04"}
    confirmed(decided)
    assert serve(decided, "mail", **mailed) == []
    assert rules(serve(decided, "mail", **{**mailed, "service_place": "别处"})) == {"M04"}


REACHED = {"electronic_address": "shop@example.cn", "proof": [PHOTO]}


def test_electronic_service_needs_the_signed_confirmation(decided: Story) -> None:
    decided.party(electronic_service_agreed=True, recorded_at=at("10-01 10:00"))
    assert rules(serve(decided, "electronic", **REACHED)) == {"M05"}
    confirmed(decided, "shop@example.cn")
    assert serve(decided, "electronic", **REACHED) == []


def test_electronic_service_goes_to_the_confirmed_address_with_its_proof(decided: Story) -> None:
    confirmed(decided, "shop@example.cn")
    other = {**REACHED, "electronic_address": "other@example.cn"}
    assert fields(serve(decided, "electronic", **other), "M05") == {"electronic_address"}
    bare = {"electronic_address": "shop@example.cn"}
    assert fields(serve(decided, "electronic", **bare), "M05") == {"proof"}


def test_a_later_confirmation_without_consent_ends_electronic_service(decided: Story) -> None:
    confirmed(decided, "shop@example.cn")
    confirmed(decided, when="09-21 10:00")
    assert rules(serve(decided, "electronic", **REACHED)) == {"M05"}


def test_a_place_may_forbid_to_serve_decisions_electronically(decided: Story) -> None:
    confirmed(decided, "shop@example.cn")
    assert serve(decided, "electronic", **REACHED) == []
    key = ParameterValue.key == "e_service.decisions_allowed"
    decided.session.execute(update(ParameterValue).where(key).values(value=False))
    decided.session.execute(update(LawVersion).values(version=LawVersion.version + 1))
    assert rules(serve(decided, "electronic", **REACHED)) == {"M05"}


ANNOUNCED = {
    "announcement_ground": "ways_failed",
    "announcement_channels": ["site"],
    "announcement_place": "区政府门户网站",
    "announcement_reason": "两种方式未能送达。",
}


def test_an_announcement_follows_two_different_failed_ways(decided: Story) -> None:
    assert rules(serve(decided, "announcement", **ANNOUNCED)) == {"M07"}
    tried(decided, "direct", "absent")
    tried(decided, "direct", "moved")
    assert rules(serve(decided, "announcement", **ANNOUNCED)) == {"M07"}
    tried(decided, "mail", "returned")
    assert serve(decided, "announcement", **ANNOUNCED) == []


def test_who_cannot_be_found_is_announced_at_once(decided: Story) -> None:
    gone = {**ANNOUNCED, "announcement_ground": "untraceable"}
    assert serve(decided, "announcement", **gone) == []


def test_an_announcement_is_posted_twice_with_pictures_or_printed(decided: Story) -> None:
    gone = {**ANNOUNCED, "announcement_ground": "untraceable"}
    board = {**gone, "announcement_channels": ["board"], "proof": [PHOTO]}
    assert rules(serve(decided, "announcement", **board)) == {"M08"}
    both = {**gone, "announcement_channels": ["board", "home"]}
    assert fields(serve(decided, "announcement", **both), "M08") == {"proof"}
    assert serve(decided, "announcement", **both, proof=[PHOTO]) == []
    assert serve(decided, "announcement", **{**gone, "announcement_channels": ["newspaper"]}) == []


def test_a_decision_is_served_once_after_it_was_made(decided: Story) -> None:
    assert fields(serve(decided, **DIRECT, served_at=at("10-08 10:00")), "V05") == {"served_at"}
    assert fields(serve(decided, **DIRECT, served_at=at("10-10 12:00")), "V05") == {"served_at"}
    decision = decided.act("zhang_ming", at("10-10 09:00")).record.decision
    assert decision is not None
    decided.decision_served(decision)
    assert rules(serve(decided, **DIRECT)) == {"V23"}


def test_there_is_nothing_to_serve_before_the_decision(story: Story) -> None:
    story.up_to_decision()
    assert rules(serve(story, **DIRECT)) == {"V23"}


@pytest.fixture
def served(decided: Story) -> Story:
    decision = decided.act("zhang_ming", at("10-10 09:00")).record.decision
    assert decision is not None
    decided.decision_served(decision)
    return decided


def pay(story: Story, amount: str = "500", when: datetime | None = None, **values: Any) -> Any:
    moment = when or at("10-15 10:00")
    wanted: dict[str, Any] = {
        "amount": Decimal(amount),
        "paid_at": moment,
        "receipt_no": "NB-0009",
    }
    return refused(story, "zheng_hui", moment, of(story, RecordPayment, **{**wanted, **values}))


def test_the_payment_of_scenario_1_is_allowed_in_one_or_two(served: Story) -> None:
    assert pay(served) == []
    assert pay(served, "200") == []


def test_nobody_pays_more_than_is_owed_nor_nothing(served: Story) -> None:
    assert fields(pay(served, "500.01"), "V25") == {"amount"}
    assert fields(pay(served, "0"), "V25") == {"amount"}
    assert fields(pay(served, "-1"), "V25") == {"amount"}
    decision = served.act("zheng_hui", at("10-15 09:00")).record.decision
    assert decision is not None
    served.paid(decision, Decimal(300))
    assert rules(pay(served, "200.01")) == {"V25"}
    assert pay(served, "200") == []


def test_a_receipt_number_is_used_once(served: Story) -> None:
    decision = served.act("zheng_hui", at("10-15 09:00")).record.decision
    assert decision is not None
    served.paid(decision, Decimal(100), receipt_no="NB-0001")
    assert rules(pay(served, "100", receipt_no="NB-0001")) == {"V29"}
    assert rules(pay(served, "100", receipt_no=" ")) == {"R01"}


def test_a_payment_lies_between_decision_and_now(served: Story) -> None:
    assert fields(pay(served, paid_at=at("10-08 10:00")), "V05") == {"paid_at"}
    assert fields(pay(served, paid_at=at("10-15 10:01")), "V05") == {"paid_at"}


def test_no_surcharge_on_the_last_day_and_three_per_cent_on_the_next(served: Story) -> None:
    """CLK_PAY ends on Saturday 10-25 and rolls to Monday 10-27."""
    due = Decimal("0.01")
    assert rules(pay(served, when=at("10-27 10:00"), surcharge_amount=due)) == {"V25"}
    assert pay(served, when=at("10-28 10:00"), surcharge_amount=Decimal(15)) == []
    more = pay(served, when=at("10-28 10:00"), surcharge_amount=Decimal("15.01"))
    assert fields(more, "V25") == {"surcharge_amount"}


def test_a_surcharge_never_exceeds_the_fine(served: Story) -> None:
    """The cap is reached on day 34: 33 days make 495, 34 days 500."""
    day_33, day_34 = at("11-29 10:00"), at("11-30 10:00")
    assert pay(served, when=day_33, surcharge_amount=Decimal(495)) == []
    assert rules(pay(served, when=day_33, surcharge_amount=Decimal("495.01"))) == {"V25"}
    assert pay(served, when=day_34, surcharge_amount=Decimal(500)) == []
    assert rules(pay(served, when=day_34, surcharge_amount=Decimal("500.01"))) == {"V25"}


def reconsidered(story: Story, decision: Decision, applied: date) -> None:
    """A reconsideration that the party applied for on a day and that is under way."""
    story.session.add(
        Remedy(
            id=uuid.uuid4(), case_id=story.case.id, recorded_at=at("10-31 10:00"),
            kind="reconsideration", round=1, decision_id=decision.id, applicant="鲜果美水果店",
            authority="宁波市镇海区人民政府", request="请求撤销处罚决定。", applied_on=applied,
        )
    )  # fmt: skip


def test_no_surcharge_runs_during_a_remedy(served: Story) -> None:
    """Three days ran before the application of 10-31; what ran then is owed, and no more."""
    decision = served.act("zhang_ming", at("10-10 09:00")).record.decision
    assert decision is not None
    reconsidered(served, decision, date(2025, 10, 31))
    late = at("11-10 10:00")
    assert pay(served, when=late, surcharge_amount=Decimal(45)) == []
    assert rules(pay(served, when=late, surcharge_amount=Decimal("45.01"))) == {"V25"}
    assert pay(served, when=late) == []


def test_what_is_paid_too_much_is_recorded_where_it_is_to_be_given_back(served: Story) -> None:
    assert fields(pay(served, "600"), "V25") == {"amount"}
    assert pay(served, "600", overpayment="refund") == []


def test_fine_and_surcharge_may_come_in_one_amount(served: Story) -> None:
    assert pay(served, "530", when=at("10-29 10:00")) == []
    assert rules(pay(served, "530.01", when=at("10-29 10:00"))) == {"V25"}


def test_nothing_is_paid_before_a_decision(story: Story) -> None:
    assert "V25" in rules(pay(story.up_to_decision()))
