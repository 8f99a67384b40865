"""Electronic data from a device (D13) and the promise of a spared party (D62)."""

from __future__ import annotations

from models.evidence import Evidence
from models.exemption import Commitment
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day, moment


def origin(context: Context) -> Section | None:
    """How an item of electronic data came about: device, time, method, digest."""
    row = context.record.subject_row
    if not isinstance(row, Evidence):
        return None
    return {
        "number": f"证据{row.number}",
        "name": row.name,
        "source": row.source,
        "at": moment(row.collected_at),
        "place": row.place,
        "told": row.note,
        "made_on": day(row.recorded_at),
        "officers": context.officers(row, row.recorded_at),
    }


def commitment(context: Context) -> Section | None:
    """What the party promised, by when, and what the re-check found."""
    row = context.record.current(Commitment)
    if row is None:
        return None
    return {
        "facts": row.facts,
        "promise": row.promise,
        "on": day(row.signed_at),
        "by": row.signed_by,
        "until": moment(row.promised_by),
        "education": row.education or "",
        "officers": context.officers(row, row.signed_at),
    }
