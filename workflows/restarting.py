"""Clocks whose start, or whose uncounted time, turned out to lie on another day.

A document was served on another day than the record said: what runs from it is counted anew, and
the sum says why.
"""

from datetime import datetime

from models.duration import Step, StepKind, law_day
from models.errors import Text
from models.types import ClockState
from workflows.clocks import ClockKeeper, Moved, says_its_end


def restart(clocks: ClockKeeper, code: str, at: datetime, why: Text) -> Moved | None:
    """Count the latest clock with this code from another moment. Its length and intervals stay.
    None where no such clock ever ran, or where a document states its end.
    """
    row = clocks.last(code)
    if row is None or row.state == ClockState.CANCELLED or says_its_end(row):
        return None
    before = (row.last_day, row.outer_day)
    row.started_at, row.started_on = at, law_day(at)
    clocks.count_anew(row)
    if row.state == ClockState.EXPIRED and row.due_at > clocks.now:
        row.state, row.expired_at, row.ended_at = ClockState.RUNNING, None, None
    words = {"title": why.zh, "title_en": why.en, "on": law_day(clocks.now).isoformat()}
    words |= {"start": row.started_on.isoformat(), "was": before[1].isoformat()}
    line = Step(StepKind.RESTARTED, {**words, "day": row.outer_day.isoformat()})
    row.steps = [*row.steps, line.plain()]
    return Moved(row, *before)


def shorten(clocks: ClockKeeper, code: str, reason: str, end: datetime) -> None:
    """What did not count ended earlier than recorded: the last such interval ends then."""
    row = clocks.running(code)
    spans = [span for span in row.exclusions if span["reason"] == reason] if row else []
    if row is None or not spans:
        return
    last = spans[-1]
    right = {**last, "end": law_day(end).isoformat()}
    row.exclusions = [right if span is last else span for span in row.exclusions]
    clocks.count_anew(row)
