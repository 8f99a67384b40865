"""Monitoring devices (电子技术监控设备): register, audit, calibrate, publish, maintain, retire."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class RegisterDevice(Command):
    """Register a monitoring device with its standard, its place and its statutory basis."""

    code: str
    subject: str
    title: str
    category: str
    standard: str
    place: str
    maker: str = ""
    time_source: str = ""
    mobile: bool = False
    sign: str = ""
    basis_kind: str | None = None
    basis_title: str | None = None
    basis_article: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordDeviceAudit(Command):
    """Record a legal or technical audit of a device (法制审核、技术审核, APL 41)."""

    device: str
    kind: str
    passed: bool
    opinion: str
    auditor: str
    audited_on: date
    document_no: str = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RecordCalibration(Command):
    """Record a calibration certificate of a device (检定、校准证书)."""

    device: str
    certificate_no: str
    institution: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, kw_only=True)
class PublishDevice(Command):
    """Publish where a device stands (设置地点向社会公布) and from which day it is in use."""

    device: str
    place: str
    channel: str
    published_on: date
    in_use_from: date


@dataclass(frozen=True, kw_only=True)
class RecordMaintenance(Command):
    """Write a line into the maintenance log of a device."""

    device: str
    happened_at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class RetireDevice(Command):
    """Take a device out of use from a day on."""

    device: str
    retired_on: date
    reason: str
