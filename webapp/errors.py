"""The one table of refusals: a page for people, problem JSON for programs."""

from collections.abc import Iterator
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from models.errors import (
    DomainError,
    Forbidden,
    FreshSignInNeeded,
    Invalid,
    NotFound,
    Refused,
    Stale,
    Text,
    TooLarge,
)
from webapp.i18n import lang
from workflows.forms.problems import Problem

STATUS: dict[type[DomainError], int] = {
    Refused: 422,
    Invalid: 422,
    Forbidden: 403,
    NotFound: 404,
    Stale: 409,
    TooLarge: 413,
    FreshSignInNeeded: 401,
}
HTTP_TEXTS = {
    400: Text("请求有误，服务器没有读懂，没有写入任何内容。", "The request could not be read."),
    401: Text("请先登录。", "Sign in first."),
    403: Text("您无权查看或办理。", "You may not see or do this."),
    404: Text("没有这个页面，或者不在您的查看范围内。", "No such page, or not yours to see."),
    405: Text("这个地址不支持这种操作。", "This address does not do that."),
    406: Text("没有您要的格式。", "Not available in that format."),
    409: Text("内容已被别人改动。", "Someone else changed it."),
    410: Text("内容已经移除。", "This is gone."),
    413: Text("内容超过允许的大小，没有保存。", "Too large; nothing was stored."),
    415: Text("不支持这种内容格式。", "This content type is not supported."),
    422: Text("有几处还没有填对。", "Some fields are not right yet."),
    429: Text("操作太频繁，请稍后再试。", "Too many attempts: wait a little."),
    500: Text(
        "程序出了错，您的操作没有写入。请重试；还不行请联系管理员。",
        "Something went wrong; nothing was written. Try again, or call the administrator.",
    ),
}


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return 422


def wants_json() -> bool:
    """Whether the other side is a program."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.path.startswith("/api/") or best == "application/json"


def problem(
    status: int, code: str, zh: str, en: str, errors: list[dict[str, Any]] | None = None
) -> Response:
    """Problem JSON (RFC 9457) with rule ids."""
    title = en if lang() == "en" else zh
    body = {"type": f"about:blank#{code}", "title": title, "status": status, "code": code}
    response = jsonify({**body, "errors": errors or []})
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def register(app: Flask) -> None:
    """Hang the table into the app."""
    app.register_error_handler(DomainError, domain_error)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def domain_error(error: DomainError) -> Response:
    """A refusal as page or problem."""
    status = status_of(error)
    if wants_json():
        errors = [v.plain(lang()) for v in error.violations]
        return problem(status, error.code, error.text.zh, error.text.en, errors)
    return page(status, error.text, [v.plain(lang()) for v in error.violations])


def page(status: int, text: Text, violations: list[dict[str, Any]] | None = None) -> Response:
    """An error page with what happened and a way on."""
    html = render_template(
        "errors/error.html", status=status, text=text[lang()], violations=violations or []
    )
    return make_response(html, status)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None and status < 400:
        return error.response  # type: ignore[return-value]
    text = HTTP_TEXTS.get(status, HTTP_TEXTS[500 if status >= 500 else 400])
    if wants_json():
        response = problem(status, f"http_{status}", text.zh, text.en, _details(error))
    else:
        response = page(status, text)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def _details(error: HTTPException) -> list[dict[str, Any]]:
    """Schema errors of the API: one entry a field, like the refusals of rules."""
    data = getattr(error, "data", None) or {}
    messages = data.get("messages", {}) if isinstance(data, dict) else {}
    places = messages.values() if isinstance(messages, dict) else ()
    return [found for place in places for found in _flat(place, "")]


def _flat(messages: Any, path: str) -> Iterator[dict[str, Any]]:
    if isinstance(messages, dict):
        for name, inner in messages.items():
            # Marshmallow puts what concerns the whole under `_schema`.
            yield from _flat(inner, path if name == "_schema" else f"{path}.{name}".lstrip("."))
    elif isinstance(messages, list):
        for inner in messages:
            yield from _flat(inner, path)
    else:
        known = isinstance(messages, Problem)
        yield {
            "rule": messages.code if known else "invalid",
            "field": path or None,
            "article": None,
            "message": messages.message[lang()] if known else str(messages),
        }


def _csrf(error: CSRFError) -> Response:
    text = Text(
        "页面放得太久或者会话已换，本次没有写入。请刷新后重试，您填的内容还在草稿里。",
        "The page is too old or the session changed; nothing was written. Reload it.",
    )
    if wants_json():
        return problem(400, "csrf", text.zh, text.en)
    return page(400, text)


def _unexpected(error: Exception) -> Response:
    if current_app.config.get("PROPAGATE_EXCEPTIONS") or current_app.testing:
        raise error
    current_app.logger.exception("unexpected error at %s", request.path)
    text = HTTP_TEXTS[500]
    return problem(500, "unexpected", text.zh, text.en) if wants_json() else page(500, text)
