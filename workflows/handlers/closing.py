"""Closing, archive, withdrawal, transfer."""

from models.closing import ArchiveVolume, Closing
from models.types import Stage
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.closing import (
    ApproveClosing,
    ApproveTransfer,
    ApproveWithdrawal,
    ArchiveFile,
    ProposeClosing,
    ReviewClosing,
    SendTransfer,
    SupplementArchive,
)
from workflows.keeping import counted, retained_until
from workflows.rows import add_opinion

PARTY_REMEDIES = frozenset({"CLK_RECONSIDER", "CLK_SUE", "CLK_DISPLAY", "CLK_WITHDRAW"})
"""What runs on after the case has closed: the party's own time to seek a remedy."""


def propose_closing(act: Act, c: ProposeClosing) -> Outcome:
    """Propose to close with the ground (MSA 77)."""
    act.session.add(
        Closing(
            **act.stamp(),
            closing_ground=c.closing_ground,
            execution=c.execution,
            summary=c.summary,
            correction_result=c.correction_result,
            goods_disposed=c.goods_disposed,
            measures_released=c.measures_released,
            proposed_by_id=act.actor.person_id,
        )
    )
    return Outcome(events=[told("case:closing:proposed", "提出结案。", "Closing proposed.")])


def review_closing(act: Act, c: ReviewClosing) -> Outcome:
    """The unit head supports or returns the closing."""
    add_opinion(act, "review_closing", c.outcome, c.opinion)
    return _said(c.outcome, c.opinion, ("同意结案", "Closing supported"))


def approve_closing(act: Act, c: ApproveClosing) -> Outcome:
    """The leader closes the case (D63)."""
    add_opinion(act, "approve_closing", c.outcome, c.opinion)
    if c.outcome == "return":
        return _said(c.outcome, c.opinion, ("", ""))
    row = act.record.closing
    assert row is not None
    row.approved_at = act.now
    act.case.closed_at = act.now
    act.clocks.meet("CLK_CLOSE", act.now)
    act.clocks.cancel_all(keep=PARTY_REMEDIES)
    return Outcome(
        events=[told("case:closing:approved", "批准结案。", "Case closed.")],
        routing={"outcome": "close"},
        documents=[Issue("D63", act.numbers.take("结"), row)],
    )


def _said(outcome: str, opinion: str, agreed: tuple[str, str]) -> Outcome:
    if outcome == "return":
        text = (f"退回：{opinion}", f"Returned: {opinion}")
        return Outcome(events=[told("case:closing:returned", *text)], routing={"outcome": "return"})
    return Outcome(
        events=[told("case:closing:reviewed", agreed[0] + "。", agreed[1] + ".")],
        routing={"outcome": outcome},
    )


def archive_file(act: Act, c: ArchiveFile) -> Outcome:
    """Accept the file; the worker binds the one PDF of it (D64) and counts its pages."""
    made = counted(act)
    row = ArchiveVolume(
        **act.stamp(),
        supplement=0,
        archive_no=act.numbers.take("档"),
        retention=c.retention,
        retain_until=retained_until(act, c.retention),
        volumes=c.volumes or 1,
        main_pages=made["main"],
        secondary_pages=made["secondary"],
        stated_main_pages=c.main_pages,
        stated_secondary_pages=c.secondary_pages,
        file_order=act.parameter("archive.file_order"),
        pages_per_book=act.parameter("archive.pages_per_volume"),
        storage_place=c.storage_place,
        note=c.note,
        archived_by_id=act.actor.person_id,
        index=[],
    )
    act.session.add(row)
    act.case.archived_at = act.now
    act.session.flush()
    return Outcome(
        events=[
            told(
                "case:archive:filed",
                f"归档，档号{row.archive_no}。",
                f"Archived under {row.archive_no}.",
                number=row.archive_no,
            )
        ],
        documents=[Issue("D64", row.archive_no, row)],
        jobs=[("bind_archive", {"case_id": str(act.case.id)})],
    )


def supplement_archive(act: Act, c: SupplementArchive) -> Outcome:
    """What came after the archiving is bound for itself; the file that is there stays as it is."""
    volumes = act.record.all(ArchiveVolume)
    first, number = volumes[0], len(volumes)
    row = ArchiveVolume(
        **act.stamp(),
        supplement=number,
        archive_no=f"{first.archive_no}-补{number}",
        retention=first.retention,
        retain_until=first.retain_until,
        volumes=1,
        main_pages=1,
        secondary_pages=0,
        file_order=first.file_order,
        pages_per_book=first.pages_per_book,
        storage_place=c.storage_place or first.storage_place,
        note=c.note,
        archived_by_id=act.actor.person_id,
        index=[],
    )
    act.session.add(row)
    act.session.flush()
    text = (f"归入补充卷，档号{row.archive_no}。", f"Supplement {row.archive_no} archived.")
    return Outcome(
        events=[told("case:archive:supplemented", *text, number=row.archive_no)],
        documents=[Issue("D64", row.archive_no, row)],
        jobs=[("bind_archive", {"case_id": str(act.case.id)})],
    )


def approve_withdrawal(act: Act, c: ApproveWithdrawal) -> Outcome:
    """The leader withdraws the filing (D61); its clocks end."""
    add_opinion(act, "approve_withdrawal", c.outcome, c.opinion)
    if c.outcome == "return":
        return _said(c.outcome, c.opinion, ("", ""))
    act.clocks.cancel_all()
    act.case.closed_at = act.now
    return Outcome(
        events=[told("case:filing:withdrawn", "撤销立案。", "Filing withdrawn.")],
        routing={"outcome": "withdraw"},
        documents=[Issue("D61", act.numbers.take("撤"), act.record.report)],
    )


def approve_transfer(act: Act, c: ApproveTransfer) -> Outcome:
    """The leader approves the transfer."""
    add_opinion(act, "approve_transfer", c.outcome, c.opinion)
    filed = "yes" if act.case.filed_at else "no"
    if c.outcome == "return":
        out = _said(c.outcome, c.opinion, ("", ""))
        out.routing["filed"] = filed
        return out
    row = act.record.transfer
    assert row is not None
    row.to_agency = c.transfer_to or row.to_agency
    row.approved_by_id, row.approved_at = act.actor.person_id, act.now
    return Outcome(
        events=[
            told(
                "case:transfer:approved",
                f"批准移送{row.to_agency}。",
                f"Transfer to {row.to_agency} approved.",
            )
        ],
        routing={"outcome": "transfer", "filed": filed},
    )


def send_transfer(act: Act, c: SendTransfer) -> Outcome:
    """Send the file (D58); the case waits for the other agency's answer."""
    row = act.record.transfer
    assert row is not None
    row.state = "resent" if row.sent_times else "sent"
    row.sent_times += 1
    row.received_at = row.accepted_at = None
    row.sent_at, row.sending_method = c.sent_at, c.sending_method
    row.receiver_name, row.receipt_no = c.receiver_name, c.receipt_no
    row.enclosures = list(c.enclosures)
    row.contact_name, row.contact_phone = c.contact_name, c.contact_phone
    row.goods_note = c.goods_note
    act.clocks.pause_all("transfer", c.sent_at)
    act.clocks.start("CLK_TRANSFER_RECEIPT", c.sent_at)
    if c.receipt_no:
        row.received_at, row.state = c.sent_at, "received"
        act.clocks.meet("CLK_TRANSFER_RECEIPT", c.sent_at)
        act.clocks.start("CLK_TRANSFER_ACCEPT", c.sent_at)
    act.case.stage = Stage.TRANSFERRING
    return Outcome(
        events=[
            told(
                "case:transfer:sent",
                f"已移送{row.to_agency}。",
                f"Transferred to {row.to_agency}.",
            )
        ],
        documents=[Issue("D58", act.numbers.take("移"), row)],
    )
