"""Entrusted tests and appraisals: A01-A06."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.appraisal import Appraisal
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import changed, fields, of, rules, violations
from tests.workflows.guards.test_measure import put
from workflows.commands.appraisal import (
    RecordAppraisalObjection,
    RecordAppraisalResult,
    RequestAppraisal,
    RequestRetest,
    ServeAppraisalPeriod,
    ServeAppraisalResult,
)
from workflows.commands.decision import IssueDecision

SENT = at("09-11 10:00")
NOW = at("09-18 09:00")
LETTER: dict[str, Any] = {
    "kind": "test",
    "question": "检测成分。",
    "material": "样品一件。",
    "institution": "示例检测公司",
    "qualification": "检验检测机构资质认定",
    "licence_no": "CMA-1",
    "licence_until": date(2027, 12, 31),
    "period_until": date(2025, 9, 25),
}


def letter(story: Story, **values: Any) -> RequestAppraisal:
    wanted = {**LETTER, "second_handler": "li_qiang", "entrusted_at": SENT}
    made: RequestAppraisal = of(story, RequestAppraisal, **{**wanted, **values})
    return made


def sent(story: Story, **values: Any) -> Appraisal:
    office = story.office
    row = Appraisal(
        **{
            **story._stamp(SENT),
            **LETTER,
            "letter_no": "委1",
            "sent_at": SENT,
            "officer_id": office.person("zhang_ming").id,
            "second_officer_id": office.person("li_qiang").id,
            **values,
        }
    )
    story.session.add(row)
    story.session.flush()
    return row


def asked(story: Story, command: Any, who: str = "zhang_ming") -> set[str]:
    return rules(violations(story.act(who, NOW), command))


def test_a_qualified_institution_is_entrusted_for_a_fixed_time(story: Story) -> None:
    assert asked(story, letter(story)) == set()


@pytest.mark.parametrize(
    ("until", "expected"), [(date(2025, 9, 24), {"A01"}), (date(2025, 9, 25), set())]
)
def test_the_licence_lasts_to_the_end_of_the_period(
    story: Story, until: date, expected: set[str]
) -> None:
    assert asked(story, letter(story, licence_until=until)) == expected


@pytest.mark.parametrize("name", ["institution", "qualification", "licence_no", "question"])
def test_the_letter_names_institution_licence_and_question(story: Story, name: str) -> None:
    found = violations(story.act("zhang_ming", NOW), letter(story, **{name: " "}))
    assert rules(found) == {"R01"}
    assert fields(found, "R01") == {name}


@pytest.mark.parametrize(
    ("until", "expected"), [(date(2025, 9, 11), {"A02"}), (date(2025, 9, 12), set())]
)
def test_the_period_ends_after_the_day_of_the_letter(
    story: Story, until: date, expected: set[str]
) -> None:
    assert asked(story, letter(story, period_until=until)) == expected


def test_seized_goods_are_tested_while_the_seizure_is_in_force(story: Story) -> None:
    wish = letter(story, concerns_seized=True)
    assert asked(story, wish) == {"A03"}
    row = put(story)
    assert asked(story, wish) == set()
    row.ended_at, row.ending = NOW, "released"
    assert asked(story, wish) == {"A03"}


def served(story: Story, command: Any, **values: Any) -> Any:
    wanted = {
        "second_handler": "li_qiang",
        "served_at": NOW,
        "service_place": "店内",
        "receiver_name": "陈立新",
        "receiver_relation": "self",
    }
    return of(story, command, **{**wanted, **values})


def result(story: Story, **values: Any) -> RecordAppraisalResult:
    wanted = {
        "second_handler": "li_qiang",
        "reported_at": NOW,
        "report_no": "检1",
        "conclusion": "合格。",
    }
    made: RecordAppraisalResult = of(story, RecordAppraisalResult, **{**wanted, **values})
    return made


def test_nothing_is_told_or_recorded_before_a_letter_went_out(story: Story) -> None:
    assert asked(story, served(story, ServeAppraisalPeriod)) == {"A04"}
    assert asked(story, result(story)) == {"A04"}
    sent(story)
    assert asked(story, served(story, ServeAppraisalPeriod)) == set()
    assert asked(story, result(story)) == set()


def test_a_result_does_not_come_before_the_letter(story: Story) -> None:
    sent(story)
    assert asked(story, result(story, reported_at=at("09-10 10:00"))) == {"V05"}


@pytest.mark.parametrize("name", ["report_no", "conclusion"])
def test_a_result_has_a_number_and_a_conclusion(story: Story, name: str) -> None:
    sent(story)
    assert asked(story, result(story, **{name: ""})) == {"R01"}


@pytest.mark.parametrize(
    ("until", "expected"), [(date(2025, 9, 18), {"A05"}), (date(2025, 9, 19), set())]
)
def test_the_party_is_told_a_result_that_has_come_with_time_to_object(
    story: Story, until: date, expected: set[str]
) -> None:
    row = sent(story)
    tell = served(story, ServeAppraisalResult, objection_until=until)
    assert asked(story, tell) == {"A05"}
    row.received_at, row.conclusion = at("09-17 10:00"), "合格。"
    assert asked(story, tell) == expected


def told(story: Story, until: date) -> Appraisal:
    return sent(
        story,
        received_at=at("09-15 10:00"),
        conclusion="合格。",
        result_told_at=at("09-16 10:00"),
        objection_until=until,
    )


def answer(story: Story, **values: Any) -> RecordAppraisalObjection:
    wanted = {"second_handler": "li_qiang", "objected_at": NOW, "objection": "none"}
    made: RecordAppraisalObjection = of(story, RecordAppraisalObjection, **{**wanted, **values})
    return made


@pytest.mark.parametrize(
    ("until", "expected"), [(date(2025, 9, 18), {"A06"}), (date(2025, 9, 17), set())]
)
def test_silence_counts_once_the_time_to_object_is_over(
    story: Story, until: date, expected: set[str]
) -> None:
    assert asked(story, answer(story)) == {"A05"}
    told(story, until)
    assert asked(story, answer(story)) == expected
    assert asked(story, answer(story, waived=True)) == set()


def test_an_objection_is_answered_with_reasons(story: Story) -> None:
    told(story, date(2025, 9, 25))
    made = answer(story, objection="made")
    assert asked(story, made) == {"R01"}
    said = {"objection_reason": "偏高。", "answer": "refused", "answer_reason": "不成立。"}
    assert asked(story, changed(made, **said)) == set()


def test_a_retest_follows_an_objection_that_was_accepted(story: Story) -> None:
    row = told(story, date(2025, 9, 25))
    again = of(story, RequestRetest, **LETTER, second_handler="li_qiang", entrusted_at=SENT)
    assert asked(story, again) == {"A06"}
    row.answer = "retest"
    assert asked(story, again) == set()


def test_nothing_is_decided_on_a_result_that_the_party_was_not_told(story: Story) -> None:
    row = sent(story)
    issue = of(story, IssueDecision, outcome="issue", decision="penalty")
    assert "A05" in asked(story, issue, "zhao_yong")
    back = of(story, IssueDecision, outcome="return", opinion="补充。")
    assert "A05" not in asked(story, back, "zhao_yong")
    row.received_at, row.conclusion, row.result_told_at = SENT, "合格。", NOW
    assert "A05" not in asked(story, issue, "zhao_yong")
