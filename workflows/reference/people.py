"""Legal subjects, units, people, certificates and roles of one district, from files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from models.identifiers import check_uscc
from models.types import Role, SubjectKind
from workflows.reference.matters import refuse_repeated
from workflows.reference.strict_fields import build_all, read_lists, require_dates_in_order

KEYS = frozenset({"subjects", "units", "holdings", "people"})


@dataclass(frozen=True)
class Subject:
    """A legal subject (执法主体): who signs, seals, numbers and answers in court."""

    key: str
    zh: str
    en: str
    kind: SubjectKind
    uscc: str
    area_code: str
    area_short: str
    org_short: str
    address: str
    phone: str
    reconsideration_organ: str
    court: str
    may_punish: bool
    effective_from: date
    effective_to: date | None = None

    def __post_init__(self) -> None:
        check_uscc(self.uscc, "agency")
        require_dates_in_order(self.effective_from, self.effective_to)


@dataclass(frozen=True)
class Unit:
    """A squad, office or station of a legal subject (办案机构)."""

    key: str
    subject: str
    zh: str
    en: str
    kind: str


@dataclass(frozen=True)
class Holding:
    """A subject holds all matters of some fields on its published list (权力事项清单, V19)."""

    subject: str
    fields: tuple[str, ...]
    held_from: date
    held_to: date | None = None

    def __post_init__(self) -> None:
        require_dates_in_order(self.held_from, self.held_to)


@dataclass(frozen=True)
class Certificate:
    """An enforcement certificate (行政执法证)."""

    number: str
    area: str
    valid_from: date
    valid_to: date

    def __post_init__(self) -> None:
        require_dates_in_order(self.valid_from, self.valid_to)


@dataclass(frozen=True)
class Assignment:
    """A role in a unit; without `subjects` it is for the unit's own subject."""

    role: Role
    unit: str
    valid_from: date
    valid_to: date | None = None
    subjects: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_dates_in_order(self.valid_from, self.valid_to)


@dataclass(frozen=True)
class Person:
    """Someone who works in the district; names are invented."""

    key: str
    zh: str
    en: str
    post: str
    assignments: tuple[Assignment, ...]
    certificates: tuple[Certificate, ...] = ()
    legal_qualified: bool = False
    reviewer_since: date | None = None

    def roles(self) -> frozenset[Role]:
        """All roles that the person ever holds."""
        return frozenset(assignment.role for assignment in self.assignments)


@dataclass(frozen=True)
class Bureau:
    """Everyone of one district."""

    subjects: dict[str, Subject]
    units: dict[str, Unit]
    holdings: tuple[Holding, ...]
    people: dict[str, Person]


def load_people(folder: Path) -> Bureau:
    """The district from all files of the folder together."""
    lists: dict[str, list[Any]] = {key: [] for key in KEYS}
    for path in sorted(folder.glob("*.yaml")):
        for key, values in read_lists(path, KEYS).items():
            lists[key] += values
    subjects = build_all(Subject, lists["subjects"], "subjects")
    units = build_all(Unit, lists["units"], "units")
    people = build_all(Person, lists["people"], "people")
    for what, rows in (("subject", subjects), ("unit", units), ("person", people)):
        refuse_repeated(f"{what} key", (row.key for row in rows))
    refuse_repeated("certificate", (c.number for person in people for c in person.certificates))
    return Bureau(
        subjects={subject.key: subject for subject in subjects},
        units={unit.key: unit for unit in units},
        holdings=build_all(Holding, lists["holdings"], "holdings"),
        people={person.key: person for person in people},
    )
