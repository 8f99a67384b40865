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
    if not name:
        return Markup("{}").format(text)
    if text.startswith(name):
        return Markup("<b>{}</b>{}").format(name, text[len(name) :])
    if is_english(lang):
        return Markup("<b>{}</b>: {}").format(name, text)
    # What begins with somebody else is reported, not done, by the person in front.
    joint = "：" if text.startswith(("当事人", "备注")) else ""
    return Markup("<b>{}</b>{}{}").format(name, joint, text)


def _aside(entry: Entry, lang: str) -> list[str]:
    found = []
    if entry.acting_for is not None:
        found.append(_("代%(name)s履行职责。", name=entry.acting_for[lang]))
    if entry.via == "api":
        found.append(_("%(way)s办理。", way=VIAS["api"][lang]))
    return found


def look_words(what: str) -> str:
    """What somebody looked at: 概览, 证据 3, 整卷."""
    kind, _colon, which = what.partition(":")
    tabs = {
        "overview": _("概览"),
        "facts": _("事实与证据"),
        "documents": _("文书"),
        "clocks": _("期限"),
        "process": _("流程"),
        "service": _("送达与往来"),
        "record": _("记录"),
    }
    if kind == "case":
        return tabs.get(which, _("案件"))
    named = {
        "evidence": _("证据 %(which)s", which=which),
        "file": _("证据 %(which)s 的文件", which=which),
        "document": _("文书 %(which)s", which=which),
        "archive": _("整卷"),
        "archive_package": _("案卷包"),
        "task": _("办理页"),
    }
    return named.get(kind, what)


TABLES: Mapping[str, Text] = {
    "case": Text("案件", "Case"),
    "party": Text("当事人", "Party"),
    "case_handler": Text("办案人员", "Handler"),
    "verification": Text("线索核查", "Verification"),
    "filing_proposal": Text("立案建议", "Filing proposal"),
    "correction_order": Text("责令改正", "Order to correct"),
    "recheck": Text("复查", "Re-check"),
    "evidence": Text("证据", "Evidence"),
    "investigation_record": Text("笔录", "Record"),
    "final_report": Text("调查终结报告", "Final report"),
    "opinion": Text("审批意见", "Opinion"),
    "review_opinion": Text("法制审核意见", "Review opinion"),
    "notice": Text("告知", "Notice"),
    "statement": Text("陈述申辩", "Statement"),
    "reexamination": Text("复核", "Re-examination"),
    "discussion": Text("集体讨论", "Discussion"),
    "vote": Text("表决", "Vote"),
    "decision": Text("决定", "Decision"),
    "proof_of_service": Text("送达", "Service"),
    "payment": Text("缴款", "Payment"),
    "disclosure": Text("公示", "Disclosure"),
    "transfer": Text("移送", "Transfer"),
    "closing": Text("结案", "Closing"),
    "archive_volume": Text("卷宗", "Archive"),
    "document": Text("文书", "Document"),
    "number_taken": Text("文号", "Number"),
    "statutory_clock": Text("期限", "Clock"),
    "task": Text("任务", "Task"),
    "case_note": Text("备注", "Note"),
    "recusal": Text("回避", "Recusal"),
    "watch": Text("关注", "Following"),
    "form_entry": Text("登记表", "Form"),
}
"""What the rows of the record are called."""
UNTOLD = frozenset({"process_instance", "number_sequence"})
"""Rows that say nothing of the case."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one row before and after an act."""

    table: str
    name: str
    before: str
    after: str


LONGEST = 400
"""Characters of a value that the comparison shows."""


def differences(changes: Iterable[Mapping[str, Any]], lang: str = "zh") -> list[Change]:
    """What an act changed, field by field; rows of the record that are new list what they hold."""
    found = []
    for change in changes:
        table = str(change.get("table", ""))
        if table in UNTOLD:
            continue
        title = TABLES[table][lang] if table in TABLES else table
        before, after = change.get("before") or {}, change.get("after") or {}
        for name in sorted({*before, *after}):
            if before.get(name) != after.get(name):
                pair = (_plain(before.get(name)), _plain(after.get(name)))
                found.append(Change(title, name, *pair))
    return found


def _plain(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
