"""What stands beside the statutory review: joint opinions, consultations, answered objections."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from models.joint_review import Consultation, JointOpinion, ReviewObjection
from webapp.presenters import people
from workflows.guards.joint_review import LEVEL_TEXTS, Level
from workflows.labels import CHECKLIST, Labels
from workflows.queries.casefile import CaseFile

Line = tuple[datetime, dict[str, Any]]


def beside(
    file: CaseFile, labels: Labels, lang: str, when: Callable[[datetime], str]
) -> list[Line]:
    """Lines for the list of opinions, each with the moment at which it belongs."""
    lines = [_joint(row, labels, lang, when) for row in file.all(JointOpinion)]
    lines += [_consultation(row, labels, lang, when) for row in file.all(Consultation)]
    lines += [_objection(file, row, labels, lang, when) for row in file.all(ReviewObjection)]
    return lines


def _joint(row: JointOpinion, labels: Labels, lang: str, when: Callable[[datetime], str]) -> Line:
    at = row.given_at or row.recorded_at
    level = labels.text("review_level", row.level)[lang]
    text = _("等待意见：%(question)s", question=row.question)
    if row.opinion is not None:
        text = f"{labels.text('review_opinion', row.opinion)[lang]}{_('：')}{row.reasons}"
    return at, {"who": row.giver_name or row.organ, "tag": level, "date": when(at), "text": text}


def _consultation(
    row: Consultation, labels: Labels, lang: str, when: Callable[[datetime], str]
) -> Line:
    organs = people.joined([str(each.get("organ") or "") for each in row.participants], lang)
    return row.recorded_at, {
        "who": organs,
        "tag": _("会商"),
        "date": when(row.recorded_at),
        "text": f"{labels.text('review_opinion', row.opinion)[lang]}{_('：')}{row.conclusion_text}",
    }


def _objection(
    file: CaseFile,
    row: ReviewObjection,
    labels: Labels,
    lang: str,
    when: Callable[[datetime], str],
) -> Line:
    at = row.answered_at or row.recorded_at
    table, code = ("review_failure", row.reason) if row.reason else (CHECKLIST, row.item)
    name = labels.text(table, code or "")[lang]
    answer = _("还没有答复")
    if row.answer:
        said = _("采纳，已改正") if row.answer == "accepted" else _("不采纳")
        answer = f"{said}{_('：')}{row.answer_text}"
    return at, {
        "who": people.name_of(file.people.get(row.answered_by_id), lang)
        if row.answered_by_id
        else _("待答复"),
        "tag": _("审核意见 %(number)s", number=row.number),
        "date": when(at),
        "text": f"{name}{_('；')}{answer}",
    }


def levels(found: Sequence[Level], lang: str) -> str:
    """The levels that the table names for this case, in one sentence; empty without any."""
    named = [
        f"{LEVEL_TEXTS[one.level][lang]}{_('（%(note)s）', note=one.reason[lang])}" for one in found
    ]
    return _("会审层级：%(levels)s", levels=people.joined(named, lang)) if named else ""
