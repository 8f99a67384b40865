"""Jobs exist if and only if the act that wants them commits."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import Engine, text

from workflows.queue import JOBS, Queue
from workflows.transaction import Transactions

WAITING = text("select task_name, args, priority, status::text from queue.procrastinate_jobs")


def waiting(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(WAITING)]


def test_a_job_exists_once_its_act_has_committed(engine: Engine) -> None:
    document = str(uuid.uuid4())
    with Transactions(engine).write() as session:
        Queue().defer(session, "render_document", document_id=document)
        assert waiting(engine) == []
    expected = ("render_document", {"document_id": document}, 10, "todo")
    assert waiting(engine) == [expected]


def test_a_job_vanishes_with_the_act_that_is_rolled_back(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        defer_and_fail(engine)
    assert waiting(engine) == []


def defer_and_fail(engine: Engine) -> None:
    with Transactions(engine).write() as session:
        Queue().defer(session, "render_document", document_id=str(uuid.uuid4()))
        assert session.execute(WAITING).all() != []
        raise ZeroDivisionError


def test_an_act_may_defer_on_after_its_job(engine: Engine) -> None:
    with Transactions(engine).write() as session:
        for job in JOBS:
            Queue().defer(session, job, key="甲")
        assert session.scalar(text("select 1")) == 1
    assert {row[0] for row in waiting(engine)} == set(JOBS)


def test_a_name_that_nobody_carries_out_is_refused_before_anything_is_written(
    engine: Engine,
) -> None:
    with pytest.raises(KeyError), Transactions(engine).write() as session:
        Queue().defer(session, "no_such_job")
    assert waiting(engine) == []
