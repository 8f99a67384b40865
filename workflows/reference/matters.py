"""Enforcement matters (执法事项): causes, bases, statutory ranges, steps of discretion."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from models.errors import Text
from workflows.reference.laws import Law
from workflows.reference.strict_fields import (
    ReferenceFileError,
    build_all,
    read_lists,
    require_dates_in_order,
)

PERSONS = frozenset({"natural_person", "individual_business"})
"""Party types that an article's 对个人 means; individual businesses count as citizens."""
CENT = Decimal("0.01")


class PartyGroup(StrEnum):
    """Whom a range is for: 对单位, 对个人, or both."""

    ANY = "any"
    ENTITY = "entity"
    PERSON = "person"

    @classmethod
    def of(cls, party_type: str) -> PartyGroup:
        """The group of a party type of the code table."""
        return cls.PERSON if party_type in PERSONS else cls.ENTITY


class FineUnit(StrEnum):
    """Yuan, or a share of a base such as the construction cost (工程造价)."""

    YUAN = "yuan"
    SHARE = "share"


@dataclass(frozen=True)
class Bounds:
    """Lowest and highest fine in yuan, both allowed (以上、以下含本数)."""

    lowest: Decimal
    highest: Decimal

    def __contains__(self, fine: Decimal) -> bool:
        return self.lowest <= fine <= self.highest


@dataclass(frozen=True)
class FineRange:
    """What the article says for one group of parties."""

    party: PartyGroup
    min: Fraction
    max: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.min <= self.max or self.max == 0:
            raise ValueError(f"range {self.min} to {self.max} is not in order")


@dataclass(frozen=True)
class Fine:
    """The statutory range of the fine (罚款幅度)."""

    unit: FineUnit
    ranges: tuple[FineRange, ...]
    base: str | None = None

    def __post_init__(self) -> None:
        if (self.unit is FineUnit.SHARE) != (self.base is not None):
            raise ValueError("a share needs a base, yuan must have none")
        groups = sorted(entry.party for entry in self.ranges)
        if groups not in (["any"], ["entity", "person"]):
            raise ValueError(f"ranges for {groups}: either any, or entity and person")

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Fine:
        """From the plain form in which a matter of the record keeps it."""
        ranges = tuple(
            FineRange(PartyGroup(r["party"]), Fraction(str(r["min"])), Fraction(str(r["max"])))
            for r in kept["ranges"]
        )
        return cls(FineUnit(kept["unit"]), ranges, kept.get("base"))

    def range_for(self, party_type: str) -> FineRange:
        """The range that applies to a party."""
        group = PartyGroup.of(party_type)
        return next(r for r in self.ranges if r.party in (group, PartyGroup.ANY))

    def bounds(
        self,
        party_type: str,
        rate_base: Decimal | None = None,
        step: tuple[Fraction, Fraction] = (Fraction(0), Fraction(1)),
    ) -> Bounds | None:
        """Yuan that a party may be fined (V11), or one step of that range, to the cent.

        None while the base of a share is not known. Rounding never leaves the range.
        """
        if self.unit is FineUnit.SHARE and rate_base is None:
            return None
        span = self.range_for(party_type)
        scale = Fraction(1) if rate_base is None or self.base is None else Fraction(rate_base)
        low = (span.min + (span.max - span.min) * step[0]) * scale
        high = (span.min + (span.max - span.min) * step[1]) * scale
        return Bounds(_cents(low, ROUND_CEILING), _cents(high, ROUND_FLOOR))


@dataclass(frozen=True)
class Basis:
    """One article that is broken (违反) or punishes (依据)."""

    law: str
    article: str
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True)
class Cause:
    """One cause of action (案由) of a matter."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True)
class FactTemplate:
    """The facts as a draft, with {time}, {place} and {party} to be filled in."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        for text in (self.zh, self.en):
            text.format(time="", place="", party="")


@dataclass(frozen=True)
class Level:
    """One step of discretion (裁量等次): a share of the range, with its factors."""

    level: str
    lower: Fraction
    upper: Fraction
    factors: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.lower < self.upper <= 1:
            raise ValueError(f"step {self.level} from {self.lower} to {self.upper}")


@dataclass(frozen=True)
class Standard:
    """A published standard of discretion (裁量权基准) with its version."""

    key: str
    version: str
    zh: str
    en: str
    verified: bool
    source: str
    effective_from: date
    table: str
    levels: tuple[Level, ...]
    effective_to: date | None = None

    def __post_init__(self) -> None:
        require_dates_in_order(self.effective_from, self.effective_to)


@dataclass(frozen=True)
class Matter:
    """One matter. `needs_correction`: punishable only after an order to correct failed (V20)."""

    key: str
    code: str
    zh: str
    en: str
    field: str
    causes: tuple[Cause, ...]
    basis: tuple[Basis, ...]
    fine: Fine
    penalty_kinds: tuple[str, ...]
    needs_correction: bool
    exemptions: tuple[str, ...]
    discretion: str
    checklist: tuple[str, ...]
    department: str
    facts: FactTemplate
    effective_from: date
    verified: bool
    duty: tuple[Basis, ...] = ()
    effective_to: date | None = None

    def __post_init__(self) -> None:
        require_dates_in_order(self.effective_from, self.effective_to)
        if not self.basis or not self.causes or not self.penalty_kinds:
            raise ValueError("a matter needs a basis, a cause and a kind of penalty")
        if not 6 <= len(self.checklist) <= 9:
            raise ValueError(f"a checklist has 6 to 9 items, not {len(self.checklist)}")

    def bounds(self, party_type: str, rate_base: Decimal | None = None) -> Bounds | None:
        """Statutory range in yuan (V11); None while a share's base is not known."""
        return self.fine.bounds(party_type, rate_base)

    def step_bounds(
        self, step: Level, party_type: str, rate_base: Decimal | None = None
    ) -> Bounds | None:
        """The range of one step of discretion, never outside the statute's."""
        return self.fine.bounds(party_type, rate_base, (step.lower, step.upper))

    def fixed_bounds(self) -> Bounds | None:
        """Lowest and highest fine over all parties; None where it is a share of something."""
        if self.fine.unit is FineUnit.SHARE:
            return None
        lowest = min(entry.min for entry in self.fine.ranges)
        highest = max(entry.max for entry in self.fine.ranges)
        return Bounds(_cents(lowest, ROUND_CEILING), _cents(highest, ROUND_FLOOR))

    def citations(self, laws: Mapping[str, Law]) -> list[dict[str, Any]]:
        """The penalty bases as the record keeps them: text, days in force, doubts."""
        return [_citation(entry, laws[entry.law]) for entry in self.basis]

    def duties(self, laws: Mapping[str, Law]) -> list[dict[str, Any]]:
        """The articles broken (违反的条款); the penalty basis itself where it says both."""
        return [_citation(entry, laws[entry.law]) for entry in self.duty or self.basis]


def _cents(value: Fraction, rounding: str) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(CENT, rounding=rounding)


def _citation(basis: Basis, law: Law) -> dict[str, Any]:
    cited: Text = law.cite(basis.article, basis.paragraph, basis.item)
    summary = law.article(basis.article, basis.paragraph)
    doubt = law.maybe_repealed
    return {
        **{k: v for k, v in dataclasses.asdict(basis).items() if v is not None},
        "title": law.zh,
        "title_en": law.en,
        "zh": cited.zh,
        "en": cited.en,
        "summary_zh": summary.zh if summary else "",
        "summary_en": summary.en if summary else "",
        "effective_from": law.effective_from.isoformat(),
        "effective_to": law.effective_to.isoformat() if law.effective_to else None,
        "doubtful_from": doubt.since.isoformat() if doubt else None,
        "verified": law.verified,
    }


def load_matters(folder: Path) -> dict[str, Matter]:
    """All matters of the folder, by key; a key or code that stands twice is refused."""
    keys = frozenset({"matters"})
    found = [
        matter
        for path in sorted(folder.glob("*.yaml"))
        for matter in build_all(Matter, read_lists(path, keys)["matters"], path.name)
    ]
    refuse_repeated("matter key", (matter.key for matter in found))
    refuse_repeated("matter code", (matter.code for matter in found))
    return {matter.key: matter for matter in found}


def load_standards(path: Path) -> dict[str, Standard]:
    """The standards of discretion, by key."""
    keys = frozenset({"standards"})
    standards = build_all(Standard, read_lists(path, keys)["standards"], path.name)
    refuse_repeated("standard", (f"{one.key}@{one.version}" for one in standards))
    return {one.key: one for one in sorted(standards, key=lambda each: each.effective_from)}


def load_standard_versions(path: Path) -> tuple[Standard, ...]:
    """Every version of every standard, with its days."""
    keys = frozenset({"standards"})
    return tuple(build_all(Standard, read_lists(path, keys)["standards"], path.name))


def refuse_repeated(what: str, keys: Iterable[str]) -> None:
    """Raise when a key stands twice: the later entry would silently win."""
    seen: set[str] = set()
    repeated = [key for key in keys if key in seen or seen.add(key)]  # type: ignore[func-returns-value]
    if repeated:
        raise ReferenceFileError(*(f"{what} {key} stands twice" for key in repeated))
