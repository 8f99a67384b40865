"""Discretion: the tables with their days, matters without one, and the range live at the desk."""

import uuid
from decimal import Decimal, InvalidOperation

from flask import Blueprint, Response, make_response, render_template, request
from flask_login import login_required

from models.duration import law_day
from models.errors import NotFound
from webapp import current
from workflows.queries import discretion as query

blueprint = Blueprint("discretion", __name__, url_prefix="/law/discretion")


@blueprint.get("")
@login_required
def index() -> str:
    """Every version of every standard; and the matters in force that none covers."""
    today, number = law_day(current.now()), max(1, request.args.get("page", 1, type=int))
    with current.application().dispatcher.read(current.actor()) as session:
        tables = query.tables(session)
        count, page = query.without_table(session, today, number)
    return render_template(
        "law/discretion.html", tables=tables, count=count, page=page, number=number, today=today
    )


@blueprint.get("/tables/<uuid:table_id>")
@login_required
def table(table_id: uuid.UUID) -> Response:
    """One version as the DMN file that decided, to be opened in any editor."""
    with current.application().dispatcher.read(current.actor()) as session:
        found = next((row for row in query.tables(session) if row.id == table_id), None)
    if found is None:
        raise NotFound()
    answer = make_response(found.dmn)
    answer.headers["Content-Type"] = "application/xml; charset=utf-8"
    name = f"{found.key}-{found.effective_from}.dmn"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.get("/live/<uuid:task_id>")
@login_required
def live(task_id: uuid.UUID) -> str:
    """The range for what the desk holds right now, and why; asked again at every change."""
    wish = query.Wish(
        matter=request.args.get("matter", "")[:64],
        level=request.args.get("discretion_level", "")[:20],
        factors=tuple(request.args.getlist("discretion_factors")[:20]),
        fine=_money(request.args.get("fine", "")),
        rate_base=_money(request.args.get("rate_base", "")),
    )
    if not wish.level:
        # Nothing is proposed that the table measures: the desk shows nothing of it.
        return ""
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as session:
        found = query.live(session, actor, task_id, wish, law_day(current.now()))
    if found is None:
        raise NotFound()
    return render_template("law/_range.html", range=found)


def _money(text: str) -> Decimal | None:
    """Yuan as typed; None for what is no amount."""
    try:
        value = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
