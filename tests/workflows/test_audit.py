"""The audit trail: complete, chained, and honest about every kind of tampering."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, text, update

from models.audit import AuditEvent, AuditSeal
from models.process import ProcessHistory, ProcessInstance
from tests.workflows.conftest import Stage
from workflows import audit
from workflows.trials.theatre import Theatre


def reasons(stage: Theatre) -> list[str]:
    with stage.application.transactions.read() as session:
        return [b.reason for b in audit.verify(session)]


def tamper(stage: Theatre, statement: str, **values: object) -> None:
    with stage.application.engine.begin() as connection:
        connection.execute(text(statement), values)


@pytest.fixture
def stage(stage_at: Callable[[str], Stage]) -> Stage:
    return stage_at("inspect")


@pytest.fixture
def case(stage: Stage) -> uuid.UUID:
    return stage.case


def test_an_untouched_trail_holds(stage: Theatre, case: uuid.UUID) -> None:
    assert reasons(stage) == []


def test_every_act_keeps_its_payload_its_changes_and_the_digest_of_the_state(
    stage: Theatre, case: uuid.UUID
) -> None:
    with stage.application.transactions.read() as session:
        rows = session.scalars(
            select(AuditEvent).where(AuditEvent.case_id == case).order_by(AuditEvent.position)
        ).all()
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    filed = next(row for row in rows if row.command == "ApproveFiling")
    assert filed.payload is not None
    assert filed.payload["outcome"] == "file"
    changed = {change["table"]: change for change in filed.changes or []}
    assert changed["case"]["before"]["case_no"] is None
    assert changed["case"]["after"]["case_no"].endswith("第0001号")
    assert changed["statutory_clock"]["after"]
    assert changed["opinion"]["after"]["outcome"] == "file"
    assert filed.state_digest is not None
    assert {e["tag"] for e in filed.events} >= {"case:filing:approved"}


def test_earlier_states_stay_in_the_cold(stage: Theatre, case: uuid.UUID) -> None:
    with stage.application.transactions.read() as session:
        process = session.scalars(select(ProcessInstance)).one()
        kept = session.scalars(select(ProcessHistory.rev).order_by(ProcessHistory.rev)).all()
    assert kept == list(range(1, process.rev))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("update audit_event set payload = '{}' where position = 3 and case_id = :case", "content"),
        ("update audit_event set role = 'x' where position = 2 and case_id = :case", "content"),
        ("delete from audit_event where position = 4 and case_id = :case", "missing"),
        (
            "delete from audit_event where case_id = :case and position = "
            "(select max(position) from audit_event where case_id = :case)",
            "head",
        ),
        ('update "case" set chain_length = 1 where id = :case', "head"),
    ],
)
def test_tampering_with_a_stream_is_found(
    stage: Theatre, case: uuid.UUID, statement: str, told: str
) -> None:
    tamper(stage, statement, case=case)
    assert any(told in reason for reason in reasons(stage))


def test_swapping_two_acts_is_found(stage: Theatre, case: uuid.UUID) -> None:
    tamper(
        stage,
        "update audit_event set position = 900 where case_id = :case and position = 2",
        case=case,
    )
    tamper(
        stage,
        "update audit_event set position = 2 where case_id = :case and position = 3",
        case=case,
    )
    tamper(
        stage,
        "update audit_event set position = 3 where case_id = :case and position = 900",
        case=case,
    )
    assert reasons(stage)


def test_a_lawful_erasure_keeps_the_chain_valid(stage: Theatre, case: uuid.UUID) -> None:
    with stage.application.transactions.write() as session:
        session.execute(
            update(AuditEvent)
            .where(AuditEvent.case_id == case, AuditEvent.position == 3)
            .values(payload=None, changes=None, erased_at=datetime.now(UTC))
        )
    assert reasons(stage) == []


def test_a_seal_finds_a_stream_that_has_vanished_with_its_case(
    stage: Theatre, case: uuid.UUID
) -> None:
    with stage.application.transactions.write() as session:
        assert audit.seal(session, datetime.now(UTC)) is not None
    assert reasons(stage) == []
    with stage.application.transactions.write() as session:
        session.execute(delete(AuditEvent).where(AuditEvent.case_id == case))
        session.execute(
            text('update "case" set chain_length = 0, chain_hash = :zero where id = :case'),
            {"zero": audit.GENESIS, "case": case},
        )
    assert any("sealed" in reason for reason in reasons(stage))


def test_seals_join_one_another_and_nothing_new_needs_none(stage: Theatre, case: uuid.UUID) -> None:
    now = datetime.now(UTC)
    with stage.application.transactions.write() as session:
        first = audit.seal(session, now)
        assert first is not None
        session.flush()
        assert audit.seal(session, now) is None
    with stage.application.transactions.write() as session:
        session.execute(update(AuditSeal).values(count=AuditSeal.count + 1))
    assert any("sealed" in reason for reason in reasons(stage))
