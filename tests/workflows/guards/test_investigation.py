"""Records of the investigation and evidence: I01, I02, E01-E03, V05, V07."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import pytest

from models.errors import Violation
from models.note import Upload
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.investigation import (
    AddEvidence,
    ExcludeEvidence,
    RecordInquiry,
    RecordInspection,
    SupplementInvestigation,
)

NOW = at("09-11 12:00")


@pytest.fixture
def filed(story: Story) -> Story:
    return story.up_to_report()


def inspect(story: Story, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "second_handler": "li_qiang",
        "started_at": at("09-11 09:20"),
        "ended_at": at("09-11 09:50"),
        "place": "示范路18号门前",
        "findings": "店外摆放水果",
        "cards_shown": True,
        "rights_told": True,
    }
    command = of(story, RecordInspection, **{**wanted, **values})
    return refused(story, "zhang_ming", NOW, command)


def inquire(story: Story, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "second_handler": "li_qiang",
        "started_at": at("09-11 10:10"),
        "ended_at": at("09-11 11:00"),
        "place": "店内",
        "person_name": "陈立新",
        "person_relation": "operator",
        "cards_shown": True,
        "rights_told": True,
        "answers": [{"question": "请说明情况。", "answer": "属实。"}],
    }
    return refused(story, "zhang_ming", NOW, of(story, RecordInquiry, **{**wanted, **values}))


def test_the_records_of_scenario_1_are_allowed(filed: Story) -> None:
    assert inspect(filed) == []
    assert inquire(filed) == []


def test_cards_are_shown_and_rights_told(filed: Story) -> None:
    assert fields(inspect(filed, cards_shown=False), "I01") == {"cards_shown"}
    assert fields(inquire(filed, rights_told=False), "I01") == {"rights_told"}


def test_a_record_ends_after_it_began_and_by_now(filed: Story) -> None:
    assert fields(inspect(filed, ended_at=at("09-11 09:00")), "V05") == {"ended_at"}
    assert fields(inspect(filed, ended_at=at("09-11 12:01")), "V05") == {"ended_at"}
    assert fields(inspect(filed, started_at=at("09-07 09:00")), "V05") == {"started_at"}


def test_only_the_handlers_of_the_case_investigate_together(filed: Story) -> None:
    found = inspect(filed, second_handler="feng_lei")
    assert rules(found) == {"V07"}
    assert "不是本案办案人员" in found[0].message.zh


def test_nothing_is_investigated_before_the_filing(story: Story) -> None:
    story.up_to_filing()
    assert rules(inspect(story)) == {"V05"}


def test_a_party_that_does_not_sign_is_witnessed_or_filmed(filed: Story) -> None:
    bare = {"party_signature": "refused", "body_camera": False}
    assert fields(inspect(filed, **bare), "I02") == {"signature_note", "witness_name"}
    told = {"party_signature": "refused", "signature_note": "拒签"}
    assert inspect(filed, **told, body_camera=True) == []
    assert inspect(filed, **told, body_camera=False, witness_name="王某") == []


def test_who_agrees_to_electronic_service_gives_an_address(filed: Story) -> None:
    asked = fields(inquire(filed, electronic_service_agreed=True), "R01")
    assert asked == {"electronic_address"}


def test_a_supplement_follows_the_filing(filed: Story) -> None:
    wanted = {"second_handler": "li_qiang", "summary": "补充照片"}
    fine = of(filed, SupplementInvestigation, **wanted, supplemented_at=at("09-11 09:00"))
    early = of(filed, SupplementInvestigation, **wanted, supplemented_at=at("09-09 09:00"))
    assert refused(filed, "zhang_ming", NOW, fine) == []
    assert rules(refused(filed, "zhang_ming", NOW, early)) == {"V05"}


def add(story: Story, **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "kind": "audio_visual",
        "name": "现场照片",
        "collected_at": at("09-11 09:30"),
        "second_handler": "li_qiang",
    }
    return refused(story, "zhang_ming", NOW, of(story, AddEvidence, **{**wanted, **values}))


def test_evidence_has_kind_name_and_a_time_that_has_come(filed: Story) -> None:
    assert add(filed) == []
    assert fields(add(filed, kind="", name=" "), "R01") == {"kind", "name"}
    assert fields(add(filed, collected_at=at("09-11 13:00")), "V05") == {"collected_at"}
    assert rules(add(filed, second_handler="zhang_ming")) == {"V07"}


def upload(story: Story, who: str = "zhang_ming", **values: Any) -> str:
    wanted: dict[str, Any] = {
        "id": uuid.uuid4(),
        "person_id": story.office.person(who).id,
        "case_id": story.case.id,
        "name": "photo.jpg",
        "size": 3,
        "offset": 3,
        "sha256": "a" * 64,
        "started_at": at("09-11 09:00"),
        "finished_at": at("09-11 09:01"),
    }
    row = Upload(**{**wanted, **values})
    story.session.add(row)
    story.session.flush()
    return str(row.id)


def test_a_file_counts_when_it_has_arrived_and_is_ones_own(filed: Story) -> None:
    assert add(filed, upload=upload(filed)) == []
    half = upload(filed, offset=1, sha256=None, finished_at=None)
    assert rules(add(filed, upload=half)) == {"E03"}
    assert rules(add(filed, upload=upload(filed, "li_qiang"))) == {"E03"}
    assert rules(add(filed, upload=str(uuid.uuid4()))) == {"E03"}
    assert rules(add(filed, upload="not a key")) == {"E03"}


def test_a_file_of_another_case_does_not_count(filed: Story) -> None:
    other = Story(filed.session)
    assert rules(add(filed, upload=upload(filed, case_id=other.case.id))) == {"E03"}


def test_evidence_taken_with_a_record_is_checked_item_by_item(filed: Story) -> None:
    good = {"kind": "audio_visual", "name": "照片", "file": upload(filed)}
    assert inspect(filed, evidence=[good]) == []
    bad = {"kind": "audio_visual", "name": "", "collected_at": at("09-12 09:00"), "file": "x"}
    found = inspect(filed, evidence=[good, bad])
    assert rules(found) == {"R01", "V05", "E03"}
    assert fields(found, "R01") == {"evidence.1.name"}


def exclude(story: Story, key: str, reason: str = "来源不明") -> list[Violation]:
    command = of(story, ExcludeEvidence, evidence=key, reason=reason)
    return refused(story, "wang_jing", NOW, command)


def test_evidence_is_excluded_once_for_a_reason(filed: Story) -> None:
    item = filed.evidence()
    assert exclude(filed, str(item.id)) == []
    assert rules(exclude(filed, str(item.id), "")) == {"R01"}
    assert rules(exclude(filed, str(filed.evidence(admissible=False).id))) == {"E01"}
    assert rules(exclude(filed, str(uuid.uuid4()))) == {"E02"}


@pytest.mark.parametrize("when", [at("09-11 12:00"), datetime.fromisoformat("2025-09-11T04:00Z")])
def test_any_time_zone_says_the_same_instant(filed: Story, when: datetime) -> None:
    assert add(filed, collected_at=when) == []
    assert inspect(filed, ended_at=when) == []
