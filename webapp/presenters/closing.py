"""The closing check (结案检查) of a case page: each condition with a tick, or why not and where."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from models.task import Task
from models.types import EXITS
from workflows.act import Act
from workflows.guards.closing_conditions import Condition, conditions, supposed
from workflows.queries.casefile import CaseFile


def check(act: Act, file: CaseFile, lang: str) -> list[dict[str, Any]] | None:
    """One line a condition; None before the decision and once the case has closed."""
    case = file.case
    if case.decided_at is None or case.closed_at is not None or case.stage in EXITS:
        return None
    return [_line(one, act, file, lang) for one in conditions(act, supposed(act))]


def _line(one: Condition, act: Act, file: CaseFile, lang: str) -> dict[str, Any]:
    sides = act.pack.manifest.side if act.pack else {}
    beside = frozenset(element for name in one.sides for element in sides[name].tasks)
    return {
        "met": one.met,
        "title": one.title[lang],
        "reasons": [
            {"text": found.message[lang], "article": found.article[lang]} for found in one.unmet
        ],
        "todo": None if one.met else _todo(one, beside, file.open_tasks(), file, lang),
    }


def _todo(
    one: Condition, beside: frozenset[str], open_: list[Task], file: CaseFile, lang: str
) -> dict[str, str]:
    """The step that waits and would bring it about; else the drawing of where the case stands."""
    for task in open_:
        if task.command in one.steps or task.element in beside:
            title = task.title_en if lang == "en" else task.title
            return {"url": url_for("tasks.show", task_id=task.id), "label": title}
    url = url_for("cases.show", case_id=file.case.id, tab="process")
    return {"url": url, "label": _("查看流程")}
