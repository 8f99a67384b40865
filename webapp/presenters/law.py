"""The law book in words: values with their units, topics, what a change says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from models.duration import PeriodUnit
from models.duration_text import UNITS
from models.law_change import ChangeKind, LawChange
from webapp.presenters.dates import is_english

MORE = "；"


def topic_name(topic: str) -> str:
    """The name of a topic of parameters."""
    return {
        "clocks": _("期限长度"),
        "hearing": _("听证"),
        "review": _("法制审核"),
        "discussion": _("集体讨论"),
        "simple": _("简易、快速、首违"),
        "disclosure": _("公示"),
        "payment": _("缴款"),
        "other": _("其他"),
        "leads": _("提前提醒"),
    }[topic]


def unit_name(unit: str, lang: str = "zh") -> str:
    """个工作日, 元, 项…: what a value is counted in; nothing for words and yes or no."""
    if unit in set(PeriodUnit):
        return UNITS[PeriodUnit(unit)][lang]
    return {"yuan": _("元"), "count": _("次（个）"), "year": _("岁"), "byte": _("字节")}.get(
        unit, ""
    )


def value_text(value: Any, unit: str = "", lang: str = "zh") -> str:
    """A value as people write it: 5 个工作日, 5,000 元, 2/3, 是."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Mapping):
        joint = "; " if is_english(lang) else MORE
        return joint.join(f"{k} {v[0]}–{v[1]}" for k, v in value.items())
    text = f"{value:,}" if isinstance(value, int) else str(value)
    name = unit_name(unit, lang)
    return f"{text} {name}" if name else text


def kind_name(kind: str) -> str:
    """Parameter, calendar or matter."""
    return {
        ChangeKind.PARAMETER: _("参数"),
        ChangeKind.CALENDAR: _("日历"),
        ChangeKind.MATTER: _("事项"),
    }[ChangeKind(kind)]


def state_tag(row: LawChange) -> tuple[str, str]:
    """(colour, words) of a change's state."""
    return {
        "proposed": ("soon", _("待确认")),
        "in_force": ("ok", _("已生效")),
        "rejected": ("", _("已退回")),
    }[row.state]


def difference(row: LawChange, lang: str = "zh") -> list[tuple[str, str, str]]:
    """(what, before, after) of a change, line by line."""
    before, after = row.before, row.after
    if row.kind == ChangeKind.PARAMETER:
        old = value_text(before.get("value"), before.get("unit", ""), lang)
        return [(_("值"), old, value_text(after["value"], after["unit"], lang))]
    if row.kind == ChangeKind.CALENDAR:
        return [
            (_("放假"), *_days(before.get("off", []), after["off"])),
            (_("调休上班"), *_days(before.get("work", []), after["work"])),
        ]
    if "effective_to" in after:
        return [(_("最后施行日"), "—", str(after["effective_to"]))]
    lines = []
    if after["fine_min"] is not None:
        old = f"{before['fine_min'] or '—'}–{before['fine_max'] or '—'}"
        lines.append((_("罚款幅度（元）"), old, f"{after['fine_min']}–{after['fine_max']}"))
    if after["text"]:
        lines.append((_("条文"), "—", after["text"]))
    return lines


def _days(before: list[str], after: list[str]) -> tuple[str, str]:
    """What the notice takes away and what it adds, for a list of days."""
    gone, new = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    kept = len(set(before) & set(after))
    less = _("去掉 %(days)s", days=" ".join(gone)) if gone else _("原有的都保留")
    more = " ".join(new) or _("没有增加")
    return less, _("保留 %(kept)s 天，增加：%(days)s", kept=kept, days=more)
