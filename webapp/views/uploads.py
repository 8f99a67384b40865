"""Files on their way in: announced, sent in pieces, resumed, finished (protocol in js/uploads.js).

POST /uploads {name, size, type, case_id?} → 201 {id, offset, chunk}
PATCH /uploads/<id> (Upload-Offset, raw bytes) → {offset}
GET /uploads/<id> → {offset}
POST /uploads/<id>/finish {sha256?} → {id, name, size, sha256, type}
"""

import uuid
from typing import Any

from flask import Blueprint, jsonify, request
from flask_login import login_required
from werkzeug.wrappers import Response

from models.errors import Invalid, Text, TooLarge
from webapp import current
from webapp.errors import problem
from workflows.blobs.store import UploadMismatch
from workflows.uploads import Uploads

blueprint = Blueprint("uploads", __name__, url_prefix="/uploads")

CHUNK = 4 * 1024 * 1024
"""Bytes of one piece that the browser is asked to send."""
MOST_CHUNK = 8 * 1024 * 1024
"""Bytes of one piece that is accepted at all."""
NO_LENGTH = Text("请求没有写明长度，没有保存。", "The length is missing; nothing was stored.")


def _uploads() -> Uploads:
    app = current.application()
    return Uploads(app.transactions, app.notes, app.blobs, app.clock)


@blueprint.post("")
@login_required
def begin() -> Any:
    """Announce a file; one that is too large is refused before a byte of it is read."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Invalid()
    name, size, case = body.get("name"), body.get("size"), body.get("case_id")
    if not isinstance(name, str) or isinstance(size, bool) or not isinstance(size, int):
        raise Invalid()
    case_id = current.as_uuid(str(case)) if case is not None else None
    if size < 0 or (case is not None and case_id is None):
        raise Invalid()
    upload_id = _uploads().begin(current.actor(), case_id, name, size)
    return jsonify(id=str(upload_id), offset=0, chunk=CHUNK), 201


@blueprint.get("/<uuid:upload_id>")
@login_required
def offset(upload_id: uuid.UUID) -> Response:
    """How many bytes are safely here."""
    return jsonify(offset=_uploads().received(current.actor(), upload_id))


@blueprint.patch("/<uuid:upload_id>")
@login_required
def append(upload_id: uuid.UUID) -> Any:
    """One piece at its place; where it does not fit, the answer says where to go on."""
    length = request.content_length
    if length is None:
        raise Invalid(text=NO_LENGTH)
    if length > MOST_CHUNK:
        raise TooLarge()
    # Only this route takes more than a form may have, and it never holds it in memory whole.
    request.max_content_length = MOST_CHUNK
    at = request.headers.get("Upload-Offset", type=int)
    if at is None or at < 0:
        raise Invalid()
    try:
        total = _uploads().append(current.actor(), upload_id, at, request.stream, length)
    except UploadMismatch as mismatch:
        response = problem(409, mismatch.code, mismatch.text.zh, mismatch.text.en)
        response.headers["Upload-Offset"] = str(mismatch.received)
        return response
    return jsonify(offset=total)


@blueprint.post("/<uuid:upload_id>/finish")
@login_required
def finish(upload_id: uuid.UUID) -> Response:
    """Close the file: recognised by what it is, named by its SHA-256."""
    body = request.get_json(silent=True)
    expected = body.get("sha256") if isinstance(body, dict) else None
    done = _uploads().finish(
        current.actor(), upload_id, expected if isinstance(expected, str) else None
    )
    return jsonify(
        id=str(done.id), name=done.name, size=done.size, sha256=done.sha256, type=done.media_type
    )
