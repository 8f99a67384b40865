"""Evidence: the item with its custody, its file with ranges, its pictures. Every look is noted."""

import uuid
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, send_file, url_for
from flask_login import login_required

from models.errors import NotFound
from models.evidence import Evidence
from webapp import casefile, current
from webapp.makers import makers
from workflows.blobs.filetypes import ALLOWED
from workflows.labels import labels_of
from workflows.permissions import open_to_change
from workflows.previews import PreviewRefused
from workflows.queries import standing
from workflows.queries.casefile import evidence_of, neighbours_of, people_named

blueprint = Blueprint("evidence", __name__)

SANDBOX = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
"""A file of the public runs nothing, whatever it says it is."""
FIRST_PAGES = 6
"""So many pages of a PDF are shown as pictures; the rest is in the file itself."""
INLINE = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})
EXTENSIONS = {kind.mime: kind.extension for kind in ALLOWED}


@blueprint.get("/evidence/<uuid:evidence_id>")
@login_required
def show(evidence_id: uuid.UUID) -> str:
    """One item: what it shows, where it is from, its digest, who took it."""
    app, actor, now = current.application(), current.actor(), current.now()
    with app.transactions.read() as session:
        case, item = evidence_of(session, actor, evidence_id)
        people = people_named(session, [item])
        before, after = neighbours_of(session, item)
        pack = app.catalogue.version(session, case.pack_version_id)
        eyes = standing.looking(session, actor, case, now, blobs=app.blobs, catalogue=app.catalogue)
        may_exclude = item.admissible and standing.allows(eyes, "ExcludeEvidence")
    app.notes.read(actor, case.id, f"evidence:{item.number}", now)
    lang = current.language()
    return render_template(
        "evidence/show.html",
        nav_key="cases",
        case=case,
        item=item,
        kind=labels_of(pack).text("evidence_kind", item.kind)[lang],
        viewer=_viewer(item),
        pages=_pages(item),
        officers=[people[key] for key in (item.officer_id, item.second_officer_id) if key],
        step=casefile.step_title(pack, item.element) if item.element else "",
        before=before,
        after=after,
        missing=item.sha256 is not None and not app.blobs.exists(item.sha256),
        exclude_url=_exclude_url(item) if may_exclude and open_to_change(case) else None,
    )


def _exclude_url(item: Evidence) -> str:
    return url_for(
        "casework.act", case_id=item.case_id, action="exclude-evidence", evidence=item.id
    )


def _viewer(item: Evidence) -> str:
    """How the page shows the file: image, pdf, video, audio, file, or nothing."""
    if item.sha256 is None:
        return ""
    if item.media_type == "application/pdf":
        return "pdf"
    kind = (item.media_type or "").partition("/")[0]
    if item.media_type == "image/heic":
        return "file"
    return kind if kind in ("image", "video", "audio") else "file"


def _pages(item: Evidence) -> range:
    if item.media_type != "application/pdf" or item.sha256 is None:
        return range(0)
    try:
        count = makers().previews.page_count(item.sha256)
    except (PreviewRefused, NotFound):
        return range(0)
    return range(min(count, FIRST_PAGES))


@blueprint.get("/evidence/<uuid:evidence_id>/file")
@login_required
def file(evidence_id: uuid.UUID) -> Response:
    """The file itself, whole or in ranges so that a video can be sought in."""
    app, actor = current.application(), current.actor()
    with app.transactions.read() as session:
        case, item = evidence_of(session, actor, evidence_id)
    if item.sha256 is None:
        raise NotFound()
    if _begins(request.headers.get("Range")):
        app.notes.read(actor, case.id, f"file:{item.number}", current.now())
    path = app.blobs.path(item.sha256)
    return sent(path, item.media_type, file_name(item), item.sha256, "download" in request.args)


def _begins(wanted: str | None) -> bool:
    """Whether this is the first piece of a look, not one of the many that a player asks for."""
    return wanted is None or wanted.replace(" ", "").startswith("bytes=0-")


def sent(path: Path, media_type: str | None, name: str, sha256: str, download: bool) -> Response:
    """A file of the public: inline where a browser may show it, in a sandbox, never sniffed."""
    kind = media_type or "application/octet-stream"
    shown = kind in INLINE or kind.startswith(("video/", "audio/", "text/plain"))
    response = send_file(
        path,
        mimetype=kind.partition(";")[0],
        as_attachment=download or not shown,
        download_name=name,
        conditional=True,
        etag=sha256,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def file_name(item: Evidence) -> str:
    """The name under which the file is saved: number and name, with the extension of its type."""
    extension = EXTENSIONS.get(item.media_type or "", "bin")
    return f"{item.number:02d} {item.name}.{extension}".replace("/", "_")


@blueprint.get("/evidence/<uuid:evidence_id>/preview")
@login_required
def preview(evidence_id: uuid.UUID) -> Any:
    """A JPEG of a photo or of a page of a PDF (`page`), small unless `size=page`."""
    app, actor = current.application(), current.actor()
    with app.transactions.read() as session:
        _case, item = evidence_of(session, actor, evidence_id)
    if item.sha256 is None or item.media_type not in casefile.PREVIEWED:
        raise NotFound()
    size = "page" if request.args.get("size") == "page" else "thumb"
    number = request.args.get("page", 0, int)
    cache = makers().previews
    try:
        if item.media_type == "application/pdf":
            path = cache.page(item.sha256, size, max(number, 0))
        else:
            path = cache.image(item.sha256, size)
    except PreviewRefused:
        abort(404)
    response = send_file(path, mimetype="image/jpeg", conditional=True, max_age=3600)
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
