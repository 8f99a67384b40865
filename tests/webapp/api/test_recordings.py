"""A monitoring platform sends recordings over the API; each waits for its review."""

from __future__ import annotations

from sqlalchemy import select

from models.recording import Recording, RecordingState
from tests.webapp.api.conftest import caller
from tests.webapp.conftest import Web

DEVICE = {
    "code": "OY-017", "subject": "luotuo", "title": "油烟在线监测", "category": "fume_monitor",
    "standard": "HJ 1240", "place": "慈海北路示例66号",
}  # fmt: skip
SENT = {
    "device": "OY-017", "number": "OY-017-1", "observed_at": "2025-09-08T08:10:00+08:00",
    "reading": "4.6 mg/m³", "clock_offset": 2,
}  # fmt: skip


def test_a_recording_sent_by_a_platform_awaits_its_review_and_is_taken_in_once(web: Web) -> None:
    platform = caller(web, "tian_ye")
    assert platform.post("/commands/RegisterDevice", DEVICE).status_code == 200
    assert platform.post("/commands/RegisterRecording", SENT, key="r1").status_code == 200
    assert platform.post("/commands/RegisterRecording", SENT, key="r1").get_json()["repeated"]
    again = platform.post("/commands/RegisterRecording", SENT)
    assert again.status_code == 422
    assert again.get_json()["errors"][0]["rule"] == "N06"
    (row,) = web.all(select(Recording))
    assert (row.state, row.source, row.clock_offset) == (RecordingState.PENDING_REVIEW, "api", 2)


def test_a_platform_of_another_legal_subject_sends_nothing_for_this_device(web: Web) -> None:
    assert caller(web, "tian_ye").post("/commands/RegisterDevice", DEVICE).status_code == 200
    answer = caller(web, "bai_lu").post("/commands/RegisterRecording", SENT)
    assert answer.status_code == 422
    assert {e["rule"] for e in answer.get_json()["errors"]} == {"N01"}
