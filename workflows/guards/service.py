"""Service of documents (送达): what each method asks for (APL 61; CPL 87-95; MSA 82)."""

from collections.abc import Iterator, Mapping

from models.errors import Text, Violation
from models.inquiry import InvestigationRecord
from workflows.act import Act
from workflows.commands.decision import ServeDecision
from workflows.commands.lead import OrderCorrection
from workflows.commands.review import ServeNotice
from workflows.guards.law import against, empty, needed

Service = OrderCorrection | ServeNotice | ServeDecision

PLACE = Text("送达地点", "the place of service")
RECEIVER = Text("收件人", "who received it")
NEEDS: Mapping[str, tuple[str, Mapping[str, Text]]] = {
    "direct": (
        "CPL88",
        {
            "service_place": PLACE,
            "receiver_name": RECEIVER,
            "receiver_relation": Text("收件人与当事人关系", "the receiver's relation to the party"),
        },
    ),
    "leaving": (
        "CPL89",
        {"service_place": PLACE, "refusal_reason": Text("拒收事由", "the reason of the refusal")},
    ),
    "entrusted": ("CPL91", {"receiver_name": RECEIVER}),
    "forwarded": ("CPL92", {"receiver_name": RECEIVER}),
    "mail": ("CPL91", {"tracking_number": Text("邮件单号", "the tracking number")}),
    "electronic": (
        "CPL90",
        {"electronic_address": Text("电子送达地址", "the electronic address")},
    ),
    "announcement": (
        "CPL95",
        {
            "announcement_place": Text("公告载体", "where it was announced"),
            "announcement_reason": Text("公告送达的原因和经过", "the reason and course"),
        },
    ),
}
"""Article and fields of each method of service."""


def service_is_proved(act: Act, c: Service) -> Iterator[Violation]:
    """D01: the method's own conditions and its proof."""
    if c.service_method not in NEEDS:
        yield against(
            "D01", "请选择送达方式。", "Choose a method of service.", "APL61", "service_method"
        )
        return
    article, wanted = NEEDS[c.service_method]
    yield from needed(c, wanted, article)
    if c.service_method == "leaving" and empty(c.witness_name) and not c.proof:
        yield against(
            "D01", "留置送达应当有见证人，或者附留置过程的照片、录像。",
            "Service by leaving needs a witness, or photos or a video of it.",
            "CPL89", "witness_name",
        )  # fmt: skip
    if c.service_method == "electronic":
        yield from _agreed(act)


def _agreed(act: Act) -> Iterator[Violation]:
    """Electronic service rests on the party's recorded consent."""
    party, records = act.case.party, act.record.all(InvestigationRecord)
    agreed: list[object] = [party.electronic_service_agreed] if party is not None else []
    agreed += [(row.person_details or {}).get("electronic_service_agreed") for row in records]
    if not any(agreed):
        yield against(
            "D01", "当事人没有书面同意电子送达，请改用其他方式。",
            "The party has not agreed to electronic service on record: choose another method.",
            "APL61", "service_method",
        )  # fmt: skip


def decision_may_go_electronically(act: Act, c: ServeDecision) -> Iterator[Violation]:
    """Some places do not allow decisions to be served electronically."""
    if c.service_method == "electronic" and not act.parameter("e_service.decisions_allowed"):
        yield against(
            "D01",
            "本地规定决定书不得电子送达。",
            "Decisions may not be served electronically here.",
            "APL61",
            "service_method",
        )


def decision_waits_for_service(act: Act, c: ServeDecision) -> Iterator[Violation]:
    """V23: there is a decision, and it has not been served."""
    decision = act.record.decision
    if decision is None:
        yield against("V23", "还没有作出决定。", "No decision has been made.", "APL61")
    elif any(s.document_number == decision.number for s in act.record.services):
        yield against("V23", "决定书已经送达。", "The decision has been served already.", "APL61")


def order_is_complete(act: Act, c: OrderCorrection) -> Iterator[Violation]:
    """APL 28: an order says what was found and what is to be done."""
    wanted = {
        "facts": Text("违法事实", "the facts"),
        "demand": Text("改正要求", "what is to be corrected"),
        "matter": Text("违法事项", "the matter"),
    }
    yield from needed(c, wanted, "APL28")
    if act.case.party is None:
        yield against(
            "V04",
            "还没有登记当事人，不能责令改正。",
            "No party is on record to be ordered.",
            "APL28",
        )
