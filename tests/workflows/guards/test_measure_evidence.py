"""Registered evidence, samples, and goods at the end of a case: K06, K07, K10-K12, V21."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import changed, fields, of, rules, violations
from tests.workflows.guards.test_measure import NOW, SHELVES, TAKEN, act_of, put
from workflows.commands.closing import ApproveClosing, ApproveWithdrawal
from workflows.commands.registration import (
    CarryOutRegistration,
    DisposeRegistered,
    RequestRegistration,
)
from workflows.commands.sampling import SettleSamples, TakeSamples


def test_evidence_is_registered_for_a_reason(story: Story) -> None:
    wish = of(
        story,
        RequestRegistration,
        second_handler="li_qiang",
        reason=" ",
        place="店内",
        items=SHELVES,
    )
    assert rules(violations(act_of(story), wish)) == {"R01"}
    assert violations(act_of(story), changed(wish, reason="可能灭失。")) == []


def test_evidence_is_registered_after_approval_too(story: Story) -> None:
    put(story, "hold", executed_at=None, approved_at=None, approved_by_id=None)
    carry = of(
        story,
        CarryOutRegistration,
        second_handler="li_qiang",
        executed_at=TAKEN,
        items=SHELVES,
        cards_shown=True,
        rights_told=True,
        keeper="张明",
        storage_place="仓库",
    )
    assert rules(violations(act_of(story), carry)) == {"K07"}


def disposal(story: Story, way: str, when: datetime = NOW, **values: Any) -> DisposeRegistered:
    made: DisposeRegistered = of(
        story,
        DisposeRegistered,
        second_handler="li_qiang",
        done_at=when,
        receiver_name="陈立新",
        condition="完好",
        way=way,
        reason="已复制。",
        **values,
    )
    return made


@pytest.mark.parametrize(("moment", "expected"), [("09-22 23:59", set()), ("09-23 00:00", {"V21"})])
def test_registered_evidence_is_disposed_of_within_seven_working_days(
    story: Story, moment: str, expected: set[str]
) -> None:
    """Seven working days from Thursday 09-11 end on Monday 09-22."""
    put(story, "hold")
    act = act_of(story, when=at(moment))
    act.clocks.start("CLK_HOLD", TAKEN)
    assert rules(violations(act, disposal(story, "copy", TAKEN))) == expected


@pytest.mark.parametrize(("way", "rule"), [("confiscate", "K10"), ("seize", "K11")])
def test_registered_evidence_is_kept_only_by_an_act_of_its_own(
    story: Story, way: str, rule: str
) -> None:
    put(story, "hold")
    assert rules(violations(act_of(story), disposal(story, way))) == {rule}


def test_registered_evidence_goes_over_into_a_seizure_that_was_carried_out(story: Story) -> None:
    put(story)
    put(story, "hold")
    assert violations(act_of(story), disposal(story, "seize")) == []


def samples(story: Story, **values: Any) -> TakeSamples:
    wanted: dict[str, Any] = {
        "second_handler": "li_qiang",
        "executed_at": TAKEN,
        "reason": "查明成分。",
        "place": "店内",
        "items": [{**SHELVES[0], "seal_no": "ZH01"}],
        "cards_shown": True,
        "rights_told": True,
        "party_notified": True,
        "keeper": "张明",
        "storage_place": "证据室",
    }
    made: TakeSamples = of(story, TakeSamples, **{**wanted, **values})
    return made


def test_samples_are_sealed_with_the_party_told(story: Story) -> None:
    act = act_of(story)
    assert violations(act, samples(story)) == []
    found = violations(act, samples(story, party_notified=False, items=SHELVES))
    assert rules(found) == {"K12"}
    assert fields(found, "K12") == {"party_notified", "items.0.seal_no"}


def test_samples_are_accounted_for_once(story: Story) -> None:
    settle = of(
        story,
        SettleSamples,
        second_handler="li_qiang",
        done_at=NOW,
        way="keep",
        reason="随卷保存。",
    )
    assert rules(violations(act_of(story), settle)) == {"K12"}
    put(story, "sampling")
    assert violations(act_of(story), settle) == []


@pytest.mark.parametrize("kind", ["seal", "seize", "hold"])
def test_a_case_does_not_close_while_goods_have_no_outcome(story: Story, kind: str) -> None:
    """Asked once more at the approval, whatever the proposal to close says of the goods."""
    row = put(story, kind)
    story.closing(goods_disposed=True, measures_released=True)
    wishes = [
        of(story, ApproveClosing, outcome="close"),
        of(story, ApproveWithdrawal, outcome="withdraw"),
    ]
    for wish in wishes:
        act = act_of(story, "zhao_yong")
        assert "V21" in rules(violations(act, wish))
        assert "V21" not in rules(violations(act, changed(wish, outcome="return")))
    for item in row.items:
        item.outcome, item.outcome_at = "release", NOW
    for wish in wishes:
        assert "V21" not in rules(violations(act_of(story, "zhao_yong"), wish))
