"""Which made-up cases there are: so many finished, so many waiting at every step, some late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from random import Random

from models.duration import law_day
from workflows.reference.book import Reference
from workflows.trials.stories import SHAPES, Shape, Step, Story, moments, story, waiting
from workflows.trials.tales import Casting, Tale, Troupe, troupes

MONTHS_BACK = 18
DAYS_BACK = MONTHS_BACK * 30
STILL = 0.42
"""Share of cases that wait for somebody today."""
FINISHED = [
    "ordered",
    "direct",
    "waived",
    "ordered_waived",
    "corrected",
    "upheld",
    "supplemented",
    "ordered",
    "first_offence",
    "sent_back",
    "major",
    "direct",
    "instalments",
    "refiled",
    "passed_on",
    "no_penalty",
    "ordered",
    "changed",
    "withdrawn",
    "waived",
    "publish_returned",
    "major_silent",
    "transferred",
    "ordered_waived",
    "direct",
    "extended",
    "corrected",
]
"""Shapes of finished cases, the usual ones several times."""
MOODS = ("green", "amber", "red", "green", "green", "red", "amber")
SHOWN = {"handler": "zhang_ming", "reviewer": "wang_jing", "deputy": "zhao_yong"}
"""Who meets the demo's visitors: the first cases of the sub-district are theirs."""
TOWN = "luotuo"
TOWN_BEFORE = 0.6
"""Share of its finished cases that ended in an earlier year."""
LONGEST = timedelta(days=120)
"""From lead to archive, nearly always."""
NOTES = (
    "当事人表示下周前来配合调查。", "请注意核对营业执照上的经营者姓名。",
    "已与社区联系，协助送达。", "同类投诉本月第三起，注意一并整治。",
    "当事人反映施工遮挡店面，现场情况已拍照。",
)  # fmt: skip


@dataclass(frozen=True)
class Standstill:
    """A case that waits: its shape, the last act that was done, the clock that matters there."""

    shape: str
    done: str
    clock: str | None = "CLK_CASE"

    def beats(self) -> tuple[str, ...]:
        """The acts up to where it waits: to the last time that the act occurs."""
        all_ = SHAPES[self.shape].beats
        last = len(all_) - 1 - all_[::-1].index(self.done)
        return all_[: last + 1]


STANDSTILLS = (
    Standstill("direct", "lead", "CLK_VERIFY"),
    Standstill("direct", "report_agreed", "CLK_LEGAL_REVIEW"),
    Standstill("direct", "propose", "CLK_VERIFY"),
    Standstill("major", "upheld"),
    Standstill("waived", "decision_served", "CLK_PAY"),
    Standstill("waived", "closed", None),
    Standstill("direct", "head_files", "CLK_VERIFY"),
    Standstill("direct", "inquire"),
    Standstill("waived", "waived"),
    Standstill("major", "convened"),
    Standstill("ordered", "order", "CLK_VERIFY"),
    Standstill("direct", "report"),
    Standstill("direct", "passed"),
    Standstill("waived", "decided", "CLK_SERVE"),
    Standstill("sent_back", "report_agreed", "CLK_LEGAL_REVIEW"),
    Standstill("ordered", "published", "CLK_PAY"),
    Standstill("direct", "notice_served", None),
    Standstill("ordered", "order_first", "CLK_VERIFY"),
    Standstill("direct", "filed"),
    Standstill("waived", "publish", "CLK_PAY"),
    Standstill("waived", "paid", "CLK_CLOSE"),
    Standstill("upheld", "made"),
    Standstill("direct", "inspect"),
    Standstill("direct", "notice"),
    Standstill("major", "discussed"),
    Standstill("instalments", "half_paid", "CLK_PAY"),
    Standstill("waived", "close_proposed", "CLK_CLOSE"),
    Standstill("supplemented", "supplement_asked"),
    Standstill("direct", "verified", "CLK_VERIFY"),
    Standstill("waived", "close_reviewed", "CLK_CLOSE"),
    Standstill("major_silent", "signed"),
    Standstill("corrected", "propose_not", "CLK_VERIFY"),
    Standstill("withdrawn", "passed"),
    Standstill("transferred", "transfer"),
)


@dataclass(frozen=True)
class Repertoire:
    """Makes the stories of one demo: the same seed, number and day give the same stories."""

    reference: Reference
    until: datetime
    seed: str = "案程"

    def stories(self, count: int) -> list[Story]:
        """So many stories, in the order of their seasons: what visitors meet comes first."""
        still = round(count * STILL)
        companies = troupes(self.reference, law_day(self.until))
        town = next(each for each in companies if each.subject == TOWN)
        turn = cycle(companies)
        made = list(islice(self._standing(turn, town), still))
        made += islice(self._finished(turn), count - still)
        return sorted(made, key=lambda each: each.season)

    def _standing(self, turn: Iterator[Troupe], town: Troupe) -> Iterator[Story]:
        """First everything once for the people that are shown, then everywhere, all moods."""
        moods = cycle(MOODS)
        for number, where in enumerate(cycle(STANDSTILLS)):
            shown = number < len(STANDSTILLS)
            troupe = town if shown else next(turn)
            yield self._still(f"s{number:03d}", where, troupe, next(moods), shown)

    def _still(self, key: str, where: Standstill, troupe: Troupe, mood: str, shown: bool) -> Story:
        shape = SHAPES[where.shape]
        tale = self._tale(key, troupe, shape, shown=shown)
        calendar = self.reference.calendar
        beats = where.beats()
        times = waiting(beats, where.clock, mood, self.until, calendar, self._seed(key))
        return self._told(tale, beats, times)

    def _finished(self, turn: Iterator[Troupe]) -> Iterator[Story]:
        """Begun on any day of the last eighteen months; what has not come yet is cut off."""
        for number, name in enumerate(cycle(FINISHED)):
            key, troupe, shape = f"f{number:03d}", next(turn), SHAPES[name]
            rng = Random(f"{self._seed(key)}:day")
            start = self._begin(troupe, rng)
            tale = self._tale(key, troupe, shape)
            times = moments(shape.beats, start, self.reference.calendar, rng)
            passed = [at for at in times if at <= self.until - timedelta(hours=1)]
            yield self._told(tale, shape.beats[: len(passed)], passed)

    def _begin(self, troupe: Troupe, rng: Random) -> date:
        """A day; in the town that is shown few cases run from one year into the next."""
        today = law_day(self.until)
        first, last = today - timedelta(days=DAYS_BACK), today - timedelta(days=12)
        new_year = date(today.year, 1, 1)
        if troupe.subject == TOWN and rng.random() < TOWN_BEFORE:
            last = max(first, new_year - LONGEST)
        elif troupe.subject == TOWN:
            first = min(new_year, last)
        return first + timedelta(days=rng.randint(0, (last - first).days))

    def _tale(self, key: str, troupe: Troupe, shape: Shape, *, shown: bool = False) -> Tale:
        casting = Casting(self.reference, law_day(self.until))
        rng = Random(self._seed(key))
        tale = casting.tale(key, troupe, rng, correction=shape.correction, exempt=shape.exempt)
        if shown:
            tale.cast |= SHOWN
            if tale.cast["second"] == tale.cast["handler"]:
                tale.cast["second"] = next(k for k in troupe.handlers if k != SHOWN["handler"])
        return tale

    def _told(self, tale: Tale, beats: Sequence[str], times: Sequence[datetime]) -> Story:
        told = story(tale, beats, times)
        steps = tuple(_with_asides(tale, told.steps, self.until))
        return replace(told, steps=steps, season=self._season(tale, times[-1]))

    def _season(self, tale: Tale, last: datetime) -> str:
        """What is played together. Numbers begin anew each year (V29), so the shown town's cases
        of this year may be played before those of earlier ones and still be numbered in order."""
        subject = tale.troupe.subject
        if subject != TOWN:
            return f"3 {subject}"
        this_year = law_day(last).year == law_day(self.until).year
        return f"1 {subject}" if this_year else f"2 {subject}"

    def _seed(self, key: str) -> str:
        return f"{self.seed}:{key}"


def _with_asides(tale: Tale, steps: Sequence[Step], until: datetime) -> Iterator[Step]:
    """Some cases are watched by the unit head, some carry a remark for colleagues."""
    rng = Random(f"{tale.key}:asides")
    remark = rng.randrange(len(steps)) if rng.random() < 0.25 else None
    for place, step in enumerate(steps):
        yield step
        later = min(step.at + timedelta(minutes=9), until)
        if place == remark:
            yield Step(
                later, tale.cast["handler"], None, "AddCaseNote", None, {"text": rng.choice(NOTES)}
            )
        if place == 0 and rng.random() < 0.12:
            yield Step(later, tale.cast["head"], None, "WatchCase", None, {})
