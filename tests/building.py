"""The fictional bureau in a database, for tests of any layer: its people, and acts in their name.

The database comes from `Databases.with_bureau`; `tests.story` puts a case beside the people.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models.case import Case
from models.duration import law_day
from models.matter import Matter
from models.person import Person
from models.subject import LegalSubject, Unit
from workflows.act import Act
from workflows.actors import Actor, load_actor
from workflows.blobs import BlobStore
from workflows.catalogue import Catalogue
from workflows.lawbook import lawbook
from workflows.people import Directory

SHANGHAI = ZoneInfo("Asia/Shanghai")
CATALOGUE = Catalogue()
"""Packs never change, so all tests of a session may share what was read."""

FINE = Decimal(500)
PARTY: dict[str, Any] = {
    "party_type": "individual_business",
    "name": "镇海区骆驼街道鲜果美水果店",
    "uscc": "92330211MA2GX1001W",
    "representative_name": "陈立新",
    "representative_cert_type": "resident_id",
    "representative_cert_no": "330211198503152018",
    "phone": "13800000118",
    "address": "宁波市镇海区骆驼街道示范路18号",
    "service_address": "宁波市镇海区骆驼街道示范路18号",
}
"""The fruit shop of scenario 1; all of it is invented."""
TERMS: dict[str, Any] = {
    "penalty_kinds": ["fine"],
    "fine": FINE,
    "penalty_content": "罚款人民币500元",
}


def at(text: str) -> datetime:
    """A Shanghai time of 2025: `09-08 09:20`."""
    return datetime.strptime(f"2025-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


@contextmanager
def rolled_back(engine: Engine) -> Iterator[Session]:
    """A session whose work is undone at the end."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()


class Office:
    """The fictional bureau: its people by key, and acts in their name."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def person(self, key: str) -> Person:
        """Someone of Luotuo or the bureau."""
        return self.session.scalars(select(Person).where(Person.key == key)).one()

    def subject(self, key: str = "luotuo") -> LegalSubject:
        """A legal subject."""
        return self.session.scalars(select(LegalSubject).where(LegalSubject.key == key)).one()

    def unit(self, key: str = "lt_squad") -> Unit:
        """A unit."""
        return self.session.scalars(select(Unit).where(Unit.key == key)).one()

    def matter(self, key: str = "out_of_shop_trading") -> Matter:
        """A matter of the shipped list."""
        return self.session.scalars(select(Matter).where(Matter.key == key)).one()

    def actor(self, key: str, now: datetime) -> Actor:
        """The person with what they may do on that day."""
        actor = load_actor(self.session, self.person(key).id, law_day(now))
        assert actor is not None
        return actor

    def act(self, key: str, now: datetime, case: Case | None = None) -> Act:
        """An act of a person, in a case where one is given."""
        return self.act_of(self.actor(key, now), now, case)

    def act_of(self, actor: Actor, now: datetime, case: Case | None = None) -> Act:
        """The same for an actor who is known already."""
        self.session.flush()
        act = Act(
            session=self.session,
            now=now,
            actor=actor,
            law=lawbook(self.session),
            blobs=BlobStore(Path(gettempdir()) / "caselane-test-blobs"),
            people=Directory(self.session, law_day(now)),
            catalogue=CATALOGUE,
        )
        if case is not None:
            act.case = case
            act.pack = CATALOGUE.version(self.session, case.pack_version_id)
        return act
