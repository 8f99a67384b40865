"""The panel of service on a case page: each document, how far it is, which ways are open."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from models.duration import law_day
from models.service import ServiceAttempt
from webapp import current
from webapp.presenters.dates import day
from workflows.act import Act
from workflows.catalogue import LoadedPack
from workflows.issuing import labels_of
from workflows.labels import Labels
from workflows.queries import serving
from workflows.queries.casefile import CaseFile
from workflows.queries.serving import Standing


def panel(act: Act, file: CaseFile, pack: LoadedPack, actions: list[str]) -> dict[str, Any]:
    """What is still to be served or is being announced, and the address that counts."""
    labels, found = labels_of(pack), serving.standing(act, file)
    confirmed = serving.confirmed(file)
    return {
        "papers": [_paper(row, file, labels, actions) for row in found if row.served is None],
        "done": [_paper(row, file, labels, actions) for row in found if row.served is not None],
        "address": confirmed,
        "confirm_url": _url(file, "service-address")
        if "ConfirmServiceAddress" in actions
        else None,
    }


def _paper(row: Standing, file: CaseFile, labels: Labels, actions: list[str]) -> dict[str, Any]:
    lang = current.language()
    ways = [
        {
            "label": labels.text("service_method", way.method)[lang],
            "needs": way.needs[lang] if way.needs else "",
        }
        for way in row.ways
    ]
    return {
        "title": row.paper.title[lang],
        "number": row.paper.number or "",
        "state": _state(row, labels),
        "kind": "soon" if row.announced else ("ok" if row.served else "late"),
        "attempts": [_attempt(each, labels) for each in row.attempts],
        "open": [way for way in ways if not way["needs"]],
        "closed": [way for way in ways if way["needs"]],
        "links": _links(row, file, actions),
    }


def _state(row: Standing, labels: Labels) -> str:
    lang = current.language()
    if row.announced_until is not None:
        return _("公告中，到 %(day)s 期满", day=day(row.announced_until, lang))
    if row.served is not None:
        way = labels.text("service_method", row.served.service_method)[lang]
        return _("%(day)s 已送达（%(way)s）", day=day(law_day(row.served.served_at), lang), way=way)
    if row.attempts:
        count = len(row.attempts)
        return ngettext("未送达，已尝试 %(num)s 次", "未送达，已尝试 %(num)s 次", count)
    return _("未送达")


def _attempt(row: ServiceAttempt, labels: Labels) -> dict[str, str]:
    lang = current.language()
    way = labels.text("service_method", row.service_method)[lang]
    result = labels.text("attempt_result", row.result)[lang]
    said = [row.place or "", row.met_name or "", row.reason or "", row.tracking_number or ""]
    joint = "; " if lang == "en" else "；"
    return {
        "day": day(law_day(row.attempted_at), lang),
        "what": f"{way} · {result}",
        "more": joint.join(text for text in said if text),
    }


def _links(row: Standing, file: CaseFile, actions: list[str]) -> list[dict[str, str]]:
    """What the officer may do right now, the commonest with one tap."""
    if row.announced is not None and "RecordPickup" in actions:
        return [{"url": _url(file, "pickup"), "label": _("登记领取"), "icon": "check"}]
    if row.announced is not None or row.served is not None:
        return []
    if "RecordServiceAttempt" not in actions:
        return []
    to = {"document": row.paper.kind, "service_method": "direct"}
    return [
        {
            "url": _url(file, "service-attempt", **to, result="absent"),
            "label": _("没人在，拍照登记"),
            "icon": "camera",
        },
        {
            "url": _url(file, "service-attempt", document=row.paper.kind),
            "label": _("其他情况"),
            "icon": "edit",
        },
    ]


def _url(file: CaseFile, action: str, **given: str) -> str:
    return url_for("casework.act", case_id=file.case.id, action=action, **given)
