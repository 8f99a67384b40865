"""People, roles, certificates, absences: entries that fit each other."""

import re
import uuid
from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from sqlalchemy import func, or_, select

from models.base import Base
from models.errors import Text, Violation
from models.person import Absence, Certificate, Person, RoleAssignment
from models.subject import LegalSubject, Unit
from models.types import Role
from workflows.act import Act
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
from workflows.guards.law import against, needed

PASSWORD_LENGTH = 10
"""Characters of a password at least."""
KEY = re.compile(r"[a-z][a-z0-9_.-]{1,63}")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
APART = frozenset({Role.SYS_ADMIN, Role.SUPERVISOR})
"""Roles that stand outside the cases of the bureau (domain.md 3.2)."""
OUTSIDE_CASES = APART | {Role.DESIGNER, Role.RELEASER}
REASON = {"reason": Text("理由", "the reason")}
Row = TypeVar("Row", bound=Base)


def person_is_known(act: Act, c: object) -> Iterator[Violation]:
    """The person whom the entry is about exists and is active."""
    yield from act.people.unknown([getattr(c, "person")], "person")  # noqa: B009


def account_is_new(act: Act, c: RegisterPerson) -> Iterator[Violation]:
    """B01: a key in plain letters that nobody has, names in both languages."""
    wanted = {"name": Text("姓名", "the name"), "name_en": Text("英文姓名", "the English name")}
    yield from needed(c, wanted)
    if not KEY.fullmatch(c.key):
        yield against(
            "B01", "登录名用小写字母开头，由小写字母、数字、点、横线和下划线组成，2至64个字符。",
            "A login begins with a small letter: small letters, digits, dots, dashes, 2 to 64.",
            field="key",
        )  # fmt: skip
    taken = select(Person.id).where(or_(Person.key == c.key, Person.login == c.key))
    if act.session.scalar(taken) is not None:
        yield against(
            "B01", f"登录名“{c.key}”已被使用。", f"The login “{c.key}” is taken.", field="key"
        )
    if c.email and not MAIL.fullmatch(c.email):
        yield against("B01", "邮箱格式不对。", "This is no e-mail address.", field="email")


def password_is_long(
    act: Act, c: RegisterPerson | SetPassword | ChangePassword
) -> Iterator[Violation]:
    """B02: long enough, and not the name of the account."""
    key = _account(act, c)
    if len(c.password) < PASSWORD_LENGTH:
        yield against(
            "B02", f"密码至少{PASSWORD_LENGTH}个字符。",
            f"A password has at least {PASSWORD_LENGTH} characters.", field="password",
        )  # fmt: skip
    elif c.password.strip().casefold() == key.casefold() or len(set(c.password)) == 1:
        yield against(
            "B02", "密码过于简单，请换一个。", "This password is too simple.", field="password"
        )


def _account(act: Act, c: RegisterPerson | SetPassword | ChangePassword) -> str:
    if isinstance(c, RegisterPerson):
        return c.key
    return c.person if isinstance(c, SetPassword) else act.actor.key


def role_can_be_granted(act: Act, c: GrantRole) -> Iterator[Violation]:
    """B03: role, unit and subject exist; days are in order; it is not held already."""
    if c.role not in set(Role):
        yield against("B03", f"没有这个职责：{c.role}。", f"No such role: {c.role}.", field="role")
    unit = act.session.scalar(select(Unit).where(Unit.key == c.unit))
    if unit is None:
        yield against("B03", f"没有这个机构：{c.unit}。", f"No such unit: {c.unit}.", field="unit")
    subject_id = _subject(act, c, unit)
    if c.subject and subject_id is None:
        yield against(
            "B03", f"没有这个执法主体：{c.subject}。", f"No such legal subject: {c.subject}.",
            field="subject",
        )  # fmt: skip
    yield from _in_order(c.valid_from, c.valid_to, "valid_to")
    person = act.people.find(c.person)
    if person is not None and unit is not None and subject_id is not None:
        yield from _held_already(act, c, person, unit, subject_id)


def _subject(act: Act, c: GrantRole, unit: Unit | None) -> uuid.UUID | None:
    if c.subject:
        return act.session.scalar(select(LegalSubject.id).where(LegalSubject.key == c.subject))
    return unit.subject_id if unit is not None else None


def _held_already(
    act: Act, c: GrantRole, person: Person, unit: Unit, subject_id: uuid.UUID
) -> Iterator[Violation]:
    for row in _assignments(act, person.id):
        same = (row.role, row.unit_id, row.subject_id) == (c.role, unit.id, subject_id)
        if same and _overlap(row.valid_from, row.valid_to, c.valid_from, c.valid_to):
            yield against(
                "B03", f"{person.name}在这段时间已经有这个职责。",
                f"{person.name} holds this role in that time already.", field="role",
            )  # fmt: skip


def role_does_not_clash(act: Act, c: GrantRole) -> Iterator[Violation]:
    """P09: administration and supervision stand apart from handling cases (3.2)."""
    person = act.people.find(c.person)
    if person is None or c.role not in set(Role):
        return
    held = {
        Role(row.role)
        for row in _assignments(act, person.id)
        if _overlap(row.valid_from, row.valid_to, c.valid_from, c.valid_to)
    }
    wanted = Role(c.role)
    clashes = {r for r in held if (wanted in APART) != (r in APART) and _counts(wanted, r)}
    if clashes:
        yield against(
            "P09", "系统管理、监督与办案职责应当分开，不能由同一人担任。",
            "Administration and supervision stand apart from work on cases.", "DUTIES", "role",
        )  # fmt: skip


def _counts(one: Role, other: Role) -> bool:
    """Designers and releasers touch no case: they may administer, too."""
    return one not in OUTSIDE_CASES or other not in OUTSIDE_CASES


def _assignments(act: Act, person_id: uuid.UUID) -> list[RoleAssignment]:
    query = select(RoleAssignment).where(RoleAssignment.person_id == person_id)
    return list(act.session.scalars(query))


def _overlap(a: date, b: date | None, c: date, d: date | None) -> bool:
    return a <= (d or date.max) and c <= (b or date.max)


def _in_order(first: date, last: date | None, field: str) -> Iterator[Violation]:
    if last is not None and last < first:
        yield against(
            "B04", f"截止日期{last}早于开始日期{first}。", f"{last} is before {first}.", field=field
        )


def role_can_end(act: Act, c: EndRole) -> Iterator[Violation]:
    """B03, B05: the assignment exists, ends after it began, and is not the last administrator's."""
    row = _found(act, RoleAssignment, c.assignment)
    if row is None:
        yield against("B03", "没有这项职责。", "There is no such role.", field="assignment")
        return
    yield from _in_order(row.valid_from, c.valid_to, "valid_to")
    if row.valid_to is not None and row.valid_to < act.today:
        yield against("B03", "这项职责已经结束。", "This role has ended.", field="assignment")
    if row.role == Role.SYS_ADMIN:
        yield from _administrator_left(act, row.person_id)


def _administrator_left(act: Act, but: uuid.UUID) -> Iterator[Violation]:
    others = act.session.scalar(
        select(func.count())
        .select_from(RoleAssignment)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            Person.active.is_(True),
            RoleAssignment.role == Role.SYS_ADMIN,
            RoleAssignment.person_id != but,
            RoleAssignment.valid_from <= act.today,
            or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to > act.today),
        )
    )
    if not others:
        yield against(
            "B05", "这是最后一名系统管理员，请先指定另一名。",
            "This is the last administrator: appoint another one first.",
        )  # fmt: skip


def certificate_is_new(act: Act, c: AddCertificate) -> Iterator[Violation]:
    """B06: a certificate number is registered once; its days are in order."""
    wanted = {
        "number": Text("执法证号", "the number of the certificate"),
        "area": Text("执法区域", "the area"),
    }
    yield from needed(c, wanted)
    yield from _in_order(c.valid_from, c.valid_to, "valid_to")
    if act.session.scalar(select(Certificate.id).where(Certificate.number == c.number)):
        yield against(
            "B06", f"执法证{c.number}已经登记。", f"Certificate {c.number} is registered already.",
            field="number",
        )  # fmt: skip


def certificate_can_be_revoked(act: Act, c: RevokeCertificate) -> Iterator[Violation]:
    """B06: it exists, is not revoked yet, and not before it was given."""
    row = act.session.scalar(select(Certificate).where(Certificate.number == c.number))
    if row is None:
        yield against(
            "B06",
            f"没有这个执法证：{c.number}。",
            f"No such certificate: {c.number}.",
            field="number",
        )
        return
    yield from _in_order(row.valid_from, c.revoked_on, "revoked_on")
    if row.revoked_on is not None:
        yield against("B06", "这个执法证已经作废。", "It has been revoked.", field="number")


def absence_fits(act: Act, c: RecordAbsence) -> Iterator[Violation]:
    """B07: days in order and not over, a reason, no second entry for the same time."""
    yield from needed(c, REASON)
    yield from _in_order(c.starts_on, c.ends_on, "ends_on")
    if c.ends_on < act.today:
        yield against("B07", "缺勤时间已经过去。", "The absence is over already.", field="ends_on")
    person = act.people.find(c.person)
    if person is not None and _away(act, person.id, c.starts_on, c.ends_on):
        yield against(
            "B07", f"{person.name}在这段时间已经登记缺勤。",
            f"{person.name} is recorded as away in that time already.", field="starts_on",
        )  # fmt: skip


def substitute_is_there(act: Act, c: RecordAbsence) -> Iterator[Violation]:
    """B08: who acts for somebody is another active person, who is not away as well."""
    if c.substitute is None:
        return
    unknown = act.people.unknown([c.substitute], "substitute")
    substitute = act.people.find(c.substitute)
    if unknown or substitute is None:
        yield from unknown
        return
    if c.substitute == c.person:
        yield against(
            "B08", "不能由本人代行自己的职责。", "Nobody acts for themselves.", field="substitute"
        )
    if _away(act, substitute.id, c.starts_on, c.ends_on):
        yield against(
            "B08", f"{substitute.name}在这段时间也不在岗，请另选代行人。",
            f"{substitute.name} is away as well: choose another substitute.", field="substitute",
        )  # fmt: skip


def _away(act: Act, person_id: uuid.UUID, first: date, last: date) -> bool:
    found = act.session.scalar(
        select(Absence.id).where(
            Absence.person_id == person_id,
            Absence.cancelled_at.is_(None),
            Absence.starts_on <= last,
            Absence.ends_on >= first,
        )
    )
    return found is not None


def absence_can_be_cancelled(act: Act, c: CancelAbsence) -> Iterator[Violation]:
    """B07: it exists and still runs."""
    row = _found(act, Absence, c.absence)
    if row is None or row.cancelled_at is not None or row.ends_on < act.today:
        yield against(
            "B07", "没有这项缺勤，或者已经取消、已经过去。",
            "There is no such absence, or it is cancelled or over.", field="absence",
        )  # fmt: skip


def person_can_leave(act: Act, c: DeactivatePerson) -> Iterator[Violation]:
    """B05: nobody switches themselves off, nor the last administrator."""
    yield from needed(c, REASON)
    person = act.people.find(c.person)
    if person is None:
        return
    if person.id == act.actor.id:
        yield against("B05", "不能停用自己。", "Nobody deactivates themselves.", field="person")
    if any(r.role == Role.SYS_ADMIN and r.holds_on(act.today) for r in person.assignments):
        yield from _administrator_left(act, person.id)


def _found(act: Act, kind: type[Row], key: str) -> Row | None:
    try:
        return act.session.get(kind, uuid.UUID(key))
    except ValueError:
        return None
