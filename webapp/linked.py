"""Linked cases on a case's page: lines with addresses, where the person may look."""

from __future__ import annotations

from typing import Any

from flask import url_for

from webapp import current
from webapp.presenters.amounts import yuan
from workflows.catalogue import LoadedPack
from workflows.labels import labels_of
from workflows.queries.casefile import CaseFile
from workflows.queries.links import LinkLine, links


def page(session: Any, file: CaseFile, pack: LoadedPack, *, may_link: bool) -> dict[str, Any]:
    """What the section 关联案件 needs."""
    lang, labels = current.language(), labels_of(pack)
    found = links(session, current.actor(), file.case)
    return {
        "may_link": may_link,
        "links": {
            "lines": [
                _line(one, labels.text("case_relation", one.relation)[lang], lang)
                for one in found.lines
            ],
            "offered": found.offered,
            "fined": [
                {"number": one.number, "subject": one.subject[lang], "fine": yuan(one.fine, lang)}
                for one in found.fined
            ],
        },
    }


def _line(one: LinkLine, relation: str, lang: str) -> dict[str, Any]:
    return {
        "number": one.number,
        "subject": one.subject[lang],
        "relation": relation,
        "action": one.action,
        "same_act": one.same_act,
        "reason": one.reason,
        "url": url_for("cases.show", case_id=one.case_id) if one.case_id else None,
    }
