"""How the public site reads: one snapshot a request, today by the program's clock, filters from
the address."""

from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from flask import current_app, request

from workflows.queries import publications
from workflows.queries.publications import Wanted

NAMES = ("q", "subject", "field", "kind", "since", "until")
"""Filters of an address, as pages and API name them."""


def program() -> Any:
    """The program behind this process: its clock, its snapshots, its settings."""
    return current_app.extensions["caselane"]


def snapshot() -> AbstractContextManager[Any]:
    """A read-only look at the database."""
    return program().transactions.read()  # type: ignore[no-any-return]


def today() -> date:
    """The Shanghai day of now."""
    return publications.today_of(program().clock())


def wanted() -> Wanted:
    """The filters of the address; what cannot be read narrows nothing."""
    told = {name: request.args.get(name, "").strip()[:64] for name in NAMES}
    return Wanted(
        text=told["q"].replace("\x00", ""),
        subject=told["subject"].replace("\x00", ""),
        field=told["field"].replace("\x00", ""),
        kind=told["kind"].replace("\x00", ""),
        since=_day(told["since"]),
        until=_day(told["until"]),
    )


def page_number() -> int:
    """Which page of the list; the first unless told."""
    return min(max(1, request.args.get("page", 1, type=int)), publications.MOST_PAGES)


def address_of(path: str) -> str:
    """A whole address as others may keep it: by BASE_URL where the installation has one."""
    base = program().settings.base_url or request.url_root
    return str(base).rstrip("/") + path


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
