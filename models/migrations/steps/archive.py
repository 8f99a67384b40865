"""The archived file: order and thickness of its books, supplements, retention."""

import sqlalchemy as sa
from alembic import op


def up() -> None:
    added = (
        sa.Column("supplement", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("retain_until", sa.Date(), nullable=True),
        sa.Column("stated_main_pages", sa.Integer(), nullable=True),
        sa.Column("stated_secondary_pages", sa.Integer(), nullable=True),
        sa.Column("file_order", sa.String(length=40), nullable=False, server_default="msa78"),
        sa.Column("pages_per_book", sa.Integer(), nullable=False, server_default="200"),
        sa.Column("destroyed_at", sa.TIMESTAMP(timezone=True), nullable=True),
    )
    for column in added:
        op.add_column("archive_volume", column)
        if column.server_default is not None:
            op.alter_column("archive_volume", column.name, server_default=None)
    op.drop_constraint(op.f("uq_archive_volume_case_id"), "archive_volume", type_="unique")
    op.drop_constraint(op.f("ck_archive_volume_has_pages"), "archive_volume", type_="check")
    op.create_check_constraint(
        op.f("ck_archive_volume_has_pages"), "archive_volume", "main_pages + secondary_pages > 0"
    )
    op.create_unique_constraint(
        op.f("uq_archive_volume_case_id_supplement"), "archive_volume", ["case_id", "supplement"]
    )
    op.create_check_constraint(
        op.f("ck_archive_volume_supplement_counts"), "archive_volume", "supplement >= 0"
    )
    op.create_check_constraint(
        op.f("ck_archive_volume_permanent_is_kept"),
        "archive_volume",
        "destroyed_at is null or retain_until is not null",
    )


def down() -> None:
    for name in ("permanent_is_kept", "supplement_counts"):
        op.drop_constraint(op.f(f"ck_archive_volume_{name}"), "archive_volume", type_="check")
    op.drop_constraint(
        op.f("uq_archive_volume_case_id_supplement"), "archive_volume", type_="unique"
    )
    op.execute("delete from archive_volume where supplement > 0")
    op.drop_constraint(op.f("ck_archive_volume_has_pages"), "archive_volume", type_="check")
    op.create_check_constraint(
        op.f("ck_archive_volume_has_pages"), "archive_volume", "main_pages > 0"
    )
    op.create_unique_constraint(op.f("uq_archive_volume_case_id"), "archive_volume", ["case_id"])
    for name in (
        "destroyed_at",
        "pages_per_book",
        "file_order",
        "stated_secondary_pages",
        "stated_main_pages",
        "retain_until",
        "supplement",
    ):
        op.drop_column("archive_volume", name)
