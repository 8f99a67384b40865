"""A meeting in words: its line in the list, its page, its papers."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from models.meeting import Meeting
from models.task import Task
from models.types import MeetingState
from webapp import current
from webapp.presenters.people import joined, name_of
from workflows.queries.meetings import Agenda, Item


def state_words(state: str) -> str:
    """Where a meeting stands."""
    return {
        MeetingState.CONVENED: _("待开会"),
        MeetingState.OPEN: _("进行中"),
        MeetingState.CLOSED: _("已结束"),
        MeetingState.CANCELLED: _("已取消"),
    }[MeetingState(state)]


def title_of(row: Meeting) -> str:
    """第 2025-3 次会议."""
    return _("第 %(number)s 次会议", number=row.number)


def line(row: Meeting) -> dict[str, Any]:
    """One meeting of the list."""
    return {
        "url": url_for("meetings.show", meeting_id=row.id),
        "title": title_of(row),
        "state": state_words(row.state),
        "planned_at": row.planned_at,
        "place": row.place,
        "cases": len(row.agenda),
    }


def case_note(task: Task) -> str:
    """What helps to tell a case from its siblings."""
    return _("，").join(part for part in (task.case_no, task.matter_title) if part)


def page(found: Agenda) -> dict[str, Any]:
    """Everything that the page of a meeting and its papers show."""
    row, lang = found.meeting, current.language()
    by_id = {person.id: person for person in found.people.values()}
    posts = {key: _with_post(found, key, lang) for key in found.people}
    present = [line for line in row.attendance if line.get("attended")]
    return {
        "meeting": row,
        "title": title_of(row),
        "subject": found.subject.name_en if lang == "en" else found.subject.name,
        "state": state_words(row.state),
        "chair": name_of(by_id.get(row.chair_id), lang),
        "recorder": name_of(by_id.get(row.recorder_id), lang),
        "members": joined([posts[key] for key in row.members], lang),
        "attendees": joined([posts[key] for key in row.attendees if key in posts], lang),
        "present": joined([posts[line["person"]] for line in present], lang),
        "absent": [
            _(
                "%(name)s（%(why)s）",
                name=posts[line["person"]],
                why=line.get("absent_reason") or "",
            )
            for line in row.attendance
            if not line.get("attended")
        ],
        "signatures": [
            {
                "name": posts.get(str(line.get("person")), ""),
                "signed": bool(line.get("signed")),
                "why": line.get("refusal_reason") or "",
            }
            for line in row.signatures
        ],
        "items": [_item(item, lang) for item in found.items],
    }


def _with_post(found: Agenda, key: str, lang: str) -> str:
    person = found.people[key]
    name = name_of(person, lang)
    return _("%(name)s（%(why)s）", name=name, why=person.post) if person.post else name


def _item(item: Item, lang: str) -> dict[str, Any]:
    case, report, review = item.case, item.report, item.review
    task = item.task
    return {
        "position": item.item.position,
        "case_id": str(case.id),
        "case_url": url_for("cases.show", case_id=case.id),
        "party": case.party_name,
        "number": case.case_no or case.lead_no or "",
        "cause": case.cause or case.matter_title or "",
        "facts": report.facts if report else "",
        "fine": report.fine if report else None,
        "reason": (report.discretion_reason or "") if report else "",
        "review": review.reasons or _("同意") if review and review.passed else "",
        "excluded": joined([name_of(person, lang) for person in item.excluded], lang),
        "status": _status(item),
        "deferred": item.item.deferred,
        "task_url": url_for("tasks.show", task_id=task.id) if task is not None else None,
        "task": (task.title_en if lang == "en" else task.title) if task is not None else "",
        "convened": item.discussion is not None,
        "held": item.discussion is not None and item.discussion.result is not None,
        "result": _result(item),
        "conclusion": (item.discussion.conclusion_text or "") if item.discussion else "",
        "decided_fine": item.discussion.fine if item.discussion else None,
        "votes": _votes(item),
    }


def _status(item: Item) -> str:
    if item.item.deferred:
        return _("暂缓讨论")
    if item.discussion is None:
        return _("案件中还没有召集")
    if item.discussion.result is None:
        return _("待讨论")
    return _("已签署") if item.discussion.signed_at else _("已讨论，待签署")


def _result(item: Item) -> str:
    result = item.discussion.result if item.discussion else None
    return {
        "as_proposed": _("同意原建议"),
        "lighter": _("从轻变更"),
        "heavier": _("加重变更，重新告知"),
        "supplement": _("补充调查"),
        "no_penalty": _("不予处罚"),
    }.get(result or "", "")


def _votes(item: Item) -> str:
    """同意 4，反对 1，弃权 0."""
    if item.discussion is None or item.discussion.result is None:
        return ""
    count = [vote.vote for vote in item.discussion.votes].count
    return _(
        "同意 %(yes)s，反对 %(no)s，弃权 %(none)s",
        yes=count("agree"), no=count("disagree"), none=count("abstain"),
    )  # fmt: skip
