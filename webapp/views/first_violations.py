"""The register of spared violations (首违登记簿): who was spared, for what, under which number."""

from flask import Blueprint, render_template, request
from flask_login import login_required

from models.errors import Forbidden
from webapp import current
from webapp.views.devices import page_number
from workflows.access import SEES_CASES
from workflows.queries.devices import first_violations

blueprint = Blueprint("first_violations", __name__, url_prefix="/first-violations")


@blueprint.get("")
@login_required
def index() -> str:
    """Newest first; found by party, identity number or matter."""
    actor, number = current.actor(), page_number()
    if not actor.roles() & SEES_CASES:
        raise Forbidden()
    text = request.args.get("q", "").strip()[:100]
    with current.application().dispatcher.read(actor) as session:
        page, total = first_violations(session, actor, text=text, number=number)
    return render_template(
        "leads/first_violations.html",
        nav_key="leads",
        page=page,
        total=total,
        text=text,
        number=number,
    )
