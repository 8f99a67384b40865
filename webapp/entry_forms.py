"""Forms of pages that no pack defines, in the same words as those of packs.

The bureau's own entries (people, roles, absences) and the binding of a step are drawn, read and
checked by the same code as any form of a procedure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from flask import request

from models.errors import Violation
from webapp import current
from webapp.field_errors import SummaryLine, field_errors, summary
from webapp.fields import Choice, FormView, form_view
from workflows.forms import Form, from_form, load, read_form
from workflows.packs.yaml_files import read_yaml

Choices = Mapping[str, Sequence[Choice]]
FOLDER = Path(__file__).parent / "forms"


@cache
def form(name: str) -> Form:
    """The form with this id."""
    path = FOLDER / f"{name}.yaml"
    return read_form(read_yaml(path.name, path.read_bytes(), "F01", "form"))


def view(
    name: str,
    values: Mapping[str, Any] | None = None,
    *,
    choices: Choices | None = None,
    violations: Iterable[Violation] = (),
) -> FormView:
    """The form ready to draw, with what was typed and what stands against it."""
    language = current.language()
    return form_view(
        form(name), values or {}, lang=language, choices=choices or {},
        errors=field_errors(violations, language),
    )  # fmt: skip


def errors(shown: FormView, violations: Iterable[Violation]) -> list[SummaryLine]:
    """The error summary above the form."""
    return summary(shown, violations, current.language())


def typed(name: str) -> dict[str, Any]:
    """What was posted, as it was typed, for drawing the form again."""
    return from_form(form(name), request.form.items(multi=True))


def read(name: str) -> dict[str, Any]:
    """Checked values of the posted form; :class:`FormInvalid` with everything that is wrong."""
    return load(form(name), typed(name), current.language())
