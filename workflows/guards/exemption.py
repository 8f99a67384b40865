"""No penalty for slight and first violations (轻微免罚、首违免罚, APL 33): X01 to X05."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.errors import Text, Violation
from models.exemption import GROUNDS, HARMS, TOLERATED, ExemptionItem
from workflows import exempting
from workflows.act import Act
from workflows.commands.decision import IssueDecision
from workflows.commands.exemption import RecheckCommitment, SignCommitment
from workflows.commands.filing import ApproveFiling, ProposeNotFiling
from workflows.commands.investigation import SubmitFinalReport
from workflows.commands.lead import RecordVerification
from workflows.documents.wording import day as worded
from workflows.documents.wording import moment
from workflows.guards.law import against, needed

CHECKED = {
    "exemption_ground": Text("免罚种类", "the kind of exemption"),
    "harm": Text("危害后果", "the harm"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """An exemption that somebody wants: on which ground, for whom, over what, with what harm."""

    ground: str
    identity: str | None
    matter: str | None
    harm: str | None
    field: str | None = None


def exemption_may_be_considered(act: Act, c: RecordVerification) -> Iterator[Violation]:
    """X01 to X04 when the check of a lead concludes that the act goes unpunished."""
    if c.conclusion != "exempt":
        return
    yield from needed(c, CHECKED, "APL33")
    if c.exemption_ground not in GROUNDS or c.harm not in HARMS:
        return
    given = c.party or {}
    identity = given.get("uscc") or given.get("cert_no") if given else None
    matter = c.matter or (act.record.matter.key if act.record.matter else None)
    claim = Claim(
        c.exemption_ground,
        identity or exempting.identity_of(act.case.party),
        matter,
        c.harm,
        "exemption_ground",
    )
    yield from against_claim(act, claim)
    item = _item(act, claim)
    if item is not None and not item.commitment and not c.corrected_on_spot:
        yield against(
            "X04", "没有及时改正的，不适用免罚，请先责令改正。",
            "What was not corrected in time is not spared: order the correction first.",
            "APL33", "corrected_on_spot",
        )  # fmt: skip


def against_claim(act: Act, claim: Claim) -> Iterator[Violation]:
    """Everything that stands against an exemption: list, first time, harm, broken promise."""
    item = _item(act, claim)
    if item is None:
        yield against(
            "X01", "该事项不在免罚清单内，不能按轻微免罚或者首违免罚处理。",
            "The matter is not on the list of exemptions for this ground.", "APL33", claim.field,
        )  # fmt: skip
    if claim.ground == "first":
        yield from _not_first(act, claim)
    if claim.harm is not None and claim.harm not in TOLERATED[claim.ground]:
        yield against(
            "X03", "已造成危害后果的，不适用免罚。",
            "Harm was done: the act cannot go unpunished on this ground.", "APL33",
            "harm" if claim.field else None,
        )  # fmt: skip
    promise = exempting.last_commitment(act.session, act.case.id)
    if promise is not None and promise.kept is False:
        yield against(
            "X04", "当事人未履行改正承诺，本案不再适用免罚。",
            "The party broke its promise: this case is not spared any more.", "APL33", claim.field,
        )  # fmt: skip


def _item(act: Act, claim: Claim) -> ExemptionItem | None:
    if claim.matter is None:
        return None
    return exempting.list_item(act.session, act.case, claim.matter, claim.ground)


def _not_first(act: Act, claim: Claim) -> Iterator[Violation]:
    if claim.identity is None or claim.matter is None:
        yield against(
            "X02", "没有当事人的统一社会信用代码或者证件号码，无法查询首违登记簿。",
            "Without the party's number the register of first violations cannot be searched.",
            "APL33", claim.field,
        )  # fmt: skip
        return
    found = exempting.earlier_violations(
        act.session, act.law, act.case, claim.identity, claim.matter
    )
    if found:
        since, last = exempting.look_back_to(act.law, act.case), found[-1]
        yield against(
            "X02",
            f"当事人自{worded(since)}以来已有违法记录（{worded(last.violated_on)}，{last.number}），"
            "不是初次违法。",
            f"The party violated before since {since} ({last.violated_on}, {last.number}): "
            "this is not the first time.",
            "APL33", claim.field,
        )  # fmt: skip


def proposal_rests_on_check(act: Act, c: ProposeNotFiling) -> Iterator[Violation]:
    """X05: an exemption before filing was checked, and the promise that the list wants was kept."""
    if c.ground in GROUNDS:
        yield from _before_filing(act, c.ground, "ground")


def approval_rests_on_check(act: Act, c: ApproveFiling) -> Iterator[Violation]:
    """The same once more when the leader spares the party."""
    proposal = act.record.filing
    if c.outcome == "not_file" and proposal is not None and proposal.ground in GROUNDS:
        yield from _before_filing(act, str(proposal.ground), None)


def _before_filing(act: Act, ground: str, field: str | None) -> Iterator[Violation]:
    check = exempting.last_check(act.session, act.case.id)
    if check is None or check.ground != ground:
        yield against(
            "X05", "免罚应当先在线索核查中作出免罚核查（清单、首违、危害后果）。",
            "An exemption follows the check of the lead: list, first time, harm.", "APL33", field,
        )  # fmt: skip
        return
    yield from against_claim(act, _claim(act, ground, check.harm, field))
    item = act.session.get(ExemptionItem, check.item_id)
    promise = exempting.last_commitment(act.session, act.case.id)
    if item is not None and item.commitment and (promise is None or promise.kept is None):
        yield against(
            "X05", "清单要求当事人作出改正承诺并经复查，现在还没有复查结果。",
            "The list wants a promise and its re-check; there is no result yet.", "APL33", field,
        )  # fmt: skip


def _claim(act: Act, ground: str, harm: str | None, field: str | None) -> Claim:
    matter = act.record.matter
    return Claim(
        ground, exempting.identity_of(act.case.party), matter.key if matter else None, harm, field
    )


def spared_by_report(act: Act, c: SubmitFinalReport) -> Iterator[Violation]:
    """X01 to X04 for an exemption after filing (D45)."""
    if c.proposal == "no_penalty" and c.no_penalty_ground in GROUNDS:
        matter = c.matter or (act.record.matter.key if act.record.matter else None)
        claim = Claim(
            str(c.no_penalty_ground), exempting.identity_of(act.case.party), matter, _harm(act),
            "no_penalty_ground",
        )  # fmt: skip
        yield from against_claim(act, claim)


def spared_by_decision(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """The same when it is decided."""
    report = act.record.report
    ground = c.no_penalty_ground or (report.no_penalty_ground if report else None)
    if c.outcome == "issue" and c.decision == "no_penalty" and ground in GROUNDS:
        yield from against_claim(act, _claim(act, str(ground), _harm(act), "no_penalty_ground"))


def _harm(act: Act) -> str | None:
    """Harm as it stands in the record: filed as harmful to life or finance, else as checked."""
    if act.case.harm_life_finance:
        return "harm"
    check = exempting.last_check(act.session, act.case.id)
    return check.harm if check is not None else None


def commitment_is_complete(act: Act, c: SignCommitment) -> Iterator[Violation]:
    """X05: what was done, what is promised, by when, signed by whom; the moment lies ahead."""
    wanted = {
        "facts": Text("违法事实", "the facts"),
        "promise": Text("承诺内容", "the promise"),
        "signed_by": Text("承诺人", "who promised"),
    }
    yield from needed(c, wanted, "APL33")
    if c.promised_by <= c.signed_at:
        yield against(
            "V05",
            f"承诺期限（{moment(c.promised_by)}）应当晚于签署时间（{moment(c.signed_at)}）。",
            f"The promise ends ({c.promised_by}) after it was signed ({c.signed_at}).",
            "APL33", "promised_by",
        )  # fmt: skip


def recheck_answers_promise(act: Act, c: RecheckCommitment) -> Iterator[Violation]:
    """X04: nobody breaks a promise before its time is over; who is spared is educated."""
    yield from needed(c, {"findings": Text("复查情况", "the findings")}, "APL33")
    promise = exempting.last_commitment(act.session, act.case.id)
    if promise is None or promise.kept is not None:
        yield against("X05", "没有等待复查的改正承诺。", "No promise awaits its re-check.", "APL33")
        return
    if c.rechecked_at < promise.signed_at:
        yield against(
            "V05", "复查时间早于签署承诺书的时间，请核对。",
            "The re-check is before the promise.", "ORDER", "rechecked_at",
        )  # fmt: skip
    if not c.kept and c.rechecked_at < promise.promised_by:
        yield against(
            "X04", f"承诺期限（{moment(promise.promised_by)}）未满，不能认定违反承诺。",
            f"The promise runs until {promise.promised_by}: it is not broken yet.",
            "APL33", "rechecked_at",
        )  # fmt: skip
    if c.kept and not (c.education or promise.education):
        yield from needed(c, {"education": Text("教育情况", "the education given")}, "APL33")
