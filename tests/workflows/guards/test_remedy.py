"""Reconsideration, litigation, appearance of the head and the agency's own revision: each refusal
of RM01 to RM14, as far as the scenarios do not provoke it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.remedy import Remedy, RemedyKind
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.follow_up import OpenFollowUp, ProposeOwnRevision
from workflows.commands.remedy import (
    NameAttendant,
    NoteLawsuit,
    NoteReconsideration,
    RecordRemedyProgress,
    RecordSummons,
    SubmitDefence,
)

NOW = at("09-20 09:00")
TODAY = date(2025, 9, 20)
APPLICATION: dict[str, Any] = {
    "applied_on": TODAY,
    "authority": "区人民政府",
    "request": "请求撤销",
}
SUIT: dict[str, Any] = {
    "sued_on": TODAY,
    "copy_received_on": TODAY,
    "court": "区人民法院",
    "court_no": "1",
    "request": "请求撤销",
}


def remedy(story: Story, kind: RemedyKind = RemedyKind.RECONSIDERATION, **values: Any) -> Remedy:
    """A remedy on the record; under way unless `ended_on` says otherwise."""
    known: dict[str, Any] = {
        "kind": kind,
        "round": 1,
        "instance": "first" if kind == RemedyKind.LITIGATION else None,
        "challenged": "decision",
        "applicant": "甲",
        "authority": "区人民政府",
        "request": "请求撤销",
        "applied_on": date(2025, 9, 10),
        "accepted_on": date(2025, 9, 11),
    }
    row = Remedy(**story._stamp(NOW), **(known | values))
    story._add(row)
    return row


def test_without_a_decision_there_is_nothing_to_challenge(story: Story) -> None:
    found = refused(story, "wang_jing", NOW, of(story, NoteReconsideration, **APPLICATION))
    assert "RM01" in rules(found)
    other = APPLICATION | {"challenged": "measure"}
    assert "RM01" not in rules(
        refused(story, "wang_jing", NOW, of(story, NoteReconsideration, **other))
    )


def test_only_devices_and_the_spot_go_through_the_agency(story: Story) -> None:
    through = of(story, NoteReconsideration, **APPLICATION | {"handed_in": "agency"})
    assert fields(refused(story, "wang_jing", NOW, through), "RM02") == {"handed_in"}
    story.case.source = "non_site"
    assert "RM02" not in rules(refused(story, "wang_jing", NOW, through))


def test_no_suit_while_a_reconsideration_is_under_way(story: Story) -> None:
    suit = of(story, NoteLawsuit, **SUIT)
    assert "RM03" not in rules(refused(story, "wang_jing", NOW, suit))
    remedy(story)
    assert "RM03" in rules(refused(story, "wang_jing", NOW, suit))


def test_no_reconsideration_once_a_court_has_the_matter(story: Story) -> None:
    remedy(story, RemedyKind.LITIGATION, ended_on=date(2025, 9, 15))
    asked = of(story, NoteReconsideration, **APPLICATION)
    assert "RM03" in rules(refused(story, "wang_jing", NOW, asked))


def test_a_day_that_has_not_come_is_refused(story: Story) -> None:
    later = of(story, NoteReconsideration, **APPLICATION | {"applied_on": date(2025, 9, 21)})
    assert fields(refused(story, "wang_jing", NOW, later), "RM05") == {"applied_on"}


def test_a_reply_rests_on_evidence_from_before_the_decision(story: Story) -> None:
    remedy(story, copy_received_on=date(2025, 9, 12))
    empty = of(story, SubmitDefence, replied_on=TODAY, reply=" ")
    assert {"RM06", "R01"} <= rules(refused(story, "zhang_ming", NOW, empty))
    early = of(story, SubmitDefence, replied_on=date(2025, 9, 11), reply="维持")
    assert "RM05" in rules(refused(story, "zhang_ming", NOW, early))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"outcome": "revoked"}, "ground"),
        ({"outcome": "redo", "ground": "facts"}, "redo_by"),
        ({"outcome": "upheld", "opinion_letter": True}, "letter_no"),
    ],
)
def test_an_outcome_is_whole(story: Story, values: dict[str, Any], field: str) -> None:
    remedy(story)
    told = of(story, RecordRemedyProgress, event="decided", happened_on=TODAY, **values)
    assert field in fields(refused(story, "wang_jing", NOW, told), "R01")


def test_a_session_is_recorded_before_the_outcome(story: Story) -> None:
    remedy(story)
    told = of(story, RecordRemedyProgress, event="decided", happened_on=TODAY, outcome="upheld")
    assert "RM07" not in rules(refused(story, "wang_jing", NOW, told))
    story.case.open_sides = ["appearance"]
    assert "RM07" in rules(refused(story, "wang_jing", NOW, told))


@pytest.mark.parametrize("excused", [{}, {"excuse_stamped": True}])
def test_an_absent_head_is_excused_by_seal_and_proof(story: Story, excused: dict[str, Any]) -> None:
    remedy(story, RemedyKind.LITIGATION)
    absent = of(
        story, NameAttendant, sends="nobody", excuse="accident", excuse_reason="车祸",
        staff="张明", **excused,
    )  # fmt: skip
    wanted = {"proof"} if excused else {"proof", "excuse_stamped"}
    assert fields(refused(story, "qian_hong", NOW, absent), "RM10") == wanted


def test_a_lawyer_alone_is_not_sent(story: Story) -> None:
    remedy(story, RemedyKind.LITIGATION)
    absent = of(
        story, NameAttendant, sends="nobody", excuse="other", excuse_reason="出差",
        excuse_stamped=True, proof=[{"name": "证明"}], lawyer="何律师",
    )  # fmt: skip
    assert "staff" in fields(refused(story, "qian_hong", NOW, absent), "R01")


def test_a_session_lies_after_its_summons(story: Story) -> None:
    remedy(story, RemedyKind.LITIGATION)
    late = of(
        story, RecordSummons, summoned_on=TODAY, planned_at=at("09-10 09:00"), place="第三法庭"
    )
    assert fields(refused(story, "wang_jing", NOW, late), "RM10") == {"planned_at"}


def test_only_an_outcome_has_consequences(story: Story) -> None:
    more = of(story, OpenFollowUp, kinds=["lesson"], reason="补充")
    assert "RM13" in rules(refused(story, "wang_jing", NOW, more))


def test_what_was_not_decided_is_not_revised(story: Story) -> None:
    revoke = of(story, ProposeOwnRevision, act="revoke", ground="facts", reason="事实不清")
    assert "RM14" in rules(refused(story, "zhang_ming", NOW, revoke))
