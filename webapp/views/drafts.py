"""A draft of a pack: the drawing board, its files, the binding of a step, and its release."""

import uuid
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as BaseResponse

from models.errors import Forbidden, Invalid, NotFound, Refused, Stale
from webapp import current, security
from webapp.errors import problem
from webapp.presenters import packs as words
from webapp.presenters.dates import clock_time
from webapp.views.packs import (
    carry_out,
    file_response,
    roles,
    sees_drafts,
    told,
    zip_response,
)
from workflows.commands.pack import (
    DiscardPackDraft,
    ProposePackRelease,
    ReleasePack,
    ReturnPackDraft,
    SavePackDraft,
)
from workflows.packs.check import check
from workflows.packs.compare import compare, text_difference
from workflows.packs.contents import read_contents
from workflows.packs.files import MANIFEST, PackFiles
from workflows.queries import packs as query
from workflows.vocabulary import vocabulary

blueprint = Blueprint("drafts", __name__, url_prefix="/packs/drafts")

EDITABLE = (".yaml", ".typ", ".dmn", ".bpmn", ".md", ".txt")
CONFLICT_LINES = 60


def load(draft_id: uuid.UUID) -> query.Draft:
    """The draft, for those who may see drafts."""
    if not sees_drafts():
        raise Forbidden()
    with current.application().dispatcher.read(current.actor()) as session:
        return query.draft(session, draft_id)


def _findings(files: PackFiles) -> list[dict[str, Any]]:
    return [words.plain(finding) for finding in check(files, vocabulary())]


@blueprint.get("/<uuid:draft_id>")
@login_required
def show(draft_id: uuid.UUID) -> str:
    """The drawing board."""
    security.allow_diagram()
    draft = load(draft_id)
    contents = read_contents(draft.files)
    drawn = [path for path in draft.files.files if path.endswith(".bpmn")]
    path = request.args.get("path") or next((p for p in drawn if "/" not in p), "")
    if path not in drawn:
        raise NotFound()
    return render_template(
        "packs/draft.html",
        draft=draft.row,
        base=draft.base,
        path=path,
        drawn=drawn,
        findings=_findings(draft.files),
        bindings=words.bindings(contents, current.language()),
        **_may(draft),
    )


def _may(draft: query.Draft) -> dict[str, Any]:
    may = roles()
    open_ = draft.row.state in query.OPEN
    return {
        "edits": may["designs"] and open_,
        "releases": may["releases"] and draft.row.state == "proposed",
        "mine": current.actor().id in (draft.row.author_id, draft.row.proposed_by_id),
        "open": open_,
    }


@blueprint.get("/<uuid:draft_id>/file")
@login_required
def file(draft_id: uuid.UUID) -> Response:
    """One file of the draft as it is stored."""
    return file_response(load(draft_id).files, request.args.get("path", MANIFEST))


@blueprint.get("/<uuid:draft_id>/download")
@login_required
def download(draft_id: uuid.UUID) -> Response:
    """The draft as a zip."""
    draft = load(draft_id)
    return zip_response(draft.files, f"{draft.row.pack}-draft")


@blueprint.post("/<uuid:draft_id>/save")
@login_required
def save(draft_id: uuid.UUID) -> Response:
    """The drawing board saves: store, check, and answer with what was found."""
    rev, path, content = _posted()
    command = SavePackDraft(draft_id=draft_id, rev=rev, files={path: content})
    try:
        result = current.execute(command)
    except Stale as stale:
        return _conflict(draft_id, path, content, stale)
    draft = load(draft_id)
    contents = read_contents(draft.files)
    return jsonify(
        rev=result.extra["rev"],
        saved_at=clock_time(current.now()),
        findings=_findings(draft.files),
        bindings=words.bindings(contents, current.language()),
    )


def _posted() -> tuple[int, str, bytes]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Invalid()
    rev, path, content = body.get("rev"), body.get("path"), body.get("content")
    if not isinstance(rev, int) or not isinstance(path, str) or not isinstance(content, str):
        raise Invalid()
    return rev, path, _encoded(content)


def _encoded(text: str) -> bytes:
    """UTF-8 with the line ends of files; half a character is no text."""
    try:
        return text.replace("\r\n", "\n").encode("utf-8")
    except UnicodeEncodeError as error:
        raise Invalid() from error


def _conflict(draft_id: uuid.UUID, path: str, content: bytes, stale: Stale) -> Response:
    """409: who was here, and how what is stored differs from what was sent; nothing is lost."""
    draft = load(draft_id)
    stored = draft.files.files.get(path, b"")
    response = problem(409, stale.code, stale.text.zh, stale.text.en)
    body = response.get_json()
    body |= {"rev": draft.row.rev, "difference": _clash(path, stored, content)}
    response.set_data(jsonify(body).get_data())
    return response


def _clash(path: str, stored: bytes, content: bytes) -> list[str]:
    return text_difference(path, stored, content)[:CONFLICT_LINES]


@blueprint.route("/<uuid:draft_id>/files", methods=["GET", "POST"])
@login_required
def files(draft_id: uuid.UUID) -> BaseResponse | str | tuple[str, int]:
    """The files of a draft: read, change, add, remove one at a time."""
    draft = load(draft_id)
    if request.method == "GET":
        return _editor(draft, request.args.get("path") or MANIFEST)
    path = request.form.get("path", "").strip()
    back = url_for(".files", draft_id=draft_id, path=path)
    rev = request.form.get("rev", 0, type=int)
    if request.form.get("act") == "remove":
        command = SavePackDraft(draft_id=draft_id, rev=rev, files={}, removed=[path])
        return carry_out(command, lambda _r: url_for(".files", draft_id=draft_id), back)
    typed = request.form.get("content", "")
    command = SavePackDraft(draft_id=draft_id, rev=rev, files={path: _encoded(typed)})
    try:
        current.execute(command)
    except Stale:
        return _editor(load(draft_id), path, typed=typed, stale=True), 409
    except (Refused, Invalid) as refusal:
        flash(told(refusal), "error")
        return _editor(draft, path, typed=typed), 422
    flash(_("已保存 %(path)s。", path=path), "ok")
    return redirect(back)


def _editor(draft: query.Draft, path: str, *, typed: str | None = None, stale: bool = False) -> str:
    known = path in draft.files
    stored = draft.files.files.get(path, b"")
    text = typed if typed is not None else stored.decode("utf-8", "replace")
    changed = compare_base(draft)
    return render_template(
        "packs/files.html",
        draft=draft.row,
        path=path,
        file_url=lambda p: url_for(".files", draft_id=draft.row.id, path=p),
        known=known,
        text=text,
        editable=path.endswith(EDITABLE),
        paths=list(draft.files.files),
        changed={each.path: each.kind for each in changed.files},
        findings=[f for f in _findings(draft.files) if f["file"] == path],
        clash=_clash(path, stored, _encoded(typed or "")) if stale else [],
        stale=stale,
        lines=text.count("\n") + 1,
        **_may(draft),
    )


def compare_base(draft: query.Draft) -> Any:
    """What the draft changes against the version that it grew from."""
    if draft.base is None:
        return compare(PackFiles({}), draft.files)
    with current.application().dispatcher.read(current.actor()) as session:
        return compare(query.version_files(session, draft.base.id), draft.files)


@blueprint.get("/<uuid:draft_id>/compare")
@login_required
def comparison(draft_id: uuid.UUID) -> str:
    """What the draft changes, and the release of it."""
    draft = load(draft_id)
    found = compare_base(draft)
    findings = _findings(draft.files)
    return render_template(
        "packs/compare.html",
        draft=draft.row,
        base=draft.base,
        comparison=found,
        findings=findings,
        blocked=any(f["severity"] == "error" for f in findings),
        changed_words=lambda what: words.changed_words(what, current.language()),
        **_may(draft),
    )


def _rev() -> int:
    return request.form.get("rev", 0, type=int)


def _note() -> str:
    return request.form.get("note", "").strip()[:2000]


@blueprint.post("/<uuid:draft_id>/propose")
@login_required
def propose(draft_id: uuid.UUID) -> BaseResponse:
    """Ask a second person to release the draft."""
    here = url_for(".comparison", draft_id=draft_id)
    command = ProposePackRelease(draft_id=draft_id, rev=_rev(), note=_note())
    return carry_out(command, lambda _r: here, here)


@blueprint.post("/<uuid:draft_id>/release")
@login_required
def release(draft_id: uuid.UUID) -> BaseResponse:
    """Release: new cases run it from now on, running cases keep theirs."""
    here = url_for(".comparison", draft_id=draft_id)
    command = ReleasePack(draft_id=draft_id, rev=_rev(), note=_note())
    return carry_out(
        command, lambda r: url_for("packs.version", version_id=r.extra["version"]), here
    )


@blueprint.post("/<uuid:draft_id>/return")
@login_required
def send_back(draft_id: uuid.UUID) -> BaseResponse:
    """Send the draft back to its author with a reason."""
    here = url_for(".comparison", draft_id=draft_id)
    command = ReturnPackDraft(draft_id=draft_id, rev=_rev(), note=_note())
    return carry_out(command, lambda _r: here, here)


@blueprint.post("/<uuid:draft_id>/discard")
@login_required
def discard(draft_id: uuid.UUID) -> BaseResponse:
    """Throw the draft away."""
    command = DiscardPackDraft(draft_id=draft_id, rev=_rev())
    return carry_out(
        command, lambda _r: url_for("packs.index"), url_for(".show", draft_id=draft_id)
    )
