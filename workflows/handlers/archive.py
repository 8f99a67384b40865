"""Archived files: held, lent, returned, destroyed. The record and its audit trail always stay."""

import uuid

from models.archive import Disposal, FileLoan, LegalHold, LoanState
from models.closing import ArchiveVolume
from models.errors import Text
from models.types import NotificationKind
from workflows.act import Act, Outcome, told
from workflows.commands.archive import (
    CarryOutDisposal,
    DecideLoan,
    LiftLegalHold,
    PlaceLegalHold,
    ProposeDisposal,
    RequestLoan,
    ReturnLoan,
)
from workflows.keeping import hold_of, loan_of, open_disposal
from workflows.notices import tell


def place_legal_hold(act: Act, c: PlaceLegalHold) -> Outcome:
    """From now on nothing of the file may be destroyed."""
    act.session.add(
        LegalHold(
            id=uuid.uuid4(), case_id=act.case.id, reason=c.reason, placed_at=act.now,
            placed_by_id=act.actor.person_id,
        )
    )  # fmt: skip
    found = open_disposal(act.session, act.case.id)
    if found is not None:
        found.cancelled_at = act.now
    return _told("held", f"法律保留：{c.reason}", f"Legal hold: {c.reason}")


def lift_legal_hold(act: Act, c: LiftLegalHold) -> Outcome:
    """Retention counts again."""
    row = hold_of(act.session, act.case.id)
    assert row is not None
    row.lifted_at, row.lifted_by_id, row.lifted_reason = act.now, act.actor.person_id, c.reason
    return _told("hold_lifted", f"解除法律保留：{c.reason}", f"Legal hold lifted: {c.reason}")


def request_loan(act: Act, c: RequestLoan) -> Outcome:
    """The archivist decides."""
    row = FileLoan(
        id=uuid.uuid4(), case_id=act.case.id, borrower_id=act.actor.person_id, paper=c.paper,
        reason=c.reason, asked_until=c.until, state=LoanState.REQUESTED, requested_at=act.now,
    )  # fmt: skip
    act.session.add(row)
    kind = Text("纸质借阅", "the paper file") if c.paper else Text("电子查阅", "to read")
    return _told("loan_requested", f"申请{kind.zh}：{c.reason}", f"Asked for {kind.en}: {c.reason}",
                 loan=str(row.id))  # fmt: skip


def decide_loan(act: Act, c: DecideLoan) -> Outcome:
    """Lent until a day, or refused with a reason; the borrower is told."""
    row = loan_of(act.session, act.case.id, c.loan)
    assert row is not None
    row.decided_at, row.decided_by_id = act.now, act.actor.person_id
    if c.outcome == "refuse":
        row.state, row.refusal = LoanState.REFUSED, c.opinion
        text = Text(f"不同意借阅：{c.opinion}", f"The loan was refused: {c.opinion}")
    else:
        row.state, row.until = LoanState.LENT, c.until or row.asked_until
        text = Text(f"同意借阅至{row.until.isoformat()}。", f"Lent until {row.until.isoformat()}.")
    tell(
        act.session, act.now, person_id=row.borrower_id, case_id=act.case.id,
        kind=NotificationKind.TASK_ASSIGNED, text=text, link="/archives/loans",
        dedup=f"loan:{row.id}:{row.state}",
    )  # fmt: skip
    return _told("loan_decided", text.zh, text.en)


def return_loan(act: Act, c: ReturnLoan) -> Outcome:
    """Back in its place."""
    row = loan_of(act.session, act.case.id, c.loan)
    assert row is not None
    row.state, row.returned_at, row.return_note = LoanState.RETURNED, act.now, c.note or None
    return _told("loan_returned", "案卷已归还。", "The file was returned.")


def propose_disposal(act: Act, c: ProposeDisposal) -> Outcome:
    """On the list; a second person carries it out."""
    act.session.add(
        Disposal(
            id=uuid.uuid4(), case_id=act.case.id, reason=c.reason, proposed_at=act.now,
            proposed_by_id=act.actor.person_id, destroyed=[],
        )
    )  # fmt: skip
    return _told("disposal_proposed", f"列入销毁清册：{c.reason}", f"To be destroyed: {c.reason}")


def carry_out_disposal(act: Act, c: CarryOutDisposal) -> Outcome:
    """The bound file is destroyed, on paper and here; what it was is written down."""
    row = open_disposal(act.session, act.case.id)
    assert row is not None
    row.carried_out_at, row.carried_out_by_id = act.now, act.actor.person_id
    row.method, row.certificate_no = c.method, c.certificate_no
    destroyed = []
    for volume in act.record.all(ArchiveVolume):
        destroyed.append(
            {
                "archive_no": volume.archive_no, "sha256": volume.sha256,
                "pages": volume.main_pages + volume.secondary_pages,
            }
        )  # fmt: skip
        volume.destroyed_at, volume.sha256 = act.now, None
    row.destroyed = destroyed
    out = _told("destroyed", f"案卷已销毁，销毁证明{c.certificate_no}。",
                f"The file was destroyed, certificate {c.certificate_no}.")  # fmt: skip
    out.jobs.append(("destroy_archive", {"disposal_id": str(row.id)}))
    return out


def _told(action: str, zh: str, en: str, **extra: str) -> Outcome:
    return Outcome(events=[told(f"case:archive:{action}", zh, en)], extra=dict(extra))
