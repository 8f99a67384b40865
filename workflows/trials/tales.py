"""What a made-up case is about: who acts in it, against whom, over what and for how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from models.types import Role
from workflows.documents.wording import moment
from workflows.reference.book import Reference
from workflows.reference.matters import FineUnit, Level, Matter
from workflows.reference.people import Person
from workflows.trials.parties import Someone, invent

PARTY_TYPES = ("individual_business", "individual_business", "natural_person", "enterprise")
"""How often which type of party meets street enforcement."""
PEOPLE = ("natural_person",)
TRADERS = ("individual_business", "individual_business", "enterprise")
FIRMS = ("enterprise",)


def _each(matters: str, kinds: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(matters.split(), kinds)


DOERS: dict[str, tuple[str, ...]] = {
    **_each(
        "spitting littering pet_droppings graffiti poultry straw_burning balcony_hanging "
        "user_unsafe_place user_alteration unsorted_waste",
        PEOPLE,
    ),
    **_each(
        "out_of_shop_trading washing_runoff advertising_substandard outdoor_facility_substandard "
        "outdoor_facility_worn cooking_fumes residential_catering open_barbecue dumping_wastewater "
        "unlawful_bottles drainage_without_permit drainage_not_as_permitted gas_handbook",
        TRADERS,
    ),
    **_each(
        "shared_bicycles site_sanitation site_clearing plant_waste sludge_waste site_dust "
        "soiled_road_facility soiled_sculpture public_place_facilities waste_vehicle "
        "mixed_transport waste_treatment sorting_duty sorting_duty_serious night_construction "
        "open_transport utilities_unlawful_building contracting_unlawful_building manhole_cover "
        "road_works_signs road_not_cleared over_occupation unaccepted_road gas_no_safety_check "
        "gas_protection_missing gas_site_protection refusing_supply supplying_unlicensed "
        "gas_unsafe_storage altering_drainage shed_without_permit building_without_permit",
        FIRMS,
    ),
}
"""Matter → who does such a thing, where not everybody does."""
SOURCES = (
    "daily_inspection", "daily_inspection", "daily_inspection", "grid", "grid", "hotline",
    "complaint", "non_site", "special_inspection", "joint_inspection", "random_inspection",
    "department_transfer",
)  # fmt: skip
REASONS = {
    "lighter": "首次违法，主动配合调查，危害后果轻微，从轻处罚。",
    "ordinary": "无从轻、减轻或者从重情节，按一般等次处罚。",
    "heavier": "经多次劝导仍不改正，群众反映强烈，从重处罚。",
}
FACTORS = {
    "lighter": ["first_time", "cooperated"],
    "ordinary": ["cooperated"],
    "heavier": ["repeated", "public_complaint"],
}
THRESHOLD = {"natural_person": "natural_person", "individual_business": "individual_business"}
NOT_YET = datetime.min.replace(tzinfo=UTC)
HEAVY_WORKS = (60_000, 480_000)
"""Yuan of construction cost (工程造价), the base of fines that are a share."""


@dataclass(frozen=True)
class Troupe:
    """Who can play which part in one unit (办案机构) of a legal subject."""

    subject: str
    unit: str
    handlers: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    panel: tuple[str, ...]

    def cast(self, rng: Random, lead: str | None = None) -> dict[str, str]:
        """One person for each part; two different handlers."""
        first = lead or rng.choice(self.handlers)
        second = rng.choice([key for key in self.handlers if key != first])
        others = {part: rng.choice(keys) for part, keys in self.parts.items()}
        return {"handler": first, "second": second, **others}


PARTS = {
    "head": Role.UNIT_HEAD,
    "deputy": Role.LEADER_DEPUTY,
    "chief": Role.LEADER_CHIEF,
    "recorder": Role.RECORDER,
    "publisher": Role.PUBLISHER,
    "archivist": Role.ARCHIVIST,
    "cashier": Role.CASHIER,
}


def troupes(reference: Reference, on: date) -> list[Troupe]:
    """A troupe for each squad; officers without a certificate on the day have no part."""
    squads = [unit for unit in reference.units.values() if unit.kind == "squad"]
    return [_troupe(reference, unit.key, unit.subject, on) for unit in squads]


def _troupe(reference: Reference, unit: str, subject: str, on: date) -> Troupe:
    def holding(role: Role, only: str | None = None) -> tuple[str, ...]:
        return tuple(
            person.key
            for person in reference.people.values()
            for each in person.assignments
            if each.role is role
            and (only in (None, each.unit))
            and _of(reference, each.unit) == subject
        )

    handlers = tuple(k for k in holding(Role.HANDLER, unit) if _certified(reference.people[k], on))
    parts = {
        part: holding(role, unit if role is Role.UNIT_HEAD else None)
        for part, role in PARTS.items()
    }
    reviewers = holding(Role.TOWN_LEGAL) + holding(Role.LEGAL_REVIEWER)
    qualified = tuple(k for k in reviewers if _may_review(reference.people[k]))
    return Troupe(
        subject, unit, handlers, {**parts, "reviewer": qualified}, holding(Role.PANEL_MEMBER)
    )


def _of(reference: Reference, unit: str) -> str:
    return reference.units[unit].subject


def _certified(person: Person, on: date) -> bool:
    return any(c.valid_to >= on for c in person.certificates)


def _may_review(person: Person) -> bool:
    return person.legal_qualified or person.reviewer_since is not None


@dataclass
class Tale:
    """One made-up case before it is played."""

    key: str
    troupe: Troupe
    cast: dict[str, str]
    matter: Matter
    someone: Someone
    source: str
    fine: Decimal
    least: Decimal
    """The lowest fine of the level: without a reason nobody goes below it (V33)."""
    level: str
    rate_base: Decimal | None
    nature: str
    rng: Random
    names: Mapping[str, str]
    found_at: datetime = NOT_YET

    @property
    def facts(self) -> str:
        """What was found, in the words of the matter's template."""
        return self.matter.facts.zh.format(
            time=moment(self.found_at),
            place=self.someone.place,
            party=self.someone.party["name"],
        )

    @property
    def cause(self) -> str:
        """The short name of the act (案由)."""
        return self.matter.causes[0].zh

    @property
    def lower_fine(self) -> Decimal:
        """A fine below the proposed one, within the level."""
        return max(self.least, Decimal(1), rounded(self.fine * Decimal("0.8")))

    def officers(self) -> str:
        """The names of the two officers, as a photo's stamp has them."""
        return f"{self.names[self.cast['handler']]}、{self.names[self.cast['second']]}"


@dataclass(frozen=True)
class Casting:
    """Makes tales: draws matters that a subject holds, parties and fines that fit them."""

    reference: Reference
    on: date

    def tale(
        self,
        key: str,
        troupe: Troupe,
        rng: Random,
        *,
        lead: str | None = None,
        correction: bool | None = None,
        exempt: str | None = None,
    ) -> Tale:
        """A tale over a matter that needs (or does not need) an order first, or may be spared."""
        for _ in range(400):
            matter = rng.choice(self._matters(troupe.subject, correction, exempt))
            kind = rng.choice(DOERS.get(matter.key, PARTY_TYPES))
            base = Decimal(rng.randrange(*HEAVY_WORKS, 5_000)) if _share(matter) else None
            drawn = self._fine(matter, kind, base, rng)
            if drawn is not None:
                break
        else:
            raise LookupError(f"no matter of {troupe.subject} can be played")
        fine, least, level = drawn
        return Tale(
            key=key,
            troupe=troupe,
            cast=troupe.cast(rng, lead),
            matter=matter,
            someone=invent(rng, troupe.subject, kind),
            source=rng.choice(SOURCES),
            fine=fine,
            least=least,
            level=level,
            rate_base=base,
            nature=self._nature(matter),
            rng=rng,
            names={key: person.zh for key, person in self.reference.people.items()},
        )

    def _matters(
        self, subject: str, correction: bool | None, exempt: str | None
    ) -> Sequence[Matter]:
        return [
            matter
            for matter, *_ in self.reference.held_by(subject)
            if (correction is None or matter.needs_correction is correction)
            and (exempt is None or exempt in matter.exemptions)
            and "fine" in matter.penalty_kinds
            and not self._in_doubt(matter)
        ]

    def _in_doubt(self, matter: Matter) -> bool:
        """Whether the law behind it may have been repealed by now: no case is filed on it (V18)."""
        doubts = (self.reference.laws[each.law].maybe_repealed for each in matter.basis)
        return any(doubt is not None and doubt.since <= self.on for doubt in doubts)

    def _fine(
        self, matter: Matter, kind: str, base: Decimal | None, rng: Random
    ) -> tuple[Decimal, Decimal, str] | None:
        """Fine, the least of its level, and that level: below a hearing's or a discussion's."""
        levels = self.reference.levels(matter).levels
        level = rng.choices(levels, [4, 5, 1])[0]
        bounds = matter.step_bounds(level, kind, base)
        ceiling = self._ceiling(kind)
        if bounds is None or bounds.lowest >= ceiling:
            return None
        span = min(bounds.highest, ceiling - 1) - bounds.lowest
        fine = rounded(bounds.lowest + span * Decimal(rng.random()).quantize(Decimal("0.01")))
        fine = max(bounds.lowest, fine, Decimal(10))
        if not _within(matter, level, kind, base, fine):
            return None
        return fine, bounds.lowest, str(level.level)

    def _ceiling(self, kind: str) -> Decimal:
        group = THRESHOLD.get(kind, "entity")
        found = (
            self.reference.parameters[f"{what}.threshold.{group}"]
            for what in ("hearing", "discussion")
        )
        return min(Decimal(_value(p.values, self.on)) for p in found)

    def _nature(self, matter: Matter) -> str:
        broken = matter.duties(self.reference.laws)[0]
        return f"{matter.causes[0].zh}，违反{broken['zh']}的规定。"


def _share(matter: Matter) -> bool:
    return matter.fine.unit is FineUnit.SHARE


def _within(matter: Matter, level: Level, kind: str, base: Decimal | None, fine: Decimal) -> bool:
    bounds = matter.step_bounds(level, kind, base)
    return bounds is not None and fine in bounds


def _value(values: Sequence[Any], on: date) -> Any:
    return [v.value for v in values if v.effective_from <= on and v.subject is None][-1]


def rounded(amount: Decimal) -> Decimal:
    """A round number of yuan, as officers write it: tens below a thousand, else hundreds."""
    unit = Decimal(10) if amount < 1_000 else Decimal(100)
    return (amount / unit).to_integral_value() * unit
