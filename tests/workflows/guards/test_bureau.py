"""The bureau's own entries: people, roles, certificates, absences."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.errors import Violation
from models.person import Absence, RoleAssignment
from models.types import Role
from tests.building import Office, at
from tests.workflows.guards.asking import changed, fields, rules, violations
from workflows.commands.base import Command
from workflows.commands.bureau import (
    AddCertificate,
    CancelAbsence,
    DeactivatePerson,
    EndRole,
    GrantRole,
    RecordAbsence,
    RegisterPerson,
    RevokeCertificate,
    SetPassword,
)

NOW = at("10-09 10:00")
NEW = RegisterPerson(key="he_ping", name="何平", name_en="He Ping", password="long enough 1")
GRANT = GrantRole(person="feng_lei", role="recorder", unit="lt_squad", valid_from=date(2025, 10, 9))
AWAY = RecordAbsence(
    person="zhao_yong",
    starts_on=date(2025, 10, 10),
    ends_on=date(2025, 10, 20),
    reason="培训",
    substitute="jiang_tao",
)
CARD = AddCertificate(
    person="feng_lei",
    number="33021199999",
    area="宁波市镇海区",
    valid_from=date(2025, 1, 1),
    valid_to=date(2029, 12, 31),
)


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def ask(office: Office, command: Command) -> list[Violation]:
    return violations(office.act("sun_li", NOW), command)


def test_a_new_person_has_a_key_of_their_own_and_a_long_password(office: Office) -> None:
    assert ask(office, NEW) == []
    assert fields(ask(office, changed(NEW, key="zhang_ming")), "B01") == {"key"}
    assert fields(ask(office, changed(NEW, key="He Ping")), "B01") == {"key"}
    assert fields(ask(office, changed(NEW, name="", name_en=" ")), "R01") == {"name", "name_en"}
    assert fields(ask(office, changed(NEW, email="he ping")), "B01") == {"email"}


@pytest.mark.parametrize(
    ("password", "fits"),
    [("123456789", False), ("1234567890", True), ("aaaaaaaaaaaa", False), ("zhang_ming", False)],
)
def test_a_password_has_ten_characters_and_is_not_the_account(
    office: Office, password: str, fits: bool
) -> None:
    found = ask(office, SetPassword(person="zhang_ming", password=password))
    assert rules(found) == (set() if fits else {"B02"})


def test_a_password_belongs_to_somebody(office: Office) -> None:
    assert rules(ask(office, SetPassword(person="nobody", password="1234567890"))) == {"P02"}


def test_a_role_is_granted_in_a_known_unit_once(office: Office) -> None:
    assert ask(office, GRANT) == []
    found = ask(office, changed(GRANT, role="emperor", unit="palace", subject="china"))
    assert fields(found, "B03") == {"role", "unit", "subject"}
    assert fields(ask(office, changed(GRANT, role="handler")), "B03") == {"role"}
    assert fields(ask(office, changed(GRANT, valid_to=date(2025, 10, 8))), "B04") == {"valid_to"}


@pytest.mark.parametrize("role", ["sys_admin", "supervisor"])
def test_administration_and_supervision_stand_apart_from_cases(office: Office, role: str) -> None:
    assert rules(ask(office, changed(GRANT, role=role))) == {"P09"}


def _administrators(office: Office) -> list[RoleAssignment]:
    return office.session.query(RoleAssignment).filter_by(role=Role.SYS_ADMIN).all()


def test_the_last_administrator_stays(office: Office) -> None:
    first, *others = _administrators(office)
    for row in others:
        row.valid_to = date(2025, 1, 1)
    office.session.flush()
    end = EndRole(assignment=str(first.id), valid_to=date(2025, 10, 9))
    assert rules(ask(office, end)) == {"B05"}
    leave = DeactivatePerson(person=first.person.key, reason="调离")
    assert rules(ask(office, leave)) == {"B05"}


def test_a_role_ends_after_it_began(office: Office) -> None:
    row = office.person("feng_lei").assignments[0]
    end = EndRole(assignment=str(row.id), valid_to=date(2025, 10, 31))
    assert ask(office, end) == []
    assert rules(ask(office, changed(end, valid_to=date(2021, 1, 1)))) == {"B04"}
    assert rules(ask(office, changed(end, assignment=str(uuid.uuid4())))) == {"B03"}
    assert rules(ask(office, changed(end, assignment="no key"))) == {"B03"}


def test_a_certificate_number_is_registered_once(office: Office) -> None:
    assert ask(office, CARD) == []
    assert fields(ask(office, changed(CARD, number="33021100001")), "B06") == {"number"}
    assert fields(ask(office, changed(CARD, valid_to=date(2024, 1, 1))), "B04") == {"valid_to"}
    assert fields(ask(office, changed(CARD, area="")), "R01") == {"area"}


def test_a_certificate_is_revoked_once_and_not_before_it_was_given(office: Office) -> None:
    revoke = RevokeCertificate(number="33021100102", revoked_on=date(2025, 10, 9))
    assert ask(office, revoke) == []
    assert rules(ask(office, changed(revoke, number="1"))) == {"B06"}
    assert rules(ask(office, changed(revoke, revoked_on=date(2020, 1, 1)))) == {"B04"}
    office.person("feng_lei").certificates[0].revoked_on = date(2025, 9, 1)
    assert rules(ask(office, revoke)) == {"B06"}


def _away(office: Office, key: str, **values: Any) -> Absence:
    wanted = {
        "id": uuid.uuid4(), "person_id": office.person(key).id, "reason": "休假",
        "starts_on": date(2025, 10, 15), "ends_on": date(2025, 10, 16), "recorded_at": NOW,
    }  # fmt: skip
    row = Absence(**{**wanted, **values})
    office.session.add(row)
    office.session.flush()
    return row


def test_an_absence_has_days_in_order_that_are_not_over_and_a_reason(office: Office) -> None:
    assert ask(office, AWAY) == []
    assert rules(ask(office, changed(AWAY, reason=""))) == {"R01"}
    assert rules(ask(office, changed(AWAY, ends_on=date(2025, 10, 9)))) == {"B04"}
    past = {"starts_on": date(2025, 10, 1), "ends_on": date(2025, 10, 8)}
    assert rules(ask(office, changed(AWAY, **past))) == {"B07"}


def test_two_absences_do_not_overlap_unless_one_was_cancelled(office: Office) -> None:
    row = _away(office, "zhao_yong")
    assert fields(ask(office, AWAY), "B07") == {"starts_on"}
    row.cancelled_at = NOW
    office.session.flush()
    assert ask(office, AWAY) == []


def test_a_substitute_is_somebody_else_who_is_there(office: Office) -> None:
    assert fields(ask(office, changed(AWAY, substitute="zhao_yong")), "B08") == {"substitute"}
    assert rules(ask(office, changed(AWAY, substitute="nobody"))) == {"P02"}
    assert ask(office, changed(AWAY, substitute=None)) == []
    _away(office, "jiang_tao")
    assert fields(ask(office, AWAY), "B08") == {"substitute"}


def test_an_absence_that_runs_can_be_cancelled_once(office: Office) -> None:
    row = _away(office, "zhao_yong")
    assert ask(office, CancelAbsence(absence=str(row.id))) == []
    row.cancelled_at = NOW
    office.session.flush()
    assert rules(ask(office, CancelAbsence(absence=str(row.id)))) == {"B07"}


def test_nobody_switches_themselves_off(office: Office) -> None:
    assert rules(ask(office, DeactivatePerson(person="sun_li", reason="调离"))) == {"B05"}
    assert ask(office, DeactivatePerson(person="feng_lei", reason="调离")) == []
    assert rules(ask(office, DeactivatePerson(person="feng_lei", reason=""))) == {"R01"}


def test_a_role_that_has_ended_is_not_ended_again(office: Office) -> None:
    row = office.person("feng_lei").assignments[0]
    row.valid_to = date(2025, 10, 8)
    office.session.flush()
    end = EndRole(assignment=str(row.id), valid_to=date(2025, 10, 9))
    assert fields(ask(office, end), "B03") == {"assignment"}
