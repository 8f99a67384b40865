"""Sections of service besides the receipt: what was announced, which address was confirmed."""

from __future__ import annotations

from models.service import Announcement, ServiceConfirmation
from workflows.documents.catalogue import KINDS
from workflows.documents.sections import investigation
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day

_ELECTRONIC = {"sms": "短信", "email": "电子邮件", "app": "政务移动应用", "other": "其他"}


def announcement(context: Context) -> Section | None:
    """The announcement that the document is about, else the last one (送达公告)."""
    row = context.record.current(Announcement)
    if row is None:
        return None
    kind = KINDS.get(row.document_kind)
    return {
        "document": kind.title if kind else row.document_kind,
        "document_number": row.document_number,
        "ground": context.labels("announcement_ground", row.ground),
        "reason": row.reason,
        "channels": "、".join(context.labels("announcement_channel", c) for c in row.channels),
        "place": row.place,
        "published": day(row.published_at),
        "until": day(row.ends_on),
        "officers": context.officers(row, row.published_at),
    }


def address(context: Context) -> Section | None:
    """Where papers reach the party, as it confirmed over its signature (送达地址确认书), by a
    form of its own or while it was questioned."""
    row = context.record.subject_row
    if not isinstance(row, ServiceConfirmation):
        return investigation.address(context)
    handlers = [handler.person_id for handler in context.record.case.active_handlers()]
    way = _ELECTRONIC.get(row.electronic_way or "", "")
    return {
        "place": row.service_address,
        "electronic": f"{row.electronic_address or ''}{f'（{way}）' if way else ''}",
        "phone": row.receiver_phone or "",
        "receiver": row.receiver_name or row.signed_by,
        "by": row.signed_by,
        "on": day(row.confirmed_at),
        "officers": [
            {
                "name": context.record.name(one),
                "certificate": context.record.certificate(one, row.confirmed_at),
            }
            for one in handlers
        ],
    }
