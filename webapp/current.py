"""What a request works with: the program, the person, the present."""

import uuid
from datetime import datetime
from typing import cast

from flask import current_app, g, request
from flask_login import current_user

from models.duration import law_day
from models.errors import Forbidden
from webapp.i18n import lang
from workflows.actors import Actor
from workflows.bootstrap import Application
from workflows.commands.base import Command
from workflows.dispatch import Result
from workflows.queries.accounts import Accounts


def application() -> Application:
    """The program behind this web process."""
    return cast(Application, current_app.extensions["caselane"])


def accounts() -> Accounts:
    """Looking people up."""
    return Accounts(application().transactions)


def now() -> datetime:
    """One instant for the whole request."""
    if "now" not in g:
        g.now = application().clock()
    return cast(datetime, g.now)


def actor() -> Actor:
    """The person of this request with the roles of today; loaded once."""
    if "actor" not in g:
        if not current_user.is_authenticated:
            raise Forbidden()
        found = accounts().actor(current_user.person_id, law_day(now()))
        if found is None:
            raise Forbidden()
        g.actor = found.through(g.get("via", "page"), fresh=current_user.fresh(now()))
    return cast(Actor, g.actor)


def execute(command: Command, *, key: str | None = None) -> Result:
    """Carry a command out as the person of this request, once an idempotency key."""
    return application().dispatcher.execute(command, actor=actor(), key=key or request_key())


def request_key() -> str | None:
    """The idempotency key: a header of the API, a hidden field of a form."""
    found = request.headers.get("Idempotency-Key")
    if not found and request.method == "POST" and request.form:
        found = request.form.get("_key")
    return found[:80] if found else None


def as_uuid(text: str) -> uuid.UUID | None:
    """A key from an address; None when it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def language() -> str:
    """zh or en."""
    return lang()
