"""The account of a fine (罚款账): what is owed on a day and why. Pure: no database, no clock.

Money is Decimal yuan to the cent. A day is worked through in this order: the decision or its
change; the surcharge of the day on what was overdue when the day began; payments and set-offs;
waivers; refunds. Laws: APL 66 (instalments), 67, 72 and 73 (surcharge, none during a remedy),
AEL 42 (waiver by settlement), AEL 45 (never more than the fine).
"""

from workflows.ledger.account import (
    CENT,
    ZERO,
    Account,
    Base,
    Change,
    Clause,
    Instalment,
    Part,
    Pause,
    Plan,
    Receipt,
    Refund,
    Rounding,
    Terms,
    Waiver,
)
from workflows.ledger.book import Amounts, Entry, Kind, Ledger, first_day, folded
from workflows.ledger.run import cap_day, ledger
from workflows.ledger.words import percent, yuan

__all__ = [
    "CENT",
    "ZERO",
    "Account",
    "Amounts",
    "Base",
    "Change",
    "Clause",
    "Entry",
    "Instalment",
    "Kind",
    "Ledger",
    "Part",
    "Pause",
    "Plan",
    "Receipt",
    "Refund",
    "Rounding",
    "Terms",
    "Waiver",
    "cap_day",
    "first_day",
    "folded",
    "ledger",
    "percent",
    "yuan",
]
