"""The API: `/api/v1`, the same commands, queries and refusals as the pages."""

from flask import Flask
from flask_wtf import CSRFProtect

from webapp.api import (
    acts,
    cases,
    commands,
    contract,
    docs,
    notifications,
    packs,
    people,
    session,
    supervision,
    tasks,
)
from webapp.public import api as public

NOUNS = (
    session,
    tasks,
    cases,
    acts,
    commands,
    packs,
    people,
    notifications,
    supervision,
    public,
)


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Hang the API into the app. Its own door asks for CSRF tokens wherever a cookie signs in."""
    api = contract.make(app)
    for noun in NOUNS:
        csrf.exempt(noun.blueprint)
        api.register_blueprint(noun.blueprint)
    contract.finish(api)
    docs.register(app, api)
