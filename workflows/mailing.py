"""E-mail of messages that stand in the program already; nothing is sent without `SMTP_URL`."""

import smtplib
import ssl
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from models.errors import Text
from models.note import Notification
from models.person import Person
from models.types import NotificationKind
from workflows.notes import Notes
from workflows.settings import Settings
from workflows.transaction import Transactions

SECONDS = 20.0
"""How long a mail server may take to answer."""

SUBJECTS = {
    NotificationKind.CLOCK_AMBER: Text("期限将满", "Deadline ahead"),
    NotificationKind.CLOCK_RED: Text("期限已到", "Deadline reached"),
    NotificationKind.CLOCK_MOVED: Text("期限变动", "Deadline moved"),
}
OTHER = Text("办案提醒", "Case work")


@dataclass(frozen=True)
class Server:
    """A mail server as `SMTP_URL` names it: `smtp[s]://user:password@host:port`."""

    host: str
    port: int
    user: str
    password: str
    encrypted: bool
    """TLS from the first byte; without it TLS is used as soon as the server offers it."""

    @classmethod
    def of(cls, url: str) -> "Server":
        """From its URL; user and password may be percent-encoded."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("SMTP_URL must be smtp[s]://user:password@host:port")
        encrypted = parts.scheme == "smtps"
        port = parts.port or (465 if encrypted else 25)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port, user, password, encrypted)

    def send(self, message: EmailMessage) -> None:
        """Hand the message over, or raise what the server answered."""
        context = ssl.create_default_context()
        if self.encrypted:
            with smtplib.SMTP_SSL(
                self.host, self.port, timeout=SECONDS, context=context
            ) as session:
                self._deliver(session, message)
            return
        with smtplib.SMTP(self.host, self.port, timeout=SECONDS) as session:
            session.ehlo()
            if session.has_extn("starttls"):
                session.starttls(context=context)
            self._deliver(session, message)

    def _deliver(self, session: smtplib.SMTP, message: EmailMessage) -> None:
        if self.user:
            session.login(self.user, self.password)
        session.send_message(message)


@dataclass(frozen=True)
class PostOffice:
    """Sends what a notification says to the address of its person."""

    transactions: Transactions
    notes: Notes
    settings: Settings
    clock: Callable[[], datetime]

    def send(self, notification_id: uuid.UUID) -> None:
        """Send it once. A worker that dies between sending and noting may send it again, under
        the same Message-ID."""
        if self.settings.smtp_url is None:
            return
        with self.transactions.read() as session:
            row = session.get(Notification, notification_id)
            person = session.get(Person, row.person_id) if row else None
        if row is None or person is None or row.emailed_at or not person.email:
            return
        Server.of(self.settings.smtp_url).send(compose(row, person, self.settings))
        self.notes.emailed(row.id, self.clock())


def compose(row: Notification, person: Person, settings: Settings) -> EmailMessage:
    """The e-mail in the person's language, with the way into the program."""
    english = person.language.startswith("en")
    text = " ".join(row.text["en" if english else "zh"].split())
    subject = SUBJECTS.get(NotificationKind(row.kind), OTHER)["en" if english else "zh"]
    domain = settings.mail_from.rpartition("@")[2] or "localhost"
    message = EmailMessage()
    message["Subject"] = f"caselane: {subject}" if english else f"【案程】{subject}"
    message["From"] = settings.mail_from
    message["To"] = person.email
    message["Date"] = row.created_at
    message["Message-ID"] = f"<{row.id}@{domain}>"
    lines = [text]
    if settings.base_url:
        lines += ["", settings.base_url.rstrip("/") + row.link]
    message.set_content("\n".join(lines) + "\n")
    return message
