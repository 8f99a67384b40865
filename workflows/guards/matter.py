"""V18-V20: the matter is in force, on the subject's list, and corrected where law says so."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from models.duration import law_day
from models.errors import Violation
from models.matter import Matter, MatterHolding
from workflows.act import Act
from workflows.commands.filing import ApproveFiling, ReviewFiling
from workflows.commands.lead import RecordVerification
from workflows.documents.wording import day as worded
from workflows.guards.law import against

FAILED = ("not_corrected", "partly_corrected")
"""Results of a re-check that leave the violation standing."""


def versions_of(act: Act, name: str) -> list[Matter]:
    """All wordings of a matter, oldest first."""
    query = select(Matter).where(Matter.key == name)
    return list(act.session.scalars(query.order_by(Matter.effective_from)))


def matter_named(act: Act, name: str, day: date | None = None) -> Matter | None:
    """The wording in force on the day (today), else the latest one; None for an unknown name."""
    rows = versions_of(act, name)
    in_force = [row for row in rows if row.in_force_on(day or act.today)]
    fitting = in_force or rows
    return fitting[-1] if fitting else None


def chosen_matter(act: Act, c: Any) -> Matter | None:
    """The matter that the command names, else the case's."""
    name = getattr(c, "matter", None)
    return matter_named(act, name, act_day(act, c)) if name else act.record.matter


def act_day(act: Act, c: Any) -> date:
    """The day whose law counts (行为时): end of the act, else its begin, else the lead's."""
    moment = getattr(c, "act_ended_at", None) or getattr(c, "act_started_at", None)
    if moment is not None:
        return law_day(moment)
    return act.case.act_end or act.case.act_start or law_day(act.case.clue_at)


def matter_is_known(act: Act, c: Any) -> Iterator[Violation]:
    """The matter that was chosen exists."""
    if c.matter and matter_named(act, c.matter) is None:
        yield against(
            "V19", f"没有这个违法事项：{c.matter}。", f"There is no such matter: {c.matter}.",
            "APL17", "matter",
        )  # fmt: skip


def basis_in_force(act: Act, c: Any) -> Iterator[Violation]:
    """V18: the basis was in force on the day of the act and has not been abolished since."""
    matter = chosen_matter(act, c)
    if matter is None:
        return
    day = act_day(act, c)
    if not any(row.in_force_on(day) for row in versions_of(act, matter.key)):
        yield against(
            "V18", f"“{matter.title}”的处罚依据在行为发生时（{worded(day)}）没有施行，不能适用。",
            f"The basis of “{matter.title_en}” was not in force on the day of the act ({day}).",
            "APL37", "matter",
        )  # fmt: skip
    elif not any(row.in_force_on(act.today) for row in versions_of(act, matter.key)):
        yield against(
            "V18", f"“{matter.title}”的处罚依据已经废止，按照从旧兼从轻不再处罚。",
            f"The basis of “{matter.title_en}” has been abolished: the lighter law applies.",
            "APL37", "matter",
        )  # fmt: skip


def later_lighter(act: Act) -> Matter | None:
    """V18: a later wording of the case's matter with a lower maximum (从轻), to be pointed out."""
    matter = act.record.matter
    if matter is None or matter.fine_max is None:
        return None
    return next(
        (
            row
            for row in versions_of(act, matter.key)
            if row.effective_from > act_day(act, None)
            and row.in_force_on(act.today)
            and row.fine_max is not None
            and row.fine_max < matter.fine_max
        ),
        None,
    )


def subject_holds_matter(act: Act, c: Any) -> Iterator[Violation]:
    """V19: the matter is on the subject's published list, when it was done and when filed."""
    matter = chosen_matter(act, c)
    if matter is None:
        return
    keys = [row.id for row in versions_of(act, matter.key)]
    holdings = act.session.scalars(
        select(MatterHolding).where(
            MatterHolding.subject_id == act.case.subject_id, MatterHolding.matter_id.in_(keys)
        )
    ).all()
    filing_day = law_day(act.case.filed_at) if act.case.filed_at else act.today
    for day in dict.fromkeys((act_day(act, c), filing_day)):
        if not any(_holds(holding, day) for holding in holdings):
            yield against(
                "V19",
                f"“{matter.title}”在{worded(day)}不在{act.case.subject.name}的权力事项清单内，"
                "应当移送有管辖权的机关。",
                f"“{matter.title_en}” was not on the list of {act.case.subject.name_en} on {day}: "
                "transfer the case.",
                "APL17", "matter",
            )  # fmt: skip


def _holds(holding: MatterHolding, day: date) -> bool:
    return holding.held_from <= day and (holding.held_to is None or day <= holding.held_to)


def correction_has_failed(act: Act, c: Any) -> Iterator[Violation]:
    """V20: “逾期/拒不改正” needs an order, its service and a failed re-check."""
    matter = chosen_matter(act, c)
    if matter is None or not matter.needs_correction:
        return
    record = act.record
    served = any(service.document_kind == "D07" for service in record.services)
    order = record.orders[-1] if record.orders else None
    if order is None or not served:
        yield against(
            "V20", f"“{matter.title}”须先责令改正并送达，逾期不改正才能处罚。",
            f"“{matter.title_en}” is punishable only after an order to correct was served.",
            "APL28", "matter",
        )  # fmt: skip
        return
    checks = [check for check in record.rechecks if check.order_id == order.id]
    if not checks or checks[-1].result not in FAILED:
        yield against(
            "V20", "责令改正后还没有复查认定逾期未改正，不能处罚。",
            "No re-check has found that the party did not correct in time.", "APL28", "matter",
        )  # fmt: skip


def correction_failed_before_filing(act: Act, c: RecordVerification) -> Iterator[Violation]:
    """V20 while the order to correct can still be made: on the way to filing."""
    if c.conclusion == "file":
        yield from correction_has_failed(act, c)


def correction_failed_on_filing(act: Act, c: ReviewFiling | ApproveFiling) -> Iterator[Violation]:
    """V20 for unit head and leader, who can send the file back."""
    proposal = act.record.filing
    if c.outcome in ("agree", "file") and proposal is not None and proposal.file:
        yield from correction_has_failed(act, c)
