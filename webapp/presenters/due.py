"""The due badge (期限标牌): glyph, words and colour, which always say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext as _
from flask_babel import ngettext

from models.duration import Light, PeriodUnit
from models.types import ClockState

BadgeState = Literal["late", "soon", "ok", "hold", "done"]
LIGHTS: dict[Light, BadgeState] = {Light.RED: "late", Light.AMBER: "soon", Light.OK: "ok"}


@dataclass(frozen=True, slots=True)
class Badge:
    """What the `due` macro draws; `title` is the last day in full, for hover and readers."""

    state: BadgeState
    text: str
    title: str = ""


def due_badge(left: int, unit: PeriodUnit, light: Light, title: str = "") -> Badge:
    """The badge of a running clock.

    ``left`` counts to the strict last day in the clock's own unit and is negative when late;
    ``light`` decides the colour, because how early amber comes is a parameter. Past the strict
    day but before the rolled one the words say late and the colour stays amber (T8).
    """
    state = LIGHTS[light]
    if left < 0:
        return Badge("late" if light is Light.RED else "soon", late_text(-left, unit), title)
    if light is Light.RED:
        return Badge("late", _("已到期"), title)
    return Badge(state, left_text(left, unit), title)


def settled_badge(state: ClockState, in_time: bool = True, title: str = "") -> Badge:
    """The badge of a clock that no longer runs."""
    if state is ClockState.SUSPENDED:
        return Badge("hold", _("暂停计时"), title)
    if state is ClockState.EXPIRED:
        return Badge("done", _("已届满"), title)
    if state is ClockState.CANCELLED:
        return Badge("done", _("不再计算"), title)
    return Badge("done", _("已在期内办结") if in_time else _("逾期办结"), title)


def left_text(left: int, unit: PeriodUnit) -> str:
    """剩 3 个工作日; on the last day 今天到期."""
    if unit is PeriodUnit.HOUR:
        return ngettext("剩 %(num)s 小时", "剩 %(num)s 小时", left)
    if left == 0:
        return _("今天到期")
    if unit is PeriodUnit.WORKING_DAY:
        return ngettext("剩 %(num)s 个工作日", "剩 %(num)s 个工作日", left)
    return ngettext("剩 %(num)s 天", "剩 %(num)s 天", left)


def late_text(late: int, unit: PeriodUnit) -> str:
    """超期 2 天, in the clock's own unit."""
    if unit is PeriodUnit.HOUR:
        return ngettext("超期 %(num)s 小时", "超期 %(num)s 小时", late)
    if unit is PeriodUnit.WORKING_DAY:
        return ngettext("超期 %(num)s 个工作日", "超期 %(num)s 个工作日", late)
    return ngettext("超期 %(num)s 天", "超期 %(num)s 天", late)
