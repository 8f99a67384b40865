"""Service by announcement (公告送达): published, then over after thirty days or picked up before.

The document is served only at the end: on the last day of the announcement, or on the day on
which the party picked it up or signed for it. Until then nothing runs from it, and before the
decision the time to handle the case stands still (CPL 95, MSA 64, 82).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from models.clock import StatutoryClock
from models.document import Document
from models.duration import law_day
from models.errors import Text
from models.identifiers import receipt_number
from models.service import Announcement, AnnouncementState, Method, ProofOfService
from models.types import DocumentState
from workflows import served, serving
from workflows.act import Act, Issue, Outcome, told
from workflows.clocks import Moved
from workflows.commands.lead import ServiceFields
from workflows.documents.wording import day as worded
from workflows.restarting import restart
from workflows.rows import add_items, proof_names

CLOCK, REASON = "CLK_ANNOUNCE_SERVICE", "announcement"
LAST_MOMENT = timedelta(seconds=1)
"""A period is due at midnight after its last day; what counts as done on that day came before."""


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement with its paper (D49), and the day on which it will be over."""

    row: Announcement
    paper: Issue
    until: str


def announce(
    act: Act, c: ServiceFields, second_handler: str, paper: serving.Paper, *, credit: bool = False
) -> Announced:
    """Publish the announcement: its thirty days begin, and CLK_CASE waits for their end."""
    clock = act.clocks.start(CLOCK, c.served_at)
    row = Announcement(
        **act.stamp(),
        document_kind=paper.kind,
        document_number=paper.number or "",
        number=act.numbers.take("公送"),
        ground=c.announcement_ground,
        reason=c.announcement_reason,
        channels=list(c.announcement_channels),
        place=c.announcement_place,
        published_at=c.served_at,
        ends_on=clock.outer_day,
        proof=proof_names(c.proof),
        credit_notice_served=credit,
        state=AnnouncementState.RUNNING,
        officer_id=act.actor.person_id,
        second_officer_id=act.person(second_handler).id,
    )
    act.session.add(row)
    add_items(act, c.proof, f"service:{paper.kind}", second_handler)
    act.clocks.pause_all(REASON, c.served_at)
    return Announced(row, Issue(serving.NOTICE_OF_IT, row.number, row), worded(clock.outer_day))


def outcome_of(found: Announced, title: Text, **routing: str) -> Outcome:
    """What the handler of a service says when the document was announced instead."""
    return Outcome(
        events=[
            told(
                "case:service:announced",
                f"公告送达{title.zh}，{found.until}期满，期满当日视为送达。",
                f"{title.en} announced; it counts as served on {found.until}.",
                number=found.row.number,
            )
        ],
        routing={**routing},
        documents=[found.paper],
    )


def announcement_over(act: Act, clock: StatutoryClock) -> Outcome:
    """The thirty days are over: the document counts as served on their last day."""
    row = serving.announced(act.record)
    if row is None:
        return Outcome()
    at = clock.due_at - LAST_MOMENT
    row.state, row.concluded_at = AnnouncementState.OVER, at
    _, receipt = _proof(act, row, at, method=Method.ANNOUNCEMENT)
    return _conclude(
        act, row, at, receipt,
        f"公告期满（{worded(at)}），视为送达。", f"Announcement over: served on {law_day(at)}.",
    )  # fmt: skip


def picked_up(act: Act, row: Announcement, at: datetime, second: str, **receiver: Any) -> Outcome:
    """The party has it in hand before the announcement is over: that day counts."""
    row.state, row.concluded_at = AnnouncementState.PICKED_UP, at
    act.clocks.meet(CLOCK, at)
    officers = {
        "officer_id": act.actor.person_id,
        "second_officer_id": act.person(second).id,
    }
    _, receipt = _proof(act, row, at, method=Method.DIRECT, **officers, **receiver)
    act.fired = CLOCK
    return _conclude(
        act, row, at, receipt,
        f"公告期间当事人于{worded(at)}领取，当日为送达日期。",
        f"Picked up during the announcement: served on {law_day(at)}.",
    )  # fmt: skip


def _conclude(
    act: Act, row: Announcement, at: datetime, receipt: Issue, zh: str, en: str
) -> Outcome:
    """The clocks that stood still go on, and those that hang on the service start."""
    act.clocks.resume_all(REASON, at)
    act.session.flush()
    act.record.__dict__.pop("services", None)
    served.EFFECTS[row.document_kind].take(act, at)
    title = serving.Paper(row.document_kind).title
    return Outcome(
        events=[told("case:service:concluded", f"{title.zh}：{zh}", f"{title.en}: {en}")],
        documents=[receipt],
    )


def _proof(
    act: Act, row: Announcement, at: datetime, *, method: Method, **more: Any
) -> tuple[ProofOfService, Issue]:
    earlier = [s for s in act.record.services if s.document_number == row.document_number]
    values = {
        "officer_id": row.officer_id,
        "second_officer_id": row.second_officer_id,
        "service_place": None,
        **more,
    }
    proof = ProofOfService(
        **act.stamp(),
        document_kind=row.document_kind,
        document_number=row.document_number,
        receipt_number=receipt_number(row.document_number, len(earlier) + 1),
        service_method=method,
        served_at=at,
        announcement_place=row.place,
        announcement_reason=row.reason,
        announcement_id=row.id,
        credit_notice_served=row.credit_notice_served,
        proof=list(row.proof),
        **values,
    )
    act.session.add(proof)
    return proof, Issue(serving.RECEIPT, proof.receipt_number, proof)


def redate(act: Act, row: ProofOfService, at: datetime, why: Text) -> list[Moved]:
    """The document was served on another day than the record says: every clock that hangs on it
    is counted from there, with a line that says why."""
    row.served_at = at
    notice = act.record.notice
    if notice is not None and row.document_number == notice.number:
        notice.served_at = at
    codes = served.EFFECTS[row.document_kind].clocks
    found = [restart(act.clocks, code, at, why) for code in codes]
    return [moved for moved in found if moved is not None]


def receipt_anew(act: Act, row: ProofOfService) -> Issue:
    """The receipt with the right date; the one with the wrong date stays, marked."""
    old = act.session.scalars(
        select(Document).where(
            Document.case_id == act.case.id,
            Document.kind == serving.RECEIPT,
            Document.number == row.receipt_number,
            Document.state == DocumentState.ISSUED,
        )
    ).all()
    issue = Issue(serving.RECEIPT, row.receipt_number, row, key=act.stamp()["id"])
    for document in old:
        document.state, document.corrected_by_id = DocumentState.SUPERSEDED, issue.key
    return issue


def moved_words(moved: Sequence[Moved]) -> Text:
    """Which clocks moved, from which day to which."""
    zh = [f"{m.row.code}由{m.outer_before}改为{m.row.outer_day}" for m in moved]
    en = [f"{m.row.code} from {m.outer_before} to {m.row.outer_day}" for m in moved]
    return Text("；".join(zh), "; ".join(en))
