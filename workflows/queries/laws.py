"""Where the law is used: matters that rest on a text, and steps of procedures that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Text
from models.matter import Matter
from workflows.catalogue import LoadedPack
from workflows.reference.citations import article_text
from workflows.reference.laws import Law

LAND = "中华人民共和国"
"""Statutes are cited with or without it."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A step of a procedure that rests on an article."""

    step: Text
    procedure: Text
    article: str
    """As it stands in the citation: 第四十九条."""


def resting_on(session: Session, law: str, day: date) -> list[tuple[Matter, set[str]]]:
    """Matters in force on the day whose duty or penalty is in the law, with its article numbers."""
    found = []
    for matter in session.scalars(select(Matter).order_by(Matter.code)):
        entries = [*matter.basis, *(matter.content or {}).get("duties", ())]
        articles = {str(each["article"]) for each in entries if each.get("law") == law}
        if articles and matter.in_force_on(day):
            found.append((matter, articles))
    return found


def counted(session: Session, day: date) -> dict[str, int]:
    """By law: how many matters in force rest on it."""
    counts: dict[str, int] = {}
    for matter in session.scalars(select(Matter)):
        entries = [*matter.basis, *(matter.content or {}).get("duties", ())]
        for law in {str(each.get("law")) for each in entries} if matter.in_force_on(day) else ():
            counts[law] = counts.get(law, 0) + 1
    return counts


def citing(packs: Iterable[LoadedPack], law: Law) -> list[Cited]:
    """Steps whose binding names the law, each once for every procedure."""
    titles = {f"《{law.zh}》", f"《{law.zh.removeprefix(LAND)}》"}
    found = []
    for pack in packs:
        for binding in pack.manifest.tasks.values():
            said = binding.article.zh if binding.article else ""
            parts = re.findall(
                r"(《[^》]+》)((?:第[^《》，；、]+条(?:第[^《》，；、]+款)?、?)+)", said
            )
            found += [
                Cited(binding.title, pack.manifest.title, article)
                for title, articles in parts
                if title in titles
                for article in re.findall(r"第[^第条]+条", articles)
            ]
    return found


def named(number: str) -> str:
    """An article's number as citations write it: 第四十九条 from 49."""
    return article_text(number)
