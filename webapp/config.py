"""Flask's own settings, derived from the installation's."""

from datetime import timedelta

from flask import Flask

from workflows.settings import Settings

FORM_LIMIT = 4 * 1024 * 1024
"""Bytes of an ordinary request; uploads stream through their own route in chunks."""


def apply(app: Flask, settings: Settings) -> None:
    """Cookies, limits and secrets."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="caselane",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=FORM_LIMIT,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT,
        MAX_FORM_PARTS=5000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.secure_cookies,
        JSON_SORT_KEYS=False,
        CASELANE=settings,
    )
