"""Supervision: late and soon-late cases in one's scope, and what was tried and refused."""

from datetime import datetime
from typing import Any

from marshmallow import Schema, fields

from models.duration import SHANGHAI, law_day
from models.errors import Forbidden
from models.types import Stage
from webapp import current
from webapp.api import fields as own
from webapp.api.contract import Operations
from webapp.api.generated import Counted, Strict, row_of
from workflows.actors import Actor
from workflows.queries import supervision
from workflows.queries.paging import PAGE
from workflows.queries.supervision import SUPERVISES, Attempt, CaseRow, CaseSet, Cell, Filters

blueprint = Operations("supervision", "Late cases and refused attempts in one's scope")


class Narrowed(Strict):
    """What the figures and lists are narrowed to."""

    subject_id = own.Uuid()
    unit_id = own.Uuid()
    stage = own.OneOf(*Stage)
    clock = own.Line(40)


class ListQuery(Narrowed):
    """Which set of cases."""

    wanted = own.OneOf(*CaseSet, load_default=CaseSet.OPEN)
    after = own.Line(400)
    limit = own.Whole(1, 100, load_default=PAGE)


class Cases(Schema):
    """A page of a set, the most pressing first."""

    rows = fields.List(fields.Nested(row_of(CaseRow, "SupervisedCase")), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Nested(Counted, required=True)


class AttemptQuery(Strict):
    """Which part of the list."""

    before = own.Whole()
    limit = own.Whole(1, 100, load_default=PAGE)


class Attempts(Schema):
    """A page of refused attempts, latest first."""

    rows = fields.List(fields.Nested(row_of(Attempt, "RefusedAttempt")), required=True)
    next = fields.String(required=True, allow_none=True)


@blueprint.get("/supervision/cells")
@blueprint.arguments(Narrowed, location="query")
@blueprint.response(200, row_of(Cell, "SupervisionCell")(many=True))
def cells(query: dict[str, Any]) -> list[Cell]:
    """Open cases by subject, unit and stage, with how many of them are late and soon late."""
    actor = _supervisor()
    with current.application().dispatcher.read(actor) as session:
        return supervision.cells(session, actor, _filters(query))


@blueprint.get("/supervision/cases")
@blueprint.arguments(ListQuery, location="query")
@blueprint.response(200, Cases)
def cases(query: dict[str, Any]) -> dict[str, Any]:
    """The cases of a set (open, late, soon, filed or closed this year) in my scope."""
    actor, filters = _supervisor(), _filters(query)
    with current.application().dispatcher.read(actor) as session:
        page = supervision.case_page(
            session, actor, filters, after=query.get("after"), limit=query["limit"]
        )
        count = supervision.count(session, actor, filters)
    return {"rows": page.rows, "next": page.next, "count": count}


@blueprint.get("/supervision/attempts")
@blueprint.arguments(AttemptQuery, location="query")
@blueprint.response(200, Attempts)
def attempts(query: dict[str, Any]) -> Any:
    """What was tried in supervised cases and refused, with the rules."""
    actor = _supervisor()
    with current.application().dispatcher.read(actor) as session:
        return supervision.attempts(
            session, actor, before=query.get("before"), limit=query["limit"]
        )


def _supervisor() -> Actor:
    actor = current.actor()
    if not actor.roles() & SUPERVISES:
        raise Forbidden()
    return actor


def _filters(query: dict[str, Any]) -> Filters:
    now = current.now()
    return Filters(
        now=now,
        year_start=datetime(law_day(now).year, 1, 1, tzinfo=SHANGHAI),
        wanted=CaseSet(query.get("wanted", CaseSet.OPEN)),
        subject_id=query.get("subject_id"),
        unit_id=query.get("unit_id"),
        stage=query.get("stage"),
        clock=query.get("clock"),
    )
