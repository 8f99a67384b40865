"""People of a case in words: who handles it, with which certificate; whom it is about."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from models.case import Party
from models.disclosure import Disclosure
from models.identifiers import mask_id, mask_phone
from models.payment import Payment
from models.person import Certificate, Person
from models.review import Opinion, ReviewOpinion
from models.types import Role
from webapp.presenters.dates import is_english
from workflows.labels import Labels
from workflows.queries.casefile import CaseFile

KNOWS_IDENTITY = frozenset(
    {
        Role.HANDLER,
        Role.UNIT_HEAD,
        Role.TOWN_LEGAL,
        Role.LEGAL_REVIEWER,
        Role.LEADER_DEPUTY,
        Role.LEADER_CHIEF,
        Role.SUPERVISOR,
        Role.ARCHIVIST,
    }
)
"""Roles whose work needs certificate numbers and telephones in full; others see them masked."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line with a person, as the `person_row` macro draws it."""

    initial: str
    main: str
    sub: str = ""


def name_of(person: Person | None, lang: str = "zh") -> str:
    """A person's name in the language of the page."""
    if person is None:
        return ""
    return person.name_en if is_english(lang) else person.name


def joined(names: Sequence[str], lang: str = "zh") -> str:
    """张明、李强."""
    return (", " if is_english(lang) else "、").join(names)


def party_row(party: Party, labels: Labels, lang: str, full: bool) -> Row:
    """The party with its number and type."""
    number = party.uscc or certificate(party.cert_no, full)
    kind = labels.text("party_type", party.party_type)[lang]
    return Row(initial_of(party.name), party.name, "  ".join(x for x in (number, kind) if x))


def initial_of(name: str) -> str:
    """The character that stands for a name: past the place names that all parties share."""
    for prefix in ("宁波市", "镇海区", "骆驼街道", "澥浦镇"):
        name = name.removeprefix(prefix)
    return name[:1]


def certificate(number: str | None, full: bool) -> str:
    """A certificate number, masked for those who need not know it."""
    return "" if not number else number if full else mask_id(number)


def phone(number: str | None, full: bool) -> str:
    """A telephone number, masked in the same way."""
    return "" if not number else number if full else mask_phone(number)


def handlers_row(file: CaseFile, today: date, lang: str = "zh") -> Row | None:
    """张明（主办）、李强（协办）, and their certificates."""
    active = file.case.active_handlers()
    if not active:
        return None
    parts = [
        _("%(name)s（主办）", name=name_of(h.person, lang))
        if h.lead
        else _("%(name)s（协办）", name=name_of(h.person, lang))
        for h in active
    ]
    cards = [_best(file.certificates.get(h.person_id, ()), today) for h in active]
    return Row(name_of(active[0].person, lang)[:1], joined(parts, lang), _cards(cards, today, lang))


def _best(rows: Sequence[Certificate], today: date) -> Certificate | None:
    valid = [row for row in rows if row.valid_on(today)]
    known = valid or sorted(rows, key=lambda row: row.valid_to)
    return known[-1] if known else None


def _cards(cards: Sequence[Certificate | None], today: date, lang: str) -> str:
    numbers = joined([card.number if card else _("无执法证") for card in cards], lang)
    if all(card is not None and card.valid_on(today) for card in cards):
        return _("执法证 %(numbers)s，均有效", numbers=numbers)
    return _("执法证 %(numbers)s，有的已失效", numbers=numbers)


def others_row(file: CaseFile, titles: Callable[[str], str], lang: str = "zh") -> Row | None:
    """王静 法制审核，赵勇 决定，周敏 公示: everyone else who had a say, once each.

    `titles` names the step of an opinion.
    """
    parts = _parts(file, titles)
    if not parts:
        return None
    by_person: dict[uuid.UUID, list[str]] = {}
    for person_id, part in parts:
        said = by_person.setdefault(person_id, [])
        if part not in said:
            said.append(part)
    joint = ": " if is_english(lang) else " "
    words = [
        f"{name_of(file.people.get(person_id), lang)}{joint}{joined(said, lang)}"
        for person_id, said in by_person.items()
    ]
    first = name_of(file.people.get(next(iter(by_person))), lang)[:1]
    return Row(first, ("; " if is_english(lang) else "；").join(words))


def _parts(file: CaseFile, titles: Callable[[str], str]) -> list[tuple[uuid.UUID, str]]:
    found = [(o.person_id, titles(o.element)) for o in file.all(Opinion)]
    found += [(r.reviewer_id, _("法制审核")) for r in file.all(ReviewOpinion)]
    found += [(d.prepared_by_id, _("公示")) for d in file.all(Disclosure)]
    found += [(p.cashier_id, _("收款")) for p in file.all(Payment)]
    return found
