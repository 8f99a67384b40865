"""What reconsideration, litigation and the agency's own revision have in common: which one is under
way, and what follows once an outcome stands (rules/remedy_consequences.dmn)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select

from models.case import Case
from models.decision import Decision
from models.duration import SHANGHAI, Period, PeriodUnit, compute
from models.errors import NotFound, Text
from models.evidence import Evidence
from models.follow_up import FollowUp
from models.measure import Measure
from models.own_revision import OwnRevision
from models.remedy import Remedy, RemedyKind
from models.types import DisclosureState, Flag
from workflows import rules
from workflows.act import Act, Outcome, told

CORRECTED = frozenset(
    {"changed", "revoked", "partly_revoked", "redo", "unlawful", "void", "perform"}
)
"""Outcomes that count as a correction of the agency (纠错, indicators K22, K23)."""
GONE = frozenset({"revoked", "redo", "void"})
"""Outcomes after which nothing of the decision is owed any more."""
OUTCOME_OF_ACT = {"revoke": "revoked", "change": "changed", "unlawful": "unlawful"}
"""The agency's own revision as the outcome that it equals; a typing error is none."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """One line of the table: what follows, who answers for it, which side process it opens."""

    kind: str
    owner: str
    opens: str
    reason: Text


def noon(day: date) -> datetime:
    """An instant on a Shanghai day, for clocks that count days from a date that is told."""
    return datetime.combine(day, time(12), SHANGHAI)


def term(act: Act, parameter: str, start: date) -> date:
    """The last day of a period of the organ or the court, moved where it is a day off (T2)."""
    entry = act.law.entry(parameter, start, act.case.subject_id)
    period = Period(int(entry.value), PeriodUnit(entry.unit))
    found = compute(period, noon(start), rolls=True, calendar=act.law.calendar)
    return found.outer_day


def under_way(act: Act) -> Remedy | None:
    """The remedy that has not come to its end."""
    return next((row for row in reversed(act.record.remedies) if row.open), None)


def latest(act: Act, kind: RemedyKind) -> Remedy | None:
    """The last remedy of a kind."""
    return next((row for row in reversed(act.record.remedies) if row.kind == kind), None)


def evidence_before(act: Act) -> Sequence[Evidence]:
    """What the decision rests on: admissible evidence collected before it was made (ALL 35)."""
    decided = act.case.decided_at
    return [
        item
        for item in act.record.evidence
        if item.admissible and (decided is None or item.collected_at <= decided)
    ]


def consequences(act: Act, outcome: str, ground: str | None) -> list[Consequence]:
    """What the table names for this case, each kind once."""
    inputs = {
        "outcome": outcome,
        "ground": ground,
        "published": _published(act),
        "paid": act.record.paid() > 0,
        "goods": _goods(act),
    }
    try:
        assert act.pack is not None
        found = rules.evaluate(act.pack.table("remedy_consequences"), inputs).outputs
    except NotFound:
        return []
    columns = [found[name] for name in ("follow_up", "owner", "opens", "reason", "reason_en")]
    rows = zip(*(column if isinstance(column, tuple) else () for column in columns), strict=True)
    kinds: dict[str, Consequence] = {}
    for kind, owner, opens, zh, en in rows:
        text = Text(str(zh), str(en))
        kinds.setdefault(str(kind), Consequence(str(kind), str(owner), str(opens or ""), text))
    return list(kinds.values())


def _published(act: Act) -> bool:
    disclosure = act.record.disclosure
    return disclosure is not None and disclosure.state == DisclosureState.PUBLISHED


def _goods(act: Act) -> bool:
    decision = act.record.decision
    taken = any(m.executed_at and not m.ended_at for m in act.record.all(Measure))
    return taken or (decision is not None and "confiscate_goods" in decision.penalty_kinds)


def take_effect(act: Act, cause: Remedy | OwnRevision, on: date) -> Outcome:
    """The outcome stands: a row, an owner and a clock for everything that follows from it."""
    outcome = cause.outcome if isinstance(cause, Remedy) else OUTCOME_OF_ACT.get(cause.act)
    found = consequences(act, outcome, cause.ground) if outcome else []
    if outcome in GONE and (isinstance(cause, OwnRevision) or cause.challenged == "decision"):
        _undo(act, cause.decision_id)
    if not found:
        return Outcome()
    due = act.clocks.start("CLK_FOLLOW_UP", noon(on)).outer_day
    for each in found:
        until = _due(act, each, cause, on, due)
        add_follow_up(act, cause, each.kind, each.owner, each.reason.zh, on, until)
    act.case.flag(Flag.REMEDY_DUE)
    act.session.flush()
    words = "；".join(each.reason.zh for each in found)
    english = "; ".join(each.reason.en for each in found)
    return Outcome(
        events=[told("case:remedy:effect", f"后续事项：{words}。", f"What follows: {english}.")],
        opens=[each.opens for each in found if each.opens] + ["remedy_follow_up"],
    )


def _undo(act: Act, decision_id: uuid.UUID | None) -> None:
    """The decision is gone: it counts no more for money, for repetition, for what is shown."""
    decision = act.session.get(Decision, decision_id) if decision_id else None
    if decision is not None:
        decision.undone = True


def add_follow_up(
    act: Act,
    cause: Remedy | OwnRevision,
    kind: str,
    owner: str,
    reason: str,
    on: date,
    due: date | None,
) -> None:
    """One row of what follows."""
    is_remedy = isinstance(cause, Remedy)
    row = FollowUp(
        **act.stamp(),
        remedy_id=cause.id if is_remedy else None,
        revision_id=None if is_remedy else cause.id,
        kind=kind,
        owner=owner,
        reason=reason,
        since=on,
        due_on=due,
    )
    act.session.add(row)


def last_outcome(act: Act) -> Remedy | OwnRevision | None:
    """The remedy or the revision that came to its end last."""
    ended = [row for row in act.record.remedies if row.ended_on is not None]
    made = [row for row in act.record.all(OwnRevision) if row.decided_at is not None]
    remedy = ended[-1] if ended else None
    revision = made[-1] if made else None
    if remedy is None or revision is None:
        return remedy or revision
    assert revision.decided_at is not None
    return remedy if noon(remedy.ended_on or date.min) >= revision.decided_at else revision


def _due(
    act: Act, each: Consequence, cause: Remedy | OwnRevision, on: date, due: date
) -> date | None:
    """The last day of one consequence; the clocks that the law gives are started with it."""
    if each.kind == "withdraw":
        running = act.clocks.running("CLK_WITHDRAW")
        return (running or act.clocks.start("CLK_WITHDRAW", noon(on))).outer_day
    if each.kind == "redo":
        if not isinstance(cause, Remedy) or cause.redo_by is None:
            return None
        until = datetime.combine(cause.redo_by, time(23, 59, 59), SHANGHAI)
        return act.clocks.start("CLK_REDO", noon(on), until=until).outer_day
    return due


def follow_ups(act: Act) -> list[FollowUp]:
    """What follows from the last outcome, in the order of the table."""
    rows = act.record.all(FollowUp)
    last = (rows[-1].remedy_id, rows[-1].revision_id) if rows else None
    return [row for row in rows if (row.remedy_id, row.revision_id) == last]


def settle(act: Act, kind: str, on: date, result: str, **values: object) -> FollowUp | None:
    """One consequence is done."""
    row = next((r for r in follow_ups(act) if r.kind == kind and r.done_on is None), None)
    if row is None:
        return None
    row.done_on, row.result, row.done_by_id = on, result, act.actor.person_id
    for name, value in values.items():
        setattr(row, name, value)
    return row


def settle_what_others_did(act: Act) -> None:
    """Consequences that other side processes carry out are done when these are over."""
    for row in follow_ups(act):
        if row.done_on is None and row.kind in DONE_ELSEWHERE and not _still_open(act, row.kind):
            row.done_on, row.result = act.today, DONE_ELSEWHERE[row.kind][1]


DONE_ELSEWHERE = {
    "withdraw": ("disclosure_withdrawal", "已撤回公示。"),
    "replace": ("disclosure_withdrawal", "已更换公示内容。"),
    "refund": ("refund", "已退还。"),
}
"""Kind → the side process that carries it out, and what is told of it then."""


def _still_open(act: Act, kind: str) -> bool:
    if DONE_ELSEWHERE[kind][0] in act.case.open_sides:
        return True
    if kind == "withdraw":
        return _published(act)
    return False


def in_question(act: Act) -> Decision | None:
    """The decision in force, else the last one that was undone."""
    return act.record.decision or act.record.last(Decision)


def challenged_decision(act: Act, challenged: str) -> uuid.UUID | None:
    """The decision that is challenged, where it is the decision or what hangs on it."""
    if challenged in ("measure", "correction_order", "omission"):
        return None
    decision = in_question(act)
    return decision.id if decision else None


def find_case(act: Act, number: str) -> Case | None:
    """A case of the same legal subject by its number."""
    mine = Case.subject_id == act.case.subject_id
    return act.session.scalar(select(Case).where(mine, Case.case_no == number))
