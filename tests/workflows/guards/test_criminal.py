"""Criminal transfer: team, the head's reasons, five attachments, goods, objections, fines."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from models.appraisal import Appraisal
from models.criminal import CriminalObjection, CriminalTransfer
from models.measure import Measure, MeasureItem
from models.transfer import Transfer
from models.types import Stage
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.closing import ApproveTransfer
from workflows.commands.criminal import (
    AnswerPoliceRefusal,
    ApproveCriminalTransfer,
    HandOverToPolice,
    RecordCriminalResult,
    RecordPoliceDecision,
    RecordPoliceReceipt,
    RecordRefusalReview,
    ReportSuspectedCrime,
    SendCriminalTransfer,
)
from workflows.commands.decision import IssueDecision
from workflows.commands.lead import RecordVerification
from workflows.commands.review import ApproveNotice

NOW = at("09-20 10:00")
ALL = ["transfer_letter", "investigation_report", "goods_list", "appraisal_report", "other"]


def suspected(story: Story, **values: Any) -> CriminalTransfer:
    zhang, li = story.office.person("zhang_ming"), story.office.person("li_qiang")
    wanted: dict[str, Any] = {
        "round": 1,
        "team": [zhang.id, li.id],
        "crime": "危险作业罪",
        "facts": "储存86瓶。",
        "reported_at": at("09-18 09:00"),
        "reported_by_id": zhang.id,
        "enclosures": [],
    }
    return story._add(CriminalTransfer(**story._stamp(at("09-18 09:00")), **{**wanted, **values}))


def approved(story: Story, **values: Any) -> CriminalTransfer:
    head = story.office.person("qian_hong")
    wanted = {"approved": True, "decided_at": at("09-19 10:00"), "decided_by_id": head.id}
    return suspected(story, **{**wanted, **values})


def sent(story: Story, **values: Any) -> CriminalTransfer:
    wanted = {"sent_at": at("09-19 12:00"), "number": "罪移1", "police_organ": "公安分局"}
    return approved(story, **{**wanted, **values})


def seized(story: Story, outcome: str | None = None) -> Measure:
    row = story._add(
        Measure(
            **story._stamp(at("09-10 10:00")),
            kind="seize",
            urgent=True,
            reason="无证",
            basis="条例",
            place="现场",
            proposed_by_id=story.office.person("zhang_ming").id,
            executed_at=at("09-10 10:00"),
            **story._pair(),
        )
    )
    item = MeasureItem(
        id=uuid.uuid4(), measure_id=row.id, number=1, name="钢瓶", quantity=Decimal(86), unit="只",
        outcome=outcome, outcome_at=at("09-20 09:00") if outcome else None,
    )  # fmt: skip
    story._add(item)
    return row


def send(story: Story, **values: Any) -> Any:
    wanted = {
        "sent_at": at("09-19 12:00"),
        "police_organ": "公安分局",
        "procuratorate": "检察院",
        "enclosures": ALL,
        "contact_name": "张明",
        "contact_phone": "1",
    }
    command = of(story, SendCriminalTransfer, **{**wanted, **values})
    return refused(story, "zhang_ming", NOW, command)


def test_a_special_team_has_two_certified_officers(story: Story) -> None:
    story.up_to_filing()
    wanted = {"crime": "危险作业罪", "facts": "储存86瓶。", "reported_at": at("09-18 09:00")}

    def report(team: list[str]) -> Any:
        command = of(story, ReportSuspectedCrime, team=team, **wanted)
        return refused(story, "zhang_ming", NOW, command)

    assert report(["zhang_ming", "li_qiang"]) == []
    assert rules(report(["zhang_ming", "zhang_ming"])) == {"C03"}
    assert rules(report(["zhang_ming", "zhou_min"])) == {"V07"}


def test_the_head_keeps_the_reasons_of_a_refusal(story: Story) -> None:
    suspected(story)
    silent = of(story, ApproveCriminalTransfer, outcome="refuse")
    assert rules(refused(story, "qian_hong", NOW, silent)) == {"C04"}
    reasoned = of(story, ApproveCriminalTransfer, outcome="refuse", opinion="证据不足")
    assert refused(story, "qian_hong", NOW, reasoned) == []


def test_nothing_is_sent_before_the_head_approved(story: Story) -> None:
    suspected(story)
    assert "C04" in rules(send(story))


@pytest.mark.parametrize("missing", ALL)
def test_each_of_the_five_attachments_is_asked_for(story: Story, missing: str) -> None:
    approved(story)
    assert rules(send(story, enclosures=[one for one in ALL if one != missing])) == {"C05"}


def test_what_does_not_exist_is_excused_by_a_note_but_not_the_letter(story: Story) -> None:
    approved(story)
    there = ["transfer_letter", "investigation_report"]
    assert send(story, enclosures=there, missing_note="没有物品，没有检验。") == []
    assert rules(send(story, enclosures=there[1:], missing_note="没有。")) == {"C05"}


def test_a_list_of_goods_is_not_excused_when_goods_were_taken(story: Story) -> None:
    approved(story)
    seized(story)
    rest = [one for one in ALL if one != "goods_list"]
    assert rules(send(story, enclosures=rest, missing_note="后补")) == {"C05"}


def test_a_report_is_not_excused_when_something_was_tested(story: Story) -> None:
    approved(story)
    zhang = story.office.person("zhang_ming")
    story._add(
        Appraisal(
            **story._stamp(at("09-12 09:00")),
            kind="test", question="介质", material="瓶", institution="院", qualification="CMA",
            licence_no="1", licence_until=date(2027, 1, 1), letter_no="鉴1",
            sent_at=at("09-12 09:00"), period_until=date(2025, 9, 20),
            officer_id=zhang.id, second_officer_id=story.office.person("li_qiang").id,
        )
    )  # fmt: skip
    rest = [one for one in ALL if one != "appraisal_report"]
    assert rules(send(story, enclosures=rest, missing_note="后补")) == {"C05"}


def test_a_receipt_names_who_signed_and_follows_the_sending(story: Story) -> None:
    approved(story)
    assert fields(send(story, received_at=at("09-19 13:00")), "R01") == {"receiver_name"}
    early = send(story, received_at=at("09-18 13:00"), receiver_name="郑")
    assert rules(early) == {"V05"}


def test_the_police_say_why_they_refuse_and_answer_after_the_sending(story: Story) -> None:
    sent(story)
    wanted = {"document_no": "1", "received_at": at("09-20 09:00")}
    said = of(story, RecordPoliceDecision, decision="refused", **wanted)
    assert rules(refused(story, "zhang_ming", NOW, said)) == {"C07"}
    filed = of(story, RecordPoliceDecision, decision="filed", **wanted)
    assert refused(story, "zhang_ming", NOW, filed) == []
    upheld = of(story, RecordRefusalReview, result="upheld", **wanted)
    assert rules(refused(story, "zhang_ming", NOW, upheld)) == {"C07"}
    receipt = of(story, RecordPoliceReceipt, received_at=at("09-18 08:00"), receiver_name="郑")
    assert rules(refused(story, "zhang_ming", NOW, receipt)) == {"V05"}


def handed(story: Story, told: datetime | None = None) -> Any:
    wanted = {"handed_at": at("09-20 09:00"), "receiver_name": "郑", "party_told_at": told}
    return refused(story, "zhang_ming", NOW, of(story, HandOverToPolice, **wanted))


def test_seized_goods_are_handed_over_and_the_party_is_told(story: Story) -> None:
    sent(story, police="filed")
    assert handed(story) == []
    row = seized(story)
    assert rules(handed(story, at("09-20 09:00"))) == {"C08"}
    row.items[0].outcome, row.items[0].outcome_at = "hand_over", at("09-20 09:00")
    assert fields(handed(story), "C08") == {"party_told_at"}
    assert handed(story, at("09-20 09:00")) == []


def objects(story: Story, answer: str, now: datetime = NOW) -> Any:
    wanted = {"answer": answer, "reason": "应当立案", "organ": "公安分局"}
    return refused(story, "zhang_ming", now, of(story, AnswerPoliceRefusal, **wanted))


def test_an_objection_is_made_in_three_days_and_once_each_way(story: Story) -> None:
    row = sent(story, police="refused")
    story.act("zhang_ming", at("09-20 09:00")).clocks.start("CLK_CRIM_OBJECT", at("09-20 09:00"))
    assert objects(story, "review", at("09-23 20:00")) == []
    assert rules(objects(story, "review", at("09-24 09:00"))) == {"C09"}
    assert objects(story, "resume", at("09-24 09:00")) == []
    zhang = story.office.person("zhang_ming")
    made = {"reason": "应当立案", "organ": "公安", "filed_at": NOW, "filed_by_id": zhang.id}
    story._add(CriminalObjection(**story._stamp(NOW), transfer_id=row.id, way="review", **made))
    assert rules(objects(story, "review")) == {"C09"}
    assert objects(story, "supervision") == []


def ended(story: Story, **values: Any) -> Any:
    wanted = {
        "result": "convicted", "document_no": "1", "organ": "法院",
        "received_at": at("09-20 09:00"), "next": "close",
    }  # fmt: skip
    command = of(story, RecordCriminalResult, **{**wanted, **values})
    return refused(story, "zhang_ming", NOW, command)


def test_what_is_left_after_the_result_is_explained(story: Story) -> None:
    sent(story, police="filed", handed_at=at("09-20 08:00"))
    assert ended(story) == []
    assert fields(ended(story, next="resume"), "C07") == {"note"}
    assert fields(ended(story, result="acquitted"), "C07") == {"note"}
    assert ended(story, result="acquitted", next="resume") == []
    fined = ended(story, result="acquitted", next="resume", criminal_fine=Decimal(1))
    assert fields(fined, "C07") == {"criminal_fine"}
    assert rules(ended(story, received_at=at("09-19 08:00"))) == {"V05"}


def test_a_decision_made_before_is_performed_before_the_case_ends(story: Story) -> None:
    story.up_to_decision()
    story.decided()
    sent(story, police="filed", handed_at=at("09-20 08:00"))
    assert fields(ended(story), "C07") == {"next"}


def issue(story: Story, **values: Any) -> set[str]:
    terms = {
        "outcome": "issue", "decision": "penalty", "penalty_kinds": ["fine"],
        "fine": Decimal(500), **values,
    }  # fmt: skip
    return rules(refused(story, "zhao_yong", at("10-09 10:00"), of(story, IssueDecision, **terms)))


def test_nothing_is_decided_while_the_police_have_the_case(story: Story) -> None:
    story.up_to_decision()
    assert "C06" not in issue(story)
    story.case.stage = Stage.TRANSFERRED_CRIMINAL
    assert "C06" in issue(story)
    notice = of(story, ApproveNotice, outcome="agree")
    assert "C06" in rules(refused(story, "zhao_yong", NOW, notice))
    returned = of(story, ApproveNotice, outcome="return", opinion="补")
    assert "C06" not in rules(refused(story, "zhao_yong", NOW, returned))


def test_after_a_criminal_fine_there_is_no_other(story: Story) -> None:
    story.up_to_decision()
    row = sent(story, police="filed", handed_at=at("09-20 08:00"), result="convicted")
    assert "V17" not in issue(story)
    row.criminal_fine = Decimal(20000)
    assert "V17" in issue(story)
    assert "V17" not in issue(story, penalty_kinds=["warning"], fine=None)


def test_a_crime_is_not_sent_like_a_file_to_another_agency(story: Story) -> None:
    wanted = {
        "second_handler": "li_qiang", "conclusion": "transfer", "verified_at": NOW,
        "findings": "涉嫌犯罪", "transfer_to": "公安", "transfer_reason": "涉嫌犯罪",
    }  # fmt: skip

    def verify(kind: str) -> set[str]:
        command = of(story, RecordVerification, transfer_kind=kind, **wanted)
        return rules(refused(story, "zhang_ming", NOW, command))

    assert verify("administrative") == set()
    assert verify("judicial") == {"C04"}
    story._add(
        Transfer(
            **story._stamp(NOW), kind="judicial", to_agency="公安", reason="犯罪",
            proposed_by_id=story.office.person("zhang_ming").id,
        )
    )  # fmt: skip
    command = of(story, ApproveTransfer, outcome="transfer")
    assert "C04" in rules(refused(story, "zhao_yong", NOW, command))
