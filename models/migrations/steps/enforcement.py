"""Enforcement after the decision: by the agency, in the party's place, by the court."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


def up() -> None:
    op.create_table(
        "order_recheck",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("rechecked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("party_signature", sa.String(length=20), nullable=False),
        sa.Column("signature_note", sa.Text(), nullable=True),
        sa.Column("witness_name", sa.String(length=200), nullable=True),
        sa.Column("body_camera", sa.Boolean(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("second_officer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "officer_id <> second_officer_id", name=op.f("ck_order_recheck_two_officers")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_order_recheck_case_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_order_recheck_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["person.id"], name=op.f("fk_order_recheck_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_order_recheck_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_officer_id"], ["person.id"], name=op.f("fk_order_recheck_second_officer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_recheck")),
    )
    op.create_index(op.f("ix_order_recheck_case_id"), "order_recheck", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_order_recheck_decision_id"), "order_recheck", ["decision_id"], unique=False
    )
    op.create_table(
        "enforcement",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("obligation", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=400), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("immediate", sa.Boolean(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("executor", sa.String(length=200), nullable=True),
        sa.Column("cost_estimate", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("announced_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("announcement_no", sa.String(length=64), nullable=True),
        sa.Column("announcement_place", sa.String(length=400), nullable=True),
        sa.Column("remove_by", sa.Date(), nullable=True),
        sa.Column("approved_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("refused_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("urged_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("started_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("course", sa.Text(), nullable=True),
        sa.Column("present_person", sa.String(length=200), nullable=True),
        sa.Column("witness_name", sa.String(length=200), nullable=True),
        sa.Column("body_camera", sa.Boolean(), nullable=False),
        sa.Column("emergency", sa.Text(), nullable=True),
        sa.Column(
            "items", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("goods_to", sa.String(length=200), nullable=True),
        sa.Column("goods_place", sa.String(length=400), nullable=True),
        sa.Column("party_signature", sa.String(length=10), nullable=True),
        sa.Column("signature_note", sa.Text(), nullable=True),
        sa.Column("executor_signature", sa.String(length=200), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("second_officer_id", sa.Uuid(), nullable=True),
        sa.Column("cost", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("cost_items", sa.Text(), nullable=True),
        sa.Column("cost_no", sa.String(length=64), nullable=True),
        sa.Column("cost_due_on", sa.Date(), nullable=True),
        sa.Column("cost_claimed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=12), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(closed_at is null) = (ending is null)", name=op.f("ck_enforcement_closed_has_ending")
        ),
        sa.CheckConstraint(
            "approved_at is null or number is not null",
            name=op.f("ck_enforcement_approved_has_number"),
        ),
        sa.CheckConstraint(
            "approved_at is null or refused_at is null", name=op.f("ck_enforcement_one_answer")
        ),
        sa.CheckConstraint(
            "cost >= 0 and cost_estimate >= 0", name=op.f("ck_enforcement_cost_not_negative")
        ),
        sa.CheckConstraint("ended_at >= started_at", name=op.f("ck_enforcement_ends_after_start")),
        sa.CheckConstraint(
            "officer_id <> second_officer_id", name=op.f("ck_enforcement_two_officers")
        ),
        sa.CheckConstraint(
            "started_at is null or approved_at is not null",
            name=op.f("ck_enforcement_decided_first"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_enforcement_approved_by_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_enforcement_case_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_enforcement_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["person.id"], name=op.f("fk_enforcement_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_enforcement_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_enforcement_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_officer_id"], ["person.id"], name=op.f("fk_enforcement_second_officer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enforcement")),
    )
    op.create_index(op.f("ix_enforcement_case_id"), "enforcement", ["case_id"], unique=False)
    op.create_index("ix_enforcement_case_id_kind", "enforcement", ["case_id", "kind"], unique=False)
    op.create_table(
        "court_application",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("court", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("materials", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("principal", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("surcharge", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("demand", sa.Text(), nullable=True),
        sa.Column("amounts_on", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("outer_day", sa.Date(), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Uuid(), nullable=True),
        sa.Column("returned_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("submitted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("receiver_name", sa.String(length=200), nullable=True),
        sa.Column("accepted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("court_case_no", sa.String(length=100), nullable=True),
        sa.Column("refused_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("refused_step", sa.String(length=12), nullable=True),
        sa.Column("refusal_reason", sa.Text(), nullable=True),
        sa.Column("ruled_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ruling_no", sa.String(length=100), nullable=True),
        sa.Column("objected_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("higher_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("higher_result", sa.String(length=12), nullable=True),
        sa.Column("order_performed", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=12), nullable=True),
        sa.Column("ending_no", sa.String(length=100), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(ended_at is null) = (ending is null)",
            name=op.f("ck_court_application_ended_has_ending"),
        ),
        sa.CheckConstraint(
            "principal >= 0 and surcharge >= 0", name=op.f("ck_court_application_not_negative")
        ),
        sa.CheckConstraint(
            "signed_at is null or number is not null",
            name=op.f("ck_court_application_signed_has_number"),
        ),
        sa.CheckConstraint(
            "signed_at is null or returned_at is null", name=op.f("ck_court_application_one_answer")
        ),
        sa.CheckConstraint(
            "submitted_at is null or signed_at is not null",
            name=op.f("ck_court_application_signed_first"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_court_application_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_court_application_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_court_application_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["person.id"], name=op.f("fk_court_application_requested_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["person.id"], name=op.f("fk_court_application_signed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_application")),
    )
    op.create_index(
        op.f("ix_court_application_case_id"), "court_application", ["case_id"], unique=False
    )


def down() -> None:
    for table in TABLES:
        op.drop_table(table)


TABLES = (
    "court_application",
    "enforcement",
    "order_recheck",
)
