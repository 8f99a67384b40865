"""Money as Chinese law wants it: in figures and in words (大写), equal in every document (V32)."""

from __future__ import annotations

from decimal import Decimal
from typing import TypedDict

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "兆")

LIMIT = Decimal(10) ** 16
"""Yuan. The four groups 兆, 亿, 万 and 个 hold sixteen digits."""


class Amount(TypedDict):
    """One amount for a document: `figures` like 1,200.00, `words` like 壹仟贰佰元整, in yuan."""

    figures: str
    words: str


def amount(yuan: Decimal) -> Amount:
    """Both forms of one amount."""
    return {"figures": f"{_to_fen(yuan):,.2f}", "words": chinese_amount(yuan)}


def chinese_amount(yuan: Decimal) -> str:
    """The amount in capital Chinese numerals, e.g. 壹拾万零捌佰元整.

    Follows the rules for bank slips: 整 after 元 or 角, one 零 for any run of zeros inside,
    壹拾 and never 拾 alone.
    """
    fen = int(_to_fen(yuan) * 100)
    if fen == 0:
        return "零元整"
    whole, cents = divmod(fen, 100)
    jiao, single = divmod(cents, 10)
    words = f"{_integer(whole)}元" if whole else ""
    if cents == 0:
        return words + "整"
    # 零 stands before 角 when 元 ends in zero, and before 分 when there is no 角.
    if jiao:
        words += ("零" if whole and whole % 10 == 0 else "") + _DIGITS[jiao] + "角"
    elif whole:
        words += "零"
    return words + (_DIGITS[single] + "分" if single else "整")


def _to_fen(yuan: Decimal) -> Decimal:
    """Exact to the fen; a document never rounds money."""
    if not yuan.is_finite() or yuan < 0 or yuan >= LIMIT:
        raise ValueError(f"not an amount of money: {yuan}")
    exact = yuan.quantize(Decimal("0.01"))
    if exact != yuan:
        raise ValueError(f"finer than one fen: {yuan}")
    return exact


def _integer(number: int) -> str:
    words = ""
    zero_due = False
    for index in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10000**index % 10000
        if group == 0:
            zero_due = bool(words)
            continue
        if words and (zero_due or group < 1000):
            words += "零"
        words += _four_digits(group) + _GROUPS[index]
        zero_due = False
    return words


def _four_digits(number: int) -> str:
    words = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and number % 10**place:
            words = words.rstrip("零") + "零"
    return words
