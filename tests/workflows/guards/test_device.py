"""N01-N05: the register of devices."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.device import Device, DeviceAudit, DeviceCalibration
from models.errors import Violation
from tests.building import Office, at
from tests.workflows.guards.asking import fields, rules, violations
from workflows.commands.base import Command
from workflows.commands.device import (
    PublishDevice,
    RecordCalibration,
    RecordDeviceAudit,
    RecordMaintenance,
    RegisterDevice,
    RetireDevice,
)

NOW = at("08-20 10:00")


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def asked(office: Office, command: Command, who: str = "tian_ye") -> list[Violation]:
    return violations(office.act(who, NOW), command)


def device(office: Office, *audits: str, calibrated: bool = True, **values: Any) -> Device:
    keeper = office.person("tian_ye").id
    row = Device(
        id=uuid.uuid4(),
        code="OY-017",
        subject_id=office.subject().id,
        title="油烟在线监测",
        category="fume_monitor",
        standard="HJ 1240",
        place="慈海北路66号",
        registered_at=at("08-01 09:00"),
        registered_by_id=keeper,
        **values,
    )
    stamp: dict[str, Any] = {"recorded_at": NOW, "recorded_by_id": keeper}
    row.audits = [
        DeviceAudit(
            id=uuid.uuid4(), kind=kind, passed=True, opinion="符合。", auditor="示例机构",
            audited_on=date(2025, 7, 28), **stamp,
        )
        for kind in audits
    ]  # fmt: skip
    if calibrated:
        row.calibrations = [
            DeviceCalibration(
                id=uuid.uuid4(), certificate_no="1", institution="示例机构",
                valid_from=date(2025, 8, 1), valid_to=date(2026, 7, 31), **stamp,
            )
        ]  # fmt: skip
    office.session.add(row)
    office.session.flush()
    return row


def register(**values: Any) -> RegisterDevice:
    wanted = {
        "code": "OY-018", "subject": "luotuo", "title": "油烟", "category": "fume_monitor",
        "standard": "HJ 1240", "place": "慈海北路66号",
    }  # fmt: skip
    return RegisterDevice(**{**wanted, **values})


def test_a_new_device_with_standard_and_place_is_registered(office: Office) -> None:
    assert asked(office, register()) == []


def test_a_code_is_used_once_and_is_fit_for_an_address(office: Office) -> None:
    device(office)
    assert fields(asked(office, register(code="OY-017")), "N01") == {"code"}
    assert fields(asked(office, register(code="a/b")), "N01") == {"code"}


def test_devices_of_another_legal_subject_are_registered_by_its_own_keeper(office: Office) -> None:
    assert fields(asked(office, register(subject="zh_bureau")), "P01") == {"subject"}
    assert asked(office, register(subject="zh_bureau"), "bai_lu") == []


def test_a_basis_names_the_law_and_the_article(office: Office) -> None:
    found = asked(office, register(basis_kind="statute"))
    assert fields(found, "R01") == {"basis_title", "basis_article"}


def test_somebody_elses_device_is_not_in_ones_register(office: Office) -> None:
    device(office)
    command = RecordMaintenance(device="OY-017", happened_at=NOW, text="清洗")
    assert asked(office, command) == []
    assert rules(asked(office, command, "bai_lu")) == {"N01"}


def audited(**values: Any) -> RecordDeviceAudit:
    wanted: dict[str, Any] = {
        "device": "OY-017", "kind": "legal", "passed": True, "opinion": "符合。",
        "auditor": "示例机构", "audited_on": date(2025, 8, 20),
    }  # fmt: skip
    return RecordDeviceAudit(**{**wanted, **values})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "other"}, "kind"),
        ({"audited_on": date(2025, 8, 21)}, "audited_on"),
        ({"due_on": date(2025, 8, 20)}, "due_on"),
    ],
)
def test_an_audit_is_one_of_two_done_by_now_and_due_later(
    office: Office, values: dict[str, Any], field: str
) -> None:
    device(office)
    assert asked(office, audited()) == []
    assert {v.field for v in asked(office, audited(**values))} == {field}


def test_a_certificate_ends_after_it_begins(office: Office) -> None:
    device(office)

    def certificate(first: date, last: date) -> RecordCalibration:
        return RecordCalibration(
            device="OY-017", certificate_no="2", institution="机构", valid_from=first, valid_to=last
        )

    assert asked(office, certificate(date(2025, 8, 1), date(2025, 8, 1))) == []
    assert rules(asked(office, certificate(date(2025, 8, 2), date(2025, 8, 1)))) == {"N03"}
    assert rules(asked(office, certificate(date(2025, 8, 21), date(2026, 8, 1)))) == {"N03"}


def publish(use: date, published: date = date(2025, 8, 20)) -> PublishDevice:
    return PublishDevice(
        device="OY-017",
        place="慈海北路66号",
        channel="网站",
        published_on=published,
        in_use_from=use,
    )


def test_a_device_is_used_thirty_days_after_its_publication(office: Office) -> None:
    device(office, "legal", "technical")
    assert asked(office, publish(date(2025, 9, 19)), "zhou_min") == []
    found = asked(office, publish(date(2025, 9, 18)), "zhou_min")
    assert fields(found, "N04") == {"in_use_from"}


def test_nobody_publishes_tomorrow(office: Office) -> None:
    device(office, "legal", "technical")
    found = asked(office, publish(date(2025, 12, 1), date(2025, 8, 21)), "zhou_min")
    assert fields(found, "N04") == {"published_on"}


@pytest.mark.parametrize(
    ("audits", "calibrated", "missing"),
    [
        (("legal",), True, "技术审核"),
        (("technical",), True, "法制审核"),
        (("legal", "technical"), False, "校准"),
    ],
)
def test_without_both_audits_and_calibration_a_device_is_not_put_to_use(
    office: Office, audits: tuple[str, ...], calibrated: bool, missing: str
) -> None:
    device(office, *audits, calibrated=calibrated)
    (found,) = asked(office, publish(date(2025, 9, 26)), "zhou_min")
    assert found.rule == "N04"
    assert missing in found.message.zh


def test_a_device_is_retired_once_for_a_reason(office: Office) -> None:
    row = device(office)
    assert asked(office, RetireDevice(device="OY-017", retired_on=NOW.date(), reason="更换")) == []
    found = asked(office, RetireDevice(device="OY-017", retired_on=date(2025, 7, 31), reason=""))
    assert rules(found) == {"R01", "N05"}
    row.retired_on, row.retired_reason = date(2025, 8, 10), "损坏"
    again = RetireDevice(device="OY-017", retired_on=NOW.date(), reason="更换")
    assert rules(asked(office, again)) == {"N05"}


def test_the_log_tells_what_has_happened(office: Office) -> None:
    device(office)
    command = RecordMaintenance(device="OY-017", happened_at=at("08-21 09:00"), text="清洗")
    assert fields(asked(office, command), "N05") == {"happened_at"}
