"""C16-C18, V17: which cases may be linked or merged, and one fine for one act among them."""

from collections.abc import Iterator

from sqlalchemy import select

from models.case import Case
from models.decision import Decision
from models.errors import Text, Violation
from workflows import permissions
from workflows.act import Act
from workflows.commands.case_link import LinkCase, MergeLead, RecogniseEvidence, UnlinkCase
from workflows.guards.law import against, needed
from workflows.guards.report import Penalty
from workflows.linking import find_case, links_of, offer_key, offered_to

REASON = {"reason": Text("理由", "the reason")}


def other_case_is_known(act: Act, c: LinkCase | MergeLead) -> Iterator[Violation]:
    """C16: the number names one other case, which is not linked already."""
    yield from needed(c, REASON)
    other = find_case(act.session, c.number)
    if other is None:
        yield against(
            "C16", f"没有编号为{c.number}的案件（线索），或者不止一件。",
            f"No case or lead has the number {c.number}, or more than one.", "NONE", "number",
        )  # fmt: skip
    elif other.id == act.case.id:
        yield against("C16", "不能与本案自身关联。", "It is this very case.", "NONE", "number")
    elif isinstance(c, LinkCase) and _linked(act, other):
        yield against("C16", "两案已经关联。", "They are linked already.", "NONE", "number")


def _linked(act: Act, other: Case) -> bool:
    return any(one.other.id == other.id for one in links_of(act.session, act.case.id))


def offered_evidence_is_ours(act: Act, c: LinkCase) -> Iterator[Violation]:
    """C17: only admissible evidence of this case is offered."""
    mine = {str(item.number) for item in act.record.evidence if item.admissible}
    if set(c.offered) - mine:
        yield against(
            "C17", "只能提供本案可采的证据。", "Offer admissible evidence of this case only.",
            "MSA23", "offered",
        )  # fmt: skip


def link_is_there(act: Act, c: UnlinkCase) -> Iterator[Violation]:
    """C16: only a link that stands is removed, with its reason."""
    yield from needed(c, REASON)
    if all(one.number != c.number for one in links_of(act.session, act.case.id)):
        yield against("C16", "没有这个关联。", "There is no such link.", "NONE", "number")


def evidence_is_offered(act: Act, c: RecogniseEvidence) -> Iterator[Violation]:
    """C17: evidence is recognised that a linked case offers, once (证据互认, MSA 23)."""
    yield from needed(
        c,
        {"items": Text("证据", "the evidence"), "fact_proved": Text("证明的事实", "the fact")},
        "MSA23",
    )
    offered = {offer_key(case, item) for case, item in offered_to(act.session, act.case.id)}
    if set(c.items) - offered:
        yield against(
            "C17", "只能采用关联案件提供的、尚未采用的可采证据。",
            "Only what linked cases offer, and what is not recognised yet.", "MSA23", "items",
        )  # fmt: skip


def lead_may_be_merged(act: Act, c: MergeLead) -> Iterator[Violation]:
    """C18: a lead that is not filed, into an open case of the same legal subject."""
    other = find_case(act.session, c.number)
    if act.case.filed_at is not None:
        yield against("C18", "已经立案的案件不能并入。", "A filed case is not merged.", "APL54")
    if other is None or other.id == act.case.id:
        return
    if other.subject_id != act.case.subject_id:
        yield against(
            "C18", "只能并入本机关的案件；其他机关的，办理移送。",
            "Merge within one legal subject; send it to another one by transfer.",
            "MSA14", "number",
        )  # fmt: skip
    elif not permissions.open_to_change(other):
        yield against(
            "C18", "所并入的案件已经办结。", "The other case has ended.", "NONE", "number"
        )  # fmt: skip


def linked_acts_are_fined_once(act: Act, c: Penalty) -> Iterator[Violation]:
    """V17: what any linked case about the same act was fined for is not fined again (APL 29)."""
    fined = getattr(c, "proposal", None) == "penalty" or getattr(c, "decision", None) == "penalty"
    if not fined or not c.fine or not act.has_case:
        return
    same = {one.other.id: one for one in links_of(act.session, act.case.id) if one.link.same_act}
    rows = act.session.scalars(
        select(Decision).where(
            Decision.case_id.in_(same), Decision.undone.is_(False), Decision.fine > 0
        )
    )
    for decision in rows if same else ():
        yield against(
            "V17",
            f"关联案件{same[decision.case_id].number}已对同一违法行为罚款{decision.fine}元"
            f"（{decision.number}），一事不再罚；应当按照罚款数额高的规定处罚一次。",
            f"The linked case {same[decision.case_id].number} was fined {decision.fine} yuan for "
            f"the same act ({decision.number}): one act is fined once.",
            "APL29", "fine",
        )  # fmt: skip
