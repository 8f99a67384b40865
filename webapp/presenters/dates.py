"""Dates and times as people read them, in Shanghai time (北京时间).

Every function takes the language, so that a list in the background or a test says the same as
a page. A legal day is a ``date``; an instant is an aware UTC ``datetime``.
"""

from __future__ import annotations

from datetime import date, datetime

from models.duration import SHANGHAI, law_day

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
DASH = "—"


def is_english(lang: str) -> bool:
    """Say whether a language code asks for English; everything else reads Chinese."""
    return lang.lower().startswith("en")


def day(value: date | None, lang: str = "zh") -> str:
    """2025年9月24日（周三）, in English Wed, 24 Sep 2025; a dash for no date."""
    if value is None:
        return DASH
    if is_english(lang):
        month = MONTHS_EN[value.month - 1]
        return f"{WEEKDAYS_EN[value.weekday()]}, {value.day} {month} {value.year}"
    return f"{plain_day(value)}（周{WEEKDAYS_ZH[value.weekday()]}）"


def plain_day(value: date | None, lang: str = "zh") -> str:
    """2025年9月24日, without the day of the week, as documents write it."""
    if value is None:
        return DASH
    if is_english(lang):
        return f"{value.day} {MONTHS_EN[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def short_day(value: date | None, lang: str = "zh", *, today: date | None = None) -> str:
    """9月24日; with the year when it is not this year's, so that a list never misleads."""
    if value is None:
        return DASH
    if today is not None and value.year != today.year:
        return plain_day(value, lang)
    if is_english(lang):
        return f"{value.day} {MONTHS_EN[value.month - 1]}"
    return f"{value.month}月{value.day}日"


def weekday_day(value: date | None, lang: str = "zh", *, today: date | None = None) -> str:
    """5月19日（周一）: the short date with its day of the week."""
    if value is None:
        return DASH
    if is_english(lang):
        return f"{WEEKDAYS_EN[value.weekday()]}, {short_day(value, lang, today=today)}"
    return f"{short_day(value, lang, today=today)}（周{WEEKDAYS_ZH[value.weekday()]}）"


def clock_time(value: datetime) -> str:
    """14:02, in Shanghai."""
    return f"{value.astimezone(SHANGHAI):%H:%M}"


def moment(value: datetime | None, lang: str = "zh", *, today: date | None = None) -> str:
    """5月29日 15:30; 今天 15:30 on the day itself."""
    if value is None:
        return DASH
    on = law_day(value)
    if today is not None and on == today:
        return f"{'Today' if is_english(lang) else '今天'} {clock_time(value)}"
    return f"{short_day(on, lang, today=today)} {clock_time(value)}"


def full_moment(value: datetime | None, lang: str = "zh") -> str:
    """2025年5月19日（周一）14:02, for records and proofs."""
    if value is None:
        return DASH
    gap = " " if is_english(lang) else ""
    return f"{day(law_day(value), lang)}{gap}{clock_time(value)}"


def since(value: datetime | None, lang: str = "zh", *, today: date) -> str:
    """Since when something waits: the time today, the date before that."""
    if value is None:
        return DASH
    on = law_day(value)
    return moment(value, lang, today=today) if on == today else short_day(on, lang, today=today)


def nth_day(first: date, today: date, lang: str = "zh") -> str:
    """Which day of a stage that still runs: 第 7 天 (the first day is the first)."""
    number = (today - first).days + 1
    return f"day {number}" if is_english(lang) else f"第 {number} 天"
