"""The agency revises its own decision; what follows from a remedy or a revision; lessons."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


def up() -> None:
    op.create_table(
        "own_revision",
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("new_fine", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("wrong_words", sa.Text(), nullable=True),
        sa.Column("right_words", sa.Text(), nullable=True),
        sa.Column("collective", sa.Boolean(), nullable=False),
        sa.Column("meeting", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("refused_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("served_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "act <> 'correct' or new_fine is null",
            name=op.f("ck_own_revision_typing_errors_move_no_fine"),
        ),
        sa.CheckConstraint(
            "decided_at is null or number is not null",
            name=op.f("ck_own_revision_decided_has_number"),
        ),
        sa.CheckConstraint(
            "decided_at is null or refused_at is null", name=op.f("ck_own_revision_one_answer")
        ),
        sa.CheckConstraint("new_fine >= 0", name=op.f("ck_own_revision_new_fine_not_negative")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_own_revision_case_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_own_revision_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_own_revision_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_own_revision_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_own_revision_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_revision")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_own_revision_case_id_round")),
    )
    op.create_index(op.f("ix_own_revision_case_id"), "own_revision", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_own_revision_decision_id"), "own_revision", ["decision_id"], unique=False
    )
    op.create_table(
        "remedy_follow_up",
        sa.Column("remedy_id", sa.Uuid(), nullable=True),
        sa.Column("revision_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("new_case_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(remedy_id is null) <> (revision_id is null)",
            name=op.f("ck_remedy_follow_up_follows_from_one_thing"),
        ),
        sa.CheckConstraint(
            "done_on is null or result is not null", name=op.f("ck_remedy_follow_up_done_says_what")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_remedy_follow_up_case_id")),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["person.id"], name=op.f("fk_remedy_follow_up_done_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["new_case_id"], ["case.id"], name=op.f("fk_remedy_follow_up_new_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_remedy_follow_up_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["remedy_id"], ["remedy.id"], name=op.f("fk_remedy_follow_up_remedy_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["own_revision.id"], name=op.f("fk_remedy_follow_up_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedy_follow_up")),
    )
    op.create_index(
        op.f("ix_remedy_follow_up_case_id"), "remedy_follow_up", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_remedy_follow_up_remedy_id"), "remedy_follow_up", ["remedy_id"], unique=False
    )
    op.create_index(
        op.f("ix_remedy_follow_up_revision_id"), "remedy_follow_up", ["revision_id"], unique=False
    )
    op.create_table(
        "lesson",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("failure", sa.String(length=30), nullable=False),
        sa.Column("lesson", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("keywords", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_lesson_case_id")),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["remedy_follow_up.id"], name=op.f("fk_lesson_follow_up_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_lesson_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
    )
    op.create_index(op.f("ix_lesson_case_id"), "lesson", ["case_id"], unique=False)
    op.create_index(op.f("ix_lesson_follow_up_id"), "lesson", ["follow_up_id"], unique=False)
    op.create_index("ix_lesson_recorded_at", "lesson", ["recorded_at"], unique=False)


def down() -> None:
    op.drop_index(op.f("ix_lesson_case_id"), table_name="lesson")
    op.drop_index(op.f("ix_lesson_follow_up_id"), table_name="lesson")
    op.drop_index("ix_lesson_recorded_at", table_name="lesson")
    op.drop_table("lesson")
    op.drop_index(op.f("ix_remedy_follow_up_case_id"), table_name="remedy_follow_up")
    op.drop_index(op.f("ix_remedy_follow_up_remedy_id"), table_name="remedy_follow_up")
    op.drop_index(op.f("ix_remedy_follow_up_revision_id"), table_name="remedy_follow_up")
    op.drop_table("remedy_follow_up")
    op.drop_index(op.f("ix_own_revision_case_id"), table_name="own_revision")
    op.drop_index(op.f("ix_own_revision_decision_id"), table_name="own_revision")
    op.drop_table("own_revision")
