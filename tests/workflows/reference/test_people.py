"""The fictional district can do everything the procedure asks for."""

from datetime import date

import pytest

from models.types import Role
from tests.workflows.reference.shipped import REFERENCE

PUNISHING = [s.key for s in REFERENCE.subjects.values() if s.may_punish]
DAY = date(2025, 9, 8)
NEEDED = {
    Role.HANDLER: 2,
    Role.UNIT_HEAD: 1,
    Role.LEADER_CHIEF: 1,
    Role.LEADER_DEPUTY: 1,
    Role.PANEL_MEMBER: 6,
    Role.RECORDER: 1,
    Role.PUBLISHER: 1,
    Role.ARCHIVIST: 1,
    Role.CASHIER: 1,
    Role.DISPATCHER: 1,
}


def holders(subject: str, role: Role) -> set[str]:
    return {
        person.key
        for person in REFERENCE.people.values()
        for a in person.assignments
        if a.role is role
        and subject in (a.subjects or (REFERENCE.units[a.unit].subject,))
        and a.valid_from <= DAY
    }


def certified(key: str) -> bool:
    return any(c.valid_from <= DAY <= c.valid_to for c in REFERENCE.people[key].certificates)


@pytest.mark.parametrize("subject", PUNISHING)
@pytest.mark.parametrize(("role", "count"), NEEDED.items())
def test_every_subject_that_punishes_has_people_in_every_role(
    subject: str, role: Role, count: int
) -> None:
    assert len(holders(subject, role)) >= count


@pytest.mark.parametrize("subject", PUNISHING)
def test_every_squad_has_two_certified_handlers(subject: str) -> None:
    assert sum(map(certified, holders(subject, Role.HANDLER))) >= 2


@pytest.mark.parametrize("subject", PUNISHING)
def test_every_subject_has_a_reviewer_with_the_legal_qualification(subject: str) -> None:
    reviewers = holders(subject, Role.LEGAL_REVIEWER) | holders(subject, Role.TOWN_LEGAL)
    assert any(REFERENCE.people[key].legal_qualified for key in reviewers)


@pytest.mark.parametrize(
    ("key", "number", "role"),
    [
        ("zhang_ming", "33021100001", Role.HANDLER),
        ("li_qiang", "33021100002", Role.HANDLER),
        ("wang_jing", "33021100003", Role.TOWN_LEGAL),
    ],
)
def test_the_officers_of_the_scenarios_carry_their_certificates(
    key: str, number: str, role: Role
) -> None:
    person = REFERENCE.people[key]
    assert [c.number for c in person.certificates] == [number]
    assert role in person.roles()
    assert certified(key)


def test_an_expired_certificate_is_there_to_be_refused() -> None:
    assert not certified("xu_kai")


def test_the_supervisor_is_granted_every_punishing_subject_by_name() -> None:
    (assignment,) = REFERENCE.people["qiu_shan"].assignments
    assert assignment.role is Role.SUPERVISOR
    assert set(assignment.subjects) == set(PUNISHING)


def test_nobody_mixes_administration_or_supervision_with_business() -> None:
    for person in REFERENCE.people.values():
        if person.roles() & {Role.SYS_ADMIN, Role.SUPERVISOR, Role.DESIGNER, Role.RELEASER}:
            assert len(person.roles()) == 1
        assert not {Role.HANDLER, Role.CASHIER} <= person.roles()


def test_a_town_does_not_hold_planning_matters() -> None:
    held = {matter.key for matter, *_ in REFERENCE.held_by("luotuo")}
    assert "out_of_shop_trading" in held
    assert "shed_without_permit" not in held
    assert "shed_without_permit" in {m.key for m, *_ in REFERENCE.held_by("zh_bureau")}
