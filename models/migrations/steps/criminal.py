"""Criminal transfers and what was said to the police's refusals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


def up() -> None:
    op.create_table(
        "criminal_transfer",
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("team", postgresql.ARRAY(sa.UUID()), nullable=False),
        sa.Column("crime", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("reported_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("acting_for_id", sa.Uuid(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("stage_before", sa.String(length=24), nullable=True),
        sa.Column("police_organ", sa.String(length=200), nullable=True),
        sa.Column("procuratorate", sa.String(length=200), nullable=True),
        sa.Column("enclosures", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("missing_note", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.String(length=200), nullable=True),
        sa.Column("contact_phone", sa.String(length=40), nullable=True),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("receiver_name", sa.String(length=200), nullable=True),
        sa.Column("receipt_no", sa.String(length=64), nullable=True),
        sa.Column("passed_to", sa.String(length=200), nullable=True),
        sa.Column("police", sa.String(length=20), nullable=True),
        sa.Column("police_document", sa.String(length=100), nullable=True),
        sa.Column("police_answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("police_reason", sa.Text(), nullable=True),
        sa.Column("handed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("handed_to", sa.String(length=200), nullable=True),
        sa.Column("handed_note", sa.Text(), nullable=True),
        sa.Column("party_told_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("result_document", sa.String(length=100), nullable=True),
        sa.Column("result_organ", sa.String(length=200), nullable=True),
        sa.Column("result_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("criminal_fine", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("set_off", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("result_note", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "handed_at is null or police = 'filed'",
            name=op.f("ck_criminal_transfer_handed_over_when_filed"),
        ),
        sa.CheckConstraint(
            "(decided_at is null) = (approved is null)",
            name=op.f("ck_criminal_transfer_answered_once"),
        ),
        sa.CheckConstraint(
            "approved or refusal is not null or approved is null",
            name=op.f("ck_criminal_transfer_refusal_kept"),
        ),
        sa.CheckConstraint(
            "cardinality(team) > 1", name=op.f("ck_criminal_transfer_a_team_of_two")
        ),
        sa.CheckConstraint(
            "decided_at is null or decided_by_id is not null",
            name=op.f("ck_criminal_transfer_the_head_said_so"),
        ),
        sa.CheckConstraint(
            "police is null or sent_at is not null",
            name=op.f("ck_criminal_transfer_police_answer_what_came"),
        ),
        sa.CheckConstraint(
            "result is null or handed_at is not null",
            name=op.f("ck_criminal_transfer_result_after_handover"),
        ),
        sa.CheckConstraint(
            "sent_at is null or approved", name=op.f("ck_criminal_transfer_sent_after_approval")
        ),
        sa.CheckConstraint(
            "sent_at is null or number is not null",
            name=op.f("ck_criminal_transfer_sent_has_number"),
        ),
        sa.CheckConstraint(
            "set_off <= criminal_fine", name=op.f("ck_criminal_transfer_set_off_within_fine")
        ),
        sa.ForeignKeyConstraint(
            ["acting_for_id"], ["person.id"], name=op.f("fk_criminal_transfer_acting_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_criminal_transfer_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_criminal_transfer_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_criminal_transfer_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["reported_by_id"], ["person.id"], name=op.f("fk_criminal_transfer_reported_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criminal_transfer")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_criminal_transfer_case_id_round")),
    )
    op.create_index(
        op.f("ix_criminal_transfer_case_id"), "criminal_transfer", ["case_id"], unique=False
    )
    op.create_table(
        "criminal_objection",
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("organ", sa.String(length=200), nullable=False),
        sa.Column("filed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("filed_by_id", sa.Uuid(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("answer_document", sa.String(length=100), nullable=True),
        sa.Column("answer_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(answered_at is null) = (result is null)",
            name=op.f("ck_criminal_objection_answer_has_date"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_criminal_objection_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["filed_by_id"], ["person.id"], name=op.f("fk_criminal_objection_filed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_criminal_objection_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["criminal_transfer.id"],
            name=op.f("fk_criminal_objection_transfer_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criminal_objection")),
        sa.UniqueConstraint(
            "transfer_id", "way", name=op.f("uq_criminal_objection_transfer_id_way")
        ),
    )
    op.create_index(
        op.f("ix_criminal_objection_case_id"), "criminal_objection", ["case_id"], unique=False
    )


def down() -> None:
    op.drop_table("criminal_objection")
    op.drop_table("criminal_transfer")
