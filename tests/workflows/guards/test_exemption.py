"""X01-X05: who may be spared, on what, and when a promise counts as broken."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from models.exemption import Commitment, ExemptionCheck, ExemptionItem, FirstViolation
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.exemption import RecheckCommitment, SignCommitment
from workflows.commands.filing import ProposeNotFiling
from workflows.commands.lead import RecordVerification

MATTER = "dumping_wastewater"
WHEN = at("06-03 10:00")


@pytest.fixture
def lead(story: Story) -> Story:
    """A lead of 3 June 2025 over a matter that is on the list."""
    story.party()
    matter = story.office.matter(MATTER)
    story.case.matter_id, story.case.clue_at = matter.id, at("06-03 09:20")
    story.case.act_start = story.case.act_end = None
    story.session.flush()
    return story


def wished(story: Story, **values: Any) -> RecordVerification:
    wanted = {
        "second_handler": "li_qiang",
        "conclusion": "exempt",
        "verified_at": WHEN,
        "findings": "当场冲洗干净。",
        "matter": MATTER,
        "exemption_ground": "first",
        "harm": "slight",
        "corrected_on_spot": True,
    }
    found: RecordVerification = of(story, RecordVerification, **{**wanted, **values})
    return found


def asked(story: Story, **values: Any) -> set[str]:
    return rules(refused(story, "zhang_ming", WHEN, wished(story, **values)))


def entry(story: Story, on: date, **values: Any) -> None:
    """A line of the register, of an earlier case."""
    other = Story(story.session)
    party = story.case.party
    assert party is not None
    wanted: dict[str, Any] = {
        "subject_id": story.case.subject_id,
        "identity_no": party.uscc,
        "party_name": party.name,
        "matter_key": MATTER,
        "matter_title": "乱倒污水",
        "ground": "first",
        "violated_on": on,
        "exempted_at": WHEN,
        "number": "镇骆综执不立〔2024〕第0001号",
    }
    story.session.add(
        FirstViolation(
            id=uuid.uuid4(), case_id=other.case.id, recorded_at=WHEN, **{**wanted, **values}
        )
    )
    story.session.flush()


def promise(story: Story, *, kept: bool | None = None) -> Commitment:
    row = Commitment(
        **story.act("zhang_ming", WHEN).stamp(),
        facts="倾倒污水。",
        promise="立即改正。",
        signed_at=WHEN,
        signed_by="徐海涛",
        promised_by=at("06-05 10:00"),
        officer_id=story.office.person("zhang_ming").id,
        second_officer_id=story.office.person("li_qiang").id,
        kept=kept,
        rechecked_at=None if kept is None else at("06-05 11:00"),
    )
    story.session.add(row)
    story.session.flush()
    return row


def check(story: Story, ground: str = "first", harm: str = "slight") -> None:
    item = story.session.query(ExemptionItem).filter_by(matter_key=MATTER, ground="first").one()
    story.session.add(
        ExemptionCheck(
            **story.act("zhang_ming", WHEN).stamp(),
            ground=ground,
            item_id=item.id,
            harm=harm,
            corrected_on_spot=True,
            violated_on=date(2025, 6, 3),
            looked_back_to=date(2024, 6, 3),
        )
    )
    story.session.flush()


def test_a_first_slight_violation_on_the_list_may_be_spared(lead: Story) -> None:
    assert asked(lead) == set()


def test_a_ground_that_the_list_does_not_give_is_refused(lead: Story) -> None:
    assert "X01" in asked(lead, exemption_ground="minor", harm="none")


def test_a_matter_that_is_not_on_the_list_is_refused(lead: Story) -> None:
    assert "X01" in asked(lead, matter="cooking_fumes")


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (date(2024, 6, 2), False),
        (date(2024, 6, 3), True),
        (date(2025, 6, 3), True),
    ],
)
def test_an_entry_within_twelve_months_is_no_first_time(
    lead: Story, on: date, counts: bool
) -> None:
    entry(lead, on)
    assert ("X02" in asked(lead)) is counts


@pytest.mark.parametrize(
    "values",
    [{"identity_no": "91330211MA2GX2002A"}, {"matter_key": "littering"}],
    ids=["another party", "another matter"],
)
def test_an_entry_of_somebody_or_something_else_does_not_count(
    lead: Story, values: dict[str, str]
) -> None:
    entry(lead, date(2025, 1, 1), **values)
    assert "X02" not in asked(lead)


def test_without_an_identity_number_nobody_is_known_to_be_first(lead: Story) -> None:
    party = lead.case.party
    assert party is not None
    party.uscc, party.cert_no, party.uscc_missing_reason = None, None, "待核实"
    assert "X02" in asked(lead)


def test_harm_ends_every_exemption(lead: Story) -> None:
    found = refused(lead, "zhang_ming", WHEN, wished(lead, harm="harm"))
    assert rules(found) == {"X03"}
    assert fields(found, "X03") == {"harm"}


def test_a_broken_promise_ends_the_exemption_in_this_case(lead: Story) -> None:
    promise(lead, kept=False)
    assert asked(lead) == {"X04"}


def test_what_the_check_concludes_is_filled_in_completely(lead: Story) -> None:
    found = refused(lead, "zhang_ming", WHEN, wished(lead, exemption_ground=None, harm=None))
    assert fields(found, "R01") == {"exemption_ground", "harm"}


def proposed(story: Story, ground: str = "first") -> set[str]:
    command = of(story, ProposeNotFiling, ground=ground, reason="首次违法。", education="已教育。")
    return rules(refused(story, "zhang_ming", at("06-05 12:00"), command))


def test_without_a_check_nobody_proposes_an_exemption(lead: Story) -> None:
    assert proposed(lead) == {"X05"}


def test_without_a_re_checked_promise_the_list_is_not_satisfied(lead: Story) -> None:
    check(lead)
    assert proposed(lead) == {"X05"}
    row = promise(lead)
    assert proposed(lead) == {"X05"}
    row.kept, row.rechecked_at = True, at("06-05 11:00")
    lead.session.flush()
    assert proposed(lead) == set()


def test_another_ground_than_the_checked_one_is_refused(lead: Story) -> None:
    check(lead)
    promise(lead, kept=True)
    assert "X05" in proposed(lead, "minor")


def test_other_grounds_need_no_check(lead: Story) -> None:
    assert proposed(lead, "unproven") == set()


def rechecked(story: Story, when: str, *, kept: bool, **values: Any) -> set[str]:
    moment = at(when)
    wanted = {"findings": "已看过。", "education": "已教育。", **values}
    command = of(
        story,
        RecheckCommitment,
        second_handler="li_qiang",
        rechecked_at=moment,
        kept=kept,
        **wanted,
    )
    return rules(refused(story, "zhang_ming", moment, command))


def test_a_promise_is_not_broken_before_its_time_is_over(lead: Story) -> None:
    promise(lead)
    assert rechecked(lead, "06-05 09:59", kept=False) == {"X04"}
    assert rechecked(lead, "06-05 10:00", kept=False) == set()


def test_a_promise_may_be_found_kept_before_its_time_is_over(lead: Story) -> None:
    promise(lead)
    assert rechecked(lead, "06-04 09:00", kept=True) == set()


def test_whoever_is_spared_was_educated(lead: Story) -> None:
    promise(lead)
    assert rechecked(lead, "06-05 10:00", kept=True, education="") == {"R01"}
    assert rechecked(lead, "06-05 10:00", kept=False, education="") == set()


def test_a_promise_is_re_checked_once(lead: Story) -> None:
    assert rechecked(lead, "06-05 10:00", kept=True) == {"X05"}
    promise(lead, kept=True)
    assert rechecked(lead, "06-05 12:00", kept=True) == {"X05"}


def signed(story: Story, **values: Any) -> set[str]:
    wanted = {
        "second_handler": "li_qiang",
        "facts": "倾倒污水。",
        "promise": "立即改正。",
        "signed_at": WHEN,
        "signed_by": "徐海涛",
        "promised_by": at("06-05 10:00"),
    }
    command = of(story, SignCommitment, **{**wanted, **values})
    return rules(refused(story, "zhang_ming", WHEN, command))


def test_a_promise_says_what_by_when_and_who(lead: Story) -> None:
    assert signed(lead) == set()
    assert signed(lead, promise=" ") == {"R01"}
    assert signed(lead, promised_by=WHEN) == {"V05"}
    assert signed(lead, second_handler="zhang_ming") == {"V07"}
