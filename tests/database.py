"""Databases for tests: one PostgreSQL per machine, one template per shape, clones by the test.

The server is the embedded one (``var/test``), with durability off; ``TEST_DATABASE_URL``
names another server instead, whose role may create databases. Sessions that run side by
side share the server, never a database.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import Engine

from models import migrations
from models.migrations import queue
from models.tables import METADATA
from workflows.database import connect
from workflows.postgres import ensure
from workflows.settings import Settings
from workflows.trials import databases

ROOT = Path(__file__).parents[1]
PASSWORD = "caselane-demo"
"""Everybody's in a database with the demo bureau."""


@contextmanager
def server() -> Iterator[Databases]:
    """The server of this machine's tests, in use until the block ends."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield Databases(given)
        return
    cluster = ensure(ROOT / "var" / "test", durable=False)
    try:
        yield Databases(cluster.admin_url)
    finally:
        cluster.stop()


def engine_for(url: str) -> Engine:
    """An engine as the program makes it, for tests with many threads."""
    return connect(url, pool_size=20)


class Databases(databases.Databases):
    """Databases of one session of tests."""

    def __init__(self, admin_url: str) -> None:
        super().__init__(admin_url, f"t_{os.getpid()}_{secrets.token_hex(3)}")

    def empty(self) -> str:
        """The URL of a new database without any table."""
        return self.create()

    def fresh(self) -> str:
        """The URL of a new database that has the shape of the models and no row."""
        return self.clone(self.template("models", build_schema))

    def with_bureau(self) -> str:
        """The URL of a new database with law, packs and the people of the demo district."""
        base = self.template("models", build_schema)
        return self.clone(self.template_from(base, "bureau", build_bureau))

    def template_from(self, base: str, name: str, build: Callable[[str], object]) -> str:
        """Like :meth:`template`, starting from a clone of the template `base`."""
        return self.template(name, build, base)

    def clone(self, template: str) -> str:
        """The URL of a new copy of `template` (name as :meth:`template` returns it)."""
        return self.create(template)

    def drop_templates(self) -> None:
        """Remove what this session kept for cloning, and what killed sessions left behind."""
        super().drop_templates()
        with psycopg.connect(self._admin_url, autocommit=True) as connection:
            names = connection.execute(
                "SELECT datname FROM pg_database WHERE datname ~ '^t_[0-9]+_'"
            ).fetchall()
        for (name,) in names:
            if not _alive(int(name.split("_")[1])):
                self.drop(self.url(name))


def build_schema(url: str) -> None:
    """The shape of the models and the queue. That the revisions give the same shape is a
    test of its own (``tests/models/migrations``)."""
    engine = engine_for(url)
    with engine.begin() as connection:
        queue.apply(connection, "procrastinate_3_10.sql")
        connection.exec_driver_sql("SET LOCAL search_path TO public")
        METADATA.create_all(connection)
        # Servers that a test starts refuse a database that no revision has shaped.
        connection.exec_driver_sql("create table alembic_version (version_num varchar(32))")
        connection.exec_driver_sql(f"insert into alembic_version values ('{migrations.head()}')")
    engine.dispose()


def build_bureau(url: str) -> None:
    """Law, packs and the people of the demo district; everyone's password is PASSWORD."""
    from workflows import bootstrap

    with tempfile.TemporaryDirectory() as var:
        application = bootstrap.build(settings_for(url, Path(var)))
        bootstrap.prepare(application)
        bootstrap.load_bureau(application, PASSWORD)
        application.close()


def settings_for(url: str, var: Path) -> Settings:
    """An installation for tests on the database `url` and the folder `var`."""
    return Settings(
        database_url=url,
        var=var,
        secret_key="for tests only, signs nothing real",
        blobs=str(var / "blobs"),
        demo=True,
        clock_file=var / "clock",
        secure_cookies=False,
        pool_size=4,
    )


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
