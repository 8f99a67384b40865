"""Sections on disclosure: what was published or withheld, by which rule; what was withdrawn."""

from __future__ import annotations

from models.disclosure import ChannelRemoval, Disclosure, DisclosureWithdrawal
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day, moment


def disclosure(context: Context) -> Section | None:
    row = context.record.current(Disclosure)
    if row is None:
        return None
    ground, credit = row.withhold_ground, row.credit_class
    return {
        "publish": row.disclose == "publish",
        "ground": context.labels("withhold_ground", ground) if ground else "",
        "reason": row.withhold_reason or "",
        "rule": str(row.rule.get("zh") or ""),
        "departure": row.departure_reason or "",
        "secrecy": "已审查，不涉及" if row.secrecy_checked else "未审查",
        "privacy": "已审查，已作处理" if row.privacy_checked else "未审查",
        "masked": context.texts("masked_item", row.masked_items),
        "text": row.public_text or "",
        "channels": context.texts("disclosure_channel", row.channels),
        "credit": context.labels("credit_class", credit) if credit else "",
        "until": day(row.publish_until),
        "prepared_by": context.record.name(row.prepared_by_id),
        "prepared_on": day(row.recorded_at),
        "released_by": context.record.name(row.released_by_id),
        "published_on": day(row.published_at),
    }


def withdrawal(context: Context) -> Section | None:
    row = context.record.current(DisclosureWithdrawal)
    if row is None:
        return None
    shown = next((d for d in context.record.all(Disclosure) if d.id == row.disclosure_id), None)
    gone = {r.channel: r for r in context.record.all(ChannelRemoval) if r.withdrawal_id == row.id}
    return {
        "ground": context.labels("disclosure_withdrawal_ground", row.ground),
        "reason": row.reason,
        "changed_on": day(row.changed_on),
        "replace": "另行公示" if row.replace else "不另行公示",
        "proposed_by": context.record.name(row.proposed_by_id),
        "proposed_on": day(row.recorded_at),
        "published_on": day(shown.published_at) if shown else "",
        "channels": [
            {
                "name": context.labels("disclosure_channel", code),
                "removed": moment(gone[code].removed_at) if code in gone else "待确认",
                "proof": (gone[code].proof or "系统自动撤下") if code in gone else "",
            }
            for code in (shown.channels if shown else ())
        ],
    }
