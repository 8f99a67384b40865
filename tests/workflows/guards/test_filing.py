"""Filing and recusal: the four conditions, V06, V07, V20, APL 43."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.case import Recusal
from models.errors import Violation
from tests.building import at
from tests.story import PARTY, Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.filing import (
    ApproveFiling,
    DecideRecusal,
    ProposeFiling,
    ProposeNotFiling,
    ReviewFiling,
)

NOW = at("09-10 16:00")


@pytest.fixture
def proposed(story: Story) -> Story:
    return story.up_to_filing()


def propose(story: Story, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "party": PARTY,
        "matter": "out_of_shop_trading",
        "facts": "店外经营",
        "act_started_at": at("09-08 09:00"),
        "act_place": "示范路18号门前",
        "filing_conditions": [
            "initial_evidence", "punishable", "own_jurisdiction", "within_limitation",
        ],
    }  # fmt: skip
    return refused(story, "zhang_ming", NOW, of(story, ProposeFiling, **{**wanted, **values}))


def test_a_case_is_filed_when_all_four_conditions_hold(story: Story) -> None:
    assert propose(story) == []
    found = propose(story, filing_conditions=["punishable"])
    assert rules(found) == {"F01"}
    assert len(found) == 3


def test_an_act_ends_after_it_began_and_not_in_the_future(story: Story) -> None:
    assert rules(propose(story, act_ended_at=at("09-07 09:00"))) == {"V05"}
    assert rules(propose(story, act_ended_at=at("09-11 09:00"))) == {"V05"}
    assert rules(propose(story, act_ended_at=at("09-09 09:00"), continuing=True)) == {"V06"}


def test_limitation_runs_two_years_from_the_end_of_the_act(story: Story) -> None:
    """Found on 2025-09-08: an act of 2023-09-08 is just within, one of the day before is not."""
    just = {"act_started_at": at("09-08 09:00").replace(year=2023)}
    late = {"act_started_at": at("09-07 09:00").replace(year=2023)}
    assert propose(story, **just) == []
    assert rules(propose(story, **late)) == {"V06"}
    assert propose(story, **late, harm_life_finance=True) == []
    assert propose(story, **late, continuing=True) == []


def test_five_years_have_an_end_too(story: Story) -> None:
    old = {"act_started_at": at("09-07 09:00").replace(year=2020), "harm_life_finance": True}
    assert "V06" in rules(propose(story, **old))


def not_file(story: Story, **values: Any) -> list[Violation]:
    wanted = {"ground": "no_fault", "reason": "没有主观过错", "education": "已教育"}
    command = of(story, ProposeNotFiling, **{**wanted, **values})
    return refused(story, "zhang_ming", NOW, command)


def test_who_is_not_filed_against_is_educated(story: Story) -> None:
    assert not_file(story) == []
    assert fields(not_file(story, education=None), "R01") == {"education"}
    assert not_file(story, ground="expired", education=None) == []
    assert fields(not_file(story, reason=""), "R01") == {"reason"}


def review(story: Story, **values: Any) -> list[Violation]:
    wanted = {"outcome": "agree", "handlers": ["zhang_ming", "li_qiang"]}
    return refused(story, "sun_li", NOW, of(story, ReviewFiling, **{**wanted, **values}))


def test_the_unit_head_names_two_different_certified_officers(proposed: Story) -> None:
    assert review(proposed) == []
    assert rules(review(proposed, handlers=["zhang_ming"])) == {"V07"}
    assert rules(review(proposed, handlers=["zhang_ming", "zhang_ming"])) == {"V07"}
    assert rules(review(proposed, handlers=["zhang_ming", "xu_kai"])) == {"V07"}
    assert rules(review(proposed, handlers=["zhang_ming", "wang_jing"])) == {"V07"}
    assert rules(review(proposed, handlers=["zhang_ming", "nobody"])) == {"P02"}


def test_handlers_named_in_an_earlier_round_need_not_be_named_again(proposed: Story) -> None:
    assert rules(review(proposed, handlers=[])) == {"V07"}
    proposed.handled()
    assert review(proposed, handlers=[]) == []


def test_a_proposal_not_to_file_needs_no_handlers(story: Story) -> None:
    story.proposed(file=False)
    assert review(story, handlers=[]) == []


def test_a_return_says_why_and_needs_nothing_else(story: Story) -> None:
    assert rules(review(story, outcome="return", handlers=[])) == {"S05"}
    assert review(story, outcome="return", handlers=[], opinion="补充现场照片") == []


def approve(story: Story, outcome: str = "file", **values: Any) -> list[Violation]:
    return refused(story, "zhao_yong", NOW, of(story, ApproveFiling, outcome=outcome, **values))


def test_the_filing_of_scenario_1_is_allowed(proposed: Story) -> None:
    proposed.handled()
    assert approve(proposed) == []


def test_nothing_is_filed_without_a_proposal_handlers_party_and_matter(story: Story) -> None:
    assert {"F02", "V07"} <= rules(approve(story))
    story.proposed()
    story.handled()
    story.case.matter_id = None
    assert rules(approve(story)) == {"V04", "V19"}


def test_a_certificate_that_lapsed_meanwhile_stops_the_filing(proposed: Story) -> None:
    proposed.handled("zhang_ming", "xu_kai")
    found = approve(proposed)
    assert rules(found) == {"V07"}
    assert "徐凯" in found[0].message.zh


def test_a_proposal_not_to_file_is_not_filed_over_the_handlers_heads(story: Story) -> None:
    story.up_to_filing()
    story.proposed(file=False).recorded_at = at("09-10 12:00")
    story.handled()
    assert rules(approve(story)) == {"F02"}
    assert approve(story, "not_file") == []


def test_whoever_refuses_a_proposal_to_file_says_why(proposed: Story) -> None:
    assert rules(approve(proposed, "not_file")) == {"F02"}
    assert approve(proposed, "not_file", opinion="违法行为轻微") == []


def test_limitation_counts_again_when_the_leader_files(proposed: Story) -> None:
    proposed.handled()
    proposed.case.act_start = proposed.case.act_end = date(2023, 9, 7)
    assert "V06" in rules(approve(proposed))


def test_an_offence_of_not_correcting_is_not_filed_without_its_recheck(story: Story) -> None:
    story.party()
    story.verified()
    story.proposed()
    story.handled()
    assert rules(approve(story)) == {"V20"}
    assert rules(review(story)) == {"V20"}
    story.rechecked(story.ordered())
    assert approve(story) == []


def test_a_transfer_before_filing_says_to_whom(proposed: Story) -> None:
    asked = fields(approve(proposed, "transfer"), "R01")
    assert asked == {"transfer_kind", "transfer_to", "transfer_reason"}


def recuse(story: Story, person: str, who: str = "zhao_yong", **values: Any) -> list[Violation]:
    wanted = {"person": person, "reason": "与当事人有亲属关系"}
    return refused(story, who, NOW, of(story, DecideRecusal, **{**wanted, **values}))


def test_a_recused_handler_is_replaced_at_once(story: Story) -> None:
    story.handled()
    assert fields(recuse(story, "li_qiang"), "V07") == {"replacement"}
    assert recuse(story, "li_qiang", replacement="feng_lei") == []
    assert recuse(story, "wang_jing") == [], "a reviewer leaves no gap among the handlers"


@pytest.mark.parametrize("key", ["zhang_ming", "li_qiang", "xu_kai", "wang_jing"])
def test_a_replacement_is_a_new_certified_handler(story: Story, key: str) -> None:
    story.handled()
    assert rules(recuse(story, "li_qiang", replacement=key)) == {"V07"}


def test_nobody_decides_on_their_own_recusal(story: Story) -> None:
    assert rules(recuse(story, "zhao_yong")) == {"P03", "W02"}


def test_who_stepped_back_is_not_named_again(proposed: Story) -> None:
    person = proposed.office.person("li_qiang")
    proposed.session.add(
        Recusal(
            case_id=proposed.case.id, recorded_at=NOW, person_id=person.id, reason="亲属",
            decided_by_id=proposed.office.person("qian_hong").id,
        )
    )  # fmt: skip
    assert "P03" in rules(review(proposed))
    assert rules(recuse(proposed, "li_qiang")) == {"P03"}
