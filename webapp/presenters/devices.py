"""Devices and recordings in words: states with their colours, days that run out."""

from datetime import date

from flask_babel import gettext as _

from models.device import AuditKind, Device, DeviceStatus
from models.recording import Recording, RecordingState
from workflows.queries.devices import DUE_SOON

Tag = tuple[str, str]
"""(colour, words): the colour is never alone."""


def status(device: Device, today: date) -> Tag:
    """Where the device stands today."""
    return {
        DeviceStatus.REGISTERED: ("soon", _("待审核")),
        DeviceStatus.AUDITED: ("", _("已审核，待公布")),
        DeviceStatus.PUBLISHED: ("", _("已公布，待启用")),
        DeviceStatus.IN_USE: ("ok", _("启用中")),
        DeviceStatus.UNFIT: ("late", _("审核或者校准失效")),
        DeviceStatus.RETIRED: ("", _("已停用")),
    }[device.status(today)]


def due(device: Device, today: date) -> Tag:
    """The audit or calibration that runs out first."""
    day = device.next_due(today)
    if day is None:
        return ("", "—")
    left = (day - today).days
    if left < 0:
        return ("late", _("已过期 %(n)s 天", n=-left))
    return ("soon" if day - today <= DUE_SOON else "ok", _("还有 %(n)s 天", n=left))


def state(recording: Recording) -> Tag:
    """What became of a recording."""
    if recording.evidence_id is not None:
        return ("ok", _("已作为证据"))
    return {
        RecordingState.PENDING_REVIEW: ("soon", _("待审核")),
        RecordingState.PASSED: ("ok", _("审核通过")),
        RecordingState.REJECTED: ("late", _("审核未通过")),
    }[RecordingState(recording.state)]


def audit_name(kind: str) -> str:
    """法制审核 or 技术审核."""
    return {AuditKind.LEGAL: _("法制审核"), AuditKind.TECHNICAL: _("技术审核")}[AuditKind(kind)]
