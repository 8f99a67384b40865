"""Model cases (案件模板): texts by cause that begin a form, from the pack's own files.

`templates/<name>.yaml` names matters and, by form, the texts of its fields. They are drafts: the
handler rewrites them from the evidence, and nothing is filled in unasked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.case import Case
from models.errors import Text
from workflows.catalogue import LoadedPack
from workflows.documents.wording import day
from workflows.packs.files import PackFiles
from workflows.reference.strict_yaml import load_strict


@dataclass(frozen=True, slots=True)
class ModelCase:
    """One model: for which matters, and the texts by form and field."""

    key: str
    title: Text
    matters: frozenset[str]
    forms: Mapping[str, Mapping[str, str]]


def models_for(pack: LoadedPack, form: str, matter: str | None) -> tuple[ModelCase, ...]:
    """The models that know the form: for this matter, or all while no matter is bound."""
    return tuple(
        each
        for each in _models(pack)
        if form in each.forms and (matter is None or matter in each.matters)
    )


def texts_of(model: ModelCase, form: str, case: Case | None) -> dict[str, str]:
    """The model's texts for a form, with party, place and time of the case where it has them."""
    known = {"party": "【当事人】", "place": "【地点】", "time": "【时间】"}
    if case is not None:
        known |= {
            name: text
            for name, text in (
                ("party", case.party.name if case.party else ""),
                ("place", case.act_place or ""),
                ("time", _time(case)),
            )
            if text
        }
    return {field: text.format_map(known) for field, text in model.forms.get(form, {}).items()}


def _time(case: Case) -> str:
    return day(case.act_start) if case.act_start else day(case.clue_at)


def _models(pack: LoadedPack) -> tuple[ModelCase, ...]:
    cache = pack.__dict__
    if "_model_cases" not in cache:
        cache["_model_cases"] = tuple(models_in(pack.files))
    found: tuple[ModelCase, ...] = cache["_model_cases"]
    return found


def models_in(files: PackFiles) -> Iterator[ModelCase]:
    """Every model of a pack, its own before the shared ones."""
    for path in files.under("templates", ".yaml"):
        for each in load_strict(files[path].decode("utf-8"))["templates"]:
            yield ModelCase(
                key=each["key"],
                title=Text(each["title"]["zh"], each["title"]["en"]),
                matters=frozenset(each["matters"]),
                forms=each["forms"],
            )
