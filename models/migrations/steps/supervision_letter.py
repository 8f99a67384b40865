"""Letters of those who supervise, and the replies to them."""

import sqlalchemy as sa
from alembic import op

TIME = sa.TIMESTAMP(timezone=True)


def up() -> None:
    op.create_table(
        "supervision_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("organ", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reply_due", sa.Date(), nullable=False),
        sa.Column("due_stated", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("registered_at", TIME, nullable=False),
        sa.Column("registered_by_id", sa.Uuid(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("drafted_at", TIME, nullable=True),
        sa.Column("drafted_by_id", sa.Uuid(), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=True),
        sa.Column("approved_at", TIME, nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("reply_no", sa.String(length=64), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sending_method", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "state not in ('approved', 'sent') or (approved_by_id is not null "
            "and approved_by_id <> drafted_by_id and reply_no is not null)",
            name=op.f("ck_supervision_letter_approved_by_another"),
        ),
        sa.CheckConstraint(
            "state = 'open' or reply is not null",
            name=op.f("ck_supervision_letter_drafted_has_reply"),
        ),
        sa.CheckConstraint(
            "reply_due >= received_on",
            name=op.f("ck_supervision_letter_due_after_receipt"),
        ),
        sa.CheckConstraint(
            "state <> 'sent' or sent_on is not null",
            name=op.f("ck_supervision_letter_sent_has_day"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_supervision_letter_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["person.id"], name=op.f("fk_supervision_letter_drafted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["registered_by_id"], ["person.id"], name=op.f("fk_supervision_letter_registered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["legal_subject.id"], name=op.f("fk_supervision_letter_subject_id")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_supervision_letter_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_supervision_letter_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_letter")),
        sa.UniqueConstraint(
            "subject_id", "reply_no", name=op.f("uq_supervision_letter_subject_id_reply_no")
        ),
        sa.UniqueConstraint(
            "subject_id",
            "organ",
            "number",
            name=op.f("uq_supervision_letter_subject_id_organ_number"),
        ),
    )
    op.create_index(op.f("ix_supervision_letter_case_id"), "supervision_letter", ["case_id"])
    op.create_index(op.f("ix_supervision_letter_owner_id"), "supervision_letter", ["owner_id"])
    op.create_index(
        "ix_supervision_letter_subject_id_reply_due",
        "supervision_letter",
        ["subject_id", "reply_due"],
    )


def down() -> None:
    op.drop_table("supervision_letter")
