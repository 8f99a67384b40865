"""Monitoring devices (电子技术监控设备): what APL 41 asks for before recordings prove anything."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, Name
from models.subject import LegalSubject

STATUTORY = frozenset({"statute", "regulation"})
"""Ranks of law that may allow electronic monitoring: 法律、行政法规 (APL 41 第一款)."""


class AuditKind(StrEnum):
    """The two audits of APL 41: 法制审核 and 技术审核."""

    LEGAL = "legal"
    TECHNICAL = "technical"


class DeviceStatus(StrEnum):
    """Where a device stands on a day; worked out, never stored."""

    REGISTERED = "registered"
    AUDITED = "audited"
    PUBLISHED = "published"
    IN_USE = "in_use"
    UNFIT = "unfit"
    """In use by its dates, but an audit or the calibration no longer holds."""
    RETIRED = "retired"


class Device(Base):
    """One device, fixed or mobile, with its statutory basis and its publication."""

    __tablename__ = "device"
    __table_args__ = (
        CheckConstraint(
            "in_use_from is null or published_on is not null", name="published_before_use"
        ),
        CheckConstraint(
            "in_use_from is null or in_use_from >= published_on", name="use_after_publication"
        ),
        CheckConstraint(
            "retired_on is null or retired_reason is not null", name="retired_has_reason"
        ),
        Index("ix_device_subject_id_code", "subject_id", "code"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"))
    title: Mapped[Name]
    category: Mapped[str] = mapped_column(String(40))
    maker: Mapped[str] = mapped_column(String(200), default="")
    standard: Mapped[str] = mapped_column(String(200))
    """The technical standard that it meets (符合标准)."""
    time_source: Mapped[str] = mapped_column(String(200), default="")
    mobile: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str] = mapped_column(String(400))
    sign: Mapped[str] = mapped_column(String(400), default="")
    """How its place is marked (标志明显)."""
    basis_kind: Mapped[str | None] = mapped_column(String(20))
    basis_title: Mapped[str | None] = mapped_column(String(200))
    basis_article: Mapped[str | None] = mapped_column(String(40))
    published_on: Mapped[date | None]
    published_place: Mapped[str | None] = mapped_column(String(400))
    published_channel: Mapped[str | None] = mapped_column(String(200))
    in_use_from: Mapped[date | None]
    retired_on: Mapped[date | None]
    retired_reason: Mapped[str | None] = mapped_column(Text)
    registered_at: Mapped[datetime]
    registered_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    subject: Mapped[LegalSubject] = relationship()
    audits: Mapped[list["DeviceAudit"]] = relationship(order_by="DeviceAudit.audited_on")
    calibrations: Mapped[list["DeviceCalibration"]] = relationship(
        order_by="DeviceCalibration.valid_from"
    )
    entries: Mapped[list["DeviceEntry"]] = relationship(order_by="DeviceEntry.happened_at")

    @property
    def statutory(self) -> bool:
        """Whether a statute or an administrative regulation stands behind it (APL 41)."""
        return self.basis_kind in STATUTORY

    def audit(self, kind: AuditKind, day: date) -> "DeviceAudit | None":
        """The latest audit of a kind up to a day."""
        found = [a for a in self.audits if a.kind == kind and a.audited_on <= day]
        return found[-1] if found else None

    def passed(self, kind: AuditKind, day: date) -> bool:
        """Whether the latest audit of a kind passed and had not fallen due again on the day."""
        row = self.audit(kind, day)
        return row is not None and row.passed and (row.due_on is None or day <= row.due_on)

    def calibrated_on(self, day: date) -> bool:
        """Whether a calibration certificate (检定、校准证书) covers the day."""
        return any(c.valid_from <= day <= c.valid_to for c in self.calibrations)

    def sound_on(self, day: date) -> bool:
        """Both audits passed and the calibration valid on the day."""
        return self.calibrated_on(day) and all(self.passed(kind, day) for kind in AuditKind)

    def used_on(self, day: date) -> bool:
        """Whether the device was in announced use on the day."""
        begun = self.in_use_from is not None and self.in_use_from <= day
        return begun and (self.retired_on is None or day < self.retired_on)

    def status(self, day: date) -> DeviceStatus:
        """Where the device stands on a day."""
        if self.retired_on is not None and self.retired_on <= day:
            return DeviceStatus.RETIRED
        if self.used_on(day):
            return DeviceStatus.IN_USE if self.sound_on(day) else DeviceStatus.UNFIT
        if not self.sound_on(day):
            return DeviceStatus.REGISTERED
        return DeviceStatus.PUBLISHED if self.published_on else DeviceStatus.AUDITED

    def next_due(self, day: date) -> date | None:
        """The day on which an audit or the calibration that holds now runs out first."""
        last = [c.valid_to for c in self.calibrations if c.valid_from <= day]
        days = [max(last)] if last else []
        for kind in AuditKind:
            row = self.audit(kind, day)
            if row is not None and row.due_on is not None:
                days.append(row.due_on)
        return min(days, default=None)


class DeviceRecord:
    """What each entry about a device carries."""

    id: Mapped[Key]
    recorded_at: Mapped[datetime]


class DeviceAudit(DeviceRecord, Base):
    """One legal or technical audit with its result and, where set, the day of the next one."""

    __tablename__ = "device_audit"
    __table_args__ = (CheckConstraint("due_on is null or due_on >= audited_on", name="due_after"),)

    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("device.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    passed: Mapped[bool]
    opinion: Mapped[str] = mapped_column(Text)
    auditor: Mapped[str] = mapped_column(String(200))
    document_no: Mapped[str] = mapped_column(String(100), default="")
    audited_on: Mapped[date]
    due_on: Mapped[date | None]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class DeviceCalibration(DeviceRecord, Base):
    """One calibration certificate (检定/校准证书) with its days."""

    __tablename__ = "device_calibration"
    __table_args__ = (CheckConstraint("valid_to >= valid_from", name="dates_in_order"),)

    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("device.id"), index=True)
    certificate_no: Mapped[str] = mapped_column(String(100))
    institution: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class DeviceEntry(DeviceRecord, Base):
    """One line of the maintenance log (运行维护记录)."""

    __tablename__ = "device_entry"

    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("device.id"), index=True)
    happened_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
