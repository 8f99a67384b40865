"""Links between cases; evidence says from which other item it was recognised."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


def up() -> None:
    op.add_column("evidence", sa.Column("origin_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_evidence_origin_id"), "evidence", "evidence", ["origin_id"], ["id"]
    )
    op.create_index(op.f("ix_evidence_origin_id"), "evidence", ["origin_id"])
    op.create_table(
        "case_link",
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("same_act", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("offered", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("removed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("removed_reason", sa.Text(), nullable=True),
        sa.Column("removed_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(removed_at is null) = (removed_reason is null)",
            name=op.f("ck_case_link_a_removal_says_why"),
        ),
        sa.CheckConstraint("case_id <> other_id", name=op.f("ck_case_link_not_itself")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_link_case_id")),
        sa.ForeignKeyConstraint(["other_id"], ["case.id"], name=op.f("fk_case_link_other_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_case_link_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["person.id"], name=op.f("fk_case_link_removed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
    )
    op.create_index(op.f("ix_case_link_case_id"), "case_link", ["case_id"], unique=False)
    op.create_index("ix_case_link_other_id", "case_link", ["other_id"], unique=False)
    op.create_index(
        "uq_case_link_active",
        "case_link",
        ["case_id", "other_id"],
        unique=True,
        postgresql_where=sa.text("removed_at is null"),
    )


def down() -> None:
    op.drop_table("case_link")
    op.drop_index(op.f("ix_evidence_origin_id"), table_name="evidence")
    op.drop_constraint(op.f("fk_evidence_origin_id"), "evidence", type_="foreignkey")
    op.drop_column("evidence", "origin_id")
