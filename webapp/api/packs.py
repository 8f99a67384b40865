"""Packs: versions, drafts, and their files."""

import uuid
from typing import Any

from flask import Response
from marshmallow import Schema, fields

from webapp import current
from webapp.api import fields as own
from webapp.api.contract import Operations
from webapp.api.generated import Strict, row_of
from workflows.packs.files import PackFiles
from workflows.queries import packs
from workflows.queries.packs import DraftRow, VersionRow
from workflows.queries.paging import PAGE

blueprint = Operations("packs", "Process packs: versions, drafts, files")
ZIP = {"application/zip": {"schema": {"type": "string", "contentMediaType": "application/zip"}}}


class VersionQuery(Strict):
    """Which versions."""

    pack = own.Line(64, metadata={"description": "All versions of this pack, newest first."})
    limit = own.Whole(1, 100, load_default=PAGE)


class DraftQuery(Strict):
    """Which drafts."""

    page = own.Whole(1, 10_000, load_default=1)
    limit = own.Whole(1, 100, load_default=PAGE)


class DraftPage(Schema):
    """A page of drafts; `next` is the number of the next one."""

    rows = fields.List(fields.Nested(row_of(DraftRow, "PackDraftRow")), required=True)
    next = fields.String(required=True, allow_none=True)


class DraftBody(Schema):
    """A draft with its files: path to base64."""

    id = fields.UUID(required=True)
    pack = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True)
    rev = fields.Integer(required=True)
    note = fields.String(required=True)
    author_id = fields.UUID(required=True)
    proposed_by_id = fields.UUID(required=True, allow_none=True)
    base_version_id = fields.UUID(required=True, allow_none=True)
    changed_at = fields.DateTime(required=True)
    files = fields.Dict(keys=fields.String(), values=own.File(), required=True)


@blueprint.get("/packs")
@blueprint.arguments(VersionQuery, location="query")
@blueprint.response(200, row_of(VersionRow, "PackVersionRow")(many=True))
def index(query: dict[str, Any]) -> list[VersionRow]:
    """The version of each pack that new cases run; or all versions of one pack."""
    with current.application().dispatcher.read(current.actor()) as session:
        if "pack" in query:
            return packs.versions(session, query["pack"], limit=query["limit"])
        return packs.current_versions(session)[: query["limit"]]


@blueprint.get("/packs/versions/<uuid:version_id>/archive")
@blueprint.response(200, description="The pack as a zip")
@blueprint.doc(responses={"200": {"content": ZIP}})
def version_archive(version_id: uuid.UUID) -> Response:
    """The files of a version as a zip, the same bytes as its hash says."""
    with current.application().dispatcher.read(current.actor()) as session:
        return _zip(packs.version_files(session, version_id), str(version_id))


@blueprint.get("/packs/drafts")
@blueprint.arguments(DraftQuery, location="query")
@blueprint.response(200, DraftPage)
def drafts(query: dict[str, Any]) -> Any:
    """Drafts that are worked on or wait for release, the last changed first."""
    with current.application().dispatcher.read(current.actor()) as session:
        return packs.drafts(session, page=query["page"], limit=query["limit"])


@blueprint.get("/packs/drafts/<uuid:draft_id>")
@blueprint.response(200, DraftBody)
def draft(draft_id: uuid.UUID) -> dict[str, Any]:
    """One draft with its files."""
    with current.application().dispatcher.read(current.actor()) as session:
        found = packs.draft(session, draft_id)
    names = (name for name in DraftBody._declared_fields if name != "files")
    return {**{name: getattr(found.row, name) for name in names}, "files": found.files.files}


@blueprint.get("/packs/drafts/<uuid:draft_id>/archive")
@blueprint.response(200, description="The draft as a zip")
@blueprint.doc(responses={"200": {"content": ZIP}})
def draft_archive(draft_id: uuid.UUID) -> Response:
    """The files of a draft as a zip."""
    with current.application().dispatcher.read(current.actor()) as session:
        return _zip(packs.draft(session, draft_id).files, str(draft_id))


def _zip(files: PackFiles, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return Response(files.to_zip(), mimetype="application/zip", headers=disposition)
