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
    """Delete the embedded database of this ``var/``; refused while a program uses it."""
    from workflows.postgres import PlaceError, keeper, place

    var = Settings.from_environment().var
    if keeper.postmaster_pid(place.find(var).data) is not None:
        raise PlaceError(f"The database in {var} is running: stop the program first.")
    place.remove(var)
    return 0
