"""Reports to platforms (归集、报送): the outbox, one record with its mapping, resending."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.duration import law_day
from models.errors import DomainError, Forbidden, NotFound
from models.reporting import ReportRecord
from models.types import ReportState, Role
from webapp import current, desks, spreadsheets
from webapp.errors import status_of
from webapp.views.devices import page_number, without
from workflows.access import LEADERS
from workflows.intake import Intake
from workflows.queries import reporting as query
from workflows.reference.reporting import destinations

blueprint = Blueprint("reporting", __name__, url_prefix="/reporting")

SEES = frozenset({Role.PUBLISHER, Role.SUPERVISOR, Role.UNIT_HEAD, *LEADERS})
ENTRIES = {"resend": "ResendReport", "answer": "AnswerReport"}


def state_name(state: str) -> str:
    """What a state is called."""
    return {
        ReportState.WAITING: _("等待报送"),
        ReportState.UNMAPPED: _("不能对照"),
        ReportState.SENT: _("已报送"),
        ReportState.ACCEPTED: _("已接收"),
        ReportState.REJECTED: _("被退回"),
        ReportState.REPLACED: _("已重报"),
    }[ReportState(state)]


def event_name(event: str) -> str:
    """What is reported."""
    return {
        "filed": _("立案"),
        "decided": _("决定"),
        "changed": _("变更"),
        "withdrawn": _("撤销"),
        "closed": _("结案"),
    }[event]


def destination_name(key: str) -> str:
    """What a destination is called; one that is no longer there keeps its key."""
    known = destinations().get(key)
    if known is None:
        return key
    return known.title.en if current.language() == "en" else known.title.zh


@blueprint.before_request
@login_required
def only_those_concerned() -> None:
    """Whoever reports, leads or supervises."""
    if not current.actor().roles() & SEES:
        raise Forbidden()


def _filters() -> query.ReportFilters:
    to, state = request.args.get("to"), request.args.get("state")
    return query.ReportFilters(
        destination=to if to in destinations() else None,
        state=state if state in set(ReportState) else None,
        text=request.args.get("q", "").strip()[:100],
    )


def _words() -> dict[str, Any]:
    return {
        "state_name": state_name,
        "event_name": event_name,
        "destination_name": destination_name,
        "overdue": query.overdue,
        "today": law_day(current.now()),
    }


@blueprint.get("")
def index() -> str:
    """The outbox, newest first."""
    actor, filters, number = current.actor(), _filters(), page_number()
    with current.application().dispatcher.read(actor) as session:
        page, total = query.reports(session, actor, filters, number=number)
        counts = query.counted(session, actor)
    return render_template(
        "reporting/index.html",
        nav_key="reporting",
        page=page,
        total=total,
        counts=counts,
        filters=filters,
        number=number,
        destinations=list(destinations()),
        states=[str(state) for state in ReportState],
        address=lambda **changed: _address(filters, **changed),
        **_words(),
    )


def _address(filters: query.ReportFilters, **changed: Any) -> str:
    kept = {"to": filters.destination, "state": filters.state, "q": filters.text or None}
    return url_for(".index", **{**kept, **changed})


@blueprint.get("/list.csv")
def export() -> Response:
    """The narrowed list as a table for spreadsheets."""
    name = f"reports-{law_day(current.now()).isoformat()}.csv"
    return spreadsheets.table(name, _rows(_filters()))


def _rows(filters: query.ReportFilters) -> Iterator[list[str]]:
    yield [
        _("案号"), _("当事人"), _("平台"), _("事项"), _("次"), _("状态"), _("产生"), _("报送"),
        _("答复"), _("回执号"), _("退回原因"), _("最迟"),
    ]  # fmt: skip
    actor = current.actor()
    with current.application().dispatcher.read(actor) as session:
        for row in query.all_reports(session, actor, filters):
            days = (row.created_at, row.sent_at, row.answered_at)
            yield [
                row.case.case_no or "", row.case.party_name, destination_name(row.destination),
                event_name(row.event), str(row.version), state_name(row.state),
                *(law_day(day).isoformat() if day else "" for day in days),
                row.receipt or "", row.rejection or "",
                row.due_on.isoformat() if row.due_on else "",
            ]  # fmt: skip


@blueprint.get("/<uuid:record_id>")
def show(record_id: uuid.UUID) -> str:
    """One record: its mapping column by column, what was answered, its tellings."""
    actor = current.actor()
    with current.application().dispatcher.read(actor) as session:
        row = _record(session, record_id)
        told = query.tellings(session, row)
    return render_template(
        "reporting/show.html",
        nav_key="reporting",
        row=row,
        told=told,
        resends=Role.PUBLISHER in actor.roles() and row.state in ("unmapped", "rejected", "sent"),
        answers=Role.PUBLISHER in actor.roles() and row.state in ("sent", "rejected"),
        **_words(),
    )


def _record(session: Any, record_id: uuid.UUID) -> ReportRecord:
    row = query.report_of(session, current.actor(), record_id)
    if row is None:
        raise NotFound()
    return row


@blueprint.route("/<uuid:record_id>/do/<entry>", methods=["GET", "POST"])
def enter(record_id: uuid.UUID, entry: str) -> Any:
    """Report anew, or register what the platform answered."""
    command = ENTRIES.get(entry)
    if command is None:
        raise NotFound()
    app, actor = current.application(), current.actor()
    if Role.PUBLISHER not in actor.roles():
        raise Forbidden()
    with app.dispatcher.read(actor) as session:
        row = _record(session, record_id)
        step = Intake(session, app.catalogue, actor, current.now()).command(row.case_id, command)
    drawn, values, refusal = without(step, "record"), None, None
    values = drawn.blank()
    if request.method == "POST":
        values = desks.posted(drawn.form)
        try:
            result = current.execute(step.command_from({**values, "record": str(record_id)}))
            flash(_("已登记。"), "ok")
            after = result.extra.get("record", str(record_id))
            return redirect(url_for(".show", record_id=after))
        except Forbidden:
            raise
        except DomainError as refused:
            values, refusal = drawn.kept(values), refused
    html = render_template(
        "devices/entry.html",
        nav_key="reporting",
        sheet=desks.sheet(drawn, values, refusal=refusal),
        act=_("重新报送") if entry == "resend" else _("登记平台答复"),
        about=f"{destination_name(row.destination)} {row.case.case_no or ''}",
        back_url=url_for(".show", record_id=record_id),
    )
    return (html, status_of(refusal)) if refusal else html
