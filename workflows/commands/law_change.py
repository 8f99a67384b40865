"""Changes of the law in time (法律的时间效力): parameters, the official calendar, matters."""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflows.commands.base import CaseCommand, Command


@dataclass(frozen=True, kw_only=True)
class SetParameter(Command):
    """Propose a parameter's value from a day on, for one legal subject or for everyone."""

    key: str
    value: str
    """As it is written: 15, 2/3, true, 2018-01-01, a word of a list, or months in JSON."""
    effective_from: date
    source: str
    reason: str
    unit: str | None = None
    subject: str | None = None
    verified: bool = False


@dataclass(frozen=True, kw_only=True)
class LoadCalendarYear(Command):
    """Propose the official calendar of a year in place of the provisional one."""

    year: int
    notice: str
    days: str
    """One day or span a line: `2027-02-05 off`, `2027-10-01..2027-10-07 休`, `2027-02-14 班`."""
    reason: str
    sum_reason: str | None = None
    """Why the days do not add up to those of the national rules, where they do not."""


@dataclass(frozen=True, kw_only=True)
class ReviseMatter(Command):
    """Propose a new wording of a matter from a day on: its fine in yuan, its text."""

    matter: str
    effective_from: date
    source: str
    reason: str
    fine_min: Decimal | None = None
    fine_max: Decimal | None = None
    text: str | None = None
    """The words of the basis as promulgated; without them the old summary stays."""


@dataclass(frozen=True, kw_only=True)
class EndMatter(Command):
    """Propose the last day on which a matter is in force: its basis is abolished."""

    matter: str
    effective_to: date
    source: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ConfirmLawChange(Command):
    """Put a proposed change in force; another person than its author does."""

    change: str


@dataclass(frozen=True, kw_only=True)
class RejectLawChange(Command):
    """Turn a proposed change down, or take one's own back."""

    change: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecountClocks(CaseCommand):
    """Count the running clocks of one case anew after a change of the law (system only)."""

    change_id: uuid.UUID
