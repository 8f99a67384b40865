"""What a report may tell of a case: plain facts by the names that mapping tables use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models.case import Case
from models.decision import Decision
from models.duration import SHANGHAI, law_day
from models.types import Flag
from workflows.documents.wording import cited
from workflows.record import Record


def facts_of(session: Session, case: Case, event: str, at: datetime) -> dict[str, Any]:
    """The facts as they stand; `event` and `at` say what is reported."""
    record = Record(session, case)
    subject, party, matter = case.subject, case.party, case.matter
    shown, closed = record.disclosure, record.closing
    return {
        "event": event,
        "at": at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "case": {
            "id": str(case.id), "number": case.case_no or case.lead_no, "name": case.name,
            "cause": case.cause, "procedure": case.procedure, "source": case.source,
            "unit": case.unit.name, "major": Flag.MAJOR in case.flags,
            "clue_at": case.clue_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            "filed_on": _day(case.filed_at), "closed_on": _day(case.closed_at),
        },
        "subject": {"name": subject.name, "uscc": subject.uscc, "area": subject.area_code},
        "party": {} if party is None else {
            "type": party.party_type, "name": party.name, "uscc": party.uscc,
            "cert_type": party.cert_type, "cert_no": party.cert_no,
            "representative": party.representative_name,
        },
        "matter": {"code": matter.code, "title": matter.title} if matter else {},
        "decision": _decision(record),
        "disclosure": {"until": _iso(shown.publish_until) if shown else None},
        "closing": {"ground": closed.closing_ground if closed else None},
    }  # fmt: skip


def _decision(record: Record) -> dict[str, Any]:
    """The decision in force, else the last one that was undone."""
    row = record.decision or record.last(Decision)
    if row is None:
        return {}
    return {
        "penalty": row.decision == "penalty",
        "type": row.decision_type,
        "number": row.number,
        "on": _day(row.decided_at),
        "facts": row.facts,
        "basis": "；".join(cited(entry) for entry in row.basis),
        "penalty_kinds": list(row.penalty_kinds),
        "content": row.penalty_content or _content(row),
        "fine": row.fine,
        "confiscated": row.confiscated_amount,
        "licence": row.licence,
        "discussed": row.discussion_id is not None,
    }


def _content(row: Decision) -> str | None:
    """处罚内容 where nobody wrote it out: the amounts."""
    parts = []
    if row.fine:
        parts.append(f"罚款{row.fine}元")
    if row.confiscated_amount:
        parts.append(f"没收{row.confiscated_amount}元")
    if row.licence:
        parts.append(row.licence)
    return "；".join(parts) or None


def _day(moment: datetime | None) -> str | None:
    return law_day(moment).isoformat() if moment else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
