"""Throw-away databases for scenarios and benchmarks, on the program's own server."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from workflows.database import driver_url, migrate
from workflows.postgres import ensure


class ThrowAwayServer:
    """Makes databases from one migrated template; all of them go with the server."""

    def __init__(self, admin_url: str) -> None:
        self._admin_url = admin_url
        self._tag = secrets.token_hex(4)
        self._count = 0
        self._template: str | None = None

    def empty(self) -> str:
        """The URL of a new database with the program's shape and no rows."""
        if self._template is None:
            self._template = f"shape_{self._tag}"
            self._run(sql.SQL("create database {}").format(sql.Identifier(self._template)))
            migrate(self._url(self._template))
        self._count += 1
        name = f"trial_{self._tag}_{self._count}"
        self._run(
            sql.SQL("create database {} template {}").format(
                sql.Identifier(name), sql.Identifier(self._template)
            )
        )
        return self._url(name)

    def copy(self, url: str) -> str:
        """The URL of a copy of a database; nobody may be connected to it meanwhile."""
        self._count += 1
        name, source = f"trial_{self._tag}_{self._count}", make_url(url).database or ""
        self._run(
            sql.SQL(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = {}"
            ).format(sql.Literal(source))
        )
        self._run(
            sql.SQL("create database {} template {}").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )
        return self._url(name)

    def drop(self, url: str) -> None:
        """Forget a database, whoever is still connected."""
        name = make_url(url).database or ""
        self._run(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))

    def close(self) -> None:
        """Forget the template too."""
        if self._template is not None:
            self.drop(self._url(self._template))

    def _url(self, name: str) -> str:
        url = make_url(driver_url(self._admin_url)).set(database=name)
        return url.set(drivername="postgresql").render_as_string(hide_password=False)

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._admin_url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def throw_away(var: Path, *, durable: bool = False) -> Iterator[ThrowAwayServer]:
    """A server of its own below `var`, started for this and stopped afterwards."""
    cluster = ensure(var / "trials", durable=durable)
    server = ThrowAwayServer(cluster.admin_url)
    try:
        yield server
    finally:
        server.close()
        cluster.stop()
