"""Letters of assistance: A07."""

from __future__ import annotations

from typing import Any

import pytest

from models.assistance import AssistanceRequest
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, rules, violations
from workflows.commands.assistance import RecordAssistanceReply, RequestAssistance

SENT = at("09-08 11:00")
LETTER = {
    "to_agency": "市场监督管理局",
    "matters": "登记信息。",
    "reason": "核实主体。",
    "basis": "第四十五条",
    "contact_name": "张明",
    "contact_phone": "0574-80000000",
}


@pytest.mark.parametrize("name", ["to_agency", "matters", "reason", "contact_phone"])
def test_a_letter_says_whom_what_why_and_who_answers(story: Story, name: str) -> None:
    act = story.act("zhang_ming", SENT)
    assert violations(act, of(story, RequestAssistance, asked_at=SENT, **LETTER)) == []
    found = violations(act, of(story, RequestAssistance, asked_at=SENT, **{**LETTER, name: ""}))
    assert rules(found) == {"R01"}
    assert fields(found, "R01") == {name}


def reply(story: Story, moment: str, **values: Any) -> set[str]:
    act = story.act("zhang_ming", at(moment))
    if act.clocks.last("CLK_ASSIST") is None:
        act.clocks.start("CLK_ASSIST", SENT)
    made = of(story, RecordAssistanceReply, replied_at=at(moment), **values)
    return rules(violations(act, made))


@pytest.fixture
def asked(story: Story) -> None:
    officer = story.office.person("zhang_ming").id
    row = AssistanceRequest(
        **story._stamp(SENT), **LETTER, letter_no="协1", sent_at=SENT, officer_id=officer
    )
    story.session.add(row)
    story.session.flush()


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(("moment", "expected"), [("09-28 23:00", {"A07"}), ("09-29 00:00", set())])
def test_silence_is_recorded_after_fifteen_working_days(
    story: Story, moment: str, expected: set[str]
) -> None:
    """They end on Sunday 09-28, which is worked."""
    assert reply(story, moment, reply="none") == expected


@pytest.mark.usefixtures("asked")
def test_an_answer_says_something_and_a_refusal_says_why(story: Story) -> None:
    assert reply(story, "09-12 10:00", reply="answered") == {"R01"}
    assert reply(story, "09-12 10:00", reply="answered", reply_text="见附件。") == set()
    assert reply(story, "09-12 10:00", reply="refused") == {"R01"}
    assert reply(story, "09-12 10:00", reply="refused", refusal_reason="不在本辖区。") == set()


@pytest.mark.usefixtures("asked")
def test_an_answer_does_not_come_before_the_letter(story: Story) -> None:
    assert reply(story, "09-07 10:00", reply="partly", reply_text="部分。") == {"V05"}


def test_without_a_letter_there_is_no_answer(story: Story) -> None:
    assert reply(story, "09-12 10:00", reply="answered", reply_text="见附件。") == {"A07"}
