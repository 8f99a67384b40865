"""V15: when leaders discuss, who votes, quorum 2/3 as a fraction, majority, minutes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from models.errors import Violation
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.review import ConveneDiscussion, RecordDiscussion, SignMinutes
from workflows.guards.discussion import discussion_required

PANEL = ["qian_hong", "zhao_yong", "jiang_tao", "shen_jie", "ye_ping", "tang_jie"]
HELD = at("10-09 11:00")


@pytest.fixture
def major(story: Story) -> Story:
    return story.up_to_decision(complex_or_major=True, complexity_reason="影响较大")


def required(story: Story) -> tuple[bool, str]:
    found, reason = discussion_required(story.act("qian_hong", HELD))
    return found, reason.zh


def test_an_ordinary_case_is_decided_without_a_discussion(story: Story) -> None:
    assert required(story.up_to_decision())[0] is False


def test_a_complex_case_is_discussed_and_the_table_says_why(major: Story) -> None:
    found, reason = required(major)
    assert found
    assert "第五十七条" in reason


@pytest.mark.parametrize(("fine", "wanted"), [("7999.99", False), ("8000", True)])
def test_the_amount_for_an_individual_business_includes_itself(
    story: Story, fine: str, wanted: bool
) -> None:
    story.up_to_decision(fine=Decimal(fine))
    assert required(story)[0] is wanted


def test_the_law_holds_even_where_a_pack_has_no_table(major: Story) -> None:
    act = major.act("qian_hong", HELD)
    act.pack = None
    assert discussion_required(act)[0] is True


def test_an_earlier_review_that_wanted_another_way_calls_for_a_discussion(story: Story) -> None:
    story.up_to_report()
    report = story.reported()
    fault = {"review": "return", "opinion": "no_penalty", "passed": False, "reasons": "轻微"}
    story.reviewed(report, **fault, failure_reasons=["disposal_improper"])
    story.reviewed(report, round=2, recorded_at=at("09-18 10:00"))
    assert required(story) == (True, "对法制审核意见有分歧")


def test_no_penalty_needs_no_discussion(story: Story) -> None:
    assert discussion_required(story.act("qian_hong", HELD))[0] is False


def convene(story: Story, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "planned_at": at("10-09 09:00"),
        "place": "街道会议室",
        "chair": "qian_hong",
        "members": PANEL,
        "recorder": "lin_fang",
    }
    command = of(story, ConveneDiscussion, **{**wanted, **values})
    return refused(story, "qian_hong", at("10-08 10:00"), command)


def test_heads_of_the_agency_are_convened(major: Story) -> None:
    assert convene(major) == []


def test_nobody_else_votes(major: Story) -> None:
    assert fields(convene(major, members=[*PANEL, "wang_jing"]), "V15") == {"members"}
    assert fields(convene(major, members=[*PANEL, "zhang_ming"]), "V15") == {"members"}
    assert rules(convene(major, members=[*PANEL, "nobody"])) == {"P02"}
    assert fields(convene(major, members=[*PANEL, "ye_ping"]), "V15") == {"members"}


def test_a_head_who_once_handled_the_case_does_not_vote(major: Story) -> None:
    major.handled("ye_ping")
    found = convene(major)
    assert rules(found) == {"V15"}
    assert "叶萍" in found[0].message.zh


def test_the_chair_is_a_member_and_a_handler_keeps_no_minutes(major: Story) -> None:
    assert fields(convene(major, members=PANEL[1:]), "V15") == {"chair"}
    assert rules(convene(major, recorder="zhang_ming")) == {"P08"}


def test_a_discussion_before_the_notice_was_served_is_refused(major: Story) -> None:
    assert fields(convene(major, planned_at=at("09-24 09:00")), "V15") == {"planned_at"}
    assert convene(major, planned_at=at("09-24 10:00")) == []


def member(key: str, order: int | None = None, **values: Any) -> dict[str, Any]:
    spoken = order or len(PANEL) - PANEL.index(key) if key in PANEL else order
    said = {"attended": True, "spoke_order": spoken, "view": "同意", "vote": "agree"}
    return {"person": key, **said, **values}


def away(key: str, reason: str | None = "出差") -> dict[str, Any]:
    return {"person": key, "attended": False, "absent_reason": reason}


def against(key: str) -> dict[str, Any]:
    return member(key, vote="disagree", view="过重", dissent="建议从轻")


def record(story: Story, *members: dict[str, Any], **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "chair": "qian_hong",
        "place": "街道会议室",
        "held_at": at("10-09 09:00"),
        "ended_at": at("10-09 10:00"),
        "case_report": "案情",
        "legal_opinion": "同意",
        "members": list(members) or [member(key) for key in PANEL],
        "discussion_result": "as_proposed",
        "conclusion_text": "按原建议处罚",
    }
    command = of(story, RecordDiscussion, **{**wanted, **values})
    return refused(story, "lin_fang", HELD, command)


@pytest.fixture
def convened(major: Story) -> Story:
    report = major.act("qian_hong", HELD).record.report
    assert report is not None
    major.convened(report, *PANEL)
    return major


def test_a_meeting_of_all_members_is_recorded(convened: Story) -> None:
    assert record(convened) == []


def test_nothing_is_recorded_that_was_not_convened(major: Story) -> None:
    assert rules(record(major)) == {"V15"}


def test_four_of_six_are_enough_and_three_are_not(convened: Story) -> None:
    """Quorum 2/3 is a fraction: 4 of 6 is enough, 3 of 6 is not."""
    four = [*[member(k) for k in PANEL[:4]], *[away(k) for k in PANEL[4:]]]
    three = [*[member(k) for k in PANEL[:3]], *[away(k) for k in PANEL[3:]]]
    assert record(convened, *four) == []
    found = record(convened, *three)
    assert rules(found) == {"V15"}
    assert "2/3" in found[0].message.zh


def test_the_proposal_passes_with_more_than_half_of_all_members(convened: Story) -> None:
    four = [*[member(k) for k in PANEL[:4]], *[against(k) for k in PANEL[4:]]]
    three = [*[member(k) for k in PANEL[:3]], *[against(k) for k in PANEL[3:]]]
    assert record(convened, *four) == []
    assert fields(record(convened, *three), "V15") == {"discussion_result"}


def test_those_recorded_are_those_convened(convened: Story) -> None:
    assert "V15" in rules(record(convened, *[member(k) for k in PANEL[:5]]))
    assert "V15" in rules(record(convened, *[member(k) for k in [*PANEL, "zhang_ming"]]))


def test_absence_views_votes_and_dissent_are_told(convened: Story) -> None:
    rest = [member(k) for k in PANEL[:5]]
    assert rules(record(convened, *rest, away("tang_jie", None))) == {"V15"}
    voted = {**away("tang_jie"), "vote": "agree"}
    assert rules(record(convened, *rest, voted)) == {"V15"}
    assert rules(record(convened, *rest, member("tang_jie", view=""))) == {"V15"}
    silent = {**against("tang_jie"), "dissent": None}
    assert rules(record(convened, *rest, silent)) == {"V15"}


def test_the_chair_is_present_and_speaks_last(convened: Story) -> None:
    last = [member(k, n) for n, k in enumerate(reversed(PANEL), 1)]
    first = [member(k, n) for n, k in enumerate(PANEL, 1)]
    assert record(convened, *last) == []
    assert rules(record(convened, *first)) == {"V15"}
    absent = [away("qian_hong"), *[member(k) for k in PANEL[1:]]]
    assert fields(record(convened, *absent), "V15") == {"chair"}


@pytest.mark.parametrize(
    ("result", "fine", "fits"),
    [
        ("as_proposed", None, True), ("as_proposed", 500, True), ("as_proposed", 400, False),
        ("lighter", 400, True), ("lighter", 500, False), ("lighter", None, False),
        ("heavier", 800, True), ("heavier", 500, False),
        ("no_penalty", None, True), ("no_penalty", 500, False), ("supplement", None, True),
    ],
)  # fmt: skip
def test_the_result_says_the_same_as_its_fine(
    convened: Story, result: str, fine: int | None, fits: bool
) -> None:
    amount = None if fine is None else Decimal(fine)
    found = record(convened, discussion_result=result, fine=amount)
    assert rules(found) == (set() if fits else {"V12"})


def test_a_lighter_fine_stays_within_the_range(convened: Story) -> None:
    assert rules(record(convened, discussion_result="lighter", fine=Decimal(50))) == {"V11"}


def test_a_meeting_has_an_end_that_has_come(convened: Story) -> None:
    assert fields(record(convened, ended_at=at("10-09 08:00")), "V05") == {"ended_at"}
    assert fields(record(convened, ended_at=at("10-09 12:00")), "V05") == {"ended_at"}


def sign(story: Story, *rows: dict[str, Any]) -> list[Violation]:
    command = of(story, SignMinutes, signatures=list(rows))
    return refused(story, "qian_hong", HELD, command)


def test_everyone_present_signs_or_the_minutes_say_why_not(convened: Story) -> None:
    all_signed = [{"person": key, "signed": True} for key in PANEL]
    assert rules(sign(convened, *all_signed)) == {"V15"}, "there are no minutes yet"
    meeting = convened.act("qian_hong", HELD).record.discussion
    assert meeting is not None
    convened.discussed(meeting)
    assert sign(convened, *all_signed) == []
    assert rules(sign(convened, *all_signed[1:])) == {"V15"}
    unsigned = {"person": "qian_hong", "signed": False}
    assert rules(sign(convened, *all_signed[1:], unsigned)) == {"V15"}
    assert sign(convened, *all_signed[1:], {**unsigned, "refusal_reason": "有不同意见"}) == []
    stranger = {"person": "sun_li", "signed": True}
    assert rules(sign(convened, *all_signed, stranger)) == {"V15"}


def test_without_a_report_there_is_nothing_to_discuss(story: Story) -> None:
    assert rules(convene(story)) == {"V15"}


def test_two_members_do_not_speak_at_the_same_place(convened: Story) -> None:
    orders = [6, 1, 2, 3, 4, 4]
    said = [member(key, order) for key, order in zip(PANEL, orders, strict=True)]
    assert rules(record(convened, *said)) == {"V15"}
