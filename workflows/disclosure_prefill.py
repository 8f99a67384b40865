"""What the forms of disclosure know before anyone types: the rule's answer, what was withdrawn,
which channels still show the text."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from models.disclosure import ChannelRemoval, Disclosure, DisclosureWithdrawal
from models.duration import law_day
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
    """What was proposed before it was returned; else what the last remedy found."""
    row = record.last(DisclosureWithdrawal)
    if row is not None and row.approved_at is None and row.refused_at is None:
        return {"ground": row.ground, "changed_on": row.changed_on}
    ended = [r for r in record.remedies if r.outcome in GROUNDS]
    if not ended:
        return {"ground": None, "changed_on": None}
    last = ended[-1]
    return {
        "ground": GROUNDS[str(last.outcome)],
        "changed_on": last.received_on or last.decided_on,
    }


GROUNDS = {
    "changed": "changed",
    "revoked": "revoked",
    "partly_revoked": "changed",
    "illegal": "illegal",
    "void": "void",
}
"""Outcome of a remedy → ground of the withdrawal."""


def channels_left(record: Record, pack: LoadedPack) -> tuple[Option, ...]:
    """Channels of the withdrawn disclosure that have not confirmed yet."""
    row = record.last(DisclosureWithdrawal)
    shown = record.session.get(Disclosure, row.disclosure_id) if row else None
    if row is None or shown is None:
        return ()
    gone = {r.channel for r in record.all(ChannelRemoval) if r.withdrawal_id == row.id}
    labels = labels_of(pack)
    return tuple(Option(c, labels.text(CHANNELS, c)) for c in shown.channels if c not in gone)
