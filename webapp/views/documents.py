"""Documents: open in the page, print, download; the bound file of an archived case."""

import uuid
from contextlib import suppress
from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from flask_login import login_required

from models.case import Case
from models.closing import ArchiveVolume
from models.document import Document
from models.errors import Invalid, NotFound, Refused, Text
from webapp import casefile, confirming, current, desks, signatures
from webapp.errors import status_of
from webapp.makers import makers
from webapp.views.archives import may_pack
from workflows.archiving import progress_key
from workflows.commands.signature import SignDocument
from workflows.documents.catalogue import KINDS
from workflows.documents.render import CompileRefused
from workflows.drafting import Draft, Drafting
from workflows.intake import Intake, Step
from workflows.queries.casefile import document_of, progress_of, visible_case, volume_of
from workflows.queries.tasks import visible_task

blueprint = Blueprint("documents", __name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OWN_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""A PDF of our own making: shown in a frame of our own pages, running nothing."""


@blueprint.get("/documents/<uuid:document_id>")
@login_required
def show(document_id: uuid.UUID) -> str:
    """A document in the page. Until its file is there, a bar that survives a reload."""
    app, actor, now = current.application(), current.actor(), current.now()
    with app.transactions.read() as session:
        case, row = document_of(session, actor, document_id)
    app.notes.read(actor, case.id, f"document:{row.kind}", now)
    return _page(case, row)


def _page(case: Case, row: Document, asks_again: str = "", refused: str = "") -> str:
    return render_template(
        "documents/show.html",
        nav_key="cases",
        case=case,
        row=row,
        ready=_ready(row),
        panel=signatures.panel(row),
        asks_again=asks_again,
        refused=refused,
        word_url=url_for("documents.word", document_id=row.id) if _has_word(row) else None,
        corrected_url=_corrected(row),
        **_words(row),
    )


def _corrected(row: Document) -> str | None:
    """The document that took its place, or that corrects it."""
    key = row.corrected_by_id
    return url_for("documents.show", document_id=key) if key else None


def _has_word(row: Document) -> bool:
    """What goes to a party is there as .docx too."""
    kind = KINDS.get(row.kind)
    return kind is not None and kind.outgoing


@blueprint.post("/documents/<uuid:document_id>/sign")
@login_required
def sign(document_id: uuid.UUID) -> Any:
    """Sign the file that the page showed; the password is asked for where that is due."""
    app, actor = current.application(), current.actor()
    with app.transactions.read() as session:
        case, row = document_of(session, actor, document_id)
    if confirming.still_needed("SignDocument") and confirming.confirm() != "ok":
        wrong = _("密码不对，没有签署。请再输入一次。")
        return _page(case, row, asks_again=wrong), 401
    command = SignDocument(
        case_id=case.id,
        document=row.id,
        sha256=request.form.get("sha256", "")[:64],
        capacity=request.form.get("capacity", "")[:12],
    )
    try:
        current.execute(command)
    except Refused as refusal:
        lang = current.language()
        told = " ".join(violation.message[lang] for violation in refusal.violations)
        return _page(case, row, refused=told), status_of(refusal)
    flash(_("已签署《%(title)s》。", title=casefile.document_title(row)), "ok")
    return redirect(url_for("documents.show", document_id=row.id))


def _words(row: Document) -> dict[str, Any]:
    return {
        "title": casefile.document_title(row),
        "tag": casefile.document_tag(row),
        "file_url": url_for("documents.file", document_id=row.id),
        "download_url": url_for("documents.file", document_id=row.id, download=1),
        "state_url": url_for("documents.state", document_id=row.id),
    }


def _ready(row: Document) -> bool:
    return row.sha256 is not None and current.application().blobs.exists(row.sha256)


@blueprint.get("/documents/<uuid:document_id>/state")
@login_required
def state(document_id: uuid.UUID) -> str:
    """The part of the page that waits for the file; makes the file where the worker has not."""
    row = _made(document_id)
    return render_template("documents/_sheet.html", row=row, ready=_ready(row), **_words(row))


@blueprint.get("/documents/<uuid:document_id>/file")
@login_required
def file(document_id: uuid.UUID) -> Any:
    """The PDF; made at once when it is not there yet, always the same bytes."""
    row = _made(document_id)
    if row.sha256 is None:
        return redirect(url_for("documents.show", document_id=row.id))
    path = current.application().blobs.path(row.sha256)
    return pdf(send_file(path, **_named(document_name(row), row.sha256)))


@blueprint.get("/documents/<uuid:document_id>/file.docx")
@login_required
def word(document_id: uuid.UUID) -> Any:
    """What goes to a party as .docx, from the same facts as the PDF."""
    row = _made(document_id)
    if not _has_word(row):
        raise NotFound()
    file = BytesIO(makers().workshop.press.word(row))
    name = document_name(row).removesuffix(".pdf") + ".docx"
    return send_file(file, mimetype=WORD, as_attachment=True, download_name=name)


def _named(name: str, sha256: str) -> dict[str, Any]:
    return {
        "mimetype": "application/pdf",
        "as_attachment": "download" in request.args,
        "download_name": name,
        "conditional": True,
        "etag": sha256,
    }


def pdf(response: Response) -> Response:
    """The headers of a PDF of our own making."""
    response.headers["Content-Security-Policy"] = OWN_PDF
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def document_name(row: Document) -> str:
    """The name under which the document is saved."""
    return f"{row.title}{row.number or ''}.pdf".replace("/", "_")


def _made(document_id: uuid.UUID) -> Document:
    """The document with its file; without it only where its template cannot be set."""
    app, actor = current.application(), current.actor()
    with app.transactions.read() as session:
        _case, row = document_of(session, actor, document_id)
    if _ready(row):
        return row
    # Where a template cannot be set the press has noted why, and the page says so.
    with suppress(CompileRefused):
        makers().make("render_document", document_id=str(document_id))
    with app.transactions.read() as session:
        return document_of(session, actor, document_id)[1]


@blueprint.post("/tasks/<uuid:task_id>/draft.pdf")
@login_required
def draft(task_id: uuid.UUID) -> Any:
    """What the step would issue if it were taken as filled in now, with a watermark."""
    app, actor, now = current.application(), current.actor(), current.now()
    with app.transactions.read() as session:
        task = visible_task(session, actor, task_id)
        step = Intake(session, app.catalogue, actor, now).task(task)
    typed = desks.posted(step.form)
    try:
        found = _drafts(step, typed)
    except (Invalid, Refused) as refusal:
        sheet = desks.sheet(step, step.kept(typed), refusal=refusal)
        page = render_template("documents/no_draft.html", nav_key="tasks", sheet=sheet)
        return page, status_of(refusal)
    shown = found[min(request.args.get("n", 0, int), len(found) - 1)]
    name = f"{_('草稿')} {shown.title}.pdf"
    return pdf(send_file(BytesIO(shown.pdf), mimetype="application/pdf", download_name=name))


NO_DOCUMENT = Text("照现在填的，这一步不出文书。", "As filled in, this step issues no document.")


def _drafts(step: Step, typed: dict[str, Any]) -> list[Draft]:
    drafting = Drafting(current.application().dispatcher, makers().workshop.press)
    found = drafting.drafts(step.command_from(typed), current.actor())
    if not found:
        raise Refused(text=NO_DOCUMENT)
    return found


# -- the bound file ---------------------------------------------------------------------------


@blueprint.get("/cases/<uuid:case_id>/archive")
@login_required
def archive(case_id: uuid.UUID) -> str:
    """The bound file of an archived case: in the page, or how far the binding has come."""
    case, volume = _volume(case_id)
    app, actor = current.application(), current.actor()
    app.notes.read(actor, case.id, "archive", current.now())
    package_url = url_for("archives.package", case_id=case.id) if may_pack() else None
    return render_template(
        "documents/archive.html",
        nav_key="cases",
        case=case,
        package_url=package_url,
        **_bound(volume),
    )


@blueprint.get("/cases/<uuid:case_id>/archive/state")
@login_required
def archive_state(case_id: uuid.UUID) -> str:
    """The part of the page that waits; binds where no worker has begun."""
    _case, volume = _volume(case_id)
    words = _bound(volume)
    if not words["ready"] and not words["running"]:
        makers().make("bind_archive", case_id=str(case_id))
        words = _bound(_volume(case_id)[1])
    return render_template("documents/_archive.html", case=_case, **words)


@blueprint.get("/cases/<uuid:case_id>/archive.pdf")
@login_required
def archive_file(case_id: uuid.UUID) -> Any:
    """One PDF with cover, catalogue and page numbers (V28)."""
    case, volume = _volume(case_id)
    blobs = current.application().blobs
    if volume.sha256 is None or not blobs.exists(volume.sha256):
        part = volume.supplement or None
        return redirect(url_for("documents.archive", case_id=case_id, part=part))
    name = f"{_('案卷')} {case.case_no or case.lead_no}.pdf"
    return pdf(send_file(blobs.path(volume.sha256), **_named(name, volume.sha256)))


def _volume(case_id: uuid.UUID) -> tuple[Case, ArchiveVolume]:
    with current.application().transactions.read() as session:
        case = visible_case(session, current.actor(), case_id)
        volume = volume_of(session, case_id, request.args.get("part", 0, int))
    if volume is None:
        raise NotFound()
    return case, volume


def _bound(volume: ArchiveVolume) -> dict[str, Any]:
    app = current.application()
    with app.transactions.read() as session:
        row = progress_of(session, progress_key(volume.case_id))
    key, part = volume.case_id, volume.supplement or None
    ready = volume.sha256 is not None and app.blobs.exists(volume.sha256)
    message = row.message.get(current.language(), "") if row else _("等待文书生成")
    return {
        "volume": volume,
        "ready": ready,
        "running": row is not None and row.state == "running",
        "progress": {
            "done": row.done if row else 0,
            "total": row.total if row else 1,
            "text": message,
            "failed": row is not None and row.state == "failed",
        },
        "file_url": url_for("documents.archive_file", case_id=key, part=part),
        "download_url": url_for("documents.archive_file", case_id=key, part=part, download=1),
        "state_url": url_for("documents.archive_state", case_id=key, part=part),
    }
