"""The API: `/api/v1`, the same commands, queries and refusals as the pages."""

from flask import Flask
from flask_wtf import CSRFProtect


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Hang the API into the app."""
