"""Monitoring devices (APL 41): who keeps the register, and what makes a device fit for use."""

import re
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from models.device import AuditKind, Device
from models.duration import law_day
from models.errors import Text, Violation
from models.subject import LegalSubject
from workflows.access import ACCESS
from workflows.act import Act
from workflows.commands.device import (
    PublishDevice,
    RecordCalibration,
    RecordDeviceAudit,
    RecordMaintenance,
    RegisterDevice,
    RetireDevice,
)
from workflows.documents.wording import day as worded
from workflows.guards.law import against, empty, needed
from workflows.monitoring import AUDITS, find_device

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
BASIS = {
    "basis_title": Text("依据的法律、法规名称", "the title of the law"),
    "basis_article": Text("依据的条款", "its article"),
}


def own_device(act: Act, command: str, code: str) -> Device | None:
    """The device, if the actor holds the command's role for its legal subject."""
    device = find_device(act.session, code)
    return device if device and holds_for(act, command, device.subject_id) else None


def holds_for(act: Act, command: str, subject_id: uuid.UUID) -> bool:
    """Whether one of the actor's roles allows the command for this legal subject."""
    return act.actor.holding(ACCESS[command].roles, subject_id) is not None


def device_is_mine(act: Act, c: Any) -> Iterator[Violation]:
    """N01: the device is in the register, and in the charge of the actor's legal subject."""
    if own_device(act, type(c).__name__, c.device) is None:
        yield against(
            "N01", f"设备登记簿里没有由您管理的设备“{c.device}”。",
            f"The register has no device “{c.device}” in your charge.", "APL41", "device",
        )  # fmt: skip


def device_is_new(act: Act, c: RegisterDevice) -> Iterator[Violation]:
    """N01: a code that no device has, for a legal subject of one's own, with standard and place."""
    wanted = {
        "code": Text("设备编号", "the code"),
        "title": Text("设备名称", "the name"),
        "standard": Text("符合的标准", "the standard that it meets"),
        "place": Text("设置地点", "the place"),
    }
    yield from needed(c, wanted, "APL41")
    if not CODE.fullmatch(c.code.strip()):
        yield against(
            "N01",
            "设备编号由字母、数字、点、横线和下划线组成，不超过40个字符。",
            "A code has letters, digits, dots, dashes and underscores, 40 at most.",
            "NONE",
            "code",
        )
    if find_device(act.session, c.code) is not None:
        yield against(
            "N01", f"设备编号“{c.code}”已经登记。", f"Device “{c.code}” is registered already.",
            "APL41", "code",
        )  # fmt: skip
    subject = act.session.scalar(select(LegalSubject.id).where(LegalSubject.key == c.subject))
    if subject is None or not holds_for(act, "RegisterDevice", subject):
        yield against(
            "P01", "您不是这个执法主体的设备管理员。",
            "You keep no devices for this legal subject.", "APL17", "subject",
        )  # fmt: skip
    if not empty(c.basis_kind):
        yield from needed(c, BASIS, "APL41")


def audit_is_complete(act: Act, c: RecordDeviceAudit) -> Iterator[Violation]:
    """N02: one of the two audits, with opinion and author, done by now, due again later."""
    wanted = {
        "opinion": Text("审核意见", "the opinion"),
        "auditor": Text("审核机构或者人员", "who audited"),
    }
    yield from needed(c, wanted, "APL41")
    if c.kind not in frozenset(AuditKind):
        yield against(
            "N02", "审核种类只有法制审核和技术审核。", "An audit is legal or technical.",
            "APL41", "kind",
        )  # fmt: skip
    yield from _not_later(act, c.audited_on, "audited_on", "N02")
    if c.due_on is not None and c.due_on <= c.audited_on:
        yield against(
            "N02", "下次审核日期应当晚于本次审核日期。", "The next audit lies after this one.",
            "APL41", "due_on",
        )  # fmt: skip


def calibration_is_complete(act: Act, c: RecordCalibration) -> Iterator[Violation]:
    """N03: a certificate with number, institution and its days in order."""
    wanted = {
        "certificate_no": Text("证书编号", "the number of the certificate"),
        "institution": Text("检定、校准机构", "the institution"),
    }
    yield from needed(c, wanted, "APL41")
    yield from _not_later(act, c.valid_from, "valid_from", "N03")
    if c.valid_to < c.valid_from:
        yield against(
            "N03", "证书有效期止早于有效期起。", "The certificate ends before it begins.",
            "APL41", "valid_to",
        )  # fmt: skip


def publication_is_lawful(act: Act, c: PublishDevice) -> Iterator[Violation]:
    """N04: audits and calibration come first; use begins the stated days after publication."""
    wanted = {
        "place": Text("公布的设置地点", "the published place"),
        "channel": Text("公布渠道", "where it was published"),
    }
    yield from needed(c, wanted, "APL41")
    yield from _not_later(act, c.published_on, "published_on", "N04")
    device = own_device(act, "PublishDevice", c.device)
    if device is None:
        return
    yield from _audited(device, c.published_on)
    days = int(act.law.value("non_site.publication_days", c.published_on, device.subject_id))
    earliest = c.published_on + timedelta(days=days)
    if c.in_use_from < earliest:
        yield against(
            "N04", f"设置地点应当公布满{days}日后启用，最早{worded(earliest)}。",
            f"A device is used {days} days after its publication, from {earliest} at the earliest.",
            "APL41", "in_use_from",
        )  # fmt: skip


def _audited(device: Device, day: date) -> Iterator[Violation]:
    for kind, title in AUDITS.items():
        if not device.passed(kind, day):
            yield against(
                "N04", f"设备还没有通过{title.zh}，不能公布启用。",
                f"The device has not passed its {title.en}: it cannot be put to use.", "APL41",
            )  # fmt: skip
    if not device.calibrated_on(day):
        yield against(
            "N04", "设备没有在有效期内的检定、校准证书，不能公布启用。",
            "The device has no valid calibration: it cannot be put to use.", "APL41",
        )  # fmt: skip


def retirement_is_reasoned(act: Act, c: RetireDevice) -> Iterator[Violation]:
    """N05: a device is retired once, for a reason, and not before it was registered."""
    yield from needed(c, {"reason": Text("停用理由", "the reason")}, "APL41")
    device = own_device(act, "RetireDevice", c.device)
    if device is not None and device.retired_on is not None:
        yield against("N05", "设备已经停用。", "The device is out of use already.", "APL41")
    if device is not None and c.retired_on < law_day(device.registered_at):
        yield against(
            "N05", "停用日期早于登记日期。", "It was retired before it was registered.",
            "APL41", "retired_on",
        )  # fmt: skip


def maintenance_is_told(act: Act, c: RecordMaintenance) -> Iterator[Violation]:
    """N05: a line of the log has words, and has happened."""
    yield from needed(c, {"text": Text("维护情况", "what was done")}, "APL41")
    yield from _not_later(act, law_day(c.happened_at), "happened_at", "N05")


def _not_later(act: Act, day: date, field: str, rule: str) -> Iterator[Violation]:
    if day > act.today:
        yield against(
            rule, f"日期（{worded(day)}）晚于今天，请改为实际日期。",
            f"The day ({day}) is later than today: give the real one.", "ORDER", field,
        )  # fmt: skip
