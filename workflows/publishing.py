"""The public copy of a disclosure: written when it is released, emptied when it ends.

Only here is `Publication` written. What goes in has been masked; nothing else goes in.
"""

import uuid
from base64 import b32encode
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from models.disclosure import ChannelRemoval, Disclosure, DisclosureWithdrawal
from models.duration import day_start
from models.errors import Text
from models.grams import grams_of
from models.publication import Publication, Shown
from models.types import DisclosureState, Flag
from workflows.act import Act, Outcome, told
from workflows.disclosing import Disclosable, of_act

OWN_CHANNEL = "agency_site"
"""The channel that we show ourselves; what ends there ends at once."""
ENDED = {
    DisclosureState.EXPIRED: Shown.EXPIRED,
    DisclosureState.REPAIRED: Shown.REPAIRED,
    DisclosureState.WITHDRAWN: Shown.WITHDRAWN,
}


def publish(act: Act, row: Disclosure) -> None:
    """Show the released text on the public site, for its time; the clock of display starts."""
    found = of_act(act)
    assert found is not None
    assert row.publish_until is not None
    row.state, row.published_at = DisclosureState.PUBLISHED, act.now
    act.case.flag(Flag.PUBLISHED)
    act.clocks.start("CLK_DISPLAY", act.now, until=_last_moment(row.publish_until))
    if OWN_CHANNEL in row.channels:
        act.session.add(_publication(act, row, found))
        act.session.flush()
        _point_to(act, row)


def end(act: Act, row: Disclosure, state: DisclosureState, reason: Text) -> None:
    """Take the text off the public site; the address says the day and why."""
    row.state, row.ended_at = state, act.now
    act.case.unflag(Flag.PUBLISHED)
    act.clocks.cancel("CLK_DISPLAY")
    shown = publication_of(act, row)
    if shown is not None:
        shown.clear(ENDED[state], act.today, reason.zh, reason.en)


def end_of_display(act: Act) -> Outcome:
    """The time of display is over (CLK_DISPLAY): the system takes the text down."""
    row = published(act)
    if row is None:
        return Outcome()
    end(act, row, DisclosureState.EXPIRED, Text("公示期限届满", "the time of display is over"))
    text = ("公示期满，公示网站自动撤下。", "Display over: taken off the public site.")
    return Outcome(events=[told("case:disclosure:expired", *text)])


def publication_of(act: Act, row: Disclosure) -> Publication | None:
    """The public copy of a disclosure, whatever its state."""
    return act.session.scalar(select(Publication).where(Publication.disclosure_id == row.id))


def published(act: Act) -> Disclosure | None:
    """The disclosure that the public reads now."""
    rows = [r for r in act.record.all(Disclosure) if r.state == DisclosureState.PUBLISHED]
    return rows[-1] if rows else None


def withdrawal_of(act: Act) -> DisclosureWithdrawal | None:
    """The withdrawal that is under way: proposed, not refused, not done."""
    row = act.record.last(DisclosureWithdrawal)
    return row if row and row.refused_at is None and row.done_at is None else None


def removals_of(act: Act, row: DisclosureWithdrawal) -> set[str]:
    """Channels that have confirmed that the text is gone."""
    return {r.channel for r in act.record.all(ChannelRemoval) if r.withdrawal_id == row.id}


def _point_to(act: Act, row: Disclosure) -> None:
    """The address of what this text replaces leads here."""
    if row.replaces_id is None:
        return
    query = select(Publication).where(Publication.disclosure_id.in_([row.replaces_id, row.id]))
    both = {p.disclosure_id: p for p in act.session.scalars(query)}
    if row.replaces_id in both:
        both[row.replaces_id].replaced_by = both[row.id].address


def _publication(act: Act, row: Disclosure, found: Disclosable) -> Publication:
    subject, matter = act.case.subject, found.matter
    name, outcome = found.shown_name(row.extra_masks), found.outcome()
    lines = _lines(row, found)
    field = found.labels.text("field", matter.field) if matter else Text("", "")
    title = Text(matter.title, matter.title_en) if matter else Text(act.case.cause or "", "")
    party = act.case.party
    words = [str(line["text"]) for line in lines] + [title.zh, title.en, field.zh, name]
    searched = "\n".join(" ".join(word.lower().split()) for word in words)
    return Publication(
        id=uuid.uuid4(),
        address=_address(),
        disclosure_id=row.id,
        state=Shown.SHOWN,
        subject_key=subject.key,
        subject=subject.name,
        subject_en=subject.name_en,
        published_at=act.now,
        publish_until=row.publish_until or date.max,
        number=found.decision.number,
        party=name,
        uscc=party.uscc if party and not party.natural else None,
        title=title.zh,
        title_en=title.en,
        field=matter.field if matter else None,
        field_zh=field.zh,
        field_en=field.en,
        kinds=[_kind(found, code) for code in found.decision.penalty_kinds],
        outcome=outcome.zh,
        outcome_en=outcome.en,
        lines=lines,
        decided_on=found.decided_on,
        credit_class=row.credit_class,
        searched=searched,
        grams=sorted(set().union(*(grams_of(word) for word in words))),
    )


def _lines(row: Disclosure, found: Disclosable) -> list[dict[str, Any]]:
    """The released text as it stands, line by line, its labels in both languages."""
    labels = {line.label.zh: line.label.en for line in found.original()}
    lines = []
    for text in (row.public_text or "").splitlines():
        head, sign, rest = text.partition("：")
        known = sign and head in labels
        label = (head, labels[head]) if known else ("", "")
        lines.append({"zh": label[0], "en": label[1], "text": rest if known else text})
    return [line for line in lines if line["text"].strip()]


def _kind(found: Disclosable, code: str) -> dict[str, str]:
    text = found.labels.text("penalty_kind", code)
    return {"value": code, "zh": text.zh, "en": text.en}


def _last_moment(day: date) -> datetime:
    """The end of a Shanghai day, still on it."""
    return day_start(day + timedelta(days=1)) - timedelta(microseconds=1)


def _address() -> str:
    """80 random bits: nobody comes upon an address by counting."""
    return b32encode(uuid.uuid4().bytes[:5] + uuid.uuid4().bytes[:5]).decode().lower()
