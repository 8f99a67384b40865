"""Quick handling: consent in writing, express waiver, never for minors or crimes (Q01-Q05)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.errors import Violation
from models.quick import QuickConsent
from tests.building import Office, at
from tests.story import Story
from tests.workflows.guards.asking import changed, fields, of, rules
from workflows.commands.quick import ConsentToQuickHandling, RecordQuickly
from workflows.guards import quick

NOW = at("09-11 10:00")


@pytest.fixture
def consent(story: Story) -> ConsentToQuickHandling:
    return ConsentToQuickHandling(
        case_id=story.case.id,
        second_handler="li_qiang",
        asked_at=NOW,
        agreed=True,
        person_name="陈立新",
        admitted=True,
        signed=True,
        facts_clear=True,
        no_crime=True,
    )


def asked(story: Story, consent: ConsentToQuickHandling, **values: Any) -> list[Violation]:
    act = Office(story.session).act("zhang_ming", NOW, story.case)
    c = changed(consent, **values)
    return [*quick.consent_is_in_writing(act, c), *quick.quick_way_is_open(act, c)]


def test_admitted_agreed_and_signed_opens_the_quick_way(
    story: Story, consent: ConsentToQuickHandling
) -> None:
    assert asked(story, consent) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("admitted", False), ("objected", True), ("signed", False), ("facts_clear", False)],
)
def test_each_condition_of_the_consent_is_needed(
    story: Story, consent: ConsentToQuickHandling, field: str, value: bool
) -> None:
    assert fields(asked(story, consent, **{field: value}), "Q01") == {field}


def test_a_crime_that_is_not_ruled_out_closes_the_quick_way(
    story: Story, consent: ConsentToQuickHandling
) -> None:
    assert rules(asked(story, consent, no_crime=False)) == {"Q03"}


def test_who_does_not_agree_says_why(story: Story, consent: ConsentToQuickHandling) -> None:
    found = asked(story, consent, agreed=False, admitted=False, signed=False)
    assert fields(found, "R01") == {"refusal"}


def test_a_minor_is_never_handled_quickly(story: Story, consent: ConsentToQuickHandling) -> None:
    story.natural_person("330211200908153013", date(2009, 8, 15))
    assert rules(asked(story, consent)) == {"Q02"}


@pytest.fixture
def record(story: Story) -> RecordQuickly:
    """A waiver of a fine of 500 yuan, recorded at once."""
    return of(
        story,
        RecordQuickly,
        second_handler="li_qiang",
        started_at=NOW,
        ended_at=NOW,
        place="骆驼街道",
        person_name="陈立新",
        person_relation="party",
        cards_shown=True,
        rights_told=True,
        answers=[],
        facts="店外经营。",
        nature="违反第十七条。",
        statement="waived",
        waiver_signed=True,
        penalty_kinds=["fine"],
        fine=Decimal(500),
        discretion_level="ordinary",
        discretion_reason="情节一般。",
    )


def consented(story: Story, **values: Any) -> None:
    pair = story._pair()
    given = {
        "asked_at": NOW, "person_name": "陈立新", "admitted": True, "objected": False,
        "agreed": True, "signed": True, **pair,
    }  # fmt: skip
    story._add(QuickConsent(**story._stamp(NOW), **{**given, **values}))


def quickly(story: Story, guard: Any, record: RecordQuickly) -> list[Violation]:
    return list(guard(story.act("zhang_ming", NOW), record))


def test_the_quick_record_rests_on_a_consent_that_still_stands(
    story: Story, record: RecordQuickly
) -> None:
    assert rules(quickly(story, quick.consent_stands, record)) == {"Q04"}
    consented(story)
    assert quickly(story, quick.consent_stands, record) == []
    row = story.session.query(QuickConsent).one()
    row.ended_at, row.ended_because = NOW, "当事人反悔。"
    story.session.flush()
    assert rules(quickly(story, quick.consent_stands, record)) == {"Q04"}


def test_what_gives_a_right_to_a_hearing_is_not_decided_quickly(
    story: Story, record: RecordQuickly
) -> None:
    story.party()
    assert quickly(story, quick.no_hearing_in_quick_handling, record) == []
    large = changed(record, fine=Decimal(100000))
    assert fields(quickly(story, quick.no_hearing_in_quick_handling, large), "Q05") == {"fine"}
    objected = changed(large, statement="made")
    assert quickly(story, quick.no_hearing_in_quick_handling, objected) == []


def test_the_standard_of_discretion_is_not_left_quickly(
    story: Story, record: RecordQuickly
) -> None:
    story.up_to_filing()
    assert "V33" not in rules(quickly(story, quick.proposal_is_lawful, record))
    lenient = changed(record, discretion_level="lighter")
    assert "V33" in rules(quickly(story, quick.proposal_is_lawful, lenient))
