"""Answers to transfers, transfers that came in, disputes of jurisdiction."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

POINTERS = {"to_subject_id": "legal_subject", "target_case_id": "case"}


def _added() -> list["sa.Column[object]"]:
    """New columns of `transfer`, made afresh: a column belongs to one table only."""
    return [
        sa.Column("state", sa.String(length=20), server_default="draft", nullable=False),
        sa.Column("sent_times", sa.Integer(), server_default="0", nullable=False),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("returned_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "return_reasons",
            postgresql.ARRAY(sa.String(length=40)),
            server_default="{}",
            nullable=False,
        ),
        sa.Column("answer_document", sa.String(length=100), nullable=True),
        sa.Column("answer_note", sa.Text(), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("result_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("to_subject_id", sa.Uuid(), nullable=True),
        sa.Column("target_case_id", sa.Uuid(), nullable=True),
    ]


def up() -> None:
    for column in _added():
        op.add_column("transfer", column)
    for name, table in POINTERS.items():
        op.create_foreign_key(op.f(f"fk_transfer_{name}"), "transfer", table, [name], ["id"])
    op.create_table(
        "incoming_transfer",
        sa.Column("from_agency", sa.String(length=200), nullable=False),
        sa.Column("letter_no", sa.String(length=100), nullable=True),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("enclosures", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("origin_transfer_id", sa.Uuid(), nullable=True),
        sa.Column("accepted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("returned_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("return_reasons", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("answer_note", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("result_note", sa.Text(), nullable=True),
        sa.Column("fed_back_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(fed_back_at is null) = (result is null)",
            name=op.f("ck_incoming_transfer_result_has_date"),
        ),
        sa.CheckConstraint(
            "accepted_at is null or returned_at is null",
            name=op.f("ck_incoming_transfer_one_answer"),
        ),
        sa.CheckConstraint(
            "returned_at is null or cardinality(return_reasons) > 0",
            name=op.f("ck_incoming_transfer_a_return_says_why"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_incoming_transfer_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_incoming_transfer_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["origin_transfer_id"],
            ["transfer.id"],
            name=op.f("fk_incoming_transfer_origin_transfer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_incoming_transfer_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_transfer")),
        sa.UniqueConstraint("case_id", name=op.f("uq_incoming_transfer_case_id")),
    )
    op.create_index(
        op.f("ix_incoming_transfer_case_id"), "incoming_transfer", ["case_id"], unique=False
    )
    op.create_table(
        "jurisdiction_dispute",
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("other_agency", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("other_filed_on", sa.Date(), nullable=True),
        sa.Column("arose_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("negotiated_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("participants", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("reported_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("superior", sa.String(length=200), nullable=True),
        sa.Column("report_no", sa.String(length=64), nullable=True),
        sa.Column("designated_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("designated", sa.String(length=20), nullable=True),
        sa.Column("designation_no", sa.String(length=100), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "reported_at is null or outcome = 'failed'",
            name=op.f("ck_jurisdiction_dispute_reported_when_failed"),
        ),
        sa.CheckConstraint(
            "designated_at is null or reported_at is not null",
            name=op.f("ck_jurisdiction_dispute_then_designated"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_jurisdiction_dispute_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_jurisdiction_dispute_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jurisdiction_dispute")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_jurisdiction_dispute_case_id_round")),
    )
    op.create_index(
        op.f("ix_jurisdiction_dispute_case_id"), "jurisdiction_dispute", ["case_id"], unique=False
    )


def down() -> None:
    op.drop_table("jurisdiction_dispute")
    op.drop_table("incoming_transfer")
    for name in POINTERS:
        op.drop_constraint(op.f(f"fk_transfer_{name}"), "transfer", type_="foreignkey")
    for column in reversed(_added()):
        op.drop_column("transfer", str(column.name))
