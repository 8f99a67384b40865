"""Sealing and seizure: K01-K10, V21. What they share with registration is tested here too."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from models.measure import Measure, MeasureItem
from models.types import SubjectKind
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import changed, fields, of, rules, violations
from workflows.act import Act
from workflows.commands.registration import ApproveRegistration
from workflows.commands.seizure import (
    ApproveSeizure,
    ApproveSeizureExtension,
    CarryOutSeizure,
    HandleSeizedGoods,
    ReleaseSeizure,
    RequestSeizure,
)

TAKEN = at("09-11 10:00")
NOW = at("09-12 09:00")
LATER = at("10-10 10:00")
SHELVES = [{"name": "移动货架", "quantity": 2, "unit": "组"}]


def put(story: Story, kind: str = "seize", **values: Any) -> Measure:
    """A measure of two lots that was approved first and carried out."""
    office = story.office
    wanted: dict[str, Any] = {
        "kind": kind,
        "urgent": False,
        "reason": "防止转移。",
        "basis": "《条例》第十七条",
        "place": "店门前",
        "number": "镇骆综执扣〔2025〕第0001号",
        "proposed_by_id": office.person("zhang_ming").id,
        "approved_at": at("09-11 09:30"),
        "approved_by_id": office.person("zhao_yong").id,
        "executed_at": TAKEN,
        "officer_id": office.person("zhang_ming").id,
        "second_officer_id": office.person("li_qiang").id,
        "items": [
            MeasureItem(number=n, name=f"货架{n}", quantity=Decimal(1), unit="组") for n in (1, 2)
        ],
    }
    row = Measure(**{**story._stamp(TAKEN), **wanted, **values})
    story.session.add(row)
    story.session.flush()
    return row


def act_of(story: Story, who: str = "zhang_ming", when: datetime = NOW) -> Act:
    return story.act(who, when)


@pytest.fixture
def wish(story: Story) -> RequestSeizure:
    command: RequestSeizure = of(
        story,
        RequestSeizure,
        second_handler="li_qiang",
        kind="seize",
        reason="防止转移。",
        basis_rank="local_regulation",
        basis="《条例》第十七条",
        place="店门前",
        items=SHELVES,
        involved_only=True,
        no_necessities=True,
        not_sealed_elsewhere=True,
    )
    return command


@pytest.fixture
def spot(story: Story) -> CarryOutSeizure:
    command: CarryOutSeizure = of(
        story,
        CarryOutSeizure,
        second_handler="li_qiang",
        executed_at=TAKEN,
        items=SHELVES,
        cards_shown=True,
        rights_told=True,
        keeper="张明",
        storage_place="仓库",
        two_copies=True,
    )
    return command


def test_a_seizure_with_a_basis_and_a_list_may_be_applied_for(
    story: Story, wish: RequestSeizure
) -> None:
    assert violations(act_of(story), wish) == []


@pytest.mark.parametrize("rank", ["rule", "other"])
def test_a_rule_or_another_document_is_no_basis_of_a_seizure(
    story: Story, wish: RequestSeizure, rank: str
) -> None:
    found = violations(act_of(story), changed(wish, basis_rank=rank))
    assert rules(found) == {"K01"}
    assert fields(found, "K01") == {"basis_rank"}


@pytest.mark.parametrize("rank", ["law", "regulation", "local_regulation"])
def test_laws_and_regulations_are_a_basis(story: Story, wish: RequestSeizure, rank: str) -> None:
    assert violations(act_of(story), changed(wish, basis_rank=rank)) == []


def test_a_delegated_body_may_not_seize(story: Story, wish: RequestSeizure) -> None:
    story.case.subject.kind = SubjectKind.DELEGATED
    assert rules(violations(act_of(story), wish)) == {"K02"}


@pytest.mark.parametrize("name", ["involved_only", "no_necessities", "not_sealed_elsewhere"])
def test_each_limit_of_what_may_be_taken_is_confirmed(
    story: Story, wish: RequestSeizure, name: str
) -> None:
    found = violations(act_of(story), changed(wish, **{name: False}))
    assert rules(found) == {"K03"}
    assert fields(found, "K03") == {name}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"name": "", "quantity": 1, "unit": "组"}, "items.0.name"),
        ({"name": "货架", "quantity": 0, "unit": "组"}, "items.0.quantity"),
        ({"name": "货架", "quantity": None, "unit": "组"}, "items.0.quantity"),
        ({"name": "货架", "quantity": 1, "unit": " "}, "items.0.unit"),
    ],
)
def test_each_line_of_the_list_says_what_how_much_and_in_which_unit(
    story: Story, wish: RequestSeizure, line: dict[str, Any], field: str
) -> None:
    found = violations(act_of(story), changed(wish, items=[line]))
    assert rules(found) == {"K04"}
    assert fields(found, "K04") == {field}


def test_a_seizure_without_goods_is_refused(story: Story, wish: RequestSeizure) -> None:
    assert rules(violations(act_of(story), changed(wish, items=[]))) == {"K04"}


def test_a_second_urgent_measure_waits_for_the_approval_of_the_first(
    story: Story, wish: RequestSeizure
) -> None:
    act = act_of(story)
    act.clocks.start("CLK_URGENT_APPROVAL", NOW)
    assert rules(violations(act, changed(wish, urgent=True))) == {"K05"}
    assert violations(act, wish) == []


def test_what_was_approved_is_carried_out_with_cards_rights_and_two_copies(
    story: Story, spot: CarryOutSeizure
) -> None:
    put(story, executed_at=None)
    assert violations(act_of(story), spot) == []


@pytest.mark.parametrize("name", ["cards_shown", "rights_told", "two_copies"])
def test_what_is_owed_on_the_spot_is_on_record(
    story: Story, spot: CarryOutSeizure, name: str
) -> None:
    put(story, executed_at=None)
    found = violations(act_of(story), changed(spot, **{name: False}))
    assert rules(found) == {"K06"}
    assert fields(found, "K06") == {name}


def test_nothing_is_carried_out_before_approval_unless_it_is_urgent(
    story: Story, spot: CarryOutSeizure
) -> None:
    row = put(story, executed_at=None, approved_at=None, approved_by_id=None)
    assert rules(violations(act_of(story), spot)) == {"K07"}
    row.urgent = True
    assert violations(act_of(story), spot) == []


def test_it_is_not_carried_out_earlier_than_it_was_approved(
    story: Story, spot: CarryOutSeizure
) -> None:
    put(story, executed_at=None, approved_at=at("09-11 10:30"))
    assert rules(violations(act_of(story), spot)) == {"K07"}


def test_an_urgent_measure_is_approved_within_24_hours_and_no_later(story: Story) -> None:
    put(story, urgent=True, approved_at=None, approved_by_id=None)
    agree = of(story, ApproveSeizure, outcome="agree")
    for moment, expected in [("09-12 09:59", set()), ("09-12 10:00", {"K07"})]:
        act = act_of(story, "zhao_yong", at(moment))
        if not act.clocks.rows:
            act.clocks.start("CLK_URGENT_APPROVAL", TAKEN)
        assert rules(violations(act, agree)) == expected


@pytest.mark.parametrize("command", [ApproveSeizure, ApproveRegistration])
def test_whoever_refuses_a_measure_says_why(story: Story, command: Any) -> None:
    act = act_of(story, "zhao_yong")
    assert rules(violations(act, of(story, command, outcome="refuse"))) == {"S05"}
    assert violations(act, of(story, command, outcome="refuse", opinion="不必要。")) == []


def step(story: Story, way: str, **values: Any) -> HandleSeizedGoods:
    made: HandleSeizedGoods = of(story, HandleSeizedGoods, step=way, reason="案情复杂。", **values)
    return made


def seized(story: Story, when: datetime = NOW, **values: Any) -> Act:
    put(story, **values)
    act = act_of(story, when=when)
    act.clocks.start("CLK_SEIZE", TAKEN)
    return act


@pytest.mark.parametrize(("days", "allowed"), [(30, True), (31, False), (0, False), (None, False)])
def test_a_seizure_is_extended_by_thirty_days_at_most(
    story: Story, days: int | None, allowed: bool
) -> None:
    found = violations(seized(story), step(story, "extend", extension_days=days))
    assert rules(found) == (set() if allowed else {"K08"})


def test_a_seizure_is_extended_once(story: Story) -> None:
    act = seized(story)
    clock = act.clocks.last("CLK_SEIZE")
    assert clock is not None
    clock.extensions = [{"length": 30, "unit": "calendar_day"}]
    assert rules(violations(act, step(story, "extend", extension_days=10))) == {"K08"}


@pytest.mark.parametrize(("moment", "expected"), [("10-11 23:59", set()), ("10-14 00:00", {"V21"})])
def test_after_thirty_days_goods_can_only_be_released(
    story: Story, moment: str, expected: set[str]
) -> None:
    """Thirty days from 09-11 end on Saturday 10-11, a working day in 2025."""
    act = seized(story, at(moment))
    assert rules(violations(act, step(story, "extend", extension_days=30))) == expected
    assert violations(act, step(story, "release", ground="expired")) == []
    agree = of(story, ApproveSeizureExtension, outcome="agree")
    assert rules(violations(act, agree)) == ({"K08"} if expected else set())


def test_a_release_names_its_ground(story: Story) -> None:
    assert rules(violations(seized(story), step(story, "release"))) == {"K09"}


@pytest.mark.parametrize("way", ["hand_over", "destroy"])
def test_goods_that_leave_for_good_have_a_receiver(story: Story, way: str) -> None:
    act = seized(story)
    assert rules(violations(act, step(story, way))) == {"K10"}
    assert violations(act, step(story, way, receiver="镇海公安分局")) == []


def test_goods_are_confiscated_by_a_decision_that_says_so_and_by_no_other(story: Story) -> None:
    act = seized(story)
    assert rules(violations(act, step(story, "confiscate"))) == {"K10"}
    decision = story.up_to_decision().decided()
    assert rules(violations(act_of(story, when=LATER), step(story, "confiscate"))) == {"K10"}
    decision.penalty_kinds = [*decision.penalty_kinds, "confiscate_goods"]
    assert violations(act_of(story, when=LATER), step(story, "confiscate")) == []


def test_goods_that_are_not_there_are_not_decided_about(story: Story) -> None:
    act = seized(story)
    found = violations(act, step(story, "release", ground="unrelated", goods=["1", "7"]))
    assert rules(found) == {"V21"}
    assert fields(found, "V21") == {"goods"}


@pytest.mark.parametrize(
    ("approved", "ground", "expected"),
    [
        (True, "expired", set()),
        (True, "not_approved", {"K09"}),
        (False, "not_approved", set()),
        (False, "expired", {"K09"}),
    ],
)
def test_an_immediate_release_says_whether_time_or_approval_is_missing(
    story: Story, approved: bool, ground: str, expected: set[str]
) -> None:
    missing = {} if approved else {"urgent": True, "approved_at": None, "approved_by_id": None}
    put(story, **missing)
    release = of(
        story,
        ReleaseSeizure,
        second_handler="li_qiang",
        ground=ground,
        done_at=NOW,
        receiver_name="陈立新",
        condition="完好",
    )
    assert rules(violations(act_of(story), release)) == expected
