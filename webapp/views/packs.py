"""Processes: packs with their versions, every version to be read, and where drafts begin."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as BaseResponse

from models.errors import DomainError, Forbidden, Invalid, NotFound, Refused, Stale
from models.types import Role
from webapp import current, security
from webapp.presenters import packs as words
from workflows.commands.base import Command
from workflows.commands.pack import CreatePackDraft, ImportPackDraft
from workflows.dispatch import Result
from workflows.packs.contents import read_contents
from workflows.packs.files import MANIFEST, PackFiles
from workflows.packs.graph import USER_TASKS
from workflows.queries import packs as query

blueprint = Blueprint("packs", __name__, url_prefix="/packs")

DESIGNERS = frozenset({Role.DESIGNER, Role.RELEASER})
TEXT_TYPES = {"bpmn": "application/xml", "dmn": "application/xml", "svg": "text/plain"}


def roles() -> dict[str, bool]:
    """What the person may do with packs, for the buttons; dispatch decides for itself."""
    held = current.actor().roles()
    return {"designs": Role.DESIGNER in held, "releases": Role.RELEASER in held}


def carry_out(command: Command, on_success: Callable[[Result], str], back: str) -> BaseResponse:
    """Execute, then go where the result is; a refusal is told on the page it came from."""
    try:
        result = current.execute(command)
    except (Refused, Invalid, Stale) as refusal:
        flash(told(refusal), "error")
        return redirect(back)
    return redirect(on_success(result))


def told(refusal: DomainError) -> str:
    """A refusal in sentences: every reason that it has."""
    language = current.language()
    found = [v.message[language] for v in refusal.violations]
    return " ".join(found) or refusal.text[language]


@blueprint.get("")
@login_required
def index() -> str:
    """Packs with the version that is current, and the drafts that are being worked on."""
    number = request.args.get("page", 1, type=int)
    with current.application().dispatcher.read(current.actor()) as session:
        shelf = query.current_versions(session)
        versions = {row.pack: query.versions(session, row.pack) for row in shelf}
        drafts = query.drafts(session, page=max(1, number)) if sees_drafts() else None
    return render_template(
        "packs/index.html", shelf=shelf, versions=versions, drafts=drafts, page=number, **roles()
    )


def sees_drafts() -> bool:
    """Drafts are for those who write and release them."""
    return bool(current.actor().roles() & DESIGNERS)


@blueprint.get("/versions/<uuid:version_id>")
@login_required
def version(version_id: uuid.UUID) -> str:
    """One version, read only: the diagram, what is bound to each step, every file."""
    security.allow_diagram()
    with current.application().dispatcher.read(current.actor()) as session:
        row = query.version(session, version_id)
        files = query.version_files(session, version_id)
    contents, language = read_contents(files), current.language()
    path = _diagram_path(files, request.args.get("diagram"))
    graph = contents.graphs[path]
    return render_template(
        "packs/version.html",
        version=row,
        contents=contents,
        path=path,
        file_url=lambda p: url_for(".version_file", version_id=version_id, path=p),
        diagrams=sorted(contents.graphs),
        steps=words.user_tasks({path: graph}, USER_TASKS),
        bindings=words.bindings(contents, language),
        titles=words.step_titles(contents, language),
        paths=list(files.files),
        **roles(),
    )


def _diagram_path(files: PackFiles, wanted: str | None) -> str:
    drawn = [path for path in files.files if path.endswith(".bpmn")]
    if wanted is not None and wanted not in drawn:
        raise NotFound()
    if not drawn:
        raise NotFound()
    return wanted or next((p for p in drawn if "/" not in p), drawn[0])


@blueprint.get("/versions/<uuid:version_id>/file")
@login_required
def version_file(version_id: uuid.UUID) -> Response:
    """One file of a version, as it was released."""
    with current.application().dispatcher.read(current.actor()) as session:
        files = query.version_files(session, version_id)
    return file_response(files, request.args.get("path", MANIFEST))


def file_response(files: PackFiles, path: str) -> Response:
    """A file to read; nothing of a pack is ever run by a browser."""
    if path not in files:
        raise NotFound()
    kind = TEXT_TYPES.get(path.rpartition(".")[2], "text/plain")
    image = path.endswith((".png", ".jpg"))
    response = Response(files[path], mimetype="application/octet-stream" if image else kind)
    if not image:
        response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.get("/versions/<uuid:version_id>/download")
@login_required
def download(version_id: uuid.UUID) -> Response:
    """The whole version as a zip that can be imported again."""
    with current.application().dispatcher.read(current.actor()) as session:
        row = query.version(session, version_id)
        files = query.version_files(session, version_id)
    return zip_response(files, f"{row.pack}-v{row.number}")


def zip_response(files: PackFiles, name: str) -> Response:
    """A pack as a file to keep."""
    response = Response(files.to_zip(), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.zip")
    return response


@blueprint.post("/versions/<uuid:version_id>/draft")
@login_required
def new_draft(version_id: uuid.UUID) -> BaseResponse:
    """Begin a draft from this version."""
    command = CreatePackDraft(version_id=version_id, title=_title())
    back = url_for("packs.version", version_id=version_id)
    return carry_out(command, _to_draft, back)


@blueprint.post("/import")
@login_required
def import_draft() -> BaseResponse:
    """Begin a draft from an uploaded zip."""
    if not roles()["designs"]:
        raise Forbidden()
    upload = request.files.get("archive")
    if upload is None or not upload.filename:
        flash(_("请先选一个 zip 文件。"), "error")
        return redirect(url_for("packs.index"))
    command = ImportPackDraft(title=_title() or upload.filename[:100], archive=upload.read())
    return carry_out(command, _to_draft, url_for("packs.index"))


def _title() -> str:
    return request.form.get("title", "").strip()[:100]


def _to_draft(result: Result) -> str:
    return url_for("drafts.show", draft_id=result.extra["draft"])


@blueprint.app_template_filter("groupby_folder")
def groupby_folder(paths: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Paths by folder, the pack's own files first, those of the shared folder last."""
    found: dict[str, list[str]] = {}
    for path in sorted(paths, key=lambda p: (p.startswith("_shared/"), "/" in p, p)):
        found.setdefault(path.rpartition("/")[0], []).append(path)
    return list(found.items())


@blueprint.app_template_filter("short_hash")
def short_hash(value: str) -> str:
    """The first characters of a digest, enough to tell versions apart."""
    return value[:10]


@blueprint.app_template_global("step_type")
def step_type(kind: str) -> str:
    """What an element of a diagram is, in plain words."""
    names: dict[str, Any] = {
        "userTask": _("任务"),
        "manualTask": _("任务"),
        "task": _("任务"),
        "scriptTask": _("自动步骤"),
        "serviceTask": _("自动步骤"),
        "sequenceFlow": _("连线"),
        "exclusiveGateway": _("分支"),
        "inclusiveGateway": _("分支"),
        "parallelGateway": _("并行"),
        "startEvent": _("开始"),
        "endEvent": _("结束"),
        "subProcess": _("子流程"),
    }
    return str(names.get(kind, _("事件") if kind.endswith("Event") else kind))
