"""A step as a page asks for it: form with values, lists, errors; and what was posted.

`workflows.intake` decides what a step is; here it gets the shape that templates draw. Tasks, leads
and acts beside the steps share it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from models.duration import law_day
from models.errors import DomainError, Violation
from models.matter import Matter
from models.note import Upload
from models.person import Certificate
from webapp import current
from webapp.field_errors import SummaryLine, field_errors, summary
from webapp.fields import Choice, FormView, Uploads, form_view
from webapp.presenters.amounts import number
from webapp.presenters.dates import plain_day
from workflows.forms import FieldType, Form, Option, from_form
from workflows.intake import PAIRED, Step
from workflows.queries.desk import certificates_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """One rendering of a step's form."""

    view: FormView | None
    problems: tuple[SummaryLine, ...]
    refused: str = ""
    """What the refusal says as a whole, where no line says it."""


def posted(form: Form | None) -> dict[str, Any]:
    """What somebody typed, as it was typed."""
    return from_form(form, request.form.items(multi=True)) if form else {}


def sheet(
    step: Step,
    values: Mapping[str, Any],
    *,
    refusal: DomainError | None = None,
    files: Iterable[Upload] = (),
) -> Sheet:
    """The form with its values; where it was refused, with every reason at its place."""
    lang = current.language()
    violations: Sequence[Violation] = refusal.violations if refusal else ()
    text = refusal.text[lang] if refusal and not violations else ""
    if step.form is None:
        lines = [SummaryLine(v.message[lang], law=v.article[lang]) for v in violations]
        return Sheet(None, tuple(lines), text)
    view = form_view(
        _without_single(step),
        values,
        lang=lang,
        choices=_choices(step, files),
        errors=field_errors(violations, lang),
        uploads=_uploads(step.case_id),
    )
    return Sheet(view, tuple(summary(view, violations, lang)), text)


def _without_single(step: Step) -> Form:
    """The form without the question for whom one acts, where there is only one answer."""
    assert step.form is not None
    asked = tuple(
        each
        for each in step.form.fields
        if each.options_from != "actor.subjects" or len(step.options["actor.subjects"]) > 1
    )
    return replace(step.form, fields=asked)


def _uploads(case_id: uuid.UUID | None) -> Uploads:
    extra = {"case_id": str(case_id)} if case_id else {}
    return Uploads(url_for("uploads.begin"), current.application().blobs.limit_bytes, extra)


def _choices(step: Step, files: Iterable[Upload]) -> dict[str, Sequence[Choice | Option]]:
    """The lists of the step; one cannot be one's own second officer."""
    found: dict[str, Sequence[Choice | Option]] = dict(step.options)
    lang = current.language()
    if step.form and any(each.name == PAIRED for each in step.form.fields):
        name = step.form.field(PAIRED).options_from
        me = step.facts["actor"]["key"]
        found[name] = _officers([o for o in step.options.get(name, ()) if o.value != me])
    if step.options.get("record.unit.handlers"):
        found["record.unit.handlers"] = _officers(step.options["record.unit.handlers"])
    found["matter"] = [matter_choice(matter, lang) for matter in step.matters]
    found["file"] = [Choice(str(file.id), file.name) for file in files]
    return found


def _officers(options: Sequence[Option]) -> list[Choice]:
    """Officers with their certificates; without a valid one nobody enforces (APL 42)."""
    app, today, lang = current.application(), law_day(current.now()), current.language()
    with app.dispatcher.read(current.actor()) as session:
        cards = certificates_of(session, [option.value for option in options])
    return [_officer(o, cards.get(o.value, []), today, lang) for o in options]


def _officer(option: Option, cards: Sequence[Certificate], today: date, lang: str) -> Choice:
    name = option.label[lang]
    valid = next((card for card in cards if card.valid_on(today)), None)
    if valid is not None:
        return Choice(option.value, name, _("执法证 %(number)s", number=valid.number))
    if not cards:
        return Choice(option.value, name, refusal=_("没有执法证，不能办案"))
    last = max(cards, key=lambda card: card.valid_to)
    ended = last.revoked_on or last.valid_to
    return Choice(
        option.value, name, refusal=_("执法证已于 %(day)s 失效", day=plain_day(ended, lang))
    )


def matter_choice(matter: Matter, lang: str) -> Choice:
    """A matter with what it may cost and on which article, so that one picks the right one."""
    title = matter.title_en if lang == "en" else matter.title
    parts = [matter.code, fine_range(matter), basis_of(matter, lang)]
    return Choice(matter.key, title, ("; " if lang == "en" else "，").join(p for p in parts if p))


def fine_range(matter: Matter) -> str:
    """50—1,000 元, whoever the party is; nothing where the fine is worked out otherwise."""
    if matter.fine_max is None:
        return ""
    least = number(matter.fine_min) if matter.fine_min is not None else "0"
    return _("罚款 %(least)s—%(most)s 元", least=least, most=number(matter.fine_max))


def basis_of(matter: Matter, lang: str) -> str:
    """The article on which the penalty rests."""
    texts = [_cited(basis, lang) for basis in matter.basis]
    return ("; " if lang == "en" else "、").join(texts)


def _cited(basis: Mapping[str, Any], lang: str) -> str:
    """The citation as the reference file has it, in the language of the page."""
    return str(basis[lang])


def typed_files(form: Form | None, values: Mapping[str, Any]) -> list[uuid.UUID]:
    """Keys of the uploads that the values name, so that their names can be shown again."""
    if form is None:
        return []
    found: list[uuid.UUID | None] = []
    for each in form.fields:
        value = values.get(each.name)
        if each.type is FieldType.FILE and isinstance(value, str):
            found.append(current.as_uuid(value))
        if each.type is FieldType.EVIDENCE_LIST and isinstance(value, list):
            rows = (row.get("file") for row in value if isinstance(row, Mapping))
            found += [current.as_uuid(key) for key in rows if isinstance(key, str)]
    return [key for key in found if key is not None]
