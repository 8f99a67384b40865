"""Pages, one module a noun of the rail."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask


def hang(app: Flask) -> None:
    """Hang every module of this folder that has a blueprint into the app."""
    for module in sorted(m.name for m in iter_modules(__path__)):
        blueprint = getattr(import_module(f"{__name__}.{module}"), "blueprint", None)
        if blueprint is not None:
            app.register_blueprint(blueprint)
