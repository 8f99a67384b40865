"""The final report: V11, H09, V18-V20, what each proposal needs, evidence."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.errors import Violation
from models.matter import Matter, MatterHolding
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, rules
from tests.workflows.guards.test_party import report
from workflows.commands.investigation import SubmitFinalReport
from workflows.guards.heard import hearing_can_be_held
from workflows.guards.matter import later_lighter
from workflows.guards.thresholds import hearing_scope
from workflows.packs.manifest import Manifest


@pytest.fixture
def ready(story: Story) -> Story:
    return story.up_to_report()


def test_the_report_of_scenario_1_is_allowed(ready: Story) -> None:
    assert report(ready) == []


@pytest.mark.parametrize(("fine", "level"), [("100", "lighter"), ("1000", "heavier")])
def test_both_ends_of_the_range_are_inside_it(ready: Story, fine: str, level: str) -> None:
    assert report(ready, fine=Decimal(fine), discretion_level=level) == []


@pytest.mark.parametrize("fine", ["99.99", "1000.01", "1200"])
def test_a_fine_outside_the_range_is_refused(ready: Story, fine: str) -> None:
    """Vector: fine 1,200; the range is 100 to 1,000 yuan."""
    found = report(ready, fine=Decimal(fine))
    assert rules(found) == {"V11"}
    assert fields(found, "V11") == {"fine"}


def test_mitigation_with_a_ground_goes_below_the_range_never_above(ready: Story) -> None:
    mitigated = {"discretion_level": "mitigated", "mitigation_ground": "removed_harm"}
    assert report(ready, fine=Decimal(50), **mitigated) == []
    assert rules(report(ready, fine=Decimal(50), discretion_level="mitigated")) == {"V11"}
    assert rules(report(ready, fine=Decimal(1200), **mitigated)) == {"V11"}


def _entity(ready: Story) -> None:
    company = {"party_type": "enterprise", "uscc": "91330211MA2GX2002A"}
    ready.party(**company, recorded_at=at("09-11 10:00"))


def test_persons_and_entities_have_ranges_of_their_own(ready: Story) -> None:
    """Stacking materials: 200 to 1,000 for persons, 500 to 3,000 for entities."""
    ready.case.matter_id = ready.office.matter("stacking_materials").id
    stacking = {"matter": "stacking_materials", "fine": Decimal(2000)}
    assert rules(report(ready, **stacking)) == {"V11"}
    _entity(ready)
    assert report(ready, **stacking) == []


def _planning(ready: Story) -> Matter:
    """The bureau's share of the project cost: five to ten per cent."""
    subject = ready.office.subject("zh_bureau")
    ready.case.subject = subject
    matters = ready.session.query(Matter).filter(Matter.field == "planning")
    found = next(
        m
        for m in matters
        if m.content["fine"]["unit"] == "share"
        and m.content["fine"]["ranges"][0]["min"] not in ("0", "0/1")
    )
    found.needs_correction = False
    ready.session.flush()
    return found


def test_a_share_counts_on_its_base(ready: Story) -> None:
    _entity(ready)
    matter = _planning(ready)
    share: dict[str, Any] = {"matter": matter.key}
    assert fields(report(ready, fine=Decimal(7000), **share), "V11") == {"rate_base"}
    share["rate_base"] = Decimal(100000)
    assert report(ready, fine=Decimal(7000), **share) == []
    assert rules(report(ready, fine=Decimal("10000.01"), **share)) == {"V11"}
    assert rules(report(ready, fine=Decimal("4999.99"), **share)) == {"V11"}


def test_kinds_and_amounts_belong_together(ready: Story) -> None:
    assert fields(report(ready, fine=None), "V11") == {"fine"}
    assert fields(report(ready, fine=Decimal(0)), "V11") == {"fine"}
    assert "penalty_kinds" in fields(report(ready, penalty_kinds=["warning"]), "V11")
    found = report(ready, penalty_kinds=["fine", "confiscate_gains", "suspend_licence"])
    assert {"confiscated_amount", "licence"} <= fields(found, "R01")
    assert "penalty_kinds" in fields(found, "V11")


def test_the_level_no_penalty_contradicts_a_penalty(ready: Story) -> None:
    assert fields(report(ready, discretion_level="none"), "V11") == {"discretion_level"}


def scope(story: Story, **terms: Any) -> str | None:
    """Why a penalty gives a right to a hearing, if it does."""
    wanted = {"kinds": ["fine"], "fine": None, "confiscated": None, **terms}
    found = hearing_scope(story.act("zhang_ming", at("09-15 10:00")), **wanted)
    return found.zh if found else None


def test_an_amount_gives_a_right_to_a_hearing_the_number_itself_included(ready: Story) -> None:
    """10,000 yuan for an individual business."""
    assert scope(ready, fine=Decimal(10000))
    assert scope(ready, fine=Decimal("9999.99")) is None
    assert scope(ready, confiscated=Decimal(10000))


def test_the_threshold_of_a_hearing_depends_on_the_party(ready: Story) -> None:
    _entity(ready)
    assert scope(ready, fine=Decimal(99999)) is None
    assert scope(ready, fine=Decimal(100000))


@pytest.mark.parametrize("kind", ["revoke_licence", "suspend_business", "close", "downgrade"])
def test_heavy_kinds_give_a_hearing_whatever_the_amount(ready: Story, kind: str) -> None:
    assert scope(ready, kinds=[kind])


def test_a_procedure_without_hearings_refuses_a_penalty_that_gives_a_right_to_one(
    ready: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """H09; the ordinary procedure takes the side process and lets it pass."""
    assert "H09" not in rules(report(ready, fine=Decimal(10000)))
    act = ready.act("zhang_ming", at("09-15 10:00"))
    monkeypatch.setattr(Manifest, "started_by", lambda pack, command: None)
    assert rules(list(hearing_can_be_held(act, proposal(ready, Decimal(10000))))) == {"H09"}
    assert list(hearing_can_be_held(act, proposal(ready, Decimal(9999)))) == []


def proposal(story: Story, fine: Decimal) -> SubmitFinalReport:
    """A proposed fine, without what does not matter here."""
    return SubmitFinalReport(
        case_id=story.case.id, proposal="penalty", matter="out_of_shop_trading", facts="",
        nature="", penalty_kinds=["fine"], fine=fine,
    )  # fmt: skip


def test_an_offence_of_not_correcting_needs_order_service_and_failed_recheck(story: Story) -> None:
    """V20 is armed by the order and satisfied by the re-check."""
    story.party()
    story.verified()
    story.handled()
    story.filed()
    story.evidence()
    assert rules(report(story)) == {"V20"}
    order = story.ordered()
    assert rules(report(story)) == {"V20"}
    check = story.rechecked(order, "corrected")
    assert rules(report(story)) == {"V20"}
    check.result = "partly_corrected"
    assert report(story) == []


def test_an_order_that_was_not_served_does_not_count(story: Story) -> None:
    story.party()
    story.handled()
    story.filed()
    story.evidence()
    story.rechecked(story.ordered(served=False))
    assert rules(report(story)) == {"V20"}


def test_a_basis_that_came_later_than_the_act_cannot_be_applied(ready: Story) -> None:
    ready.case.act_start = ready.case.act_end = date(2021, 9, 1)
    assert {"V18", "V19"} <= rules(report(ready))


def test_a_basis_that_was_abolished_since_is_not_applied(ready: Story) -> None:
    matter = ready.office.matter()
    matter.effective_to = date(2025, 9, 12)
    assert rules(report(ready)) == {"V18"}
    matter.effective_to = date(2025, 9, 15)
    assert report(ready) == []


def test_a_later_and_lighter_wording_is_pointed_out(ready: Story) -> None:
    """从旧兼从轻 (APL 37): a lower maximum since the act, not a higher one."""
    old = ready.office.matter()
    old.content = {**old.content, "fine": {}}
    new = Matter(
        id=uuid.uuid4(), key=old.key, code=old.code, title=old.title, title_en=old.title_en,
        field=old.field, fine_min=Decimal(50), fine_max=Decimal(500), basis=old.basis,
        needs_correction=True, verified=True, content={**old.content, "fine": {}},
        effective_from=date(2025, 9, 12),
    )  # fmt: skip
    assert later_lighter(ready.act("zhang_ming", at("09-15 10:00"))) is None
    ready.session.add(new)
    assert later_lighter(ready.act("zhang_ming", at("09-15 10:00"))) is new
    assert later_lighter(ready.act("zhang_ming", at("09-11 10:00"))) is None
    new.fine_max = Decimal(5000)
    assert later_lighter(ready.act("zhang_ming", at("09-15 10:00"))) is None


def test_a_matter_that_the_subject_does_not_hold_is_transferred(ready: Story) -> None:
    """Done and filed on 09-10."""
    holdings = ready.session.query(MatterHolding).filter_by(subject_id=ready.case.subject_id)
    holdings.update({"held_to": date(2025, 9, 9)})
    assert rules(report(ready)) == {"V19"}
    holdings.update({"held_to": date(2025, 9, 10)})
    assert report(ready) == []


def test_an_unknown_matter_is_refused(ready: Story) -> None:
    assert "V19" in rules(report(ready, matter="no_such_matter"))


def test_a_penalty_without_evidence_is_refused(ready: Story) -> None:
    for item in ready.act("zhang_ming", at("09-15 09:00")).record.evidence:
        item.admissible, item.excluded_reason = False, "来源不明"
    assert rules(report(ready)) == {"E01"}


def test_excluded_and_foreign_evidence_cannot_be_cited(ready: Story) -> None:
    good = ready.act("zhang_ming", at("09-15 09:00")).record.evidence[0]
    bad = ready.evidence(admissible=False)
    assert report(ready, cited_evidence=[str(good.number), str(good.id)]) == []
    assert rules(report(ready, cited_evidence=[str(bad.number)])) == {"E01"}
    assert rules(report(ready, cited_evidence=["99"])) == {"E02"}


def _empty(ready: Story, proposal: str, **values: Any) -> list[Violation]:
    blank = {"penalty_kinds": [], "fine": None, "discretion_level": None, "discretion_reason": None}
    return report(ready, proposal=proposal, **{**blank, **values})


def test_each_proposal_asks_for_what_belongs_to_it(ready: Story) -> None:
    asked = fields(_empty(ready, "penalty"), "R01")
    assert asked == {"penalty_kinds", "discretion_level", "discretion_reason"}
    assert fields(_empty(ready, "no_penalty"), "R01") == {"no_penalty_ground"}
    assert fields(_empty(ready, "withdraw"), "R01") == {"withdrawal_ground", "withdrawal_reason"}
    asked = fields(_empty(ready, "transfer"), "R01")
    assert asked == {"transfer_kind", "transfer_to", "transfer_reason"}


def test_who_is_spared_is_educated_unless_nothing_was_proven(ready: Story) -> None:
    assert fields(_empty(ready, "no_penalty", no_penalty_ground="no_fault"), "R01") == {"education"}
    taught = {"no_penalty_ground": "no_fault", "education": "已批评教育"}
    assert _empty(ready, "no_penalty", **taught) == []
    assert _empty(ready, "no_penalty", no_penalty_ground="unproven") == []


def test_a_complex_case_says_why(ready: Story) -> None:
    assert fields(report(ready, complex_or_major=True), "R01") == {"complexity_reason"}
    assert report(ready, complex_or_major=True, complexity_reason="影响较大") == []


def test_no_report_before_the_filing(story: Story) -> None:
    story.up_to_filing()
    assert rules(report(story)) == {"V05"}
