"""Tasks: the inbox, the desk of one task, and what one does with tasks themselves."""

import uuid
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from werkzeug.wrappers import Response

from models.duration import law_day
from models.errors import DomainError, Forbidden, FreshSignInNeeded, NotFound, Stale, Text
from models.task import Task
from models.types import TaskState
from webapp import confirming, current, desks, inboxes, remembering, spreadsheets, taskdesk
from webapp.errors import status_of
from webapp.presenters import inbox as words
from webapp.presenters.dates import clock_time
from webapp.presenters.people import name_of
from webapp.views.letters import words as letter_words
from workflows.commands.base import Command
from workflows.commands.desk import ClaimTask, HandOverTask, ReleaseTask, UnwatchCase, WatchCase
from workflows.dispatch import Result
from workflows.intake import Intake
from workflows.queries import desk, standing
from workflows.queries.casefile import visible_case
from workflows.queries.letters import waiting_for
from workflows.queries.paging import PAGE
from workflows.queries.tasks import visible_task

blueprint = Blueprint("tasks", __name__)

WRONG_WORD = Text("密码不对，没有提交。请再输入一次。", "Wrong password; nothing was submitted.")
TOO_OFTEN = Text(
    "错误次数太多，请十五分钟后再试。您填的内容已存为草稿。",
    "Too many attempts: wait fifteen minutes. What you typed is kept as a draft.",
)


# -- the inbox --------------------------------------------------------------------------------


@blueprint.get("/tasks")
@login_required
def index() -> Response | str:
    """The inbox; without any filter in the address, as it was left last time."""
    if not request.args and inboxes.remembered():
        return redirect(url_for("tasks.index", **inboxes.remembered()))
    page = inboxes.read_page()
    inboxes.remember()
    lang = current.language()
    with current.application().transactions.read() as session:
        letters = {"rows": waiting_for(session, current.actor())}
        if letters["rows"]:
            letters |= letter_words(session)
    return render_template(
        "tasks/index.html",
        letters=letters,
        nav_key="tasks",
        page=page,
        tabs=inboxes.tabs(page),
        chips=inboxes.chips(page),
        narrowed=any(request.args.get(name) for name in inboxes.NARROWED),
        naming=remembering.naming(inboxes.LIST, inboxes.narrowed()),
        clear_url=inboxes.address(**dict.fromkeys(inboxes.NARROWED)),
        address=inboxes.address,
        today=words.today_words(law_day(current.now()), lang),
        urgency=words.urgency(page.mine),
        late_words=words.late_words,
        soon_words=words.soon_words,
        export_url=url_for("tasks.export", **inboxes.kept()),
    )


@blueprint.get("/tasks.csv")
@login_required
def export() -> Response:
    """The same list as a table for spreadsheets."""
    return spreadsheets.table(inboxes.file_name(), inboxes.export_rows())


@blueprint.get("/tasks/print")
@login_required
def print_list() -> str:
    """The chosen tasks as a list on paper (送审清单)."""
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as db:
        rows = desk.visible_tasks(db, actor, _chosen(request.args.getlist("task")))
        holders = desk.holders(db, rows)
    lang = current.language()
    return render_template(
        "tasks/print.html",
        nav_key="tasks",
        rows=rows,
        names={key: name_of(person, lang) for key, person in holders.items()},
        now=current.now(),
    )


def _chosen(texts: list[str]) -> list[uuid.UUID]:
    """Keys of ticked tasks, as many as one page can show."""
    keys = [current.as_uuid(text) for text in texts[:PAGE]]
    return [key for key in dict.fromkeys(keys) if key is not None]


# -- the desk ---------------------------------------------------------------------------------


@blueprint.get("/tasks/<uuid:task_id>")
@login_required
def show(task_id: uuid.UUID) -> str:
    """The desk of a task; that the file was opened is noted."""
    opened = taskdesk.open_desk(task_id)
    note = f"task:{opened.task.element}"
    current.application().notes.read(current.actor(), opened.task.case_id, note, current.now())
    return _desk(opened)


def _desk(
    opened: taskdesk.Desk,
    typed: dict[str, Any] | None = None,
    refusal: DomainError | None = None,
) -> str:
    asks = isinstance(refusal, FreshSignInNeeded)
    return render_template(
        "tasks/show.html",
        nav_key="tasks",
        stale=isinstance(refusal, Stale),
        asks_again=refusal.text[current.language()] if asks and refusal else "",
        **taskdesk.shown(opened, typed, None if asks else refusal),
    )


@blueprint.post("/tasks/<uuid:task_id>")
@login_required
def submit(task_id: uuid.UUID) -> Any:
    """Carry the step out and go on to the next one; a refusal keeps all that was typed."""
    opened = taskdesk.open_desk(task_id)
    typed = desks.posted(opened.step.form)
    try:
        _sign_again(opened)
        rev = request.form.get("_rev", type=int)
        result = current.execute(opened.step.command_from(typed, rev=rev))
    except Forbidden:
        raise
    except DomainError as refusal:
        return _refused(opened, typed, refusal)
    return _on(opened, result)


def _sign_again(opened: taskdesk.Desk) -> None:
    """What cannot be undone is signed with the password, in the same form."""
    if not confirming.still_needed(opened.task.command):
        return
    if not request.form.get(confirming.FIELD):
        raise FreshSignInNeeded()
    outcome = confirming.confirm()
    if outcome != "ok":
        raise FreshSignInNeeded(text=TOO_OFTEN if outcome == "throttled" else WRONG_WORD)


def _refused(opened: taskdesk.Desk, typed: dict[str, Any], refusal: DomainError) -> Any:
    actor, now = current.actor(), current.now()
    if not opened.open or request.form.get("_rev", type=int) != opened.task.rev:
        refusal = Stale()
    if opened.open:
        current.application().notes.save_draft(actor, opened.task.id, typed, now)
    if isinstance(refusal, Stale):
        opened = taskdesk.open_desk(opened.task.id)
    return _desk(opened, typed, refusal), status_of(refusal)


def _on(opened: taskdesk.Desk, result: Result) -> Response:
    app, actor = current.application(), current.actor()
    app.notes.drop_draft(actor, opened.task.id)
    with app.dispatcher.read(actor) as db:
        following = desk.opened(db, result.opened)
    flash(taskdesk.told(opened, result, following), "ok")
    to = taskdesk.way_on(opened, following)
    return redirect(url_for("tasks.show", task_id=to) if to else url_for("tasks.index"))


@blueprint.post("/tasks/<uuid:task_id>/draft")
@login_required
def save_draft(task_id: uuid.UUID) -> Any:
    """Keep what has been typed so far; the page says when."""
    app, actor, now = current.application(), current.actor(), current.now()
    with app.dispatcher.read(actor) as db:
        task = visible_task(db, actor, task_id)
        form = Intake(db, app.catalogue, actor, now).form_of(task)
    if task.state != TaskState.OPEN:
        raise Stale()
    app.notes.save_draft(actor, task_id, desks.posted(form), now)
    return jsonify(saved_at=clock_time(now))


@blueprint.post("/tasks/<uuid:task_id>/draft/discard")
@login_required
def discard_draft(task_id: uuid.UUID) -> Response:
    """Throw the draft away and begin with the record's own values."""
    current.application().notes.drop_draft(current.actor(), task_id)
    return redirect(url_for("tasks.show", task_id=task_id))


# -- claiming, handing over, following --------------------------------------------------------


@blueprint.post("/tasks/<uuid:task_id>/claim")
@login_required
def claim(task_id: uuid.UUID) -> Response:
    """Take an offered task and open its desk; whoever comes second is told so."""
    task = _task(task_id)
    _act(ClaimTask(case_id=task.case_id, task_id=task.id), task)
    flash(_("已认领“%(step)s”。", step=_title(task)), "ok")
    return redirect(url_for("tasks.show", task_id=task.id))


@blueprint.post("/tasks/<uuid:task_id>/release")
@login_required
def release(task_id: uuid.UUID) -> Response:
    """Give a task back to all who may take it."""
    task = _task(task_id)
    _act(ReleaseTask(case_id=task.case_id, task_id=task.id), task)
    flash(_("已退回“%(step)s”，等别人认领。", step=_title(task)), "ok")
    return redirect(url_for("tasks.index"))


@blueprint.post("/tasks/watch")
@login_required
def watch() -> Response:
    """Follow the cases of the chosen tasks, or stop following them."""
    command = UnwatchCase if request.values.get("watch") == "0" else WatchCase
    one = request.form.get("one")
    keys = _chosen([one] if one else request.form.getlist("task"))
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as db:
        rows = desk.visible_tasks(db, actor, keys)
    cases = {row.case_id: row for row in rows}
    for case_id, task in cases.items():
        _act(command(case_id=case_id), task)
    count = len(cases)
    text = (
        ngettext("已关注 %(num)s 件。", "已关注 %(num)s 件。", count)
        if command is WatchCase
        else ngettext("不再关注 %(num)s 件。", "不再关注 %(num)s 件。", count)
    )
    flash(text, "ok")
    return redirect(_back())


@blueprint.get("/tasks/hand-over")
@login_required
def hand_over_page() -> str:
    """To whom the chosen tasks may go, and why."""
    return _hand_over(_chosen(request.args.getlist("task")))


@blueprint.post("/tasks/hand-over")
@login_required
def hand_over() -> Any:
    """Hand the chosen tasks over one by one; what is refused is told, and stays."""
    keys = _chosen(request.form.getlist("task"))
    to, reason = request.form.get("to", "")[:64], request.form.get("reason", "").strip()
    done: list[Task] = []
    for task in _tasks(keys):
        try:
            _act(HandOverTask(case_id=task.case_id, task_id=task.id, to=to, reason=reason), task)
        except DomainError as refusal:
            left = [key for key in keys if key not in {t.id for t in done}]
            return _hand_over(left, refusal, len(done)), status_of(refusal)
        done.append(task)
    flash(ngettext("已转交 %(num)s 件。", "已转交 %(num)s 件。", len(done)), "ok")
    return redirect(url_for("tasks.index"))


def _hand_over(keys: list[uuid.UUID], refusal: DomainError | None = None, already: int = 0) -> str:
    app, actor, now, lang = (
        current.application(), current.actor(), current.now(), current.language(),
    )  # fmt: skip
    able: dict[str, Any] = {}
    with app.dispatcher.read(actor) as db:
        rows = desk.visible_tasks(db, actor, keys)
        if not rows:
            raise NotFound()
        for number, task in enumerate(rows):
            case = visible_case(db, actor, task.case_id)
            eyes = standing.looking(db, actor, case, now, blobs=app.blobs, catalogue=app.catalogue)
            found = {p.key: p for p in desk.colleagues(eyes, task) if p.id != actor.id}
            able = found if number == 0 else {k: p for k, p in able.items() if k in found}
    return render_template(
        "tasks/hand_over.html",
        nav_key="tasks",
        rows=rows,
        people=[(p.key, name_of(p, lang), p.post) for p in able.values()],
        to=request.values.get("to", ""),
        reason=request.values.get("reason", ""),
        problems=[v.plain(lang) for v in refusal.violations] if refusal else [],
        refused=refusal.text[lang] if refusal and not refusal.violations else "",
        already=already,
    )


def _tasks(keys: list[uuid.UUID]) -> list[Task]:
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as db:
        return desk.visible_tasks(db, actor, keys)


def _task(task_id: uuid.UUID) -> Task:
    found = _tasks([task_id])
    if not found:
        raise NotFound()
    return found[0]


def _act(command: Command, task: Task) -> Result:
    """One of several acts of a page: each has a key of its own below the page's."""
    page = current.request_key()
    return current.execute(command, key=f"{page[:40]}:{task.id}" if page else None)


def _title(task: Task) -> str:
    return task.title_en if current.language() == "en" else task.title


def _back() -> str:
    """The inbox as it was left, or the desk from which the act came."""
    task = current.as_uuid(request.form.get("from", ""))
    if task is not None:
        return url_for("tasks.show", task_id=task)
    return url_for("tasks.index", **inboxes.remembered())
