"""Values as people and programs send them, made exact or refused with one problem.

Each function takes the plain value of a JSON body, a scenario file or a posted page (never empty:
empties are null before they come here) and returns the typed value.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from workflows.forms import problems
from workflows.forms.problems import Problem

SHANGHAI = ZoneInfo("Asia/Shanghai")
YEARS = range(1900, 2201)

_MONEY = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,2})?")
_INTEGER = re.compile(r"-?[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_KEY = re.compile(r"[^\s\x00-\x1f\x7f]{1,100}")
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They make a text read otherwise than it is stored: never in a legal document."""
Day = TypeVar("Day", bound=date)

_LARGEST_INTEGER = 999_999_999
_LARGEST_AMOUNT = 10**13


class BadValue(ValueError):
    """The value is refused for one reason."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def text(value: Any, *, most: int, lines: bool) -> str:
    """A text in normal form C. Emoji and rare characters stay; control characters are refused."""
    if not isinstance(value, str):
        raise BadValue(problems.NOT_TEXT)
    if len(value) > 4 * most:
        # Normal form C shortens a text at most this much: do not work on an oversize one.
        raise BadValue(problems.too_long(most))
    unified = value.replace("\r\n", "\n").replace("\r", "\n")
    clean = unicodedata.normalize("NFC", unified).strip()
    if not lines and "\n" in clean:
        raise BadValue(problems.LINE_BREAK)
    if any(_is_control(character) for character in clean):
        raise BadValue(problems.CONTROL_CHARACTER)
    if len(clean) > most:
        raise BadValue(problems.too_long(most))
    return clean


def _is_control(character: str) -> bool:
    if character in "\n\t":
        return False
    category = unicodedata.category(character)
    return category in ("Cc", "Cs", "Zl", "Zp") or character in _DIRECTION_OVERRIDES


def money(value: Any) -> Decimal:
    """Yuan with at most two decimals. NaN, infinity and exponents are refused."""
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        value = _written(value)
    if not isinstance(value, str):
        raise BadValue(problems.NOT_MONEY)
    written = value.strip()
    if not _MONEY.fullmatch(written):
        raise BadValue(problems.NOT_MONEY)
    return Decimal(written)


def _written(amount: Decimal | int | float) -> str:
    """As digits. The bound comes first: writing out 1E+999999 would fill the memory."""
    finite = amount.is_finite() if isinstance(amount, Decimal) else amount == amount
    if not finite or not -_LARGEST_AMOUNT < amount < _LARGEST_AMOUNT:
        raise BadValue(problems.NOT_MONEY)
    return f"{amount:f}" if isinstance(amount, Decimal) else str(amount)


def integer(value: Any) -> int:
    """A whole number of at most nine digits."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST_INTEGER:
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
        return int(value)
    raise BadValue(problems.NOT_AN_INTEGER)


def boolean(value: Any) -> bool:
    """True or false, as JSON or as a page spells them."""
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise BadValue(problems.NOT_A_BOOLEAN)


def day(value: Any) -> date:
    """A calendar day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return _within_years(value, problems.NOT_A_DATE)
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        try:
            return _within_years(date.fromisoformat(value.strip()), problems.NOT_A_DATE)
        except ValueError as error:
            raise BadValue(problems.NOT_A_DATE) from error
    raise BadValue(problems.NOT_A_DATE)


def moment(value: Any) -> datetime:
    """A moment in UTC. Without an offset it is Beijing time, as it stands on paper."""
    if isinstance(value, str) and _TIME.fullmatch(value.strip()):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError as error:
            raise BadValue(problems.NOT_A_TIME) from error
    if not isinstance(value, datetime):
        raise BadValue(problems.NOT_A_TIME)
    _within_years(value, problems.NOT_A_TIME)
    return (value if value.tzinfo else value.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def _within_years(value: Day, problem: Problem) -> Day:
    if value.year not in YEARS:
        raise BadValue(problem)
    return value


def key(value: Any) -> str:
    """The key of a person, matter, document or file; the command asks whether it exists."""
    if isinstance(value, int) and not isinstance(value, bool):
        # The number of an evidence item: files and programs write it without quotes.
        value = str(value)
    if not isinstance(value, str) or not _KEY.fullmatch(value.strip()):
        raise BadValue(problems.NOT_A_KEY)
    return value.strip()
