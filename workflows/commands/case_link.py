"""Links between cases (关联案件), evidence recognised between them, duplicates merged."""

from dataclasses import dataclass, field

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class LinkCase(CaseCommand):
    """Link this case to another by its number (联合执法、综合查一次、同一行为)."""

    number: str
    relation: str
    reason: str
    same_act: bool = False
    action: str = ""
    offered: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class UnlinkCase(CaseCommand):
    """Take a link away, with the reason; that it was there stays on record."""

    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecogniseEvidence(CaseCommand):
    """Use evidence that a linked case offers as it is: same origin, same digest (证据互认)."""

    items: list[str]
    fact_proved: str


@dataclass(frozen=True, kw_only=True)
class MergeLead(CaseCommand):
    """The lead is about what another case already handles: propose to merge (并案)."""

    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReviewMerge(TaskCommand):
    """The unit head merges the lead into the other case, or returns the proposal."""

    outcome: str
    opinion: str = ""
