"""What all operations of the API have in common: who may come in, problems, idempotency, limits."""

import hmac
import re
from collections.abc import Callable
from typing import Any

import orjson
from flask import Flask, Request, current_app, g, request
from flask_login import current_user
from flask_smorest import Api, Blueprint
from flask_wtf import CSRFProtect
from marshmallow import EXCLUDE, RAISE, Schema, fields
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from models.errors import Text
from webapp import current
from webapp.api.generated import row_of
from webapp.auth import manager
from webapp.i18n import LANGUAGES
from workflows.commands.base import Command
from workflows.dispatch import Result
from workflows.forms.problems import Problem

PREFIX = "/api/v1"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_A_KEY = Problem(
    "not_a_key",
    Text("应为1至80个可见的ASCII字符。", "1 to 80 visible ASCII characters are expected."),
)
ABOUT = """The same commands, queries and refusals as the pages.

**Sign in** with a bearer token (`POST /api/v1/session`, or a lasting one from
`POST /api/v1/tokens`), or with the session cookie of a browser; unsafe methods of a cookie session
need the header `X-CSRFToken` (its value: `GET /api/v1/session`).

**Signing a decision** (`IssueDecision`) asks for a fresh sign-in: use a token from
`POST /api/v1/session` that is at most ten minutes old. Otherwise the answer is 401 with code
`fresh_sign_in`.

**Refusals** are problem JSON (RFC 9457). 422 carries every rule that stands against the act:
`errors: [{rule, field, article, message}]`. 409: somebody was faster, nothing was written.
`Accept-Language: en` or `zh` chooses the language.

**Idempotency.** Send an `Idempotency-Key` with every act. The same key with the same content
gives the first result again (`repeated: true`); with other content 409.

**Time** is sent in UTC. A time without an offset is Beijing time. Money is a text in yuan.
"""


class StrictParser(FlaskParser):
    """JSON by the book: no NaN, no lone surrogates, no endless nesting; unknown names refused."""

    DEFAULT_UNKNOWN_BY_LOCATION = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
        "headers": EXCLUDE,
    }

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body; none at all counts as an empty object."""
        body = req.get_data(cache=True)
        if not body:
            return {}
        if not req.is_json:
            raise UnsupportedMediaType()
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise BadRequest() from error


class Operations(Blueprint):
    """A noun of the API. Nobody comes in without signing in, unless the view says so."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, noun: str, description: str) -> None:
        super().__init__(
            f"api_{noun}", __name__, url_prefix=PREFIX, description=description,
            template_folder="templates",
        )  # fmt: skip
        self.before_request(_only_signed_in)

    def arguments(self, schema: Any, *, location: str = "json", **more: Any) -> Any:
        """As in smorest; a body of which nothing is required may be left out."""
        if location == "json":
            known = (schema() if isinstance(schema, type) else schema).fields.values()
            more.setdefault("required", any(field.required for field in known))
        return super().arguments(schema, location=location, **more)


def open_door(view: Callable[..., Any]) -> Callable[..., Any]:
    """This view is for people who have not signed in yet. Written right below the route."""
    view.open_door = True  # type: ignore[attr-defined]
    return view


def _only_signed_in() -> Any:
    view = current_app.view_functions[request.endpoint or ""]
    signed_in = current_user.is_authenticated
    _speak_what_was_asked_for()
    if getattr(view, "open_door", False):
        return None
    if not signed_in:
        return manager.unauthorized()
    if request.method not in SAFE and g.get("via") != "api":
        # A browser sends its cookie along with anybody's page; a token only its owner sends.
        csrf: CSRFProtect = current_app.extensions["csrf"]
        csrf.protect()
    return None


def _speak_what_was_asked_for() -> None:
    """`Accept-Language` before the person's own choice, which is made for pages."""
    asked = request.accept_languages.best_match([code for code, _ in LANGUAGES])
    if asked is not None:
        g.preferences = {**g.get("preferences", {}), "lang": asked}


class PlainApi(Api):
    """smorest without error handling of its own: `webapp.errors` has the one table."""

    def _register_error_handlers(self) -> None:
        """Refusals look the same everywhere."""


class Broken(Schema):
    """One rule that stands against the request."""

    rule = fields.String(required=True)
    field = fields.String(required=True, allow_none=True)
    article = fields.String(required=True, allow_none=True)
    message = fields.String(required=True)


class ProblemBody(Schema):
    """Problem details (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    errors = fields.List(fields.Nested(Broken), required=True)


PROBLEMS = {
    400: "Unreadable request, or no CSRF token in a cookie session",
    401: "Not signed in, or not signed in freshly enough to sign a decision",
    403: "Not yours to do",
    404: "Not there, or not yours to see",
    409: "Somebody was faster, or the idempotency key stands for another act",
    413: "Too large",
    415: "Not JSON",
    422: "Refused by rules, or fields are not right yet",
    429: "Too many attempts",
}


def make(app: Flask) -> PlainApi:
    """The API without its operations."""
    app.config.update(
        API_TITLE="案程 caselane",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
    )
    ways_in = [{"bearer": []}, {"cookie": []}]
    api = PlainApi(app, spec_kwargs={"info": {"description": ABOUT}, "security": ways_in})
    components = api.spec.components
    components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    cookie = {"type": "apiKey", "in": "cookie", "name": app.config["SESSION_COOKIE_NAME"]}
    components.security_scheme("cookie", cookie)
    components.schema("Problem", schema=ProblemBody)
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, text in PROBLEMS.items():
        components.response(f"Problem{status}", {"description": text, "content": content})
    return api


def finish(api: PlainApi) -> None:
    """Say of every operation what may go wrong, under the plain name of its noun."""
    for path, item in api.spec._paths.items():
        for method, operation in item.items():
            if not isinstance(operation, dict):
                continue
            responses = operation["responses"]
            responses.pop("default", None)
            for status in PROBLEMS:
                responses[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
            operation["tags"] = [tag.removeprefix("api_") for tag in operation["tags"]]
            name = re.sub(r"\W+", "_", method + path.removeprefix(PREFIX)).strip("_")
            operation.setdefault("operationId", name)
    for tag in api.spec._tags:
        tag["name"] = tag["name"].removeprefix("api_")


class KeyHeader(Schema):
    """The caller's mark of one act."""

    key = fields.String(
        data_key="Idempotency-Key",
        metadata={"pattern": "^[!-~]{1,80}$", "description": "The same key never acts twice."},
    )

    class Meta:
        unknown = EXCLUDE


def idempotency_key() -> str | None:
    """The key of the request, if it has one."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (0 < len(key) <= 80 and all("!" <= c <= "~" for c in key)):
        raise UnprocessableKey()
    return key


class UnprocessableKey(BadRequest):
    """The key is not one that can be kept."""

    code = 422
    data = {"messages": {"headers": {"Idempotency-Key": [NOT_A_KEY]}}}


def act(build: Callable[[], Command]) -> Result:
    """Do what was asked, once an idempotency key. `build` makes the command, with defaults of the
    moment: a repeated request is known by what was sent and gets the first answer."""
    dispatcher, actor, key = current.application().dispatcher, current.actor(), idempotency_key()
    if key is None:
        return dispatcher.execute(build(), actor=actor)
    sent = _sent()
    earlier = dispatcher.earlier(actor, key, sent)
    return earlier or dispatcher.execute(build(), actor=actor, key=key, sent=sent)


def _sent() -> str:
    """The fingerprint of the request. Keyed, because some bodies hold passwords."""
    body = request.get_data(cache=True)
    content = orjson.dumps(orjson.loads(body), option=orjson.OPT_SORT_KEYS) if body else b""
    said = b"\0".join((request.method.encode(), request.path.encode(), content))
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, said, "sha256").hexdigest()


ResultBody = row_of(Result, "Result")
"""What an act did: events in both languages, opened tasks, issued documents."""
