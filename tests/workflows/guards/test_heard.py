"""V09, V14, H07, H08: what a decision owes to the right to a hearing."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from models.errors import Violation
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, rules, violations
from tests.workflows.guards.hearings import ASKED, LATE, asked, held, hosted, waive, with_right
from workflows.commands.decision import IssueDecision
from workflows.operations import assess_hearing


@pytest.fixture
def told(story: Story) -> Story:
    return with_right(story)


def decide(story: Story, when: datetime = LATE, **values: Any) -> list[Violation]:
    wanted = {
        "outcome": "issue", "decision": "penalty", "penalty_kinds": ["fine"],
        "fine": Decimal(500), "discretion_level": "ordinary", "discretion_reason": "逾期未改正",
    }  # fmt: skip
    return violations(
        story.act("zhao_yong", when), of(story, IssueDecision, **{**wanted, **values})
    )


def test_no_decision_before_the_time_to_ask_is_over(told: Story) -> None:
    found = [v for v in decide(told, at("09-30 10:00")) if "听证" in v.message.zh]
    assert rules(found) == {"V09"}
    assert "2025年9月30日" in found[0].message.zh
    assert decide(told) == []


def test_a_signed_waiver_opens_the_way_to_the_decision(told: Story) -> None:
    waive(told)
    assert not [v for v in decide(told, at("09-29 10:00")) if "听证" in v.message.zh]


def test_no_decision_while_a_hearing_is_pending(told: Story) -> None:
    row = hosted(told)
    assert "V09" in rules(decide(told))
    row.result, row.result_reason, row.ended_at = "withdrawn", "撤回", LATE
    told.session.flush()
    assert decide(told) == []


def test_a_penalty_in_scope_that_was_notified_without_the_right_is_not_decided(
    story: Story,
) -> None:
    story.up_to_decision(penalty_kinds=["close"], fine=None)
    found = [
        v for v in decide(story, penalty_kinds=["close"], fine=None) if "听证权利" in v.message.zh
    ]
    assert rules(found) == {"V09"}


def test_after_a_hearing_the_review_comes_again(told: Story) -> None:
    """Skipping it blocks the decision (scenario 2)."""
    held(told, reported=at("10-18 10:00"))
    when = at("10-22 10:00")
    assert "V14" in rules(decide(told, when, hearing_adoption="不予采纳"))
    report = told.act("zhao_yong", when).record.report
    assert report is not None
    told.reviewed(report, round=2, recorded_at=at("10-21 10:00"))
    assert decide(told, when, hearing_adoption="不予采纳") == []


def test_a_review_from_before_the_hearing_is_not_enough_even_when_it_passed(told: Story) -> None:
    held(told, reported=at("10-18 10:00"))
    report = told.act("zhao_yong", LATE).record.report
    assert report is not None
    told.reviewed(report, round=2, recorded_at=at("10-18 09:00"))
    assert "V14" in rules(decide(told, at("10-22 10:00"), hearing_adoption="不予采纳"))


def reviewed_again(story: Story) -> None:
    held(story, reported=at("10-18 10:00"))
    report = story.act("zhao_yong", LATE).record.report
    assert report is not None
    story.reviewed(report, round=2, recorded_at=at("10-21 10:00"))


def test_the_decision_says_how_it_rests_on_the_record_of_the_hearing(told: Story) -> None:
    reviewed_again(told)
    found = decide(told, at("10-22 10:00"))
    assert fields(found, "H07") == {"hearing_adoption"}


def test_evidence_that_came_after_the_hearing_was_not_examined_there(told: Story) -> None:
    reviewed_again(told)
    when = at("10-22 10:00")
    item = told.evidence(number=9, recorded_at=at("10-20 10:00"))
    assert "H08" in rules(decide(told, when, hearing_adoption="不予采纳"))
    item.admissible, item.excluded_reason = False, "听证后取得"
    told.session.flush()
    assert "H08" not in rules(decide(told, when, hearing_adoption="不予采纳"))


@pytest.mark.parametrize(
    ("what", "when", "answer"),
    [
        ("nothing", ASKED, "open"),
        ("nothing", LATE, "over"),
        ("waived", ASKED, "over"),
        ("asked", LATE, "pending"),
        ("held", at("10-18 12:00"), "held"),
    ],
)
def test_the_process_hears_where_the_right_to_a_hearing_stands(
    told: Story, what: str, when: datetime, answer: str
) -> None:
    if what == "waived":
        waive(told)
    elif what == "asked":
        asked(told)
    elif what == "held":
        held(told, reported=at("10-18 10:00"))
    assert assess_hearing(told.act("zhao_yong", when)).routing == {"hearing": answer}


def test_a_case_without_the_right_goes_straight_on(story: Story) -> None:
    story.up_to_decision()
    assert assess_hearing(story.act("zhao_yong", ASKED)).routing == {"hearing": "over"}
