"""Letters of those who supervise (监督来函): the register, one letter with its reply, its acts."""

import uuid
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.duration import PeriodUnit, law_day
from models.errors import DomainError, Forbidden, NotFound
from models.supervision_letter import LetterState, SupervisionLetter
from webapp import current, desks, spreadsheets
from webapp.errors import status_of
from webapp.makers import makers
from webapp.presenters.due import Badge, late_text, left_text
from webapp.views.devices import page_number, step_of, without
from workflows.access import LEADERS, SEES_CASES
from workflows.issuing import labels_of
from workflows.lawbook import lawbook
from workflows.letter_paper import reply_pdf, reply_word
from workflows.queries import letters as query

blueprint = Blueprint("letters", __name__, url_prefix="/letters")

ENTRIES = {
    "draft": "DraftLetterReply",
    "decide": "DecideLetterReply",
    "send": "SendLetterReply",
}


def entry_name(entry: str) -> str:
    """What an act is called."""
    return {
        "register": _("登记来函"),
        "draft": _("拟写复函"),
        "decide": _("审批复函"),
        "send": _("登记发出"),
    }[entry]


def state_name(state: str) -> str:
    """Where the reply stands."""
    return {
        LetterState.OPEN: _("待答复"),
        LetterState.DRAFTED: _("待审批"),
        LetterState.APPROVED: _("待发出"),
        LetterState.SENT: _("已答复"),
    }[LetterState(state)]


def badge(row: SupervisionLetter, lead: int) -> Badge:
    """The due badge of the reply."""
    today = law_day(current.now())
    colour, left = query.light(row, today, lead), (row.reply_due - today).days
    if colour == "done":
        late = row.late(today)
        return Badge("late" if late else "done", _("逾期答复") if late else _("按期答复"))
    text = left_text(left, PeriodUnit.CALENDAR_DAY)
    if left < 0:
        text = late_text(-left, PeriodUnit.CALENDAR_DAY)
    return Badge(colour, text, row.reply_due.isoformat())  # type: ignore[arg-type]


@blueprint.before_request
@login_required
def only_those_concerned() -> None:
    """Whoever works on cases."""
    if not current.actor().roles() & SEES_CASES:
        raise Forbidden()


def words(session: Any) -> dict[str, Any]:
    """What every page of letters is drawn with."""
    app = current.application()
    law = lawbook(session)
    lead = int(law.value("letter.amber_days", law_day(current.now())))
    labels = labels_of(app.catalogue.current(session, "ordinary"))
    lang = current.language()
    return {
        "kind_name": lambda code: labels.text("letter_kind", code)[lang],
        "state_name": state_name,
        "badge": lambda row: badge(row, lead),
    }


@blueprint.get("")
def index() -> str:
    """The register, what is due first."""
    actor, number = current.actor(), page_number()
    kind, open_only = request.args.get("kind"), request.args.get("open") == "1"
    text = request.args.get("q", "").strip()[:100]
    app = current.application()
    with app.dispatcher.read(actor) as session:
        page, total = query.letters(
            session, actor, kind=kind, open_only=open_only, text=text, number=number
        )
        shown = words(session)
        labels = labels_of(app.catalogue.current(session, "ordinary"))
        return render_template(
            "letters/index.html",
            nav_key="letters",
            page=page,
            total=total,
            kinds=[option.value for option in labels.tables["letter_kind"]],
            kind=kind,
            open_only=open_only,
            text=text,
            number=number,
            may_register=query.may_register(actor),
            **shown,
        )


@blueprint.get("/list.csv")
def export() -> Response:
    """The register as a table for spreadsheets."""
    name = f"letters-{law_day(current.now()).isoformat()}.csv"
    return spreadsheets.table(name, _rows())


def _rows() -> Iterator[list[str]]:
    yield [
        _("种类"), _("来函机关"), _("来函文号"), _("收到日期"), _("案号"), _("承办人"),
        _("答复期限"), _("状态"), _("复函文号"), _("发出日期"),
    ]  # fmt: skip
    actor, number = current.actor(), 1
    with current.application().dispatcher.read(actor) as session:
        shown = words(session)
        while True:
            page, _total = query.letters(session, actor, number=number, limit=200)
            for row in page.rows:
                yield [
                    shown["kind_name"](row.kind), row.organ, row.number,
                    row.received_on.isoformat(), (row.case.case_no or "") if row.case else "",
                    row.owner.name, row.reply_due.isoformat(), state_name(row.state),
                    row.reply_no or "", row.sent_on.isoformat() if row.sent_on else "",
                ]  # fmt: skip
            if page.next is None:
                return
            number += 1


@blueprint.get("/<uuid:letter_id>")
def show(letter_id: uuid.UUID) -> str:
    """One letter, its reply, and what may be done now."""
    actor = current.actor()
    with current.application().dispatcher.read(actor) as session:
        row = _letter(session, letter_id)
        people = query.people_of(session, row)
        shown = words(session)
    return render_template(
        "letters/show.html",
        nav_key="letters",
        row=row,
        people=people,
        entries=[(entry, entry_name(entry)) for entry in _possible(row)],
        **shown,
    )


def _possible(row: SupervisionLetter) -> list[str]:
    """Acts that make sense now for this person; the guards come later."""
    actor = current.actor()
    mine = {actor.person_id, *(h.acting_for for h in actor.holdings if h.acting_for)}
    owns = row.owner_id in mine
    leads = actor.holding(LEADERS, row.subject_id) is not None
    found = []
    if owns and row.state in (LetterState.OPEN, LetterState.DRAFTED):
        found.append("draft")
    if leads and row.state == LetterState.DRAFTED and row.drafted_by_id != actor.person_id:
        found.append("decide")
    if owns and row.state == LetterState.APPROVED:
        found.append("send")
    return found


def _letter(session: Any, key: uuid.UUID) -> SupervisionLetter:
    row = query.letter(session, current.actor(), key)
    if row is None:
        raise NotFound()
    return row


@blueprint.get("/<uuid:letter_id>/reply.<any(pdf,docx):form>")
def reply(letter_id: uuid.UUID, form: str) -> Any:
    """The reply as a document, once it is approved; the same bytes at any time."""
    app = current.application()
    with app.dispatcher.read(current.actor()) as session:
        row = _letter(session, letter_id)
        files = app.catalogue.current(session, "ordinary").files.files
        kind = words(session)["kind_name"](row.kind)
        if row.approved_at is None:
            raise NotFound()
        make = reply_pdf if form == "pdf" else reply_word
        content = make(makers().workshop.press.renderer, files, row, kind)
    name = f"{row.reply_no}.{form}".replace("/", "_")
    return send_file(BytesIO(content), download_name=name, as_attachment=form == "docx")


@blueprint.route("/new", methods=["GET", "POST"])
def register() -> Any:
    """Register a letter."""
    if not query.may_register(current.actor()):
        raise Forbidden()
    return _entered("register", "RegisterLetter", {}, url_for(".index"))


@blueprint.route("/<uuid:letter_id>/do/<entry>", methods=["GET", "POST"])
def enter(letter_id: uuid.UUID, entry: str) -> Any:
    """Draft, approve or send the reply."""
    command = ENTRIES.get(entry)
    if command is None:
        raise NotFound()
    with current.application().dispatcher.read(current.actor()) as session:
        row = _letter(session, letter_id)
        if entry not in _possible(row):
            raise Forbidden()
    known = {"letter": str(letter_id)}
    return _entered(entry, command, known, url_for(".show", letter_id=letter_id), row)


def _entered(entry: str, command: str, known: dict[str, str], back: str, row: Any = None) -> Any:
    step = step_of(command)
    drawn = without(step, *known)
    values, refusal = drawn.blank(), None
    if row is not None and entry == "draft":
        values |= {"reply": row.reply or "", "measures": row.measures or ""}
    if request.method == "POST":
        values = desks.posted(drawn.form)
        try:
            result = current.execute(step.command_from({**values, **known}))
            flash(_("已登记。"), "ok")
            return redirect(url_for(".show", letter_id=result.extra["letter"]))
        except Forbidden:
            raise
        except DomainError as refused:
            values, refusal = drawn.kept(values), refused
    html = render_template(
        "devices/entry.html",
        nav_key="letters",
        sheet=desks.sheet(drawn, values, refusal=refusal),
        act=entry_name(entry),
        about=f"{row.organ} {row.number}" if row is not None else "",
        back_url=back,
    )
    return (html, status_of(refusal)) if refusal else html
