"""The whole reference data of the shipped packs, read once and checked as one piece."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.calendar import WorkCalendar
from workflows.reference.calendar import load_folder
from workflows.reference.codes import CodeTable, load_codes
from workflows.reference.exemptions import Exemption, load_exemptions
from workflows.reference.laws import Law, load_laws
from workflows.reference.matters import Matter, Standard, load_matters, load_standards
from workflows.reference.parameters import Parameter, load_parameters
from workflows.reference.people import Bureau, Person, Subject, Unit, load_people
from workflows.reference.strict_fields import ReferenceFileError


@dataclass(frozen=True)
class Reference:
    """Laws, matters, codes, people, parameters and calendar of one installation."""

    laws: Mapping[str, Law]
    matters: Mapping[str, Matter]
    standards: Mapping[str, Standard]
    codes: Mapping[str, CodeTable]
    bureau: Bureau
    parameters: Mapping[str, Parameter]
    exemptions: tuple[Exemption, ...]
    calendar: WorkCalendar

    @property
    def subjects(self) -> Mapping[str, Subject]:
        """Legal subjects by key."""
        return self.bureau.subjects

    @property
    def units(self) -> Mapping[str, Unit]:
        """Units by key."""
        return self.bureau.units

    @property
    def people(self) -> Mapping[str, Person]:
        """People by key."""
        return self.bureau.people

    def held_by(self, subject: str) -> Iterator[tuple[Matter, date, date | None]]:
        """The matters on a subject's published list, from when to when (V19)."""
        for holding in self.bureau.holdings:
            if holding.subject == subject:
                for matter in self.matters.values():
                    if matter.field in holding.fields:
                        yield matter, holding.held_from, holding.held_to

    def levels(self, matter: Matter) -> Standard:
        """The standard of discretion that a matter follows."""
        return self.standards[matter.discretion]


def load_reference(shared: Path) -> Reference:
    """Read the folder `bpmn/_shared`; raises with every problem when anything does not fit."""
    reference = Reference(
        laws=load_laws(shared / "laws.yaml"),
        matters=load_matters(shared / "matters"),
        standards=load_standards(shared / "discretion.yaml"),
        codes=load_codes(shared / "codes"),
        bureau=load_people(shared / "people"),
        parameters=load_parameters(shared / "parameters.yaml"),
        exemptions=load_exemptions(shared / "exemptions.yaml"),
        calendar=load_folder(shared / "calendar"),
    )
    problems = tuple(_problems(reference))
    if problems:
        raise ReferenceFileError(*problems)
    return reference


def _problems(reference: Reference) -> Iterator[str]:
    yield from _law_problems(reference)
    for matter in reference.matters.values():
        yield from _matter_problems(matter, reference)
        yield from _code_problems(matter, reference)
    yield from _standard_problems(reference)
    yield from _exemption_problems(reference)
    yield from _bureau_problems(reference)
    for parameter in reference.parameters.values():
        for value in parameter.values:
            if value.subject is not None and value.subject not in reference.subjects:
                yield f"parameter {parameter.key}: no legal subject {value.subject}"


def _law_problems(reference: Reference) -> Iterator[str]:
    for law in reference.laws.values():
        if law.maybe_repealed is not None and law.maybe_repealed.by not in reference.laws:
            yield f"law {law.key}: repealed by {law.maybe_repealed.by}, which is not listed"


def _matter_problems(matter: Matter, reference: Reference) -> Iterator[str]:
    where = f"matter {matter.key}"
    for basis in (*matter.duty, *matter.basis):
        law = reference.laws.get(basis.law)
        if law is None:
            yield f"{where}: no law {basis.law}"
        elif basis in matter.basis and law.article(basis.article, basis.paragraph) is None:
            yield f"{where}: {basis.law} lists no article {basis.article} ({basis.paragraph})"
        elif basis in matter.basis and not law.in_force_on(matter.effective_from):
            yield f"{where}: {basis.law} was not in force on {matter.effective_from}"


def _code_problems(matter: Matter, reference: Reference) -> Iterator[str]:
    where = f"matter {matter.key}"
    if matter.discretion not in reference.standards:
        yield f"{where}: no standard of discretion {matter.discretion}"
    used = {
        "field": (matter.field,),
        "penalty_kind": matter.penalty_kinds,
        "checklist_item": matter.checklist,
        "department": (matter.department,),
        "no_penalty_ground": matter.exemptions,
    }
    for table, values in used.items():
        yield from (f"{where}: {m}" for m in _missing(reference, table, values))


def _missing(reference: Reference, table: str, values: tuple[str, ...]) -> Iterator[str]:
    if table not in reference.codes:
        yield f"no code table {table}"
        return
    yield from (f"no code {v} in {table}" for v in values if v not in reference.codes[table])


def _standard_problems(reference: Reference) -> Iterator[str]:
    for standard in reference.standards.values():
        where = f"standard {standard.key}"
        for level in standard.levels:
            yield from (
                f"{where}: {m}" for m in _missing(reference, "discretion_level", (level.level,))
            )
            yield from (
                f"{where}: {m}" for m in _missing(reference, "discretion_factor", level.factors)
            )


def _exemption_problems(reference: Reference) -> Iterator[str]:
    """The list of exemptions and the matters name each other."""
    for line in reference.exemptions:
        matter = reference.matters.get(line.matter)
        if matter is None:
            yield f"exemption {line.number}: no matter {line.matter}"
        elif line.ground not in matter.exemptions:
            yield f"exemption {line.number}: matter {line.matter} does not name {line.ground}"
        if line.subject is not None and line.subject not in reference.subjects:
            yield f"exemption {line.number}: no legal subject {line.subject}"


def _bureau_problems(reference: Reference) -> Iterator[str]:
    for unit in reference.units.values():
        if unit.subject not in reference.subjects:
            yield f"unit {unit.key}: no legal subject {unit.subject}"
    for holding in reference.bureau.holdings:
        if holding.subject not in reference.subjects:
            yield f"holding: no legal subject {holding.subject}"
        yield from (f"holding: {m}" for m in _missing(reference, "field", holding.fields))
    for person in reference.people.values():
        for assignment in person.assignments:
            if assignment.unit not in reference.units:
                yield f"person {person.key}: no unit {assignment.unit}"
            for subject in assignment.subjects:
                if subject not in reference.subjects:
                    yield f"person {person.key}: no legal subject {subject}"
