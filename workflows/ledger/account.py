"""What an account rests on: amounts, terms, plans, pauses, money that came and went."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from models.errors import Text

ZERO = Decimal(0)
CENT = Decimal("0.01")


class Part(StrEnum):
    """What a yuan is owed for."""

    FINE = "fine"
    CONFISCATED = "confiscated"
    SURCHARGE = "surcharge"


class Base(StrEnum):
    """What the surcharge of a day is counted on: the fine that is overdue, or the whole fine."""

    OVERDUE = "overdue"
    WHOLE = "whole"


class Rounding(StrEnum):
    """Which sum is rounded to the cent: the total so far, or each day's amount by itself."""

    TOTAL = "total"
    DAY = "day"


class Clause(StrEnum):
    """What a missed instalment makes due: all that is left, or that instalment alone."""

    WHOLE = "whole"
    MISSED = "missed"


MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
"""How a part of a cent is rounded."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The dated parameters of the account.

    `rate` is the share a day, `cap` the share of the fine above which the surcharge never goes;
    `order` is what a payment goes to first.
    """

    rate: Fraction = Fraction(3, 100)
    cap: Fraction = Fraction(1)
    base: Base = Base.OVERDUE
    rounding: Rounding = Rounding.TOTAL
    mode: str = "half_up"
    order: tuple[Part, ...] = (Part.FINE, Part.CONFISCATED, Part.SURCHARGE)

    def cents(self, exact: Fraction) -> Decimal:
        """An exact sum of yuan, rounded to the cent; sums of the law have few digits."""
        number = Decimal(exact.numerator) / Decimal(exact.denominator)
        return number.quantize(CENT, rounding=MODES[self.mode])


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a plan: yuan of the fine, and the last day on which it is in time."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """An approved deferral or payment by instalments (APL 66), in force from the day on which it
    was approved; it replaces what was due before, also an earlier plan."""

    start: date
    instalments: tuple[Instalment, ...]
    clause: Clause = Clause.WHOLE


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which no surcharge runs, both ends included; no `last` while it goes on."""

    reason: Text
    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money received. `surcharge` is the part that the payer meant for the surcharge."""

    day: date
    amount: Decimal
    surcharge: Decimal = ZERO
    set_off: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refund:
    """Money paid back (退款)."""

    day: date
    amount: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """Surcharge given up in a settlement (AEL 42), or a rest that is no longer enforced."""

    day: date
    amount: Decimal
    part: Part = Part.SURCHARGE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The decision was changed or revoked: the new amounts count from the start."""

    day: date
    fine: Decimal
    confiscated: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that the sums rest on. `due` is the last day to pay, moved to a working day;
    None before the decision is served. `stopped` is the last day on which surcharge may run."""

    decided: date
    fine: Decimal
    confiscated: Decimal = ZERO
    due: date | None = None
    terms: Terms = field(default_factory=Terms)
    plans: tuple[Plan, ...] = ()
    pauses: tuple[Pause, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    refunds: tuple[Refund, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    changes: tuple[Change, ...] = ()
    stopped: date | None = None
