"""Reports to platforms (归集、报送): the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

TIME = sa.TIMESTAMP(timezone=True)


def up() -> None:
    op.create_table(
        "report_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("destination", sa.String(length=40), nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("mapped", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("problems", postgresql.JSONB(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("receipt", sa.String(length=200), nullable=True),
        sa.Column("rejection", sa.Text(), nullable=True),
        sa.Column("failure", sa.String(length=1000), nullable=True),
        sa.CheckConstraint(
            "state not in ('sent', 'accepted', 'rejected') or mapped is not null",
            name=op.f("ck_report_record_sent_is_mapped"),
        ),
        sa.CheckConstraint(
            "state <> 'rejected' or rejection is not null",
            name=op.f("ck_report_record_rejected_has_reason"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_report_record_counts_from_one")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_report_record_case_id")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["legal_subject.id"], name=op.f("fk_report_record_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_record")),
        sa.UniqueConstraint("key", name=op.f("uq_report_record_key")),
    )
    op.create_index("ix_report_record_case_id", "report_record", ["case_id"])
    op.create_index(op.f("ix_report_record_subject_id"), "report_record", ["subject_id"])
    op.create_index("ix_report_record_state_created_at", "report_record", ["state", "created_at"])


def down() -> None:
    op.drop_table("report_record")
