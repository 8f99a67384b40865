"""After the decision: service, money, enforcement, disclosure, remedies, closing; transfers."""

from collections.abc import Sequence

from models.migrations.steps import (
    archive,
    archive_keeping,
    case_link,
    criminal,
    disclosure,
    enforcement,
    enforcement_rest,
    follow_up,
    money,
    pack_of_case,
    remedy,
    reporting,
    service,
    supervision_letter,
    transfer,
)

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STEPS = (
    pack_of_case,
    archive,
    archive_keeping,
    reporting,
    supervision_letter,
    disclosure,
    enforcement,
    enforcement_rest,
    remedy,
    service,
    money,
    criminal,
    transfer,
    follow_up,
    case_link,
)


def upgrade() -> None:
    for step in STEPS:
        step.up()


def downgrade() -> None:
    for step in reversed(STEPS):
        step.down()
