"""Rows that go to the server together: in order, whole, and with SQLAlchemy's errors."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.note import SignIn
from models.process import ProcessHistory
from models.review import Opinion
from workflows import pipelining
from workflows.transaction import Transactions

NOW = datetime(2025, 9, 8, tzinfo=UTC)


def sign_in(login: str, person_id: uuid.UUID | None = None) -> SignIn:
    return SignIn(at=NOW, login=login, address="::1", person_id=person_id, outcome="ok")


def logins(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(SignIn.login).order_by(SignIn.id)))


def test_rows_arrive_in_the_order_in_which_they_were_added(engine: Engine) -> None:
    with Transactions(engine).write() as session:
        session.add_all([sign_in(f"p{n}") for n in range(20)])
    assert logins(engine) == [f"p{n}" for n in range(20)]


def test_a_key_that_the_server_gives_is_known_after_the_pipeline(engine: Engine) -> None:
    row = sign_in("zhang_ming")
    with Transactions(engine).write() as session:
        session.add(row)
    assert isinstance(row.id, int)


def test_appended_rows_come_after_everything_else(engine: Engine) -> None:
    with Transactions(engine).write() as session:
        pipelining.append(session, sign_in("last"))
        session.add(sign_in("first"))
    assert logins(engine) == ["first", "last"]


def test_one_row_that_the_database_refuses_undoes_all_of_them(engine: Engine) -> None:
    rows = [sign_in("fine"), sign_in("nobody", person_id=uuid.uuid4()), sign_in("fine too")]
    with pytest.raises(IntegrityError), Transactions(engine).write() as session:
        session.add_all(rows)
    assert logins(engine) == []


def test_an_appended_row_that_the_database_refuses_undoes_the_act(engine: Engine) -> None:
    lost = ProcessHistory(process_id=uuid.uuid4(), rev=1, at=NOW, codec=1, state=b"")
    with pytest.raises(IntegrityError):
        write_both(engine, sign_in("fine"), lost)
    assert logins(engine) == []


def write_both(engine: Engine, added: SignIn, appended: ProcessHistory) -> None:
    with Transactions(engine).write() as session:
        session.add(added)
        pipelining.append(session, appended)


def test_an_appended_row_names_itself_what_the_session_would_have_filled_in(engine: Engine) -> None:
    lost = Opinion(element="review_report", round=1, outcome="agree", role="unit_head")
    with pytest.raises(ValueError, match="text"), Transactions(engine).write() as session:
        pipelining.append(session, lost)


def test_the_connection_is_usable_after_a_refusal(engine: Engine) -> None:
    with pytest.raises(IntegrityError), Transactions(engine).write() as session:
        session.add(sign_in("nobody", person_id=uuid.uuid4()))
    with Transactions(engine).write() as session:
        session.add(sign_in("somebody"))
        assert session.scalar(select(func.count()).select_from(SignIn)) == 0
    assert logins(engine) == ["somebody"]


def test_what_was_appended_is_forgotten_with_a_rollback(engine: Engine) -> None:
    with Session(engine) as session:
        pipelining.append(session, sign_in("undone"))
        session.execute(select(1))
        session.rollback()
        session.commit()
    assert logins(engine) == []


def test_a_session_of_any_kind_writes_what_was_appended(engine: Engine) -> None:
    with Session(engine) as session:
        pipelining.append(session, sign_in("kept"))
        session.commit()
    assert logins(engine) == ["kept"]
