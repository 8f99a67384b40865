"""Language and theme of a page: chosen by link, kept in a cookie, Chinese by default.

A link with ``?lang=en`` or ``?theme=dark`` shows the page so and remembers it for a year, which
works before sign-in and without a script. A person's own stored choice, when the view layer
offers one through ``g.preferences``, stands in where this browser has no cookie yet.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, g, has_request_context, request
from flask_babel import Babel

LANGUAGES: tuple[tuple[str, str], ...] = (("zh", "中文"), ("en", "English"))
THEMES = ("auto", "light", "dark")
CHOICES = {"lang": tuple(code for code, _label in LANGUAGES), "theme": THEMES}
ONE_YEAR = 365 * 24 * 3600
ZONE = "Asia/Shanghai"


def register(app: Flask) -> None:
    """Set up translations (msgid is the Chinese text) and remember choices made by link."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "zh")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", ZONE)
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=lang, timezone_selector=lambda: ZONE)
    app.after_request(_remember)


def choice(name: str) -> str:
    """The value of ``lang`` or ``theme``: asked for now, kept in this browser, the person's own."""
    allowed = CHOICES[name]
    if not has_request_context():
        return allowed[0]
    stored: dict[str, Any] = getattr(g, "preferences", None) or {}
    for value in (request.args.get(name), request.cookies.get(name), stored.get(name)):
        if value in allowed:
            return str(value)
    return allowed[0]


def lang() -> str:
    """``zh`` or ``en``."""
    return choice("lang")


def theme() -> str:
    """``auto``, ``light`` or ``dark``."""
    return choice("theme")


def html_lang() -> str:
    """The language tag of the page."""
    return "en" if lang() == "en" else "zh-CN"


def with_preference(name: str, value: str) -> str:
    """The address of this page with another language or theme."""
    if not has_request_context():
        return f"?{urlencode({name: value})}"
    kept = [(key, text) for key, text in request.args.items(multi=True) if key != name]
    path = request.path if request.method == "GET" else "/"
    return f"{path}?{urlencode([*kept, (name, value)])}"


def _remember(response: Response) -> Response:
    for name, allowed in CHOICES.items():
        value = request.args.get(name)
        if value in allowed and request.cookies.get(name) != value:
            response.set_cookie(
                name,
                str(value),
                max_age=ONE_YEAR,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure,
            )
    return response


def tr(text: Any) -> str:
    """The text of this page's language from ``{zh, en}`` data; a plain string stays as it is."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    if isinstance(text, dict):
        return str(text.get(lang()) or text.get("zh") or "")
    return str(text[lang()])
