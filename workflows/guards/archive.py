"""V28, V29: the file is complete, its pages are counted, its numbers have no gaps (MSA 78)."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from models.closing import ArchiveVolume
from models.document import Document, NumberTaken
from models.errors import Violation
from models.quick import QuickConsent
from models.types import DocumentState
from workflows.act import Act
from workflows.commands.closing import ArchiveFile, SupplementArchive
from workflows.documents.catalogue import KINDS
from workflows.guards.law import against
from workflows.quickly import on_the_quick_way

ALWAYS = ("D01", "D04", "D29", "D31", "D47", "D63")
PENALTY = ("D33", "D43")
NO_PENALTY = ("D45",)
ON_THE_SPOT = ("D44", "D63")
"""简易程序: a short file (APL 52)."""
QUICKLY = ("D43", "D69", "D70")
"""快速办理: consent and one combined record take the place of proposal, notice and waiver."""


def file_is_complete(act: Act, c: ArchiveFile) -> Iterator[Violation]:
    """V28: the documents that the outcome calls for are there, and somebody has looked."""
    if act.case.closed_at is None:
        yield against("V28", "案件还没有结案，不能归档。", "The case is not closed.", "MSA78")
    if not c.complete:
        yield against(
            "V28",
            "请确认材料齐全、顺序正确后再归档。",
            "Confirm that the file is complete and in order.",
            "MSA78",
            "complete",
        )
    present = {row.kind for row in _documents(act)}
    for kind in required(act):
        if kind not in present:
            title = KINDS[kind]
            yield against(
                "V28", f"卷内缺少《{title.title}》。", f"The file lacks: {title.title_en}.", "MSA78"
            )


def required(act: Act) -> list[str]:
    """Kinds of documents that the file of this outcome must hold."""
    record = act.record
    decision = record.decision
    if decision is not None and decision.on_the_spot:
        return list(ON_THE_SPOT)
    quickly = record.has(QuickConsent) and on_the_quick_way(act)
    kinds = [*ALWAYS, *(QUICKLY if quickly else ())]
    if decision is not None and not quickly:
        kinds += PENALTY if decision.decision == "penalty" else NO_PENALTY
    notice, hearing = record.notice, record.hearing
    if decision is not None and decision.decision == "penalty" and not quickly:
        kinds.append(notice.document_kind if notice else "D34")
    more = {
        "D38": hearing and hearing.admission,
        "D39": hearing and hearing.sittings,
        "D40": hearing and hearing.held,
        "D41": hearing and hearing.reported_at,
        "D07": record.orders,
        "D08": record.rechecks,
        "D36": record.statement and not quickly,
        "D37": record.reexamination,
        "D42": record.discussion and record.discussion.signed_at,
        "D50": record.disclosure,
    }
    return sorted([*kinds, *(kind for kind, there in more.items() if there)])


def _documents(act: Act) -> Sequence[Document]:
    return act.session.scalars(
        select(Document).where(
            Document.case_id == act.case.id, Document.state == DocumentState.ISSUED
        )
    ).all()


def pages_are_counted(act: Act, c: ArchiveFile) -> Iterator[Violation]:
    """V28: pages are numbered through: no volume has fewer pages than documents."""
    rows = _documents(act)
    counts = {
        "main_pages": ("main", c.main_pages),
        "secondary_pages": ("secondary", c.secondary_pages),
    }
    for field, (volume, pages) in counts.items():
        least = sum(row.volume == volume for row in rows)
        if pages is not None and pages < max(least, int(volume == "main")):
            yield against(
                "V28", f"页数{pages}少于卷内文书{least}份，请重新编页。",
                f"{pages} pages are fewer than the {least} documents: number the pages anew.",
                "MSA78", field,
            )  # fmt: skip
    if c.volumes is not None and c.volumes < 1:
        yield against("V28", "至少一卷。", "There is at least one volume.", "MSA78", "volumes")


def file_order_is_known(act: Act, c: ArchiveFile) -> Iterator[Violation]:
    """V28: the template that the parameter names is there and sound."""
    name = str(act.parameter("archive.file_order"))
    assert act.pack is not None
    files = act.pack.files.files
    if not any(f"{at}file_orders/{name}.yaml" in files for at in ("", "_shared/")):
        yield against(
            "V28", f"卷内顺序模板“{name}”不存在，请由法制机构核对参数 archive.file_order。",
            f"There is no order of files {name!r}: check the parameter archive.file_order.",
            "MSA78",
        )  # fmt: skip


def something_came_after(act: Act, c: SupplementArchive) -> Iterator[Violation]:
    """V28: a supplement holds what was issued or received after the last volume was closed."""
    volumes = act.record.all(ArchiveVolume)
    if not volumes:
        yield against("V28", "案件还没有归档，没有补充卷。", "The case is not archived.", "MSA78")
        return
    since = volumes[-1].recorded_at
    papers = [d for d in _documents(act) if d.recorded_at > since and d.kind != "D64"]
    if not papers and not any(e.recorded_at > since for e in act.record.evidence):
        yield against(
            "V28", "上次归档以后没有新的文书和证据，不需要补充卷。",
            "Nothing was issued or received since the last volume.", "MSA78",
        )  # fmt: skip
    if volumes[-1].destroyed_at is not None:
        yield against("V28", "案卷已经销毁。", "The file was destroyed.", "MSA78")
    if not c.complete:
        yield against(
            "V28", "请确认材料齐全、顺序正确后再归档。",
            "Confirm that the file is complete and in order.", "MSA78", "complete",
        )  # fmt: skip


def numbers_have_no_gaps(act: Act, c: ArchiveFile) -> Iterator[Violation]:
    """V29: every number before the case's own is in the register, voided ones with a reason."""
    mine = act.session.scalars(select(NumberTaken).where(NumberTaken.case_id == act.case.id)).all()
    for number in mine:
        before = act.session.scalar(
            select(func.count())
            .select_from(NumberTaken)
            .where(
                NumberTaken.subject_id == number.subject_id,
                NumberTaken.kind == number.kind,
                NumberTaken.year == number.year,
                NumberTaken.sequence <= number.sequence,
            )
        )
        if before != number.sequence:
            yield against(
                "V29",
                f"文号登记不连续：{number.number}之前缺{number.sequence - (before or 0)}个号。",
                f"The register has gaps: {number.sequence - (before or 0)} number(s) are missing "
                f"before {number.number}.",
                "NUMBERS",
            )
        if number.voided_at is not None and not number.void_reason:
            yield against(
                "V29", f"{number.number}已作废，没有写明原因。",
                f"{number.number} was voided without a reason.", "NUMBERS",
            )  # fmt: skip
