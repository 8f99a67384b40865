"""Service of documents (送达): what each of the seven kinds asks for (APL 61; CPL 87-95; MSA 82).

M01 fields of the kind, M02 leaving, M03 direct first, M04 returned mail, M05 electronic,
M07-M09 announcement, M10 receiver, M11 helpers.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from models.errors import Text, Violation
from models.service import Method, ServiceConfirmation
from workflows import served, serving
from workflows.act import Act
from workflows.commands.decision import ServeDecision
from workflows.commands.lead import OrderCorrection, ServiceFields
from workflows.guards.law import against, empty, needed
from workflows.serving import Paper

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
    "entrusted": (
        "CPL91",
        {"organ_name": Text("受托机关", "the body entrusted"), "receiver_name": RECEIVER},
    ),
    "forwarded": (
        "CPL92",
        {
            "organ_kind": Text("转交单位性质", "what kind of body forwards"),
            "organ_name": Text("转交单位", "the body that forwards"),
            "receiver_name": RECEIVER,
        },
    ),
    "mail": (
        "CPL91",
        {
            "service_place": Text("邮寄地址", "the address written on the mail"),
            "tracking_number": Text("邮件单号", "the tracking number"),
        },
    ),
    "electronic": (
        "CPL90",
        {"electronic_address": Text("电子送达地址", "the electronic address")},
    ),
    "announcement": (
        "CPL95",
        {
            "announcement_ground": Text("公告送达的情形", "the ground of the announcement"),
            "announcement_channels": Text("公告方式", "how it was announced"),
            "announcement_place": Text("公告载体", "where it was announced"),
            "announcement_reason": Text("公告送达的原因和经过", "the reason and course"),
        },
    ),
}
"""Article and fields of each method of service."""

HARD_WAYS = frozenset({Method.MAIL, Method.ENTRUSTED, Method.FORWARDED})
"""Open only where direct service is difficult (CPL 91, MSA 82(4))."""
POSTED = frozenset({"board", "home"})
PRINTED = frozenset({"newspaper", "site"})
PERSONS = frozenset({"natural_person", "individual_business"})
ONLY_PERSONS, ONLY_ENTITIES = frozenset({"adult_family"}), frozenset({"mail_room"})


def service_is_proved(act: Act, c: ServiceFields) -> Iterator[Violation]:
    """M01: the kind's own fields; then the conditions of that kind, and who came along."""
    if c.service_method not in NEEDS:
        yield against(
            "M01", "请选择送达方式。", "Choose a method of service.", "APL61", "service_method"
        )
        return
    article, wanted = NEEDS[c.service_method]
    yield from needed(c, wanted, article)
    yield from CONDITIONS[c.service_method](act, c, _paper(act, c))
    yield from helpers_only_accompany(act, c)


def _paper(act: Act, c: ServiceFields) -> Paper:
    """The document that the command serves."""
    name = type(c).__name__
    return serving.paper_of(act.record, name) or Paper(serving.SERVES.get(name, name))


def _direct(act: Act, c: ServiceFields, paper: Paper) -> Iterator[Violation]:
    yield from receiver_may_sign(act, c.receiver_relation)


def receiver_may_sign(act: Act, relation: str | None) -> Iterator[Violation]:
    """M10: who may sign for the party (CPL 88)."""
    party = act.case.party
    if party is None or relation is None:
        return
    person = party.party_type in PERSONS
    if relation == "other":
        zh, en = "只有法律规定的人能代收", "Only those whom the law names may sign for the party"
    elif relation in ONLY_PERSONS and not person:
        zh, en = "当事人是单位，家属不能代收", "The party is an entity: family cannot sign for it"
    elif relation in ONLY_ENTITIES and person:
        zh, en = "当事人是个人，没有收发部门", "The party is a person and has no mail room"
    else:
        return
    yield against(
        "M10", f"{zh}，请找能签收的人，或者登记送达未成。",
        f"{en}: find somebody who may, or record a failed try.", "CPL88", "receiver_relation",
    )  # fmt: skip


def _leaving(act: Act, c: ServiceFields, paper: Paper) -> Iterator[Violation]:
    """M02: the party or an adult of the family refused, on record or now (CPL 89)."""
    if empty(c.witness_name) and not c.proof:
        yield against(
            "M02", "留置送达应当有见证人，或者附留置过程的照片、录像。",
            "Service by leaving needs a witness, or photos or a video of it.",
            "CPL89", "witness_name",
        )  # fmt: skip
    if empty(c.refused_by) and not serving.refused(serving.attempts(act.record, paper)):
        yield against(
            "M02",
            "留置送达以拒收为前提：请写明拒收人，或者先登记一次“拒绝签收”的送达尝试。没人在不是拒收。",
            "Leaving follows a refusal: name who refused, or record the refused try first. "
            "That nobody was there is no refusal.",
            "CPL89", "refused_by",
        )  # fmt: skip


def _hard(act: Act, c: ServiceFields, paper: Paper) -> Iterator[Violation]:
    """M03: mail, entrusting and forwarding come where direct service is difficult."""
    tried = serving.failed_ways(serving.attempts(act.record, paper))
    if c.service_method == Method.FORWARDED:
        return  # A soldier's or an inmate's body is the way that the law prescribes (CPL 92, 93).
    if empty(c.difficulty_reason) and Method.DIRECT not in tried:
        yield against(
            "M03",
            "直接送达有困难的才能邮寄或者委托：请写明直接送达的困难，或者先登记一次直接送达未成。",
            "Mail and entrusting follow where direct service is difficult: say why it is, or "
            "record a failed direct try first.",
            "MSA82", "difficulty_reason",
        )  # fmt: skip


def _mail(act: Act, c: ServiceFields, paper: Paper) -> Iterator[Violation]:
    """M04: returned mail serves only from the address that the party itself confirmed."""
    yield from _hard(act, c, paper)
    if c.mail_result != "returned":
        yield from needed(c, {"receiver_name": RECEIVER}, "CPL91")
        return
    yield from needed(c, {"returned_reason": Text("退回原因", "why it was returned")}, "MSA83")
    confirmed = act.record.last(ServiceConfirmation)
    if confirmed is None or confirmed.service_address != (c.service_place or "").strip():
        yield against(
            "M04",
            "只有按当事人确认的送达地址邮寄而被退回的，退回之日才视为送达；"
            "没有确认书或者地址不同的，请登记送达未成。",
            "Returned mail serves only from the address that the party confirmed. Without the "
            "confirmation, or from another address, record a failed try.",
            "MSA83", "mail_result",
        )  # fmt: skip


def _electronic(act: Act, c: ServiceFields, paper: Paper) -> Iterator[Violation]:
    """M05: agreed over a signature, to that address, with the proof of arrival."""
    agreed = serving.electronic_address(act.record)
    if agreed is None:
        yield against(
            "M05", "当事人没有签电子送达确认书，请改用其他方式。",
            "The party has signed no confirmation of electronic service: choose another method.",
            "APL61", "service_method",
        )  # fmt: skip
    elif not empty(c.electronic_address) and c.electronic_address != agreed:
        yield against(
            "M05", f"电子送达地址与确认书上的（{agreed}）不同，请按确认书填写。",
            f"The confirmed electronic address is {agreed}: use that one.",
            "CPL90", "electronic_address",
        )  # fmt: skip
    if not c.proof:
        yield against(
            "M05", "请附到达当事人系统的凭证（截图、日志）。",
            "Enclose the proof that it arrived (screenshot, log).", "CPL90", "proof",
        )  # fmt: skip


def _announcement(act: Act, c: ServiceFields, paper: Paper) -> Iterator[Violation]:
    """M07, M08, M09: the ground on record, the right places, one document that can be announced."""
    if paper.kind not in served.EFFECTS:
        yield against(
            "M09", f"{paper.title.zh}送达后期限随即起算，请用其他方式送达。",
            f"{paper.title.en} is not announced: serve it another way.", "CPL95", "service_method",
        )  # fmt: skip
    if serving.announced(act.record) is not None:
        yield against(
            "M09", "本案另有公告没有期满，期满后再公告。",
            "Another announcement of this case is still running.", "CPL95", "service_method",
        )  # fmt: skip
    yield from _ground(act, c, paper)
    yield from _channels(c)


def _ground(act: Act, c: ServiceFields, paper: Paper) -> Iterator[Violation]:
    wanted = int(act.parameter("service.ways_before_announcement"))
    tried = serving.failed_ways(serving.attempts(act.record, paper))
    if c.announcement_ground == serving.WAYS_FAILED and len(tried) < wanted:
        yield against(
            "M07",
            f"公告送达前应当有{wanted}种不同方式未能送达的记录，现有{len(tried)}种，请先登记送达尝试。",
            f"{wanted} different ways must have failed on record before an announcement; "
            f"{len(tried)} so far: record the attempts.",
            "CPL95", "announcement_ground",
        )  # fmt: skip
    elif c.announcement_ground not in (None, serving.WAYS_FAILED, serving.UNTRACEABLE):
        yield against(
            "M07", "请选择公告送达的情形。", "Choose the ground of the announcement.",
            "CPL95", "announcement_ground",
        )  # fmt: skip


def _channels(c: ServiceFields) -> Iterator[Violation]:
    """Notice board and home together, with photos; or a newspaper or the site."""
    chosen = set(c.announcement_channels)
    if not chosen:
        return
    if not chosen & PRINTED and not chosen >= POSTED:
        yield against(
            "M08", "张贴公告的，公告栏和当事人住所地都要张贴；也可以在报纸、网站刊登。",
            "Posted on the notice board and at the home alike; or printed, or put on the site.",
            "MSA82", "announcement_channels",
        )  # fmt: skip
    if chosen & POSTED and not c.proof:
        yield against(
            "M08", "张贴公告的，请附张贴过程的照片、录像。",
            "Enclose photos or a video of the posting.", "MSA82", "proof",
        )  # fmt: skip


CONDITIONS: Mapping[str, Callable[[Act, ServiceFields, Paper], Iterator[Violation]]] = {
    Method.DIRECT: _direct,
    Method.LEAVING: _leaving,
    Method.ENTRUSTED: _hard,
    Method.FORWARDED: _hard,
    Method.MAIL: _mail,
    Method.ELECTRONIC: _electronic,
    Method.ANNOUNCEMENT: _announcement,
}


def helpers_only_accompany(act: Act, c: Any) -> Iterator[Violation]:
    """M11: auxiliary staff may come along; the two who serve are officers (ZJ-ZF 30)."""
    second = act.people.find(getattr(c, "second_handler", "") or "")
    officers = {act.actor.name, second.name if second else ""}
    named = {name.strip() for name in (c.helpers or "").replace(",", "、").split("、")}
    if named & officers - {""}:
        yield against(
            "M11", "执法辅助人员只能协助送达，不能同时是两名送达人员之一。",
            "Auxiliary staff only accompany: they are neither of the two officers.",
            "APL42", "helpers",
        )  # fmt: skip


def decision_may_go_electronically(act: Act, c: ServeDecision) -> Iterator[Violation]:
    """Some places do not allow decisions to be served electronically."""
    if c.service_method == "electronic" and not act.parameter("e_service.decisions_allowed"):
        yield against(
            "M05",
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
