"""The same as JSON: `/api/v1/public/decisions`, open to everyone."""

from typing import Any

from flask import Response, abort, request
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields
from marshmallow.validate import Length, Range

from webapp.errors import problem
from webapp.public import reading
from webapp.public.pages import brake
from workflows.queries import publications

blueprint = Blueprint(
    "api_public", __name__, url_prefix="/api/v1/public", description="Published decisions, masked."
)


class Filters(Schema):
    """How the list is narrowed; days are days of the decision."""

    q = fields.String(
        validate=Length(max=64), metadata={"description": "Words of the masked text."}
    )
    subject = fields.String(validate=Length(max=64))
    field = fields.String(validate=Length(max=64))
    kind = fields.String(validate=Length(max=64))
    since = fields.Date()
    until = fields.Date()
    page = fields.Integer(
        strict=False, validate=Range(min=1, max=publications.MOST_PAGES), load_default=1
    )


class Term(Schema):
    """A code with its words."""

    value = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class Line(Schema):
    """One line of the public text with its label."""

    zh = fields.String(required=True)
    en = fields.String(required=True)
    text = fields.String(required=True)


class Brief(Schema):
    """One decision as the list has it."""

    id = fields.String(required=True, attribute="address")
    url = fields.Function(lambda row: reading.address_of(f"/public/{row.address}"))
    number = fields.String(required=True)
    party = fields.String(required=True)
    uscc = fields.String(required=True, allow_none=True)
    matter = fields.String(required=True, attribute="title")
    matter_en = fields.String(required=True, attribute="title_en")
    field = fields.String(required=True, allow_none=True)
    kinds = fields.List(fields.Nested(Term), required=True)
    outcome = fields.String(required=True)
    outcome_en = fields.String(required=True)
    agency = fields.String(required=True, attribute="subject")
    agency_en = fields.String(required=True, attribute="subject_en")
    decided_on = fields.Date(required=True)
    published_at = fields.DateTime(required=True)
    publish_until = fields.Date(required=True)
    credit_class = fields.String(required=True, allow_none=True)


class Whole(Brief):
    """The same with its text."""

    lines = fields.List(fields.Nested(Line), required=True)


class Page(Schema):
    """A page of the list."""

    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    pages = fields.Integer(required=True)
    decisions = fields.List(fields.Nested(Brief), required=True, attribute="rows")


@blueprint.before_request
def _open() -> None:
    if not reading.program().settings.public_site:
        abort(404)


@blueprint.after_request
def _headers(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


@blueprint.route("/decisions")
@blueprint.doc(security=[])
@blueprint.arguments(Filters, location="query", unknown=RAISE)
@blueprint.response(200, Page)
def decisions(asked: dict[str, Any]) -> Any:
    """What is displayed today, newest first."""
    wanted = reading.wanted()
    if wanted.text and (wait := brake.too_often(request.remote_addr or "")):
        response = problem(429, "too_many", "查询太频繁，请稍后再试。", "Too many searches.")
        response.headers["Retry-After"] = str(wait)
        return response
    with reading.snapshot() as session:
        return publications.page_of(session, reading.today(), wanted, asked["page"])


@blueprint.route("/decisions/<address>")
@blueprint.doc(security=[])
@blueprint.response(200, Whole)
def decision(address: str) -> Any:
    """One decision; one that is gone says when and why (410)."""
    with reading.snapshot() as session:
        row = publications.at_address(session, address)
    if row is None:
        return problem(404, "not_found", "没有这个公示。", "No such publication.")
    if not publications.is_shown(row, reading.today()):
        return _gone(row)
    return row


def _gone(row: Any) -> Response:
    day = row.ended_on or row.publish_until
    zh = f"{day.isoformat()}起不再公示：{row.reason or '公示期限届满'}"
    en = f"Not displayed since {day.isoformat()}: {row.reason_en or 'the time of display is over'}"
    return problem(410, row.state, zh, en)
