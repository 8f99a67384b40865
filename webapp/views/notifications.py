"""Messages to the person: what came to their desk, which clocks are running out."""

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from models.duration import law_day
from models.types import NotificationKind
from webapp import current
from workflows.queries.notices import counts, notice, notices

blueprint = Blueprint("notifications", __name__)

GLYPHS = {
    NotificationKind.CLOCK_AMBER: "clock",
    NotificationKind.CLOCK_RED: "due-late",
    NotificationKind.CLOCK_EXPIRED: "due-late",
    NotificationKind.CLOCK_MOVED: "clock",
    NotificationKind.TASK_ASSIGNED: "tasks",
    NotificationKind.TASK_RETURNED: "undo",
    NotificationKind.PACK_PROPOSED: "processes",
}


@blueprint.get("/notifications")
@login_required
def index() -> str:
    """The list, unread ones alone where asked for."""
    unread = request.args.get("view") == "unread"
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as db:
        page = notices(db, actor, unread=unread, after=request.args.get("after"))
        whole, new = counts(db, actor)
    number = request.args.get("page", 1, type=int)
    return render_template(
        "notifications/index.html",
        rows=page.rows,
        unread=new,
        only_unread=unread,
        tabs=[
            _tab(_("全部"), str(whole), None, not unread),
            _tab(_("未读"), str(new), "unread", unread),
        ],
        glyphs=GLYPHS,
        today=law_day(current.now()),
        number=number,
        next_url=_next(page.next, number),
    )


def _tab(label: str, count: str, view: str | None, chosen: bool) -> dict[str, Any]:
    url = url_for("notifications.index", view=view)
    return {"label": label, "count": count, "url": url, "current": chosen}


def _next(cursor: str | None, number: int) -> str | None:
    if cursor is None:
        return None
    view = request.args.get("view")
    return url_for("notifications.index", view=view, after=cursor, page=number + 1)


@blueprint.post("/notifications/<uuid:notice_id>")
@login_required
def open_one(notice_id: uuid.UUID) -> Response:
    """Mark a message as read and go where it leads."""
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as db:
        found = notice(db, actor, notice_id)
    app.notes.seen(actor, [notice_id], current.now())
    return redirect(found.link if found.link.startswith("/") else url_for("notifications.index"))


@blueprint.post("/notifications/read")
@login_required
def read() -> Response:
    """Mark all messages as read."""
    current.application().notes.seen(current.actor(), None, current.now())
    return redirect(url_for("notifications.index"))
