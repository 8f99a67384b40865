"""Refusals at the fields and as a summary: every reason at once, each leading to its field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from models.errors import Violation
from webapp.fields import FieldView, FormView
from workflows.forms import FieldType


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One reason in the error summary, leading to its field when there is one."""

    text: str
    field_id: str = ""
    lead: str = ""
    law: str = ""
    fix: Mapping[str, str] | None = None


def summary(view: FormView, violations: Iterable[Violation], lang: str = "zh") -> list[SummaryLine]:
    """The error summary: every reason at once, with its article, leading to its field.

    Reasons about the fields stand in the order of the page, then those about the case.
    """
    known = {each.name: each for each in view.every_field()}
    leads = dict(_leads(view))
    order = {name: place for place, name in enumerate(known)}
    lines: list[tuple[int, SummaryLine]] = []
    for violation in violations:
        name = (violation.field or "").replace(".", "-")
        target = known.get(name)
        line = _line(violation, target, leads.get(name, ""), lang)
        lines.append((order.get(name, len(order)), line))
    return [line for _place, line in sorted(lines, key=lambda pair: pair[0])]


def _line(violation: Violation, target: FieldView | None, lead: str, lang: str) -> SummaryLine:
    message, law = violation.message[lang], violation.article[lang]
    if target is None:
        return SummaryLine(message, law=law)
    return SummaryLine(message, target.id, lead, law)


def _leads(view: FormView) -> Iterator[tuple[str, str]]:
    """How the summary names each field; one in a row is named with its row."""
    for outer in (each for group in view.groups for each in group.fields):
        yield outer.name, _("“%(label)s”", label=outer.label)
        for number, row in enumerate(outer.rows, start=1):
            for inner in row.fields:
                yield inner.name, _lead(outer, inner, number)


def _lead(outer: FieldView, inner: FieldView, number: int) -> str:
    if outer.type == FieldType.PARTY:
        return _("“%(outer)s”的“%(label)s”", outer=outer.label, label=inner.label)
    words = {"outer": outer.label, "number": number, "label": inner.label}
    return _("“%(outer)s”第 %(number)s 项的“%(label)s”", **words)


def field_errors(violations: Iterable[Violation], lang: str = "zh") -> dict[str, list[str]]:
    """Messages by field path, from a refusal of any kind, for `form_view`."""
    found: dict[str, list[str]] = {}
    for violation in violations:
        if violation.field:
            found.setdefault(violation.field, []).append(violation.message[lang])
    return found
