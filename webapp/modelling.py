"""Model cases on a page: which fit, and the form as one of them begins it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import request

from models.case import Case
from webapp import current
from workflows.catalogue import LoadedPack
from workflows.intake import Step
from workflows.model_cases import models_for, texts_of

ASKED = "model"
"""The name in the address by which a person asks for a model."""


def offered(pack: LoadedPack, step: Step, case: Case | None) -> list[dict[str, Any]]:
    """The models that fit the form and the matter of the case, as links to this page."""
    if step.form is None:
        return []
    lang, asked = current.language(), request.args.get(ASKED)
    return [
        {"url": _address(each.key), "label": each.title[lang], "current": each.key == asked}
        for each in models_for(pack, step.form.id, _matter(case))
    ]


def begun(
    pack: LoadedPack, step: Step, case: Case | None, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The values with the texts of the model that was asked for; the rest stays as it was."""
    asked = request.args.get(ASKED)
    if step.form is None or not asked:
        return dict(values)
    found = {each.key: each for each in models_for(pack, step.form.id, _matter(case))}
    if asked not in found:
        return dict(values)
    shown = {field.name for field in step.form.fields}
    texts = texts_of(found[asked], step.form.id, case)
    return {**values, **{name: text for name, text in texts.items() if name in shown}}


def _address(key: str) -> str:
    """This page with the model; what else the address says stays."""
    kept = {name: value for name, value in request.args.items() if name != ASKED}
    return f"?{urlencode({**kept, ASKED: key})}"


def _matter(case: Case | None) -> str | None:
    return case.matter.key if case is not None and case.matter is not None else None
