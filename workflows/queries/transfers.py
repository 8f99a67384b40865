"""Transfers of the cases that a person may see: sent out, come in, with the police (移送台账)."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from models.case import Case
from models.criminal import CriminalTransfer
from models.duration import law_day
from models.transfer import IncomingTransfer, Transfer
from workflows.actors import Actor
from workflows.permissions import visible_to
from workflows.queries.paging import PAGE, Count, Page, bounded_count

DIRECTIONS = ("out", "in", "police")
CLOCKS = {
    "out": ("CLK_TRANSFER_RECEIPT", "CLK_TRANSFER_ACCEPT"),
    "in": ("CLK_TRANSFER_ACCEPT",),
    "police": ("CLK_CRIM_APPROVE", "CLK_CRIM_SEND", "CLK_CRIM_HANDOVER", "CLK_CRIM_OBJECT"),
}
"""What runs while a transfer is on its way, by direction."""


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One transfer as the list tells it."""

    case_id: uuid.UUID
    party: str
    number: str
    agency: str
    state: str
    moved_on: date | None
    last_day: date | None


_IN_STATE = case(
    (IncomingTransfer.returned_at.is_not(None), "returned"),
    (IncomingTransfer.fed_back_at.is_not(None), "result_fed_back"),
    (IncomingTransfer.accepted_at.is_not(None), "accepted"),
    else_="received",
)
_POLICE_STATE = case(
    (CriminalTransfer.ending.is_not(None), CriminalTransfer.ending),
    (CriminalTransfer.handed_at.is_not(None), "handed_over"),
    (CriminalTransfer.police.is_not(None), CriminalTransfer.police),
    (CriminalTransfer.sent_at.is_not(None), "sent"),
    (CriminalTransfer.approved.is_(True), "approved"),
    else_="reported",
)


_QUERIES: dict[str, Any] = {
    "out": select(
        Case,
        Transfer.to_agency.label("agency"),
        Transfer.state.label("state"),
        Transfer.sent_at.label("moved"),
    )
    .join(Transfer, Transfer.case_id == Case.id)
    .order_by(Transfer.recorded_at.desc(), Transfer.id),
    "in": select(
        Case,
        IncomingTransfer.from_agency.label("agency"),
        _IN_STATE.label("state"),
        IncomingTransfer.received_at.label("moved"),
    )
    .join(IncomingTransfer, IncomingTransfer.case_id == Case.id)
    .order_by(IncomingTransfer.recorded_at.desc(), IncomingTransfer.id),
    "police": select(
        Case,
        CriminalTransfer.police_organ.label("agency"),
        _POLICE_STATE.label("state"),
        CriminalTransfer.reported_at.label("moved"),
    )
    .join(CriminalTransfer, CriminalTransfer.case_id == Case.id)
    .order_by(CriminalTransfer.recorded_at.desc(), CriminalTransfer.id),
}


def transfers(
    session: Session,
    actor: Actor,
    direction: str,
    *,
    state: str = "",
    number: int = 1,
    limit: int = PAGE,
) -> tuple[Page[TransferLine], Count]:
    """One page of a direction, newest first, and how many there are."""
    query = _QUERIES[direction].where(visible_to(actor))
    if state:
        query = query.where(query.selected_columns.state == state)
    rows = session.execute(query.limit(limit + 1).offset((number - 1) * limit)).all()
    lines = [_line(direction, *row) for row in rows[:limit]]
    return Page(lines, str(number + 1) if len(rows) > limit else None), bounded_count(
        session, query
    )


def every(session: Session, actor: Actor, direction: str, state: str) -> Iterator[TransferLine]:
    """All of them, page by page, for a spreadsheet."""
    number: int | None = 1
    while number is not None:
        page, _ = transfers(session, actor, direction, state=state, number=number)
        yield from page.rows
        number = int(page.next) if page.next else None


def _line(
    direction: str, found: Case, agency: str | None, state: str, moved: datetime | None
) -> TransferLine:
    pending = (found.pending_clocks.get(code) for code in CLOCKS[direction])
    days = sorted(day for clock in pending if clock and (day := clock[1]))
    return TransferLine(
        case_id=found.id,
        party=found.party_name,
        number=found.case_no or found.lead_no or "",
        agency=agency or "",
        state=state,
        moved_on=law_day(moved) if moved else None,
        last_day=date.fromisoformat(days[0]) if days else None,
    )
