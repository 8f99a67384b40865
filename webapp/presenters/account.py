"""The account of a fine as people read it: lines of days, and a small drawing of what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from workflows.ledger import Amounts, Entry, Kind, Ledger, first_day, folded, yuan

WIDE, HIGH, LEFT, TOP = 640, 170, 66, 12
"""The field of the drawing, in its own units, and the room for figures at its left and top."""
FOOT = 24


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the account: from which day to which, why, what it changed, what stands then."""

    first: date
    last: date
    text: str
    fine: str
    surcharge: str
    owed: str
    credit: str
    kind: str


def lines(book: Ledger, lang: str) -> list[Line]:
    """The account with the surcharge of neighbouring days as one line."""
    return [_line(entry, lang) for entry in folded(book.entries)]


def daily(book: Ledger, lang: str) -> list[list[str]]:
    """Every line by its own day, for a spreadsheet."""
    return [
        [
            entry.day.isoformat(),
            entry.text[lang],
            *(f"{part:.2f}" for part in _parts(entry.change)),
            *(f"{part:.2f}" for part in _parts(entry.balance)),
        ]
        for entry in book.entries
    ]


def _parts(amounts: Amounts) -> tuple[Decimal, ...]:
    return amounts.fine, amounts.confiscated, amounts.surcharge, amounts.credit


def _line(entry: Entry, lang: str) -> Line:
    return Line(
        first=first_day(entry),
        last=entry.day,
        text=_words(entry, lang),
        fine=signed(entry.change.principal),
        surcharge=signed(entry.change.surcharge),
        owed=yuan(entry.balance.total),
        credit=yuan(entry.balance.credit) if entry.balance.credit else "",
        kind=entry.kind.value,
    )


def _words(entry: Entry, lang: str) -> str:
    """A folded line of surcharge says the whole sum."""
    text = entry.text[lang]
    if entry.kind is not Kind.SURCHARGED:
        return text
    added = yuan(entry.change.surcharge)
    if lang == "en":
        days = "day" if entry.days == 1 else "days"
        return f"{text} × {entry.days} {days} = {added} yuan"
    return f"{text} × {entry.days}日 = {added}元"


def signed(amount: Decimal) -> str:
    """+45.00, −500.00, or nothing."""
    if not amount:
        return ""
    return f"+{yuan(amount)}" if amount > 0 else f"−{yuan(-amount)}"


def drawing(book: Ledger, until: date) -> dict[str, Any] | None:
    """What is owed day by day: the principal as a line, the surcharge above it as a field."""
    first = book.account.decided
    days = (until - first).days
    if days < 1:
        return None
    series = [(first + timedelta(days=n)) for n in range(days + 1)]
    points = [book.on(day) for day in series]
    most = max((each.total for each in points), default=Decimal(0))
    if not most:
        return None
    high = HIGH - TOP - FOOT
    across = [LEFT + (WIDE - LEFT - 8) * n / days for n in range(days + 1)]
    principal = [_height(each.principal, most, high) for each in points]
    total = [_height(each.total, most, high) for each in points]
    steps = _steps(across, principal)
    return {
        "width": WIDE,
        "height": HIGH,
        "left": LEFT,
        "base": HIGH - FOOT,
        "principal": _path(steps),
        "surcharge": _path([*_steps(across, total), *reversed(steps)]),
        "top": yuan(most),
        "top_y": TOP,
        "days": [(round(across[n], 1), series[n]) for n in sorted({0, days // 2, days})],
        "due": _due(book, series, across),
    }


def _due(book: Ledger, series: Sequence[date], across: Sequence[float]) -> float | None:
    due = book.account.due
    return round(across[series.index(due)], 1) if due in series else None


def _height(amount: Decimal, most: Decimal, high: int) -> float:
    return TOP + high * float(1 - amount / most)


def _steps(across: Sequence[float], heights: Sequence[float]) -> list[tuple[float, float]]:
    """Amounts change at once, not slowly: level to the day, then up or down."""
    found = [(across[0], heights[0])]
    for n in range(1, len(across)):
        found += [(across[n], heights[n - 1]), (across[n], heights[n])]
    return found


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
