"""Where a device stands on a day follows from its audits, its calibration and its publication."""

from __future__ import annotations

from datetime import date

import pytest

from models.device import AuditKind, Device, DeviceAudit, DeviceCalibration, DeviceStatus


def audit(kind: str, on: str, *, passed: bool = True, due: str | None = None) -> DeviceAudit:
    return DeviceAudit(
        kind=kind,
        passed=passed,
        audited_on=date.fromisoformat(on),
        due_on=date.fromisoformat(due) if due else None,
    )


def sensor(**values: object) -> Device:
    """Audited in July, calibrated for a year from August, published, in use from 2025-09-26."""
    wanted: dict[str, object] = {
        "basis_kind": "statute",
        "audits": [audit("legal", "2025-07-28"), audit("technical", "2025-07-30")],
        "calibrations": [
            DeviceCalibration(valid_from=date(2025, 8, 1), valid_to=date(2026, 7, 31))
        ],
        "published_on": date(2025, 8, 20),
        "in_use_from": date(2025, 9, 26),
    }
    return Device(**{**wanted, **values})


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2025-07-29", DeviceStatus.REGISTERED),
        ("2025-07-31", DeviceStatus.REGISTERED),
        ("2025-09-25", DeviceStatus.PUBLISHED),
        ("2025-09-26", DeviceStatus.IN_USE),
        ("2026-07-31", DeviceStatus.IN_USE),
        ("2026-08-01", DeviceStatus.UNFIT),
    ],
)
def test_the_status_changes_on_the_day_that_the_papers_say(day: str, status: str) -> None:
    assert sensor().status(date.fromisoformat(day)) == status


def test_an_audited_device_without_publication_waits_for_it() -> None:
    device = sensor(published_on=None, in_use_from=None)
    assert device.status(date(2025, 8, 1)) == DeviceStatus.AUDITED


def test_a_later_audit_that_failed_ends_the_earlier_one() -> None:
    device = sensor()
    device.audits.append(audit("legal", "2025-10-10", passed=False))
    assert device.passed(AuditKind.LEGAL, date(2025, 10, 9))
    assert not device.passed(AuditKind.LEGAL, date(2025, 10, 10))
    assert device.status(date(2025, 10, 10)) == DeviceStatus.UNFIT


def test_an_audit_that_fell_due_again_no_longer_holds() -> None:
    device = sensor(audits=[audit("legal", "2025-07-28", due="2025-12-31")])
    assert device.passed(AuditKind.LEGAL, date(2025, 12, 31))
    assert not device.passed(AuditKind.LEGAL, date(2026, 1, 1))


def test_a_retired_device_is_out_of_use_from_that_day_on() -> None:
    device = sensor(retired_on=date(2025, 11, 1), retired_reason="更换")
    assert device.used_on(date(2025, 10, 31))
    assert not device.used_on(date(2025, 11, 1))
    assert device.status(date(2025, 11, 1)) == DeviceStatus.RETIRED


@pytest.mark.parametrize(
    ("kind", "counts"),
    [("statute", True), ("regulation", True), ("local_regulation", False), ("rule", False)],
)
def test_only_a_statute_or_a_regulation_allows_monitoring(kind: str, counts: bool) -> None:
    assert sensor(basis_kind=kind).statutory is counts
    assert not sensor(basis_kind=None).statutory


def test_what_runs_out_first_is_due_next() -> None:
    device = sensor(audits=[audit("legal", "2025-07-28", due="2026-01-31")])
    assert device.next_due(date(2025, 10, 1)) == date(2026, 1, 31)
    assert sensor().next_due(date(2025, 10, 1)) == date(2026, 7, 31)
    assert sensor(audits=[], calibrations=[]).next_due(date(2025, 10, 1)) is None
