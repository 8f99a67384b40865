"""Corrections of wrongly recorded facts (更正): proposed by a handler, decided by a leader."""

from dataclasses import dataclass

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class ProposeCorrection(CaseCommand):
    """Propose to correct one fact that the record has wrong (申请更正)."""

    fact: str
    value: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CorrectFacts(TaskCommand):
    """Correct the fact as proposed, or refuse (审批更正). Nothing is edited silently."""

    outcome: str
    opinion: str = ""
