"""Signing in for programs: tokens, and who one is."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from marshmallow import Schema, fields
from werkzeug.exceptions import HTTPException, TooManyRequests, Unauthorized

from models.duration import law_day
from models.errors import FreshSignInNeeded
from webapp import auth, bearer, current
from webapp.api import fields as own
from webapp.api.contract import Operations, open_door
from webapp.api.generated import Strict
from workflows.queries.bureau import tokens

blueprint = Operations("session", "Signing in, tokens, who I am")
SESSION_DAYS = 1
"""How long a token from a password lasts; it signs decisions in its first minutes only."""


class Credentials(Strict):
    """Login and password."""

    login = own.Line(64, required=True)
    password = own.Secret(required=True)


class Token(Schema):
    """A new bearer token. The secret is shown this once."""

    id = fields.UUID(required=True)
    token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_at = fields.DateTime(required=True)
    fresh_until = fields.DateTime(required=True, allow_none=True)


class Holding(Schema):
    """A role that the person may use today."""

    role = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    acting_for = fields.UUID(required=True, allow_none=True)


class Me(Schema):
    """The person of the request."""

    id = fields.UUID(required=True)
    key = fields.String(required=True)
    name = fields.String(required=True)
    fresh = fields.Boolean(required=True)
    holdings = fields.List(fields.Nested(Holding), required=True)
    csrf_token = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "For `X-CSRFToken`; null with a bearer token, which needs none."},
    )


@blueprint.post("/session")
@open_door
@blueprint.arguments(Credentials)
@blueprint.response(201, Token)
def sign_in(given: dict[str, Any]) -> dict[str, Any]:
    """Sign in with login and password; gives a token that is fresh for ten minutes.

    The token lasts a day. Too many wrong passwords make the login wait (429).
    """
    outcome, person = auth.check_password(
        given["login"], given["password"], request.remote_addr or ""
    )
    if person is None:
        refused: HTTPException = TooManyRequests() if outcome == "throttled" else Unauthorized()
        raise refused
    at = datetime.now(UTC)
    secret = bearer.mint(str(person.id), person.session_epoch, by_password=True)
    actor = current.accounts().actor(person.id, law_day(current.now()))
    assert actor is not None
    token_id = current.application().notes.new_token(
        actor, name="session", secret=secret, now=at, days=SESSION_DAYS
    )
    return _token(token_id, secret, at, SESSION_DAYS, at + auth.FRESH)


@blueprint.get("/session")
@blueprint.response(200, Me)
def who() -> dict[str, Any]:
    """Who I am: roles of today, own and acted for, and whether the sign-in is fresh."""
    actor = current.actor()
    return {
        "id": actor.person_id,
        "key": actor.key,
        "name": actor.name,
        "fresh": actor.fresh,
        "holdings": actor.holdings,
        "csrf_token": None if actor.via == "api" else generate_csrf(),
    }


class NewToken(Strict):
    """A token for a program that works in one's name."""

    name = own.Line(200, required=True)
    days = own.Whole(1, 365, load_default=90)


@blueprint.post("/tokens")
@blueprint.arguments(NewToken)
@blueprint.response(201, Token)
def new_token(given: dict[str, Any]) -> dict[str, Any]:
    """Make a lasting token of one's own; asks for a fresh sign-in. It never signs decisions."""
    actor, at = current.actor(), datetime.now(UTC)
    if not actor.fresh:
        raise FreshSignInNeeded()
    secret = bearer.mint(str(actor.person_id), current_user.epoch, by_password=False)
    token_id = current.application().notes.new_token(
        actor, name=given["name"], secret=secret, now=at, days=given["days"]
    )
    return _token(token_id, secret, at, given["days"], None)


class KnownToken(Schema):
    """A token of one's own, without its secret."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    created_at = fields.DateTime(required=True)
    expires_at = fields.DateTime(required=True)


@blueprint.get("/tokens")
@blueprint.response(200, KnownToken(many=True))
def my_tokens() -> Any:
    """My own tokens that are not ended, latest first."""
    actor = current.actor()
    with current.application().dispatcher.read(actor) as session:
        return tokens(session, actor.person_id)


@blueprint.delete("/tokens/<uuid:token_id>")
@blueprint.response(204)
def revoke(token_id: uuid.UUID) -> Response:
    """End a token of one's own, from `POST /tokens` or `POST /session`, at once."""
    current.application().notes.revoke_token(current.actor(), token_id, datetime.now(UTC))
    return Response(status=204)


def _token(
    token_id: uuid.UUID, secret: str, at: datetime, days: int, fresh_until: datetime | None
) -> dict[str, Any]:
    return {
        "id": token_id,
        "token": secret,
        "token_type": "Bearer",
        "expires_at": at + timedelta(days=days),
        "fresh_until": fresh_until,
    }
