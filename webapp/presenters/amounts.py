"""Money, numbers and file sizes as people read them."""

from __future__ import annotations

from decimal import Decimal

from webapp.presenters.dates import DASH, is_english

STEP = 1024
SIZES = ("B", "KB", "MB", "GB", "TB")
COUNT_CAP = 1000


def number(value: Decimal | int) -> str:
    """100,800 or 1,234.50: thousands separated, two places only when there are any."""
    if isinstance(value, int) or value == value.to_integral_value():
        return f"{int(value):,}"
    return f"{value:,.2f}"


def yuan(value: Decimal | int | None, lang: str = "zh") -> str:
    """100,800 元; in English 100,800 yuan. Money is Decimal yuan throughout."""
    if value is None:
        return DASH
    return f"{number(value)} {'yuan' if is_english(lang) else '元'}"


def percent(part: int, whole: int) -> str:
    """92.5%: one place; a dash when there is nothing to divide by."""
    return f"{100 * part / whole:.1f}%" if whole else DASH


def capped(value: int, cap: int = COUNT_CAP) -> str:
    """Counts are exact to 1,000 and 1,000+ beyond, because counting further costs too much."""
    return f"{cap:,}+" if value > cap else f"{value:,}"


def file_size(octets: int) -> str:
    """3.2 MB."""
    size = float(octets)
    for unit in SIZES:
        if size < STEP or unit == SIZES[-1]:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}"
        size /= STEP
    raise AssertionError("the last unit takes every size")
