"""The job queue's tables, in a schema of their own."""

from collections.abc import Sequence

from models.migrations import queue

revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    queue.create("procrastinate_3_10.sql")


def downgrade() -> None:
    queue.drop()
