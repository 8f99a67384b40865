"""What time brings about: clocks that run out, clocks that turn amber, the daily seal.

A tick looks at the database and sends system commands through dispatch, each in a transaction of
its own; several workers may tick at once, for a clock that another one took is merely stale.
Time comes from the application's clock, so that time travel in a demo moves the law with it.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select

from models.clock import StatutoryClock
from models.errors import DomainError
from models.types import ClockState
from workflows.actors import SYSTEM
from workflows.commands.base import Command
from workflows.commands.desk import FireClock, RemindOfClock
from workflows.dispatch import Dispatcher
from workflows.notes import Notes
from workflows.queries.progress import DEMO, advance
from workflows.reminders import UNHELD

log = logging.getLogger(__name__)

BATCH = 200
"""Clocks read at once; a tick goes on until none is left."""

MOST_RESTS = 120
"""A clock whose command fails by a fault of ours is tried again after 1, 2, 4 … up to so many
ticks, so that one broken case costs the others nothing."""

Wanted = Select[uuid.UUID, uuid.UUID]
"""Clock, case."""


@dataclass
class _Rest:
    """A clock that failed: ticks still to wait, and ticks waited the last time."""

    left: int
    length: int


@dataclass
class Scheduler:
    """Turns time into commands. `tick` is called every half minute, by one thread."""

    dispatcher: Dispatcher
    notes: Notes
    clock: Callable[[], datetime]
    _resting: dict[uuid.UUID, _Rest] = field(default_factory=dict)

    def tick(self) -> int:
        """Do all that is due now; returns how many commands were carried out."""
        if self._past_is_played():
            return 0
        for rest in self._resting.values():
            rest.left -= 1
        done = self._each(_due, FireClock) + self._each(_amber, RemindOfClock)
        if self.notes.seal_audit(self.clock()):
            log.info("audit trail sealed")
        return done

    def _past_is_played(self) -> bool:
        """While the demo's cases are being made they stand in the past: their clocks are fired
        there, each at its own moment, and not all at once today."""
        with self.dispatcher.read(SYSTEM) as session:
            demo = advance(session, DEMO)
        return demo is not None and demo.goes_on(self.clock())

    def _each(
        self,
        query: Callable[[datetime], Wanted],
        command: type[FireClock] | type[RemindOfClock],
    ) -> int:
        """Every clock that the query finds, once, those that others start on the way included."""
        seen = {clock_id for clock_id, rest in self._resting.items() if rest.left > 0}
        done = 0
        while rows := self._found(query(self.clock()), seen):
            for clock_id, case_id in rows:
                seen.add(clock_id)
                done += self._carry_out(clock_id, command(case_id=case_id, clock_id=clock_id))
        return done

    def _found(self, query: Wanted, seen: set[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID]]:
        wanted = query.where(StatutoryClock.id.not_in(seen)).limit(BATCH)
        with self.dispatcher.read(SYSTEM) as session:
            return [(clock_id, case_id) for clock_id, case_id in session.execute(wanted)]

    def _carry_out(self, clock_id: uuid.UUID, command: Command) -> bool:
        try:
            self.dispatcher.execute(command, actor=SYSTEM)
        except DomainError as refusal:
            log.info("%s: %s", command, refusal)
            return False
        except Exception:
            log.exception("%s failed", command)
            self._lay_to_rest(clock_id)
            return False
        self._resting.pop(clock_id, None)
        return True

    def _lay_to_rest(self, clock_id: uuid.UUID) -> None:
        before = self._resting.get(clock_id)
        length = min(before.length * 2, MOST_RESTS) if before else 1
        self._resting[clock_id] = _Rest(length + 1, length)


def _due(now: datetime) -> Wanted:
    """Running clocks whose time is over."""
    return (
        select(StatutoryClock.id, StatutoryClock.case_id)
        .where(StatutoryClock.state == ClockState.RUNNING, StatutoryClock.due_at <= now)
        .order_by(StatutoryClock.due_at)
    )


def _amber(now: datetime) -> Wanted:
    """Running clocks that have turned amber and whose holders have not been told."""
    return (
        select(StatutoryClock.id, StatutoryClock.case_id)
        .where(
            StatutoryClock.state == ClockState.RUNNING,
            StatutoryClock.amber_at <= now,
            StatutoryClock.amber_told_at.is_(None),
            StatutoryClock.code.not_in(UNHELD),
        )
        .order_by(StatutoryClock.amber_at)
    )
