"""What follows from a remedy or a revision of one's own (后续事项), and the revision itself."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflows.commands.base import CaseCommand, TaskCommand
from workflows.commands.lead import ServiceFields
from workflows.commands.leaders import LeadersCommand


@dataclass(frozen=True, kw_only=True)
class OpenFollowUp(CaseCommand):
    """The legal office finds that more has to be done after an outcome (补充后续事项)."""

    kinds: list[str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecordFollowUp(TaskCommand):
    """One consequence is done: credit data corrected, goods returned, ruling performed."""

    done_on: date
    result: str


@dataclass(frozen=True, kw_only=True)
class DecideAnew(TaskCommand):
    """Whether the agency acts anew, and on which facts (重新作出行政行为, ARL 64, ALL 71)."""

    again: str
    reason: str
    same_facts: bool = False


@dataclass(frozen=True, kw_only=True)
class RecordLesson(TaskCommand):
    """What is learned from the case (案件复盘)."""

    title: str
    failure: str
    lesson: str
    measures: str
    keywords: str | None = None


@dataclass(frozen=True, kw_only=True)
class FinishRemedy(TaskCommand):
    """Everything that follows is done (办结); where the agency acts anew, in which case."""

    summary: str
    new_case_no: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProposeOwnRevision(CaseCommand):
    """Propose that the agency revise its own decision (自行撤销、变更、确认违法、补正, APL 75)."""

    act: str
    ground: str
    reason: str
    new_fine: Decimal | None = None
    wrong_words: str | None = None
    right_words: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewOwnRevision(TaskCommand):
    """The legal office supports the revision, or returns it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class DecideOwnRevision(TaskCommand):
    """The leader revises the decision, or refuses to."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class DiscussOwnRevision(LeadersCommand):
    """What was decided together is revised together (集体讨论)."""


@dataclass(frozen=True, kw_only=True)
class ServeOwnRevision(ServiceFields, TaskCommand):
    """Serve the revision on the party."""

    second_handler: str
