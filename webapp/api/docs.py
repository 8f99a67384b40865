"""The API's own page: every operation with its fields, drawn on the server, nothing from afar."""

import re
from typing import Any

from flask import Blueprint, Flask, current_app, render_template
from flask_smorest import Api
from markupsafe import Markup, escape

from webapp.api.contract import ABOUT, PREFIX

blueprint = Blueprint("api_page", __name__, url_prefix=PREFIX, template_folder="templates")
METHODS = ("get", "post", "put", "patch", "delete")


def register(app: Flask, api: Api) -> None:
    """Remember the contract and serve its page."""
    app.extensions["caselane-api"] = api
    app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> str:
    """All operations by noun."""
    contract = current_app.extensions["caselane-api"].spec.to_dict()
    return render_template("api/docs.html", about=ABOUT.split("\n\n"), nouns=_nouns(contract))


@blueprint.app_template_filter("emphasised")
def emphasised(text: str) -> Markup:
    """The two marks of our sentences: **bold** and `code`."""
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", str(escape(" ".join(text.split()))))
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", bold))


def _nouns(contract: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path, item in contract["paths"].items():
        for method in METHODS:
            if method in item:
                operation = item[method]
                row = {"method": method.upper(), "path": path, **_told(contract, operation, item)}
                found.setdefault(operation["tags"][0], []).append(row)
    return found


def _told(
    contract: dict[str, Any], operation: dict[str, Any], item: dict[str, Any]
) -> dict[str, Any]:
    parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema", {})
    return {
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "parameters": parameters,
        "fields": _fields(contract, body),
    }


def _fields(contract: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    resolved = _resolved(contract, schema)
    needed = set(resolved.get("required", ()))
    return [
        {"name": name, "kind": _kind(contract, each), "needed": name in needed,
         "description": each.get("description", "")}
        for name, each in resolved.get("properties", {}).items()
    ]  # fmt: skip


def _resolved(contract: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return dict(contract["components"]["schemas"][name]) if name else schema


def _kind(contract: dict[str, Any], schema: dict[str, Any]) -> str:
    """`string (date-time)`, `string, at most 64`, `array of object`."""
    found = _resolved(contract, schema)
    kinds = found.get("type", "object")
    told = " / ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if "items" in found:
        told += f" of {_kind(contract, found['items'])}"
    if "enum" in found:
        told += ": " + ", ".join(str(value) for value in found["enum"] if value is not None)
    if "format" in found:
        told += f" ({found['format']})"
    if "maxLength" in found:
        told += f", ≤ {found['maxLength']:,}"
    return told
