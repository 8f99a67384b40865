"""The database's history: every change of the record's shape, in order.

``upgrade(engine)`` brings a database up to the newest revision. New revisions are drafted
with ``DATABASE_URL=… alembic revision --autogenerate -m "…"`` and then read by a person.
"""

from models.migrations.runner import QUEUE_SCHEMA, current, differences, head, upgrade

__all__ = ["QUEUE_SCHEMA", "current", "differences", "head", "upgrade"]
