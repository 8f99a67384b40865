"""The record as it is read back from PostgreSQL."""

import uuid
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.orm import Session

from tests.workflows.documents import sample
from workflows.documents.facts import facts, from_record

DATED = sample.at("10-09 10:00")
GIVEN: dict[str, Any] = {
    "number": "镇骆综执罚决〔2025〕第0101号",
    "dated": DATED,
    "labels": sample.labels,
    "terms": sample.TERMS,
}


def store(session: Session, book: sample.Book) -> None:
    """Write the rows. What the documents do not read (pack, foreign keys) is left out."""
    session.execute(text("set local session_replication_role = replica"))
    case = book.case
    case.subject_id, case.unit_id, case.pack_version_id = (
        case.subject.id,
        case.unit.id,
        uuid.uuid4(),
    )
    case.unit.subject_id = case.subject.id
    assert case.matter is not None
    case.matter_id = case.matter.id
    session.add_all([*book.people.values(), case])
    session.flush()
    for row in (row for rows in book.rows.values() for row in rows):
        session.add(row)
    session.flush()


def test_facts_read_from_the_database_equal_those_of_the_rows_in_memory(session: Session) -> None:
    book = sample.major_case()
    in_memory = from_record(book.record(), "D43", **GIVEN)
    store(session, book)
    session.expire_all()
    assert facts(session, book.case, "D43", None, **GIVEN) == in_memory


def test_an_early_case_costs_few_statements(session: Session) -> None:
    book = sample.street_case()
    book.rows = {sample.Evidence: book.rows[sample.Evidence]}
    store(session, book)
    asked: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *a: asked.append(a[2]))
    facts(session, book.case, "D01", None, **GIVEN)
    assert len(asked) <= 6, asked
