"""Meetings of the heads: convened from cases that wait, opened, held case by case, closed."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from models.duration import law_day
from models.errors import DomainError, Forbidden, Violation
from models.person import Person
from models.types import MeetingState, Role
from webapp import current, entry_forms
from webapp.errors import status_of
from webapp.fields import Choice
from webapp.presenters import meetings as words
from webapp.presenters.people import name_of
from webapp.views.packs import told
from workflows.commands.base import Command
from workflows.commands.meeting import (
    CancelMeeting,
    CloseMeeting,
    ConveneMeeting,
    DeferAgendaItem,
    OpenMeeting,
)
from workflows.commands.review import ConveneDiscussion
from workflows.people import Directory
from workflows.queries import meetings as query
from workflows.queries.meetings import Agenda, Item

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings")
Answer = Response | str | tuple[str, int]


@blueprint.before_request
@login_required
def only_those_who_sit() -> None:
    """Heads, members of the panel and recorders."""
    if not current.actor().roles() & query.SITS:
        raise Forbidden()


def convenes() -> bool:
    """Whether the person may call a meeting."""
    return Role.LEADER_CHIEF in current.actor().roles()


@blueprint.get("")
def index() -> str:
    """Meetings, and the cases that wait for one."""
    actor = current.actor()
    number = max(1, request.args.get("page", 1, type=int))
    with current.application().dispatcher.read(actor) as session:
        page = query.meetings(session, actor, number=number)
        waiting = query.waiting_cases(session, actor)
    return render_template(
        "meetings/index.html",
        nav_key="meetings",
        rows=[words.line(row) for row in page.rows],
        waiting=waiting,
        convenes=convenes(),
        number=number,
        next_url=url_for(".index", page=page.next) if page.next else None,
        today=law_day(current.now()),
    )


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Choose the cases and convene: the meeting first, then each case in its own act."""
    if not convenes():
        raise Forbidden()
    choices = _choices()
    if request.method == "GET":
        panel = [choice.value for choice in choices["meeting.panel"]]
        chosen = request.args.getlist("case") or [c.value for c in choices["meeting.cases"]]
        start = {"cases": chosen, "members": panel, "chair": current.actor().key}
        return _form("convene_meeting", start, choices)
    values = entry_forms.typed("convene_meeting")
    try:
        command = ConveneMeeting(**entry_forms.read("convene_meeting"))
        made = current.execute(command)
    except DomainError as refusal:
        return _form("convene_meeting", values, choices, refusal), status_of(refusal)
    meeting_id = uuid.UUID(str(made.extra["meeting"]))
    _convene_cases(meeting_id)
    return redirect(url_for(".show", meeting_id=meeting_id))


def _convene_cases(meeting_id: uuid.UUID) -> None:
    """One act for each case, under its own lock; a case that is refused stays to be convened."""
    found = _agenda(meeting_id)
    done = 0
    for item in found.items:
        if item.discussion is not None or item.item.deferred:
            continue
        try:
            current.application().dispatcher.execute(
                _discussion_of(found, item), actor=current.actor()
            )
            done += 1
        except DomainError as refusal:
            flash(f"{item.case.party_name}{_('：')}{told(refusal)}", "error")
    if done:
        flash(_("已在 %(n)s 件案件中召集集体讨论。", n=done), "ok")


def _discussion_of(found: Agenda, item: Item) -> ConveneDiscussion:
    """The case's own discussion: who is excluded in it neither sits nor presides."""
    row, out = found.meeting, {person.key for person in item.excluded}
    members = [key for key in row.members if key not in out]
    by_id = {person.id: person.key for person in found.people.values()}
    chair = by_id[row.chair_id]
    return ConveneDiscussion(
        case_id=item.case.id,
        planned_at=row.planned_at,
        place=row.place,
        chair=chair if chair in members else next(iter(members), chair),
        members=members,
        recorder=by_id[row.recorder_id],
        attendees=list(row.attendees),
        observers=row.observers,
        meeting=str(row.id),
    )


@blueprint.get("/<uuid:meeting_id>")
def show(meeting_id: uuid.UUID) -> str:
    """The meeting with its agenda."""
    return _show(_agenda(meeting_id))


@blueprint.post("/<uuid:meeting_id>/convene")
def convene_cases(meeting_id: uuid.UUID) -> Response:
    """Convene, in the cases of the agenda, what could not be convened before."""
    _convene_cases(meeting_id)
    return redirect(url_for(".show", meeting_id=meeting_id))


@blueprint.route("/<uuid:meeting_id>/open", methods=["GET", "POST"])
def start(meeting_id: uuid.UUID) -> Answer:
    """Record who came."""
    found = _agenda(meeting_id)
    rows = [{"person": key, "attended": True} for key in found.meeting.members]
    blank = {"attendance": rows, "held_at": current.now()}
    return _step(
        "open_meeting", found, blank, lambda values: OpenMeeting(meeting=str(meeting_id), **values)
    )


@blueprint.route("/<uuid:meeting_id>/close", methods=["GET", "POST"])
def finish(meeting_id: uuid.UUID) -> Answer:
    """Record the end and the signatures."""
    found = _agenda(meeting_id)
    came = [line["person"] for line in found.meeting.attendance if line.get("attended")]
    blank = {
        "signatures": [{"person": key, "signed": True} for key in came],
        "ended_at": current.now(),
    }
    return _step(
        "close_meeting",
        found,
        blank,
        lambda values: CloseMeeting(meeting=str(meeting_id), **values),
    )


@blueprint.post("/<uuid:meeting_id>/defer")
def defer(meeting_id: uuid.UUID) -> Response:
    """Take one case off the agenda."""
    case, reason = request.form.get("case", ""), request.form.get("reason", "")
    command = DeferAgendaItem(meeting=str(meeting_id), case=case, reason=reason)
    return _carry_out(command, meeting_id, _("已暂缓讨论。"))


@blueprint.post("/<uuid:meeting_id>/cancel")
def cancel(meeting_id: uuid.UUID) -> Response:
    """Call the meeting off."""
    command = CancelMeeting(meeting=str(meeting_id), reason=request.form.get("reason", ""))
    return _carry_out(command, meeting_id, _("会议已取消。"))


@blueprint.get("/<uuid:meeting_id>/print")
def material(meeting_id: uuid.UUID) -> str:
    """The material of the meeting, or its minutes once it was held, ready to print."""
    found = _agenda(meeting_id)
    return render_template("meetings/print.html", nav_key="meetings", **words.page(found))


def _carry_out(command: Command, meeting_id: uuid.UUID, done: str) -> Response:
    try:
        current.execute(command)
    except Forbidden:
        raise
    except DomainError as refusal:
        flash(told(refusal), "error")
    else:
        flash(done, "ok")
    return redirect(url_for(".show", meeting_id=meeting_id))


def _step(name: str, found: Agenda, blank: dict[str, Any], command: Any) -> Answer:
    """One of the meeting's own acts, with its form."""
    row, choices = found.meeting, {"meeting.members": _people(found.people.values())}
    back = url_for(".show", meeting_id=row.id)
    if request.method == "GET":
        return _form(name, blank, choices, back=back)
    values = entry_forms.typed(name)
    try:
        current.execute(command(entry_forms.read(name)))
    except Forbidden:
        raise
    except DomainError as refusal:
        return _form(name, values, choices, refusal, back=back), status_of(refusal)
    return redirect(back)


def _form(
    name: str,
    values: dict[str, Any],
    choices: dict[str, list[Choice]],
    refusal: DomainError | None = None,
    *,
    back: str | None = None,
) -> str:
    against = _against(refusal) if refusal else []
    form = entry_forms.view(name, values, choices=choices, violations=against)
    return render_template(
        "meetings/form.html",
        nav_key="meetings",
        form=form,
        title=entry_forms.form(name).title[current.language()],
        errors=entry_forms.errors(form, against),
        back=back or url_for(".index"),
    )


def _against(refusal: DomainError) -> list[Violation]:
    return list(refusal.violations) or [Violation(refusal.code, refusal.text)]


def _agenda(meeting_id: uuid.UUID) -> Agenda:
    with current.application().dispatcher.read(current.actor()) as session:
        return query.agenda(session, current.actor(), meeting_id)


def _show(found: Agenda) -> str:
    row = found.meeting
    return render_template(
        "meetings/show.html",
        nav_key="meetings",
        convenes=convenes(),
        keeps=bool(current.actor().roles() & {Role.LEADER_CHIEF, Role.RECORDER}),
        may_open=row.state == MeetingState.CONVENED,
        may_close=row.state == MeetingState.OPEN,
        **words.page(found),
    )


def _choices() -> dict[str, list[Choice]]:
    actor, today = current.actor(), law_day(current.now())
    with current.application().dispatcher.read(actor) as session:
        found = query.choices(session, actor, Directory(session, today))
        waiting = query.waiting_cases(session, actor)
    named = {f"meeting.{name}": _people(rows) for name, rows in found.items()}
    cases = [Choice(str(t.case_id), t.party_name, words.case_note(t)) for t in waiting]
    return {**named, "meeting.cases": cases}


def _people(rows: Iterable[Person]) -> list[Choice]:
    lang = current.language()
    return [Choice(person.key, name_of(person, lang), person.post) for person in rows]
