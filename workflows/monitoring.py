"""Devices and their recordings as guards, handlers and forms look them up (APL 41).

`flaws` is the one place that says why a recording may not be evidence (V22).
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.case import Case
from models.device import AuditKind, Device
from models.duration import law_day
from models.errors import Text
from models.evidence import Evidence
from models.recording import Recording, RecordingState

AUDITS = {
    AuditKind.LEGAL: Text("法制审核", "legal audit"),
    AuditKind.TECHNICAL: Text("技术审核", "technical audit"),
}


def find_device(session: Session, code: str) -> Device | None:
    """The device with this code (设备编号)."""
    return session.scalar(select(Device).where(Device.code == code.strip()))


def find_recording(session: Session, number: str) -> Recording | None:
    """The recording with this number."""
    return session.scalar(select(Recording).where(Recording.number == number.strip()))


def recordings_of(session: Session, case: Case) -> Sequence[Recording]:
    """Recordings that led to the case or are evidence in it, oldest first."""
    return session.scalars(
        select(Recording).where(Recording.case_id == case.id).order_by(Recording.observed_at)
    ).all()


def recording_behind(session: Session, evidence: Evidence) -> Recording | None:
    """The recording that an item of evidence is: linked to it, or the same file by its digest."""
    linked = session.scalar(select(Recording).where(Recording.evidence_id == evidence.id))
    return linked or recording_of_file(session, evidence.sha256)


def recording_of_file(session: Session, sha256: str | None) -> Recording | None:
    """The recording whose original file has this digest, whoever uploads it by hand."""
    if sha256 is None:
        return None
    found = select(Recording).where(Recording.sha256 == sha256)
    return session.scalars(found.order_by(Recording.received_at).limit(1)).first()


def flaws(recording: Recording, most_drift: int) -> Iterator[Text]:
    """Everything that keeps the recording from being evidence; nothing for a sound one.

    `most_drift`: seconds by which the device's clock may be off.
    """
    yield from _review_flaws(recording)
    if drifted(recording, most_drift):
        yield Text(
            f"设备时钟偏差{abs(recording.clock_offset)}秒，超过允许的{most_drift}秒",
            f"the device's clock was off by {abs(recording.clock_offset)} s, more than "
            f"{most_drift} s",
        )
    yield from _device_flaws(recording)


def drifted(recording: Recording, most_drift: int) -> bool:
    """Whether the device's clock was off by more than the seconds allowed."""
    return abs(recording.clock_offset) > most_drift


def _review_flaws(recording: Recording) -> Iterator[Text]:
    if recording.state == RecordingState.PENDING_REVIEW:
        yield Text("记录尚未审核", "it has not been reviewed")
    elif recording.state == RecordingState.REJECTED:
        why = recording.reviews[-1].reason.rstrip("。") if recording.reviews else ""
        yield Text(f"记录审核未通过（{why}）", f"its review rejected it ({why})")


def _device_flaws(recording: Recording) -> Iterator[Text]:
    device, day = recording.device, law_day(recording.observed_at)
    if not device.statutory:
        yield Text(
            "设备没有法律、行政法规依据，记录只能作为线索",
            "no statute or administrative regulation allows the device: it is only a lead",
        )
    for kind, title in AUDITS.items():
        if not device.passed(kind, day):
            yield Text(f"设备当日没有有效的{title.zh}", f"no valid {title.en} of the device then")
    if not device.calibrated_on(day):
        yield Text("设备检定、校准证书当日无效", "the calibration was not valid on that day")
    if not device.used_on(day):
        yield Text(
            "设备当日不在公布的启用期内", "the device was not in its published use on that day"
        )
