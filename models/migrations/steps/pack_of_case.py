"""Which cases run a version of a pack, without reading all cases."""

from alembic import op


def up() -> None:
    op.create_index(op.f("ix_case_pack_version_id"), "case", ["pack_version_id"])


def down() -> None:
    op.drop_index(op.f("ix_case_pack_version_id"), table_name="case")
