"""Archived files: legal holds, borrowings, disposal."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

TIME = sa.TIMESTAMP(timezone=True)


def up() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_at", TIME, nullable=False),
        sa.Column("placed_by_id", sa.Uuid(), nullable=False),
        sa.Column("lifted_at", TIME, nullable=True),
        sa.Column("lifted_by_id", sa.Uuid(), nullable=True),
        sa.Column("lifted_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(lifted_at is null) = (lifted_reason is null)",
            name=op.f("ck_legal_hold_lifted_has_reason"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_legal_hold_case_id")),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["person.id"], name=op.f("fk_legal_hold_lifted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["placed_by_id"], ["person.id"], name=op.f("fk_legal_hold_placed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(
        "uq_legal_hold_case_id",
        "legal_hold",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("lifted_at is null"),
    )
    op.create_table(
        "file_loan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("borrower_id", sa.Uuid(), nullable=False),
        sa.Column("paper", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("returned_at", TIME, nullable=True),
        sa.Column("return_note", sa.String(length=400), nullable=True),
        sa.CheckConstraint(
            "state = 'requested' or (decided_by_id is not null and decided_by_id <> borrower_id)",
            name=op.f("ck_file_loan_decided_by_another"),
        ),
        sa.CheckConstraint(
            "state <> 'lent' or until is not null",
            name=op.f("ck_file_loan_lent_has_day"),
        ),
        sa.CheckConstraint(
            "state <> 'refused' or refusal is not null",
            name=op.f("ck_file_loan_refused_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["borrower_id"], ["person.id"], name=op.f("fk_file_loan_borrower_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_file_loan_case_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_file_loan_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_loan")),
    )
    op.create_index(op.f("ix_file_loan_borrower_id"), "file_loan", ["borrower_id"])
    op.create_index("ix_file_loan_case_id_state", "file_loan", ["case_id", "state"])
    op.create_table(
        "disposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_at", TIME, nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("carried_out_at", TIME, nullable=True),
        sa.Column("carried_out_by_id", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", TIME, nullable=True),
        sa.Column("certificate_no", sa.String(length=64), nullable=True),
        sa.Column("method", sa.String(length=200), nullable=True),
        sa.Column("destroyed", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint(
            "(carried_out_at is null) = (carried_out_by_id is null)",
            name=op.f("ck_disposal_carried_out_by"),
        ),
        sa.CheckConstraint(
            "proposed_by_id <> carried_out_by_id",
            name=op.f("ck_disposal_two_persons"),
        ),
        sa.ForeignKeyConstraint(
            ["carried_out_by_id"], ["person.id"], name=op.f("fk_disposal_carried_out_by_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_disposal_case_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_disposal_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal")),
    )
    op.create_index(
        "uq_disposal_case_id",
        "disposal",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("cancelled_at is null"),
    )


def down() -> None:
    for name in ("disposal", "file_loan", "legal_hold"):
        op.drop_table(name)
