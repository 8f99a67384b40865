"""Headers of every response: strict content policy, no framing, no sniffing, no caching."""

from flask import Flask, Response, g, request

STRICT = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'; font-src 'self' data:"
)
DIAGRAM = STRICT + "; style-src 'self' 'unsafe-inline'"
"""bpmn-js sets style attributes; scripts stay strict."""


def allow_diagram() -> None:
    """This page draws a diagram."""
    g.content_policy = DIAGRAM


def register(app: Flask) -> None:
    """Set the headers after each request."""

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", g.get("content_policy", STRICT))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(self), camera=(self), microphone=()"
        )
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        elif request.args.get("v"):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
