"""Closing, archive, withdrawal, transfer: V05, V21, V27, V28, V29."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from models.document import NumberTaken
from models.errors import Violation
from models.parameter import LawVersion, ParameterValue
from models.transfer import Transfer
from models.types import DisclosureState
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.closing import (
    ApproveClosing,
    ApproveTransfer,
    ApproveWithdrawal,
    ArchiveFile,
    ProposeClosing,
    ReviewClosing,
    SendTransfer,
)
from workflows.guards.closing_conditions import conditions, supposed

NOW = at("10-16 10:00")


@pytest.fixture
def done(story: Story) -> Story:
    return story.up_to_closing()


def propose(story: Story, **values: Any) -> list[Violation]:
    wanted = {"closing_ground": "performed", "execution": "performed", "summary": "已缴清"}
    command = of(story, ProposeClosing, **{**wanted, **values})
    return refused(story, "zhang_ming", NOW, command)


def test_the_closing_of_scenario_1_is_allowed(done: Story) -> None:
    assert propose(done) == []


def test_a_case_is_closed_when_its_outcome_is_served_disclosed_and_paid(story: Story) -> None:
    story.up_to_decision()
    assert rules(propose(story)) == {"V27"}
    decision = story.decided()
    assert len(propose(story)) == 3
    story.decision_served(decision)
    assert len(propose(story)) == 2
    story.disclosed(decision)
    assert fields(propose(story), "V27") == {"closing_ground"}
    story.paid(decision, Decimal(499))
    assert len(propose(story)) == 1
    story.paid(decision, Decimal(1), receipt_no="NB-0002", recorded_at=at("10-15 12:00"))
    assert propose(story) == []


def test_a_prepared_disclosure_is_not_decided_yet(done: Story) -> None:
    row = done.act("zhou_min", NOW).record.disclosure
    assert row is not None
    row.state = DisclosureState.PREPARED
    assert rules(propose(done)) == {"V27"}
    row.state, row.withhold_ground = DisclosureState.WITHHELD, "privacy"
    assert propose(done) == []


def test_measures_are_released_and_goods_disposed_of_first(done: Story) -> None:
    assert rules(propose(done, measures_released=False)) == {"V27"}
    assert rules(propose(done, goods_disposed=False)) == {"V21"}


def test_an_unpaid_case_closes_only_when_the_court_has_ended_enforcement(story: Story) -> None:
    story.up_to_decision()
    decision = story.decided()
    story.decision_served(decision)
    story.disclosed(decision)
    assert rules(propose(story)) == {"V27"}
    assert propose(story, closing_ground="court_ended") == []


def test_the_ground_says_what_was_decided(done: Story) -> None:
    assert fields(propose(done, closing_ground="no_penalty"), "V27") == {"closing_ground"}


def test_a_case_without_penalty_closes_on_that_ground(story: Story) -> None:
    story.up_to_report()
    terms: dict[str, Any] = {"penalty_kinds": [], "fine": None, "penalty_content": None}
    report = story.reported(proposal="no_penalty", no_penalty_ground="minor", **terms)
    story.reviewed(report)
    spared = {"decision": "no_penalty", "decision_type": "no_penalty_minor"}
    decision = story.decided(**spared, no_penalty_ground="minor", **terms)
    story.service("D45", decision.number, at("10-10 10:00"))
    story.disclosed(decision)
    assert rules(propose(story)) == {"V27"}
    assert propose(story, closing_ground="no_penalty", execution="none") == []


def test_a_revoked_decision_closes_as_withdrawn_once_its_disclosure_is_gone(done: Story) -> None:
    record = done.act("zhou_min", NOW).record
    assert record.decision is not None
    assert record.disclosure is not None
    assert fields(propose(done, closing_ground="withdrawn"), "V27") == {"closing_ground"}
    record.decision.undone = True
    disclosure = record.disclosure
    found = propose(done, closing_ground="withdrawn")
    assert [violation.article.zh for violation in found] == ["《行政处罚法》第四十八条"]
    disclosure.state = DisclosureState.WITHDRAWN
    assert propose(done, closing_ground="withdrawn", execution="none") == []
    assert fields(propose(done), "V27") == {"closing_ground"}


def test_what_the_decision_demands_is_corrected_before_the_case_closes(done: Story) -> None:
    decision = done.act("zhang_ming", NOW).record.decision
    assert decision is not None
    decision.correction_demand = "停止店外经营"
    assert fields(propose(done), "V27") == {"correction_result"}
    assert fields(propose(done, correction_result="partly_corrected"), "V27") == {
        "correction_result"
    }
    assert propose(done, correction_result="corrected") == []


def test_termination_and_transfer_are_grounds_only_with_their_own_record(done: Story) -> None:
    for ground in ("terminated", "transferred"):
        assert fields(propose(done, closing_ground=ground), "V27") == {"closing_ground"}


def test_the_court_s_acceptance_is_a_ground_only_where_local_rules_say_so(story: Story) -> None:
    story.up_to_decision()
    decision = story.decided()
    story.decision_served(decision)
    story.disclosed(decision)
    assert propose(story, closing_ground="court_accepted", execution="court_applied") == []
    key = ParameterValue.key == "closing.court_accepted"
    story.session.execute(update(ParameterValue).where(key).values(value=False))
    story.session.execute(update(LawVersion).values(version=LawVersion.version + 1))
    found = propose(story, closing_ground="court_accepted", execution="court_applied")
    assert fields(found, "V27") == {"closing_ground"}


def test_the_check_names_every_open_duty_and_the_steps_that_end_it(story: Story) -> None:
    story.up_to_decision()
    story.decided()
    act = story.act("zhang_ming", NOW)
    found = {one.key: one for one in conditions(act, supposed(act))}
    assert {key for key, one in found.items() if not one.met} == {"served", "disclosed", "paid"}
    assert found["served"].steps == ("ServeDecision",)
    assert "500" in found["paid"].unmet[0].message.zh


@pytest.mark.parametrize(("kind", "who", "yes"), [
    (ReviewClosing, "sun_li", "agree"), (ApproveClosing, "zhao_yong", "close"),
])  # fmt: skip
def test_head_and_leader_meet_the_same_conditions(
    done: Story, kind: Any, who: str, yes: str
) -> None:
    def ask(**values: Any) -> list[Violation]:
        return refused(done, who, NOW, of(done, kind, **values))

    assert rules(ask(outcome=yes)) == {"V27"}, "nothing was proposed"
    done.closing()
    assert ask(outcome=yes) == []
    assert rules(ask(outcome="return")) == {"S05"}
    done.case.flags = []
    payment = done.act(who, NOW).record.payments[0]
    payment.amount = Decimal(400)
    assert rules(ask(outcome=yes)) == {"V27"}


KINDS = ("D01", "D04", "D07", "D08", "D29", "D31", "D33", "D34", "D43", "D47", "D50", "D63")


@pytest.fixture
def closed(done: Story) -> Story:
    done.closing()
    done.case.closed_at = NOW
    for kind in KINDS:
        done.document(kind)
    return done


def archive(story: Story, **values: Any) -> list[Violation]:
    wanted = {"retention": "ten_years", "main_pages": 30, "secondary_pages": 12, "complete": True}
    command = of(story, ArchiveFile, **{**wanted, **values})
    return refused(story, "wu_gang", at("10-20 10:00"), command)


def test_a_complete_file_is_archived(closed: Story) -> None:
    assert archive(closed) == []


def test_every_document_that_the_outcome_calls_for_is_there(done: Story) -> None:
    done.case.closed_at = NOW
    found = archive(done)
    assert rules(found) == {"V28"}
    assert len(found) == len(KINDS)
    assert any("行政处罚决定书" in violation.message.zh for violation in found)


def test_a_statement_brings_its_record_into_the_file(closed: Story) -> None:
    notice = closed.act("wu_gang", NOW).record.notice
    assert notice is not None
    closed.reexamined(closed.stated(notice))
    assert len(archive(closed)) == 2
    closed.document("D36")
    closed.document("D37")
    assert archive(closed) == []


def test_an_open_or_unchecked_file_is_not_archived(closed: Story) -> None:
    assert fields(archive(closed, complete=False), "V28") == {"complete"}
    closed.case.closed_at = None
    assert rules(archive(closed)) == {"V28"}


def test_no_volume_has_fewer_pages_than_documents(closed: Story) -> None:
    """The builder puts every document into the main volume."""
    assert fields(archive(closed, main_pages=len(KINDS) - 1), "V28") == {"main_pages"}
    assert archive(closed, main_pages=len(KINDS), secondary_pages=0) == []
    assert fields(archive(closed, volumes=0), "V28") == {"volumes"}


def take(story: Story, sequence: int, **values: Any) -> None:
    row = {
        "id": uuid.uuid4(), "subject_id": story.case.subject_id, "case_id": story.case.id,
        "kind": "立", "year": 2025, "sequence": sequence, "taken_at": NOW,
        "number": f"镇骆综执立〔2025〕第{sequence:04d}号",
    }  # fmt: skip
    story.session.add(NumberTaken(**{**row, **values}))
    story.session.flush()


def test_a_gap_in_the_register_is_explained_before_archiving(closed: Story) -> None:
    take(closed, 1)
    assert archive(closed) == []
    take(closed, 3)
    found = archive(closed)
    assert rules(found) == {"V29"}
    assert "第0003号" in found[0].message.zh
    take(closed, 2, voided_at=NOW)
    assert rules(archive(closed)) == {"V29"}, "voided without a reason"


def withdraw(story: Story, outcome: str = "withdraw", **values: Any) -> list[Violation]:
    command = of(story, ApproveWithdrawal, outcome=outcome, **values)
    return refused(story, "zhao_yong", NOW, command)


def test_a_filing_is_withdrawn_on_a_report_that_proposes_it(story: Story) -> None:
    story.up_to_report()
    assert rules(withdraw(story)) == {"C01"}
    story.reported(proposal="withdraw", penalty_kinds=[], fine=None)
    assert withdraw(story) == []
    assert rules(withdraw(story, "return")) == {"S05"}


def test_after_the_decision_there_is_nothing_to_withdraw(done: Story) -> None:
    assert rules(withdraw(done)) == {"C01"}


@pytest.fixture
def transfer(story: Story) -> Transfer:
    row = Transfer(
        id=uuid.uuid4(), case_id=story.case.id, recorded_at=at("09-12 10:00"),
        kind="administrative", to_agency="镇海区市场监督管理局", reason="不属于本机关管辖",
        proposed_by_id=story.office.person("zhang_ming").id,
    )  # fmt: skip
    story.session.add(row)
    story.session.flush()
    return row


def send(story: Story, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "sent_at": at("09-15 10:00"),
        "sending_method": "mail",
        "enclosures": ["transfer_letter"],
        "contact_name": "张明",
        "contact_phone": "0574-00000200",
    }
    return refused(story, "zhang_ming", NOW, of(story, SendTransfer, **{**wanted, **values}))


def test_a_transfer_is_approved_then_sent_once(story: Story, transfer: Transfer) -> None:
    def approve(**values: Any) -> list[Violation]:
        command = of(story, ApproveTransfer, outcome="transfer", **values)
        return refused(story, "zhao_yong", NOW, command)

    assert approve() == []
    assert rules(send(story)) == {"C02"}
    transfer.approved_at = at("09-14 10:00")
    assert send(story) == []
    assert rules(send(story, sent_at=at("09-13 10:00"))) == {"V05"}
    assert fields(send(story, enclosures=[], contact_name=""), "R01") == {
        "enclosures",
        "contact_name",
    }
    transfer.sent_at = at("09-15 10:00")
    assert rules(send(story)) == {"C02"}
    transfer.to_agency = ""
    assert fields(approve(), "R01") == {"transfer_to"}


def test_a_transfer_that_nobody_proposed_is_not_approved(story: Story) -> None:
    command = of(story, ApproveTransfer, outcome="transfer", transfer_to="市场监督管理局")
    assert rules(refused(story, "zhao_yong", NOW, command)) == {"C02"}
