"""V33, V34: the standard of discretion is followed or left with a reason that the head approves."""

from __future__ import annotations

import dataclasses
import uuid
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.discretion import DiscretionTable
from models.matter import Matter
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, rules, violations
from tests.workflows.guards.test_party import report
from workflows.actors import Holding
from workflows.commands.review import ApproveNotice
from workflows.discretion import advise, table_for
from workflows.guards.matter import applied_matter, later_lighter
from workflows.handlers.reference import read_table
from workflows.reference.matters import load_standard_versions

SHARED = Path(__file__).parents[3] / "bpmn" / "_shared"
WHY = {"deviation_reason": "当事人系残疾人自谋生计"}


@pytest.fixture
def ready(story: Story) -> Story:
    return story.up_to_report()


def shipped(story: Story) -> DiscretionTable:
    return story.session.scalars(select(DiscretionTable)).one()


@pytest.mark.parametrize(
    ("factors", "level"),
    [
        ([], None),
        (["cooperated"], "ordinary"),
        (["first_time"], "lighter"),
        (["first_time", "not_corrected"], "ordinary"),
        (["corrected_promptly", "public_complaint"], "lighter"),
        (["public_complaint"], "heavier"),
        (["harm_caused"], "heavier"),
        (["harm_caused", "harm_removed"], "lighter"),
        (["first_time", "repeated"], "heavier"),
        (["obstructed", "corrected_promptly"], "heavier"),
        (["small_scale"], "lighter"),
        (["large_scale", "small_scale"], "heavier"),
    ],
)
def test_factors_make_the_level(story: Story, factors: list[str], level: str | None) -> None:
    advice = advise(shipped(story), factors)
    assert advice.level == level
    assert bool(advice.reason.zh) == bool(advice.reason.en) == bool(factors)


@pytest.mark.parametrize(
    ("fine", "level", "lawful"),
    [
        ("370", "ordinary", True), ("730", "ordinary", True), ("369.99", "ordinary", False),
        ("730.01", "ordinary", False), ("100", "lighter", True), ("370", "lighter", True),
        ("370.01", "lighter", False), ("1000", "heavier", True), ("729.99", "heavier", False),
    ],
)  # fmt: skip
def test_a_fine_lies_in_the_range_of_its_level(
    ready: Story, fine: str, level: str, lawful: bool
) -> None:
    found = report(ready, fine=Decimal(fine), discretion_level=level)
    assert rules(found) == (set() if lawful else {"V33"})
    assert fields(found, "V33") == (set() if lawful else {"deviation_reason"})


def test_a_level_that_its_factors_do_not_make_needs_a_reason(ready: Story) -> None:
    lighter = {"discretion_level": "lighter", "fine": Decimal(200)}
    found = report(ready, discretion_factors=["repeated"], **lighter)
    assert rules(found) == {"V33"}
    assert "一年内再次违法" in found[0].message.zh
    assert report(ready, discretion_factors=["first_time"], **lighter) == []


def test_a_deviation_with_its_reason_is_allowed_in_the_report(ready: Story) -> None:
    assert report(ready, fine=Decimal(200), **WHY) == []


def approved(story: Story, role: str) -> set[str]:
    act = story.act("zhao_yong", at("09-17 10:00"))
    act.grant = Holding(role, story.case.unit_id, story.case.subject_id)  # type: ignore[arg-type]
    return rules(violations(act, of(story, ApproveNotice, outcome="agree")))


def test_a_deviation_is_approved_by_the_head_and_not_by_a_deputy(story: Story) -> None:
    reported = story.up_to_report().reported()
    story.reviewed(reported)
    assert approved(story, "leader_deputy") == set()
    reported.deviation_reason = WHY["deviation_reason"]
    assert approved(story, "leader_deputy") == {"V33"}
    assert approved(story, "leader_chief") == set()


def test_a_matter_without_a_table_in_force_is_free_of_it(ready: Story) -> None:
    shipped(ready).effective_to = date(2025, 9, 1)
    assert report(ready, fine=Decimal(200)) == []


def test_the_version_of_the_day_counts(ready: Story) -> None:
    old = shipped(ready)
    old.effective_to = date(2025, 9, 14)
    ready.session.flush()
    narrow = old.dmn.replace('"3/10"', '"4/10"')
    ready.session.add(
        DiscretionTable(
            id=uuid.uuid4(), key=old.key, version="2025-2", title=old.title,
            title_en=old.title_en, source="x", verified=False, dmn=narrow,
            effective_from=date(2025, 9, 15), effective_to=None,
        )
    )  # fmt: skip
    act = ready.act("zhang_ming", at("09-15 10:00"))
    matter = ready.office.matter()
    table = table_for(act.session, matter, date(2025, 9, 15))
    assert table is not None
    assert table.version == "2025-2"
    assert rules(report(ready, fine=Decimal(400))) == {"V33"}


def test_a_table_that_contradicts_its_list_of_levels_is_not_taken_over() -> None:
    standard = load_standard_versions(SHARED / "discretion.yaml")[0]
    assert "decisionTable" in read_table(SHARED, standard)
    fewer = dataclasses.replace(standard, levels=standard.levels[:2])
    with pytest.raises(ValueError, match="does not give the levels"):
        read_table(SHARED, fewer)


def revised(story: Story, low: int, high: int) -> Matter:
    old = story.office.matter()
    ranges = [{"party": "any", "min": str(low), "max": str(high)}]
    new = Matter(
        id=uuid.uuid4(), key=old.key, code=old.code, title=old.title, title_en=old.title_en,
        field=old.field, fine_min=Decimal(low), fine_max=Decimal(high), basis=old.basis,
        needs_correction=True, verified=True, effective_from=date(2025, 9, 12),
        content={**old.content, "fine": {**old.content["fine"], "ranges": ranges}},
    )  # fmt: skip
    story.session.add(new)
    story.session.flush()
    return new


def test_the_lighter_later_law_is_applied_and_both_are_named(ready: Story) -> None:
    new = revised(ready, 50, 300)
    found = report(ready, fine=Decimal(500))
    assert {"V11", "V18"} <= rules(found)
    text = next(v for v in found if v.rule == "V18").message.zh
    assert "100.00元至1000.00元" in text
    assert "50.00元至300.00元" in text
    assert report(ready, fine=Decimal(150)) == []
    act = ready.act("zhang_ming", at("09-15 10:00"))
    assert later_lighter(act) is new


def test_below_the_old_minimum_is_lawful_under_the_lighter_law(ready: Story) -> None:
    revised(ready, 50, 300)
    assert report(ready, fine=Decimal(60), discretion_level="lighter") == []


def test_a_heavier_later_law_is_not_applied(ready: Story) -> None:
    revised(ready, 500, 5000)
    act: Any = ready.act("zhang_ming", at("09-15 10:00"))
    assert later_lighter(act) is None
    assert rules(report(ready, fine=Decimal(2000))) == {"V11"}
    assert applied_matter(act, None).fine_max == 1000


def test_a_statement_makes_nothing_heavier_without_new_facts(story: Story) -> None:
    story.up_to_report()
    notice = story.notified(story.reported())
    story.notice_served(notice)
    story.stated(notice)
    heavier = {"fine": Decimal(600)}
    assert "V34" in rules(report(story, **heavier))
    assert "V34" not in rules(report(story, fine=Decimal(500)))
    story.evidence(recorded_at=at("09-30 10:00"))
    assert "V34" not in rules(report(story, **heavier))
