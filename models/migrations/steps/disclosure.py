"""Disclosure (公示): how it ends, and what the public site shows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

ADDED = ("rule", "departure_reason", "extra_masks", "replaces_id", "ended_at")
TABLES = ("publication", "credit_repair", "channel_removal", "disclosure_withdrawal")


def up() -> None:
    _columns()
    op.create_table(
        "disclosure_withdrawal",
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("replace", sa.Boolean(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("refused_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("done_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "approved_at is null or refused_at is null",
            name=op.f("ck_disclosure_withdrawal_one_answer"),
        ),
        sa.CheckConstraint(
            "approved_by_id is null or approved_by_id <> proposed_by_id",
            name=op.f("ck_disclosure_withdrawal_two_persons"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_disclosure_withdrawal_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_disclosure_withdrawal_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
            name=op.f("fk_disclosure_withdrawal_disclosure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_disclosure_withdrawal_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_disclosure_withdrawal_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_withdrawal")),
    )
    op.create_index(
        op.f("ix_disclosure_withdrawal_case_id"), "disclosure_withdrawal", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_disclosure_withdrawal_disclosure_id"),
        "disclosure_withdrawal",
        ["disclosure_id"],
        unique=False,
    )
    op.create_table(
        "channel_removal",
        sa.Column("withdrawal_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("removed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "automatic or proof <> ''", name=op.f("ck_channel_removal_by_hand_with_proof")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_channel_removal_case_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_channel_removal_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawal_id"],
            ["disclosure_withdrawal.id"],
            name=op.f("fk_channel_removal_withdrawal_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_removal")),
        sa.UniqueConstraint(
            "withdrawal_id", "channel", name=op.f("uq_channel_removal_withdrawal_id_channel")
        ),
    )
    op.create_index(
        op.f("ix_channel_removal_case_id"), "channel_removal", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_channel_removal_withdrawal_id"), "channel_removal", ["withdrawal_id"], unique=False
    )
    op.create_table(
        "credit_repair",
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("applicant", sa.String(length=200), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("obligations", sa.Text(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "decided_by_id is null or decided_by_id <> recorded_by_id",
            name=op.f("ck_credit_repair_two_persons"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_credit_repair_case_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_credit_repair_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name=op.f("fk_credit_repair_disclosure_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_credit_repair_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_repair")),
    )
    op.create_index(op.f("ix_credit_repair_case_id"), "credit_repair", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_credit_repair_disclosure_id"), "credit_repair", ["disclosure_id"], unique=False
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=24), nullable=False),
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("subject_key", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("subject_en", sa.String(length=200), nullable=False),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("publish_until", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("party", sa.String(length=200), nullable=True),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("title_en", sa.String(length=200), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=True),
        sa.Column("field_zh", sa.String(length=80), nullable=True),
        sa.Column("field_en", sa.String(length=120), nullable=True),
        sa.Column(
            "kinds",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_en", sa.Text(), nullable=True),
        sa.Column(
            "lines",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("credit_class", sa.String(length=20), nullable=True),
        sa.Column("searched", sa.Text(), server_default="", nullable=False),
        sa.Column("grams", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("replaced_by", sa.String(length=24), nullable=True),
        sa.CheckConstraint(
            "state <> 'withdrawn' or (ended_on is not null and reason is not null)",
            name=op.f("ck_publication_withdrawal_has_reason"),
        ),
        sa.CheckConstraint(
            "state = 'shown' or (number is null and party is null and uscc is null"
            " and title is null and title_en is null and outcome is null and outcome_en is null"
            " and lines = '[]' and searched = '' and grams = '{}' and kinds = '[]')",
            name=op.f("ck_publication_nothing_left_when_gone"),
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name=op.f("fk_publication_disclosure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("address", name=op.f("uq_publication_address")),
        sa.UniqueConstraint("disclosure_id", name=op.f("uq_publication_disclosure_id")),
    )
    op.create_index(
        "ix_publication_grams", "publication", ["grams"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_publication_state_published_at",
        "publication",
        ["state", sa.literal_column("published_at desc"), "id"],
        unique=False,
    )


def _columns() -> None:
    """What the rule said of a disclosure, its own masks, what it replaces, when it was over."""
    jsonb = postgresql.JSONB(astext_type=sa.Text())
    for name, kind, default in (
        ("rule", jsonb, sa.text("'{}'")),
        ("extra_masks", jsonb, sa.text("'[]'")),
    ):
        op.add_column("disclosure", sa.Column(name, kind, nullable=False, server_default=default))
    op.add_column("disclosure", sa.Column("departure_reason", sa.Text(), nullable=True))
    op.add_column("disclosure", sa.Column("replaces_id", sa.Uuid(), nullable=True))
    op.add_column("disclosure", sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_disclosure_replaces_id"), "disclosure", "disclosure", ["replaces_id"], ["id"]
    )


def down() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_constraint(op.f("fk_disclosure_replaces_id"), "disclosure", type_="foreignkey")
    for column in ADDED:
        op.drop_column("disclosure", column)
