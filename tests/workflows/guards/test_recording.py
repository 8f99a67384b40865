"""V22, N06-N09: which recordings may be taken in, reviewed, lead to a case, and prove something."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from models.device import Device
from models.recording import Recording, RecordingReview, RecordingState
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import of, refused, rules, violations
from tests.workflows.guards.test_device import device
from workflows.commands.investigation import SubmitFinalReport
from workflows.commands.lead import RegisterLead
from workflows.commands.recording import (
    LinkRecording,
    RecordEvidenceQuery,
    RegisterRecording,
    ReviewRecording,
)
from workflows.guards.recording import (
    cited_recordings_are_sound,
    decided_on_sound_recordings,
    recordings_may_lead,
)
from workflows.monitoring import flaws

NOW = at("11-04 10:00")
MOST = 30


@pytest.fixture
def sensor(story: Story) -> Device:
    """A device with everything that APL 41 asks for, in use since 26 September."""
    return device(
        story.office,
        "legal",
        "technical",
        basis_kind="statute",
        published_on=date(2025, 8, 20),
        in_use_from=date(2025, 9, 26),
    )


def recorded(story: Story, sensor: Device, number: str = "R-1", **values: Any) -> Recording:
    wanted: dict[str, Any] = {
        "subject_id": sensor.subject_id,
        "observed_at": at("11-03 18:10"),
        "received_at": at("11-03 18:12"),
        "clock_offset": 0,
        "reading": "4.6",
        "source": "api",
        "state": RecordingState.PASSED,
        "registered_by_id": story.office.person("tian_ye").id,
    }
    row = Recording(id=uuid.uuid4(), number=number, device=sensor, **{**wanted, **values})
    story.session.add(row)
    story.session.flush()
    return row


def link(story: Story, number: str = "R-1", **values: Any) -> set[str]:
    wanted = {"recording": number, "second_handler": "li_qiang", "fact_proved": "超标"}
    command = of(story, LinkRecording, **{**wanted, **values})
    return rules(refused(story, "zhang_ming", NOW, command))


def test_a_passed_recording_of_a_sound_device_may_be_evidence(story: Story, sensor: Device) -> None:
    recorded(story, sensor)
    assert link(story) == set()


@pytest.mark.parametrize(
    "values",
    [
        {"state": RecordingState.PENDING_REVIEW},
        {"state": RecordingState.REJECTED},
        {"clock_offset": 31},
        {"clock_offset": -31},
        {"observed_at": at("09-25 23:00")},
    ],
    ids=["unreviewed", "rejected", "fast", "slow", "before its use"],
)
def test_a_flawed_recording_is_never_evidence(
    story: Story, sensor: Device, values: dict[str, Any]
) -> None:
    recorded(story, sensor, **values)
    assert link(story) == {"V22"}


@pytest.mark.parametrize(
    "change",
    ["statute", "legal", "technical", "calibration", "retired"],
)
def test_a_recording_of_an_unfit_device_is_never_evidence(
    story: Story, sensor: Device, change: str
) -> None:
    recorded(story, sensor)
    if change == "statute":
        sensor.basis_kind = "local_regulation"
    elif change == "calibration":
        sensor.calibrations[0].valid_to = date(2025, 11, 2)
    elif change == "retired":
        sensor.retired_on, sensor.retired_reason = date(2025, 11, 3), "更换"
    else:
        next(a for a in sensor.audits if a.kind == change).passed = False
    assert link(story) == {"V22"}


def test_a_drift_within_the_limit_is_no_flaw(story: Story, sensor: Device) -> None:
    assert list(flaws(recorded(story, sensor, clock_offset=30), MOST)) == []


def test_a_recording_that_is_evidence_elsewhere_or_here_is_not_linked_again(
    story: Story, sensor: Device
) -> None:
    other = Story(story.session)
    recorded(story, sensor, case_id=other.case.id)
    assert link(story) == {"N08"}
    item = story.evidence()
    recorded(story, sensor, "R-2", case_id=story.case.id, evidence_id=item.id)
    assert link(story, "R-2") == {"N08"}


def test_an_unknown_recording_and_a_single_officer_are_refused(
    story: Story, sensor: Device
) -> None:
    recorded(story, sensor)
    assert link(story, "R-9") == {"N08"}
    assert link(story, second_handler="zhang_ming") == {"V07"}
    assert link(story, fact_proved="") == {"R01"}


def review(story: Story, who: str = "zhang_ming", **values: Any) -> set[str]:
    wanted = {"recording": "R-1", "second_handler": "li_qiang", "result": "pass"}
    command = ReviewRecording(**{**wanted, **values})
    return rules(violations(story.office.act(who, NOW), command))


def test_two_certified_officers_review_a_recording_once(story: Story, sensor: Device) -> None:
    row = recorded(story, sensor, state=RecordingState.PENDING_REVIEW)
    assert review(story) == set()
    assert review(story, second_handler="zhang_ming") == {"V07"}
    assert "V07" in review(story, second_handler="xu_kai")
    row.state = RecordingState.PASSED
    assert review(story) == {"N07"}


def test_a_rejection_says_why_and_a_drifted_clock_cannot_pass(story: Story, sensor: Device) -> None:
    recorded(story, sensor, state=RecordingState.PENDING_REVIEW, clock_offset=1860)
    assert review(story, result="reject") == {"R01"}
    assert review(story, result="reject", reason="时间不准") == set()
    assert review(story) == {"V22"}
    assert "N07" in review(story, result="maybe")


def test_officers_of_another_legal_subject_have_no_such_recording(
    story: Story, sensor: Device
) -> None:
    recorded(story, sensor, state=RecordingState.PENDING_REVIEW)
    assert review(story, "yuan_chao", second_handler="deng_li") == {"N08"}


def take_in(story: Story, **values: Any) -> set[str]:
    wanted: dict[str, Any] = {
        "device": "OY-017", "number": "R-1", "observed_at": at("11-03 18:10"), "reading": "4.6",
    }  # fmt: skip
    command = RegisterRecording(**{**wanted, **values})
    return rules(violations(story.office.act("tian_ye", NOW), command))


def test_a_recording_is_taken_in_once_of_a_device_of_ones_own(story: Story, sensor: Device) -> None:
    assert take_in(story) == set()
    assert take_in(story, device="OY-099") == {"N01"}
    assert take_in(story, number="a/b") == {"N06"}
    assert take_in(story, sha256="xyz") == {"N06"}
    assert take_in(story, observed_at=at("11-05 18:10")) == {"V05"}
    recorded(story, sensor)
    assert take_in(story) == {"N06"}


def leads(story: Story) -> set[str]:
    command = RegisterLead(
        second_handler="li_qiang", source="non_site", received_at=NOW, act_place="街",
        content="超标", recordings=["R-1"],
    )  # fmt: skip
    return rules(list(recordings_may_lead(story.office.act("zhang_ming", NOW), command)))


def test_an_unreviewed_recording_may_lead_to_a_case_a_rejected_one_may_not(
    story: Story, sensor: Device
) -> None:
    row = recorded(story, sensor, state=RecordingState.PENDING_REVIEW)
    assert leads(story) == set()
    row.state = RecordingState.REJECTED
    row.reviews = [
        RecordingReview(
            id=uuid.uuid4(), result="reject", reason="时间不准", reviewed_at=NOW,
            officer_id=story.office.person("zhang_ming").id,
            second_officer_id=story.office.person("li_qiang").id,
        )
    ]  # fmt: skip
    assert leads(story) == {"V22"}
    row.state, row.case_id = RecordingState.PASSED, story.case.id
    assert leads(story) == {"N08"}


def proven(story: Story, sensor: Device) -> Recording:
    """The recording is evidence of the case."""
    item = story.evidence()
    return recorded(story, sensor, case_id=story.case.id, evidence_id=item.id)


def cited(story: Story) -> set[str]:
    command = of(
        story, SubmitFinalReport, proposal="penalty", matter="cooking_fumes", facts="超标",
        nature="超标", penalty_kinds=["fine"], cited_evidence=[],
    )  # fmt: skip
    return rules(list(cited_recordings_are_sound(story.act("zhang_ming", NOW), command)))


def test_recordings_alone_support_no_penalty(story: Story, sensor: Device) -> None:
    proven(story, sensor)
    assert cited(story) == {"N09"}
    story.evidence(number=2)
    assert cited(story) == set()


def test_a_device_found_unfit_later_takes_its_recording_out_of_report_and_decision(
    story: Story, sensor: Device
) -> None:
    proven(story, sensor)
    story.evidence(number=2)
    next(a for a in sensor.audits if a.kind == "legal").passed = False
    assert cited(story) == {"V22"}
    act = story.act("zhao_yong", NOW)
    decision = type("Decision", (), {"outcome": "issue"})()
    assert rules(list(decided_on_sound_recordings(act, decision))) == {"V22"}


def test_an_excluded_recording_stands_in_nobody_s_way(story: Story, sensor: Device) -> None:
    row = proven(story, sensor)
    row.state = RecordingState.PASSED
    sensor.basis_kind = None
    item = story.act("zhang_ming", NOW).record.evidence[0]
    item.admissible, item.excluded_reason = False, "设备没有法律依据"
    story.session.flush()
    decision = type("Decision", (), {"outcome": "issue"})()
    assert list(decided_on_sound_recordings(story.act("zhao_yong", NOW), decision)) == []


def test_the_party_looks_at_what_is_evidence(story: Story, sensor: Device) -> None:
    command = of(story, RecordEvidenceQuery, queried_at=NOW, way="app", queried_by="徐海涛")
    assert rules(refused(story, "zhang_ming", NOW, command)) == {"N08"}
    proven(story, sensor)
    assert rules(refused(story, "zhang_ming", NOW, command)) == set()
