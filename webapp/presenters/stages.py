"""The stage strip (阶段条): twelve stages, how long each took, where the case stands now.

A stage may be visited twice (then its days add up and its rounds are named) and two may be open
at once: payment and disclosure run side by side, and both say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask_babel import gettext as _
from flask_babel import ngettext

from models.errors import Text
from webapp.presenters.dates import is_english, nth_day

STEPS: dict[str, Text] = {
    "lead": Text("线索", "Lead"),
    "filing": Text("立案", "Filing"),
    "investigation": Text("调查", "Investigation"),
    "review": Text("审核", "Review"),
    "notice": Text("告知", "Notice"),
    "discussion": Text("讨论", "Discussion"),
    "decision": Text("决定", "Decision"),
    "service": Text("送达", "Service"),
    "enforcement": Text("执行", "Enforcement"),
    "disclosure": Text("公示", "Disclosure"),
    "closing": Text("结案", "Closing"),
    "archive": Text("归档", "Archive"),
}

STAGE_NAMES: dict[str, Text] = {
    "lead": Text("线索", "Lead"),
    "filed": Text("立案", "Filed"),
    "investigating": Text("调查", "Investigation"),
    "reviewing": Text("审核", "Review"),
    "notified": Text("告知", "Notice"),
    "hearing": Text("听证", "Hearing"),
    "discussing": Text("集体讨论", "Discussion"),
    "decided": Text("决定", "Decided"),
    "enforcing": Text("执行", "Enforcement"),
    "closed": Text("结案", "Closed"),
    "archived": Text("归档", "Archived"),
    "exempt": Text("免予处罚", "Exempt"),
    "not_filed": Text("不予立案", "Not filed"),
    "withdrawn": Text("撤销立案", "Withdrawn"),
    "merged": Text("已并案", "Merged"),
    "transferring": Text("移送中", "Being transferred"),
    "transferred": Text("已移送", "Transferred"),
    "transferred_criminal": Text("移送司法", "Criminal transfer"),
    "closed_criminal": Text("司法终结", "Closed criminally"),
    "terminated": Text("终止", "Terminated"),
}
"""The stages of a case as lists and filters name them."""


def stage_name(stage: str, lang: str = "zh") -> str:
    """A stage in words."""
    return STAGE_NAMES[stage][lang] if stage in STAGE_NAMES else stage


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay in a step of the strip; `ended` is None while the case is there."""

    step: str
    started: date
    ended: date | None


@dataclass(frozen=True, slots=True)
class Stage:
    """One place of the strip, as the `stage_strip` macro draws it."""

    label: str
    state: Literal["done", "here", "todo"]
    note: str


def strip(visits: Iterable[Visit], today: date, lang: str = "zh") -> tuple[Stage, ...]:
    """The twelve stages. What the case passed over without stopping has no days and is done."""
    by_step: dict[str, list[Visit]] = {step: [] for step in STEPS}
    for visit in visits:
        by_step[visit.step].append(visit)
    reached = [number for number, step in enumerate(STEPS) if by_step[step]]
    furthest = max(reached, default=-1)
    return tuple(
        _stage(label[lang], by_step[step], number < furthest, today, lang)
        for number, (step, label) in enumerate(STEPS.items())
    )


def _stage(label: str, visits: Sequence[Visit], passed: bool, today: date, lang: str) -> Stage:
    if not visits:
        return Stage(label, "done" if passed else "todo", "—" if passed else _("未到"))
    still = [visit for visit in visits if visit.ended is None]
    if still:
        return Stage(label, "here", _("在此，%(day)s", day=nth_day(still[0].started, today, lang)))
    return Stage(label, "done", _took(visits, lang))


def _took(visits: Sequence[Visit], lang: str) -> str:
    days = sum((visit.ended - visit.started).days for visit in visits if visit.ended)
    words = _("当日") if days == 0 else ngettext("%(num)s 天", "%(num)s 天", days)
    if len(visits) == 1:
        return words
    rounds = ngettext("%(num)s 轮", "%(num)s 轮", len(visits))
    return f"{words}, {rounds}" if is_english(lang) else f"{words}，{rounds}"


def sentence(stages: Sequence[Stage], lang: str = "zh") -> str:
    """Where it stands, in one sentence, for a phone: 执行（在此，第 7 天）；公示（…）."""
    here = [f"{stage.label} ({stage.note})" for stage in stages if stage.state == "here"]
    if not here:
        done = [stage.label for stage in stages if stage.state == "done"]
        return _("已办到%(stage)s", stage=done[-1]) if done else ""
    return (
        "; ".join(here)
        if is_english(lang)
        else "；".join(here).replace(" (", "（").replace(")", "）")
    )
