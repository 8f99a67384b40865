"""Throw-away databases for scenarios, benchmarks and tests on one server."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from workflows.database import driver_url, migrate
from workflows.postgres import ensure


class Databases:
    """Makes and drops databases on one server; a name starts with `prefix`.

    Templates are filled once and cloned by the file system, which takes milliseconds.
    """

    def __init__(self, admin_url: str, prefix: str) -> None:
        self._admin_url = admin_url
        self._prefix = prefix
        self._count = 0
        self._templates: dict[str, str] = {}

    def create(self, source: str | None = None) -> str:
        """The URL of a new database: empty, or a copy of the database named `source`."""
        self._count += 1
        name = f"{self._prefix}_{self._count}"
        self._run(
            sql.SQL("create database {} template {} strategy file_copy").format(
                sql.Identifier(name), sql.Identifier(source or "template0")
            )
        )
        return self.url(name)

    def template(self, name: str, build: Callable[[str], object], base: str | None = None) -> str:
        """The database that `build(url)` fills once, to be cloned; returns its name.

        It starts empty, or as a clone of the template `base`.
        """
        if name not in self._templates:
            url = self.create(base)
            build(url)
            self._templates[name] = name_of(url)
        return self._templates[name]

    def drop(self, url: str) -> None:
        """Forget a database, whoever is still connected."""
        name = sql.Identifier(name_of(url))
        self._run(sql.SQL("drop database if exists {} with (force)").format(name))

    def drop_templates(self) -> None:
        """Forget what was kept for cloning."""
        for name in self._templates.values():
            self.drop(self.url(name))
        self._templates.clear()

    def url(self, name: str) -> str:
        """The address of a database of this server."""
        url = make_url(driver_url(self._admin_url)).set(database=name)
        return url.set(drivername="postgresql").render_as_string(hide_password=False)

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._admin_url, autocommit=True) as connection:
            connection.execute(statement)


def name_of(url: str) -> str:
    """The name of the database in its address."""
    return make_url(url).database or ""


class ThrowAwayServer(Databases):
    """Databases of the program's shape, from one migrated template; all of them go with it."""

    def __init__(self, admin_url: str) -> None:
        super().__init__(admin_url, f"trial_{secrets.token_hex(4)}")

    def empty(self) -> str:
        """The URL of a new database with the program's shape and no rows."""
        return self.create(self.template("shape", migrate))

    def copy(self, url: str) -> str:
        """The URL of a copy of a database; whoever is connected to it is sent away."""
        self._run(
            sql.SQL(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = {}"
            ).format(sql.Literal(name_of(url)))
        )
        return self.create(name_of(url))


@contextmanager
def throw_away(var: Path, *, durable: bool = False) -> Iterator[ThrowAwayServer]:
    """A server of its own below `var`, started for this and stopped afterwards."""
    cluster = ensure(var / "trials", durable=durable)
    server = ThrowAwayServer(cluster.admin_url)
    try:
        yield server
    finally:
        server.drop_templates()
        cluster.stop()
