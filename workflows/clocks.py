"""Statutory clocks of one case: start, meet, extend, exclude, suspend, and their projection.

Only this module writes `StatutoryClock` rows. Lengths are dated parameters; arithmetic is
`models.duration`; nothing here reads the wall clock.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from models.case import Case
from models.clock import StatutoryClock
from models.clock_rule import ClockRule, Effect
from models.clock_rules import CLOCK_RULES
from models.duration import (
    Deadline,
    Exclusion,
    Period,
    PeriodUnit,
    Step,
    StepKind,
    amber_at,
    compute,
    day_start,
    fixed,
    law_day,
    stated,
)
from models.errors import Text
from models.types import ClockState
from workflows.lawbook import LawBook

PARTY_CLOCKS = frozenset(
    {"CLK_STATE", "CLK_HEARING_REQ", "CLK_PAY", "CLK_SURCHARGE", "CLK_RECONSIDER", "CLK_SUE"}
    | {"CLK_APPEAL", "CLK_LIMITATION", "CLK_DISPLAY"}
)
"""Clocks that bind or protect the party, or run by themselves: their end is nobody's lateness."""
AGENCY_CLOCKS = frozenset(
    code
    for code, rule in CLOCK_RULES.items()
    if rule.effect in (Effect.WARN, Effect.ESCALATE, Effect.BLOCK) and code not in PARTY_CLOCKS
) | {"CLK_RECON_REPLY", "CLK_COURT_REPLY"}
"""Clocks that bind the agency: once run out they stay late until the act is done all the same."""

HISTORY = frozenset({StepKind.RECOUNTED, StepKind.RESTARTED})
"""Lines that say what became of a sum; counting anew keeps them."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock that a change of the law, or of its start, moved; when it ended before."""

    row: StatutoryClock
    last_before: date
    outer_before: date


def says_its_end(row: StatutoryClock) -> bool:
    """Whether a document states the end itself, so that no law moves it."""
    return any(step["kind"] == StepKind.FIXED for step in row.steps)


@dataclass(frozen=True, slots=True)
class Due:
    """What a clock asks for: by when, and the last day; both None while it is suspended."""

    code: str
    due_at: datetime | None
    last_day: date | None


class ClockKeeper:
    """The clocks of the locked case, at one instant."""

    def __init__(self, session: Session, case: Case, law: LawBook, now: datetime) -> None:
        self.session = session
        self.case = case
        self.law = law
        self.now = now

    @cached_property
    def rows(self) -> list[StatutoryClock]:
        """All clocks of the case, oldest first."""
        return list(
            self.session.scalars(
                select(StatutoryClock)
                .where(StatutoryClock.case_id == self.case.id)
                .order_by(StatutoryClock.started_at, StatutoryClock.code)
                .options(defer(StatutoryClock.steps), defer(StatutoryClock.article))
            )
        )

    def last(self, code: str) -> StatutoryClock | None:
        """The latest clock with this code, whatever its state."""
        return next((row for row in reversed(self.rows) if row.code == code), None)

    def running(self, code: str) -> StatutoryClock | None:
        """The clock with this code that still runs or is suspended."""
        row = self.last(code)
        return row if row and row.state in (ClockState.RUNNING, ClockState.SUSPENDED) else None

    def start(
        self,
        code: str,
        at: datetime,
        *,
        until: datetime | None = None,
        variant: str | None = None,
    ) -> StatutoryClock:
        """Start a clock at an instant; `until` fixes the end where an order names it; `variant`
        names another length of the rule that the facts call for."""
        rule = CLOCK_RULES[code]
        if variant is not None:
            rule = replace(rule, length=rule.variants[variant])
        period = None if until else self._period(rule, at)
        row = StatutoryClock(
            id=uuid.uuid4(),
            case_id=self.case.id,
            code=code,
            state=ClockState.RUNNING,
            started_at=at,
            started_on=law_day(at),
            length=period.length if period else 1,
            unit=period.unit if period else PeriodUnit.HOUR,
            extensions=[],
            exclusions=[],
            paused=[],
            rolls=rule.rolls,
            article={"zh": rule.article.zh, "en": rule.article.en},
        )
        self._set(row, fixed(at, until) if until else self._work_out(row))
        self.session.add(row)
        self.rows.append(row)
        return row

    def start_to(self, code: str, at: datetime, last_day: date) -> StatutoryClock:
        """Start a clock that ends on a day which a document states (a part of a plan); a last day
        off moves on where the clock rolls (T2)."""
        rule = CLOCK_RULES[code]
        calendar = self.law.calendar
        deadline = stated(at, last_day, rolls=rule.rolls, calendar=calendar)
        row = StatutoryClock(
            id=uuid.uuid4(),
            case_id=self.case.id,
            code=code,
            state=ClockState.RUNNING,
            started_at=at,
            started_on=deadline.started_on,
            length=max(1, (last_day - deadline.started_on).days),
            unit=PeriodUnit.CALENDAR_DAY,
            extensions=[],
            exclusions=[],
            paused=[],
            rolls=rule.rolls,
            article={"zh": rule.article.zh, "en": rule.article.en},
        )
        self._set(row, deadline)
        self.session.add(row)
        self.rows.append(row)
        return row

    def by_law(self, code: str) -> list[StatutoryClock]:
        """Clocks with this code whose length the law gives and no document states, oldest first."""
        return [row for row in self.rows if row.code == code and not says_its_end(row)]

    def pending(self, code: str) -> StatutoryClock | None:
        """The same, or one that binds the agency and has run out without the act being done."""
        row = self.last(code)
        overdue = row and row.state == ClockState.EXPIRED and row.code in AGENCY_CLOCKS
        return row if overdue else self.running(code)

    def meet(self, code: str, at: datetime) -> None:
        """What the clock asked for has happened, in time or late (then `expired_at` tells)."""
        row = self.pending(code)
        if row is not None:
            row.state, row.ended_at = ClockState.MET, at

    def met_by_party(self, code: str, at: datetime) -> None:
        """The party acted in time, though the agency heard of it only after the time was over."""
        row = self.last(code)
        if row is not None and row.state == ClockState.EXPIRED and at <= row.due_at:
            row.state, row.ended_at = ClockState.MET, at
        self.meet(code, at)

    def cancel(self, code: str) -> None:
        """The clock has lost its object, because the case took another way."""
        row = self.pending(code)
        if row is not None:
            row.state, row.ended_at = ClockState.CANCELLED, self.now

    def cancel_all(self, *, keep: frozenset[str] = frozenset()) -> None:
        """The case has ended: nothing runs on but what the law keeps running (remedies)."""
        for row in self.rows:
            if row.code not in keep:
                self.cancel(row.code)

    def expire(self, row: StatutoryClock) -> None:
        """The clock has run out."""
        row.state, row.expired_at, row.ended_at = ClockState.EXPIRED, self.now, row.due_at

    def told(self, row: StatutoryClock, *, amber: bool) -> None:
        """The holders have been told that the clock turned amber, or else red."""
        if amber:
            row.amber_told_at = self.now
        else:
            row.red_told_at = self.now

    def extend(self, code: str, period: Period) -> StatutoryClock:
        """Add an approved extension. A clock of the agency that ran out while it was asked for
        runs again."""
        row = self.pending(code)
        if row is None:
            raise LookupError(code)
        row.extensions = [*row.extensions, period.plain()]
        self._set(row, self._work_out(row))
        if row.state == ClockState.EXPIRED and row.due_at > self.now:
            row.state, row.expired_at, row.ended_at = ClockState.RUNNING, None, None
        return row

    def exclude(self, code: str, span: Exclusion) -> StatutoryClock:
        """Leave an interval out of a running clock (T7)."""
        row = self._require(code)
        row.exclusions = [*row.exclusions, span.plain()]
        self._set(row, self._work_out(row))
        return row

    def recount(self, why: Text, parameter: str | None = None) -> list["Moved"]:
        """Count every clock that still matters anew by the law as it now stands.

        `why` names the change, and each moved clock keeps it in its sum. `parameter` names a
        length that has changed: clocks that started under it take it over. Returns what moved.
        A clock of the agency that ran out too early runs again.
        """
        found = []
        for row in self.rows:
            live = row.state in (ClockState.RUNNING, ClockState.SUSPENDED)
            if not (live or row is self.pending(row.code)) or says_its_end(row):
                continue
            before = (row.last_day, row.outer_day)
            self._take_length(row, parameter)
            self._set(row, self._work_out(row))
            if not live and row.due_at > self.now:
                row.state, row.expired_at, row.ended_at = ClockState.RUNNING, None, None
            if before != (row.last_day, row.outer_day):
                row.steps = [*row.steps, self._recounted(row, why, before[1])]
                found.append(Moved(row, *before))
        return found

    def _recounted(self, row: StatutoryClock, why: Text, was: date) -> dict[str, Any]:
        words = {"title": why.zh, "title_en": why.en, "on": law_day(self.now).isoformat()}
        words |= {"was": was.isoformat(), "day": row.outer_day.isoformat()}
        return Step(StepKind.RECOUNTED, words).plain()

    def _take_length(self, row: StatutoryClock, parameter: str | None) -> None:
        rule = CLOCK_RULES[row.code]
        if parameter is None or rule.length is None or rule.length.parameter != parameter:
            return
        period = self._period(rule, row.started_at)
        row.length, row.unit = period.length, period.unit

    def pause(self, code: str, reason: str, at: datetime) -> StatutoryClock | None:
        """Time that does not count begins (中止、听证、鉴定……); the clock waits for its end.

        Several reasons may hold at once, and as often as the law calls for it. None where no
        such clock runs: what is over stays over.
        """
        row = self.running(code)
        if row is None or any(span["reason"] == reason for span in row.paused):
            return row
        row.paused = [*row.paused, {"reason": reason, "start": law_day(at).isoformat()}]
        row.state = ClockState.SUSPENDED
        return row

    def resume(self, code: str, reason: str, at: datetime) -> StatutoryClock | None:
        """The interval ends: its days are excluded, and the clock runs when nothing else waits."""
        row = self.running(code)
        spans = [span for span in row.paused if span["reason"] == reason] if row else []
        if row is None or not spans:
            return row
        row.paused = [span for span in row.paused if span["reason"] != reason]
        if not row.paused:
            row.state = ClockState.RUNNING
        start = date.fromisoformat(spans[0]["start"])
        return self.exclude(code, Exclusion(reason, start, max(start, law_day(at))))

    def pause_all(self, reason: str, at: datetime) -> list[str]:
        """Every running clock for which this reason does not count; their codes."""
        fitting = [r.code for r in self.rows if reason in CLOCK_RULES[r.code].not_counted]
        return [code for code in dict.fromkeys(fitting) if self.pause(code, reason, at)]

    def resume_all(self, reason: str, at: datetime) -> list[str]:
        """Every clock that waits for the end of this reason; their codes."""
        waiting = [r.code for r in self.rows if any(s["reason"] == reason for s in r.paused)]
        return [code for code in dict.fromkeys(waiting) if self.resume(code, reason, at)]

    def over(self, code: str) -> bool:
        """Whether the latest clock with this code has run out (at its outer day)."""
        row = self.last(code)
        if row is None or row.state == ClockState.SUSPENDED:
            return False
        return row.state == ClockState.EXPIRED or self.now >= row.due_at

    def dues(self) -> dict[str, Due]:
        """What is pending by code. From the case row, unless the act has looked at the clocks:
        then from them, and the case row follows."""
        if "rows" in self.__dict__:
            found = (self.pending(code) for code in sorted({row.code for row in self.rows}))
            plain = {row.code: _plain_due(row) for row in found if row}
            if plain != self.case.pending_clocks:
                self.case.pending_clocks = plain
        return {code: _due(code, *plain) for code, plain in self.case.pending_clocks.items()}

    def next_due(self) -> Due | None:
        """The clock that ends or ended first, limitation and remedies of the party aside."""
        waiting = [
            (due.due_at, due.code, due)
            for due in self.dues().values()
            if due.due_at is not None and due.code not in PARTY_CLOCKS
        ]
        return min(waiting)[2] if waiting else None

    def count_anew(self, row: StatutoryClock) -> None:
        """Work out a clock whose start or intervals have been put right."""
        self._set(row, self._work_out(row))

    def _require(self, code: str) -> StatutoryClock:
        row = self.running(code)
        if row is None:
            raise LookupError(code)
        return row

    def _period(self, rule: ClockRule, at: datetime) -> Period:
        if rule.length is None:
            raise ValueError(f"{rule.code} needs the day that its document states")
        entry = self.law.entry(rule.length.parameter, law_day(at), self.case.subject_id)
        return rule.length.period(int(entry.value), entry.unit)

    def _work_out(self, row: StatutoryClock) -> Deadline:
        start, outer_start = self._begin(row)
        return compute(
            Period(row.length, PeriodUnit(row.unit)),
            start,
            extensions=[Period.from_plain(e) for e in row.extensions],
            exclusions=[Exclusion.from_plain(e) for e in row.exclusions],
            rolls=row.rolls,
            calendar=self.law.calendar,
            outer_start=outer_start,
        )

    def _begin(self, row: StatutoryClock) -> tuple[datetime, date | None]:
        """A clock that follows another one at its end is counted from both of its days: strictly
        from the last, at the latest from the outer (起诉期限届满之日, AEL 53)."""
        follows = CLOCK_RULES[row.code].follows
        before = self.last(follows) if follows else None
        if before is None or before.outer_day != row.started_on:
            return row.started_at, None
        return day_start(before.last_day), before.outer_day

    def _set(self, row: StatutoryClock, deadline: Deadline) -> None:
        row.last_day, row.outer_day = deadline.last_day, deadline.outer_day
        row.due_at = deadline.due_at
        row.provisional = deadline.provisional
        kept = [step for step in row.steps or () if step["kind"] in HISTORY]
        row.steps = [*(step.plain() for step in deadline.steps), *kept]
        row.amber_at = self._amber(deadline, CLOCK_RULES[row.code], row.started_at)
        if row.amber_at > self.now:
            # An extended clock is green again, and its next amber is news.
            row.amber_told_at = None

    def _amber(self, deadline: Deadline, rule: ClockRule, started: datetime) -> datetime:
        lead = self.law.value(rule.amber_parameter, law_day(started), self.case.subject_id)
        return max(started, amber_at(deadline, int(lead), self.law.calendar))


def _plain_due(row: StatutoryClock) -> list[str | None]:
    if row.state == ClockState.SUSPENDED:
        return [None, None]
    return [row.due_at.isoformat(), row.last_day.isoformat()]


def _due(code: str, due_at: str | None, last_day: str | None) -> Due:
    if due_at is None or last_day is None:
        return Due(code, None, None)
    return Due(code, datetime.fromisoformat(due_at), date.fromisoformat(last_day))
