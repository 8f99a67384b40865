"""Linked cases: which may be linked, whose evidence is recognised, one fine for one act."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from models.case_link import CaseLink
from models.evidence import Evidence
from models.types import Stage
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import of, refused, rules
from workflows.commands.case_link import LinkCase, MergeLead, RecogniseEvidence, UnlinkCase
from workflows.commands.decision import IssueDecision
from workflows.handlers.case_link import link_case, recognise_evidence, unlink_case

NOW = at("09-20 10:00")


@pytest.fixture
def other(story: Story) -> Story:
    found = Story(story.session, matter="dumping_wastewater", lead_no="线2")
    story.case.lead_no = "线1"
    return found


def linked(one: Story, two: Story, **values: Any) -> CaseLink:
    wanted = {
        "other_id": two.case.id, "relation": "joint", "same_act": True, "reason": "综合查一次",
        "offered": [],
    }  # fmt: skip
    return one._add(CaseLink(**one._stamp(NOW), **{**wanted, **values}))


def link(story: Story, number: str, **values: Any) -> set[str]:
    wanted = {"number": number, "relation": "joint", "same_act": False, "reason": "综合查一次"}
    command = of(story, LinkCase, **{**wanted, **values})
    return rules(refused(story, "zhang_ming", NOW, command))


def test_a_link_names_one_other_case_that_is_not_linked_yet(story: Story, other: Story) -> None:
    assert link(story, "线2") == set()
    assert link(story, "线3") == link(story, "线1") == {"C16"}
    assert link(story, "线2", reason=" ") == {"R01"}
    linked(other, story)
    assert link(story, "线2") == {"C16"}


def test_only_own_admissible_evidence_is_offered(story: Story, other: Story) -> None:
    mine, theirs = story.evidence(), other.evidence()
    assert link(story, "线2", offered=[str(mine.number)]) == set()
    assert link(story, "线2", offered=[str(theirs.number + 1)]) == {"C17"}


def test_a_link_that_stands_is_removed_with_a_reason(story: Story, other: Story) -> None:
    command = of(story, UnlinkCase, number="线2", reason="误关联")
    assert rules(refused(story, "zhang_ming", NOW, command)) == {"C16"}
    row = linked(other, story)
    assert refused(story, "zhang_ming", NOW, command) == []
    unlink_case(story.act("zhang_ming", NOW), command)
    assert (row.removed_at, row.removed_reason) == (NOW, "误关联")
    assert rules(refused(story, "zhang_ming", NOW, command)) == {"C16"}


def test_recognised_evidence_keeps_its_digest_and_names_its_origin(
    story: Story, other: Story
) -> None:
    item = other.evidence(sha256="a" * 64, size=9, media_type="image/png", file_name="a.png")
    command = of(story, RecogniseEvidence, items=[f"线2#{item.number}"], fact_proved="现场")
    assert rules(refused(story, "zhang_ming", NOW, command)) == {"C17"}
    act = other.act("zhang_ming", NOW)
    link_case(
        act,
        of(
            other, LinkCase, number="线1", relation="joint", same_act=True, reason="联合",
            offered=[str(item.number)],
        ),
    )  # fmt: skip
    assert refused(story, "zhang_ming", NOW, command) == []
    recognise_evidence(story.act("zhang_ming", NOW), command)
    story.session.flush()
    (mine,) = story.session.query(Evidence).filter(Evidence.case_id == story.case.id)
    assert (mine.origin_id, mine.sha256, mine.size) == (item.id, "a" * 64, 9)
    assert "线2" in mine.source
    assert rules(refused(story, "zhang_ming", NOW, command)) == {"C17"}


def test_evidence_that_was_excluded_at_its_origin_is_not_recognised(
    story: Story, other: Story
) -> None:
    item = other.evidence(admissible=False, excluded_reason="违法取得")
    linked(other, story, offered=[item.number])
    command = of(story, RecogniseEvidence, items=[f"线2#{item.number}"], fact_proved="现场")
    assert rules(refused(story, "zhang_ming", NOW, command)) == {"C17"}


def merge(story: Story, number: str = "线2") -> set[str]:
    command = of(story, MergeLead, number=number, reason="同一举报")
    return rules(refused(story, "zhang_ming", NOW, command))


def test_a_lead_is_merged_into_an_open_case_of_its_subject(story: Story, other: Story) -> None:
    assert merge(story) == set()
    assert merge(story, "线9") == {"C16"}
    other.case.stage = Stage.ARCHIVED
    assert merge(story) == {"C18"}


def test_a_filed_case_is_not_merged(story: Story, other: Story) -> None:
    story.case.case_no, story.case.filed_at = "立1", at("09-10 09:00")
    assert merge(story) == {"C18"}


def test_a_lead_is_not_merged_into_the_case_of_another_subject(story: Story, other: Story) -> None:
    other.case.subject_id = story.office.subject("zh_bureau").id
    assert merge(story) == {"C18"}


def issue(story: Story, **values: Any) -> set[str]:
    terms = {
        "outcome": "issue", "decision": "penalty", "penalty_kinds": ["fine"],
        "fine": Decimal(500), **values,
    }  # fmt: skip
    found = refused(story, "zhao_yong", at("10-09 10:00"), of(story, IssueDecision, **terms))
    return rules(found)


def test_one_act_is_fined_once_among_linked_cases(story: Story, other: Story) -> None:
    story.up_to_decision()
    other.up_to_decision()
    fined = other.decided()
    row = linked(other, story, same_act=False)
    assert "V17" not in issue(story)
    row.same_act = True
    assert "V17" in issue(story)
    assert "V17" not in issue(story, penalty_kinds=["warning"], fine=None)
    fined.undone = True
    assert "V17" not in issue(story)
