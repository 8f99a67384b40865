"""The bureau itself: people, roles, certificates, absences."""

from dataclasses import dataclass, field
from datetime import date

from workflows.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class RegisterPerson(Command):
    """Register a person who will sign in."""

    key: str
    name: str
    name_en: str
    password: str = field(repr=False)
    phone: str = ""
    email: str = ""
    post: str = ""
    legal_qualified: bool = False


@dataclass(frozen=True, kw_only=True)
class GrantRole(Command):
    """Let a person hold a role in a unit for a legal subject, from a day on."""

    person: str
    role: str
    unit: str
    valid_from: date
    subject: str | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class EndRole(Command):
    """End a role on a day; open tasks are offered to others at once."""

    assignment: str
    valid_to: date


@dataclass(frozen=True, kw_only=True)
class AddCertificate(Command):
    """Register an enforcement certificate (行政执法证)."""

    person: str
    number: str
    area: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, kw_only=True)
class RevokeCertificate(Command):
    """Revoke a certificate from a day on."""

    number: str
    revoked_on: date


@dataclass(frozen=True, kw_only=True)
class RecordAbsence(Command):
    """Record that a person is away and who acts for them."""

    person: str
    starts_on: date
    ends_on: date
    reason: str
    substitute: str | None = None


@dataclass(frozen=True, kw_only=True)
class CancelAbsence(Command):
    """The person is back earlier, or the entry was wrong."""

    absence: str


@dataclass(frozen=True, kw_only=True)
class SetPassword(Command):
    """Set a person's password; all their sessions end."""

    person: str
    password: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ChangePassword(Command):
    """Change one's own password, knowing the old one; all other sessions end."""

    old: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class DeactivatePerson(Command):
    """A person has left: no sign-in, open tasks are offered to others."""

    person: str
    reason: str
