"""How people reach the program: pages, API and console over one dispatcher.

Importing the package costs nothing: the console program lives in it too, and answers at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from workflows.bootstrap import Application
    from workflows.settings import Settings


def create_app(
    settings: Settings, *, role: str = "web", application: Application | None = None
) -> Flask:
    """The WSGI program of one role; tests hand in the application that they look into."""
    from webapp.application import create_app as create

    return create(settings, role=role, application=application)
