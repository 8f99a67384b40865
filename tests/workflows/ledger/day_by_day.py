"""A second ledger, written from the law alone and not from the first: whole numbers, one loop.

Money is counted in ten-thousandths of a cent, so that three per cent of a cent is a whole number.
Nothing is remembered between days but five totals; every day asks the papers again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

UNIT = 10_000
"""Units in a cent."""


@dataclass
class Sums:
    """What stands in the books at the end of a day, in cents."""

    fine: int
    confiscated: int
    surcharge: int
    credit: int
    accrued: int


def cents(amount: Decimal) -> int:
    return int(amount * 100)


def half_up(units: int) -> int:
    return (units + UNIT // 2) // UNIT


def books(papers: Any, evening: date) -> Sums:
    """The books on an evening, as they were known then."""
    known = [c for c in papers.changes if c.day <= evening]
    ordered = known[-1] if known else papers
    fine, taken = cents(ordered.fine), cents(ordered.confiscated)
    fine_in = taken_in = extra_in = credit = 0
    units = 0
    cap = half_up(fine * UNIT * papers.terms.cap.numerator // papers.terms.cap.denominator)
    plan: Any = None
    plan_base = 0
    broken = False
    full = False
    morning = papers.decided
    while morning <= evening:
        for each in papers.plans:
            if each.start == morning:
                plan, plan_base, broken = each, fine_in, False
        # what should have been paid before today
        missing = max(0, fine - fine_in)
        if plan is None:
            late = missing if papers.due is not None and morning > papers.due else 0
        elif broken and plan.clause.value == "whole":
            late = missing
        else:
            asked = sum(cents(i.amount) for i in plan.instalments if i.day < morning)
            late = min(missing, max(0, asked - (fine_in - plan_base)))
        quiet = any(
            p.first <= morning and (p.last is None or morning <= p.last) for p in papers.pauses
        ) or (papers.stopped is not None and morning > papers.stopped)
        if late > 0 and not quiet and not full and cap > 0:
            on = fine if papers.terms.base.value == "whole" else late
            step = on * UNIT * papers.terms.rate.numerator // papers.terms.rate.denominator
            units += half_up(step) * UNIT if papers.terms.rounding.value == "day" else step
            full = min(half_up(units), cap) >= cap
        accrued = min(half_up(units), cap)
        for paid in papers.receipts:
            if paid.day != morning:
                continue
            money = cents(paid.amount)
            room = max(0, accrued - extra_in)
            meant = min(cents(paid.surcharge), room, money)
            extra_in += meant
            money -= meant
            for part in papers.terms.order:
                if part.value == "fine":
                    goes = min(money, max(0, fine - fine_in))
                    fine_in += goes
                elif part.value == "confiscated":
                    goes = min(money, max(0, taken - taken_in))
                    taken_in += goes
                else:
                    goes = min(money, max(0, accrued - extra_in))
                    extra_in += goes
                money -= goes
            credit += money
        for given in papers.waivers:
            if given.day == morning:
                extra_in += min(cents(given.amount), accrued - extra_in)
        for back in papers.refunds:
            if back.day == morning:
                credit -= cents(back.amount)
        if plan is not None and not broken and any(i.day == morning for i in plan.instalments):
            asked = sum(cents(i.amount) for i in plan.instalments if i.day <= morning)
            short = min(max(0, fine - fine_in), max(0, asked - (fine_in - plan_base)))
            broken = short > 0
        morning += timedelta(days=1)
    accrued = min(half_up(units), cap)
    return Sums(fine - fine_in, taken - taken_in, accrued - extra_in, credit, accrued)
