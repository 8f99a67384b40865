"""What the forms of disclosure know before anyone types: the rule's answer, what was withdrawn,
which channels still show the text."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from models.disclosure import ChannelRemoval, Disclosure, DisclosureWithdrawal
from models.duration import law_day
from models.own_revision import OwnRevision
from workflows.catalogue import LoadedPack
from workflows.disclosing import Disclosable, disclosable
from workflows.forms import Option
from workflows.labels import labels_of
from workflows.lawbook import lawbook
from workflows.record import Record

CHANNELS = "disclosure_channel"


class AtDesk(Protocol):
    """As much of a desk as is needed here."""

    @property
    def session(self) -> Session: ...

    @property
    def now(self) -> datetime: ...

    @property
    def pack(self) -> LoadedPack: ...


def looked_at(desk: AtDesk, record: Record) -> Disclosable | None:
    """The decision with what its disclosure needs, for a look."""
    law = lawbook(desk.session)
    return disclosable(record, labels_of(desk.pack), law, law_day(desk.now), desk.pack)


def by_rule(desk: AtDesk, record: Record) -> dict[str, Any]:
    """The answer of rules/disclosure.dmn, and the ground chosen last."""
    found, row = looked_at(desk, record), record.disclosure
    rule = found.verdict() if found else None
    return {
        "disclose": rule.disclose if rule else "publish",
        "ground": rule.ground if rule else None,
        "credit_class": rule.credit_class if rule else "ordinary",
        "withhold_ground": row.withhold_ground if row else None,
    }


def withdrawal(record: Record) -> dict[str, Any]:
    """What was proposed before it was returned; else what the last remedy or revision found."""
    row = record.last(DisclosureWithdrawal)
    if row is not None and row.approved_at is None and row.refused_at is None:
        found: tuple[date | None, str | None] = (row.changed_on, row.ground)
    else:
        found = max(_changes(record), default=(None, None))
    return {"changed_on": found[0], "ground": found[1], "replace": found[1] == "changed"}


def _changes(record: Record) -> Iterator[tuple[date, str]]:
    """The day on which each change, revocation or finding reached the agency, with its ground."""
    for row in record.remedies:
        day = row.received_on or row.decided_on
        if day is not None and row.outcome in GROUNDS:
            yield day, GROUNDS[row.outcome]
    for own in record.all(OwnRevision):
        if own.decided_at is not None and own.act in GROUNDS:
            yield law_day(own.decided_at), GROUNDS[own.act]


GROUNDS = {
    "changed": "changed",
    "change": "changed",
    "partly_revoked": "changed",
    "revoked": "revoked",
    "revoke": "revoked",
    "redo": "revoked",
    "unlawful": "illegal",
    "void": "void",
}
"""Outcome of a remedy, or act of the agency's own revision → ground of the withdrawal."""


def channels_left(record: Record, pack: LoadedPack) -> tuple[Option, ...]:
    """Channels of the withdrawn disclosure that have not confirmed yet."""
    row = record.last(DisclosureWithdrawal)
    shown = record.session.get(Disclosure, row.disclosure_id) if row else None
    if row is None or shown is None:
        return ()
    gone = {r.channel for r in record.all(ChannelRemoval) if r.withdrawal_id == row.id}
    labels = labels_of(pack)
    return tuple(Option(c, labels.text(CHANNELS, c)) for c in shown.channels if c not in gone)
