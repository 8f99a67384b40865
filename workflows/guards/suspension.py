"""Z01-Z03: when an investigation may stand still, go on, or end for good (MSA 46, 47)."""

from collections.abc import Iterator

from models.errors import Text, Violation
from models.types import Flag
from workflows.act import Act
from workflows.commands.suspension import (
    ApproveResumption,
    ApproveTermination,
    RequestResumption,
    RequestSuspension,
    RequestTermination,
)
from workflows.guards.law import against, needed

GONE = {"person_died": True, "entity_ended": False}
"""Ground of a termination → whether it is about a natural person."""


def suspension_is_reasoned(act: Act, c: RequestSuspension) -> Iterator[Violation]:
    """Z01: a filed case that does not stand still already, with what it waits for."""
    yield from needed(c, {"reason": Text("中止的事实和理由", "facts and reasons")}, "MSA46")
    if act.case.filed_at is None or act.case.decided_at is not None:
        yield against(
            "Z01", "只有立案后、作出决定前的案件可以中止调查。",
            "Only a case that is filed and not decided can stand still.", "MSA46",
        )  # fmt: skip
    if Flag.SUSPENDED in act.case.flags:
        yield against("Z01", "案件已经中止。", "The case stands still already.", "MSA46")


def case_stands_still(act: Act, c: RequestResumption | ApproveResumption) -> Iterator[Violation]:
    """Z02: only what was suspended goes on."""
    if Flag.SUSPENDED not in act.case.flags:
        yield against(
            "Z02", "案件没有中止，不需要恢复。", "The case does not stand still.", "MSA46"
        )


def resumption_is_reasoned(act: Act, c: RequestResumption) -> Iterator[Violation]:
    """Z02: what has become of the ground."""
    yield from needed(c, {"reason": Text("恢复的理由", "the reason")}, "MSA46")


def nobody_is_left(act: Act, c: RequestTermination) -> Iterator[Violation]:
    """Z03: the party is gone without a successor, before any decision; measures are released."""
    yield from needed(c, {"facts": Text("终止的事实和证据", "facts and evidence")}, "MSA47")
    if act.case.decided_at is not None:
        yield against(
            "Z03", "已经作出决定，不能终止调查。", "A decision has been made.", "MSA47"
        )  # fmt: skip
    party, natural = act.case.party, GONE.get(c.ground)
    if party is not None and natural is not None and _person(party.party_type) != natural:
        yield against(
            "Z03", "终止的情形与当事人类型不符。", "The ground does not fit the kind of party.",
            "MSA47", "ground",
        )  # fmt: skip
    if not c.measures_released:
        yield against(
            "Z03", "终止调查前应当解除强制措施、处理涉案物品。",
            "Measures are released first.", "MSA47", "measures_released",
        )  # fmt: skip


def nothing_was_decided(act: Act, c: ApproveTermination) -> Iterator[Violation]:
    """Z03 once more for the leader: the record may have changed meanwhile."""
    if c.outcome == "approve" and act.case.decided_at is not None:
        yield against(
            "Z03", "已经作出决定，不能终止调查。", "A decision has been made.", "MSA47"
        )  # fmt: skip


def _person(party_type: str) -> bool:
    """Whether the party ends with a person's death: citizens and individual businesses."""
    return party_type in ("natural_person", "individual_business")
