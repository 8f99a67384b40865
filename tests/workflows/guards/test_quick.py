"""Quick handling: consent in writing, express waiver, never for minors or crimes (Q01-Q05)."""

from __future__ import annotations

from typing import Any

import pytest

from models.errors import Violation
from tests.building import Office, at
from tests.story import Story
from tests.workflows.guards.asking import changed, fields, rules
from workflows.commands.quick import ConsentToQuickHandling
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
