"""People, roles, certificates, absences, passwords."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from models.errors import Forbidden, Refused, Text, Violation
from models.person import Absence, Certificate, Person, RoleAssignment
from models.subject import LegalSubject, Unit
from models.types import Role
from workflows.access import LEADERS
from workflows.act import Act, Outcome, told
from workflows.commands.bureau import (
    AddCertificate,
    CancelAbsence,
    ChangePassword,
    DeactivatePerson,
    EndRole,
    GrantRole,
    RecordAbsence,
    RegisterPerson,
    RevokeCertificate,
    SetPassword,
)
from workflows.passwords import hash_password, password_matches


def register_person(act: Act, c: RegisterPerson) -> Outcome:
    """A new person who may sign in; without roles they can do nothing."""
    row = Person(
        id=uuid.uuid4(),
        key=c.key,
        login=c.key,
        name=c.name,
        name_en=c.name_en,
        password_hash=hash_password(c.password),
        phone=c.phone,
        email=c.email,
        post=c.post,
        legal_qualified=c.legal_qualified,
    )
    act.session.add(row)
    return Outcome(
        events=[
            told("person:account:registered", f"登记人员{c.name}。", f"{c.name_en} registered.")
        ]
    )


def grant_role(act: Act, c: GrantRole) -> Outcome:
    """A role in a unit for a legal subject, the unit's own unless another is named."""
    person = act.person(c.person)
    unit = act.session.scalars(select(Unit).where(Unit.key == c.unit)).one()
    subject_id = unit.subject_id
    if c.subject:
        subject_id = act.session.scalars(
            select(LegalSubject.id).where(LegalSubject.key == c.subject)
        ).one()
    act.session.add(
        RoleAssignment(
            id=uuid.uuid4(),
            person_id=person.id,
            role=Role(c.role),
            unit_id=unit.id,
            subject_id=subject_id,
            valid_from=c.valid_from,
            valid_to=c.valid_to,
        )
    )
    return Outcome(
        events=[
            told(
                "person:role:granted",
                f"授予{person.name}职责：{c.role}（{unit.name}）。",
                f"{person.name_en} granted {c.role} in {unit.name_en}.",
            )
        ]
    )


def end_role(act: Act, c: EndRole) -> Outcome:
    """End a role on a day."""
    row = act.session.get_one(RoleAssignment, uuid.UUID(c.assignment))
    row.valid_to = c.valid_to
    return Outcome(
        events=[
            told(
                "person:role:ended",
                f"{row.person.name}的职责{row.role}至{c.valid_to.isoformat()}止。",
                f"{row.person.name_en}'s role {row.role} ends on {c.valid_to.isoformat()}.",
            )
        ]
    )


def add_certificate(act: Act, c: AddCertificate) -> Outcome:
    """Register an enforcement certificate."""
    person = act.person(c.person)
    act.session.add(
        Certificate(
            id=uuid.uuid4(),
            person_id=person.id,
            number=c.number,
            area=c.area,
            valid_from=c.valid_from,
            valid_to=c.valid_to,
        )
    )
    return Outcome(
        events=[
            told(
                "person:certificate:added",
                f"登记{person.name}的执法证{c.number}。",
                f"Certificate {c.number} of {person.name_en} registered.",
            )
        ]
    )


def revoke_certificate(act: Act, c: RevokeCertificate) -> Outcome:
    """Revoke a certificate from a day on."""
    row = act.session.scalars(select(Certificate).where(Certificate.number == c.number)).one()
    row.revoked_on = c.revoked_on
    return Outcome(
        events=[
            told(
                "person:certificate:revoked",
                f"执法证{c.number}自{c.revoked_on.isoformat()}起作废。",
                f"Certificate {c.number} revoked from {c.revoked_on.isoformat()}.",
            )
        ]
    )


def _looks_after(act: Act, person: Person) -> None:
    """Absences are recorded by administrators, by the leaders of the person's legal subject
    and by the head of their unit, for nobody else."""
    held = [r for r in person.assignments if r.holds_on(act.today)]
    subjects, units = {r.subject_id for r in held}, {r.unit_id for r in held}
    for holding in act.actor.holdings:
        if (
            holding.role == Role.SYS_ADMIN
            or (holding.role in LEADERS and holding.subject_id in subjects)
            or (holding.role == Role.UNIT_HEAD and holding.unit_id in units)
        ):
            return
    text = Text(
        f"{person.name}不在您的机构，请由其机构负责人登记。",
        f"{person.name_en} is not of your unit: the head of theirs records it.",
    )
    raise Forbidden([Violation("P03", text, field="person")])


def record_absence(act: Act, c: RecordAbsence) -> Outcome:
    """Record an absence; the substitute acts for the person in the meantime."""
    person = act.person(c.person)
    _looks_after(act, person)
    substitute = act.person(c.substitute) if c.substitute else None
    row = Absence(
        id=uuid.uuid4(),
        person_id=person.id,
        substitute_id=substitute.id if substitute else None,
        starts_on=c.starts_on,
        ends_on=c.ends_on,
        reason=c.reason,
        recorded_at=act.now,
    )
    act.session.add(row)
    by = f"，由{substitute.name}代行职责" if substitute else ""
    by_en = f"; {substitute.name_en} acts for them" if substitute else ""
    return Outcome(
        events=[
            told(
                "person:absence:recorded",
                f"{person.name} {c.starts_on.isoformat()}至{c.ends_on.isoformat()}不在岗{by}。",
                f"{person.name_en} away {c.starts_on.isoformat()} to "
                f"{c.ends_on.isoformat()}{by_en}.",
            )
        ],
        extra={"absence": str(row.id)},
    )


def cancel_absence(act: Act, c: CancelAbsence) -> Outcome:
    """The person is back; the entry stays, marked."""
    row = act.session.get_one(Absence, uuid.UUID(c.absence))
    _looks_after(act, row.person)
    row.cancelled_at = act.now
    return Outcome(
        events=[
            told(
                "person:absence:cancelled",
                f"{row.person.name}已返岗。",
                f"{row.person.name_en} is back.",
            )
        ]
    )


def set_password(act: Act, c: SetPassword) -> Outcome:
    """A new password; every session of the person ends."""
    person = act.person(c.person)
    person.password_hash = hash_password(c.password)
    person.session_epoch += 1
    return Outcome(
        events=[
            told(
                "person:password:set", f"重设{person.name}的密码。",
                f"Password of {person.name_en} set.",
            )
        ]
    )  # fmt: skip


def change_password(act: Act, c: ChangePassword) -> Outcome:
    """One's own new password; every other session of the person ends."""
    person = act.session.get_one(Person, act.actor.person_id)
    if not password_matches(person.password_hash, c.old):
        text = Text("原密码不对。", "This is not the old password.")
        raise Refused([Violation("B02", text, field="old")])
    person.password_hash = hash_password(c.password)
    person.session_epoch += 1
    return Outcome(
        events=[
            told(
                "person:password:changed", f"{person.name}修改了自己的密码。",
                f"{person.name_en} changed their password.", important=False,
            )
        ]
    )  # fmt: skip


def deactivate_person(act: Act, c: DeactivatePerson) -> Outcome:
    """The person has left: no sign-in, roles end yesterday at the latest."""
    person = act.person(c.person)
    person.active = False
    person.session_epoch += 1
    yesterday = act.today - timedelta(days=1)
    for row in person.assignments:
        if row.holds_on(act.today):
            row.valid_to = max(yesterday, row.valid_from)
    return Outcome(
        events=[
            told(
                "person:account:deactivated",
                f"停用{person.name}：{c.reason}",
                f"{person.name_en} deactivated: {c.reason}",
            )
        ]
    )
