"""The revisions give exactly the database that the mapped classes describe."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import procrastinate
import psycopg
import pytest
from sqlalchemy import Engine

from models import migrations
from models.migrations import queue
from models.tables import METADATA
from tests.database import Databases, build_schema, engine_for
from workflows.database import DatabaseUnready, migrate, require_ready

COLUMNS = """
    SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND a.attnum > 0 AND NOT a.attisdropped
"""
CONSTRAINTS = """
    SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
TRIGGERS = """
    SELECT pg_get_triggerdef(t.oid) || pg_get_functiondef(t.tgfoid) FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
"""


@pytest.fixture
def empty_url(databases: Databases) -> Iterator[str]:
    url = databases.empty()
    yield url
    databases.drop(url)


def catalog(url: str, query: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(query).fetchall()  # type: ignore[call-overload]
    return {text for (text,) in rows if "alembic_version" not in text}


@pytest.mark.parametrize("query", [COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS])
def test_migrating_gives_the_same_catalog_as_the_models(
    empty_url: str, databases: Databases, query: str
) -> None:
    migrate(empty_url)
    described = databases.empty()
    build_schema(described)
    assert catalog(empty_url, query) == catalog(described, query)
    databases.drop(described)


def test_alembic_finds_nothing_left_to_write(empty_url: str) -> None:
    migrate(empty_url)
    engine = engine_for(empty_url)
    with engine.connect() as connection:
        assert migrations.differences(connection) == []
    engine.dispose()


def test_migrating_twice_changes_nothing(empty_url: str) -> None:
    assert migrate(empty_url) == migrate(empty_url) == migrations.head()


def test_programs_that_start_together_migrate_once(empty_url: str) -> None:
    reached: list[str] = []
    threads = [
        threading.Thread(target=lambda: reached.append(migrate(empty_url))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reached == [migrations.head()] * 3


def test_the_queue_lives_in_a_schema_of_its_own(empty_url: str) -> None:
    migrate(empty_url)
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'queue'"
    names = catalog(empty_url, tables)
    assert "procrastinate_jobs" in names
    assert not names & set(METADATA.tables)


def test_the_kept_sql_is_the_installed_queue_s_own() -> None:
    installed = Path(procrastinate.__file__).parent / "sql" / "schema.sql"
    version = re.sub(r"\.\d+$", "", procrastinate.__version__).replace(".", "_")
    kept = queue.SQL / f"procrastinate_{version}.sql"
    assert kept.read_text("utf-8") == installed.read_text("utf-8")


def test_a_database_of_another_shape_is_refused_with_the_command_to_run(empty_url: str) -> None:
    engine: Engine = engine_for(empty_url)
    with pytest.raises(DatabaseUnready, match="caselane migrate"):
        require_ready(engine)
    migrate(empty_url)
    require_ready(engine)
    engine.dispose()
