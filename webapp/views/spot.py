"""On the spot (当场处罚): choose the matter, take the facts, see the decision, hand it over.

Three pages made for a phone on the pavement; what may not be punished on the spot is shown with
the reason and the way on.
"""

import base64
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from markupsafe import Markup

from models.errors import DomainError, Forbidden
from models.types import Role
from webapp import current, desks, taskdesk
from webapp.errors import status_of
from webapp.makers import makers
from webapp.presenters.amounts import number
from workflows.drafting import Drafting
from workflows.intake import Intake, Step
from workflows.queries import desk
from workflows.queries.procedures import Pavement, SpotMatter

blueprint = Blueprint("spot", __name__, url_prefix="/spot")

PACK = "simple"
WIDTH = 1100
"""Pixels of the longer side of a page of the draft."""
STEPS = 4
"""How many amounts are offered by a single touch."""


@blueprint.get("")
@login_required
def index() -> str:
    """The matters: frequent ones first; those that are not for the pavement say why."""
    _handler()
    app, actor, now = current.application(), current.actor(), current.now()
    with app.dispatcher.read(actor) as db:
        pavement = Pavement(db, actor, now, app.catalogue, app.blobs)
        found, (citizen, entity) = pavement.matters(), pavement.ceilings()
    return render_template(
        "spot/index.html",
        nav_key="leads",
        allowed=[each for each in found if each.lawful],
        others=[each for each in found if not each.lawful],
        range_of=_range,
        title_of=_title,
        lang=current.language(),
        citizen=number(citizen),
        entity=number(entity),
    )


@blueprint.get("/<matter>")
@login_required
def take(matter: str) -> str:
    """Party, place, facts, rights and fine on one page, filled in as far as they are known."""
    step, chosen, place = _opened(matter)
    values = {**step.blank(), "matter": matter, "act_place": place}
    values["party"] = {"party_type": "natural_person", "cert_type": "resident_id"}
    return _page(step, chosen, values)


@blueprint.post("/<matter>")
@login_required
def confirm(matter: str) -> Any:
    """What would be printed, exactly; nothing is written yet."""
    step, chosen, _place = _opened(matter)
    typed = {**desks.posted(step.form), "matter": matter}
    if request.form.get("back"):
        return _page(step, chosen, step.kept(typed))
    try:
        drafting = Drafting(current.application().dispatcher, makers().workshop.press)
        shown = drafting.drafts(step.command_from(typed), current.actor())
    except Forbidden:
        raise
    except DomainError as refusal:
        return _page(step, chosen, step.kept(typed), refusal), status_of(refusal)
    return render_template(
        "spot/confirm.html",
        nav_key="leads",
        chosen=chosen,
        title_of=_title,
        lang=current.language(),
        pages=[image for draft in shown for image in _pictures(draft.pdf)],
        fields=_carried(),
        binding=taskdesk.step_words(step),
    )


@blueprint.post("/<matter>/hand-over")
@login_required
def hand_over(matter: str) -> Any:
    """Issue the decision; the page after it is the paper to print and hand over."""
    step, chosen, _place = _opened(matter)
    typed = {**desks.posted(step.form), "matter": matter}
    try:
        result = current.execute(step.command_from(typed))
    except Forbidden:
        raise
    except DomainError as refusal:
        return _page(step, chosen, step.kept(typed), refusal), status_of(refusal)
    return redirect(url_for("documents.show", document_id=result.documents[0]))


def _handler() -> None:
    if Role.HANDLER not in current.actor().roles():
        raise Forbidden()


def _opened(matter: str) -> tuple[Step, SpotMatter, str]:
    _handler()
    app, actor, now = current.application(), current.actor(), current.now()
    with app.dispatcher.read(actor) as db:
        pavement = Pavement(db, actor, now, app.catalogue, app.blobs)
        chosen = pavement.matter(matter)
        if chosen is None:
            abort(404)
        return Intake(db, app.catalogue, actor, now).opening(PACK), chosen, pavement.place()


def _page(
    step: Step, chosen: SpotMatter, values: dict[str, Any], refusal: DomainError | None = None
) -> str:
    files: tuple[Any, ...] = ()
    keys = desks.typed_files(step.form, values)
    if keys:
        app, actor = current.application(), current.actor()
        with app.dispatcher.read(actor) as db:
            files = tuple(desk.finished_uploads(db, actor, keys))
    sheet = desks.sheet(step, values, refusal=refusal, files=files)
    assert sheet.view is not None
    return render_template(
        "spot/take.html",
        nav_key="leads",
        chosen=chosen,
        sheet=sheet,
        by={each.name: each for group in sheet.view.groups for each in group.fields},
        amounts=amounts(chosen),
        title_of=_title,
        range_of=_range,
        lang=current.language(),
        binding=taskdesk.step_words(step),
    )


def amounts(chosen: SpotMatter) -> list[str]:
    """Amounts within range and ceiling for a single touch, in even steps, the least one first."""
    low = chosen.lowest or Decimal(0)
    high = min(chosen.highest or chosen.ceiling, chosen.ceiling)
    if high <= low:
        return [number(high)] if high > 0 else []
    gap = (high - low) / (STEPS - 1)
    found = dict.fromkeys((low + gap * i).quantize(Decimal(10)) for i in range(STEPS))
    return [str(int(each)) for each in found if low <= each <= high and each > 0]


def _carried() -> list[tuple[str, str]]:
    """Everything that was typed, to be sent again with the confirmation."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "_key")
    ]


def _pictures(pdf: bytes) -> list[Markup]:
    """The pages of the draft as pictures: what a phone shows without a PDF reader."""
    previewer = makers().previews.previewer
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        path = Path(file.name)
        count = previewer.page_count(path)
        pages = [previewer.page(path, number=n, longest=WIDTH) for n in range(count)]
    return [Markup("data:image/jpeg;base64,") + base64.b64encode(p).decode() for p in pages]


def _title(each: SpotMatter, lang: str) -> str:
    return each.matter.title_en if lang == "en" else each.matter.title


def _range(each: SpotMatter) -> str:
    if each.highest is None:
        return ""
    least = number(each.lowest) if each.lowest is not None else "0"
    return _("罚款 %(least)s—%(most)s 元", least=least, most=number(each.highest))
