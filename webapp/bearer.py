"""Bearer tokens: what their secret says of the sign-in that made them.

The database keeps only the hash of a secret, and may end it at any time. The secret itself carries,
signed, whose it is, under which session epoch it was made (a new password ends it), and whether
a password was given at that moment, which makes it a fresh sign-in for the next minutes.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

PREFIX = "cl_"
"""Lets secret scanners know a token when they see one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a secret says of itself."""

    person_id: str
    epoch: int
    signed_in_at: datetime | None
    """When the password was given; None for a token made to last, which signs nothing."""


def mint(person_id: str, epoch: int, *, by_password: bool) -> str:
    """A new secret of a person."""
    content = [person_id, epoch, int(by_password), secrets.token_urlsafe(24)]
    return PREFIX + str(_serializer().dumps(content))


def read(secret: str) -> Mark | None:
    """The mark of a secret that this program has made; None for any other."""
    try:
        content, at = _serializer().loads(secret.removeprefix(PREFIX), return_timestamp=True)
    except BadData:
        return None
    person_id, epoch, by_password, _ = content
    return Mark(person_id, epoch, at if by_password else None)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="bearer token")
