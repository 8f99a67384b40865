"""The demo bureau: its people at once, its cases one after the other in the background."""

from __future__ import annotations

import os
import signal
import sys
import threading
from getpass import getpass
from pathlib import Path
from types import FrameType

from webapp.cli.databases import database
from webapp.cli.serving import follow_parent
from workflows.bootstrap import PACKS, Application, build, load_bureau
from workflows.bootstrap import prepare as load_law_and_packs
from workflows.clock import FileClock, system_clock
from workflows.reference.book import load_reference
from workflows.reference.people import load_people
from workflows.settings import Settings
from workflows.trials import demo
from workflows.trials.theatre import MovableClock

PEOPLE = PACKS / "_shared" / "people"
PASSWORD = "caselane-demo"
"""Everybody's in the demo; a real installation has no such accounts."""
SHOWN = (
    "zhang_ming",
    "sun_li",
    "wang_jing",
    "zhao_yong",
    "qian_hong",
    "zhou_min",
    "wu_gang",
    "fang_zhou",
    "ren_jing",
    "qiu_shan",
    "lin_fang",
    "zheng_hui",
)
"""One of each kind; the role switcher of the page steps into any other."""
FINE, FINDINGS, COULD_NOT = 0, 1, 2
LINE_EVERY = 20
"""Cases between two lines on the terminal."""


def prepare(settings: Settings) -> None:
    """What the first page needs: law, packs and, in a demo, the people. Seconds, not minutes."""
    application = build(settings)
    try:
        for line in load_law_and_packs(application):
            print(f"  {line}", flush=True)
        if settings.demo:
            load_bureau(application, PASSWORD)
            demo.announce(application)
    finally:
        application.close()


def take_over(settings: Settings, bureau: Path | None) -> None:
    """Law, calendar, matters and shipped packs; with a folder, the bureau's own people too.

    What is already there stays. The first password of all accounts comes from
    ``CASELANE_FIRST_PASSWORD``, else it is asked for.
    """
    application = build(settings)
    try:
        for line in load_law_and_packs(application):
            print(f"  {line}", flush=True)
        if bureau is not None:
            first = os.environ.get("CASELANE_FIRST_PASSWORD") or getpass("password: ")
            load_bureau(application, first, bureau)
    finally:
        application.close()


def accounts() -> list[str]:
    """Lines for the terminal: who can sign in, and with what."""
    people = load_people(PEOPLE).people
    lines = [f"{key:14}{people[key].zh}  {people[key].post}" for key in SHOWN]
    return [*lines, f"密码 / password: {PASSWORD}"]


def fill(cases: int) -> int:
    """Make the demo's cases in a database that has the demo's people; more than once is once."""
    follow_parent()
    with database() as settings:
        if not settings.demo:
            print(
                "caselane: 演示案件只能放进演示库，请设置 DEMO=1 / made-up cases belong into a "
                "demo: set DEMO=1.",
                file=sys.stderr,
            )
            return COULD_NOT
        stop = _asked_to_stop()
        clock = MovableClock()
        clock.now = FileClock(settings.clock_file)() if settings.clock_file else system_clock()
        engine = demo.relaxed(settings.database_url)
        application = build(settings, clock=clock, later=demo.later(), engine=engine)
        try:
            if not demo.has_people(application):
                prepare(settings)
            with demo.alone(engine) as mine:
                return _fill(application, clock, cases, stop) if mine else _taken()
        finally:
            application.close()


def _asked_to_stop() -> threading.Event:
    """Set by Ctrl-C and SIGTERM: the act under way is finished, then the demo ends."""
    asked = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        asked.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, note)
    return asked


def _taken() -> int:
    print("演示案件正由另一个进程生成 / another process is at it already", file=sys.stderr)
    return COULD_NOT


def _fill(application: Application, clock: MovableClock, cases: int, stop: threading.Event) -> int:
    reference = load_reference(PACKS / "_shared")
    made = demo.Demo(application, clock, reference, _Lines().say, stop.is_set)
    outcome = made.fill(cases, clock.now)
    for failure in outcome.failures:
        print(f"  {failure}", file=sys.stderr, flush=True)
    if outcome.stopped:
        print("演示案件生成中断，下次启动继续 / demo cases stopped, to be continued", flush=True)
    return FINDINGS if outcome.failures else FINE


class _Lines:
    """A line on the terminal every so many cases; the page shows each."""

    def __init__(self) -> None:
        self._next = LINE_EVERY

    def say(self, done: int, total: int) -> None:
        """Told about once a second."""
        if done >= self._next or done == total >= self._next - LINE_EVERY:
            self._next = done + LINE_EVERY
            print(f"  演示案件 / demo cases {done}/{total}", flush=True)
