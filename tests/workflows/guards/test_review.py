"""Legal review, notice, statement, re-examination: V05, V09, V14."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.errors import Violation
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.review import (
    ApproveNotice,
    RecordStatement,
    ReexamineStatement,
    ReviewReport,
    ServeNotice,
    SubmitReviewOpinion,
)
from workflows.menus import menu_of


@pytest.fixture
def reported(story: Story) -> Story:
    story.up_to_report()
    story.reported()
    return story


def answered(story: Story, **other: dict[str, Any]) -> list[dict[str, Any]]:
    """Every question of the case's checklist, met unless told otherwise."""
    act = story.act("wang_jing", at("09-16 10:00"))
    lines = [{"item": one.value, "result": "met"} for one in menu_of(act.pack, act.record.matter)]
    return [{**line, **other.get(line["item"], {})} for line in lines]


def review(story: Story, who: str = "wang_jing", **values: Any) -> list[Violation]:
    wanted = {"review": "pass", "checklist": answered(story), **values}
    command = of(story, SubmitReviewOpinion, **wanted)
    return refused(story, who, at("09-16 10:00"), command)


def test_the_review_of_scenario_1_is_allowed(reported: Story) -> None:
    assert review(reported) == []


def test_there_is_nothing_to_review_before_the_report(story: Story) -> None:
    assert rules(review(story)) == {"V05"}


def test_a_first_time_reviewer_holds_the_legal_qualification(reported: Story) -> None:
    """APL 58: those who reviewed before 2018-01-01 need not."""
    person = reported.office.person("wang_jing")
    person.legal_qualified, person.reviewer_since = False, date(2018, 1, 1)
    assert rules(review(reported)) == {"V14"}
    person.reviewer_since = None
    assert rules(review(reported)) == {"V14"}
    person.reviewer_since = date(2017, 12, 31)
    assert review(reported) == []


def test_what_does_not_pass_says_why(reported: Story) -> None:
    found = review(reported, review="return", opinion="correct")
    assert fields(found, "R01") == {"failure_reasons", "reasons"}
    why = {"failure_reasons": ["facts_unclear"], "reasons": "时间不清"}
    assert review(reported, review="return", opinion="correct", **why) == []
    assert review(reported, review="supplement", opinion="supplement", **why) == []


def test_opinion_and_result_agree(reported: Story) -> None:
    why = {"failure_reasons": ["facts_unclear"], "reasons": "时间不清"}
    assert fields(review(reported, review="return", **why), "V14") == {"opinion"}
    found = review(reported, review="supplement", opinion="no_penalty", **why)
    assert fields(found, "V14") == {"opinion"}
    assert fields(review(reported, opinion="correct"), "V14") == {"opinion"}
    assert fields(review(reported, **why), "V14") == {"failure_reasons"}


def test_a_review_with_an_item_that_is_not_met_cannot_pass(reported: Story) -> None:
    checklist = answered(reported, facts_clear={"result": "not_met", "note": "时间不清"})
    assert fields(review(reported, checklist=checklist), "V14") == {"checklist"}


def test_each_question_of_the_cause_is_answered_once(reported: Story) -> None:
    whole = answered(reported)
    assert "appearance_order_served" in [line["item"] for line in whole]
    left_out = [line for line in whole if line["item"] != "appearance_order_served"]
    (found,) = review(reported, checklist=left_out)
    assert (found.rule, found.field) == ("V14", "checklist")
    assert "责令改正的期限是否合理" in found.message.zh
    assert rules(review(reported, checklist=[*whole, whole[0]])) == {"V14"}
    aside = answered(reported, facts_clear={"result": "not_applicable"})
    assert review(reported, checklist=aside) == []


def test_what_is_not_met_is_explained(reported: Story) -> None:
    why = {"failure_reasons": ["facts_unclear"], "reasons": "时间不清", "opinion": "correct"}
    bare = answered(reported, facts_clear={"result": "not_met"})
    assert rules(review(reported, review="return", checklist=bare, **why)) == {"V14"}
    told = answered(reported, facts_clear={"result": "not_met", "note": "没有时间"})
    assert review(reported, review="return", checklist=told, **why) == []


def test_the_unit_head_returns_a_report_with_a_reason(reported: Story) -> None:
    def head(**values: Any) -> list[Violation]:
        command = of(reported, ReviewReport, **values)
        return refused(reported, "sun_li", at("09-15 15:00"), command)

    assert head(outcome="agree") == []
    assert rules(head(outcome="return")) == {"S05"}
    assert head(outcome="return", opinion="补充裁量理由") == []


def approve(story: Story, **values: Any) -> list[Violation]:
    command = of(story, ApproveNotice, **{"outcome": "agree", **values})
    return refused(story, "zhao_yong", at("09-19 10:00"), command)


def test_a_notice_rests_on_a_reviewed_proposal_of_a_penalty(story: Story) -> None:
    assert {"V05", "V14"} <= rules(approve(story))
    story.up_to_report()
    report = story.reported()
    assert rules(approve(story)) == {"V14"}
    story.reviewed(report)
    assert approve(story) == []
    report.proposal = "no_penalty"
    assert rules(approve(story)) == {"V09"}


def serve(story: Story, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "second_handler": "li_qiang",
        "served_at": at("09-24 10:00"),
        "service_place": "店内",
        "receiver_name": "陈立新",
        "receiver_relation": "legal_representative",
    }
    command = of(story, ServeNotice, **{**wanted, **values})
    return refused(story, "zhang_ming", at("09-24 11:00"), command)


def test_a_notice_is_served_once_and_not_before_its_day(reported: Story) -> None:
    assert rules(serve(reported)) == {"V09"}
    report = reported.act("zhang_ming", at("09-19 09:00")).record.report
    assert report is not None
    notice = reported.notified(report)
    assert serve(reported) == []
    found = serve(reported, served_at=at("09-18 10:00"))
    assert rules(found) == {"V05"}
    assert "2025年9月19日" in found[0].message.zh
    assert rules(serve(reported, served_at=at("09-24 12:00"))) == {"V05"}
    reported.notice_served(notice)
    assert rules(serve(reported)) == {"V09"}


def state(story: Story, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "statement": "made",
        "stated_at": at("09-26 10:00"),
        "statement_way": "oral",
        "content": "经营困难",
    }
    command = of(story, RecordStatement, **{**wanted, **values})
    return refused(story, "zhang_ming", at("09-26 11:00"), command)


def test_a_statement_answers_a_notice_that_was_served(reported: Story) -> None:
    report = reported.act("zhang_ming", at("09-19 09:00")).record.report
    assert report is not None
    notice = reported.notified(report)
    assert rules(state(reported)) == {"V09"}
    reported.notice_served(notice)
    assert state(reported) == []
    assert rules(state(reported, stated_at=at("09-23 10:00"))) == {"V05"}


def test_a_waiver_counts_only_in_writing(story: Story) -> None:
    story.up_to_decision()
    waived = {"statement": "waived", "content": None, "statement_way": None}
    assert rules(state(story, **waived)) == {"V09"}
    assert rules(state(story, **waived, waiver_signed=False)) == {"V09"}
    assert state(story, **waived, waiver_signed=True) == []


def test_a_statement_has_its_content(story: Story) -> None:
    story.up_to_decision()
    assert fields(state(story, content=""), "R01") == {"content"}


def answer(story: Story, **values: Any) -> list[Violation]:
    wanted = {"reexamination": "upheld", "accepted": "none", "reasons": "理由不成立"}
    command = of(story, ReexamineStatement, **{**wanted, **values})
    return refused(story, "wang_jing", at("09-28 10:00"), command)


def test_a_statement_is_answered_once_and_consistently(story: Story) -> None:
    story.up_to_decision()
    assert rules(answer(story)) == {"V09"}
    notice = story.act("wang_jing", at("09-28 09:00")).record.notice
    assert notice is not None
    statement = story.stated(notice)
    assert answer(story) == []
    assert answer(story, reexamination="changed", accepted="part") == []
    assert fields(answer(story, accepted="all"), "V09") == {"accepted"}
    assert fields(answer(story, reexamination="changed"), "V09") == {"accepted"}
    assert rules(answer(story, reasons=" ")) == {"R01"}
    story.reexamined(statement)
    assert rules(answer(story)) == {"V09"}
