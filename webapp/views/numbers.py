"""The register of document numbers (文号登记簿): every number, void ones too, and every gap."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.errors import Forbidden, NotFound, Refused
from webapp import current
from webapp.errors import status_of
from workflows.access import LEADERS
from workflows.commands.signature import VoidNumber
from workflows.documents.catalogue import KINDS
from workflows.queries import papers
from workflows.queries.papers import NumberSeries
from workflows.queries.standing import subjects_named

blueprint = Blueprint("numbers", __name__)


@blueprint.get("/numbers")
@login_required
def index() -> str:
    """The sequences, and the numbers of the chosen one."""
    return _page()


@blueprint.post("/numbers/void")
@login_required
def void() -> Any:
    """Void a number with its reason; the number stays in the register."""
    case_id = current.as_uuid(request.form.get("case", ""))
    if case_id is None:
        raise NotFound()
    number = request.form.get("number", "")[:64]
    reason = request.form.get("reason", "").strip()
    try:
        current.execute(VoidNumber(case_id=case_id, number=number, reason=reason))
    except Forbidden:
        raise
    except Refused as refusal:
        lang = current.language()
        told = " ".join(v.message[lang] for v in refusal.violations)
        return _page(refused=told), status_of(refusal)
    flash(_("文号%(number)s已作废，登记簿保留这个号和理由。", number=number), "ok")
    return redirect(url_for("numbers.index", **_chosen_arguments()))


def _chosen_arguments() -> dict[str, str]:
    names = ("subject", "kind", "year", "void")
    return {name: request.values[name] for name in names if request.values.get(name)}


def _page(refused: str = "") -> str:
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as session:
        found = papers.sequences(session, actor)
        chosen = _chosen(found)
        subjects = {s.id: s for s in subjects_named(session, [s.subject_id for s in found])}
        page, gaps = None, []
        if chosen is not None:
            key = {"subject_id": chosen.subject_id, "kind": chosen.kind, "year": chosen.year}
            page = papers.numbers(
                session, actor, **key, voided=bool(request.values.get("void")),
                after=request.args.get("after"),
            )  # fmt: skip
            gaps = papers.missing(session, **key) if chosen.missing else []
    english = current.language() == "en"
    kept = _chosen_arguments()
    return render_template(
        "numbers/index.html",
        nav_key="numbers",
        series=found,
        chosen=chosen,
        title_of=_title,
        names={key: s.name_en if english else s.name for key, s in subjects.items()},
        page=page,
        gaps=gaps,
        only_void=bool(request.values.get("void")),
        may_void=any(h.role in LEADERS for h in actor.holdings),
        refused=refused,
        next_url=url_for(".index", **{**kept, "after": page.next}) if page and page.next else None,
    )


def _title(kind: str) -> str:
    """The document whose numbers have this word, such as 罚决."""
    found = next((each for each in KINDS.values() if each.sequence == kind), None)
    return "" if found is None else found.title_en if current.language() == "en" else found.title


def _chosen(found: list[NumberSeries]) -> NumberSeries | None:
    """The sequence that the address names, else the first."""
    wanted = current.as_uuid(request.values.get("subject", "")) or _nobody()
    kind, year = request.values.get("kind", ""), request.values.get("year", type=int)
    named = (s for s in found if (s.subject_id, s.kind, s.year) == (wanted, kind, year))
    return next(named, found[0] if found else None)


def _nobody() -> uuid.UUID:
    return uuid.UUID(int=0)
