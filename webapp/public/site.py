"""The `public` role: a program that knows the pages of the public site and no other."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, redirect, request, url_for
from flask_smorest import Api
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from webapp import config, errors, frontend, i18n, security
from webapp.public import api, pages


class PlainApi(Api):
    """smorest without error handling of its own."""

    def _register_error_handlers(self) -> None:
        """Refusals are the site's."""


def create(settings: Any, application: Any) -> Flask:
    """The WSGI program of the role `public`: no sign-in, no session, no static folder."""
    app = Flask("webapp", static_folder=None)
    config.apply(app, settings)
    app.extensions["caselane"] = application
    app.extensions["caselane-role"] = "public"
    frontend.register(app)
    security.register(app)
    app.register_blueprint(pages.blueprint)
    app.config.update(API_TITLE="案程 caselane", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    PlainApi(app).register_blueprint(api.blueprint)
    app.add_url_rule("/", "home", lambda: redirect(url_for("public.index")))
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _broken)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _refused(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400 and error.response is not None:
        return error.response
    return _told(status)


def _broken(error: Exception) -> Response:
    if current_app.testing:
        raise error
    current_app.logger.exception("unexpected error at %s", request.path)
    return _told(500)


def _told(status: int) -> Response:
    text = errors.HTTP_TEXTS.get(status, errors.HTTP_TEXTS[400])
    if request.path.startswith("/api/"):
        return errors.problem(status, f"http_{status}", text.zh, text.en)
    return pages.message(status, text[i18n.lang()])
