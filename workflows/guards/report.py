"""The final report and its proposal: range, hearing scope, age, what each proposal needs."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from models.errors import Text, Violation
from models.matter import Matter
from workflows.act import Act
from workflows.commands.decision import IssueDecision
from workflows.commands.investigation import SubmitFinalReport
from workflows.commands.quick import RecordQuickly
from workflows.commands.spot import PunishOnTheSpot
from workflows.guards.law import against, empty, needed
from workflows.guards.lead import TRANSFER
from workflows.guards.matter import (
    applied_matter,
    basis_in_force,
    correction_has_failed,
    lighter_law_is_applied,
    subject_holds_matter,
)
from workflows.reference.matters import Fine, FineUnit

Proposal = SubmitFinalReport | RecordQuickly
Penalty = Proposal | IssueDecision | PunishOnTheSpot
CONFISCATING = ("confiscate_gains", "confiscate_goods")
LICENCE_KINDS = ("suspend_licence", "revoke_licence")
FINE = Text("罚款数额", "the amount of the fine")
REASON = Text("裁量理由", "the reasons of the discretion")
NEEDS: Mapping[str, Mapping[str, Text]] = {
    "penalty": {
        "penalty_kinds": Text("处罚种类", "the kinds of penalty"),
        "discretion_level": Text("裁量等次", "the level of discretion"),
        "discretion_reason": REASON,
    },
    "no_penalty": {"no_penalty_ground": Text("不予处罚的理由", "the ground for no penalty")},
    "withdraw": {
        "withdrawal_ground": Text("撤销立案的理由", "the ground of the withdrawal"),
        "withdrawal_reason": Text("撤销立案说明", "the reason of the withdrawal"),
    },
    "transfer": TRANSFER,
}


def report_is_complete(act: Act, c: SubmitFinalReport) -> Iterator[Violation]:
    """MSA 48: facts and nature always; then what the proposal calls for."""
    if act.case.filed_at is None:
        yield against("V05", "案件还没有立案。", "The case has not been filed.", "APL54")
    wanted = {
        "facts": Text("查明的事实", "the facts"),
        "nature": Text("案件性质", "the nature of the case"),
        **NEEDS.get(c.proposal, {}),
    }
    yield from needed(c, wanted, "MSA48")
    if c.complex_or_major:
        title = Text("情节复杂或者重大的说明", "why it is complex or major")
        yield from needed(c, {"complexity_reason": title}, "APL57")
    taught = c.proposal != "no_penalty" or c.no_penalty_ground in (None, "unproven")
    if not taught and empty(c.education):
        yield against(
            "R01", "对不予处罚的当事人应当进行教育，请填写教育情况。",
            "The party that is not punished is to be educated: say how.", "APL33", "education",
        )  # fmt: skip


def proposed_penalty_is_lawful(act: Act, c: Proposal) -> Iterator[Violation]:
    """V11, V18-V20 and what belongs to each kind, for a proposed penalty."""
    if c.proposal == "penalty":
        yield from basis_in_force(act, c)
        yield from subject_holds_matter(act, c)
        yield from correction_has_failed(act, c)
        yield from lighter_law_is_applied(act, c)
        yield from penalty_fits_matter(act, c, c.rate_base)


def penalty_fits_matter(act: Act, c: Penalty, rate_base: Decimal | None) -> Iterator[Violation]:
    """V11: kinds that the basis knows, each with its amount; a fine within the range."""
    matter = applied_matter(act, c)
    yield from _kinds(c, matter)
    yield from _amounts(c)
    if c.discretion_level == "none":
        yield against(
            "V11", "裁量等次为“不予处罚”，与给予处罚不一致。",
            "The level “no penalty” contradicts a penalty.", "APL33", "discretion_level",
        )  # fmt: skip
    if c.discretion_level == "mitigated" and empty(c.mitigation_ground):
        yield against(
            "V11", "减轻处罚应当写明法定情形。", "A mitigated penalty states its legal ground.",
            "APL32", "mitigation_ground",
        )  # fmt: skip
    if matter is not None and "fine" in c.penalty_kinds and c.fine is not None:
        yield from _range(act, c, matter, rate_base)


def _kinds(c: Penalty, matter: Matter | None) -> Iterator[Violation]:
    known = (matter.content or {}).get("penalty_kinds") if matter is not None else None
    strangers = [kind for kind in c.penalty_kinds if known and kind not in known]
    if matter is not None and strangers:
        yield against(
            "V11", f"“{matter.title}”的处罚依据没有规定这种处罚：{'、'.join(strangers)}。",
            f"The basis of “{matter.title_en}” does not provide: {', '.join(strangers)}.",
            "APL5", "penalty_kinds",
        )  # fmt: skip


def _amounts(c: Penalty) -> Iterator[Violation]:
    if "fine" in c.penalty_kinds and not (c.fine is not None and c.fine > 0):
        yield against("V11", "请填写罚款数额。", "Give the amount of the fine.", "APL59", "fine")
    if "fine" not in c.penalty_kinds and c.fine:
        yield against(
            "V11", "填了罚款数额，但处罚种类没有选罚款。",
            "There is an amount, but no fine among the kinds.", "APL59", "penalty_kinds",
        )  # fmt: skip
    if any(kind in c.penalty_kinds for kind in CONFISCATING) and c.confiscated_amount is None:
        title = Text("没收金额", "the amount confiscated")
        yield from needed(c, {"confiscated_amount": title}, "APL28")
    if any(kind in c.penalty_kinds for kind in LICENCE_KINDS):
        title = Text("证照名称及编号", "the licence and its number")
        yield from needed(c, {"licence": title}, "APL59")


def _range(act: Act, c: Penalty, matter: Matter, rate_base: Decimal | None) -> Iterator[Violation]:
    fine = c.fine or Decimal(0)
    range_ = _fine(matter)
    if range_ is not None and range_.unit is FineUnit.SHARE and rate_base is None:
        yield against(
            "V11", "这个事项按比例处罚，请填写计罚基数（如工程造价）。",
            "The fine is a share: give its base, such as the construction cost.",
            "APL5", "rate_base",
        )  # fmt: skip
        return
    lowest, highest = fine_range(act, matter, rate_base)
    if highest is not None and fine > highest:
        yield against(
            "V11", f"罚款{fine}元超过法定幅度上限{highest}元。",
            f"The fine of {fine} yuan is above the statutory maximum of {highest} yuan.",
            "APL5", "fine",
        )  # fmt: skip
    mitigated = c.discretion_level == "mitigated" and not empty(c.mitigation_ground)
    if lowest is not None and fine < lowest and not mitigated:
        yield against(
            "V11", f"罚款{fine}元低于法定幅度下限{lowest}元；减轻处罚须选“减轻”并写明法定情形。",
            f"The fine of {fine} yuan is below the statutory minimum of {lowest} yuan: "
            "only a mitigated penalty with its legal ground may be.",
            "APL32", "fine",
        )  # fmt: skip


def fine_range(
    act: Act, matter: Matter, rate_base: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """Lowest and highest fine in yuan for the case's party; None where the basis sets none."""
    fine = _fine(matter)
    if fine is None:
        return matter.fine_min, matter.fine_max
    party_type = act.case.party.party_type if act.case.party else "natural_person"
    bounds = fine.bounds(party_type, rate_base)
    return (bounds.lowest, bounds.highest) if bounds else (None, None)


def _fine(matter: Matter) -> Fine | None:
    """The range by parties, where the matter's list gives one."""
    kept = matter.content.get("fine") or {}
    return Fine.of(kept) if kept.get("ranges") else None
