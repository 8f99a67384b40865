"""What comes out of an account: its lines by day, and what is owed after each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from models.errors import Text
from workflows.ledger.account import ZERO, Account, Instalment

ONE_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What an entry records."""

    DECIDED = "decided"
    CHANGED = "changed"
    PLANNED = "planned"
    DEFAULTED = "defaulted"
    SURCHARGED = "surcharged"
    PAUSED = "paused"
    CAPPED = "capped"
    PAID = "paid"
    SET_OFF = "set_off"
    WAIVED = "waived"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Amounts:
    """Yuan by what they are for. `credit` is what was paid too much and not paid back."""

    fine: Decimal = ZERO
    confiscated: Decimal = ZERO
    surcharge: Decimal = ZERO
    credit: Decimal = ZERO

    @property
    def principal(self) -> Decimal:
        """Fine and confiscation together."""
        return self.fine + self.confiscated

    @property
    def total(self) -> Decimal:
        """All that is owed."""
        return self.principal + self.surcharge

    def plus(self, other: Amounts) -> Amounts:
        """Both together."""
        return Amounts(
            self.fine + other.fine,
            self.confiscated + other.confiscated,
            self.surcharge + other.surcharge,
            self.credit + other.credit,
        )

    def minus(self, other: Amounts) -> Amounts:
        """The difference."""
        turned = Amounts(-other.fine, -other.confiscated, -other.surcharge, -other.credit)
        return self.plus(turned)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what changed what is owed, on which day, in words; `balance` stands after it.

    A surcharge line says what it was counted on (`base`) and holds one day, or as many days as
    `days` when lines were folded.
    """

    day: date
    kind: Kind
    change: Amounts
    balance: Amounts
    text: Text
    base: Decimal = ZERO
    days: int = 1


@dataclass(frozen=True, slots=True)
class Ledger:
    """The account worked through up to a day."""

    account: Account
    until: date
    entries: tuple[Entry, ...]
    balance: Amounts
    accrued: Decimal
    """Surcharge of all days up to `until`, whether or not it was paid or waived."""
    ceiling: Decimal
    """The most that the surcharge may come to."""
    allocations: tuple[Amounts, ...]
    """What each receipt went to, in the order of the account's receipts."""
    capped_on: date | None
    """The day on which the surcharge reached its ceiling."""
    defaulted_on: date | None
    """The day after which the plan in force was in default."""

    def on(self, day: date) -> Amounts:
        """What is owed when the day ends, as it was known on that day."""
        past = [entry.balance for entry in self.entries if entry.day <= day]
        return past[-1] if past else Amounts()

    @property
    def next_due(self) -> Instalment | None:
        """What has to be paid next, and by when: the rest of an instalment, or of the fine."""
        return _next_due(self)


def _next_due(book: Ledger) -> Instalment | None:
    account, left = book.account, book.balance.fine
    plans = [plan for plan in account.plans if plan.start <= book.until]
    if not plans or book.defaulted_on is not None:
        return Instalment(account.due, book.balance.principal) if account.due and left else None
    plan = max(plans, key=lambda each: each.start)
    total = sum((i.amount for i in plan.instalments), ZERO)
    paid = max(ZERO, total - left)
    for part in sorted(plan.instalments, key=lambda each: each.day):
        if paid < part.amount:
            return Instalment(part.day, part.amount - paid)
        paid -= part.amount
    return None


def folded(entries: tuple[Entry, ...]) -> list[Entry]:
    """The same lines, surcharge of neighbouring days on the same base as one."""
    out: list[Entry] = []
    for entry in entries:
        last = out[-1] if out else None
        if last is not None and _continues(last, entry):
            days = last.days + entry.days
            out[-1] = replace(
                entry, days=days, change=last.change.plus(entry.change), day=entry.day,
            )  # fmt: skip
        else:
            out.append(entry)
    return out


def first_day(entry: Entry) -> date:
    """The first day of a folded line."""
    return entry.day - timedelta(days=entry.days - 1)


def _continues(last: Entry, entry: Entry) -> bool:
    same = last.kind is entry.kind and entry.kind in (Kind.SURCHARGED, Kind.PAUSED)
    alike = last.base == entry.base and (entry.kind is Kind.SURCHARGED or last.text == entry.text)
    return same and alike and entry.day - last.day == ONE_DAY
