"""Recordings of devices (监控记录): the list, the review by two officers, a new one by hand."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.duration import law_day
from models.errors import Forbidden, NotFound
from models.recording import RecordingState
from models.types import Role
from webapp import current
from webapp.presenters import devices as words
from webapp.views.devices import entered, page_number, step_of
from workflows.access import ACCESS
from workflows.monitoring import flaws
from workflows.queries import devices as query

blueprint = Blueprint("recordings", __name__, url_prefix="/recordings")


@blueprint.before_request
@login_required
def only_those_concerned() -> None:
    """Whoever works on cases or keeps the devices."""
    if not current.actor().roles() & query.SEES_DEVICES:
        raise Forbidden()


def _state() -> RecordingState | None:
    wanted = request.args.get("state", "")
    return RecordingState(wanted) if wanted in frozenset(RecordingState) else None


@blueprint.get("")
def index() -> str:
    """Recordings, newest first; those that await their review are one tab."""
    actor, number, state = current.actor(), page_number(), _state()
    text, device = (request.args.get(n, "").strip()[:64] for n in ("q", "device"))
    with current.application().dispatcher.read(actor) as session:
        found = query.recordings(
            session, actor, state=state, text=text, device=device, number=number
        )
        waiting = query.pending_count(session, actor)
    tabs = [
        {"label": label, "url": url_for(".index", state=value or None), "current": state == value}
        for value, label in (
            (None, _("全部")),
            (RecordingState.PENDING_REVIEW, _("待审核")),
            (RecordingState.PASSED, _("审核通过")),
            (RecordingState.REJECTED, _("审核未通过")),
        )
    ]
    tabs[1]["count"] = waiting
    return render_template(
        "recordings/index.html",
        nav_key="devices",
        found=found,
        tabs=tabs,
        text=text,
        device=device,
        state=state,
        number=number,
        words=words,
        registers=bool(actor.roles() & ACCESS["RegisterRecording"].roles),
        handles=Role.HANDLER in actor.roles(),
    )


@blueprint.get("/<number>")
def show(number: str) -> str:
    """One recording: what the device said, what keeps it from being evidence, its review."""
    actor, today = current.actor(), law_day(current.now())
    with current.application().dispatcher.read(actor) as session:
        found = query.recording(session, actor, number)
        if found is None:
            raise NotFound()
        most = query.most_drift(session, found, today)
        against = [text[current.language()] for text in flaws(found, most)]
        people = query.reviewers(session, found)
    pending = found.state == RecordingState.PENDING_REVIEW
    mine = actor.holding(ACCESS["ReviewRecording"].roles, found.subject_id) is not None
    free = found.case_id is None and found.state != RecordingState.REJECTED
    return render_template(
        "recordings/recording.html",
        nav_key="devices",
        one=found,
        words=words,
        against=against,
        people=people,
        may_review=pending and mine,
        may_lead=free and mine,
    )


@blueprint.route("/<number>/review", methods=["GET", "POST"])
def review(number: str) -> Any:
    """Two officers pass or reject the recording."""
    actor = current.actor()
    with current.application().dispatcher.read(actor) as session:
        found = query.recording(session, actor, number)
    if found is None:
        raise NotFound()
    if not actor.holding(ACCESS["ReviewRecording"].roles, found.subject_id):
        raise Forbidden()
    back = url_for(".show", number=number)
    step = step_of("ReviewRecording")
    return entered(step, {"recording": number}, _("审核记录"), back, lambda _: back, number)


@blueprint.route("/new", methods=["GET", "POST"])
def register() -> Any:
    """Take a recording in by hand."""
    if not current.actor().roles() & ACCESS["RegisterRecording"].roles:
        raise Forbidden()
    known = {"device": request.args["device"]} if request.args.get("device") else {}
    back = url_for(".index")
    step = step_of("RegisterRecording")
    return entered(
        step, known, _("登记记录"), back, lambda d: url_for(".show", number=d["number"].strip())
    )
