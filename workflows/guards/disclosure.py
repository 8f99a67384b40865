"""V24: disclosure (公示): checked, masked, released, for the time that the rules allow (APL 48)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.decision import Decision
from models.disclosure import CreditRepair, Disclosure
from models.duration import law_day
from models.errors import Text, Violation
from models.types import DisclosureState
from workflows.act import Act
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
from workflows.disclosing import Disclosable, of_act, place_of
from workflows.documents.wording import day as worded
from workflows.guards.law import against, empty, needed
from workflows.guards.party import INDIVIDUAL_BUSINESS, age_at_act
from workflows.publishing import published, removals_of, withdrawal_of

COMMANDED = frozenset({"changed", "revoked", "illegal", "void"})
"""Grounds on which the law commands the withdrawal (APL 48 para. 2)."""
MASKED_NATURAL = {
    "id_number": Text("身份证件号码", "the identity number"),
    "phone": Text("电话", "the phone"),
    "home_address": Text("家庭住址", "the home address"),
}
MASKED_OPERATOR = {name: MASKED_NATURAL[name] for name in ("id_number", "phone")}
WITHHOLDING = {
    "withhold_ground": Text("不予公示的理由", "the ground to withhold"),
    "withhold_reason": Text("不予公示说明", "the reason to withhold"),
}
PUBLISHING = {
    "channels": Text("公示渠道", "the channels"),
    "credit_class": Text("失信程度", "the credit class"),
}
WITHHOLD_GROUND = {"withhold_ground": WITHHOLDING["withhold_ground"]}
ADULT = "age.lighter_below"


def checks_were_made(act: Act, c: PrepareDisclosure) -> Iterator[Violation]:
    """V24: secrets and privacy are checked before anything is said in public."""
    if act.record.decision is None:
        yield against("V24", "还没有作出决定。", "There is no decision to disclose.", "APL48")
    if not c.secrecy_checked:
        yield against(
            "V24", "请先审查国家秘密和商业秘密。", "Check state and business secrets first.",
            "APL48", "secrecy_checked",
        )  # fmt: skip
    if not c.privacy_checked:
        yield against(
            "V24",
            "请先审查个人隐私并遮盖个人信息。",
            "Check privacy and mask personal data first.",
            "APL48",
            "privacy_checked",
        )
    yield from needed(c, PUBLISHING if c.disclose == "publish" else WITHHOLDING, "APL48")


def personal_data_masked(act: Act, c: PrepareDisclosure) -> Iterator[Violation]:
    """V24: what is published of people carries no number, phone or home address of theirs."""
    party = act.case.party
    if c.disclose != "publish" or party is None:
        return
    wanted = MASKED_NATURAL if party.natural else {}
    if party.party_type == INDIVIDUAL_BUSINESS:
        wanted = MASKED_OPERATOR
    missing = [title for name, title in wanted.items() if name not in c.masked_items]
    if missing:
        yield against(
            "V24", f"应当遮盖：{'、'.join(t.zh for t in missing)}。",
            f"To be masked: {', '.join(t.en for t in missing)}.", "APL48", "masked_items",
        )  # fmt: skip
    age = age_at_act(act)
    young = age is not None and age < int(act.parameter(ADULT))
    if young and "minor_data" not in c.masked_items:
        yield against(
            "V24", "当事人行为时未成年，应当不予公示或者遮盖未成年人信息。",
            "The party was a minor: withhold, or mask the data of the minor.",
            "APL48", "masked_items",
        )  # fmt: skip
    found = of_act(act)
    if found is not None and c.public_text:
        yield from _leaks(found, c.public_text, "public_text", c.extra_masks)


def _leaks(
    found: Disclosable, text: str, field: str, extra: Sequence[Mapping[str, Any]] = ()
) -> Iterator[Violation]:
    """Each place at which a text for the public still shows personal data, without saying it."""
    for span in found.leaks(text, extra):
        where, kind = place_of(text, span), found.labels.text("masked_item", span.kind)
        yield against(
            "V24", f"公开的文字里还有个人信息（{kind.zh}）：{where.zh}，请遮盖。",
            f"The public text still shows personal data ({kind.en}): {where.en}. Mask it.",
            "APL48", field,
        )  # fmt: skip


def extra_masks_are_found(act: Act, c: PrepareDisclosure) -> Iterator[Violation]:
    """V24: what the publisher masks besides stands in the decision, word for word."""
    found = of_act(act)
    if found is None or c.disclose != "publish":
        return
    whole = "\n".join(str(line) for line in found.original())
    for row in c.extra_masks:
        if str(row["text"]) not in whole:
            yield against(
                "V24", f"决定书里没有“{row['text']}”，不能遮盖；请照原文填写。",
                f"“{row['text']}” does not stand in the decision: copy it word for word.",
                "APL48", "extra_masks",
            )  # fmt: skip


def departure_says_why(act: Act, c: PrepareDisclosure) -> Iterator[Violation]:
    """V24: whoever publishes what the rule withholds, or takes another credit class, says why."""
    found = of_act(act)
    if found is None or c.disclose != "publish" or not empty(c.departure_reason):
        return
    rule = found.verdict()
    if rule.disclose == "withhold":
        yield against(
            "V24", f"按规则不予公示（{rule.reason.zh}）；仍要公示的，请写明理由。",
            f"By rule it is withheld ({rule.reason.en}); to publish it, say why.",
            "APL48", "departure_reason",
        )  # fmt: skip
    elif c.credit_class and c.credit_class != rule.credit_class:
        named = found.labels.text("credit_class", rule.credit_class)
        yield against(
            "V24", f"按规则失信程度为“{named.zh}”；要另定的，请写明理由。",
            f"By rule the credit class is “{named.en}”; for another one, say why.",
            "APL48", "departure_reason",
        )  # fmt: skip


def display_period_fits(act: Act, c: PrepareDisclosure) -> Iterator[Violation]:
    """V24: the display ends within the months that the credit class allowed on the day of the
    decision, and has not ended already."""
    found = of_act(act)
    if c.disclose != "publish" or found is None or empty(c.credit_class):
        return
    first, last = found.display(str(c.credit_class))
    until = c.publish_until or last
    if last < act.today:
        yield against(
            "V24", f"展示期已于{worded(last)}届满，不能再公示；请提出不予公示。",
            f"The display would have ended on {last}: propose to withhold.",
            "APL48", "publish_until",
        )  # fmt: skip
    elif not first <= until <= last or until < act.today:
        yield against(
            "V24", f"公示截止日期应当在{worded(max(first, act.today))}至{worded(last)}之间。",
            f"The display must end between {max(first, act.today)} and {last}.",
            "APL48", "publish_until",
        )  # fmt: skip


def release_fits_preparation(act: Act, c: ReleaseDisclosure) -> Iterator[Violation]:
    """V24: what is released was prepared to be; withholding has its ground."""
    row = act.record.disclosure
    if row is None:
        yield against("V24", "还没有公示审查。", "Nothing has been prepared.", "APL48")
        return
    if c.outcome != "return" and row.state != DisclosureState.PREPARED:
        yield against("V24", "公示已经决定。", "The disclosure has been decided.", "APL48")
    if c.outcome == "publish" and empty(row.public_text):
        yield against(
            "V24", "公示员建议不予公示，没有公示文本；要公示的，请退回准备。",
            "No public text was prepared: return it to be prepared.", "APL48", "outcome",
        )  # fmt: skip
    if c.outcome == "publish" and not (row.secrecy_checked and row.privacy_checked):
        yield against(
            "V24", "秘密和隐私审查没有完成，请退回。", "The checks are not complete: return it.",
            "APL48", "outcome",
        )  # fmt: skip
    if c.outcome == "withhold" and empty(row.withhold_ground):
        yield from needed(c, WITHHOLD_GROUND, "APL48")
    if c.outcome == "publish" and row.public_text:
        yield from _still_clean(act, row)


def _still_clean(act: Act, row: Disclosure) -> Iterator[Violation]:
    """The text is looked through once more with what the record knows now; the decision stands."""
    found = of_act(act)
    if found is None or found.decision.id != row.decision_id:
        yield against(
            "V24", "决定已经变更或者撤销，不能公示原文本，请退回。",
            "The decision has been changed or revoked: return the text.", "APL48", "outcome",
        )  # fmt: skip
        return
    yield from _leaks(found, row.public_text or "", "outcome", row.extra_masks)
    if row.publish_until is not None and row.publish_until < act.today:
        yield against(
            "V24", f"展示期已于{worded(row.publish_until)}届满，请退回或者不予公示。",
            f"The display ended on {row.publish_until}: return it or withhold.", "APL48", "outcome",
        )  # fmt: skip


def may_be_withdrawn(
    act: Act, c: RequestDisclosureWithdrawal | ProposeDisclosureWithdrawal
) -> Iterator[Violation]:
    """V36: only what the public reads is withdrawn; the day has come, the reason is clean."""
    row = published(act)
    if row is None:
        yield against(
            "V36", "没有正在公示的决定，不需要撤回。", "Nothing is published: nothing to withdraw.",
            "APL48",
        )  # fmt: skip
        return
    if c.changed_on > act.today:
        yield against(
            "V36", "决定变更、撤销的日期不能晚于今天。", "The day of the change lies ahead.",
            "APL48", "changed_on",
        )  # fmt: skip
    elif c.changed_on < law_day(act.session.get_one(Decision, row.decision_id).decided_at):
        yield against(
            "V36", "决定变更、撤销的日期不能早于决定日期。", "The change precedes the decision.",
            "APL48", "changed_on",
        )  # fmt: skip
    found = of_act(act, act.session.get_one(Decision, row.decision_id))
    if found is not None:
        yield from _leaks(found, c.reason, "reason")
    if c.replace and act.record.decision is None:
        yield against(
            "V36", "决定已经撤销，没有可以另行公示的决定。",
            "The decision is revoked: there is none to publish instead.", "APL48", "replace",
        )  # fmt: skip


def withdrawal_is_answered(act: Act, c: ApproveDisclosureWithdrawal) -> Iterator[Violation]:
    """V36: a withdrawal that the law commands is not refused; another one only with a reason."""
    row = withdrawal_of(act)
    if row is None:
        yield against("V36", "没有等待批准的撤回。", "No withdrawal waits.", "APL48")
        return
    if c.outcome == "refuse" and row.ground in COMMANDED:
        yield against(
            "V36", "决定被变更、撤销、确认违法或者无效的，应当撤回公示，不能不同意。",
            "A changed, revoked, illegal or void decision has to be withdrawn.",
            "APL48", "outcome",
        )  # fmt: skip
    if c.outcome in ("refuse", "return") and empty(c.opinion):
        yield against("S05", "请写明理由。", "Say why.", "NONE", "opinion")


def removal_is_proved(act: Act, c: ConfirmRemoval) -> Iterator[Violation]:
    """V36: a channel of this disclosure, once, after the approval, with proof."""
    row = withdrawal_of(act)
    if row is None or row.approved_at is None:
        yield against("V36", "撤回还没有批准。", "The withdrawal is not approved.", "APL48")
        return
    shown = act.session.get_one(Disclosure, row.disclosure_id)
    if c.channel not in set(shown.channels) - removals_of(act, row):
        yield against(
            "V36", "这个渠道没有公示过，或者已经确认撤下。",
            "The text was not shown there, or its removal is confirmed already.",
            "APL48", "channel",
        )  # fmt: skip
    if empty(c.proof):
        yield against("V36", "请写明撤下的凭证。", "State the proof.", "APL48", "proof")
    if c.removed_at > act.now or law_day(c.removed_at) < row.changed_on:
        yield against(
            "V36", "撤下时间不能晚于现在，也不能早于决定变更、撤销的日期。",
            "The removal lies between the change and now.", "APL48", "removed_at",
        )  # fmt: skip


def may_be_repaired(act: Act, c: RequestCreditRepair) -> Iterator[Violation]:
    """V37: credit repair is for what is displayed, after the least time, once all is paid."""
    row, found = published(act), of_act(act)
    if row is None or found is None:
        yield against("V37", "没有正在公示的决定。", "Nothing is displayed.", "CR36")
        return
    if c.applied_on > act.today:
        yield against(
            "V37", "申请日期不能晚于今天。", "The application lies ahead.", "CR36", "applied_on"
        )
    first = found.display(row.credit_class or "ordinary")[0]
    if act.today < first:
        yield against(
            "V37", f"最短展示期到{worded(first)}，之后才能申请信用修复。",
            f"The least time of display ends on {first}; credit repair comes after it.",
            "CR36", "applied_on",
        )  # fmt: skip
    if act.record.outstanding() > 0:
        yield against(
            "V37", "罚没款没有缴清，不能信用修复。", "The penalty is not paid in full.",
            "CR36", "obligations",
        )  # fmt: skip


def repair_waits(act: Act, c: DecideCreditRepair) -> Iterator[Violation]:
    """V37: an application waits and the text is still displayed; a refusal says why."""
    repair = act.record.last(CreditRepair)
    if repair is None or repair.decided_at is not None:
        yield against("V37", "没有等待决定的信用修复申请。", "No application waits.", "CR36")
    elif c.outcome == "approve" and published(act) is None:
        yield against(
            "V37", "公示已经结束，不需要再停止。", "The display is over already.", "CR36", "outcome"
        )
    if c.outcome == "refuse" and empty(c.opinion):
        yield against("S05", "请写明理由。", "Say why.", "NONE", "opinion")
