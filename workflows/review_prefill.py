"""What the forms of the legal review know and offer: checklist, requests, objections."""

from typing import Any

from models.errors import Text
from models.joint_review import JointOpinion, ReviewObjection
from models.matter import Matter
from workflows.catalogue import LoadedPack
from workflows.forms import Option
from workflows.labels import CHECKLIST, labels_of
from workflows.menus import menu_of
from workflows.record import Record


def checklist(pack: LoadedPack, matter: Matter | None) -> dict[str, Any] | None:
    """The menu of the case, each item met: what holds where nobody answers item by item."""
    if matter is None:
        return None
    met = [{"item": each.value, "result": "met"} for each in menu_of(pack, matter)]
    return {"checklist": met}


def objections(record: Record) -> dict[str, Any]:
    """One empty answer for each objection that waits."""
    waiting = [row for row in record.all(ReviewObjection) if row.answered_at is None]
    numbers = sorted(row.number for row in waiting)
    return {"objections": [{"objection": str(number)} for number in numbers]}


def menu(pack: LoadedPack, matter: Matter | None) -> tuple[Option, ...]:
    """The questions of the checklist."""
    return tuple(Option(each.value, each.text) for each in menu_of(pack, matter))


def joint_requests(record: Record) -> tuple[Option, ...]:
    """What was asked of other organs and waits for an answer."""
    rows = [row for row in record.all(JointOpinion) if row.given_at is None]
    return tuple(
        Option(str(r.number), Text(f"{r.organ}：{r.question}", f"{r.organ}: {r.question}"))
        for r in rows
    )


def objection_texts(record: Record, pack: LoadedPack) -> tuple[Option, ...]:
    """The review's objections that wait for an answer, each with its code and words."""
    labels, found = labels_of(pack), []
    for row in sorted(record.all(ReviewObjection), key=lambda each: each.number):
        if row.answered_at is None:
            table, code = ("review_failure", row.reason) if row.reason else (CHECKLIST, row.item)
            name = labels.text(table, code or "")
            zh, en = f"{row.number}．{name.zh}：{row.text}", f"{row.number}. {name.en}: {row.text}"
            found.append(Option(str(row.number), Text(zh, en)))
    return tuple(found)
