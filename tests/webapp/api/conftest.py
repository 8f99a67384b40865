"""Programs in tests: tokens and cookies of people of the demo district."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from models.person import Person
from tests.webapp.conftest import Web
from webapp import bearer
from workflows.actors import Actor

ROOT = "/api/v1"


@dataclass
class Caller:
    """A program that works in somebody's name."""

    client: FlaskClient
    token: str

    def get(self, path: str, **query: Any) -> TestResponse:
        """Ask."""
        return self.client.get(ROOT + path, query_string=query, headers=self._headers())

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> TestResponse:
        """Do."""
        headers = self._headers() | ({"Idempotency-Key": key} if key else {})
        return self.client.post(ROOT + path, json={} if body is None else body, headers=headers)

    def raw(self, path: str, body: bytes, kind: str = "application/json") -> TestResponse:
        """Send bytes as they are."""
        return self.client.post(ROOT + path, data=body, content_type=kind, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def token_of(web: Web, person: str, *, by_password: bool = True) -> str:
    """A token of a person, as `POST /session` would give it."""
    row = web.one(select(Person).where(Person.key == person))
    with web.app.app_context():
        secret = bearer.mint(str(row.id), row.session_epoch, by_password=by_password)
    owner = Actor(row.id, row.key, row.name)
    web.application.notes.new_token(
        owner, name="test", secret=secret, now=datetime.now(UTC), days=1
    )
    return secret


def caller(web: Web, person: str, *, by_password: bool = True) -> Caller:
    """A program with a token of the person."""
    return Caller(web.app.test_client(), token_of(web, person, by_password=by_password))


def rules(response: TestResponse) -> list[str]:
    """Ids of the rules that stood against a request."""
    return [error["rule"] for error in response.get_json()["errors"]]


def fields(response: TestResponse) -> list[str]:
    """Fields that were refused."""
    return [error["field"] for error in response.get_json()["errors"]]
