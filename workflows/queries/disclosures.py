"""Disclosure as its publishers see it: decisions not yet published (应公示未公示), withdrawals that
are due, what is on display; and the text of one decision beside what the public reads of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.calendar import WorkCalendar
from models.case import Case
from models.clock import StatutoryClock
from models.decision import Decision
from models.disclosure import Disclosure
from models.publication import Publication, Shown
from models.task import Task
from models.types import ClockState, DisclosureState, TaskState
from workflows.act import Act
from workflows.actors import Actor
from workflows.disclosing import Disclosable, Verdict, of_act
from workflows.lawbook import lawbook
from workflows.masking import Piece, mask
from workflows.permissions import visible_to

STEPS = {
    "CLK_PUBLISH": frozenset({"PrepareDisclosure", "ReleaseDisclosure"}),
    "CLK_WITHDRAW": frozenset(
        {"ProposeDisclosureWithdrawal", "ApproveDisclosureWithdrawal", "ConfirmRemoval"}
    ),
}
"""Which steps meet a clock of disclosure."""
PUBLIC = STEPS["CLK_PUBLISH"]
"""Steps whose desk shows the decision beside its public text."""
MOST = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision that is to be published or withdrawn, with its clock and the open step."""

    case: Case
    clock: StatutoryClock
    task: Task | None


@dataclass(frozen=True, slots=True)
class Board:
    """The three lists, each with the most urgent first."""

    to_publish: Sequence[Waiting]
    to_withdraw: Sequence[Waiting]
    shown: Sequence[tuple[Case, Publication]]
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the decision in pieces; for a text in other words, those instead."""

    zh: str
    en: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Preview:
    """The decision beside the public text, what the rule says, how long it will be displayed."""

    lines: Sequence[Compared]
    written: str | None
    """The text of the publisher's own, where the standard one was not taken."""
    verdict: Verdict
    decided_on: date
    months: tuple[int, int]
    ends: tuple[date, date]
    credit_class: str


def board(session: Session, actor: Actor) -> Board:
    """What waits in the cases that the person may see."""
    shown = (
        select(Case, Publication)
        .join(Disclosure, Disclosure.case_id == Case.id)
        .join(Publication, Publication.disclosure_id == Disclosure.id)
        .where(visible_to(actor), Publication.state == Shown.SHOWN)
        .order_by(Publication.publish_until, Publication.id)
        .limit(MOST)
    )
    return Board(
        to_publish=_waiting(session, actor, "CLK_PUBLISH"),
        to_withdraw=_waiting(session, actor, "CLK_WITHDRAW"),
        shown=[(case, row) for case, row in session.execute(shown)],
        calendar=lawbook(session).calendar,
    )


def _waiting(session: Session, actor: Actor, code: str) -> list[Waiting]:
    """Cases whose clock runs, or ran out without the act being done."""
    query = (
        select(Case, StatutoryClock)
        .join(StatutoryClock, StatutoryClock.case_id == Case.id)
        .where(
            visible_to(actor),
            StatutoryClock.code == code,
            StatutoryClock.state.in_([ClockState.RUNNING, ClockState.EXPIRED]),
        )
        .order_by(StatutoryClock.due_at, Case.id)
        .limit(MOST)
    )
    rows = [(case, clock) for case, clock in session.execute(query)]
    steps = select(Task).where(
        Task.case_id.in_([case.id for case, _ in rows]),
        Task.state == TaskState.OPEN,
        Task.command.in_(sorted(STEPS[code])),
    )
    tasks = {task.case_id: task for task in session.scalars(steps)}
    return [Waiting(case, clock, tasks.get(case.id)) for case, clock in rows]


def preview(act: Act) -> Preview | None:
    """The decision in force side by side; a prepared text by its own masks."""
    found, row = of_act(act), act.record.disclosure
    if found is None:
        return None
    prepared = row if row and row.state == DisclosureState.PREPARED else None
    extra = prepared.extra_masks if prepared else []
    verdict = found.verdict()
    credit = (prepared.credit_class if prepared else None) or verdict.credit_class
    standard = found.public_text(extra)
    text = prepared.public_text if prepared else None
    return Preview(
        lines=_compared(found, extra),
        written=text if text and text != standard else None,
        verdict=verdict,
        decided_on=found.decided_on,
        months=found.months(credit),
        ends=found.display(credit),
        credit_class=credit,
    )


def _compared(found: Disclosable, extra: list[dict[str, object]]) -> list[Compared]:
    data, styles, kept = found.data(extra), found.styles(), found.kept()
    return [
        Compared(each.label.zh, each.label.en, mask(each.text, data, styles, kept, found.today))
        for each in found.original()
    ]


def decision_numbers(session: Session, cases: Sequence[Case]) -> dict[object, str]:
    """Numbers of the decisions in force, by case."""
    query = select(Decision.case_id, Decision.number).where(
        Decision.case_id.in_([case.id for case in cases]), Decision.undone.is_(False)
    )
    return {row.case_id: row.number for row in session.execute(query)}
