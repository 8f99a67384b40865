"""The correction of a fact (更正、补正): before, after, why, and what became of the documents."""

from __future__ import annotations

from models.fact_correction import FactCorrection
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day

_FATES = {
    "reissued": "重新制作，原文书作废",
    "kept": "现场签署的记录，保持原样，本表附后",
    "notified": "已经送达，另发补正通知书",
}


def fact_correction(context: Context) -> Section | None:
    """The correction that the document is about, else the latest."""
    row = context.record.current(FactCorrection)
    if row is None:
        return None
    return {
        "fact": context.labels("correctable_fact", row.fact),
        "before": row.before,
        "after": row.after,
        "reason": row.reason,
        "by": context.record.name(row.proposed_by_id),
        "on": day(row.recorded_at),
        "documents": [
            {
                "title": str(one["title"]),
                "number": str(one["number"]),
                "fate": _FATES[str(one["fate"])],
                "served": one["fate"] == "notified",
            }
            for one in row.documents
        ],
    }
