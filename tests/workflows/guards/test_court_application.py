"""The application to the court, and how enforcement stands still, is agreed upon or ends."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from models.confiscation import ConfiscatedDisposal, ConfiscatedItem
from models.duration import SHANGHAI
from models.enforcement import CourtApplication
from models.enforcement_rest import EnforcementPause
from models.types import ClockState, Flag
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from tests.workflows.guards.test_enforcement import urged
from workflows.commands.confiscation import (
    CarryOutConfiscatedDisposal,
    ProposeConfiscatedDisposal,
    RegisterConfiscatedGoods,
)
from workflows.commands.court_application import (
    AnswerCourtRefusal,
    PrepareCourtApplication,
    RecordCourtAcceptance,
    RecordCourtEnforcement,
    SubmitCourtApplication,
)
from workflows.commands.enforcement_rest import (
    AbandonEnforcement,
    CheckSettlement,
    ProposeSettlement,
    RecordRestoration,
    RequestEnforcementEnd,
    RequestEnforcementPause,
    ResumeEnforcement,
)
from workflows.enforcing import open_window
from workflows.guards.enforcement_table import FORESEEN

NOW = at("12-10 10:00")
SERVED = at("10-10 10:00")
MATERIALS = ["application", "decision", "opinions", "property"]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture
def owing(story: Story) -> Story:
    """A fine of 500 yuan that was served on 10-10, is due on 10-27 and was not paid."""
    story.up_to_decision()
    decision = story.decided()
    story.decision_served(decision)
    story.case.flag(Flag.SERVED)
    story.act("zhang_ming", SERVED).clocks.start("CLK_SUE", SERVED)
    return story


def with_window(story: Story) -> Story:
    """The time to sue ended on 2026-04-10: the window runs to 2026-07-10."""
    act = story.act("zhang_ming", moment("2026-04-11T00:00"))
    sue = act.clocks.last("CLK_SUE")
    assert sue is not None
    sue.state = ClockState.EXPIRED
    open_window(act, sue.outer_day)
    story.session.flush()
    return story


def prepared(story: Story, **values: Any) -> Any:
    wanted = {
        "court": "镇海区人民法院",
        "reason": "没有缴纳",
        "means": "有账户",
        "materials": MATERIALS,
    }
    return of(story, PrepareCourtApplication, **{**wanted, **values})


def applied(story: Story, **values: Any) -> CourtApplication:
    decision = story.act("zhang_ming", NOW).record.decision
    assert decision is not None
    wanted: dict[str, Any] = {
        "decision_id": decision.id, "court": "镇海区人民法院", "reason": "没有缴纳",
        "means": "账户",
        "materials": MATERIALS, "principal": Decimal(500), "surcharge": Decimal(500),
        "amounts_on": date(2026, 5, 1), "opens_on": date(2026, 4, 10),
        "last_day": date(2026, 7, 10),
        "outer_day": date(2026, 7, 10), "order_performed": False,
        "requested_by_id": story.office.person("zhang_ming").id,
        "signed_at": moment("2026-05-06T10:00"), "number": story.number("强申"),
        "signed_by_id": story.office.person("zhao_yong").id,
    }  # fmt: skip
    return story._add(
        CourtApplication(**{**story._stamp(moment("2026-05-01T09:00")), **wanted, **values})
    )


def test_the_court_is_asked_only_after_the_time_to_sue(owing: Story) -> None:
    urged(owing)
    assert rules(refused(owing, "zhang_ming", NOW, prepared(owing))) == {"K23"}


def test_the_window_is_open_from_its_first_day_to_its_last(owing: Story) -> None:
    urged(owing)
    with_window(owing)
    clock = owing.act("zhang_ming", NOW).clocks.last("CLK_COURT_APPLY")
    assert clock is not None
    assert (clock.last_day, clock.outer_day) == (date(2026, 7, 10), date(2026, 7, 10))
    for inside in ("2026-04-11T09:00", "2026-07-10T17:00"):
        assert refused(owing, "zhang_ming", moment(inside), prepared(owing)) == []
    found = refused(owing, "zhang_ming", moment("2026-07-11T09:00"), prepared(owing))
    assert rules(found) == {"K23"}
    assert "2026年7月10日" in found[0].message.zh


def test_the_window_counts_from_both_days_of_a_rolled_time_to_sue(owing: Story) -> None:
    """Six months from 2025-05-29 end on a Saturday: three months from it, and from the Monday."""
    act = owing.act("zhang_ming", moment("2025-05-29T10:00"))
    sue = act.clocks.start("CLK_SUE", moment("2025-05-29T10:00"))
    assert (sue.last_day, sue.outer_day) == (date(2025, 11, 29), date(2025, 12, 1))
    open_window(act, sue.outer_day)
    window = act.clocks.last("CLK_COURT_APPLY")
    assert window is not None
    assert (window.last_day, window.outer_day) == (date(2026, 2, 28), date(2026, 3, 2))


def test_the_court_is_not_asked_while_a_remedy_is_under_way(owing: Story) -> None:
    urged(owing)
    with_window(owing).case.flag(Flag.IN_REMEDY)
    found = refused(owing, "zhang_ming", moment("2026-05-06T09:00"), prepared(owing))
    assert rules(found) == {"K23"}


def test_the_court_is_not_asked_without_urging(owing: Story) -> None:
    with_window(owing)
    found = refused(owing, "zhang_ming", moment("2026-05-06T09:00"), prepared(owing))
    assert rules(found) == {"K15"}


def test_four_kinds_of_material_are_needed(owing: Story) -> None:
    urged(owing)
    with_window(owing)
    command = prepared(owing, materials=MATERIALS[:3])
    found = refused(owing, "zhang_ming", moment("2026-05-06T09:00"), command)
    assert fields(found, "K24") == {"materials"}


def test_what_was_paid_is_not_brought_before_the_court(owing: Story) -> None:
    urged(owing)
    decision = owing.act("zhang_ming", NOW).record.decision
    assert decision is not None
    owing.paid(decision)
    with_window(owing)
    found = refused(owing, "zhang_ming", moment("2026-05-06T09:00"), prepared(owing))
    assert rules(found) == {"K24"}


def test_an_application_is_signed_before_it_is_handed_in(owing: Story) -> None:
    with_window(owing)
    row = applied(owing, signed_at=None, number=None, signed_by_id=None)
    command = of(
        owing, SubmitCourtApplication, submitted_at=moment("2026-05-07T10:00"),
        receiver_name="立案庭",
    )  # fmt: skip
    now = moment("2026-05-07T11:00")
    assert rules(refused(owing, "zhang_ming", now, command)) == {"K24"}
    row.signed_at, row.number = moment("2026-05-06T10:00"), owing.number("强申")
    assert refused(owing, "zhang_ming", now, command) == []
    row.signed_at = moment("2026-05-08T10:00")
    assert rules(refused(owing, "zhang_ming", now, command)) == {"V05"}


def test_an_answer_follows_the_handing_in_and_a_refusal_its_reasons(owing: Story) -> None:
    row = applied(owing)
    asked = {"answered_at": moment("2026-05-12T10:00"), "answer": "not_accepted"}
    command = of(owing, RecordCourtAcceptance, **asked)
    now = moment("2026-05-12T11:00")
    assert "K25" in rules(refused(owing, "zhang_ming", now, command))
    row.submitted_at = moment("2026-05-07T10:00")
    assert fields(refused(owing, "zhang_ming", now, command), "R01") == {"refusal_reason"}
    row.submitted_at = moment("2026-05-13T10:00")
    assert "V05" in rules(refused(owing, "zhang_ming", now, command))


def test_the_higher_court_is_asked_within_fifteen_days(owing: Story) -> None:
    received = moment("2026-05-12T10:00")
    applied(owing, refused_at=received)
    owing.act("zhang_ming", received).clocks.start("CLK_COURT_OBJECT", received)
    now = moment("2026-06-01T10:00")
    last = of(owing, AnswerCourtRefusal, answer="objected", objected_at=moment("2026-05-27T17:00"))
    assert refused(owing, "zhao_yong", now, last) == []
    late = of(owing, AnswerCourtRefusal, answer="objected", objected_at=moment("2026-05-28T09:00"))
    assert fields(refused(owing, "zhao_yong", now, late), "K25") == {"objected_at"}
    dropped = of(owing, AnswerCourtRefusal, answer="dropped")
    assert fields(refused(owing, "zhao_yong", now, dropped), "R01") == {"reason"}


def test_the_court_collects_no_more_than_is_owed(owing: Story) -> None:
    applied(owing)
    now = moment("2026-06-01T10:00")
    asked = {"answered_at": now, "receipt_no": "F-1", "answer": "partly"}
    more = of(owing, RecordCourtEnforcement, **asked, amount=Decimal("1000.01"))
    assert fields(refused(owing, "zheng_hui", now, more), "K26") == {"amount"}
    all_ = of(
        owing, RecordCourtEnforcement, **{**asked, "answer": "performed"},
        amount=Decimal(500), surcharge_amount=Decimal(500),
    )  # fmt: skip
    assert refused(owing, "zheng_hui", now, all_) == []
    part = of(
        owing, RecordCourtEnforcement, **{**asked, "answer": "performed"}, amount=Decimal(400)
    )
    assert fields(refused(owing, "zheng_hui", now, part), "K26") == {"answer"}
    ended = of(owing, RecordCourtEnforcement, answered_at=now, answer="court_ended")
    assert fields(refused(owing, "zheng_hui", now, ended), "R01") == {"ruling_no"}


# -- standing still, agreed upon, ended ---------------------------------------------------------


def paused(story: Story, ground: str = "no_means", **values: Any) -> EnforcementPause:
    wanted: dict[str, Any] = {
        "ground": ground, "reason": "停业", "harmless": True,
        "requested_by_id": story.office.person("zhang_ming").id, "approved_at": NOW,
        "approved_by_id": story.office.person("zhao_yong").id,
    }  # fmt: skip
    return story._add(EnforcementPause(**{**story._stamp(NOW), **wanted, **values}))


def test_enforcement_is_suspended_once_at_a_time(owing: Story) -> None:
    command = of(owing, RequestEnforcementPause, ground="no_means", reason="停业")
    assert refused(owing, "zhang_ming", NOW, command) == []
    paused(owing)
    assert rules(refused(owing, "zhang_ming", NOW, command)) == {"K27"}


def test_only_what_stands_still_is_resumed(owing: Story) -> None:
    command = of(owing, ResumeEnforcement, reason="恢复经营")
    assert rules(refused(owing, "zhao_yong", NOW, command)) == {"K28"}
    paused(owing)
    assert refused(owing, "zhao_yong", NOW, command) == []


def test_enforcement_is_given_up_only_after_three_years(owing: Story) -> None:
    paused(owing)
    owing.act("zhao_yong", NOW).clocks.start("CLK_PAUSE_END", NOW)
    command = of(owing, AbandonEnforcement, opinion="不再执行")
    last, after = moment("2028-12-10T23:00"), moment("2028-12-11T00:00")
    assert rules(refused(owing, "zhao_yong", last, command)) == {"K29"}
    assert refused(owing, "zhao_yong", after, command) == []


def test_the_ground_of_an_end_fits_the_party(owing: Story) -> None:
    owing.party()
    command = of(owing, RequestEnforcementEnd, ground="entity_ended", reason="注销")
    assert fields(refused(owing, "zhang_ming", NOW, command), "K30") == {"ground"}
    died = of(owing, RequestEnforcementEnd, ground="person_died", reason="死亡，没有遗产")
    assert refused(owing, "zhang_ming", NOW, died) == []


def test_what_was_taken_under_an_undone_decision_goes_back(owing: Story) -> None:
    decision = owing.act("zhang_ming", NOW).record.decision
    assert decision is not None
    owing.paid(decision, Decimal(200))
    command = of(owing, RequestEnforcementEnd, ground="basis_revoked", reason="决定被撤销")
    assert fields(refused(owing, "zhang_ming", NOW, command), "K30") == {"restore"}
    asked = {
        "done_at": NOW,
        "receiver_name": "陈立新",
        "note": "赔偿",
        "second_handler": "li_qiang",
    }
    unpaid = of(owing, RecordRestoration, restored_way="compensated", **asked)
    assert fields(refused(owing, "zhang_ming", NOW, unpaid), "K30") == {"amount"}
    back = of(owing, RecordRestoration, restored_way="returned", **asked)
    assert refused(owing, "zhang_ming", NOW, back) == []


def agreed(story: Story, **values: Any) -> Any:
    """On 11-06 the surcharge is ten days of 15 yuan."""
    wanted = {
        "terms": "分期", "stages": [{"due_on": date(2025, 12, 1), "amount": Decimal(650)}],
        "signed_at": at("11-06 09:00"), "signed_by": "陈立新", "harms_nobody": True,
    }  # fmt: skip
    return of(story, ProposeSettlement, **{**wanted, **values})


def test_an_agreement_reduces_only_the_surcharge_and_only_after_making_good(owing: Story) -> None:
    then = at("11-06 10:00")
    assert refused(owing, "zhang_ming", then, agreed(owing)) == []
    for values, field in (
        ({"harms_nobody": False}, "harms_nobody"),
        ({"surcharge_waived": Decimal(100)}, "corrected"),
        ({"surcharge_waived": Decimal(151), "corrected": "已补救"}, "surcharge_waived"),
        ({"stages": []}, "stages"),
        ({"stages": [{"due_on": date(2025, 12, 1), "amount": Decimal(600)}]}, "stages"),
        ({"stages": [{"due_on": date(2025, 11, 1), "amount": Decimal(650)}]}, "stages"),
    ):
        found = refused(owing, "zhang_ming", then, agreed(owing, **values))
        assert field in fields(found, "K31")


def test_an_agreement_is_kept_when_all_is_paid(owing: Story) -> None:
    command = of(owing, CheckSettlement, answer="kept", checked_at=NOW, note="已履行")
    assert fields(refused(owing, "zhang_ming", NOW, command), "K31") == {"answer"}
    broken = of(owing, CheckSettlement, answer="broken", checked_at=NOW, note="没有履行")
    assert refused(owing, "zhang_ming", NOW, broken) == []


# -- confiscated goods --------------------------------------------------------------------------


def registered(story: Story) -> Any:
    items = [{"name": "肉鸽", "quantity": 20, "unit": "只"}]
    return of(story, RegisterConfiscatedGoods, items=items, keeper="李强", storage_place="仓库")


def test_only_confiscated_goods_are_registered(owing: Story) -> None:
    assert rules(refused(owing, "zhang_ming", NOW, registered(owing))) == {"K32"}
    decision = owing.act("zhang_ming", NOW).record.decision
    assert decision is not None
    decision.penalty_kinds = ["fine", "confiscate_goods"]
    assert refused(owing, "zhang_ming", NOW, registered(owing)) == []


def test_confiscated_goods_are_disposed_of_as_approved_before_a_witness(owing: Story) -> None:
    stamp = owing._stamp(NOW)
    owing._add(
        ConfiscatedItem(
            **stamp, number=1, name="肉鸽", quantity=Decimal(20), unit="只", keeper="李强",
            storage_place="仓库",
        )
    )  # fmt: skip
    unknown = of(owing, ProposeConfiscatedDisposal, way="destroy", reason="未检疫", goods=["2"])
    assert fields(refused(owing, "zhang_ming", NOW, unknown), "K32") == {"goods"}
    nobody = of(owing, ProposeConfiscatedDisposal, way="auction", reason="可以拍卖")
    assert fields(refused(owing, "zhang_ming", NOW, nobody), "R01") == {"receiver"}
    row = owing._add(
        ConfiscatedDisposal(
            **owing._stamp(NOW), way="auction", reason="可以拍卖", numbers=[1], receiver="拍卖行",
            proposed_by_id=owing.office.person("zhang_ming").id,
        )
    )  # fmt: skip
    asked: dict[str, Any] = {
        "second_handler": "li_qiang", "done_at": NOW, "place": "拍卖行", "course": "拍卖",
        "receiver_name": "经办人", "witness_name": "周某", "proceeds": Decimal(300),
        "receipt_no": "K-1",
    }  # fmt: skip
    done = of(owing, CarryOutConfiscatedDisposal, **asked)
    assert rules(refused(owing, "zhang_ming", NOW, done)) == {"K32"}
    row.approved_at, row.approved_by_id = at("12-09 10:00"), owing.office.person("zhao_yong").id
    assert refused(owing, "zhang_ming", NOW, done) == []
    for values, field in (
        ({"receipt_no": None}, "receipt_no"),
        ({"proceeds": None}, "proceeds"),
        ({"body_camera": False}, "body_camera"),
        ({"done_at": at("12-08 10:00")}, "done_at"),
    ):
        changed = of(owing, CarryOutConfiscatedDisposal, **{**asked, **values})
        assert field in fields(refused(owing, "zhang_ming", NOW, changed), "K32")
    unseen = of(owing, CarryOutConfiscatedDisposal, **{**asked, "witness_name": ""})
    assert fields(refused(owing, "zhang_ming", NOW, unseen), "R01") == {"witness_name"}


# -- what the menu tells beforehand -------------------------------------------------------------


def test_what_no_form_can_change_is_known_before_there_is_a_form(owing: Story) -> None:
    act = owing.act("zhang_ming", NOW)
    found = {
        command: {v.rule for guard in guards for v in guard(act, None)}
        for command, guards in FORESEEN.items()
    }
    assert found["PrepareCourtApplication"] == {"K23", "K15"}
    assert found["RequestSubstitutePerformance"] == {"K13"}
    assert "K33" in found["RecordOrderRecheck"]
    assert found["RegisterConfiscatedGoods"] == {"K32"}
    assert found["ProposeSettlement"] == set()
