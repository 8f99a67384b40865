"""The publisher's list: what is to be published or withdrawn, by when; what is on display."""

from flask import Blueprint, render_template
from flask_login import login_required

from models.errors import Forbidden
from models.types import Role
from webapp import current
from webapp.presenters import running
from workflows.access import LEADERS
from workflows.queries import disclosures

blueprint = Blueprint("disclosures", __name__)

READERS = frozenset({Role.PUBLISHER, Role.SUPERVISOR, Role.UNIT_HEAD, *LEADERS})
"""Whose duty the red light is (应公示未公示)."""


@blueprint.get("/disclosures")
@login_required
def index() -> str:
    """Three lists, the most urgent first."""
    actor, now, lang = current.actor(), current.now(), current.language()
    if not actor.roles() & READERS:
        raise Forbidden()
    with current.application().dispatcher.read(actor) as session:
        board = disclosures.board(session, actor)
        cases = [each.case for each in (*board.to_publish, *board.to_withdraw)]
        numbers = disclosures.decision_numbers(session, cases)
    badges = {
        each.clock.id: running.badge(each.clock, now, board.calendar, lang)
        for each in (*board.to_publish, *board.to_withdraw)
    }
    late = sum(badge.state == "late" for badge in badges.values())
    return render_template(
        "disclosures/index.html",
        nav_key="disclosures",
        board=board,
        badges=badges,
        numbers=numbers,
        late=late,
        public_site=current.application().settings.public_site,
    )
