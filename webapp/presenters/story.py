"""The story of a case (经过): acts as sentences, newest first, with who did them in front."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from models.duration import SHANGHAI
from models.errors import Text
from webapp.presenters.dates import is_english, moment
from workflows.queries.timeline import Entry

VIAS: Mapping[str, Text] = {
    "api": Text("通过接口", "through the API"),
    "scenario": Text("场景演示", "in a scenario"),
    "system": Text("系统自动", "by the system"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One act as the `timeline` macro draws it."""

    time: str
    iso: str
    text: Markup
    sub: str
    key: bool
    detail: Any = None
    entry: Entry | None = None


def lines(entries: Iterable[Entry], today: date, lang: str = "zh") -> list[Line]:
    """The acts in words. The day is named with its year when that is another year's."""
    return [line(entry, today, lang) for entry in entries]


def line(entry: Entry, today: date, lang: str = "zh") -> Line:
    """One act: 张明提交调查终结报告，建议罚款 500 元。"""
    first, *others = [told.text[lang] for told in entry.told] or [_("办理了一项事务。")]
    sub = [*others, *_aside(entry, lang)]
    return Line(
        time=moment(entry.at, lang, today=today),
        iso=entry.at.astimezone(SHANGHAI).isoformat(timespec="minutes"),
        text=_sentence(entry.actor[lang] if entry.actor else "", first, lang),
        sub=" ".join(sub) if is_english(lang) else "".join(sub),
        key=any(told.important for told in entry.told),
        entry=entry,
    )


def _sentence(name: str, text: str, lang: str) -> Markup:
    if not name or text.startswith(name):
        return Markup("<b>{}</b>{}").format(name, text[len(name) :])
    return Markup("<b>{}</b>{}{}").format(name, ": " if is_english(lang) else "", text)


def _aside(entry: Entry, lang: str) -> list[str]:
    found = []
    if entry.acting_for is not None:
        found.append(_("代%(name)s履行职责。", name=entry.acting_for[lang]))
    if entry.via == "api":
        found.append(_("%(way)s办理。", way=VIAS["api"][lang]))
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one row before and after an act."""

    table: str
    name: str
    before: str
    after: str


LONGEST = 400
"""Characters of a value that the comparison shows."""


def differences(changes: Iterable[Mapping[str, Any]]) -> list[Change]:
    """What an act changed, field by field; rows of the record that are new list what they hold."""
    found = []
    for change in changes:
        before, after = change.get("before") or {}, change.get("after") or {}
        for name in sorted({*before, *after}):
            if before.get(name) != after.get(name):
                pair = (_plain(before.get(name)), _plain(after.get(name)))
                found.append(Change(str(change.get("table", "")), name, *pair))
    return found


def _plain(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
