"""What is still to be enforced in a case, and until when: read by guards, handlers and closing.

The window of the application to the court stands on the end of the time to sue (AEL 53), or on
the end of the instalments where that is later (APL 72).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.confiscation import ConfiscatedDisposal, ConfiscatedItem
from models.decision import Decision
from models.duration import day_start
from models.enforcement import CourtApplication, Enforcement, OrderRecheck
from models.enforcement_rest import EnforcementEnd, EnforcementPause
from models.measure import Measure
from models.types import Stage
from workflows import accounts, paying
from workflows.act import Act
from workflows.record import Record

SUE = "CLK_SUE"
COURT = "CLK_COURT_APPLY"
URGE = "CLK_URGE"
RECONSIDER = "CLK_RECONSIDER"
ENFORCEABLE = frozenset({Stage.DECIDED, Stage.ENFORCING})
CONFISCATES = "confiscate_goods"


@dataclass(frozen=True, slots=True)
class Owed:
    """Yuan still owed on the decision: fine and confiscation, and the surcharge so far."""

    principal: Decimal
    surcharge: Decimal

    @property
    def total(self) -> Decimal:
        """Both together."""
        return self.principal + self.surcharge


def owed(act: Act, day: date) -> Owed:
    """What is owed on a day, as the account of the decision says."""
    book = paying.book(act, day)
    if book is None:
        return Owed(Decimal(0), Decimal(0))
    return Owed(book.balance.principal, max(Decimal(0), book.balance.surcharge))


def money_is_open(act: Act) -> bool:
    """Whether something is left to pay; whether the surcharge counts is a parameter."""
    book = paying.book(act)
    return book is not None and not paying.settled(act, book)


def last_of_kind(record: Record, kind: str) -> Enforcement | None:
    """The latest enforcement of this kind (own, substitute)."""
    rows = [row for row in record.all(Enforcement) if row.kind == kind]
    return rows[-1] if rows else None


def order_of(decision: Decision | None) -> str:
    """What the decision orders beside money (限期拆除、责令改正); empty where it orders nothing."""
    return (decision.correction_demand or "").strip() if decision else ""


def order_is_performed(record: Record) -> bool:
    """Whether a re-check found the order performed, or it was enforced."""
    decision = record.decision
    if not order_of(decision):
        return True
    assert decision is not None
    checks = [row for row in record.all(OrderRecheck) if row.decision_id == decision.id]
    done = [row for row in record.all(Enforcement) if row.decision_id == decision.id]
    court = [row for row in record.all(CourtApplication) if row.decision_id == decision.id]
    checked = bool(checks) and checks[-1].result == "corrected"
    enforced = any(row.ending in ("done", "performed") for row in done)
    return checked or enforced or any(row.order_performed for row in court)


def order_was_ignored(record: Record) -> bool:
    """Whether the last re-check found the order not, or not wholly, performed."""
    check = record.last(OrderRecheck)
    return check is not None and check.result != "corrected" and not order_is_performed(record)


def enforcement_has_ended(record: Record) -> bool:
    """Whether enforcement was ended, given up after three years, or ended by the court."""
    ends = [row for row in record.all(EnforcementEnd) if row.approved_at]
    given_up = [row for row in record.all(EnforcementPause) if row.abandoned_at]
    court = [row for row in record.all(CourtApplication) if row.ending == "court_ended"]
    return bool(ends or given_up or court)


def end_is_complete(record: Record) -> bool:
    """Whether what had to be put back after an ended enforcement has been put back (AEL 41)."""
    ends = [row for row in record.all(EnforcementEnd) if row.approved_at]
    return all(row.restore is None or row.restored_at for row in ends)


def stands_still(record: Record) -> bool:
    """Whether enforcement is suspended now."""
    return any(row.standing for row in record.all(EnforcementPause))


def something_is_open(act: Act) -> bool:
    """Whether money or the order of the decision is still to be performed."""
    return money_is_open(act) or not order_is_performed(act.record)


def confiscated_left(record: Record) -> list[ConfiscatedItem]:
    """Confiscated goods on the register that have not been disposed of."""
    done = {row.id for row in record.all(ConfiscatedDisposal) if row.done_at}
    return [item for item in record.all(ConfiscatedItem) if item.disposal_id not in done]


def goods_to_register(record: Record) -> bool:
    """Whether the decision confiscates goods that nobody has put on the register yet."""
    decision = record.decision
    confiscates = decision is not None and CONFISCATES in decision.penalty_kinds
    return confiscates and not record.has(ConfiscatedItem) and not _confiscated_in_measure(record)


def _confiscated_in_measure(record: Record) -> bool:
    """Goods that a seizure already disposed of as confiscated have their record there."""
    items = (item for row in record.all(Measure) for item in row.items)
    return any(item.outcome in ("confiscate", "destroy") for item in items)


def close_window(act: Act) -> None:
    """With nothing left to perform there is nothing to ask the court for."""
    if not something_is_open(act):
        act.clocks.cancel(COURT)


def window_may_open(act: Act) -> bool:
    """Whether the end of the time to sue opens the window: something is open, nobody sued."""
    served = act.case.stage in ENFORCEABLE and act.record.decision is not None
    return served and something_is_open(act) and act.clocks.running(COURT) is None


def open_window(act: Act, start: date) -> None:
    """The three months in which the court may be asked run from this day (AEL 53), or from the end
    of approved instalments where that is later (APL 72)."""
    plan = paying.plan_in_force(act)
    days = [part.day for part in accounts.parts_of(plan, act.law)] if plan else []
    act.clocks.start(COURT, day_start(max([start, *days])))
