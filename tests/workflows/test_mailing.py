"""E-mails through a real mail server on loopback."""

from __future__ import annotations

import base64
import smtplib
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from models.errors import Text
from models.note import Notification
from models.person import Person
from models.types import NotificationKind
from tests.workflows.mail_server import Mailbox, mail_server
from workflows.bootstrap import Application
from workflows.mailing import PostOffice, Server
from workflows.notices import tell

NOW = datetime(2025, 9, 24, 2, 0, tzinfo=UTC)
WORDS = Text("鲜果美水果店：立案期限将满。", "Fruit shop: filing ends soon.")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


def office(bureau: Application, url: str | None) -> PostOffice:
    settings = replace(
        bureau.settings, smtp_url=url, mail_from="anjian@example.gov.cn", base_url="https://anjian/"
    )
    return PostOffice(bureau.transactions, bureau.notes, settings, lambda: NOW)


def message_to(bureau: Application, **person: object) -> uuid.UUID:
    """A message for Zhang Ming, whose row is changed as told."""
    with bureau.transactions.write() as session:
        session.execute(
            update(Person)
            .where(Person.key == "zhang_ming")
            .values(**{"email": "zhang@example.gov.cn", **person})
        )
        found = session.scalars(select(Person.id).where(Person.key == "zhang_ming")).one()
        key = tell(
            session, NOW, person_id=found, case_id=None, kind=NotificationKind.CLOCK_AMBER,
            text=WORDS, link="/tasks/1", dedup="one",
        )  # fmt: skip
        assert key is not None
        return key


def emailed_at(bureau: Application, key: uuid.UUID) -> datetime | None:
    with bureau.transactions.read() as session:
        return session.get_one(Notification, key).emailed_at


def test_a_message_goes_out_once_however_often_its_job_runs(
    bureau: Application, mailbox: Mailbox
) -> None:
    key = message_to(bureau)
    for _ in range(3):
        office(bureau, mailbox.url).send(key)
    [mail] = mailbox.messages
    assert mail["To"] == "zhang@example.gov.cn"
    assert mail["From"] == "anjian@example.gov.cn"
    assert mail["Subject"] == "【案程】期限将满"
    assert mail.get_content().split() == ["鲜果美水果店：立案期限将满。", "https://anjian/tasks/1"]
    assert str(key) in mail["Message-ID"]
    assert emailed_at(bureau, key) == NOW


def test_a_person_who_reads_english_gets_english(bureau: Application, mailbox: Mailbox) -> None:
    office(bureau, mailbox.url).send(message_to(bureau, language="en"))
    [mail] = mailbox.messages
    assert mail["Subject"] == "caselane: Deadline ahead"
    assert "Fruit shop: filing ends soon." in mail.get_content()


def test_a_refused_message_is_not_marked_and_goes_out_on_the_next_try(
    bureau: Application, mailbox: Mailbox
) -> None:
    key = message_to(bureau)
    mailbox.refusing = b"451 try later"
    with pytest.raises(smtplib.SMTPDataError):
        office(bureau, mailbox.url).send(key)
    assert emailed_at(bureau, key) is None
    mailbox.refusing = None
    office(bureau, mailbox.url).send(key)
    assert len(mailbox.messages) == 1


def test_the_server_that_asks_for_a_password_is_given_it(
    bureau: Application, mailbox: Mailbox
) -> None:
    url = f"smtp://bureau:p%40ss@127.0.0.1:{mailbox.port}"
    office(bureau, url).send(message_to(bureau))
    [line] = mailbox.signed_in
    assert base64.b64decode(line.split()[2]) == b"\0bureau\0p@ss"


def test_without_a_mail_server_or_an_address_nothing_is_sent(
    bureau: Application, mailbox: Mailbox
) -> None:
    key = message_to(bureau)
    office(bureau, None).send(key)
    with bureau.transactions.write() as session:
        session.execute(update(Person).values(email=""))
    office(bureau, mailbox.url).send(key)
    office(bureau, mailbox.url).send(uuid.uuid4())
    assert mailbox.messages == []
    assert emailed_at(bureau, key) is None


def test_a_name_cannot_smuggle_headers_into_a_mail(bureau: Application, mailbox: Mailbox) -> None:
    key = message_to(bureau)
    hostile = {"zh": "店\r\nBcc: all@example.com\r\n\r\n内容", "en": "x"}
    with bureau.transactions.write() as session:
        session.execute(update(Notification).values(text=hostile))
    office(bureau, mailbox.url).send(key)
    [mail] = mailbox.messages
    assert mail["Bcc"] is None
    assert "店 Bcc: all@example.com 内容" in mail.get_content()


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "mail.example.cn:25"])
def test_an_address_that_is_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL"):
        Server.of(url)


def test_the_usual_ports_are_taken_when_none_is_named() -> None:
    assert (Server.of("smtp://mail").port, Server.of("smtps://mail").port) == (25, 465)
