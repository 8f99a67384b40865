"""Statutory ranges, steps of discretion and citations of the shipped matters."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from tests.workflows.reference.shipped import REFERENCE
from workflows.reference.matters import Fine, FineRange, FineUnit, Matter, PartyGroup

MATTERS = [pytest.param(matter, id=key) for key, matter in REFERENCE.matters.items()]
SHOP = REFERENCE.matters["out_of_shop_trading"]
SHED = REFERENCE.matters["shed_without_permit"]
COST = Decimal("1260000")


def test_there_are_at_least_sixty_matters() -> None:
    assert len(REFERENCE.matters) >= 60


def test_trading_outside_the_shop_costs_100_to_1000_after_a_failed_order() -> None:
    bounds = SHOP.bounds("individual_business")
    assert bounds is not None
    assert (bounds.lowest, bounds.highest) == (100, 1000)
    assert SHOP.needs_correction
    assert Decimal(1200) not in bounds
    assert Decimal(1000) in bounds


def test_500_yuan_is_the_ordinary_step_for_trading_outside_the_shop() -> None:
    levels = {step.level: step for step in REFERENCE.levels(SHOP).levels}
    ordinary = SHOP.step_bounds(levels["ordinary"], "individual_business")
    lighter = SHOP.step_bounds(levels["lighter"], "individual_business")
    assert ordinary is not None
    assert lighter is not None
    assert Decimal(500) in ordinary
    assert Decimal(500) not in lighter


def test_a_shed_costs_up_to_ten_percent_of_its_cost() -> None:
    bounds = SHED.bounds("enterprise", COST)
    assert bounds is not None
    assert bounds.highest == Decimal("126000.00")
    assert Decimal("100800") in bounds


def test_a_share_has_no_range_until_the_cost_is_known() -> None:
    assert SHED.bounds("enterprise") is None
    assert SHED.fixed_bounds() is None


def test_burning_straw_cannot_cost_less_than_500() -> None:
    bounds = REFERENCE.matters["straw_burning"].bounds("natural_person")
    assert bounds is not None
    assert (bounds.lowest, bounds.highest) == (500, 2000)


def test_a_person_and_a_company_have_ranges_of_their_own() -> None:
    stacking = REFERENCE.matters["stacking_materials"]
    person, company = stacking.bounds("natural_person"), stacking.bounds("enterprise")
    assert person is not None
    assert company is not None
    assert (person.highest, company.highest) == (1000, 3000)
    assert stacking.bounds("individual_business") == person


def test_a_basis_that_may_be_repealed_says_from_when() -> None:
    citation = REFERENCE.matters["straw_burning"].citations(REFERENCE.laws)[0]
    assert citation["zh"] == "《中华人民共和国大气污染防治法》第一百一十九条"
    assert citation["doubtful_from"] == "2026-08-15"
    assert REFERENCE.laws["DQF"].in_force_on(date(2026, 9, 1))


@pytest.mark.parametrize("matter", MATTERS)
def test_the_steps_of_discretion_cover_the_range_without_gaps(matter: Matter) -> None:
    levels = REFERENCE.levels(matter).levels
    assert (levels[0].lower, levels[-1].upper) == (0, 1)
    assert all(before.upper == after.lower for before, after in pairwise(levels))
    whole = matter.bounds("enterprise", COST)
    assert whole is not None
    for step in levels:
        bounds = matter.step_bounds(step, "enterprise", COST)
        assert bounds is not None
        assert whole.lowest <= bounds.lowest <= bounds.highest <= whole.highest


@pytest.mark.parametrize("matter", MATTERS)
def test_every_matter_cites_its_penalty_in_both_languages(matter: Matter) -> None:
    for citation in matter.citations(REFERENCE.laws):
        assert citation["zh"].startswith("《")
        assert citation["summary_zh"]
        assert citation["summary_en"]


@pytest.mark.parametrize("matter", [m for m in MATTERS if m.values[0].needs_correction])  # type: ignore[attr-defined]
def test_a_matter_that_needs_correction_is_reviewed_for_it(matter: Matter) -> None:
    assert "correction_first" in matter.checklist


def test_a_range_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="not in order"):
        FineRange(PartyGroup.ANY, SHOP.fine.ranges[0].max, SHOP.fine.ranges[0].min)


def test_a_range_for_persons_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="either any"):
        Fine(FineUnit.YUAN, (replace(SHOP.fine.ranges[0], party=PartyGroup.PERSON),))


def test_a_share_without_a_base_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a base"):
        replace(SHED.fine, base=None)
