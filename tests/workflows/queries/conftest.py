"""The fruit shop's case for queries: closed and archived, or waiting at any step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.database import Databases, settings_for
from tests.workflows.queries.shop import Shop, opened, template
from workflows.bootstrap import build


@pytest.fixture
def shop_at(databases: Databases, tmp_path: Path) -> Iterator[Callable[..., Shop]]:
    """The case on its way (None: to the end), in a database of the test's own."""
    with ExitStack() as stack:

        def made(until: str | None = None) -> Shop:
            url = databases.clone(template(databases, until))
            stack.callback(databases.drop, url)
            shop = opened(build(settings_for(url, tmp_path)))
            stack.callback(shop.application.close)
            return shop

        yield made
