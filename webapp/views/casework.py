"""Acts in a case beside its steps: evidence, exclusion, extension, recusal, notes, following."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.errors import DomainError, Forbidden, NotFound, Text
from models.note import Upload
from models.person import Person
from webapp import current, desks
from webapp.casepage import action_label
from webapp.errors import status_of
from workflows.act import Act
from workflows.commands.desk import UnwatchCase, WatchCase
from workflows.forms import Option
from workflows.intake import Intake, Step
from workflows.queries import sides, standing
from workflows.queries.casefile import CaseFile, case_file
from workflows.queries.desk import finished_uploads

blueprint = Blueprint("casework", __name__)


@dataclass(frozen=True, slots=True)
class Action:
    """A command, or (by its name) the side process that it starts; `back` is the tab that shows
    what it did."""

    command: str = ""
    back: str | None = None
    side: str | None = None


ACTIONS = {
    "evidence": Action("AddEvidence", "facts"),
    "exclude-evidence": Action("ExcludeEvidence", "facts"),
    "extend": Action("ExtendVerification", "clocks"),
    "recusal": Action("DecideRecusal"),
    "answer-review": Action("AnswerObjections", "facts"),
    "ask-opinion": Action("RequestJointReview", "facts"),
    "give-opinion": Action("GiveJointOpinion", "facts"),
    "consultation": Action("RecordConsultation", "facts"),
    "recording": Action("LinkRecording", "facts"),
    "query": Action("RecordEvidenceQuery"),
    "link": Action("LinkCase", "facts"),
    "unlink": Action("UnlinkCase", "facts"),
    "recognise": Action("RecogniseEvidence", "facts"),
    "borrow": Action("RequestLoan"),
    "hold": Action("PlaceLegalHold", "documents"),
    "lift-hold": Action("LiftLegalHold", "documents"),
    "dispose": Action("ProposeDisposal", "documents"),
    "destroy": Action("CarryOutDisposal", "documents"),
    "supplement": Action("SupplementArchive", "documents"),
    "service-attempt": Action("RecordServiceAttempt", "service"),
    "pickup": Action("RecordPickup", "service"),
    "service-address": Action("ConfirmServiceAddress", "service"),
    "note": Action("AddCaseNote"),
}


@dataclass(frozen=True)
class Room:
    """What an act in a case is drawn and read with."""

    file: CaseFile
    step: Step


@blueprint.route("/cases/<uuid:case_id>/do/<action>", methods=["GET", "POST"])
@login_required
def act(case_id: uuid.UUID, action: str) -> Any:
    """Ask for what the act needs, then carry it out; a refusal keeps what was typed."""
    wanted = ACTIONS.get(action)
    if wanted is None:
        raise NotFound()
    return _act(case_id, wanted)


@blueprint.route("/cases/<uuid:case_id>/start/<side>", methods=["GET", "POST"])
@login_required
def start(case_id: uuid.UUID, side: str) -> Any:
    """The same for the command that starts a side process of the case's pack."""
    return _act(case_id, Action(side=side))


def _act(case_id: uuid.UUID, wanted: Action) -> Any:
    room = _room(case_id, wanted)
    if request.method == "GET":
        values = {**room.step.blank(), **_given(room.step)}
        return _page(room, wanted, values)
    data = desks.posted(room.step.form)
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


def _given(step: Step) -> dict[str, str]:
    """Values that the link brings along, such as which evidence to exclude."""
    fields = step.form.fields if step.form else ()
    return {f.name: request.args[f.name] for f in fields if f.name in request.args}


def _room(case_id: uuid.UUID, wanted: Action) -> Room:
    app, actor, now = current.application(), current.actor(), current.now()
    with app.transactions.read() as session:
        file = case_file(session, actor, case_id)
        eyes = standing.looking(
            session, actor, file.case, now, blobs=app.blobs, catalogue=app.catalogue
        )
        if not _offered(eyes, file, wanted):
            raise Forbidden()
        work = Intake(session, app.catalogue, actor, now)
        if wanted.side is not None:
            return Room(file, work.side(case_id, wanted.side))
        step = work.command(case_id, wanted.command)
        if wanted.command == "DecideRecusal":
            people = _colleagues(standing.colleagues(eyes), file)
            step = replace(step, options={**step.options, "person": people})
    return Room(file, step)


def _offered(eyes: Act, file: CaseFile, wanted: Action) -> bool:
    if wanted.side is None:
        return wanted.command in standing.actions(eyes, file)
    return any(side.name == wanted.side for side in sides.startable(eyes, file))


def _label(step: Step) -> str:
    binding, lang = step.binding, current.language()
    if binding is None:
        return action_label(step.command)
    text = binding.action or binding.title
    return text[lang] if text else step.command


def _next(step: Step) -> str | None:
    return step.binding.next[current.language()] if step.binding and step.binding.next else None


def _colleagues(rows: Iterable[Person], file: CaseFile) -> tuple[Option, ...]:
    """Whom a recusal may concern: the handlers first, then who may take part in the case."""
    handlers = {h.person_id for h in file.case.active_handlers()}
    ordered = sorted(rows, key=lambda person: person.id not in handlers)
    return tuple(Option(p.key, _named(p, p.id in handlers)) for p in ordered)


def _named(person: Person, handles: bool) -> Text:
    if handles:
        return Text(f"{person.name}（本案办案人员）", f"{person.name_en} (handles this case)")
    return Text(f"{person.name}（{person.post}）", person.name_en)


def _page(
    room: Room, wanted: Action, values: dict[str, Any], refusal: DomainError | None = None
) -> str:
    case = room.file.case
    files = uploaded(values)
    return render_template(
        "cases/act.html",
        nav_key="cases",
        case=case,
        sheet=desks.sheet(room.step, values, refusal=refusal, files=files),
        act_label=_label(room.step),
        act_next=_next(room.step),
        back_url=url_for("cases.show", case_id=case.id, tab=wanted.back),
    )


def uploaded(values: dict[str, Any]) -> list[Upload]:
    """The file that the page brought along, so that a refused page still names it."""
    key = current.as_uuid(str(values.get("upload") or ""))
    if key is None:
        return []
    with current.application().transactions.read() as session:
        return finished_uploads(session, current.actor(), [key])


@blueprint.post("/cases/<uuid:case_id>/watch")
@login_required
def watch(case_id: uuid.UUID) -> Any:
    """Follow the case, or stop following it."""
    command = WatchCase if request.form.get("watch") == "1" else UnwatchCase
    current.execute(command(case_id=case_id))
    if request.headers.get("HX-Request"):
        return render_template("cases/_watch.html", case_id=case_id, watched=command is WatchCase)
    return redirect(url_for("cases.show", case_id=case_id))
