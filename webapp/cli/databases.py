"""Which database a console command works on: ``DATABASE_URL``, else the embedded one."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator

from workflows.settings import Settings


@contextlib.contextmanager
def database(settings: Settings | None = None) -> Iterator[Settings]:
    """Settings whose `database_url` answers for as long as the block runs."""
    given = settings or Settings.from_environment()
    if given.database_url:
        yield given
        return
    from workflows.postgres import running

    with running(given.var) as url:
        yield dataclasses.replace(given, database_url=url)


def forget() -> int:
    """Delete the embedded databases of this ``var/``: its own, and those of trials and tests.

    Refused while a program uses one of them.
    """
    from workflows.postgres import PlaceError, keeper, place

    var = Settings.from_environment().var
    homes = [var, *(home.parent for home in sorted(var.glob("*/postgres")))]
    for home in homes:
        if keeper.postmaster_pid(place.find(home).data) is not None:
            raise PlaceError(f"The database in {home} is running: stop the program first.")
    for home in homes:
        place.remove(home)
    return 0
