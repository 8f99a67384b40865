"""How the record is worded on paper: Chinese dates, amounts, articles. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from workflows.documents.amounts import Amount, amount

SHANGHAI = ZoneInfo("Asia/Shanghai")
_DIGITS = "〇一二三四五六七八九"


def day(value: date | datetime | None) -> str:
    """2025年10月9日, in Shanghai; empty when there is none."""
    if value is None:
        return ""
    local = value.astimezone(SHANGHAI) if isinstance(value, datetime) else value
    return f"{local.year}年{local.month}月{local.day}日"


def moment(value: datetime | None) -> str:
    """2025年9月8日9时20分, in Shanghai; empty when there is none."""
    if value is None:
        return ""
    local = value.astimezone(SHANGHAI)
    return f"{day(local)}{local.hour}时{local.minute:02d}分"


def span(start: datetime | None, end: datetime | None) -> str:
    """From … to …; the day stands once when both are on it."""
    if start is None or end is None:
        return moment(start or end)
    first, last = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)
    if first.date() == last.date():
        return f"{moment(start)}至{last.hour}时{last.minute:02d}分"
    return f"{moment(start)}至{moment(end)}"


def formal_day(value: datetime) -> str:
    """二〇二五年十月九日, as it stands beside a seal."""
    local = value.astimezone(SHANGHAI)
    year = "".join(_DIGITS[int(digit)] for digit in str(local.year))
    return f"{year}年{count(local.month)}月{count(local.day)}日"


def count(number: int) -> str:
    """A number below a hundred in Chinese: 六, 十五, 二十, 六十."""
    if not 0 <= number < 100:
        raise ValueError(f"not below a hundred: {number}")
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    head = "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def percent(rate: Fraction) -> str:
    """百分之三 from 3/100; a share that is no whole per cent is written in figures."""
    share = rate * 100
    if share.denominator == 1 and 0 <= share < 100:
        return f"百分之{count(int(share))}"
    return f"{float(share):g}%"


def money(yuan: Decimal | None) -> Amount | None:
    """Both forms, or none."""
    return None if yuan is None else amount(yuan)


def cited(entry: Mapping[str, Any]) -> str:
    """《法律名称》第十七条第一款: the words under which the record cites an article."""
    return str(entry.get("zh") or entry.get("law") or "")


def size(count_of_bytes: int) -> str:
    """A file's size in bytes, grouped, with its unit."""
    return f"{count_of_bytes:,} 字节"
