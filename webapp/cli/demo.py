"""The demo bureau: its people at once, its cases one after the other in the background."""

from __future__ import annotations

from workflows.bootstrap import PACKS, build, load_bureau
from workflows.bootstrap import prepare as load_law_and_packs
from workflows.reference.people import load_people
from workflows.settings import Settings

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
)
"""One of each kind; the role switcher of the page steps into any other."""


def prepare(settings: Settings) -> None:
    """What the first page needs: law, packs and, in a demo, the people. Seconds, not minutes."""
    application = build(settings)
    try:
        for line in load_law_and_packs(application):
            print(f"  {line}", flush=True)
        if settings.demo:
            load_bureau(application, PASSWORD)
    finally:
        application.close()


def accounts() -> list[str]:
    """Lines for the terminal: who can sign in, and with what."""
    people = load_people(PEOPLE).people
    lines = [f"{key:14}{people[key].zh}  {people[key].post}" for key in SHOWN]
    return [*lines, f"密码 / password: {PASSWORD}"]
