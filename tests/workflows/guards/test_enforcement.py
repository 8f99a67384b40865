"""Enforcement after the decision: power, urging, demolition, the spot, substitute performance."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from models.enforcement import Enforcement, OrderRecheck
from models.enforcement_rest import EnforcementPause
from models.types import Flag
from models.urging import Urging
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.enforcement import (
    AnnounceDemolition,
    ApproveOwnEnforcement,
    CarryOutOwnEnforcement,
    CarryOutSubstitutePerformance,
    ClaimSubstituteCosts,
    RecordOrderRecheck,
    RequestOwnEnforcement,
    RequestSubstitutePerformance,
    UrgeSubstitutePerformance,
)

NOW = at("12-10 10:00")
SERVED = at("10-10 10:00")
ORDER = "清理人行道并恢复原状"


@pytest.fixture
def ordered(story: Story) -> Story:
    """Decided with an order to restore, served on 10-10."""
    story.up_to_decision()
    decision = story.decided(correction_demand=ORDER)
    story.decision_served(decision)
    story.case.flag(Flag.SERVED)
    clocks = story.act("zhang_ming", SERVED).clocks
    clocks.start("CLK_RECONSIDER", SERVED)
    clocks.start("CLK_SUE", SERVED)
    return story


def urged(story: Story, until: date = date(2025, 11, 5), **values: Any) -> Urging:
    """A letter that was served in October and gave time until `until`."""
    decision = story.act("zhang_ming", NOW).record.decision
    assert decision is not None
    wanted: dict[str, Any] = {
        "decision_id": decision.id, "number": story.number("催"), "duty": "perform",
        "demand": ORDER, "fine": Decimal(0), "confiscated": Decimal(0), "surcharge": Decimal(0),
        "as_of": date(2025, 10, 20), "issued_at": at("10-20 09:00"),
        "served_at": at("10-22 10:00"), "served_on": date(2025, 10, 22), "expires_on": until,
    }  # fmt: skip
    return story._add(Urging(**{**story._stamp(at("10-20 09:00")), **wanted, **values}))


def enforcing(story: Story, **values: Any) -> Enforcement:
    """A demolition of our own that was announced and approved."""
    decision = story.act("zhang_ming", NOW).record.decision
    assert decision is not None
    wanted: dict[str, Any] = {
        "kind": "own", "decision_id": decision.id, "way": "demolish", "obligation": ORDER,
        "reason": "没有履行", "basis": "《城乡规划法》第六十八条", "place": "店前",
        "proposed_by_id": story.office.person("zhang_ming").id, "items": [],
        "announced_at": at("10-22 10:00"), "announcement_no": story.number("拆告"),
        "announcement_place": "公告栏", "remove_by": date(2025, 11, 5),
        "approved_at": at("11-10 10:00"), "number": story.number("强执"),
        "approved_by_id": story.office.person("zhao_yong").id,
    }  # fmt: skip
    return story._add(Enforcement(**{**story._stamp(at("10-21 09:00")), **wanted, **values}))


def own(story: Story, **values: Any) -> Any:
    wanted = {
        "way": "restore", "obligation": ORDER, "reason": "没有履行", "basis": "某条",
        "place": "店前",
    }  # fmt: skip
    return of(story, RequestOwnEnforcement, **{**wanted, **values})


def carried(story: Story, when: datetime, until: datetime, **values: Any) -> Any:
    wanted = {
        "second_handler": "li_qiang", "result": "done", "started_at": when, "ended_at": until,
        "course": "拆除完毕。", "utilities_untouched": True, "present_person": "陈立新",
    }  # fmt: skip
    return of(story, CarryOutOwnEnforcement, **{**wanted, **values})


def substitute(story: Story, **values: Any) -> Any:
    wanted = {
        "way": "restore", "obligation": ORDER, "reason": "没有履行", "basis": "某条",
        "place": "店前",
        "executor": "保洁公司", "executor_independent": True, "planned_on": date(2025, 12, 20),
        "cost_estimate": Decimal(900),
    }  # fmt: skip
    return of(story, RequestSubstitutePerformance, **{**wanted, **values})


def test_nothing_is_enforced_where_the_decision_orders_only_money(story: Story) -> None:
    story.up_to_decision()
    decision = story.decided()
    story.decision_served(decision)
    story.case.flag(Flag.SERVED)
    assert "K13" in rules(refused(story, "zhang_ming", NOW, own(story)))


def test_nothing_is_enforced_before_the_decision_is_served(story: Story) -> None:
    story.up_to_decision()
    story.decided(correction_demand=ORDER)
    assert "K13" in rules(refused(story, "zhang_ming", NOW, substitute(story)))


def test_an_order_that_was_performed_is_not_enforced(ordered: Story) -> None:
    decision = ordered.act("zhang_ming", NOW).record.decision
    assert decision is not None
    ordered._add(
        OrderRecheck(
            **ordered._stamp(NOW), **ordered._pair(), decision_id=decision.id, rechecked_at=NOW,
            result="corrected", findings="已清理", party_signature="signed", body_camera=True,
        )
    )  # fmt: skip
    assert "K13" in rules(refused(ordered, "zhang_ming", NOW, substitute(ordered)))


def test_an_agency_without_the_power_asks_the_court_instead(ordered: Story) -> None:
    found = refused(ordered, "zhang_ming", NOW, own(ordered))
    assert rules(found) == {"K14"}
    assert fields(found, "K14") == {"way"}


def test_a_recheck_needs_an_order_in_the_decision(story: Story) -> None:
    story.up_to_decision()
    story.decision_served(story.decided())
    command = of(
        story, RecordOrderRecheck, second_handler="li_qiang", rechecked_at=NOW,
        result="corrected", findings="已改正",
    )  # fmt: skip
    assert "K33" in rules(refused(story, "zhang_ming", NOW, command))


def test_nothing_is_enforced_without_an_urging_letter(ordered: Story) -> None:
    enforcing(ordered, way="restore", approved_at=None, number=None, approved_by_id=None)
    command = of(ordered, ApproveOwnEnforcement, outcome="approve")
    assert rules(refused(ordered, "zhao_yong", NOW, command)) == {"K15"}


def test_the_days_of_the_letter_have_to_be_over(ordered: Story) -> None:
    urged(ordered, date(2025, 12, 10))
    enforcing(ordered, way="restore", approved_at=None, number=None, approved_by_id=None)
    command = of(ordered, ApproveOwnEnforcement, outcome="approve")
    assert rules(refused(ordered, "zhao_yong", NOW, command)) == {"K15"}
    assert refused(ordered, "zhao_yong", at("12-11 09:00"), command) == []


def test_a_letter_to_which_the_party_was_right_does_not_count(ordered: Story) -> None:
    urged(ordered, accepted=True)
    enforcing(ordered, way="restore", approved_at=None, number=None, approved_by_id=None)
    command = of(ordered, ApproveOwnEnforcement, outcome="approve")
    assert rules(refused(ordered, "zhao_yong", NOW, command)) == {"K15"}


def test_a_refusal_needs_no_urging_but_a_reason(ordered: Story) -> None:
    enforcing(ordered, approved_at=None, number=None, approved_by_id=None)
    command = of(ordered, ApproveOwnEnforcement, outcome="refuse")
    assert rules(refused(ordered, "zhao_yong", NOW, command)) == {"S05"}


def test_a_demolition_waits_for_announcement_and_for_the_time_to_sue(ordered: Story) -> None:
    urged(ordered)
    enforcing(
        ordered, approved_at=None, number=None, approved_by_id=None,
        announced_at=None, announcement_no=None, remove_by=None,
    )  # fmt: skip
    command = of(ordered, ApproveOwnEnforcement, outcome="approve")
    found = [v for v in refused(ordered, "zhao_yong", NOW, command) if v.rule == "K16"]
    assert ["公告" in v.message.zh for v in found] == [True, False]
    assert "提起行政诉讼" in found[1].message.zh


def test_a_demolition_may_be_decided_once_nobody_can_sue_any_more(ordered: Story) -> None:
    urged(ordered)
    enforcing(ordered, approved_at=None, number=None, approved_by_id=None)
    command = of(ordered, ApproveOwnEnforcement, outcome="approve")
    last = datetime.fromisoformat("2026-04-10T15:00:00+08:00")
    after = datetime.fromisoformat("2026-04-11T09:00:00+08:00")
    assert rules(refused(ordered, "zhao_yong", last, command)) == {"K16"}
    assert refused(ordered, "zhao_yong", after, command) == []


def test_a_demolition_waits_while_a_remedy_is_under_way(ordered: Story) -> None:
    urged(ordered)
    enforcing(ordered, approved_at=None, number=None, approved_by_id=None)
    ordered.case.flag(Flag.IN_REMEDY)
    command = of(ordered, ApproveOwnEnforcement, outcome="approve")
    after = datetime.fromisoformat("2026-04-13T09:00:00+08:00")
    assert rules(refused(ordered, "zhao_yong", after, command)) == {"K16"}


def test_an_announcement_gives_the_party_time(ordered: Story) -> None:
    enforcing(ordered)
    command = of(
        ordered, AnnounceDemolition, second_handler="li_qiang", announced_at=NOW,
        announcement_place="公告栏", remove_by=date(2025, 12, 10),
    )  # fmt: skip
    assert rules(refused(ordered, "zhang_ming", NOW, command)) == {"K16"}


NEXT = "2026-05-11"


@pytest.mark.parametrize(
    ("start", "end", "rule"),
    [
        (f"{NEXT}T22:10", f"{NEXT}T23:00", "K17"),
        (f"{NEXT}T05:30", f"{NEXT}T08:00", "K17"),
        (f"{NEXT}T18:00", f"{NEXT}T22:30", "K17"),
        ("2026-05-02T09:00", "2026-05-02T11:00", "K17"),
    ],
    ids=["by night", "before the day", "into the night", "on a holiday"],
)
def test_there_is_no_enforcement_by_night_or_on_a_holiday(
    ordered: Story, start: str, end: str, rule: str
) -> None:
    enforcing(ordered)
    now = datetime.fromisoformat("2026-05-12T09:00:00+08:00")
    times = [datetime.fromisoformat(f"{moment}:00+08:00") for moment in (start, end)]
    command = carried(ordered, times[0], times[1])
    assert rules(refused(ordered, "zhang_ming", now, command)) == {rule}
    urgent = carried(ordered, times[0], times[1], emergency="台风将至，随时倒塌")
    assert refused(ordered, "zhang_ming", now, urgent) == []


def test_the_record_of_an_enforcement_is_complete(ordered: Story) -> None:
    enforcing(ordered)
    now = datetime.fromisoformat("2026-05-12T09:00:00+08:00")
    start, end = (datetime.fromisoformat(f"{NEXT}T{h}:00:00+08:00") for h in ("09", "11"))
    assert refused(ordered, "zhang_ming", now, carried(ordered, start, end)) == []
    utilities = carried(ordered, start, end, utilities_untouched=False)
    assert rules(refused(ordered, "zhang_ming", now, utilities)) == {"K18"}
    alone = carried(ordered, start, end, present_person=None, body_camera=False)
    assert rules(refused(ordered, "zhang_ming", now, alone)) == {"K19"}
    goods = carried(ordered, start, end, items=[{"name": "托盘", "quantity": 3, "unit": ""}])
    found = refused(ordered, "zhang_ming", now, goods)
    assert rules(found) == {"K19", "R01"}
    assert fields(found, "K19") == {"items.0.unit"}
    assert fields(found, "R01") == {"goods_to", "goods_place"}


def test_nothing_is_carried_out_before_it_is_decided(ordered: Story) -> None:
    enforcing(ordered, way="restore", approved_at=None, number=None, approved_by_id=None)
    command = carried(ordered, at("12-09 09:00"), at("12-09 10:00"))
    assert "K19" in rules(refused(ordered, "zhang_ming", NOW, command))


def test_nothing_is_carried_out_while_enforcement_is_suspended(ordered: Story) -> None:
    enforcing(ordered, way="restore")
    ordered._add(
        EnforcementPause(
            **ordered._stamp(NOW), ground="third_party_claim", reason="第三人主张", harmless=False,
            requested_by_id=ordered.office.person("zhang_ming").id, approved_at=NOW,
            approved_by_id=ordered.office.person("zhao_yong").id,
        )
    )  # fmt: skip
    command = carried(ordered, at("12-09 09:00"), at("12-09 10:00"))
    assert rules(refused(ordered, "zhang_ming", NOW, command)) == {"K28"}


def test_only_what_another_can_do_is_performed_for_the_party(ordered: Story) -> None:
    assert refused(ordered, "zhang_ming", NOW, substitute(ordered)) == []
    other = substitute(ordered, way="other")
    assert rules(refused(ordered, "zhang_ming", NOW, other)) == {"K20"}
    hasty = substitute(ordered, immediate=True)
    assert rules(refused(ordered, "zhang_ming", NOW, hasty)) == {"K20"}
    partial = substitute(ordered, executor_independent=False)
    assert rules(refused(ordered, "zhang_ming", NOW, partial)) == {"K21"}
    uncounted = substitute(ordered, cost_estimate=None)
    assert fields(refused(ordered, "zhang_ming", NOW, uncounted), "R01") == {"cost_estimate"}


def test_a_spill_on_the_road_is_cleared_at_once(ordered: Story) -> None:
    command = substitute(ordered, way="clear", immediate=True, cost_estimate=None, planned_on=None)
    assert refused(ordered, "zhang_ming", NOW, command) == []


def performed(story: Story, **values: Any) -> Any:
    wanted = {
        "second_handler": "li_qiang", "result": "done", "started_at": at("12-10 08:00"),
        "ended_at": at("12-10 09:00"), "course": "清理完毕。", "present_person": "陈立新",
        "no_violence": True, "executor_signature": "保洁公司",
    }  # fmt: skip
    return of(story, CarryOutSubstitutePerformance, **{**wanted, **values})


def test_the_party_is_urged_once_more_three_days_before(ordered: Story) -> None:
    row = enforcing(ordered, kind="substitute", way="restore")
    assert rules(refused(ordered, "zhang_ming", NOW, performed(ordered))) == {"K20"}
    row.urged_at = at("12-05 10:00")
    clock = ordered.act("zhang_ming", row.urged_at).clocks.start(
        "CLK_SUBSTITUTE_URGE", row.urged_at
    )
    assert clock.last_day == date(2025, 12, 10)
    assert rules(refused(ordered, "zhang_ming", NOW, performed(ordered))) == {"K20"}
    assert refused(ordered, "zhang_ming", at("12-11 09:00"), performed(ordered)) == []
    itself = performed(ordered, result="performed")
    assert refused(ordered, "zhang_ming", NOW, itself) == []


def test_urging_comes_after_the_decision_to_perform(ordered: Story) -> None:
    enforcing(ordered, kind="substitute", way="restore")
    command = of(
        ordered, UrgeSubstitutePerformance, second_handler="li_qiang",
        urged_at=at("11-09 10:00"), receiver_name="陈立新",
    )  # fmt: skip
    assert rules(refused(ordered, "zhang_ming", NOW, command)) == {"K20"}


def test_a_performance_is_without_violence_and_signed(ordered: Story) -> None:
    enforcing(ordered, kind="substitute", way="clear", immediate=True)
    violent = performed(ordered, no_violence=False)
    assert rules(refused(ordered, "zhang_ming", NOW, violent)) == {"K21"}
    unsigned = performed(ordered, executor_signature=None)
    assert fields(refused(ordered, "zhang_ming", NOW, unsigned), "R01") == {"executor_signature"}
    untold = performed(
        ordered, present_person=None, witness_name="周某", party_signature="absent",
        signature_note="不在场",
    )  # fmt: skip
    assert fields(refused(ordered, "zhang_ming", NOW, untold), "K21") == {"told_at"}


def test_costs_stay_within_the_estimate(ordered: Story) -> None:
    enforcing(ordered, kind="substitute", way="restore", cost_estimate=Decimal(900))
    asked = {"cost": Decimal(900), "cost_items": "人工", "due_on": date(2025, 12, 31)}
    fair = of(ordered, ClaimSubstituteCosts, **asked)
    assert refused(ordered, "zhang_ming", NOW, fair) == []
    dear = of(ordered, ClaimSubstituteCosts, **{**asked, "cost": Decimal("900.01")})
    assert fields(refused(ordered, "zhang_ming", NOW, dear), "K22") == {"cost"}
    late = of(ordered, ClaimSubstituteCosts, **{**asked, "due_on": date(2025, 12, 10)})
    assert fields(refused(ordered, "zhang_ming", NOW, late), "K22") == {"due_on"}
