"""How far the service of each document is: what the case page shows to those who serve."""

from dataclasses import dataclass
from datetime import date

from models.errors import Text
from models.service import (
    Announcement,
    AnnouncementState,
    ProofOfService,
    ServiceAttempt,
    ServiceConfirmation,
)
from workflows import serving
from workflows.act import Act
from workflows.queries.casefile import CaseFile
from workflows.serving import SERVES, Local, Paper


@dataclass(frozen=True, slots=True)
class Way:
    """One of the seven ways, and what it still needs (None: it is open)."""

    method: str
    needs: Text | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One document: served, announced until a day, or waiting after so many attempts."""

    paper: Paper
    attempts: tuple[ServiceAttempt, ...] = ()
    ways: tuple[Way, ...] = ()
    announced: Announcement | None = None
    served: ProofOfService | None = None
    announced_until: date | None = None


def something_to_serve(file: CaseFile) -> bool:
    """Whether a document waits for service."""
    return any(task.command in SERVES for task in file.open_tasks())


def something_announced(file: CaseFile) -> bool:
    """Whether a document was announced that nobody has picked up."""
    row = file.last(Announcement)
    return row is not None and row.state != AnnouncementState.PICKED_UP


def standing(act: Act, file: CaseFile) -> list[Standing]:
    """What waits first, then what is announced, then what was served, latest first."""
    waits = [_waiting(act, paper) for paper in serving.waiting(act.record)]
    running = [row for row in file.all(Announcement) if row.state == AnnouncementState.RUNNING]
    announced = [
        Standing(
            Paper(row.document_kind, row.document_number),
            attempts=_tried(file, row.document_kind, row.document_number),
            announced=row,
            announced_until=row.ends_on,
        )
        for row in running
    ]
    served = [
        Standing(
            Paper(row.document_kind, row.document_number),
            attempts=_tried(file, row.document_kind, row.document_number),
            served=row,
        )
        for row in reversed(file.all(ProofOfService))
    ]
    return [*waits, *announced, *served]


def confirmed(file: CaseFile) -> ServiceConfirmation | None:
    """The confirmation that counts: the last one."""
    return file.last(ServiceConfirmation)


def _waiting(act: Act, paper: Paper) -> Standing:
    decision = paper.kind in ("D43", "D45")
    local = Local(
        ways_before_announcement=int(act.parameter("service.ways_before_announcement")),
        electronic=not decision or bool(act.parameter("e_service.decisions_allowed")),
    )
    ways = serving.open_ways(act.record, paper, local)
    return Standing(
        paper,
        attempts=tuple(serving.attempts(act.record, paper)),
        ways=tuple(Way(method, needs) for method, needs in ways.items()),
    )


def _tried(file: CaseFile, kind: str, number: str) -> tuple[ServiceAttempt, ...]:
    """Attempts with a document that is served or announced by now; one whose number was only
    taken with the service kept none."""
    rows = file.all(ServiceAttempt)
    return tuple(r for r in rows if r.document_kind == kind and r.document_number == number)
