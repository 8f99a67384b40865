"""What time and money do to the clocks of a fine: parts of a plan, surcharge, settlement."""

from __future__ import annotations

from datetime import date, datetime

from models.calendar import ONE_DAY
from models.duration import day_start
from models.events import Event
from models.instalment import InstalmentPlan
from models.types import ClockState, Flag
from workflows import accounts, ledger
from workflows.act import Act, told
from workflows.ledger import Ledger, Receipt

PAY = "CLK_PAY"
SURCHARGE = "CLK_SURCHARGE"
URGE = "CLK_URGE"
REMEDY = "remedy"
DEFAULT = "instalment_default"
"""The side process in which the party is told that its plan is over."""
REFUND = "refund"


def book(act: Act, day: date | None = None, more: tuple[Receipt, ...] = ()) -> Ledger | None:
    """The account of the case's decision up to a day (today unless told)."""
    found = accounts.account(act.record, act.clocks, act.law, more)
    return ledger.ledger(found, day or act.today) if found is not None else None


def settled(act: Act, found: Ledger) -> bool:
    """Whether nothing is left to pay."""
    return accounts.is_settled(act.law, found, act.today, act.case.subject_id)


def plan_in_force(act: Act) -> InstalmentPlan | None:
    """The last approved plan of the decision in force."""
    decision = act.record.decision
    rows = [
        plan
        for plan in act.record.all(InstalmentPlan)
        if plan.granted and decision is not None and plan.decision_id == decision.id
    ]
    return rows[-1] if rows else None


def settle(act: Act, found: Ledger, at: datetime) -> None:
    """All is paid: the clocks of payment are met."""
    for code in (PAY, SURCHARGE, URGE):
        act.clocks.meet(code, at)
    act.case.flag(Flag.PAID)


def follow_plan(act: Act, found: Ledger, at: datetime) -> None:
    """CLK_PAY stands on the next part of the plan, or on none once the plan is in default."""
    if found.balance.fine <= 0:
        act.clocks.meet(PAY, at)
        return
    part = found.next_due
    if not found.account.plans or found.defaulted_on is not None or part is None:
        return
    row = act.clocks.running(PAY)
    if row is not None and row.outer_day == part.day:
        return
    act.clocks.cancel(PAY)
    if part.day >= act.today:
        act.clocks.start_to(PAY, act.now, _stated(act, part.day))
    stop_surcharge(act)


def _stated(act: Act, rolled: date) -> date:
    """The day that the approval states, which a day off moved to this one."""
    plan = plan_in_force(act)
    days = [date.fromisoformat(part["day"]) for part in plan.parts] if plan else []
    fitting = [day for day in days if act.law.calendar.next_working(day) == rolled]
    return max((day for day in fitting if day >= act.today), default=rolled)


def stop_surcharge(act: Act) -> None:
    """A plan was approved: the surcharge grows no more while it is kept."""
    act.clocks.cancel(SURCHARGE)


def run_out(act: Act) -> tuple[list[Event], list[str]]:
    """CLK_PAY has run out: the surcharge begins with the next day, a plan may be in default.
    Returns sentences and side processes to open."""
    found = book(act)
    clock = act.clocks.last(PAY)
    if found is None or clock is None or found.balance.fine <= 0:
        return [], []
    start_surcharge(act, found, clock.outer_day)
    if found.defaulted_on is None:
        return [], []
    rest = ledger.yuan(found.balance.fine)
    event = told(
        "case:instalment:defaulted",
        f"当事人未按分期（延期）计划缴纳，余款{rest}元到期，次日起加处罚款。",
        f"The plan was not kept: {rest} yuan are due, with a surcharge from the next day.",
    )
    return [event], [DEFAULT]


def start_surcharge(act: Act, found: Ledger, after: date) -> None:
    """CLK_SURCHARGE runs to the day of the cap; during a remedy it stands still (APL 73)."""
    if act.clocks.running(SURCHARGE) is not None:
        return
    at = day_start(after)
    capped = ledger.cap_day(found.account, after)
    open_remedies = [remedy for remedy in act.record.remedies if remedy.open]
    row = act.clocks.start(SURCHARGE, at)
    if capped is not None and capped != row.outer_day and not open_remedies:
        row.state, row.ended_at = ClockState.CANCELLED, act.now
        row = act.clocks.start_to(SURCHARGE, at, capped)
    follow_remedies(act)


def follow_remedies(act: Act) -> None:
    """CLK_SURCHARGE stands still from the day of the application to the day on which the remedy
    ends, both included (APL 73); what the account leaves out, the clock leaves out too."""
    row, remedies = act.clocks.running(SURCHARGE), act.record.remedies
    if row is None or not remedies:
        return
    waiting = any(span["reason"] == REMEDY for span in row.paused)
    spans = [remedy.pause() for remedy in remedies if accounts.stops_surcharge(remedy)]
    under_way = [first for first, last in spans if last is None]
    ended = [last for _first, last in spans if last is not None]
    if under_way and not waiting:
        begin = max(min(under_way) - ONE_DAY, row.started_on)
        act.clocks.pause(SURCHARGE, REMEDY, day_start(begin))
    elif waiting and not under_way and ended:
        act.clocks.resume(SURCHARGE, REMEDY, day_start(max(ended)))
