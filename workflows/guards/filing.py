"""Filing (立案): the four conditions, the limitation, the order of dates (APL 36, 54; MSA 19)."""

from collections.abc import Iterator
from datetime import date

from models.calendar import add_months
from models.duration import law_day
from models.errors import Text, Violation
from workflows.act import Act
from workflows.commands.filing import (
    ApproveFiling,
    DecideRecusal,
    ProposeFiling,
    ProposeNotFiling,
    ReviewFiling,
)
from workflows.documents.wording import day as worded
from workflows.guards.dates import CLUE, in_order
from workflows.guards.law import against, empty, needed
from workflows.guards.lead import TRANSFER

CONDITIONS = {
    "initial_evidence": Text("有初步证据", "initial evidence"),
    "punishable": Text("依法应当给予处罚", "punishable by law"),
    "own_jurisdiction": Text("属于本机关管辖", "own jurisdiction"),
    "within_limitation": Text("在追责时效内", "within limitation"),
}
EDUCATING = ("minor", "first", "no_fault")
"""Grounds on which the party is to be educated instead (APL 33)."""


def four_conditions_met(act: Act, c: ProposeFiling) -> Iterator[Violation]:
    """MSA 19: a case is filed when all four conditions hold."""
    for key, title in CONDITIONS.items():
        if key not in c.filing_conditions:
            yield against(
                "F01",
                f"立案条件不齐：{title.zh}。",
                f"A condition of filing is missing: {title.en}.",
                "MSA19",
                "filing_conditions",
            )


def filing_is_complete(act: Act, c: ProposeFiling) -> Iterator[Violation]:
    """A proposal to file tells facts and place."""
    wanted = {
        "facts": Text("初步查明的事实", "the facts found so far"),
        "act_place": Text("违法行为发生地", "the place of the act"),
        "matter": Text("违法事项", "the matter"),
    }
    yield from needed(c, wanted, "MSA19")


def act_dates_fit(act: Act, c: ProposeFiling) -> Iterator[Violation]:
    """The act ended after it began; an act that goes on has no end."""
    if c.act_ended_at is not None and c.act_ended_at < c.act_started_at:
        yield against(
            "V05", "违法行为终了时间早于开始时间，请核对。", "The act ended before it began.",
            "ORDER", "act_ended_at",
        )  # fmt: skip
    if c.act_ended_at is not None and c.continuing:
        yield against(
            "V06", "连续或者继续状态的违法行为不填终了时间；已经终了的，不勾选“连续或继续状态”。",
            "A continuing act has no end: drop the end, or the mark.", "APL36", "continuing",
        )  # fmt: skip


def act_within_limitation(act: Act, c: ProposeFiling) -> Iterator[Violation]:
    """V06: found within two years of the act's end, five where life or finance was harmed."""
    if not (c.continuing and c.act_ended_at is None):
        end = law_day(c.act_ended_at or c.act_started_at)
        yield from _limitation(act, end, c.harm_life_finance, "act_ended_at")


def case_within_limitation(act: Act, c: ApproveFiling) -> Iterator[Violation]:
    """V06 once more when the leader files."""
    end = act.case.act_end or act.case.act_start
    if c.outcome == "file" and end is not None and not act.case.continuing:
        yield from _limitation(act, end, act.case.harm_life_finance, None)


def _limitation(act: Act, end: date, serious: bool, field: str | None) -> Iterator[Violation]:
    key = "clk_limitation.serious_months" if serious else "clk_limitation.months"
    last = add_months(end, int(act.parameter(key)))
    if law_day(act.case.clue_at) > last:
        yield against(
            "V06",
            f"违法行为{worded(end)}终了，追责时效至{worded(last)}，发现时已超过，应当不予立案。",
            f"The act ended on {end}; limitation ran until {last}, before it was "
            "found: do not file.",
            "APL36",
            field,
        )


def refusal_is_reasoned(act: Act, c: ProposeNotFiling) -> Iterator[Violation]:
    """A proposal not to file gives its ground; the spared party is educated (APL 33)."""
    yield from needed(c, {"ground": Text("不予立案的理由", "the ground")}, "MSA20")
    yield from needed(c, {"reason": Text("说明", "the reason")}, "MSA20")
    if c.ground in EDUCATING and empty(c.education):
        yield against(
            "R01", "对不予处罚的当事人应当进行教育，请填写教育情况。",
            "The party that is not punished is to be educated: say how.", "APL33", "education",
        )  # fmt: skip


def something_is_proposed(act: Act, c: ReviewFiling | ApproveFiling) -> Iterator[Violation]:
    """Nothing is reviewed or approved before it was proposed."""
    if c.outcome != "return" and act.record.filing is None:
        yield against("F02", "还没有立案建议。", "There is no proposal to file yet.", "MSA19")


def filing_was_proposed(act: Act, c: ApproveFiling) -> Iterator[Violation]:
    """A case is filed on a proposal to file, with its party and its matter."""
    proposal = act.record.filing
    if c.outcome != "file" or proposal is None:
        return
    if not proposal.file:
        yield against(
            "F02", "办案人员建议不予立案；要立案的，请退回重新核查并提出立案。",
            "The handlers proposed not to file: return the file for a proposal to file.",
            "MSA19", "outcome",
        )  # fmt: skip
    if act.case.party is None:
        yield against("V04", "还没有登记当事人，请退回。", "No party is on record.", "MSA19")
    if act.record.matter is None:
        yield against("V19", "还没有确定违法事项，请退回。", "No matter is on record.", "MSA19")
    yield from _dates(act)


def _dates(act: Act) -> Iterator[Violation]:
    """V05: lead, check and filing one after the other."""
    yield from in_order(act.case.clue_at, CLUE, act.now, Text("立案时间", "The filing"))
    checked = act.record.verification
    if checked is not None:
        yield from in_order(
            checked.verified_at, Text("核查时间", "the check"),
            act.now, Text("立案时间", "The filing"),
        )  # fmt: skip


def refusal_matches_ground(act: Act, c: ApproveFiling) -> Iterator[Violation]:
    """MSA 20: a refusal to file rests on a ground that somebody put on record."""
    proposal = act.record.filing
    if c.outcome == "not_file" and proposal is not None and proposal.file and empty(c.opinion):
        yield against(
            "F02", "办案人员建议立案；不予立案的，请在意见中写明理由。",
            "The handlers proposed to file: say in your opinion why you do not.",
            "MSA20", "opinion",
        )  # fmt: skip


def transfer_is_named(act: Act, c: ApproveFiling) -> Iterator[Violation]:
    """A transfer says what kind, to whom and why (MSA 14)."""
    if c.outcome == "transfer":
        yield from needed(c, TRANSFER, "MSA14")


def recusal_is_reasoned(act: Act, c: DecideRecusal) -> Iterator[Violation]:
    """A recusal states its reason (APL 43)."""
    yield from needed(c, {"reason": Text("回避理由", "the reason of the recusal")}, "APL43")
