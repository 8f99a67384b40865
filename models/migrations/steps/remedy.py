"""Remedies (复议、诉讼): one row for each reconsideration and each instance; appearances."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


def up() -> None:
    op.create_table(
        "remedy",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("instance", sa.String(length=12), nullable=True),
        sa.Column("challenged", sa.String(length=20), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("applicant", sa.String(length=200), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("authority_no", sa.String(length=100), nullable=True),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("through_agency", sa.Boolean(), nullable=False),
        sa.Column("forwarded_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("refusal_reason", sa.Text(), nullable=True),
        sa.Column("simple", sa.Boolean(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("copy_received_on", sa.Date(), nullable=True),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("reply_late", sa.Boolean(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("court_form", sa.String(length=10), nullable=True),
        sa.Column("may_appeal", sa.Boolean(), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=True),
        sa.Column("stay_ordered", sa.Boolean(), nullable=False),
        sa.Column("stay_from", sa.Date(), nullable=True),
        sa.Column("stay_to", sa.Date(), nullable=True),
        sa.Column("stay_reason", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("ground", sa.String(length=30), nullable=True),
        sa.Column("outcome_no", sa.String(length=100), nullable=True),
        sa.Column("outcome_reason", sa.Text(), nullable=True),
        sa.Column("changed_fine", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("redo_by", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'litigation') = (instance is not null)",
            name=op.f("ck_remedy_a_lawsuit_has_its_instance"),
        ),
        sa.CheckConstraint(
            "accepted_on >= applied_on", name=op.f("ck_remedy_taken_after_it_was_applied_for")
        ),
        sa.CheckConstraint(
            "accepted_on is null or refused_on is null", name=op.f("ck_remedy_taken_or_refused")
        ),
        sa.CheckConstraint("changed_fine >= 0", name=op.f("ck_remedy_changed_fine_not_negative")),
        sa.CheckConstraint("ended_on >= applied_on", name=op.f("ck_remedy_ends_after_it_began")),
        sa.CheckConstraint(
            "outcome is null or decided_on is not null", name=op.f("ck_remedy_outcome_has_its_day")
        ),
        sa.CheckConstraint(
            "received_on >= decided_on", name=op.f("ck_remedy_received_after_it_was_decided")
        ),
        sa.CheckConstraint(
            "refused_on is null or refusal_reason is not null",
            name=op.f("ck_remedy_refusal_is_told"),
        ),
        sa.CheckConstraint(
            "stay_from is null or stay_ordered", name=op.f("ck_remedy_stay_is_ordered")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_remedy_case_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_remedy_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_remedy_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedy")),
        sa.UniqueConstraint("case_id", "kind", "round", name=op.f("uq_remedy_case_id_kind_round")),
    )
    op.create_index("ix_remedy_applied_on", "remedy", ["applied_on"], unique=False)
    op.create_index(op.f("ix_remedy_case_id"), "remedy", ["case_id"], unique=False)
    op.create_index(op.f("ix_remedy_decision_id"), "remedy", ["decision_id"], unique=False)
    op.create_table(
        "appearance",
        sa.Column("remedy_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("summoned_on", sa.Date(), nullable=False),
        sa.Column("planned_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("asked_by_court", sa.Boolean(), nullable=False),
        sa.Column("sends", sa.String(length=8), nullable=True),
        sa.Column("head_id", sa.Uuid(), nullable=True),
        sa.Column("head_duty", sa.String(length=30), nullable=True),
        sa.Column("excuse", sa.String(length=30), nullable=True),
        sa.Column("excuse_reason", sa.Text(), nullable=True),
        sa.Column("excuse_stamped", sa.Boolean(), nullable=False),
        sa.Column("excuse_proof", postgresql.ARRAY(sa.String(length=200)), nullable=False),
        sa.Column("staff", sa.String(length=300), nullable=True),
        sa.Column("lawyer", sa.String(length=200), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("came", sa.String(length=16), nullable=True),
        sa.Column("spoke", sa.Boolean(), nullable=True),
        sa.Column("counts", sa.Boolean(), nullable=True),
        sa.Column("excused", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "sends <> 'head' or head_duty is not null", name=op.f("ck_appearance_duty_is_told")
        ),
        sa.CheckConstraint(
            "sends <> 'nobody' or (excuse is not null and excuse_reason is not null)",
            name=op.f("ck_appearance_absence_is_explained"),
        ),
        sa.CheckConstraint(
            "sends is null or sends in ('head', 'nobody')",
            name=op.f("ck_appearance_head_or_nobody"),
        ),
        sa.CheckConstraint(
            "counts is null or recorded_on is not null",
            name=op.f("ck_appearance_counted_once_held"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_appearance_case_id")),
        sa.ForeignKeyConstraint(["head_id"], ["person.id"], name=op.f("fk_appearance_head_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_appearance_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(["remedy_id"], ["remedy.id"], name=op.f("fk_appearance_remedy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance")),
        sa.UniqueConstraint("remedy_id", "number", name=op.f("uq_appearance_remedy_id_number")),
    )
    op.create_index(op.f("ix_appearance_case_id"), "appearance", ["case_id"], unique=False)
    op.create_index(op.f("ix_appearance_remedy_id"), "appearance", ["remedy_id"], unique=False)


def down() -> None:
    op.drop_index(op.f("ix_appearance_case_id"), table_name="appearance")
    op.drop_index(op.f("ix_appearance_remedy_id"), table_name="appearance")
    op.drop_table("appearance")
    op.drop_index("ix_remedy_applied_on", table_name="remedy")
    op.drop_index(op.f("ix_remedy_case_id"), table_name="remedy")
    op.drop_index(op.f("ix_remedy_decision_id"), table_name="remedy")
    op.drop_table("remedy")
