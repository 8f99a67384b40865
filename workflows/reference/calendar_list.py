"""The yearly notice as somebody pastes it (放假安排): days and spans with 休 or 班, one a line.

    2027-02-05..2027-02-11 休      2027年2月14日 班      2027-05-01,off      2027-05-08 work

A line that is not understood refuses the whole list: half a calendar is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from models.calendar import CalendarStatus, YearTable, is_weekend
from models.errors import Text

OFF = frozenset({"休", "放假", "休息", "off", "holiday"})
WORK = frozenset({"班", "上班", "工作", "work", "workday"})
MOST_LINES, LONGEST_SPAN = 400, 31
_DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:\.\.|至|到|—|~|–)\s*{_DAY})?[\s,，;；：:]*(\S+)")


@dataclass(frozen=True)
class PastedDays:
    """Days off and make-up working days, and whatever was not understood."""

    off: frozenset[date]
    work: frozenset[date]
    problems: tuple[Text, ...]


def read_list(text: str) -> PastedDays:
    """The days of a pasted list; every line that cannot be read is a problem of its own."""
    days: dict[str, set[date]] = {"off": set(), "work": set()}
    problems: list[Text] = []
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        too_long = Text(f"超过{MOST_LINES}行", f"more than {MOST_LINES} lines")
        return PastedDays(frozenset(), frozenset(), (too_long,))
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _read(line.strip())
        if isinstance(found, Text):
            problems.append(Text(f"第{number}行：{found.zh}", f"line {number}: {found.en}"))
            continue
        kind, span = found
        twice = sorted(span & (days["off"] | days["work"]))
        if twice:
            problems.append(
                Text(f"第{number}行：{twice[0]}重复", f"line {number}: {twice[0]} stands twice")
            )
        days[kind] |= span
    return PastedDays(frozenset(days["off"]), frozenset(days["work"]), tuple(problems))


def _read(line: str) -> tuple[str, set[date]] | Text:
    match = _LINE.fullmatch(line)
    if match is None:
        return Text(
            f"看不懂“{line[:40]}”，请写成“2027-02-05..2027-02-11 休”",
            f"“{line[:40]}” is not understood: write “2027-02-05..2027-02-11 off”",
        )
    word = match[7].lower()
    kind = "off" if word in OFF else "work" if word in WORK else ""
    if not kind:
        return Text(f"“{match[7]}”不是休或者班", f"“{match[7]}” is neither off nor work")
    try:
        first = date(int(match[1]), int(match[2]), int(match[3]))
        last = date(int(match[4]), int(match[5]), int(match[6])) if match[4] else first
    except ValueError:
        return Text("没有这一天", "there is no such day")
    if not 0 <= (last - first).days < LONGEST_SPAN:
        return Text("起止日期不对", "the span is not in order")
    return kind, {first + timedelta(days=n) for n in range((last - first).days + 1)}


def year_table(year: int, notice: str, days: PastedDays) -> YearTable:
    """The official table of the year; ValueError says what does not fit (dates, weekends)."""
    return YearTable(year, days.off, days.work, CalendarStatus.OFFICIAL, notice)


def days_gained(table: YearTable) -> int:
    """Working days that the year loses to holidays: days off from Monday to Friday less make-up
    days. The national rules (《全国年节及纪念日放假办法》) fix this number."""
    return sum(not is_weekend(day) for day in table.off) - len(table.work)
