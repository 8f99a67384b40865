"""The archive (档案): packages of archived cases that anybody can check offline."""

import tempfile
import uuid
from pathlib import Path
from typing import Any

from flask import Blueprint, after_this_request, send_file
from flask_babel import gettext as _
from flask_login import login_required

from models.errors import Forbidden, NotFound
from models.types import Role
from webapp import current
from workflows.archive_package import Packer
from workflows.permissions import LEADERS
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
