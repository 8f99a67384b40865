"""What every template may use: one call to ``register(app)`` provides it.

Names for templates: ``asset`` (address of a static file with its digest), ``frame_name`` (whole
page or part), ``new_key`` (an idempotency key for one rendering of a form), ``lang``,
``html_lang``, ``theme``, ``languages``, ``with_preference``, ``tr``, ``evidence_kinds``; filters
``day``, ``plain_day``, ``short_day``, ``weekday_day``, ``moment``, ``full_moment``,
``clock_time``, ``yuan``, ``number``, ``file_size``.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, request, url_for

from webapp import fields, i18n
from webapp.presenters import amounts, dates

STATIC = Path(__file__).resolve().parent / "static"
DIGEST_LENGTH = 10


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:DIGEST_LENGTH]


def asset(name: str) -> str:
    """The address of a static file; it changes with the file, so browsers may keep it."""
    return url_for("static", filename=name, v=_digest(name))


def new_key() -> str:
    """An idempotency key: made once for each rendering, so a second press is the same act."""
    return str(uuid.uuid4())


def _in_language(function: Callable[..., str]) -> Callable[..., str]:
    def filtered(value: Any, **options: Any) -> str:
        return function(value, i18n.lang(), **options)

    return filtered


def frame_name() -> str:
    """The template around a screen: the whole page, or only what htmx asked to put in its place."""
    partial = request.headers.get("HX-Request-Type") == "partial"
    return "part.html" if partial else "base.html"


def register(app: Flask) -> None:
    """Give templates their functions and filters, and the page its language."""
    i18n.register(app)
    app.jinja_env.globals.update(
        asset=asset,
        frame_name=frame_name,
        new_key=new_key,
        lang=i18n.lang,
        html_lang=i18n.html_lang,
        theme=i18n.theme,
        languages=lambda: i18n.LANGUAGES,
        with_preference=i18n.with_preference,
        tr=i18n.tr,
        evidence_kinds=fields.evidence_kinds,
    )
    named = (dates.day, dates.plain_day, dates.short_day, dates.weekday_day, dates.moment)
    for function in (*named, dates.full_moment, amounts.yuan):
        app.jinja_env.filters[function.__name__] = _in_language(function)
    for plain in (dates.clock_time, amounts.number, amounts.file_size, amounts.capped):
        app.jinja_env.filters[plain.__name__] = plain
