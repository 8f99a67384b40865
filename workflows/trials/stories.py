"""Made-up cases as a table: which acts follow each other, and where cases stand today.

A shape is a list of beats. A story is a shape cast with people, a party and a matter, laid out
over the working days of the calendar, and cut off where it is to wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from models.calendar import WorkCalendar, add_days
from models.duration import SHANGHAI, law_day
from workflows.trials.acts import BEATS
from workflows.trials.beats import Beat
from workflows.trials.tales import Tale

ORDERED = "lead order_first order not_corrected verified propose head_files filed"
DIRECT = "lead verified propose head_files filed"
FIELD = "inspect inquire report report_agreed passed notice notice_served"
END = "decision_served publish published paid close_proposed close_reviewed closed archived"


@dataclass(frozen=True)
class Shape:
    """A way through the procedure. `correction`, `exempt`: what its matter must be like."""

    beats: tuple[str, ...]
    correction: bool | None = None
    exempt: str | None = None


def _shape(text: str, correction: bool | None = None, exempt: str | None = None) -> Shape:
    return Shape(tuple(text.split()), correction, exempt)


SHAPES: Mapping[str, Shape] = {
    "ordered": _shape(f"{ORDERED} {FIELD} decided_after_silence {END}", True),
    "direct": _shape(f"{DIRECT} {FIELD} decided_after_silence {END}", False),
    "waived": _shape(f"{DIRECT} {FIELD} waived decided {END}", False),
    "ordered_waived": _shape(f"{ORDERED} {FIELD} waived decided {END}", True),
    "upheld": _shape(f"{DIRECT} {FIELD} made upheld decided_after_answer {END}", False),
    "changed": _shape(
        f"{DIRECT} {FIELD} made changed report_lower report_agreed passed notice notice_served "
        f"waived decided {END}", False,
    ),
    "supplemented": _shape(
        f"{ORDERED} inspect inquire report report_agreed supplement_asked supplemented "
        "answered report "
        f"report_agreed passed notice notice_served decided_after_silence {END}", True,
    ),
    "sent_back": _shape(
        f"{DIRECT} inspect inquire report report_returned report report_agreed sent_back "
        "answered report "
        f"report_agreed passed notice notice_served waived decided {END}", False,
    ),
    "refiled": _shape(
        "lead order_first order not_corrected verified propose head_returns verified propose "
        f"head_files filed {FIELD} decided_after_silence {END}", True,
    ),
    "major": _shape(
        f"{DIRECT} inspect inquire report_major report_agreed passed notice notice_served made "
        f"upheld convened discussed signed decided {END}", False,
    ),
    "major_silent": _shape(
        f"{ORDERED} inspect inquire report_major report_agreed passed notice notice_served "
        f"convened_late discussed signed decided {END}", True,
    ),
    "instalments": _shape(
        f"{ORDERED} {FIELD} waived decided decision_served publish published half_paid paid "
        "close_proposed close_returned close_proposed close_reviewed closed archived", True,
    ),
    "publish_returned": _shape(
        f"{DIRECT} {FIELD} waived decided decision_served paid publish publish_returned publish "
        "published close_proposed close_reviewed closed archived", False,
    ),
    "no_penalty": _shape(
        f"{DIRECT} inspect inquire report_spare report_agreed passed decided decision_served "
        "withhold withheld close_spared close_reviewed closed archived", False, "first",
    ),
    "corrected": _shape(
        "lead order_first order corrected spared propose_not head_spares not_filed", True
    ),
    "first_offence": _shape(
        "lead exempted promised promise_kept propose_not head_spares not_filed", False, "first"
    ),
    "withdrawn": _shape(
        f"{DIRECT} inspect inquire report_withdraw report_agreed passed withdrawn", False
    ),
    "transferred": _shape(
        f"{DIRECT} inspect inquire report_transfer report_agreed passed transfer sent fed_back",
        False,
    ),
    "passed_on": _shape("nameless elsewhere transfer sent fed_back", None),
    "extended": _shape(
        f"lead extended verified propose head_files filed {FIELD} waived decided {END}", False
    ),
}  # fmt: skip

ANCHORS = {
    "CLK_VERIFY": ("lead nameless", 15, True),
    "CLK_CASE": ("filed", 90, False),
    "CLK_LEGAL_REVIEW": ("report_agreed", 10, True),
    "CLK_SERVE": ("decided decided_after_silence decided_after_answer", 7, True),
    "CLK_PAY": ("decision_served", 15, False),
    "CLK_CLOSE": ("paid published", 15, True),
}
"""Clock → the beats that start it, roughly how long it runs, and whether in working days.
Only for laying stories out: what the clocks really are is worked out when they are played."""


@dataclass(frozen=True)
class Step:
    """One act of a story at its moment."""

    at: datetime
    actor: str
    element: str | None
    command: str | None
    second: str | None
    data: dict[str, Any]


@dataclass(frozen=True)
class Story:
    """A case's acts in order; the first one opens it."""

    key: str
    season: str
    steps: tuple[Step, ...]
    pack: str = "ordinary"

    @property
    def matter(self) -> str:
        """What the lead is about."""
        return str(self.steps[0].data["matter"])


def moments(
    shape: Sequence[str], start: date, calendar: WorkCalendar, rng: Random
) -> list[datetime]:
    """When the acts happen: office hours of working days, each some time after the one before."""
    day = calendar.next_working(start)
    at = _clock_time(day, rng.randint(0, 180))
    found = [at]
    for name in shape[1:]:
        gap = rng.randint(*BEATS[name].gap)
        later = at + timedelta(minutes=rng.randint(45, 110), seconds=rng.randint(0, 59))
        if gap or later.astimezone(SHANGHAI).hour >= 17:
            day = calendar.add_working(law_day(at), max(gap, 1))
            later = _clock_time(day, rng.randint(0, 300))
        at = later
        found.append(at)
    return found


def _clock_time(day: date, minutes: int) -> datetime:
    """So many minutes after 9:00 in Shanghai."""
    nine = datetime.combine(day, datetime.min.time(), SHANGHAI) + timedelta(hours=9)
    return (nine + timedelta(minutes=minutes)).astimezone(UTC)


def story(tale: Tale, shape: Sequence[str], times: Sequence[datetime]) -> Story:
    """The tale told in this shape at these times; its season is its legal subject's."""
    tale.found_at = times[0] - timedelta(minutes=25)
    steps = tuple(_step(tale, BEATS[name], at) for name, at in zip(shape, times, strict=True))
    return Story(tale.key, tale.troupe.subject, steps)


def _step(tale: Tale, beat: Beat, at: datetime) -> Step:
    return Step(
        at=at,
        actor=tale.cast[beat.part],
        element=beat.element,
        command=beat.command,
        second=tale.cast["second"] if beat.pair else None,
        data=beat.words(tale, at),
    )


def waiting(
    shape: Sequence[str],
    clock: str | None,
    mood: str,
    until: datetime,
    calendar: WorkCalendar,
    seed: str,
) -> list[datetime]:
    """Times of a story that stands still now: with time left, nearly out of time, or late."""
    latest: list[datetime] = []
    for back in range(240):
        start = add_days_back(law_day(until), back)
        if not calendar.is_working(start):
            continue
        times = moments(shape, start, calendar, Random(seed))
        if times[-1] > until - timedelta(hours=1):
            continue
        latest = latest or times
        if clock is None or mood in _moods(shape, times, clock, until, calendar):
            return times
    return latest


def add_days_back(day: date, count: int) -> date:
    """So many calendar days before."""
    return day - timedelta(days=count)


def _moods(
    shape: Sequence[str],
    times: Sequence[datetime],
    clock: str,
    until: datetime,
    calendar: WorkCalendar,
) -> Iterator[str]:
    names, length, working = ANCHORS[clock]
    starts = [at for name, at in zip(shape, times, strict=True) if name in names.split()]
    if not starts:
        yield "green"
        return
    first = law_day(starts[-1])
    due = calendar.add_working(first, length) if working else add_days(first, length)
    left = calendar.working_days_between(law_day(until), due)
    if left >= 3:
        yield "green"
    if 0 <= left <= 1:
        yield "amber"
    if -9 <= left <= -1:
        yield "red"
