"""The public site over a database with one published decision."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.publication import Publication
from tests.webapp.conftest import Web


@pytest.fixture
def shown(web_at: Callable[..., Web]) -> Web:
    """The fruit shop's decision is published; the case waits to be closed."""
    return web_at("propose_closing")


def address(web: Web) -> str:
    """The public address of the one decision."""
    row = web.one(select(Publication))
    assert row is not None
    return str(row.address)
