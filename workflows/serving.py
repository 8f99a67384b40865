"""What waits for service, what was tried, and which ways the law opens (送达, CPL 87-95, MSA 82).

Guards ask it before a service, the case page shows it before anybody tries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.errors import Text
from models.measure import Measure
from models.service import (
    Announcement,
    AnnouncementState,
    AttemptResult,
    Method,
    ServiceAttempt,
    ServiceConfirmation,
)
from models.task import Task
from models.types import TaskState
from workflows.documents.catalogue import KINDS
from workflows.documents.wording import day
from workflows.record import Record

RECEIPT, NOTICE_OF_IT = "D47", "D49"
"""Proof of service, and the announcement: papers about the service of another one."""
UNTRACEABLE, WAYS_FAILED = "untraceable", "ways_failed"
"""The two grounds of an announcement (CPL 95): nobody can be found; the other ways failed."""
WAYS: Mapping[str, Text] = {
    Method.DIRECT: Text("直接送达", "direct service"),
    Method.LEAVING: Text("留置送达", "service by leaving"),
    Method.ENTRUSTED: Text("委托送达", "entrusted service"),
    Method.FORWARDED: Text("转交送达", "forwarded service"),
    Method.MAIL: Text("邮寄送达", "service by mail"),
    Method.ELECTRONIC: Text("电子送达", "electronic service"),
    Method.ANNOUNCEMENT: Text("公告送达", "service by announcement"),
}
RESULTS: Mapping[str, Text] = {
    AttemptResult.ABSENT: Text("没有人在", "nobody there"),
    AttemptResult.REFUSED: Text("拒绝签收", "refused"),
    AttemptResult.MOVED: Text("已搬离", "moved away"),
    AttemptResult.UNTRACEABLE: Text("下落不明", "untraceable"),
    AttemptResult.RETURNED: Text("邮件退回", "returned"),
    AttemptResult.NOT_DELIVERED: Text("没有送到", "not delivered"),
}
"""Ways and results as sentences of the timeline and the course of an announcement say them."""

SERVES: Mapping[str, str] = {
    "OrderCorrection": "D07",
    "NotifyHearing": "D39",
    "ServeAppraisalPeriod": "D21",
    "ServeAppraisalResult": "D24",
    "ServeSeizureExtension": "D20",
    "ServeNotice": "D34",
    "ServeDecision": "D43",
    "ServeOwnEnforcement": "D54",
    "ServeSubstitutePerformance": "D54b",
}
"""Command → the kind of document that it serves; notice and decision may be of another kind."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that is served on the party; without number where it takes one when served."""

    kind: str
    number: str | None = None

    @property
    def title(self) -> Text:
        """What the document is called."""
        kind = KINDS.get(self.kind)
        return Text(kind.title, kind.title_en) if kind else Text(self.kind, self.kind)


def paper_of(record: Record, command: str) -> Paper | None:
    """The document that a command would serve now."""
    kind = SERVES.get(command)
    if command == "ServeNotice":
        notice = record.notice
        return Paper(notice.document_kind, notice.number) if notice else None
    if command == "ServeDecision":
        decision = record.decision
        penalty = decision is not None and decision.decision == "penalty"
        return Paper("D43" if penalty else "D45", decision.number) if decision else None
    if command == "ServeSeizureExtension":
        row = record.last(Measure)
        return Paper("D20", row.extension_no if row else None)
    return Paper(kind) if kind else None


def waiting(record: Record) -> tuple[Paper, ...]:
    """The documents whose service is an open step of the case."""
    query = select(Task.command).where(
        Task.case_id == record.case.id, Task.state == TaskState.OPEN, Task.command.in_(SERVES)
    )
    commands = record.session.scalars(query.order_by(Task.opened_at))
    found = (paper_of(record, command) for command in commands)
    return tuple(paper for paper in found if paper is not None)


def paper_waiting(record: Record, kind: str) -> Paper | None:
    """The waiting document of a kind."""
    return next((paper for paper in waiting(record) if paper.kind == kind), None)


def attempts(record: Record, paper: Paper) -> list[ServiceAttempt]:
    """What was tried with this document since it was served last, oldest first."""
    served = [s.recorded_at for s in record.services if s.document_kind == paper.kind]
    since = max(served, default=None)
    return [
        row
        for row in record.attempts
        if row.document_kind == paper.kind
        and row.document_number == paper.number
        and (since is None or row.recorded_at > since)
    ]


def refused(rows: Iterable[ServiceAttempt]) -> bool:
    """Whether somebody refused to take it: that alone opens service by leaving (CPL 89)."""
    return any(row.result == AttemptResult.REFUSED for row in rows)


def failed_ways(rows: Iterable[ServiceAttempt]) -> frozenset[str]:
    """The different ways that were tried in vain."""
    return frozenset(row.service_method for row in rows)


def course(record: Record, paper: Paper) -> str | None:
    """How the attempts went, in the words of an announcement (原因和经过)."""
    lines = [
        f"{day(row.attempted_at)}{WAYS[row.service_method].zh}，{RESULTS[row.result].zh}"
        + (f"（{row.reason}）" if row.reason else "")
        for row in attempts(record, paper)
    ]
    return "；".join(lines) + "，未能送达。" if lines else None


def announced(record: Record) -> Announcement | None:
    """The announcement that runs now; a case has one at a time."""
    row = record.last(Announcement)
    return row if row and row.state == AnnouncementState.RUNNING else None


def electronic_address(record: Record) -> str | None:
    """Where the party has agreed, over its signature, to be served electronically (APL 61)."""
    confirmed = record.last(ServiceConfirmation)
    agreed = confirmed is not None and confirmed.electronic_agreed
    return confirmed.electronic_address if confirmed and agreed else None


@dataclass(frozen=True, slots=True)
class Local:
    """What the place lays down about service."""

    ways_before_announcement: int
    """So many different ways have to have failed before a document is announced."""
    electronic: bool
    """Whether this document may be served electronically at all."""


def open_ways(record: Record, paper: Paper, local: Local) -> dict[str, Text | None]:
    """Each of the seven ways: None where it is open, else what it still needs."""
    rows = attempts(record, paper)
    tried_directly = Method.DIRECT in failed_ways(rows)
    direct_first = Text(
        "直接送达有困难才可以采用：先登记一次直接送达未成，或者送达时写明困难",
        "Only where direct service is difficult: record a failed try, or say why",
    )
    hard = None if tried_directly else direct_first
    return {
        Method.DIRECT: None,
        Method.LEAVING: None if refused(rows) else LEAVING_NEEDS,
        Method.ENTRUSTED: hard,
        Method.FORWARDED: hard,
        Method.MAIL: hard,
        Method.ELECTRONIC: _electronic(record, local.electronic),
        Method.ANNOUNCEMENT: _announcement(rows, local.ways_before_announcement),
    }


LEAVING_NEEDS = Text(
    "没有拒收记录；没人在不是拒收。当场拒收的，送达时写明拒收人和事由",
    "No refusal on record, and absence is none; who refuses on the spot is named when serving",
)


def _electronic(record: Record, allowed: bool) -> Text | None:
    if not allowed:
        return Text("本地规定决定书不得电子送达", "Decisions may not be served electronically here")
    if electronic_address(record) is None:
        return Text("当事人没有签电子送达确认书", "The party has signed no confirmation of it")
    return None


def _announcement(rows: Sequence[ServiceAttempt], wanted: int) -> Text | None:
    missing = wanted - len(failed_ways(rows))
    if missing <= 0 or any(row.result == AttemptResult.UNTRACEABLE for row in rows):
        return None
    return Text(
        f"还差{missing}种方式未能送达的记录；下落不明的，写明查找经过",
        f"{missing} more way(s) must have failed, or the party be untraceable",
    )
