"""The archive (档案): the register of files, borrowings, packages that prove themselves."""

import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    after_this_request,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from flask_login import login_required

from models.archive import LoanState
from models.duration import law_day
from models.errors import DomainError, Forbidden, NotFound
from models.types import Role
from webapp import current, desks, spreadsheets
from webapp.errors import status_of
from webapp.views.devices import page_number, without
from workflows.access import LEADERS, SEES_CASES
from workflows.archive_package import Packer
from workflows.intake import Intake
from workflows.issuing import labels_of
from workflows.queries import archives as query
from workflows.queries.casefile import visible_case, volume_of

blueprint = Blueprint("archives", __name__)

PACKS = frozenset({Role.ARCHIVIST, Role.SUPERVISOR, *LEADERS})
"""Who may take a whole case away, the personal data of everyone in it included."""


def may_pack() -> bool:
    """Whether the person who looks may take packages away."""
    return bool(current.actor().roles() & PACKS)


@blueprint.get("/cases/<uuid:case_id>/archive.zip")
@login_required
def package(case_id: uuid.UUID) -> Any:
    """The self-verifying package; who took it is kept."""
    app, actor = current.application(), current.actor()
    with app.transactions.read() as session:
        case = visible_case(session, actor, case_id)
        if volume_of(session, case_id) is None:
            raise NotFound()
        if actor.holding(PACKS, case.subject_id) is None:
            raise Forbidden()
    app.notes.read(actor, case_id, "archive_package", current.now())
    folder = tempfile.TemporaryDirectory(prefix="package-")
    target = Path(folder.name) / "package.zip"
    it = app.dispatcher
    Packer(app.transactions, app.blobs, it.signer, app.clock).pack(
        case_id, target, by=actor.person_id
    )
    name = f"{_('案卷包')} {case.case_no or case.lead_no}.zip".replace("/", "_")

    @after_this_request
    def gone(response: Any) -> Any:
        response.headers["Cache-Control"] = "private, no-store"
        response.call_on_close(folder.cleanup)
        return response

    return send_file(target, mimetype="application/zip", as_attachment=True, download_name=name)


# -- the register -----------------------------------------------------------------------------

LOAN_ENTRIES = {"decide": "DecideLoan", "return": "ReturnLoan"}


def _concerned() -> None:
    if not current.actor().roles() & SEES_CASES:
        raise Forbidden()


def _filters() -> query.ArchiveFilters:
    return query.ArchiveFilters(
        text=request.args.get("q", "").strip()[:100],
        year=request.args.get("year", type=int),
        ended=request.args.get("ended") == "1",
    )


@blueprint.get("/archives")
@login_required
def index() -> str:
    """Archived files, the latest first."""
    _concerned()
    actor, filters, number = current.actor(), _filters(), page_number()
    today, app = law_day(current.now()), current.application()
    with app.dispatcher.read(actor) as session:
        page, total = query.archived(session, actor, filters, today, number=number)
        held = query.held(session, [case.id for _volume, case in page.rows])
        labels = labels_of(app.catalogue.current(session, "ordinary"))
    lang = current.language()
    return render_template(
        "archives/index.html",
        nav_key="archives",
        page=page,
        total=total,
        held=held,
        filters=filters,
        number=number,
        today=today,
        retention=lambda code: labels.text("retention", code)[lang],
        years=range(today.year, today.year - 10, -1),
    )


@blueprint.get("/archives/list.csv")
@login_required
def export() -> Response:
    """The narrowed register as a table for spreadsheets."""
    _concerned()
    name = f"archive-{law_day(current.now()).isoformat()}.csv"
    return spreadsheets.table(name, _rows(_filters()))


def _rows(filters: query.ArchiveFilters) -> Iterator[list[str]]:
    yield [
        _("档号"), _("案号"), _("当事人"), _("案由"), _("归档日"), _("保管至"), _("册数"),
        _("页数"), _("存放位置"), _("销毁日"),
    ]  # fmt: skip
    actor, today = current.actor(), law_day(current.now())
    with current.application().dispatcher.read(actor) as session:
        for volume, case in query.all_archived(session, actor, filters, today):
            until, gone = volume.retain_until, volume.destroyed_at
            yield [
                volume.archive_no, case.case_no or "", case.party_name, case.cause or "",
                law_day(volume.recorded_at).isoformat(), until.isoformat() if until else _("永久"),
                str(volume.volumes), str(volume.main_pages + volume.secondary_pages),
                volume.storage_place or "", law_day(gone).isoformat() if gone else "",
            ]  # fmt: skip


@blueprint.get("/archives/<uuid:case_id>/spine")
@login_required
def spine(case_id: uuid.UUID) -> str:
    """The label of the spine and the cover (卷脊), to be printed."""
    with current.application().transactions.read() as session:
        case = visible_case(session, current.actor(), case_id)
        volume = volume_of(session, case_id, request.args.get("part", 0, int))
        if volume is None:
            raise NotFound()
        subject = case.subject.name
    return render_template(
        "archives/spine.html", nav_key="archives", case=case, volume=volume, subject=subject
    )


# -- borrowings -------------------------------------------------------------------------------


def loan_state(state: str) -> str:
    """Where a borrowing stands."""
    return {
        LoanState.REQUESTED: _("待审批"),
        LoanState.REFUSED: _("未同意"),
        LoanState.LENT: _("借出"),
        LoanState.RETURNED: _("已归还"),
    }[LoanState(state)]


@blueprint.get("/archives/loans")
@login_required
def loans() -> str:
    """One's own borrowings; for archivists all of them, overdue ones marked."""
    _concerned()
    actor, number = current.actor(), page_number()
    keeps = Role.ARCHIVIST in actor.roles()
    with current.application().dispatcher.read(actor) as session:
        page, total = query.loans(session, actor, everyone=keeps, number=number)
    return render_template(
        "archives/loans.html",
        nav_key="archives",
        page=page,
        total=total,
        keeps=keeps,
        number=number,
        today=law_day(current.now()),
        state_name=loan_state,
    )


@blueprint.route("/archives/loans/<uuid:loan_id>/do/<entry>", methods=["GET", "POST"])
@login_required
def enter_loan(loan_id: uuid.UUID, entry: str) -> Any:
    """The archivist decides on a request, or registers the return."""
    command = LOAN_ENTRIES.get(entry)
    app, actor = current.application(), current.actor()
    if command is None:
        raise NotFound()
    if Role.ARCHIVIST not in actor.roles():
        raise Forbidden()
    with app.dispatcher.read(actor) as session:
        row = query.loan(session, actor, loan_id)
        if row is None:
            raise NotFound()
        step = Intake(session, app.catalogue, actor, current.now()).command(row.case_id, command)
    drawn = without(step, "loan")
    values, refusal = drawn.blank(), None
    if request.method == "POST":
        values = desks.posted(drawn.form)
        try:
            current.execute(step.command_from({**values, "loan": str(loan_id)}))
            flash(_("已登记。"), "ok")
            return redirect(url_for(".loans"))
        except Forbidden:
            raise
        except DomainError as refused:
            values, refusal = drawn.kept(values), refused
    html = render_template(
        "devices/entry.html",
        nav_key="archives",
        sheet=desks.sheet(drawn, values, refusal=refusal),
        act=_("审批借阅") if entry == "decide" else _("登记归还"),
        about=f"{row.borrower.name} {row.case.case_no or ''}",
        back_url=url_for(".loans"),
    )
    return (html, status_of(refusal)) if refusal else html
