"""Load the working-day calendar (工作日历) from its yearly YAML files, strictly.

A wrong holiday silently moves legal deadlines, so a file with an unknown key, a date of
another year, a make-up day on a weekday or a day listed twice is refused whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import yaml

from models.calendar import CalendarStatus, WorkCalendar, YearTable
from workflows.reference.strict_yaml import load_strict

KEYS = frozenset({"year", "status", "notice", "off", "work"})


class CalendarFileError(ValueError):
    """The calendar file cannot be used; the message names the file and the reason."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason


def load_year(path: Path) -> YearTable:
    """One year's table; raises CalendarFileError when the file is not exactly right."""
    try:
        return _table(load_strict(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise CalendarFileError(path, str(error)) from error


def load_calendar(paths: Iterable[Path]) -> WorkCalendar:
    """A calendar from several year files; two files for one year are refused."""
    tables: dict[int, YearTable] = {}
    for path in sorted(paths):
        table = load_year(path)
        if table.year in tables:
            raise CalendarFileError(path, f"a second table for {table.year}")
        tables[table.year] = table
    return WorkCalendar(tables)


def load_folder(folder: Path) -> WorkCalendar:
    """All `<year>.yaml` files of a folder, such as `bpmn/_shared/calendar`."""
    return load_calendar(folder.glob("*.yaml"))


def _table(content: object) -> YearTable:
    if not isinstance(content, dict):
        raise ValueError("expected a mapping")
    if set(content) != KEYS:
        raise ValueError(_key_difference(set(content)))
    year, notice = content["year"], content["notice"]
    if not isinstance(year, int) or isinstance(year, bool):
        raise ValueError(f"year must be a number: {year!r}")
    if not isinstance(notice, str) or not notice.strip():
        raise ValueError("notice must name the document that fixed the days")
    return YearTable(
        year=year,
        off=_dates(content["off"], "off"),
        work=_dates(content["work"], "work"),
        status=CalendarStatus(content["status"]),
        notice=notice,
    )


def _key_difference(present: set[object]) -> str:
    unknown = sorted(map(str, present - KEYS))
    missing = sorted(KEYS - present)
    return f"unknown keys {unknown}, missing keys {missing}"


def _dates(values: object, key: str) -> frozenset[date]:
    if not isinstance(values, list):
        raise ValueError(f"{key} must be a list of dates")
    for value in values:
        # A YAML time stamp is a datetime, which Python counts as a date: refuse it.
        if not isinstance(value, date) or isinstance(value, datetime):
            raise ValueError(f"{key}: not a date: {value!r}")
    days = frozenset(values)
    if len(days) != len(values):
        raise ValueError(f"{key} lists a day twice")
    return days
