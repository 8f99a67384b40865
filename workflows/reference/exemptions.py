"""The local list of exemptions (免罚清单): which matters go unpunished, on which ground, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from workflows.reference.strict_fields import (
    ReferenceFileError,
    build_all,
    read_lists,
    require_dates_in_order,
)


class Ground(StrEnum):
    """轻微不罚 and 首违可不罚 (APL 33 第一款)."""

    MINOR = "minor"
    FIRST = "first"


@dataclass(frozen=True)
class Exemption:
    """One line of the list with its condition in words, dated like every rule."""

    number: str
    matter: str
    ground: Ground
    commitment: bool
    zh: str
    en: str
    source: str
    verified: bool
    effective_from: date
    effective_to: date | None = None
    subject: str | None = None

    def __post_init__(self) -> None:
        require_dates_in_order(self.effective_from, self.effective_to)


def load_exemptions(path: Path) -> tuple[Exemption, ...]:
    """The list, strictly read; two lines for one matter, ground and day are refused."""
    found = build_all(
        Exemption, read_lists(path, frozenset({"exemptions"}))["exemptions"], path.name
    )
    keys = [(e.matter, e.ground, e.subject, e.effective_from) for e in found]
    doubled = {str(key) for key in keys if keys.count(key) > 1}
    if doubled:
        raise ReferenceFileError(f"{path.name}: two lines for {sorted(doubled)}")
    return found
