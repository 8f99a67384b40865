"""The law in time: parameters, the official calendar, matters, and what a change of them moves."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from models.duration import PeriodUnit, law_day
from models.errors import Forbidden, Invalid, NotFound, Refused, Violation
from models.law_change import ChangeKind, ChangeState
from models.types import Role
from webapp import current, entry_forms
from webapp.fields import Choice
from webapp.presenters import law as words
from webapp.presenters.running import clock_name
from webapp.presenters.stages import stage_name
from webapp.presenters.supervision import name
from webapp.views.packs import told
from workflows.access import SEES_CASES
from workflows.commands.base import Command
from workflows.commands.law_change import (
    ConfirmLawChange,
    EndMatter,
    LoadCalendarYear,
    RejectLawChange,
    ReviseMatter,
    SetParameter,
)
from workflows.lawbook import lawbook
from workflows.queries import bureau, law, law_reach
from workflows.queries.paging import PAGE
from workflows.queries.progress import advance
from workflows.recounting import progress_key

blueprint = Blueprint("law", __name__, url_prefix="/law")

MOST_SHOWN = 200
"""Clocks that a preview lists; their number is always the true one."""


@blueprint.before_request
@login_required
def signed_in() -> None:
    """The law is open to everyone who works here; only the law office changes it."""


def office() -> dict[str, bool]:
    """What the person may do with the law, for the buttons; dispatch decides for itself."""
    held = current.actor().roles()
    return {
        "proposes": bool(held & {Role.DESIGNER, Role.RELEASER}),
        "confirms": Role.RELEASER in held,
    }


def _page() -> int:
    return max(1, request.args.get("page", 1, type=int))


def law_tabs(here: str) -> list[dict[str, Any]]:
    """The pages about the law, `here` being the open one."""
    views = [
        ("index", _("参数")), ("calendar", _("工作日历")), ("matters", _("事项和依据")),
        ("changes", _("变更记录")),
    ]  # fmt: skip
    found = [
        {"url": url_for(f"law.{view}"), "label": label, "current": view == here}
        for view, label in views
    ]
    texts = {"url": url_for("laws.index"), "label": _("法律法规"), "current": here == "laws"}
    found.insert(2, texts)
    found.insert(4, {"url": url_for("discretion.index"), "label": _("裁量基准"), "current": False})
    return found


@blueprint.get("")
def index() -> str:
    """Parameters by topic, with what holds now and what comes next."""
    today, number = law_day(current.now()), _page()
    topic, text = request.args.get("topic", "clocks"), request.args.get("q", "").strip()[:60]
    with current.application().dispatcher.read(current.actor()) as session:
        everything = law.parameters(session, today)
        rows = law.parameters(session, today, topic="" if text else topic, text=text)
        waiting = law.waiting(session)
    return render_template(
        "law/index.html", tabs=law_tabs("index"), text=text, waiting=waiting, topic=topic,
        topics=[
            {"url": url_for(".index", topic=key), "label": words.topic_name(key), "count": count,
             "current": key == topic and not text}
            for key, count in law.topics(everything).items()
        ],
        rows=rows[(number - 1) * PAGE : number * PAGE], total=len(rows), number=number,
        more=len(rows) > number * PAGE, words=words, **office(),
    )  # fmt: skip


@blueprint.route("/parameters/<key>", methods=["GET", "POST"])
def parameter(key: str) -> Response | str | tuple[str, int]:
    """One parameter: its values, its changes, and a form for the next value."""
    if request.method == "POST":
        return _propose(
            "set_parameter", lambda v: SetParameter(key=key, **v), lambda w: _parameter(key, *w)
        )
    return _parameter(key)


Wrong = tuple[dict[str, Any], list[Violation]]


def _parameter(
    key: str, typed: dict[str, Any] | None = None, against: list[Violation] | None = None
) -> str:
    today = law_day(current.now())
    with current.application().dispatcher.read(current.actor()) as session:
        values = law.history(session, key)
        if not values:
            raise NotFound()
        count, changes = law.changes(session, kind=ChangeKind.PARAMETER, key=key, number=_page())
        subjects = bureau.subjects(session)
    unit = values[0][0].unit
    form = entry_forms.view(
        "set_parameter", typed or {"unit": unit}, violations=against or [],
        choices=_choices(unit, subjects),
    )  # fmt: skip
    return render_template(
        "law/parameter.html", key=key, values=values, unit=unit, today=today, words=words,
        form=form, errors=entry_forms.errors(form, against or []), changes=changes, count=count,
        number=_page(), title=values[0][0], **office(),
    )  # fmt: skip


def _choices(unit: str, subjects: list[Any]) -> dict[str, list[Choice]]:
    lang = current.language()
    units = [str(u) for u in PeriodUnit] if unit in set(PeriodUnit) else [unit]
    return {
        "law.units": [Choice(u, words.unit_name(u, lang) or u) for u in units],
        "law.subjects": [Choice(s.key, name(s, lang)) for s in subjects],
    }


def _propose(
    form: str,
    command: Callable[[dict[str, Any]], Command],
    again: Callable[[Wrong], str],
) -> Response | tuple[str, int]:
    """Propose the change and go to its page; what was typed stays when it is refused."""
    try:
        result = current.execute(command(entry_forms.read(form)))
    except (Refused, Invalid) as refusal:
        against = list(refusal.violations) or [Violation(refusal.code, refusal.text)]
        return again((entry_forms.typed(form), against)), 422
    done = _("变更已生效。") if result.extra["in_force"] else _("变更已提出，待第二人确认。")
    flash(done, "ok")
    return redirect(url_for(".change", change_id=result.extra["change"]))


@blueprint.get("/changes")
def changes() -> str:
    """All changes, latest first; those that wait on their own tab."""
    state = request.args.get("state", "")
    with current.application().dispatcher.read(current.actor()) as session:
        count, page = law.changes(session, state=state, number=_page())
        waiting = law.waiting(session)
    return render_template(
        "law/changes.html", tabs=law_tabs("changes"), count=count, page=page, number=_page(),
        state=state, waiting=waiting, words=words,
    )  # fmt: skip


@blueprint.get("/changes/<uuid:change_id>")
def change(change_id: uuid.UUID) -> str:
    """One change: before and after, which open cases it touches, and what it has moved."""
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as session:
        found = law.change(session, change_id)
        if found is None:
            raise NotFound()
        row = found.change
        proposed = row.state == ChangeState.PROPOSED
        reach = _reach(session, row) if proposed else None
        touched = law_reach.touched(session, row, number=_page()) if proposed else None
        moved = None if proposed else law.moved(session, change_id, number=_page())
        progress = advance(session, progress_key(change_id))
    return render_template(
        "law/change.html", found=found, row=row, reach=reach, touched=touched, moved=moved,
        progress=progress, number=_page(), words=words, own=row.proposed_by_id == actor.id,
        sees=bool(actor.roles() & SEES_CASES), **office(),
        stage_name=lambda stage: stage_name(stage, current.language()),
        clock_name=lambda code: clock_name(code, current.language()),
    )  # fmt: skip


def _reach(session: Any, row: Any) -> dict[str, Any]:
    """The clocks that the change would move now: all counted, the first ones listed."""
    shown, moving = [], 0
    if row.kind != ChangeKind.MATTER:
        for move in law_reach.moves(session, lawbook(session), row):
            moving += 1
            if len(shown) < MOST_SHOWN:
                shown.append(move)
    looked = law_reach.candidates(session, row) if row.kind != ChangeKind.MATTER else 0
    return {"moves": shown, "count": moving, "looked": looked}


@blueprint.get("/changes/<uuid:change_id>/progress")
def progress(change_id: uuid.UUID) -> str:
    """How far the recount is; asked again by the page until it is done."""
    with current.application().dispatcher.read(current.actor()) as session:
        found = advance(session, progress_key(change_id))
    return render_template("law/_progress.html", progress=found, change_id=change_id)


@blueprint.post("/changes/<uuid:change_id>/confirm")
def confirm(change_id: uuid.UUID) -> Response:
    """A second person puts the change in force."""
    return _decide(change_id, ConfirmLawChange(change=str(change_id)), _("变更已生效。"))


@blueprint.post("/changes/<uuid:change_id>/reject")
def reject(change_id: uuid.UUID) -> Response:
    """The change is turned down."""
    reason = request.form.get("reason", "").strip()[:500]
    command = RejectLawChange(change=str(change_id), reason=reason)
    return _decide(change_id, command, _("变更已退回。"))


def _decide(change_id: uuid.UUID, command: Command, done: str) -> Response:
    try:
        current.execute(command)
    except (Refused, Invalid, Forbidden) as refusal:
        flash(told(refusal), "error")
    else:
        flash(done, "ok")
    return redirect(url_for(".change", change_id=change_id))


@blueprint.route("/calendar", methods=["GET", "POST"])
def calendar() -> Response | str | tuple[str, int]:
    """The years with their tables, and a form that loads the official one."""
    if request.method == "POST":
        return _propose("load_calendar", _calendar_command, lambda w: _calendar(*w))
    return _calendar()


def _calendar_command(values: dict[str, Any]) -> LoadCalendarYear:
    """The pasted list, or the words of a file in its place."""
    sent = request.files.get("file")
    typed = values.pop("days", None) or ""
    days = sent.read(100_000).decode("utf-8-sig", "replace") if sent and sent.filename else typed
    return LoadCalendarYear(days=days, **values)


def _calendar(typed: dict[str, Any] | None = None, against: list[Violation] | None = None) -> str:
    with current.application().dispatcher.read(current.actor()) as session:
        years = law.years(session)
        count, page = law.changes(session, kind=ChangeKind.CALENDAR, number=_page())
    form = entry_forms.view("load_calendar", typed or {}, violations=against or [])
    return render_template(
        "law/calendar.html", tabs=law_tabs("calendar"), years=years, form=form, count=count,
        page=page, number=_page(), errors=entry_forms.errors(form, against or []), words=words,
        **office(),
    )  # fmt: skip


@blueprint.get("/matters")
def matters() -> str:
    """Matters with the days between which their wording is in force."""
    today, text = law_day(current.now()), request.args.get("q", "").strip()[:60]
    with current.application().dispatcher.read(current.actor()) as session:
        count, page = law.matters(session, today, text=text, number=_page())
    return render_template(
        "law/matters.html", tabs=law_tabs("matters"), count=count, page=page, number=_page(),
        text=text, today=today,
    )  # fmt: skip


FORMS: dict[str, Callable[..., Command]] = {"revise_matter": ReviseMatter, "end_matter": EndMatter}


@blueprint.route("/matters/<key>", methods=["GET", "POST"])
def matter(key: str) -> Response | str | tuple[str, int]:
    """One matter: all its wordings, and a form to revise or end it."""
    form = request.args.get("form", "revise_matter")
    if form not in FORMS:
        raise NotFound()
    if request.method == "POST":
        command = FORMS[form]
        return _propose(form, lambda v: command(matter=key, **v), lambda w: _matter(key, form, *w))
    return _matter(key, form)


def _matter(
    key: str,
    form: str,
    typed: dict[str, Any] | None = None,
    against: list[Violation] | None = None,
) -> str:
    with current.application().dispatcher.read(current.actor()) as session:
        wordings = law.wordings(session, key)
        count, page = law.changes(session, kind=ChangeKind.MATTER, key=key)
    if not wordings:
        raise NotFound()
    shown = entry_forms.view(form, typed or {}, violations=against or [])
    return render_template(
        "law/matter.html", key=key, wordings=wordings, form=shown, chosen=form, count=count,
        errors=entry_forms.errors(shown, against or []), page=page,
        today=law_day(current.now()), words=words, **office(),
    )  # fmt: skip
