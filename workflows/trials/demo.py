"""Plays the demo's stories on the real program, in the order of time, while the web is up.

Every act goes through the same door as a person's, under an idempotency key: who is killed half
way goes on where they stopped, and who runs again adds nothing. The stories of one legal subject
are played together, season by season and day by day, so that numbers, deadlines and the audit
trail are in order.
"""

from __future__ import annotations

import dataclasses
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import groupby
from typing import Any

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from models.audit import CommandReceipt
from models.duration import law_day
from models.errors import DomainError
from models.note import Notification
from models.person import Person
from workflows.actors import Actor
from workflows.bootstrap import Application
from workflows.clock import system_clock
from workflows.commands.base import Command
from workflows.commands.bureau import RecordAbsence
from workflows.commands.lead import RegisterLead
from workflows.commands.spot import PunishOnTheSpot
from workflows.database import connect
from workflows.later import Collected, Later
from workflows.queries.progress import DEMO, DONE, RUNNING, Advance, advance
from workflows.queue import Queue
from workflows.reference.book import Reference
from workflows.trials import pictures
from workflows.trials.pavement import short_stories
from workflows.trials.repertoire import Repertoire
from workflows.trials.stories import Step, Story
from workflows.trials.theatre import MovableClock, Theatre, Wish, command_of
from workflows.uploads import Uploads

SPACE = uuid.UUID("8c1d7f0e-3b52-4c55-9d0c-6f6f2c1a5e10")
"""Namespace of the ids of demo cases, so that playing again means the same cases."""
LOCK = 0x64656D6F
"""The advisory lock of the database under which it is filled."""
NEWS = timedelta(days=5)
"""Messages older than this have been read by everyone."""
EVERY = 1.0
"""Seconds between words on how far it has come."""
AWAY = (
    ("sun_li", "feng_lei", "zhang_ming", "年休假", -1, 5),
    ("qian_hong", "jiang_tao", "zhao_yong", "外出学习", -2, 6),
    ("lu_jianping", "pan_ying", "gu_wei", "外出开会", 0, 3),
)
"""Who recorded it, who is away, who acts for them, why, from and to, in days from today."""


class WithoutMail:
    """The real queue, but for e-mails: nobody is written to about made-up deadlines."""

    def __init__(self, queue: Later) -> None:
        self._queue = queue

    def defer(self, session: Session, job: str, **arguments: Any) -> None:
        """Documents are set and files bound by the worker as always."""
        if job != "send_mail":
            self._queue.defer(session, job, **arguments)


@dataclass
class Outcome:
    """What came of it."""

    played: int = 0
    total: int = 0
    stopped: bool = False
    failures: list[str] = field(default_factory=list)


Say = Callable[[int, int], None]


@dataclass
class Demo:
    """Fills one database. `application` was built with `clock`, and defers what it wants done."""

    application: Application
    clock: MovableClock
    reference: Reference
    say: Say = lambda done, total: None
    stop: Callable[[], bool] = lambda: False
    _done: set[str] = field(default_factory=set)
    _actors: dict[tuple[str, date], Actor] = field(default_factory=dict)
    _last_word: float = 0.0

    def fill(self, count: int, now: datetime) -> Outcome:
        """Play `count` stories that end today, or go on with those of an earlier start."""
        before = self.progress()
        if before is not None and before.state == DONE:
            return Outcome(before.done, before.total)
        until = datetime.fromisoformat(before.message["until"]) if before else now
        total = before.total if before else count
        short = short_stories(self.reference.calendar, until, total)
        stories = [*Repertoire(self.reference, until).stories(total - len(short)), *short]
        stories.sort(key=lambda each: each.season)
        self._done = self._receipts()
        outcome = Outcome(total=total)
        self._tell(outcome, until, RUNNING)
        for _, company in groupby(stories, key=lambda each: each.season):
            self._season(list(company), until, outcome)
            if outcome.stopped:
                self._tell(outcome, until, RUNNING)
                return outcome
        self._settle(until)
        self._tell(outcome, until, DONE)
        return outcome

    def progress(self) -> Advance | None:
        """How far an earlier start has come."""
        with self.application.transactions.read() as session:
            return advance(session, DEMO)

    def _season(self, stories: list[Story], until: datetime, outcome: Outcome) -> None:
        """All stories of one season, act by act in the order of time, up to today."""
        theatre = Theatre(self.application, self.clock, Collected())
        failed: set[str] = set()
        mine = [case_of(story) for story in stories]
        self.clock.now = min(story.steps[0].at for story in stories)
        for story, number in _in_order(stories):
            if self.stop():
                outcome.stopped = True
                return
            if story.key not in failed:
                why = self._play(theatre, story, number, mine)
                if why is not None:
                    failed.add(story.key)
                    outcome.failures.append(f"{story.key} {story.steps[number]}: {why}")
            if number == len(story.steps) - 1:
                outcome.played += 1
            self._tell_now_and_then(outcome, until)
        theatre.move_to(until, *mine)

    def _play(
        self, theatre: Theatre, story: Story, number: int, mine: list[uuid.UUID]
    ) -> str | None:
        """One act, unless it has been done; returns why it was refused."""
        step, key = story.steps[number], f"demo:{story.key}:{number}"
        if key in self._done:
            return None
        try:
            theatre.move_to(step.at, *mine)
            actor = self._actor(theatre, step.actor)
            command = self._command(story, step, number, actor)
            self.application.dispatcher.execute(command, actor=actor, key=key, sent=key)
        except DomainError as refusal:
            return str(refusal)
        return None

    def _actor(self, theatre: Theatre, key: str) -> Actor:
        """The person as of the day; roles and absences do not change within one."""
        found = (key, law_day(self.clock.now))
        if found not in self._actors:
            self._actors[found] = theatre.person(key)
        return self._actors[found]

    def _command(self, story: Story, step: Step, number: int, actor: Actor) -> Command:
        case_id = case_of(story)
        wish = Wish(
            actor=actor,
            case_id=case_id if number else None,
            element=step.element,
            command=step.command,
            second=step.second,
            data=self._with_files(step.data, actor),
            pack=story.pack,
        )
        command = command_of(self.application, wish)
        if isinstance(command, RegisterLead | PunishOnTheSpot):
            return dataclasses.replace(command, case_id=case_id)
        return command

    def _with_files(self, data: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        """The data with the pictures of its evidence drawn and uploaded."""
        if "evidence" not in data:
            return dict(data)
        items = [self._with_file(item, actor) for item in data["evidence"]]
        return {**data, "evidence": items}

    def _with_file(self, item: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        plain = {name: value for name, value in item.items() if name != "picture"}
        if "picture" in item:
            name, content = drawn(item["picture"], str(item["name"]))
            plain["file"] = str(self._upload(name, content, actor))
        return plain

    def _upload(self, name: str, content: bytes, actor: Actor) -> uuid.UUID:
        it = self.application
        uploads = Uploads(it.transactions, it.notes, it.blobs, it.clock)
        upload_id = uploads.begin(actor, None, name, len(content))
        uploads.append(actor, upload_id, 0, BytesIO(content), len(content))
        return uploads.finish(actor, upload_id).id

    def _receipts(self) -> set[str]:
        """The acts that an earlier start has done."""
        query = select(CommandReceipt.key).where(CommandReceipt.key.startswith("demo:"))
        with self.application.transactions.read() as session:
            return set(session.scalars(query))

    def _settle(self, until: datetime) -> None:
        """Today: some are away, and old messages have been read."""
        theatre = Theatre(self.application, self.clock, Collected())
        self.clock.now = until
        today = law_day(until)
        for head, person, substitute, reason, first, last in AWAY:
            command = RecordAbsence(
                person=person,
                substitute=substitute,
                starts_on=today + timedelta(days=first),
                ends_on=today + timedelta(days=last),
                reason=reason,
            )
            key, actor = f"demo:away:{person}", theatre.person(head)
            if key not in self._done:
                self.application.dispatcher.execute(command, actor=actor, key=key, sent=key)
        self._read_old_messages(theatre, until)

    def _read_old_messages(self, theatre: Theatre, until: datetime) -> None:
        query = select(Notification.person_id, Notification.id).where(
            Notification.created_at < until - NEWS, Notification.read_at.is_(None)
        )
        with self.application.transactions.read() as session:
            rows = session.execute(query.order_by(Notification.person_id)).all()
        for person_id, found in groupby(rows, key=lambda row: row[0]):
            actor = Actor(id=person_id, key="", name="")
            self.application.notes.seen(actor, [row[1] for row in found], until)

    def _tell_now_and_then(self, outcome: Outcome, until: datetime) -> None:
        if time.monotonic() - self._last_word >= EVERY:
            self._tell(outcome, until, RUNNING)

    def _tell(self, outcome: Outcome, until: datetime, state: str) -> None:
        self._last_word = time.monotonic()
        words = {
            "zh": f"正在生成演示案件：{outcome.played}/{outcome.total}",
            "en": f"Making the demo's cases: {outcome.played} of {outcome.total}",
            "until": until.isoformat(),
        }
        self.application.notes.progress(
            DEMO, done=outcome.played, total=outcome.total, state=state, message=words,
            now=system_clock(),
        )  # fmt: skip
        self.say(outcome.played, outcome.total)


def relaxed(url: str) -> Engine:
    """An engine that does not wait for the disk after each act: what a power cut takes from the
    end is played again, and nothing is ever half there."""
    return connect(url, pool_size=3, durable=False)


@contextmanager
def alone(engine: Engine) -> Iterator[bool]:
    """Whether nobody else is filling this database; held until the block ends."""
    with engine.connect() as connection:
        mine = bool(connection.scalar(text("select pg_try_advisory_lock(:key)"), {"key": LOCK}))
        try:
            yield mine
        finally:
            connection.invalidate()


def announce(application: Application) -> None:
    """Say that a demo which was cut off will go on, before the worker looks at its clocks."""
    with application.transactions.read() as session:
        before = advance(session, DEMO)
    if before is not None and before.state == RUNNING:
        application.notes.progress(
            DEMO, done=before.done, total=before.total, state=RUNNING, message=before.message,
            now=system_clock(),
        )  # fmt: skip


def has_people(application: Application) -> bool:
    """Whether the demo's bureau has been loaded."""
    with application.transactions.read() as session:
        return session.scalar(select(Person.id).limit(1)) is not None


def later() -> Later:
    """Where the demo's acts leave work for the worker."""
    return WithoutMail(Queue())


def case_of(story: Story) -> uuid.UUID:
    """The id of the case that the story is about."""
    return uuid.uuid5(SPACE, story.key)


def drawn(picture: Mapping[str, Any], title: str) -> tuple[str, bytes]:
    """File name and bytes of a made-up file."""
    lines = tuple(picture["lines"])
    match picture["form"]:
        case "photo":
            return f"{title}.jpg", pictures.photo(picture["field"], lines, picture["seed"])
        case "licence":
            return f"{title}.pdf", pictures.licence(lines)
        case _:
            return f"{title}.webm", pictures.clip(lines[0], picture["seed"])


def _in_order(stories: list[Story]) -> Iterator[tuple[Story, int]]:
    """Every act of every story, by time."""
    acts = [(step.at, s.key, n, s) for s in stories for n, step in enumerate(s.steps)]
    for _, _, number, story in sorted(acts, key=lambda act: act[:3]):
        yield story, number
