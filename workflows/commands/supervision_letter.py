"""Letters of those who supervise: registered, answered, approved, sent."""

from dataclasses import dataclass
from datetime import date

from workflows.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class RegisterLetter(Command):
    """Register an incoming letter; its owner finds it in the inbox with the day of the reply."""

    subject: str
    kind: str
    organ: str
    number: str
    dated_on: date
    received_on: date
    content: str
    owner: str
    case_no: str | None = None
    reply_due: date | None = None


@dataclass(frozen=True, kw_only=True)
class DraftLetterReply(Command):
    """Draft the reply: what was found, what was put right."""

    letter: str
    reply: str
    measures: str


@dataclass(frozen=True, kw_only=True)
class DecideLetterReply(Command):
    """A leader approves the reply, which then has its number, or returns it."""

    letter: str
    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class SendLetterReply(Command):
    """The approved reply went out."""

    letter: str
    sent_on: date
    sending_method: str
