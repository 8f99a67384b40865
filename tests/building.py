"""The fictional bureau in a database, for tests of any layer: its people, and acts in their name.

The law, the matters and the people are the shipped ones; `tests.story` puts a case beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models.case import Case
from models.duration import law_day
from models.matter import Matter
from models.person import Person
from models.subject import LegalSubject, Unit
from tests.database import Databases, build_schema, engine_for
from workflows.act import Act
from workflows.actors import SYSTEM, Actor, load_actor
from workflows.blobs import BlobStore
from workflows.catalogue import Catalogue
from workflows.commands.reference import LoadBureau, LoadLaw
from workflows.handlers.reference import load_bureau, load_law
from workflows.lawbook import lawbook
from workflows.people import Directory

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """A Shanghai time of 2025: `09-08 09:20`."""
    return datetime.strptime(f"2025-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def with_reference(databases: Databases) -> str:
    """Name of a template database that knows the shipped law, matters and people."""
    return databases.template("reference", _load_reference)


def _load_reference(url: str) -> None:
    build_schema(url)
    engine = engine_for(url)
    with Session(engine) as session:
        office = Office(session)
        act = office.act_of(SYSTEM, at("01-02 08:00"))
        load_law(act, LoadLaw())
        load_bureau(act, LoadBureau(password="correct horse battery"))
        session.commit()
    engine.dispose()


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
            catalogue=Catalogue(),
        )
        if case is not None:
            act.case = case
        return act
