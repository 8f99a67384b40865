"""V16 across the file, and what may be corrected (U01-U04)."""

from __future__ import annotations

from typing import Any

import pytest

from models.errors import Violation
from models.fact_correction import FactCorrection
from models.types import DocumentState
from tests.story import Story, at
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.decision import IssueDecision
from workflows.commands.fact_correction import CorrectFacts, ProposeCorrection
from workflows.guards.papers import facts_agree_in_all_documents

NOW = at("10-09 10:00")


@pytest.fixture
def filed(story: Story) -> Story:
    story.up_to_report()
    return story


def clash(story: Story) -> list[Violation]:
    command = of(story, IssueDecision, outcome="issue", decision="penalty")
    return list(facts_agree_in_all_documents(story.act("zhao_yong", NOW), command))


def said(name: str = "鲜果美", cause: str = "店外经营", **parts: Any) -> dict[str, Any]:
    return {"party": {"name": name}, "case": {"cause": cause}, **parts}


def test_documents_that_say_the_same_do_not_clash(filed: Story) -> None:
    filed.document("D04", "立1", **said())
    filed.document("D34", "告1", **said())
    assert clash(filed) == []


def test_a_clash_names_both_documents_and_both_wordings(filed: Story) -> None:
    filed.document("D04", "立1", **said())
    filed.document("D34", "告1", **said(name="鲜果每"))
    found = clash(filed)
    assert rules(found) == {"V16"}
    for words in ("立1", "告1", "鲜果美", "鲜果每"):
        assert words in found[0].message.zh


def test_a_cause_or_a_proposed_fine_that_differs_is_found_too(filed: Story) -> None:
    fine = {"terms": {"fine": {"figures": "500.00"}}}
    other = {"terms": {"fine": {"figures": "600.00"}}}
    filed.document("D33", None, **said(report=fine))
    filed.document("D34", "告1", **said(cause="占道经营", notice=other))
    assert len(clash(filed)) == 2


def test_what_is_superseded_or_stands_corrected_is_left_out(filed: Story) -> None:
    old = filed.document("D04", "立1", **said(name="旧名"))
    now = filed.document("D34", "告1", **said())
    record = filed.document("D09", None, **said(name="旧名"))
    old.state, record.corrected_by_id = DocumentState.SUPERSEDED, now.id
    assert clash(filed) == []
    record.corrected_by_id = None
    assert rules(clash(filed)) == {"V16"}


def ask(story: Story, fact: str, value: str, reason: str = "写错") -> list[Violation]:
    command = of(story, ProposeCorrection, fact=fact, value=value, reason=reason)
    return refused(story, "zhang_ming", NOW, command)


def test_a_correction_names_a_known_fact_another_value_and_the_reason(filed: Story) -> None:
    party = filed.case.party
    assert party is not None
    assert fields(ask(filed, "nonsense", "x"), "U01") == {"fact"}
    assert fields(ask(filed, "party_name", party.name), "U01") == {"value"}
    assert fields(ask(filed, "party_name", "鲜果每", reason=""), "R01") == {"reason"}
    assert ask(filed, "party_name", "鲜果每") == []


def test_a_corrected_code_passes_the_checks_of_a_new_one(filed: Story) -> None:
    assert rules(ask(filed, "party_uscc", "92330211MA2GX1001X")) == {"V01"}


def test_substance_is_not_corrected_once_the_party_was_notified(filed: Story) -> None:
    place = "宁波市镇海区示例路1号"
    assert ask(filed, "act_place", place) == []
    report = filed.reported()
    filed.reviewed(report)
    filed.notice_served(filed.notified(report))
    assert fields(ask(filed, "act_place", place), "U02") == {"fact"}
    assert ask(filed, "party_phone", "13800000021") == []


def pending(story: Story, before: str) -> None:
    stamp = story._stamp(NOW)
    story._add(
        FactCorrection(
            **stamp, fact="act_place", before=before, after="别处", reason="写错",
            proposed_by_id=story.office.person("zhang_ming").id,
        )
    )  # fmt: skip


def test_a_refusal_says_why_and_what_changed_meanwhile_is_not_corrected(filed: Story) -> None:
    pending(filed, str(filed.case.act_place))
    decide = of(filed, CorrectFacts, outcome="correct")
    assert refused(filed, "zhao_yong", NOW, decide) == []
    why = refused(filed, "zhao_yong", NOW, of(filed, CorrectFacts, outcome="refuse"))
    assert fields(why, "U03") == {"opinion"}
    filed.case.act_place = "又一处"
    assert rules(refused(filed, "zhao_yong", NOW, decide)) == {"U04"}
