"""Lists remember how a person left them, and keep views under a name (存为视图)."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for

from webapp import current
from workflows.queries.views import Views, views_of

LISTS = {"inbox": "tasks.index", "cases": "cases.index"}
"""What can be remembered, and the page that shows it."""
MOST_VIEWS = 8
"""So many names fit over a list."""


def views(listed: str) -> Views:
    """What is kept for this person and list; read once a request."""
    kept: dict[str, Views] = g.setdefault("list_views", {})
    if listed not in kept:
        app, actor = current.application(), current.actor()
        with app.dispatcher.read(actor) as session:
            kept[listed] = views_of(session, actor, listed)
    return kept[listed]


def remember(listed: str, filters: dict[str, str]) -> None:
    """Keep how the list is narrowed now; nothing is written when that is as before."""
    if views(listed).last != filters:
        current.application().notes.save_view(current.actor(), listed, "", filters, current.now())


def named_tabs(listed: str, filters: dict[str, str]) -> list[dict[str, Any]]:
    """The named views as tabs; the one that shows just this is marked."""
    return [
        {"url": url_for(LISTS[listed], **kept), "label": name, "current": kept == filters}
        for name, kept in views(listed).named.items()
    ]


def naming(listed: str, filters: dict[str, str]) -> dict[str, Any] | None:
    """What the “save as view” box needs; None while there is nothing to save or too much."""
    found = views(listed).named
    known = next((name for name, kept in found.items() if kept == filters), None)
    if known is None and (not filters or len(found) >= MOST_VIEWS):
        return None
    return {"list": listed, "filters": filters, "known": known}


def posted(names: tuple[str, ...]) -> dict[str, str]:
    """The filters that the box sends along."""
    return {name: request.form[name][:200] for name in names if request.form.get(name)}
