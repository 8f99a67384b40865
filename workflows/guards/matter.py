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
from workflows.reference.matters import Fine, FineUnit

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
    else:
        yield from _basis_in_doubt(matter, day)


def _basis_in_doubt(matter: Matter, day: date) -> Iterator[Violation]:
    """V18: an act after the day from which the basis may be repealed needs a current basis."""
    doubtful = [b for b in matter.basis if b.get("doubtful_from")]
    since = min((date.fromisoformat(b["doubtful_from"]) for b in doubtful), default=None)
    if since is not None and since <= day:
        cited, cited_en = doubtful[0]["zh"], doubtful[0]["en"]
        yield against(
            "V18",
            f"{cited}可能自{worded(since)}起已被废止（未核实），请由法制人员核实并补入现行依据后再办。",
            f"{cited_en} may have been repealed from {since} (not verified): the law office must "
            "check it and enter the current basis first.",
            "APL37", "matter",
        )  # fmt: skip


def later_lighter(act: Act, c: Any = None) -> Matter | None:
    """A later wording of the matter, in force today, that punishes more lightly (从轻)."""
    matter = chosen_matter(act, c) if c is not None else act.record.matter
    if matter is None:
        return None
    day = act_day(act, c)
    later = [
        row
        for row in versions_of(act, matter.key)
        if row.effective_from > day and row.in_force_on(act.today) and row.id != matter.id
    ]
    return next((row for row in reversed(later) if _lighter(act, row, matter)), None)


def _lighter(act: Act, new: Matter, old: Matter) -> bool:
    """Whether the new range is lower for the case's party: its top, or with equal tops its foot."""
    ours, theirs = _range(act, new), _range(act, old)
    return ours is not None and theirs is not None and ours < theirs


def _range(act: Act, matter: Matter) -> tuple[Any, Any] | None:
    """(highest, lowest) fine for the case's party, as yuan or as a share; None without a fine."""
    kept = matter.content.get("fine") or {}
    if kept.get("ranges") and kept.get("unit") == FineUnit.SHARE:
        span = Fine.of(kept).range_for(_party_type(act))
        return span.max, span.min
    bounds = Fine.of(kept).bounds(_party_type(act)) if kept.get("ranges") else None
    if bounds is not None:
        return bounds.highest, bounds.lowest
    return (matter.fine_max, matter.fine_min) if matter.fine_max is not None else None


def _party_type(act: Act) -> str:
    return act.case.party.party_type if act.case.party else "natural_person"


def applied_matter(act: Act, c: Any) -> Matter | None:
    """The wording that applies (从旧兼从轻, APL 37): the act day's, or a lighter later one."""
    return later_lighter(act, c) or chosen_matter(act, c)


def lighter_law_is_applied(act: Act, c: Any) -> Iterator[Violation]:
    """V18: a fine above the lighter later range is refused, and both wordings are named."""
    new, old = later_lighter(act, c), chosen_matter(act, c)
    fine = getattr(c, "fine", None)
    if new is None or old is None or fine is None or new.fine_max is None or fine <= new.fine_max:
        return
    yield against(
        "V18",
        f"行为时的规定罚款{old.fine_min}元至{old.fine_max}元；自{worded(new.effective_from)}起的规定为"
        f"{new.fine_min}元至{new.fine_max}元，处罚较轻，应当适用新规定。",
        f"On the day of the act the fine was {old.fine_min} to {old.fine_max} yuan; since "
        f"{new.effective_from} it is {new.fine_min} to {new.fine_max}: the lighter law applies.",
        "APL37", "fine",
    )  # fmt: skip


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
