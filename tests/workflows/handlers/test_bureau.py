"""What entries about people do, and what the trail keeps of them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.errors import Forbidden, Refused
from models.person import Absence, Person
from tests.database import PASSWORD
from workflows.actors import Actor, load_actor
from workflows.bootstrap import Application
from workflows.commands.bureau import (
    CancelAbsence,
    ChangePassword,
    DeactivatePerson,
    RecordAbsence,
    RegisterPerson,
    SetPassword,
)
from workflows.passwords import password_matches

TODAY = datetime.now(UTC).date()
FAR = date(TODAY.year + 1, 1, 31)
AWAY = RecordAbsence(
    person="zhang_ming",
    starts_on=FAR.replace(day=1),
    ends_on=FAR,
    reason="培训",
    substitute="chen_jie",
)


def actor(bureau: Application, key: str) -> Actor:
    with bureau.transactions.read() as session:
        found = session.scalars(select(Person.id).where(Person.key == key)).one()
        loaded = load_actor(session, found, TODAY)
    assert loaded is not None
    return loaded


def person(bureau: Application, key: str) -> Person:
    with bureau.transactions.read() as session:
        return session.scalars(select(Person).where(Person.key == key)).one()


@pytest.mark.parametrize("who", ["shi_lei", "sun_li", "zhao_yong"])
def test_administrator_unit_head_and_leader_record_an_absence(
    bureau: Application, who: str
) -> None:
    bureau.dispatcher.execute(AWAY, actor=actor(bureau, who))
    with bureau.transactions.read() as session:
        assert session.scalars(select(Absence)).one().reason == "培训"


@pytest.mark.parametrize("who", ["gu_wei", "zhang_ming", "qiu_shan"])
def test_nobody_else_records_or_cancels_it(bureau: Application, who: str) -> None:
    with pytest.raises(Forbidden):
        bureau.dispatcher.execute(AWAY, actor=actor(bureau, who))
    made = bureau.dispatcher.execute(AWAY, actor=actor(bureau, "sun_li"))
    cancel = CancelAbsence(absence=made.extra["absence"])
    with pytest.raises(Forbidden):
        bureau.dispatcher.execute(cancel, actor=actor(bureau, who))


def test_no_password_reaches_the_trail_or_a_receipt(bureau: Application) -> None:
    admin = actor(bureau, "shi_lei")
    word = "a word that nobody reads"
    register = RegisterPerson(key="he_ping", name="何平", name_en="He Ping", password=word)
    bureau.dispatcher.execute(register, actor=admin, key="k1")
    bureau.dispatcher.execute(SetPassword(person="he_ping", password=word), actor=admin)
    with bureau.transactions.read() as session:
        rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(2)).all()
        assert [row.command for row in rows] == ["SetPassword", "RegisterPerson"]
        assert all(row.payload and row.payload["password"] == "•••" for row in rows)
        assert all(word not in str((row.payload, row.changes)) for row in rows)
    assert password_matches(person(bureau, "he_ping").password_hash, word)


def test_ones_own_password_needs_the_old_one_and_ends_the_sessions(bureau: Application) -> None:
    me = actor(bureau, "zhang_ming")
    with pytest.raises(Refused):
        bureau.dispatcher.execute(ChangePassword(old="x", password="long enough 12"), actor=me)
    epoch = person(bureau, "zhang_ming").session_epoch
    bureau.dispatcher.execute(ChangePassword(old=PASSWORD, password="long enough 12"), actor=me)
    after = person(bureau, "zhang_ming")
    assert after.session_epoch == epoch + 1
    assert password_matches(after.password_hash, "long enough 12")


def test_who_has_left_holds_no_role_from_today(bureau: Application) -> None:
    command = DeactivatePerson(person="zhang_ming", reason="调离")
    bureau.dispatcher.execute(command, actor=actor(bureau, "shi_lei"))
    with bureau.transactions.read() as session:
        gone = session.scalars(select(Person).where(Person.key == "zhang_ming")).one()
        assert not gone.active
        assert load_actor(session, gone.id, TODAY) is None
        assert not any(role.holds_on(TODAY) for role in gone.assignments)
