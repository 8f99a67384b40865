"""The register of devices and recordings in the browser: who enters what, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.recording import Recording
from tests.webapp.conftest import Web

DEVICE = {
    "code": "OY-017",
    "title": "油烟在线监测",
    "category": "fume_monitor",
    "standard": "HJ 1240",
    "place": "慈海北路示例66号",
    "basis_kind": "statute",
    "basis_title": "大气污染防治法",
    "basis_article": "第二十九条",
}


def post(client: FlaskClient, url: str, data: dict[str, str]) -> TestResponse:
    """What a browser posts."""
    return client.post(url, data=data)


def audit(kind: str, **values: str) -> dict[str, str]:
    return {
        "kind": kind,
        "passed": "true",
        "opinion": "符合要求。",
        "auditor": "示例机构",
        "audited_on": "2025-07-30",
        **values,
    }


CALIBRATION = {
    "certificate_no": "甬校1",
    "institution": "示例机构",
    "valid_from": "2025-07-01",
    "valid_to": "2026-07-31",
}
PUBLICATION = {
    "place": "慈海北路示例66号",
    "channel": "门户网站",
    "published_on": "2025-08-01",
    "in_use_from": "2025-09-01",
}
RECORDING = {
    "device": "OY-017",
    "number": "R-1",
    "observed_at": "2025-09-08T08:10",
    "reading": "4.6 mg/m³",
    "clock_offset": "0",
}


@pytest.fixture
def used(web: Web) -> Web:
    """A device in use, and one recording that awaits its review."""
    keeper, publisher = web.client("tian_ye"), web.client("zhou_min")
    posts: list[tuple[Any, str, dict[str, str]]] = [
        (keeper, "/devices/new", DEVICE),
        (keeper, "/devices/OY-017/do/audit", audit("legal")),
        (keeper, "/devices/OY-017/do/audit", audit("technical")),
        (keeper, "/devices/OY-017/do/calibration", CALIBRATION),
        (publisher, "/devices/OY-017/do/publish", PUBLICATION),
        (keeper, "/recordings/new", RECORDING),
    ]
    for client, url, data in posts:
        assert post(client, url, data).status_code == 302, url
    return web


def test_a_device_is_entered_audited_calibrated_published_and_then_in_use(used: Web) -> None:
    page = used.client("tian_ye").get("/devices/OY-017").text
    assert "启用中" in page
    assert "登记监控设备OY-017" in page
    assert "甬校1" in page


def test_the_list_finds_by_words_and_lists_what_is_due(used: Web) -> None:
    client = used.client("tian_ye")
    assert "OY-017" in client.get("/devices?q=慈海").text
    assert "OY-017" not in client.get("/devices?q=别处").text
    assert "OY-017" not in client.get("/devices?due=1").text
    used.theatre.clock.now = datetime(2026, 7, 10, tzinfo=UTC)
    assert "OY-017" in client.get("/devices?due=1").text


def test_an_officer_of_another_legal_subject_finds_neither_device_nor_recording(used: Web) -> None:
    client = used.client("yuan_chao")
    assert "OY-017" not in client.get("/devices").text
    assert client.get("/devices/OY-017").status_code == 404
    assert client.get("/recordings/R-1").status_code == 404


def test_whoever_keeps_no_devices_enters_none(used: Web) -> None:
    for person in ("zhang_ming", "zhou_min"):
        assert used.client(person).get("/devices/new").status_code == 403
        assert used.client(person).get("/devices/OY-017/do/audit").status_code == 403
    assert used.client("tian_ye").get("/devices/OY-017/do/publish").status_code == 403


def test_whoever_designs_procedures_does_not_see_devices(used: Web) -> None:
    assert used.client("fang_zhou").get("/devices").status_code == 403


def test_a_refused_publication_keeps_what_was_typed_and_says_why(used: Web) -> None:
    data = PUBLICATION | {"in_use_from": "2025-08-05", "channel": "街道公告栏"}
    answer = post(used.client("zhou_min"), "/devices/OY-017/do/publish", data)
    assert answer.status_code == 422
    assert "公布满30日" in answer.text
    assert "街道公告栏" in answer.text


def test_two_officers_pass_a_recording_on_its_page(used: Web) -> None:
    client = used.client("zhang_ming")
    assert "R-1" in client.get("/recordings?state=pending_review").text
    answer = post(
        client, "/recordings/R-1/review", {"second_handler": "li_qiang", "result": "pass"}
    )
    assert answer.status_code == 302
    page = client.get("/recordings/R-1").text
    assert "审核通过" in page
    assert "张明" in page
    assert "R-1" not in client.get("/recordings?state=pending_review").text


def test_a_rejection_without_its_reason_is_sent_back(used: Web) -> None:
    answer = post(
        used.client("zhang_ming"),
        "/recordings/R-1/review",
        {"second_handler": "li_qiang", "result": "reject"},
    )
    assert answer.status_code == 422


def test_the_keeper_of_devices_reviews_no_recording(used: Web) -> None:
    assert used.client("tian_ye").get("/recordings/R-1/review").status_code == 403


def test_a_recording_leads_to_a_case_of_the_non_site_procedure(used: Web) -> None:
    client = used.client("zhang_ming")
    assert "R-1" in client.get("/leads/new?pack=nonsite&recordings=R-1").text
    data = {
        "second_handler": "li_qiang",
        "source": "non_site",
        "received_at": "2025-09-08T08:30",
        "act_place": "慈海北路示例66号",
        "content": "在线监测超标。",
        "recordings": "R-1",
    }
    answer = post(client, "/leads/new?pack=nonsite", data)
    assert answer.status_code == 302, answer.text
    with used.application.transactions.read() as session:
        recording = session.query(Recording).one()
        assert recording.case_id is not None
        assert recording.evidence_id is None


def test_the_page_of_an_unreviewed_recording_says_that_it_proves_nothing_yet(used: Web) -> None:
    assert "记录尚未审核" in used.client("zhang_ming").get("/recordings/R-1").text
