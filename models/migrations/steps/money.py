"""Money: plans, urging letters, surcharge, refunds; what a payment went to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

TABLES = ("refund", "surcharge_waiver", "surcharge_decision", "urging", "instalment_plan")
PARTS = ("confiscated_amount", "overpaid_amount", "meant_surcharge")


def up() -> None:
    _payment_up()
    op.create_table(
        "instalment_plan",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "asked", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "parts", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("clause", sa.String(length=8), nullable=False),
        sa.Column("clause_text", sa.Text(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("defaulted_on", sa.Date(), nullable=True),
        sa.Column("default_number", sa.String(length=64), nullable=True),
        sa.Column("default_rest", sa.String(length=30), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "granted is not true or (start_on is not null and number is not null"
            " and jsonb_array_length(parts) > 0)",
            name=op.f("ck_instalment_plan_granted_is_complete"),
        ),
        sa.CheckConstraint(
            "granted is null or decided_at is not null",
            name=op.f("ck_instalment_plan_decided_has_date"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_instalment_plan_case_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_instalment_plan_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_instalment_plan_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_instalment_plan_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["person.id"], name=op.f("fk_instalment_plan_requested_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instalment_plan")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_instalment_plan_case_id_round")),
    )
    op.create_index(
        op.f("ix_instalment_plan_case_id"), "instalment_plan", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_instalment_plan_decision_id"), "instalment_plan", ["decision_id"], unique=False
    )
    op.create_table(
        "urging",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("duty", sa.String(length=10), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("fine", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("confiscated", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("surcharge", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("served_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=True),
        sa.Column("answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("reexamination", sa.Text(), nullable=True),
        sa.Column("reexamined_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("reexamined_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "answer <> 'stated' or statement is not null", name=op.f("ck_urging_stated_has_words")
        ),
        sa.CheckConstraint(
            "(served_at is null) = (expires_on is null)", name=op.f("ck_urging_served_has_last_day")
        ),
        sa.CheckConstraint(
            "fine >= 0 and confiscated >= 0 and surcharge >= 0", name=op.f("ck_urging_not_negative")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_urging_case_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_urging_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_urging_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["reexamined_by_id"], ["person.id"], name=op.f("fk_urging_reexamined_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urging")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_urging_case_id_number")),
    )
    op.create_index(op.f("ix_urging_case_id"), "urging", ["case_id"], unique=False)
    op.create_index(op.f("ix_urging_decision_id"), "urging", ["decision_id"], unique=False)
    op.create_table(
        "surcharge_decision",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("fine", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("overdue", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("rate", sa.String(length=20), nullable=False),
        sa.Column("ceiling", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("runs_from", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "amount <= ceiling", name=op.f("ck_surcharge_decision_never_above_the_cap")
        ),
        sa.CheckConstraint(
            "granted is not true or number is not null",
            name=op.f("ck_surcharge_decision_granted_has_number"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_surcharge_decision_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_surcharge_decision_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_surcharge_decision_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_surcharge_decision_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_surcharge_decision_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surcharge_decision")),
    )
    op.create_index(
        op.f("ix_surcharge_decision_case_id"), "surcharge_decision", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_surcharge_decision_decision_id"),
        "surcharge_decision",
        ["decision_id"],
        unique=False,
    )
    op.create_table(
        "surcharge_waiver",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("waived_on", sa.Date(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_surcharge_waiver_not_empty")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_surcharge_waiver_case_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_surcharge_waiver_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_surcharge_waiver_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_surcharge_waiver_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surcharge_waiver")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_surcharge_waiver_case_id_round")),
    )
    op.create_index(
        op.f("ix_surcharge_waiver_case_id"), "surcharge_waiver", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_surcharge_waiver_decision_id"), "surcharge_waiver", ["decision_id"], unique=False
    )
    op.create_table(
        "refund",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("payee_name", sa.String(length=200), nullable=False),
        sa.Column("payee_account", sa.String(length=100), nullable=True),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("paid_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("receipt_no", sa.String(length=64), nullable=True),
        sa.Column("cashier_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refund_not_empty")),
        sa.CheckConstraint(
            "granted is null or decided_at is not null", name=op.f("ck_refund_decided_has_date")
        ),
        sa.CheckConstraint(
            "paid_on is null or (granted and receipt_no is not null)",
            name=op.f("ck_refund_paid_after_approval"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_refund_case_id")),
        sa.ForeignKeyConstraint(["cashier_id"], ["person.id"], name=op.f("fk_refund_cashier_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_refund_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_refund_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_refund_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_refund_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_refund_case_id_round")),
    )
    op.create_index(op.f("ix_refund_case_id"), "refund", ["case_id"], unique=False)
    op.create_index(op.f("ix_refund_decision_id"), "refund", ["decision_id"], unique=False)


def _payment_up() -> None:
    for name in PARTS:
        money = sa.Numeric(precision=18, scale=2)
        op.add_column("payment", sa.Column(name, money, nullable=False, server_default="0"))
        op.alter_column("payment", name, server_default=None)
    op.add_column("payment", sa.Column("slip_no", sa.String(length=64), nullable=True))
    op.drop_constraint(op.f("ck_payment_not_empty"), "payment", type_="check")
    op.create_check_constraint(
        op.f("ck_payment_not_empty"), "payment", "amount + surcharge_amount + overpaid_amount > 0"
    )
    op.create_check_constraint(
        op.f("ck_payment_parts_fit"),
        "payment",
        "confiscated_amount between 0 and amount and overpaid_amount >= 0",
    )


def down() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_constraint(op.f("ck_payment_parts_fit"), "payment", type_="check")
    op.drop_constraint(op.f("ck_payment_not_empty"), "payment", type_="check")
    op.create_check_constraint(
        op.f("ck_payment_not_empty"), "payment", "amount + surcharge_amount > 0"
    )
    for name in (*PARTS, "slip_no"):
        op.drop_column("payment", name)
