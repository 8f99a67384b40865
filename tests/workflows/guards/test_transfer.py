"""Transfers between agencies: answers in order, missing items, no passing on, jurisdiction."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.transfer import IncomingTransfer, JurisdictionDispute, Transfer
from models.types import Stage
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from tests.workflows.guards.test_criminal import seized
from workflows.commands.closing import SendTransfer
from workflows.commands.lead import RecordVerification
from workflows.commands.transfer import (
    AnswerIncomingTransfer,
    FeedBackTransfer,
    RecordIncomingTransfer,
    RecordNegotiation,
    RecordTransferAnswer,
)

NOW = at("09-20 10:00")


def transferred(story: Story, **values: Any) -> Transfer:
    zhang = story.office.person("zhang_ming")
    wanted: dict[str, Any] = {
        "kind": "administrative", "to_agency": "水利局", "reason": "河道",
        "proposed_by_id": zhang.id, "approved_by_id": zhang.id, "approved_at": at("09-18 09:00"),
        "sent_at": at("09-18 10:00"), "state": "sent", "enclosures": [], "return_reasons": [],
    }  # fmt: skip
    return story._add(Transfer(**story._stamp(at("09-18 08:00")), **{**wanted, **values}))


def answered(story: Story, answer: str, **values: Any) -> Any:
    wanted = {"answer": answer, "answered_at": at("09-19 09:00"), **values}
    return refused(story, "zhang_ming", NOW, of(story, RecordTransferAnswer, **wanted))


def test_an_answer_needs_a_transfer_and_comes_after_it(story: Story) -> None:
    assert rules(answered(story, "received")) == {"C10"}
    transferred(story)
    assert answered(story, "received") == []
    assert rules(answered(story, "received", answered_at=at("09-17 09:00"))) == {"V05"}


@pytest.mark.parametrize(
    ("answer", "column"), [("received", "received_at"), ("accepted", "accepted_at")]
)
def test_each_answer_is_recorded_once(story: Story, answer: str, column: str) -> None:
    row = transferred(story)
    assert answered(story, answer) == []
    setattr(row, column, at("09-19 08:00"))
    assert rules(answered(story, answer)) == {"C10"}


def test_a_return_names_reasons_and_what_follows(story: Story) -> None:
    transferred(story)
    assert fields(answered(story, "returned"), "C10") == {"return_reasons", "after_return"}
    whole = {"return_reasons": ["missing_contact"], "after_return": "resend"}
    assert answered(story, "returned", **whole) == []


def test_a_result_is_named_and_goods_have_gone_along(story: Story) -> None:
    transferred(story)
    assert fields(answered(story, "result"), "C10") == {"result"}
    assert answered(story, "result", result="filed") == []
    seized(story)
    assert rules(answered(story, "result", result="filed")) == {"V21"}


def test_what_was_missing_is_enclosed_when_it_is_sent_again(story: Story) -> None:
    transferred(story, state="returned", return_reasons=["missing_contact", "other"])
    wanted = {
        "sent_at": at("09-20 09:00"), "sending_method": "mail", "contact_name": "张明",
        "contact_phone": "1",
    }  # fmt: skip

    def again(*enclosures: str) -> set[str]:
        command = of(story, SendTransfer, enclosures=list(enclosures), **wanted)
        return rules(refused(story, "zhang_ming", NOW, command))

    assert again("transfer_letter") == {"C11"}
    assert again("transfer_letter", "contact") == set()


def came_in(story: Story, **values: Any) -> IncomingTransfer:
    wanted: dict[str, Any] = {
        "from_agency": "规划局", "received_at": at("09-18 09:00"),
        "enclosures": ["transfer_letter"], "return_reasons": [],
    }  # fmt: skip
    return story._add(IncomingTransfer(**story._stamp(at("09-18 09:00")), **{**wanted, **values}))


def test_a_lead_comes_by_one_transfer_before_it_is_filed(story: Story) -> None:
    command = of(story, RecordIncomingTransfer, from_agency="规划局", received_at=at("09-18 09:00"))
    assert refused(story, "zhang_ming", NOW, command) == []
    came_in(story)
    assert rules(refused(story, "zhang_ming", NOW, command)) == {"C12"}


def test_a_filed_case_does_not_become_an_incoming_transfer(story: Story) -> None:
    story.up_to_filing()
    story.filed()
    command = of(story, RecordIncomingTransfer, from_agency="规划局", received_at=at("09-18 09:00"))
    assert rules(refused(story, "zhang_ming", NOW, command)) == {"C12"}


def returned(story: Story, *reasons: str) -> set[str]:
    command = of(story, AnswerIncomingTransfer, answer="return", return_reasons=list(reasons))
    return rules(refused(story, "sun_li", NOW, command))


def test_a_return_names_what_is_missing_and_nothing_that_came(story: Story) -> None:
    came_in(story)
    assert returned(story) == {"C12"}
    assert returned(story, "missing_transfer_letter") == {"C12"}
    assert returned(story, "missing_contact") == set()
    accept = of(story, AnswerIncomingTransfer, answer="accept")
    assert refused(story, "sun_li", NOW, accept) == []


def test_competence_is_no_reason_to_return(story: Story) -> None:
    came_in(story)
    assert returned(story, "not_competent") == {"C13"}


def test_a_filed_case_is_not_returned(story: Story) -> None:
    story.up_to_filing()
    story.filed()
    came_in(story)
    assert returned(story, "missing_contact") == {"C12"}


def verify(story: Story) -> set[str]:
    command = of(
        story, RecordVerification, second_handler="li_qiang", conclusion="transfer",
        verified_at=NOW, findings="不属于", transfer_kind="administrative", transfer_to="水利局",
        transfer_reason="河道",
    )  # fmt: skip
    return rules(refused(story, "zhang_ming", NOW, command))


def disputed(story: Story, **values: Any) -> JurisdictionDispute:
    wanted: dict[str, Any] = {
        "round": 1, "other_agency": "水利局", "reason": "河道", "arose_at": at("09-18 09:00"),
    }  # fmt: skip
    row = JurisdictionDispute(**story._stamp(at("09-18 09:00")), **{**wanted, **values})
    return story._add(row)


def test_what_came_by_transfer_is_not_passed_on_unless_so_settled(story: Story) -> None:
    assert verify(story) == set()
    came_in(story)
    assert verify(story) == {"C13"}
    disputed(story, outcome="theirs")
    assert verify(story) == set()


def test_what_is_fed_back_is_what_the_record_says(story: Story) -> None:
    def told(result: str) -> set[str]:
        command = of(story, FeedBackTransfer, result=result, note="")
        return rules(refused(story, "zhang_ming", at("10-20 10:00"), command))

    came_in(story)
    assert all(told(one) == {"C14"} for one in ("filed", "not_filed", "penalty", "no_penalty"))
    assert told("other") == set()
    story.up_to_decision()
    story.decided()
    assert told("filed") == told("penalty") == set()
    assert told("no_penalty") == {"C14"}


def test_not_filed_is_fed_back_when_it_was_not_filed(story: Story) -> None:
    came_in(story)
    act = story.act("zhang_ming", NOW)
    act.case.stage = Stage.NOT_FILED
    from workflows.guards.transfer import result_is_so

    command = of(story, FeedBackTransfer, result="not_filed", note="")
    assert list(result_is_so(act, command)) == []


def test_the_first_filing_wins_a_negotiation(story: Story) -> None:
    def agreed(outcome: str) -> set[str]:
        command = of(
            story, RecordNegotiation, negotiated_at=at("09-19 09:00"), participants="双方",
            record="协商", outcome=outcome,
        )  # fmt: skip
        return rules(refused(story, "zhang_ming", NOW, command))

    row = disputed(story)
    assert agreed("ours") == set()
    row.other_filed_on = date(2025, 9, 10)
    assert agreed("ours") == {"C15"}
    assert agreed("theirs") == agreed("failed") == set()
    story.case.case_no, story.case.filed_at = "立1", at("09-09 09:00")
    assert agreed("ours") == set()
