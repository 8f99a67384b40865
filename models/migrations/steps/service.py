"""Service: attempts, announcements, confirmed addresses; what a proof of service says besides."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

ADDED = (
    ("helpers", sa.String(length=200)),
    ("refused_by", sa.String(length=200)),
    ("difficulty_reason", sa.Text()),
    ("organ_kind", sa.String(length=40)),
    ("organ_name", sa.String(length=200)),
    ("mail_result", sa.String(length=20)),
    ("returned_reason", sa.Text()),
    ("announcement_id", sa.Uuid()),
)
"""New columns of `proof_of_service`."""


def up() -> None:
    _attempts()
    _announcements()
    _confirmations()
    for name, kind in ADDED:
        op.add_column("proof_of_service", sa.Column(name, kind, nullable=True))
    op.create_foreign_key(
        op.f("fk_proof_of_service_announcement_id"),
        "proof_of_service",
        "announcement",
        ["announcement_id"],
        ["id"],
    )


def down() -> None:
    op.drop_constraint(
        op.f("fk_proof_of_service_announcement_id"), "proof_of_service", type_="foreignkey"
    )
    for name, _kind in reversed(ADDED):
        op.drop_column("proof_of_service", name)
    for table in ("service_confirmation", "announcement", "service_attempt"):
        op.drop_table(table)


def _attempts() -> None:
    _table(
        "service_attempt",
        sa.Column("document_kind", sa.String(length=8), nullable=False),
        sa.Column("document_number", sa.String(length=64), nullable=True),
        sa.Column("service_method", sa.String(length=20), nullable=False),
        sa.Column("attempted_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=True),
        sa.Column("met_name", sa.String(length=200), nullable=True),
        sa.Column("met_relation", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("tracking_number", sa.String(length=100), nullable=True),
        sa.Column("helpers", sa.String(length=200), nullable=True),
        sa.Column("proof", postgresql.ARRAY(sa.String(length=200)), nullable=False),
        *_officers("service_attempt"),
        sa.CheckConstraint(
            "service_method <> 'announcement'", name=op.f("ck_service_attempt_not_by_announcement")
        ),
    )


def _announcements() -> None:
    _table(
        "announcement",
        sa.Column("document_kind", sa.String(length=8), nullable=False),
        sa.Column("document_number", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("channels", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("proof", postgresql.ARRAY(sa.String(length=200)), nullable=False),
        sa.Column("credit_notice_served", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("concluded_at", sa.TIMESTAMP(timezone=True), nullable=True),
        *_officers("announcement"),
        sa.CheckConstraint(
            "(state = 'running') = (concluded_at is null)",
            name=op.f("ck_announcement_concluded_has_date"),
        ),
    )


def _confirmations() -> None:
    _table(
        "service_confirmation",
        sa.Column("service_address", sa.String(length=400), nullable=False),
        sa.Column("receiver_name", sa.String(length=200), nullable=True),
        sa.Column("receiver_phone", sa.String(length=40), nullable=True),
        sa.Column("postcode", sa.String(length=10), nullable=True),
        sa.Column("electronic_agreed", sa.Boolean(), nullable=False),
        sa.Column("electronic_way", sa.String(length=20), nullable=True),
        sa.Column("electronic_address", sa.String(length=200), nullable=True),
        sa.Column("consequences_told", sa.Boolean(), nullable=False),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("confirmed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not electronic_agreed or electronic_address is not null",
            name=op.f("ck_service_confirmation_electronic_has_address"),
        ),
    )


def _officers(table: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    """The two officers, never one person."""
    return (
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("second_officer_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "officer_id <> second_officer_id", name=op.f(f"ck_{table}_two_officers")
        ),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_{table}_{name}"))
            for name in ("officer_id", "second_officer_id")
        ),
    )


def _table(name: str, *parts: sa.Column[object] | sa.Constraint) -> None:
    """A table of the case's record with what each of its rows carries."""
    op.create_table(
        name,
        *parts,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f(f"fk_{name}_case_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f(f"fk_{name}_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_case_id"), name, ["case_id"], unique=False)
