"""The account of a decision's money, from the record: what `workflows.ledger` works on.

Everything is read; nothing is written. The last day to pay is the clock's that the law gives
(CLK_PAY from service), the rest comes from plans, payments, remedies, waivers and refunds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from models.decision import Decision
from models.duration import law_day
from models.enforcement_rest import Settlement
from models.errors import Text
from models.instalment import InstalmentPlan
from models.own_revision import OwnRevision
from models.payment import Payment
from models.refund import Refund
from models.remedy import Remedy, RemedyKind
from models.surcharge import SurchargeWaiver
from workflows import ledger
from workflows.clocks import ClockKeeper
from workflows.lawbook import LawBook
from workflows.ledger import Account, Ledger, Receipt
from workflows.record import Record

SET_OFF = "set_off"
"""The channel of money that was not paid but set off (抵扣)."""
PAUSES: Mapping[RemedyKind, Text] = {
    RemedyKind.RECONSIDERATION: Text(
        "行政复议期间不加处罚款（《行政处罚法》第七十三条）",
        "No surcharge during reconsideration (APL 73)",
    ),
    RemedyKind.LITIGATION: Text(
        "行政诉讼期间不加处罚款（《行政处罚法》第七十三条）", "No surcharge during a suit (APL 73)"
    ),
}
AGREED = Text(
    "执行协议履行期间不加处罚款（《行政强制法》第四十二条）",
    "No surcharge while an agreement holds (AEL 42)",
)
ABOUT_MONEY = frozenset({"decision", "surcharge"})
"""What a remedy challenges when it stops the surcharge."""
LOWERED = frozenset({"changed", "partly_revoked", "mediated", "redo", "revoked", "void"})
"""Outcomes of a remedy that may leave another amount to pay."""


def in_question(record: Record) -> Decision | None:
    """The decision in force, else the last one that was undone: its money may have to go back."""
    return record.decision or record.last(Decision)


def account(
    record: Record, clocks: ClockKeeper, law: LawBook, more: tuple[Receipt, ...] = ()
) -> Account | None:
    """The account of the decision in question; `more` are receipts that are not yet recorded."""
    decision = in_question(record)
    if decision is None or decision.decision != "penalty":
        return None
    day = law_day(decision.decided_at)
    return Account(
        decided=day,
        fine=decision.fine or ledger.ZERO,
        confiscated=decision.confiscated_amount or ledger.ZERO,
        due=due_day(clocks, decision),
        terms=terms(law, day, record.case.subject_id),
        plans=tuple(_plans(record, law, decision)),
        pauses=tuple(_pauses(record, decision)),
        receipts=(*_receipts(record, decision), *more),
        refunds=tuple(_refunds(record, decision)),
        waivers=tuple(_waivers(record, decision)),
        changes=tuple(_changes(record, decision)),
    )


def book(record: Record, clocks: ClockKeeper, law: LawBook, day: date) -> Ledger | None:
    """The account worked through up to a day."""
    found = account(record, clocks, law)
    return ledger.ledger(found, day) if found is not None else None


def terms(law: LawBook, day: date, subject: Any = None) -> ledger.Terms:
    """The parameters that were in force when the decision was made."""
    parts = str(law.value("payment.allocation", day, subject)).split(",")
    return ledger.Terms(
        rate=law.fraction("surcharge.rate_per_day", day, subject),
        cap=law.fraction("surcharge.cap", day, subject),
        base=ledger.Base(law.value("surcharge.base", day, subject)),
        rounding=ledger.Rounding(law.value("surcharge.rounding", day, subject)),
        mode=str(law.value("surcharge.rounding_mode", day, subject)),
        order=tuple(ledger.Part(part.strip()) for part in parts),
    )


def is_settled(law: LawBook, found: Ledger, day: date, subject: Any) -> bool:
    """Whether nothing is left to pay; whether the surcharge counts is a parameter."""
    if found.balance.principal > 0:
        return False
    return found.balance.surcharge <= 0 or not law.value("surcharge.settles", day, subject)


def due_day(clocks: ClockKeeper, decision: Decision) -> date | None:
    """The last day to pay as the law gives it, moved to a working day; None before service."""
    rows = [row for row in clocks.by_law("CLK_PAY") if row.started_on >= _decided_on(decision)]
    return rows[-1].outer_day if rows else None


def _decided_on(decision: Decision) -> date:
    return law_day(decision.decided_at)


def parts_of(plan: InstalmentPlan, law: LawBook) -> tuple[ledger.Instalment, ...]:
    """The approved parts; a last day off moves to the next working day (T2)."""
    return tuple(
        ledger.Instalment(
            law.calendar.next_working(date.fromisoformat(part["day"])), Decimal(part["amount"])
        )
        for part in plan.parts
    )


def _plans(record: Record, law: LawBook, decision: Decision) -> Iterator[ledger.Plan]:
    """Of two plans of one day the later one counts."""
    rows = [p for p in record.all(InstalmentPlan) if p.granted and p.decision_id == decision.id]
    for start, plan in {plan.start_on: plan for plan in rows}.items():
        if start is not None:
            yield ledger.Plan(start, parts_of(plan, law), ledger.Clause(plan.clause))


def _pauses(record: Record, decision: Decision) -> Iterator[ledger.Pause]:
    for remedy in record.remedies:
        if _concerns(remedy, decision) and stops_surcharge(remedy):
            first, last = remedy.pause()
            yield ledger.Pause(PAUSES[RemedyKind(remedy.kind)], first, last)
    for deal in record.all(Settlement):
        if deal.approved_at is not None:
            broken = law_day(deal.broken_at) if deal.broken_at else None
            yield ledger.Pause(AGREED, law_day(deal.approved_at), broken)


def stops_surcharge(remedy: Remedy) -> bool:
    """Whether it is about the fine or its surcharge, not about another act of the case."""
    return remedy.challenged in ABOUT_MONEY


def _concerns(remedy: Remedy, decision: Decision) -> bool:
    return remedy.decision_id in (None, decision.id)


def _changes(record: Record, decision: Decision) -> Iterator[ledger.Change]:
    """What a remedy made of the amounts; an undone decision leaves nothing."""
    found: dict[date, ledger.Change] = {}
    for remedy in record.remedies:
        if not _concerns(remedy, decision) or remedy.outcome not in LOWERED:
            continue
        day = None if _appealed(remedy, record) else remedy.ended_on
        if day is not None and remedy.changed_fine is not None:
            kept = decision.confiscated_amount or ledger.ZERO
            found[day] = ledger.Change(day, remedy.changed_fine, kept)
        elif day is not None and decision.undone:
            found[day] = ledger.Change(day, ledger.ZERO)
    for revision in record.all(OwnRevision):
        if revision.decision_id == decision.id and revision.decided_at is not None:
            yield from _revised(revision, decision)
    yield from found.values()


def _appealed(remedy: Remedy, record: Record) -> bool:
    """Whether a later instance took the place of this judgment."""
    later = [r for r in record.remedies if r.kind == remedy.kind and r.round > remedy.round]
    return remedy.kind == RemedyKind.LITIGATION and bool(later)


def _revised(revision: OwnRevision, decision: Decision) -> Iterator[ledger.Change]:
    """What the agency's own revision left to pay (APL 75)."""
    assert revision.decided_at is not None
    day = law_day(revision.decided_at)
    if revision.act == "revoke":
        yield ledger.Change(day, ledger.ZERO)
    elif revision.new_fine is not None:
        yield ledger.Change(day, revision.new_fine, decision.confiscated_amount or ledger.ZERO)


def _receipts(record: Record, decision: Decision) -> Iterator[Receipt]:
    for row in record.all(Payment):
        if row.decision_id == decision.id:
            yield Receipt(
                law_day(row.paid_at),
                row.received,
                row.meant_surcharge,
                row.channel == SET_OFF,
                row.receipt_no,
            )


def _refunds(record: Record, decision: Decision) -> Iterator[ledger.Refund]:
    for row in record.all(Refund):
        if row.decision_id == decision.id and row.paid_on is not None:
            yield ledger.Refund(row.paid_on, row.amount, row.receipt_no or "")


def _waivers(record: Record, decision: Decision) -> Iterator[ledger.Waiver]:
    for row in record.all(SurchargeWaiver):
        if row.decision_id == decision.id:
            yield ledger.Waiver(row.waived_on, row.amount, note=row.reason)
