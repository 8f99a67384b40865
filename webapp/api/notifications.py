"""Messages to the person of the request."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields

from webapp import current
from webapp.api import fields as own
from webapp.api.contract import Operations
from webapp.api.generated import Counted, Strict, Words
from workflows.queries import notices
from workflows.queries.paging import PAGE

blueprint = Operations("notifications", "Messages to me")


class Query(Strict):
    """Which messages."""

    unread = own.Flag(load_default=False)
    after = own.Line(200)
    limit = own.Whole(1, 100, load_default=PAGE)


class Message(Schema):
    """One message; `link` is the page that it is about."""

    id = fields.UUID(required=True)
    case_id = fields.UUID(required=True, allow_none=True)
    kind = fields.String(required=True)
    text = fields.Nested(Words, required=True)
    link = fields.String(required=True)
    created_at = fields.DateTime(required=True)
    read_at = fields.DateTime(required=True, allow_none=True)


class Messages(Schema):
    """A page of messages, latest first."""

    rows = fields.List(fields.Nested(Message), required=True)
    next = fields.String(required=True, allow_none=True)
    all = fields.Nested(Counted, required=True)
    unread = fields.Nested(Counted, required=True)


class Seen(Strict):
    """Which messages I have read; without `ids` all of them."""

    ids = own.Many(own.Uuid(), allow_none=True)


@blueprint.get("/notifications")
@blueprint.arguments(Query, location="query")
@blueprint.response(200, Messages)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """My messages: clocks that turn amber or red, tasks that came to me."""
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as session:
        page = notices.notices(
            session, actor, unread=query["unread"], after=query.get("after"), limit=query["limit"]
        )
        everything, unread = notices.counts(session, actor)
    return {"rows": page.rows, "next": page.next, "all": everything, "unread": unread}


@blueprint.post("/notifications/read")
@blueprint.arguments(Seen)
@blueprint.response(204)
def read(given: dict[str, Any]) -> Response:
    """Mark my messages as read."""
    current.application().notes.seen(current.actor(), given.get("ids"), current.now())
    return Response(status=204)
