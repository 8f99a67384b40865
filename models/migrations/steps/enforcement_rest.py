"""Enforcement that stands still, is agreed upon or ends; confiscated goods."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


def up() -> None:
    op.create_table(
        "enforcement_pause",
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("harmless", sa.Boolean(), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("refused_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("resumed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("resumed_by_id", sa.Uuid(), nullable=True),
        sa.Column("resume_reason", sa.Text(), nullable=True),
        sa.Column("abandoned_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "approved_at is null or refused_at is null",
            name=op.f("ck_enforcement_pause_one_answer"),
        ),
        sa.CheckConstraint(
            "resumed_at is null or abandoned_at is null", name=op.f("ck_enforcement_pause_one_end")
        ),
        sa.CheckConstraint(
            "resumed_at is null or approved_at is not null",
            name=op.f("ck_enforcement_pause_ends_what_began"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_enforcement_pause_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_enforcement_pause_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_enforcement_pause_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["person.id"], name=op.f("fk_enforcement_pause_requested_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["resumed_by_id"], ["person.id"], name=op.f("fk_enforcement_pause_resumed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enforcement_pause")),
    )
    op.create_index(
        op.f("ix_enforcement_pause_case_id"), "enforcement_pause", ["case_id"], unique=False
    )
    op.create_table(
        "enforcement_end",
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("restore", sa.Text(), nullable=True),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("refused_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("restored_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("restored_way", sa.String(length=20), nullable=True),
        sa.Column("restored_amount", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("restored_note", sa.Text(), nullable=True),
        sa.Column("receiver_name", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "approved_at is null or refused_at is null", name=op.f("ck_enforcement_end_one_answer")
        ),
        sa.CheckConstraint("restored_amount >= 0", name=op.f("ck_enforcement_end_not_negative")),
        sa.CheckConstraint(
            "restored_at is null or approved_at is not null",
            name=op.f("ck_enforcement_end_ended_first"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_enforcement_end_approved_by_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_enforcement_end_case_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_enforcement_end_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["person.id"], name=op.f("fk_enforcement_end_requested_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enforcement_end")),
    )
    op.create_index(
        op.f("ix_enforcement_end_case_id"), "enforcement_end", ["case_id"], unique=False
    )
    op.create_table(
        "settlement",
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column(
            "stages", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("principal", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("surcharge", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("surcharge_waived", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("corrected", sa.Text(), nullable=True),
        sa.Column("signed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("refused_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("kept_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("broken_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("outcome_note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "approved_at is null or refused_at is null", name=op.f("ck_settlement_one_answer")
        ),
        sa.CheckConstraint(
            "kept_at is null or broken_at is null", name=op.f("ck_settlement_one_end")
        ),
        sa.CheckConstraint("surcharge_waived >= 0", name=op.f("ck_settlement_not_negative")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_settlement_approved_by_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_settlement_case_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_settlement_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["person.id"], name=op.f("fk_settlement_requested_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
    )
    op.create_index(op.f("ix_settlement_case_id"), "settlement", ["case_id"], unique=False)
    op.create_table(
        "confiscated_disposal",
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("numbers", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("receiver", sa.String(length=200), nullable=True),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("returned_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("done_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=400), nullable=True),
        sa.Column("course", sa.Text(), nullable=True),
        sa.Column("receiver_name", sa.String(length=200), nullable=True),
        sa.Column("witness_name", sa.String(length=200), nullable=True),
        sa.Column("proceeds", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("receipt_no", sa.String(length=64), nullable=True),
        sa.Column("body_camera", sa.Boolean(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("second_officer_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "cardinality(numbers) > 0", name=op.f("ck_confiscated_disposal_of_some_goods")
        ),
        sa.CheckConstraint(
            "done_at is null or approved_at is not null",
            name=op.f("ck_confiscated_disposal_approved_first"),
        ),
        sa.CheckConstraint(
            "done_at is null or witness_name is not null",
            name=op.f("ck_confiscated_disposal_witnessed"),
        ),
        sa.CheckConstraint(
            "officer_id <> second_officer_id", name=op.f("ck_confiscated_disposal_two_officers")
        ),
        sa.CheckConstraint("proceeds >= 0", name=op.f("ck_confiscated_disposal_not_negative")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_confiscated_disposal_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_confiscated_disposal_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["person.id"], name=op.f("fk_confiscated_disposal_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_confiscated_disposal_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_confiscated_disposal_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_officer_id"],
            ["person.id"],
            name=op.f("fk_confiscated_disposal_second_officer_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confiscated_disposal")),
    )
    op.create_index(
        op.f("ix_confiscated_disposal_case_id"), "confiscated_disposal", ["case_id"], unique=False
    )
    op.create_table(
        "confiscated_item",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("spec", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("condition", sa.String(length=200), nullable=False),
        sa.Column("keeper", sa.String(length=200), nullable=False),
        sa.Column("storage_place", sa.String(length=400), nullable=False),
        sa.Column("disposal_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_confiscated_item_some_quantity")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_confiscated_item_case_id")),
        sa.ForeignKeyConstraint(
            ["disposal_id"],
            ["confiscated_disposal.id"],
            name=op.f("fk_confiscated_item_disposal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_confiscated_item_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confiscated_item")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_confiscated_item_case_id_number")),
    )
    op.create_index(
        op.f("ix_confiscated_item_case_id"), "confiscated_item", ["case_id"], unique=False
    )


def down() -> None:
    for table in TABLES:
        op.drop_table(table)


TABLES = (
    "confiscated_item",
    "confiscated_disposal",
    "settlement",
    "enforcement_end",
    "enforcement_pause",
)
