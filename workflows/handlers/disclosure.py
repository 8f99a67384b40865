"""Disclosure: prepared by rule, released by a second person, withdrawn, ended by credit repair."""

import uuid
from datetime import date, datetime

from models.disclosure import ChannelRemoval, CreditRepair, Disclosure, DisclosureWithdrawal
from models.duration import day_start, law_day
from models.errors import Text
from models.types import DisclosureState
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.disclosure import (
    ApproveDisclosureWithdrawal,
    ConfirmRemoval,
    DecideCreditRepair,
    PrepareDisclosure,
    ProposeDisclosureWithdrawal,
    ReleaseDisclosure,
    RequestCreditRepair,
    RequestDisclosureWithdrawal,
)
from workflows.disclosing import Disclosable, of_act
from workflows.labels import labels_of
from workflows.publishing import (
    OWN_CHANNEL,
    end,
    publish,
    published,
    removals_of,
    withdrawal_of,
)
from workflows.rows import add_opinion


def prepare_disclosure(act: Act, c: PrepareDisclosure) -> Outcome:
    """Prepare what the public will read: the text is made of record and decision, masked by rule;
    one that was typed has passed the same search for personal data."""
    found = of_act(act)
    assert found is not None
    publish_it = c.disclose == "publish"
    text = c.public_text or found.public_text(c.extra_masks)
    until = c.publish_until or found.display(c.credit_class or "ordinary")[1]
    act.session.add(
        Disclosure(
            **act.stamp(),
            decision_id=found.decision.id,
            state=DisclosureState.PREPARED,
            disclose=c.disclose,
            withhold_ground=c.withhold_ground,
            withhold_reason=c.withhold_reason,
            secrecy_checked=c.secrecy_checked,
            privacy_checked=c.privacy_checked,
            masked_items=_masked_items(c, found),
            extra_masks=list(c.extra_masks),
            public_text=text if publish_it else None,
            channels=list(c.channels),
            credit_class=c.credit_class,
            publish_until=until if publish_it else None,
            rule=found.verdict().plain(),
            departure_reason=c.departure_reason,
            replaces_id=_replaced(act),
            prepared_by_id=act.actor.person_id,
        )
    )
    zh = "建议公示" if publish_it else "建议不公示"
    en = "publication proposed" if publish_it else "non-publication proposed"
    return Outcome(
        events=[told("case:disclosure:prepared", f"公示审查：{zh}。", f"Disclosure: {en}.")]
    )


def _masked_items(c: PrepareDisclosure, found: Disclosable) -> list[str]:
    """What the rule masked in this text, and what the publisher chose besides."""
    return sorted({*c.masked_items, *found.kinds_masked(c.extra_masks)})


def _replaced(act: Act) -> uuid.UUID | None:
    """The withdrawn disclosure in whose place a new one is prepared."""
    last = act.record.disclosure
    if last is None:
        return None
    return last.id if last.state == DisclosureState.WITHDRAWN else last.replaces_id


def release_disclosure(act: Act, c: ReleaseDisclosure) -> Outcome:
    """A second person publishes or withholds (D50); CLK_PUBLISH is met either way."""
    add_opinion(act, "release_disclosure", c.outcome, c.opinion)
    row = act.record.disclosure
    assert row is not None
    if c.outcome == "return":
        text = (f"退回公示文本：{c.opinion}", f"Disclosure returned: {c.opinion}")
        return Outcome(
            events=[told("case:disclosure:returned", *text)], routing={"outcome": "return"}
        )
    row.released_by_id = act.actor.person_id
    act.clocks.meet("CLK_PUBLISH", act.now)
    if c.outcome == "publish":
        publish(act, row)
        text = ("公示处罚决定。", "Decision published.")
    else:
        row.state = DisclosureState.WITHHELD
        row.withhold_ground = c.withhold_ground or row.withhold_ground
        text = ("决定不予公示。", "Decision withheld from publication.")
    return Outcome(
        events=[told(f"case:disclosure:{row.state}", *text)],
        routing={"outcome": c.outcome},
        documents=[Issue("D50", None, row)],
    )


def request_withdrawal(
    act: Act, c: RequestDisclosureWithdrawal | ProposeDisclosureWithdrawal
) -> Outcome:
    """Note why a published decision is to be taken back; three working days count from then."""
    row = published(act)
    assert row is not None
    act.session.add(
        DisclosureWithdrawal(
            **act.stamp(),
            disclosure_id=row.id,
            ground=c.ground,
            reason=c.reason,
            changed_on=c.changed_on,
            replace=c.replace,
            proposed_by_id=act.actor.person_id,
        )
    )
    act.session.flush()
    if act.clocks.pending("CLK_WITHDRAW") is None:
        act.clocks.start("CLK_WITHDRAW", _morning(act, c.changed_on))
    text = (f"提出撤回公示：{c.reason}", f"Withdrawal of the publication proposed: {c.reason}")
    return Outcome(events=[told("case:disclosure:withdrawal_proposed", *text)])


def _morning(act: Act, day: date) -> datetime:
    """The change happened on an earlier day: its own morning; today: now."""
    return act.now if day >= act.today else day_start(day)


def approve_withdrawal(act: Act, c: ApproveDisclosureWithdrawal) -> Outcome:
    """Approved, our own site is emptied in this transaction; other channels confirm by hand."""
    add_opinion(act, "approve_disclosure_withdrawal", c.outcome, c.opinion)
    row = withdrawal_of(act)
    assert row is not None
    if c.outcome == "return":
        text = (f"退回撤回公示的申请：{c.opinion}", f"Withdrawal returned: {c.opinion}")
        return _told("withdrawal_returned", text, "return", **_NO_WAY_ON)
    if c.outcome == "refuse":
        row.refused_at, row.approved_by_id = act.now, act.actor.person_id
        act.clocks.cancel("CLK_WITHDRAW")
        text = (f"不同意撤回公示：{c.opinion}", f"Withdrawal refused: {c.opinion}")
        return _told("withdrawal_refused", text, "refuse", **_NO_WAY_ON)
    return _withdraw(act, row)


_NO_WAY_ON = {"channels": "open", "replace": "no"}


def _told(tag: str, text: tuple[str, str], outcome: str, **routing: str) -> Outcome:
    event = told(f"case:disclosure:{tag}", *text)
    return Outcome(events=[event], routing={"outcome": outcome, **routing})


def _withdraw(act: Act, row: DisclosureWithdrawal) -> Outcome:
    shown = act.session.get_one(Disclosure, row.disclosure_id)
    row.approved_at, row.approved_by_id = act.now, act.actor.person_id
    end(act, shown, DisclosureState.WITHDRAWN, _public_reason(act, row))
    if OWN_CHANNEL in shown.channels:
        _removed(act, row, OWN_CHANNEL, act.now, "", automatic=True)
    act.session.flush()
    left = _left(act, row, shown)
    if not left:
        _done(act, row)
    text = ("撤回公示，公示网站已经撤下。", "Withdrawn from the public site.")
    way = {"channels": "open" if left else "confirmed", "replace": _next(row)}
    outcome = _told("withdrawn", text, "approve", **way)
    outcome.documents.append(Issue("D50a", None, row))
    return outcome


def _public_reason(act: Act, row: DisclosureWithdrawal) -> Text:
    """What the address says from now on; the ground has its English, the reason was written in
    Chinese."""
    ground = _label(act, "disclosure_withdrawal_ground", row.ground)
    return Text(f"{ground.zh}：{row.reason}", ground.en)


def confirm_removal(act: Act, c: ConfirmRemoval) -> Outcome:
    """Another channel is empty; with the last one the withdrawal is done (CLK_WITHDRAW)."""
    row = withdrawal_of(act)
    assert row is not None
    shown = act.session.get_one(Disclosure, row.disclosure_id)
    _removed(act, row, c.channel, c.removed_at, c.proof)
    act.session.flush()
    left = _left(act, row, shown)
    if not left:
        _done(act, row, c.removed_at)
    name = _label(act, "disclosure_channel", c.channel)
    text = (f"{name.zh}已经撤下。", f"Taken off: {name.en}.")
    return Outcome(
        events=[told("case:disclosure:removed", *text, channel=c.channel)],
        routing={"channels": "open" if left else "confirmed", "replace": _next(row)},
    )


def _removed(
    act: Act,
    row: DisclosureWithdrawal,
    channel: str,
    at: datetime,
    proof: str,
    *,
    automatic: bool = False,
) -> None:
    act.session.add(
        ChannelRemoval(
            **act.stamp(),
            withdrawal_id=row.id,
            channel=channel,
            removed_at=at,
            proof=proof,
            automatic=automatic,
        )
    )


def _left(act: Act, row: DisclosureWithdrawal, shown: Disclosure) -> set[str]:
    return set(shown.channels) - removals_of(act, row)


def _done(act: Act, row: DisclosureWithdrawal, at: datetime | None = None) -> None:
    row.done_at = act.now
    act.clocks.meet("CLK_WITHDRAW", at or act.now)
    if row.replace:
        act.clocks.start("CLK_PUBLISH", act.now)


def _next(row: DisclosureWithdrawal) -> str:
    return "yes" if row.replace else "no"


def _label(act: Act, table: str, code: str) -> Text:
    return labels_of(act.pack).text(table, code) if act.pack else Text(code, code)


def request_credit_repair(act: Act, c: RequestCreditRepair) -> Outcome:
    """Note that the party asks for credit repair."""
    row = act.record.disclosure
    assert row is not None
    act.session.add(
        CreditRepair(
            **act.stamp(),
            disclosure_id=row.id,
            applicant=c.applicant,
            applied_on=c.applied_on,
            obligations=c.obligations,
            approved=None,
        )
    )
    text = ("登记信用修复申请。", "Application for credit repair noted.")
    return Outcome(events=[told("case:disclosure:repair_requested", *text)])


def decide_credit_repair(act: Act, c: DecideCreditRepair) -> Outcome:
    """Approved, the display ends today (CR36); refused, it goes on to its last day."""
    add_opinion(act, "decide_credit_repair", c.outcome, c.opinion)
    repair, row = act.record.last(CreditRepair), act.record.disclosure
    assert repair is not None
    assert row is not None
    repair.approved = c.outcome == "approve"
    repair.decided_at, repair.decided_by_id = act.now, act.actor.person_id
    repair.opinion = c.opinion
    if not repair.approved:
        text = (f"不同意信用修复：{c.opinion}", f"Credit repair refused: {c.opinion}")
        return _told("repair_refused", text, "refuse")
    end(act, row, DisclosureState.REPAIRED, Text("信用已经修复，停止公示", "credit repaired"))
    row.publish_until = law_day(act.now)
    text = ("同意信用修复，停止公示。", "Credit repaired; display ended.")
    return _told("repaired", text, "approve")
