"""An account worked through, one day after another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from models.errors import Text
from workflows.ledger import words
from workflows.ledger.account import (
    ZERO,
    Account,
    Base,
    Change,
    Clause,
    Part,
    Plan,
    Receipt,
    Rounding,
)
from workflows.ledger.book import ONE_DAY, Amounts, Entry, Kind, Ledger

HORIZON = 20 * 366
"""Days that a forecast of the cap looks ahead before it gives up."""


def ledger(account: Account, until: date) -> Ledger:
    """Work the account through, day by day, up to the end of `until`."""
    return _Run(account).through(until)


def cap_day(account: Account, after: date) -> date | None:
    """The day on which the surcharge reaches its ceiling if nothing more happens."""
    if account.due is None and not account.plans:
        return None
    run = _Run(account)
    day = account.decided
    end = max(after, account.decided) + timedelta(days=HORIZON)
    while day <= end:
        run.day(day)
        if run.capped is not None and day >= after:
            return run.capped
        if day > after and not run.may_run_on(day):
            return None
        day += ONE_DAY
    return None


class _Run:
    """The state of the account while its days are worked through."""

    def __init__(self, account: Account, amounts: Change | None = None) -> None:
        self.account = account
        self.terms = account.terms
        fine = amounts.fine if amounts else account.fine
        confiscated = amounts.confiscated if amounts else account.confiscated
        self.ordered = Amounts(fine=fine, confiscated=confiscated)
        self.settled = Amounts()
        """What was paid or waived of each part, and the credit."""
        self.exact = Fraction(0)
        self.accrued = ZERO
        self.capped: date | None = None
        self.defaulted: date | None = None
        self.plan: Plan | None = None
        self.before_plan = ZERO
        self.entries: list[Entry] = []
        self.allocations: dict[int, Amounts] = {}
        self.shown = Amounts()

    def through(self, until: date) -> Ledger:
        """All days up to and with `until`."""
        day = self.account.decided
        while day <= until:
            self.day(day)
            day += ONE_DAY
        nothing = Amounts()
        return Ledger(
            account=self.account,
            until=until,
            entries=tuple(self.entries),
            balance=self.balance,
            accrued=self.accrued,
            ceiling=self.ceiling,
            allocations=tuple(
                self.allocations.get(i, nothing) for i in range(len(self.account.receipts))
            ),
            capped_on=self.capped,
            defaulted_on=self.defaulted,
        )

    @property
    def balance(self) -> Amounts:
        """What is owed now; the credit stands beside it."""
        return Amounts(
            fine=self.ordered.fine - self.settled.fine,
            confiscated=self.ordered.confiscated - self.settled.confiscated,
            surcharge=self.accrued - self.settled.surcharge,
            credit=self.settled.credit,
        )

    @property
    def ceiling(self) -> Decimal:
        """The cap in yuan (AEL 45)."""
        return self.terms.cents(Fraction(self.ordered.fine) * self.terms.cap)

    def day(self, day: date) -> None:
        """One day, in the order that the module states."""
        if day == self.account.decided:
            self._note(day, Kind.DECIDED, words.decided(self.ordered))
        self._change(day)
        self._take_plan(day)
        self._surcharge(day)
        self._receive(day)
        self._waive(day)
        self._refund(day)
        self._miss(day)

    def may_run_on(self, day: date) -> bool:
        """Whether surcharge can still come to be, today or later, if nothing more happens."""
        stopped = self.account.stopped is not None and day >= self.account.stopped
        endless = any(p.last is None and p.first <= day for p in self.account.pauses)
        return not stopped and not endless and self.balance.fine > 0 and bool(self.ceiling)

    def overdue(self, day: date) -> Decimal:
        """Yuan of the fine whose last day lies before the day."""
        left = self.balance.fine
        if self.plan is None:
            due = self.account.due
            return left if due is not None and due < day else ZERO
        if self.defaulted is not None and self.plan.clause is Clause.WHOLE:
            return left
        called = sum((i.amount for i in self.plan.instalments if i.day < day), ZERO)
        return min(left, max(ZERO, called - (self.settled.fine - self.before_plan)))

    def _change(self, day: date) -> None:
        for change in self.account.changes:
            if change.day == day:
                self._replay(change)
                self._note(day, Kind.CHANGED, words.changed(change))

    def _replay(self, change: Change) -> None:
        """The new amounts count from the start: the days before are worked through again."""
        again = _Run(replace(self.account, changes=()), change)
        day = self.account.decided
        while day < change.day:
            again.day(day)
            day += ONE_DAY
        for name in ("ordered", "settled", "exact", "accrued", "capped", "defaulted", "plan",
                     "before_plan", "allocations"):  # fmt: skip
            setattr(self, name, getattr(again, name))

    def _take_plan(self, day: date) -> None:
        for plan in self.account.plans:
            if plan.start == day:
                self.plan, self.defaulted = plan, None
                self.before_plan = self.settled.fine
                self._note(day, Kind.PLANNED, words.planned(plan))

    def _surcharge(self, day: date) -> None:
        overdue = self.overdue(day)
        if overdue <= 0 or self.capped is not None or not self.ceiling:
            return
        if self.account.stopped is not None and day > self.account.stopped:
            return
        pause = next((p for p in self.account.pauses if p.covers(day)), None)
        if pause is not None:
            self._note(day, Kind.PAUSED, pause.reason)
            return
        base = self.ordered.fine if self.terms.base is Base.WHOLE else overdue
        self._accrue(Fraction(base) * self.terms.rate)
        self._note(day, Kind.SURCHARGED, words.surcharged(base, self.terms), base=base)
        if self.accrued >= self.ceiling:
            self.capped = day
            self._note(day, Kind.CAPPED, words.capped(self.ceiling))

    def _accrue(self, exact: Fraction) -> None:
        if self.terms.rounding is Rounding.DAY:
            self.exact += Fraction(self.terms.cents(exact))
        else:
            self.exact += exact
        self.accrued = min(self.terms.cents(self.exact), self.ceiling)

    def _receive(self, day: date) -> None:
        for index, receipt in enumerate(self.account.receipts):
            if receipt.day == day:
                got = self.allocate(receipt)
                self.allocations[index] = got
                self.settled = self.settled.plus(got)
                kind = Kind.SET_OFF if receipt.set_off else Kind.PAID
                self._note(day, kind, words.received(receipt, got))

    def allocate(self, receipt: Receipt) -> Amounts:
        """What a receipt goes to: first what the payer meant, then by the order of the terms."""
        owed = {part: getattr(self.balance, part.value) for part in Part}
        meant = min(receipt.surcharge, owed[Part.SURCHARGE], receipt.amount)
        got = dict.fromkeys(Part, ZERO) | {Part.SURCHARGE: meant}
        left = receipt.amount - meant
        for part in self.terms.order:
            share = min(left, max(ZERO, owed[part] - got[part]))
            got[part] += share
            left -= share
        return Amounts(got[Part.FINE], got[Part.CONFISCATED], got[Part.SURCHARGE], left)

    def _waive(self, day: date) -> None:
        for waiver in self.account.waivers:
            if waiver.day == day:
                share = min(waiver.amount, getattr(self.balance, waiver.part.value))
                given = Amounts(**{waiver.part.value: share})
                self.settled = self.settled.plus(given)
                self._note(day, Kind.WAIVED, words.waived(waiver, share))

    def _refund(self, day: date) -> None:
        for refund in self.account.refunds:
            if refund.day == day:
                self.settled = self.settled.minus(Amounts(credit=refund.amount))
                self._note(day, Kind.REFUNDED, words.refunded(refund))

    def _miss(self, day: date) -> None:
        """The end of an instalment's last day: what is missing then is a default."""
        if self.plan is None or self.defaulted is not None:
            return
        last = any(i.day == day for i in self.plan.instalments)
        if last and self.overdue(day + ONE_DAY) > 0:
            self.defaulted = day
            left, whole = self.balance.fine, self.plan.clause is Clause.WHOLE
            self._note(day, Kind.DEFAULTED, words.defaulted(left, whole))

    def _note(self, day: date, kind: Kind, text: Text, base: Decimal = ZERO) -> None:
        balance = self.balance
        self.entries.append(
            Entry(day, kind, balance.minus(self.shown), balance, text, base)
        )  # fmt: skip
        self.shown = balance
