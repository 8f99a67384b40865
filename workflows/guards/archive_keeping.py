"""Z30-Z35: what may be done to an archived file, by whom, and that a held one stays."""

from collections.abc import Iterator

from models.archive import LoanState
from models.closing import ArchiveVolume
from models.errors import Text, Violation
from workflows.act import Act
from workflows.commands.archive import (
    CarryOutDisposal,
    DecideLoan,
    LiftLegalHold,
    PlaceLegalHold,
    ProposeDisposal,
    RequestLoan,
    ReturnLoan,
)
from workflows.guards.law import against, needed
from workflows.keeping import hold_of, loan_of, loans_of, open_disposal

REASON = {"reason": Text("理由", "the reason")}


def file_is_archived(act: Act, c: object) -> Iterator[Violation]:
    """Z30: there is a file in the archive, and it has not been destroyed."""
    volumes = act.record.all(ArchiveVolume)
    if not volumes:
        yield against("Z30", "案件还没有归档。", "The case is not archived.", "MSA78")
    elif any(volume.destroyed_at for volume in volumes):
        yield against("Z30", "案卷已经销毁。", "The file was destroyed.", "MSA78")


def hold_may_be_placed(act: Act, c: PlaceLegalHold) -> Iterator[Violation]:
    """Z31: with a reason, once at a time."""
    yield from needed(c, REASON)
    if hold_of(act.session, act.case.id) is not None:
        yield against("Z31", "案卷已经在法律保留中。", "The file is held already.")


def hold_may_be_lifted(act: Act, c: LiftLegalHold) -> Iterator[Violation]:
    """Z31: what is held, with a reason."""
    yield from needed(c, REASON)
    if hold_of(act.session, act.case.id) is None:
        yield against("Z31", "案卷没有法律保留。", "The file is not held.")


def loan_is_reasoned(act: Act, c: RequestLoan) -> Iterator[Violation]:
    """Z32: with a reason, until a day to come and within the longest time."""
    yield from needed(c, REASON)
    most = int(act.parameter("archive.loan_days"))
    if not 0 <= (c.until - act.today).days <= most:
        yield against(
            "Z32", f"借阅期限从今天起不超过{most}天。", f"A loan lasts {most} days at most.",
            field="until",
        )  # fmt: skip


def loan_may_be_decided(act: Act, c: DecideLoan) -> Iterator[Violation]:
    """Z33: a request that waits, by another than the borrower; a paper file lies in its place."""
    row = loan_of(act.session, act.case.id, c.loan)
    if row is None or row.state != LoanState.REQUESTED:
        yield against("Z33", "没有待审批的借阅申请。", "No request waits.", field="loan")
        return
    if row.borrower_id == act.actor.person_id:
        yield against(
            "Z33", "不能审批自己的借阅申请。", "Nobody decides on their own request.", "DUTIES"
        )
    if c.outcome == "refuse":
        yield from needed(c, {"opinion": Text("不同意的理由", "why it is refused")})
    elif row.paper and any(
        other.paper and other.state == LoanState.LENT
        for other in loans_of(act.session, act.case.id)
    ):
        yield against("Z33", "纸质案卷已经借出，还没有归还。", "The paper file is out.")
    if c.until is not None and c.until < act.today:
        yield against("Z33", "借阅期限不能早于今天。", "The day lies in the past.", field="until")


def loan_may_be_returned(act: Act, c: ReturnLoan) -> Iterator[Violation]:
    """Z33: what was lent."""
    row = loan_of(act.session, act.case.id, c.loan)
    if row is None or row.state != LoanState.LENT:
        yield against("Z33", "没有借出的案卷。", "Nothing is lent.", field="loan")


def file_may_be_listed(act: Act, c: ProposeDisposal) -> Iterator[Violation]:
    """Z34: its retention has ended, nobody holds it, it is not listed yet."""
    yield from needed(c, REASON)
    yield from _may_go(act)
    if open_disposal(act.session, act.case.id) is not None:
        yield against("Z34", "已经列入销毁清册。", "It is on the list already.")


def file_may_be_destroyed(act: Act, c: CarryOutDisposal) -> Iterator[Violation]:
    """Z35: what is listed, by a second person, with a certificate; a hold stops it still."""
    wanted = {"method": Text("销毁方式", "the way"), "certificate_no": Text("销毁证明编号", "it")}
    yield from needed(c, wanted)
    row = open_disposal(act.session, act.case.id)
    if row is None:
        yield against("Z35", "没有列入销毁清册。", "It is not on the list.")
        return
    if row.proposed_by_id == act.actor.person_id:
        yield against(
            "Z35", "销毁由提出人以外的另一人批准和监销。",
            "Another person than who listed it carries it out.", "DUTIES",
        )  # fmt: skip
    yield from _may_go(act)


def _may_go(act: Act) -> Iterator[Violation]:
    if hold_of(act.session, act.case.id) is not None:
        yield against("Z34", "案卷在法律保留中，不能销毁。", "The file is under a legal hold.")
    for volume in act.record.all(ArchiveVolume):
        if volume.retain_until is None or volume.retain_until >= act.today:
            day = volume.retain_until.isoformat() if volume.retain_until else "永久"
            yield against(
                "Z34", f"{volume.archive_no}的保管期限（{day}）还没有届满。",
                f"{volume.archive_no} has to be kept ({day}).",
            )  # fmt: skip
