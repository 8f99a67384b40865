"""Monitoring devices: register, audit, calibrate, publish, maintain, retire."""

import uuid

from sqlalchemy import select

from models.device import AuditKind, Device, DeviceAudit, DeviceCalibration, DeviceEntry
from models.subject import LegalSubject
from workflows.act import Act, Outcome, told
from workflows.commands.device import (
    PublishDevice,
    RecordCalibration,
    RecordDeviceAudit,
    RecordMaintenance,
    RegisterDevice,
    RetireDevice,
)
from workflows.monitoring import AUDITS, find_device


def register_device(act: Act, c: RegisterDevice) -> Outcome:
    """A new device of a legal subject; without audits, calibration and publication it is idle."""
    subject = act.session.scalars(select(LegalSubject).where(LegalSubject.key == c.subject)).one()
    row = Device(
        id=uuid.uuid4(),
        code=c.code.strip(),
        subject_id=subject.id,
        registered_at=act.now,
        registered_by_id=act.actor.person_id,
        **{name: getattr(c, name) for name in DESCRIBED},
    )
    act.session.add(row)
    return _told(row.code, "registered", f"登记监控设备{row.code}：{c.title}。",
                 f"Device {row.code} registered: {c.title}.")  # fmt: skip


DESCRIBED = (
    "title", "category", "maker", "standard", "time_source", "mobile", "place", "sign",
    "basis_kind", "basis_title", "basis_article",
)  # fmt: skip


def record_device_audit(act: Act, c: RecordDeviceAudit) -> Outcome:
    """One audit; the latest of its kind counts."""
    device = _device(act, c.device)
    device.audits.append(
        DeviceAudit(
            id=uuid.uuid4(), kind=c.kind, passed=c.passed, opinion=c.opinion, auditor=c.auditor,
            document_no=c.document_no, audited_on=c.audited_on, due_on=c.due_on,
            recorded_at=act.now, recorded_by_id=act.actor.person_id,
        )
    )  # fmt: skip
    title, result = AUDITS[AuditKind(c.kind)], "通过" if c.passed else "未通过"
    return _told(device.code, "audited", f"设备{device.code}{title.zh}{result}：{c.opinion}",
                 f"Device {device.code}, {title.en} {'passed' if c.passed else 'failed'}: "
                 f"{c.opinion}")  # fmt: skip


def record_calibration(act: Act, c: RecordCalibration) -> Outcome:
    """One more certificate; earlier ones stay."""
    device = _device(act, c.device)
    device.calibrations.append(
        DeviceCalibration(
            id=uuid.uuid4(), certificate_no=c.certificate_no, institution=c.institution,
            valid_from=c.valid_from, valid_to=c.valid_to, recorded_at=act.now,
            recorded_by_id=act.actor.person_id,
        )
    )  # fmt: skip
    until = c.valid_to.isoformat()
    return _told(device.code, "calibrated", f"设备{device.code}检定、校准有效期至{until}。",
                 f"Device {device.code} calibrated until {until}.")  # fmt: skip


def publish_device(act: Act, c: PublishDevice) -> Outcome:
    """The place is public; from the stated day the device is in use."""
    device = _device(act, c.device)
    device.published_on, device.in_use_from = c.published_on, c.in_use_from
    device.published_place, device.published_channel = c.place, c.channel
    day = c.in_use_from.isoformat()
    return _told(device.code, "published", f"公布设备{device.code}的设置地点，{day}启用。",
                 f"Place of device {device.code} published; in use from {day}.")  # fmt: skip


def record_maintenance(act: Act, c: RecordMaintenance) -> Outcome:
    """One line of the maintenance log."""
    device = _device(act, c.device)
    device.entries.append(
        DeviceEntry(
            id=uuid.uuid4(), happened_at=c.happened_at, text=c.text, recorded_at=act.now,
            recorded_by_id=act.actor.person_id,
        )
    )  # fmt: skip
    return _told(device.code, "maintained", f"设备{device.code}维护：{c.text}",
                 f"Device {device.code} maintained: {c.text}")  # fmt: skip


def retire_device(act: Act, c: RetireDevice) -> Outcome:
    """From the day on, recordings of the device prove nothing; earlier ones keep their worth."""
    device = _device(act, c.device)
    device.retired_on, device.retired_reason = c.retired_on, c.reason
    day = c.retired_on.isoformat()
    return _told(device.code, "retired", f"设备{device.code}自{day}停用：{c.reason}",
                 f"Device {device.code} out of use from {day}: {c.reason}")  # fmt: skip


def _device(act: Act, code: str) -> Device:
    device = find_device(act.session, code)
    if device is None:
        raise LookupError(code)
    return device


def _told(code: str, action: str, zh: str, en: str) -> Outcome:
    """The event carries the code, by which the device's page finds its history."""
    return Outcome(events=[told(f"device:{action}", zh, en, device=code)], extra={"device": code})
