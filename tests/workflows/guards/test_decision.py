"""The decision of scenario 1 and its negative vectors: V09, V10, V12, V14-V17, V23."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.building import at
from tests.story import PARTY, Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.decision import IssueDecision

THE_DAY = at("10-09 15:00")


@pytest.fixture
def ready(story: Story) -> Story:
    return story.up_to_decision()


def decide(story: Story, when: datetime = THE_DAY, **values: Any) -> list[Any]:
    wanted: dict[str, Any] = {
        "outcome": "issue",
        "decision": "penalty",
        "penalty_kinds": ["fine"],
        "fine": Decimal(500),
        "discretion_level": "ordinary",
        "discretion_reason": "逾期未改正",
    }
    return refused(story, "zhao_yong", when, of(story, IssueDecision, **{**wanted, **values}))


def test_the_decision_of_scenario_1_is_allowed(ready: Story) -> None:
    assert decide(ready) == []


def test_returning_the_file_needs_only_a_reason(ready: Story) -> None:
    assert rules(decide(ready, outcome="return", decision=None)) == {"S05"}
    assert decide(ready, outcome="return", decision=None, opinion="补充证据") == []


def test_a_decision_while_the_party_may_still_speak_is_refused(ready: Story) -> None:
    """Vector: the decision on 09-29, one day before the period ends."""
    found = decide(ready, at("09-29 10:00"))
    assert rules(found) == {"V09"}
    assert "2025年9月30日" in found[0].message.zh
    assert "2025-09-30" in found[0].message.en


def test_the_last_day_of_the_period_still_belongs_to_the_party(ready: Story) -> None:
    assert rules(decide(ready, at("09-30 23:59"))) == {"V09"}
    assert decide(ready, at("10-01 00:00")) == []


def test_a_written_waiver_opens_the_decision_at_once(ready: Story) -> None:
    notice = ready.act("zhao_yong", THE_DAY).record.notice
    assert notice is not None
    ready.stated(notice, "waived")
    assert decide(ready, at("09-29 10:00")) == []


def test_a_statement_must_be_answered_before_the_decision(ready: Story) -> None:
    notice = ready.act("zhao_yong", THE_DAY).record.notice
    assert notice is not None
    statement = ready.stated(notice)
    assert rules(decide(ready)) == {"V09"}
    ready.reexamined(statement)
    assert decide(ready) == []


def test_a_reexamination_that_changes_the_proposal_stops_the_decision(ready: Story) -> None:
    notice = ready.act("zhao_yong", THE_DAY).record.notice
    assert notice is not None
    ready.reexamined(ready.stated(notice), "changed")
    assert rules(decide(ready)) == {"V09"}


def test_no_notice_means_no_penalty(story: Story) -> None:
    story.up_to_report()
    story.reviewed(story.reported())
    assert rules(decide(story)) == {"V09"}


def test_a_notice_that_was_not_served_means_no_penalty(story: Story) -> None:
    story.up_to_report()
    report = story.reported()
    story.reviewed(report)
    story.notified(report)
    assert rules(decide(story)) == {"V09"}


def test_a_notice_of_an_earlier_report_does_not_count(ready: Story) -> None:
    later = ready.reported(at("10-08 10:00"), round=2)
    ready.reviewed(later, round=2)
    assert rules(decide(ready)) == {"V09"}


def test_notice_and_decision_on_one_day_are_refused(story: Story) -> None:
    story.up_to_report()
    report = story.reported()
    story.reviewed(report)
    notice = story.notified(report)
    story.notice_served(notice, at("09-19 11:00"))
    story.stated(notice, "waived").stated_at = at("09-19 12:00")
    assert rules(decide(story, at("09-19 16:00"))) == {"V05"}
    assert decide(story, at("09-20 09:00")) == []


def test_a_fine_above_the_notified_one_is_refused(ready: Story) -> None:
    """Vector: fine 600 ≠ notified 500."""
    found = decide(ready, fine=Decimal(600))
    assert rules(found) == {"V12"}
    assert fields(found, "V12") == {"fine"}


def test_a_lower_fine_without_a_discussion_is_refused(ready: Story) -> None:
    assert rules(decide(ready, fine=Decimal(400))) == {"V12"}


def test_a_fine_of_1200_breaks_range_and_notice_at_once(ready: Story) -> None:
    """Vector: fine 1,200 in a range of 100 to 1,000."""
    assert rules(decide(ready, fine=Decimal(1200))) == {"V11", "V12"}


def test_a_kind_that_was_not_notified_is_refused(ready: Story) -> None:
    found = decide(ready, penalty_kinds=["fine", "warning"])
    assert "V12" in rules(found)
    assert "penalty_kinds" in fields(found, "V12")


def test_without_a_passed_review_nothing_is_decided(story: Story) -> None:
    story.up_to_report()
    report = story.reported()
    faults = {"review": "return", "opinion": "correct", "passed": False}
    story.reviewed(report, **faults, failure_reasons=["facts_unclear"], reasons="事实不清")
    story.notice_served(story.notified(report))
    assert rules(decide(story)) == {"V14"}


def test_the_review_of_an_earlier_report_does_not_count(ready: Story) -> None:
    ready.notified(ready.reported(at("10-08 10:00"), round=2), round=2)
    assert "V14" in rules(decide(ready))


def test_a_decision_after_ninety_days_is_refused(ready: Story) -> None:
    """CLK_CASE ends on 2025-12-09."""
    assert decide(ready, at("12-09 16:00")) == []
    found = decide(ready, at("12-10 00:00"))
    assert rules(found) == {"V10"}
    assert "2025年12月9日" in found[0].message.zh


def test_a_complex_case_is_decided_only_after_signed_minutes(story: Story) -> None:
    story.up_to_decision(complex_or_major=True, complexity_reason="影响较大")
    assert rules(decide(story)) == {"V15"}
    report = story.act("zhao_yong", THE_DAY).record.report
    assert report is not None
    meeting = story.convened(report)
    story.discussed(meeting)
    assert rules(decide(story)) == {"V15"}
    story.signed(meeting)
    assert decide(story) == []


def test_a_lighter_discussion_sets_the_fine_of_the_decision(story: Story) -> None:
    story.up_to_decision(complex_or_major=True, complexity_reason="影响较大")
    report = story.act("zhao_yong", THE_DAY).record.report
    assert report is not None
    meeting = story.convened(report)
    story.discussed(meeting, "lighter", fine=Decimal(300))
    story.signed(meeting)
    assert rules(decide(story)) == {"V12"}
    assert decide(story, fine=Decimal(300)) == []


def test_a_discussion_for_no_penalty_forbids_the_penalty(story: Story) -> None:
    story.up_to_decision(complex_or_major=True, complexity_reason="影响较大")
    report = story.act("zhao_yong", THE_DAY).record.report
    assert report is not None
    meeting = story.convened(report)
    story.discussed(meeting, "no_penalty")
    story.signed(meeting)
    assert rules(decide(story)) == {"V12"}
    spared = {"decision": "no_penalty", "penalty_kinds": [], "fine": None}
    assert decide(story, **spared, no_penalty_ground="no_fault") == []


def test_no_penalty_needs_its_ground(story: Story) -> None:
    story.up_to_report()
    terms = {"penalty_kinds": [], "fine": None, "penalty_content": None}
    report = story.reported(proposal="no_penalty", no_penalty_ground=None, **terms)
    story.reviewed(report)
    spared = {"decision": "no_penalty", "penalty_kinds": [], "fine": None}
    assert rules(decide(story, **spared)) == {"R01"}
    assert decide(story, **spared, no_penalty_ground="no_fault") == []


def test_a_party_that_differs_from_the_notice_is_refused(ready: Story) -> None:
    ready.document(
        "D34",
        ready.number("告"),
        party={"name": PARTY["name"], "uscc": PARTY["uscc"], "cert_no": ""},
        case={"cause": ready.case.cause},
        notice={"terms": {"fine": {"figures": "500.00", "words": "伍佰元整"}}},
    )
    assert decide(ready) == []
    ready.party(name="镇海区骆驼街道鲜果美蔬菜店", recorded_at=at("10-08 10:00"))
    found = decide(ready)
    assert rules(found) == {"V16"}
    assert PARTY["name"] in found[0].message.zh


def test_a_notice_of_another_shape_is_no_reason_to_refuse(ready: Story) -> None:
    ready.document("D34", ready.number("告"), party="鲜果美", notice=[1])
    assert decide(ready) == []


def _other_case(ready: Story, **values: Any) -> Story:
    other = Story(ready.session, **values)
    other.up_to_decision()
    other.decided()
    return other


def test_one_act_is_fined_once_whoevers_case_it_was(ready: Story) -> None:
    _other_case(ready)
    found = decide(ready)
    assert rules(found) == {"V17"}
    assert "第0002号" in found[0].message.zh


def test_an_earlier_act_of_the_same_party_is_another_matter(ready: Story) -> None:
    _other_case(ready, act_start=date(2025, 7, 1), act_end=date(2025, 7, 2))
    assert decide(ready) == []


def test_the_decision_states_six_items(ready: Story) -> None:
    blank = {"address": None, "service_address": None, "contact_address": None}
    ready.party(**blank, recorded_at=at("10-08 10:00"))
    ready.office.subject().court = ""
    found = decide(ready)
    assert rules(found) == {"V23"}
    assert len(found) == 2


def test_an_ended_case_is_not_decided(ready: Story) -> None:
    ready.case.stage = "archived"  # type: ignore[assignment]
    assert "S02" in rules(decide(ready))


def test_a_record_with_nothing_in_it_is_refused_with_every_reason(story: Story) -> None:
    assert {"V05", "V09", "V14", "V20", "V23"} <= rules(decide(story))


def test_more_confiscated_or_another_licence_than_notified_is_refused(ready: Story) -> None:
    assert fields(decide(ready, confiscated_amount=Decimal(1)), "V12") == {"confiscated_amount"}
    assert fields(decide(ready, licence="营业执照1号"), "V12") == {"licence"}
