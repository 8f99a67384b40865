"""The WSGI program: extensions, pages and API put together."""

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import api, auth, config, context, errors, frontend, security, views
from webapp.public import pages, site
from workflows.bootstrap import Application, build
from workflows.settings import Settings

csrf = CSRFProtect()


def create_app(
    settings: Settings, *, role: str = "web", application: Application | None = None
) -> Flask:
    """The WSGI program of one role; tests hand in the application that they look into."""
    if role == "public":
        return site.create(settings, application or build(settings))
    app = Flask("webapp")
    config.apply(app, settings)
    app.extensions["caselane"] = application or build(settings)
    csrf.init_app(app)
    frontend.register(app)
    auth.register(app)
    errors.register(app)
    security.register(app)
    context.register(app)
    views.hang(app)
    app.register_blueprint(pages.blueprint)
    api.register(app, csrf)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.extensions["caselane-role"] = role
    return app
