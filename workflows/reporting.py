"""The reporting duty (归集、报送): acts that have to be told leave records in the outbox.

A record is written in the transaction of the act and delivered by the worker: it is never lost,
and its key keeps it from being taken twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.case import Case
from models.events import Event
from models.reporting import ReportRecord
from models.types import Flag, ReportState
from workflows.act import Act
from workflows.later import Later
from workflows.reference.reporting import Destination, destinations

JOB = "deliver_report"


def report(act: Act, events: Iterable[Event], later: Later) -> None:
    """Leave a record for each destination that one of the events concerns."""
    for tag in dict.fromkeys(event.tag for event in events):
        for to in destinations().values():
            event = to.event_of(tag)
            if event is not None and _concerns(act, to):
                row = leave(act, to, event)
                later.defer(act.session, JOB, record_id=str(row.id))


def leave(act: Act, to: Destination, event: str) -> ReportRecord:
    """One record more; an earlier telling of the same event that did not arrive is replaced."""
    version = (act.session.scalar(_last(act.case, to, event)) or 0) + 1
    days = act.parameter(to.due_days) if to.due_days else None
    row = ReportRecord(
        id=uuid.uuid4(),
        case_id=act.case.id,
        subject_id=act.case.subject_id,
        destination=to.id,
        event=event,
        version=version,
        key=f"{to.id}:{act.case.id}:{event}:{version}",
        state=ReportState.WAITING,
        created_at=act.now,
        due_on=act.today + timedelta(days=days) if days is not None else None,
        problems=[],
    )
    act.session.add(row)
    act.session.flush()
    return row


def _last(case: Case, to: Destination, event: str) -> Select[Any]:
    return select(func.max(ReportRecord.version)).where(
        ReportRecord.case_id == case.id,
        ReportRecord.destination == to.id,
        ReportRecord.event == event,
    )


def _concerns(act: Act, to: Destination) -> bool:
    decision = act.record.decision
    if to.only.get("penalty") and decision is not None and decision.decision != "penalty":
        return False
    return not to.only.get("major") or Flag.MAJOR in act.case.flags


def record_of(session: Session, key: str) -> ReportRecord | None:
    """A record by its key."""
    return session.get(ReportRecord, uuid.UUID(key))
