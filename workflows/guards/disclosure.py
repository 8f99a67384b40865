"""V24: disclosure (公示): checked, masked, released, for the time that the rules allow (APL 48)."""

import re
from collections.abc import Iterator

from models.calendar import add_months
from models.case import Party
from models.duration import law_day
from models.errors import Text, Violation
from models.identifiers import IdentifierError, check_id_card
from models.types import DisclosureState
from workflows.act import Act
from workflows.commands.decision import PrepareDisclosure, ReleaseDisclosure
from workflows.documents.wording import day as worded
from workflows.guards.law import against, empty, needed
from workflows.guards.party import INDIVIDUAL_BUSINESS, age_at_act

ID_LIKE = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])")
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
    for word in _personal_words(act, party, c.public_text or ""):
        yield against(
            "V24", f"公示内容含有个人信息“{word[:3]}…”，请遮盖。",
            f"The public text shows personal data “{word[:3]}…”: mask it.", "APL48", "public_text",
        )  # fmt: skip


def _personal_words(act: Act, party: Party, text: str) -> list[str]:
    """Numbers of the party and its operator, and anything that reads like such a number."""
    known = [party.cert_no, party.representative_cert_no, party.phone]
    if party.natural:
        known += [party.address, party.contact_address, party.service_address]
    found = [word for word in known if word and word in text]
    found += [word for word in ID_LIKE.findall(text) if _is_id(act, word)]
    found += MOBILE.findall(text)
    return list(dict.fromkeys(found))


def _is_id(act: Act, word: str) -> bool:
    try:
        check_id_card(word.upper(), act.today)
    except IdentifierError:
        return False
    return True


def display_period_fits(act: Act, c: PrepareDisclosure) -> Iterator[Violation]:
    """The display ends within the months that the credit class allows."""
    decision = act.record.decision
    if c.disclose != "publish" or c.publish_until is None or decision is None:
        return
    spans = act.parameter("disclosure.display_months")
    span = spans.get(c.credit_class) if isinstance(spans, dict) else None
    if span is None:
        return
    decided = law_day(decision.decided_at)
    first, last = (add_months(decided, int(months)) for months in span)
    if not first <= c.publish_until <= last or c.publish_until < act.today:
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
