"""Acts in a case beside its steps: evidence, exclusion, extension, recusal, notes, following."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.errors import DomainError, Forbidden, NotFound
from webapp import current
from webapp.casepage import action_label
from webapp.errors import status_of
from webapp.field_errors import field_errors, summary
from webapp.fields import Choice, Choices, Uploads, form_view
from workflows import forms
from workflows.commands.desk import UnwatchCase, WatchCase
from workflows.intake import Intake, Step
from workflows.queries import standing
from workflows.queries.casefile import CaseFile, case_file

blueprint = Blueprint("casework", __name__)


@dataclass(frozen=True, slots=True)
class Action:
    """A command; `back` is the tab that shows what it did."""

    command: str
    back: str | None = None


ACTIONS = {
    "evidence": Action("AddEvidence", "facts"),
    "exclude-evidence": Action("ExcludeEvidence", "facts"),
    "extend": Action("ExtendVerification", "clocks"),
    "recusal": Action("DecideRecusal"),
    "note": Action("AddCaseNote"),
}


@dataclass(frozen=True)
class Room:
    """What an act in a case is drawn and read with."""

    file: CaseFile
    step: Step
    form: forms.Form
    choices: Choices


@blueprint.route("/cases/<uuid:case_id>/do/<action>", methods=["GET", "POST"])
@login_required
def act(case_id: uuid.UUID, action: str) -> Any:
    """Ask for what the act needs, then carry it out; a refusal keeps what was typed."""
    wanted = ACTIONS.get(action)
    if wanted is None:
        raise NotFound()
    room = _room(case_id, wanted)
    if request.method == "GET":
        values = {**room.step.blank(), **_given(room.form)}
        return _page(room, wanted, values)
    data = forms.from_form(room.form, request.form.items(multi=True), ignore=("csrf_token",))
    try:
        result = current.execute(room.step.command_from(data))
    except Forbidden:
        raise
    except DomainError as refusal:
        return _page(room, wanted, room.step.kept(data), refusal), status_of(refusal)
    flash(_told(result.events), "ok")
    return redirect(url_for("cases.show", case_id=case_id, tab=wanted.back))


def _told(events: list[dict[str, Any]]) -> str:
    lang = current.language()
    return (" " if lang == "en" else "").join(str(event[lang]) for event in events) or _("已办好。")


def _given(form: forms.Form) -> dict[str, str]:
    """Values that the link brings along, such as which evidence to exclude."""
    return {f.name: request.args[f.name] for f in form.fields if f.name in request.args}


def _room(case_id: uuid.UUID, wanted: Action) -> Room:
    app, actor, now = current.application(), current.actor(), current.now()
    with app.transactions.read() as session:
        file = case_file(session, actor, case_id)
        eyes = standing.looking(
            session, actor, file.case, now, blobs=app.blobs, catalogue=app.catalogue
        )
        if wanted.command not in standing.actions(eyes, file):
            raise Forbidden()
        step = Intake(session, app.catalogue, actor, now).command(case_id, wanted.command)
        assert step.form is not None
        choices = {**step.options, "person": _colleagues(eyes, file, wanted)}
    return Room(file, step, step.form, choices)


def _colleagues(eyes: Any, file: CaseFile, wanted: Action) -> list[Choice]:
    """Whom a recusal may concern: the handlers, and everyone who may take part in the case."""
    if wanted.command != "DecideRecusal":
        return []
    lang = current.language()
    handlers = {h.person_id for h in file.case.active_handlers()}
    rows = standing.colleagues(eyes)
    found = [
        Choice(
            p.key,
            p.name_en if lang == "en" else p.name,
            _("本案办案人员") if p.id in handlers else p.post,
        )
        for p in rows
    ]
    return sorted(found, key=lambda c: c.note != _("本案办案人员"))


def _page(
    room: Room, wanted: Action, values: dict[str, Any], refusal: DomainError | None = None
) -> str:
    lang, app = current.language(), current.application()
    violations = list(refusal.violations) if refusal else []
    view = form_view(
        room.form,
        values,
        lang=lang,
        choices=room.choices,
        errors=field_errors(violations, lang),
        uploads=Uploads(UPLOADS, app.blobs.limit_bytes, {"case_id": str(room.file.case.id)}),
    )
    return render_template(
        "cases/act.html",
        nav_key="cases",
        case=room.file.case,
        view=view,
        errors=summary(view, violations, lang),
        refused=refusal.text[lang] if refusal else "",
        act_label=action_label(wanted.command),
        back_url=url_for("cases.show", case_id=room.file.case.id, tab=wanted.back),
    )


UPLOADS = "/uploads"
"""Where js/uploads.js sends files."""


@blueprint.post("/cases/<uuid:case_id>/watch")
@login_required
def watch(case_id: uuid.UUID) -> Any:
    """Follow the case, or stop following it."""
    command = WatchCase if request.form.get("watch") == "1" else UnwatchCase
    current.execute(command(case_id=case_id))
    if request.headers.get("HX-Request"):
        return render_template("cases/_watch.html", case_id=case_id, watched=command is WatchCase)
    return redirect(url_for("cases.show", case_id=case_id))
