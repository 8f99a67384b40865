"""Records of the investigation: cards shown, rights told, signatures (APL 54, 55)."""

from collections.abc import Iterator

from models.errors import Text, Violation
from workflows.act import Act
from workflows.commands.investigation import (
    RecordInquiry,
    RecordInspection,
    SupplementInvestigation,
)
from workflows.commands.lead import RecordRecheck
from workflows.guards.law import against, empty, needed

PLACE = Text("地点", "the place")


def case_is_filed(
    act: Act, c: RecordInspection | RecordInquiry | SupplementInvestigation
) -> Iterator[Violation]:
    """V05: the investigation follows the filing."""
    if act.case.filed_at is None:
        yield against("V05", "案件还没有立案。", "The case has not been filed.", "APL54")


def cards_shown_and_rights_told(
    act: Act, c: RecordInspection | RecordInquiry
) -> Iterator[Violation]:
    """APL 55: officers show their cards first and tell the party its rights."""
    if not c.cards_shown:
        yield against(
            "I01", "应当主动出示执法证件并记录在案。", "Show your cards first, and record it.",
            "APL55", "cards_shown",
        )  # fmt: skip
    if not c.rights_told:
        yield against(
            "I01", "应当告知陈述、申辩和申请回避的权利。",
            "Tell the right to state, to defend and to ask for a recusal.", "APL45", "rights_told",
        )  # fmt: skip


def signature_is_explained(
    act: Act, c: RecordInspection | RecordInquiry | RecordRecheck
) -> Iterator[Violation]:
    """APL 55: without the party's signature the record says why, with a witness or a video."""
    if c.party_signature == "signed":
        return
    if empty(c.signature_note):
        yield against(
            "I02", "当事人没有签名的，应当注明原因。", "Say why the party did not sign.",
            "APL55", "signature_note",
        )  # fmt: skip
    if empty(c.witness_name) and not c.body_camera:
        yield against(
            "I02", "当事人没有签名的，应当有见证人或者全程录像。",
            "Without the party's signature there must be a witness or a video.",
            "APL55", "witness_name",
        )  # fmt: skip


def inspection_is_complete(act: Act, c: RecordInspection) -> Iterator[Violation]:
    """Place and findings of the inspection."""
    yield from needed(c, {"place": PLACE, "findings": Text("检查情况", "the findings")}, "APL54")


def inquiry_is_complete(act: Act, c: RecordInquiry) -> Iterator[Violation]:
    """Who was asked, where, and what they answered."""
    wanted = {
        "place": PLACE,
        "person_name": Text("被询问人", "the person questioned"),
        "answers": Text("问答", "questions and answers"),
    }
    yield from needed(c, wanted, "APL55")
    if c.electronic_service_agreed:
        title = Text("电子送达地址", "the electronic address")
        yield from needed(c, {"electronic_address": title}, "APL61")


def supplement_is_complete(act: Act, c: SupplementInvestigation) -> Iterator[Violation]:
    """What was found in addition."""
    yield from needed(c, {"summary": Text("补充调查情况", "what was found")}, "APL58")
