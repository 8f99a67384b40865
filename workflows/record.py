"""The record of one case as guards and handlers read it: latest rows, loaded when asked for."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, exists, func, select
from sqlalchemy.orm import Session

from models.base import CaseRecord
from models.case import Case, CaseHandler, Recusal
from models.closing import Closing
from models.correction import CorrectionOrder, Recheck
from models.decision import Decision
from models.disclosure import Disclosure
from models.discussion import Discussion
from models.evidence import Evidence
from models.hearing import Hearing, HearingWaiver
from models.matter import Matter
from models.notice import Notice, Reexamination, Statement
from models.payment import Payment
from models.person import RoleAssignment
from models.remedy import Remedy
from models.report import FinalReport
from models.review import Opinion, ReviewOpinion
from models.service import ProofOfService, ServiceAttempt
from models.transfer import Transfer
from models.types import Role
from models.urging import Urging
from models.verification import FilingProposal, Verification

R = TypeVar("R", bound=CaseRecord)


@dataclass(frozen=True, slots=True)
class CasePeople:
    """Who has handled the case, who handles it now (主办 first), who stepped back from it."""

    handled: frozenset[uuid.UUID]
    active: tuple[uuid.UUID, ...]
    recused: frozenset[uuid.UUID]

    @classmethod
    def of(cls, handled: Any, active: Any, recused: Any) -> "CasePeople":
        """From the arrays that `people_columns` gives."""
        return cls(frozenset(handled), tuple(active), frozenset(recused))


def people_columns(case: SQLColumnExpression[uuid.UUID]) -> tuple[ColumnElement[Any], ...]:
    """Handlers ever, handlers now, recused: as arrays, to be read along with something else."""
    handler = select(CaseHandler.person_id).where(CaseHandler.case_id == case)
    now = handler.where(CaseHandler.until.is_(None)).order_by(
        CaseHandler.lead.desc(), CaseHandler.since
    )
    recused = select(Recusal.person_id).where(Recusal.case_id == case)
    return tuple(func.array(q.scalar_subquery()) for q in (handler, now, recused))


def reported_column(case: SQLColumnExpression[uuid.UUID]) -> ColumnElement[bool]:
    """Whether there is a final report, to be read along with something else."""
    return exists().where(FinalReport.case_id == case)


# Statements are built once: what is left of a look is its answer.
_CASE: SQLColumnExpression[uuid.UUID] = bindparam("case", type_=Case.id.type)
_PEOPLE = select(*people_columns(_CASE))


class _Statements:
    """The same few questions about any kind of row, each built once."""

    def __init__(self) -> None:
        self._built: dict[tuple[str, str], Select[Any]] = {}

    def oldest_first(self, kind: type[CaseRecord]) -> Select[Any]:
        return self._once("all", kind, lambda: self._of(kind).order_by(kind.recorded_at))

    def latest(self, kind: type[CaseRecord]) -> Select[Any]:
        return self._once(
            "last", kind, lambda: self._of(kind).order_by(kind.recorded_at.desc()).limit(1)
        )

    def any(self, kind: type[CaseRecord]) -> Select[Any]:
        return self._once("any", kind, lambda: select(exists().where(kind.case_id == _CASE)))

    def _of(self, kind: type[CaseRecord]) -> Select[Any]:
        return select(kind).where(kind.case_id == _CASE)

    def _once(
        self, question: str, kind: type[CaseRecord], build: Callable[[], Select[Any]]
    ) -> Select[Any]:
        key = (question, kind.__name__)
        if key not in self._built:
            self._built[key] = build()
        return self._built[key]


_STATEMENTS = _Statements()


class Record:
    """Reads only. Cached for one act: what a handler adds, it knows itself."""

    def __init__(self, session: Session, case: Case) -> None:
        self.session = session
        self.case = case

    def all(self, kind: type[R]) -> Sequence[R]:
        """All rows of a kind, oldest first."""
        return self.session.scalars(_STATEMENTS.oldest_first(kind), {"case": self.case.id}).all()

    def last(self, kind: type[R]) -> R | None:
        """The latest row of a kind; however many rounds there were, one row is read."""
        return self.session.scalars(_STATEMENTS.latest(kind), {"case": self.case.id}).first()

    def has(self, kind: type[CaseRecord]) -> bool:
        """Whether there is any row of a kind; none of them is read."""
        return bool(self.session.scalar(_STATEMENTS.any(kind), {"case": self.case.id}))

    @cached_property
    def matter(self) -> Matter | None:
        """The matter of the case."""
        return self.session.get(Matter, self.case.matter_id) if self.case.matter_id else None

    @cached_property
    def verification(self) -> Verification | None:
        """The last check of the lead."""
        return self.last(Verification)

    @cached_property
    def filing(self) -> FilingProposal | None:
        """The last proposal to file or not to file."""
        return self.last(FilingProposal)

    @cached_property
    def orders(self) -> Sequence[CorrectionOrder]:
        """Orders to correct."""
        return self.all(CorrectionOrder)

    @cached_property
    def rechecks(self) -> Sequence[Recheck]:
        """Re-checks."""
        return self.all(Recheck)

    @cached_property
    def evidence(self) -> Sequence[Evidence]:
        """All evidence, excluded items too."""
        return self.all(Evidence)

    @cached_property
    def report(self) -> FinalReport | None:
        """The last final report."""
        return self.last(FinalReport)

    @cached_property
    def reported(self) -> bool:
        """Whether there is a final report; none is read."""
        return self.has(FinalReport)

    @cached_property
    def reviews(self) -> Sequence[ReviewOpinion]:
        """Legal review opinions."""
        return self.all(ReviewOpinion)

    @cached_property
    def opinions(self) -> Sequence[Opinion]:
        """Opinions of heads and leaders."""
        return self.all(Opinion)

    @cached_property
    def notice(self) -> Notice | None:
        """The last prior notice."""
        return self.last(Notice)

    @cached_property
    def statement(self) -> Statement | None:
        """What the party said to the last notice."""
        rows = self.all(Statement)
        mine = [s for s in rows if self.notice is not None and s.notice_id == self.notice.id]
        return mine[-1] if mine else None

    @cached_property
    def reexamination(self) -> Reexamination | None:
        """The answer to the last statement."""
        if self.statement is None:
            return None
        rows = self.all(Reexamination)
        return next((r for r in rows if r.statement_id == self.statement.id), None)

    @cached_property
    def hearing(self) -> Hearing | None:
        """The hearing on the last notice; one on an earlier notice counts no more."""
        row = self.last(Hearing) if self._may_be_heard else None
        return row if row and self.notice and row.notice_id == self.notice.id else None

    @cached_property
    def hearing_waiver(self) -> HearingWaiver | None:
        """The signed waiver of the hearing on the last notice."""
        row = self.last(HearingWaiver) if self._may_be_heard else None
        return row if row and self.notice and row.notice_id == self.notice.id else None

    @property
    def _may_be_heard(self) -> bool:
        return self.notice is not None and self.notice.hearing_right

    @cached_property
    def other_hosts(self) -> frozenset[uuid.UUID]:
        """Everyone with the role of a host but the one appointed for this hearing."""
        query = select(RoleAssignment.person_id).where(RoleAssignment.role == Role.HEARING_HOST)
        host = self.hearing.host_id if self.hearing else None
        return frozenset(self.session.scalars(query)) - {host}

    @cached_property
    def discussion(self) -> Discussion | None:
        """The last collective discussion."""
        return self.last(Discussion)

    @cached_property
    def decision(self) -> Decision | None:
        """The decision in force."""
        rows = [d for d in self.all(Decision) if not d.undone]
        return rows[-1] if rows else None

    @cached_property
    def services(self) -> Sequence[ProofOfService]:
        """Proofs of service."""
        return self.all(ProofOfService)

    @cached_property
    def attempts(self) -> Sequence[ServiceAttempt]:
        """What was tried in vain to serve."""
        return self.all(ServiceAttempt)

    @cached_property
    def payments(self) -> Sequence[Payment]:
        """Payments on the decision in force."""
        rows = self.all(Payment)
        return [p for p in rows if self.decision and p.decision_id == self.decision.id]

    @cached_property
    def urging(self) -> Urging | None:
        """The last urging letter (催告书)."""
        return self.last(Urging)

    @cached_property
    def remedies(self) -> Sequence[Remedy]:
        """Reconsiderations and lawsuits (one row for each instance), oldest first."""
        return self.all(Remedy)

    @cached_property
    def disclosure(self) -> Disclosure | None:
        """The last disclosure."""
        return self.last(Disclosure)

    @cached_property
    def closing(self) -> Closing | None:
        """The last proposal to close."""
        return self.last(Closing)

    @cached_property
    def transfer(self) -> Transfer | None:
        """The last transfer."""
        return self.last(Transfer)

    @cached_property
    def people(self) -> CasePeople:
        """Who has to do with the case; dispatch has read it together with the task."""
        row = self.session.execute(_PEOPLE, {"case": self.case.id}).one()
        return CasePeople.of(*row)

    @property
    def ever_handled(self) -> frozenset[uuid.UUID]:
        """Everyone who ever handled the case (V08): replaced handlers stay excluded."""
        added = {h.person_id for h in self.case.__dict__.get("handlers", ())}
        return self.people.handled | added

    @property
    def recused(self) -> frozenset[uuid.UUID]:
        """Everyone who stepped back from the case (APL 43)."""
        return self.people.recused

    @property
    def active_handlers(self) -> list[uuid.UUID]:
        """The handlers of now, the one in charge (主办) first."""
        if "handlers" not in self.case.__dict__:
            return list(self.people.active)
        active = self.case.active_handlers()
        return [h.person_id for h in sorted(active, key=lambda h: not h.lead)]

    @property
    def lead_handler(self) -> uuid.UUID | None:
        """The handler in charge (主办), else the other one."""
        return next(iter(self.active_handlers), None)

    def paid(self) -> Decimal:
        """Yuan received on the fine and confiscation, surcharge not counted."""
        return sum((p.amount for p in self.payments), Decimal(0))

    def payable(self) -> Decimal:
        """Yuan that the decision orders to pay."""
        if self.decision is None:
            return Decimal(0)
        return (self.decision.fine or Decimal(0)) + (self.decision.confiscated_amount or Decimal(0))

    def outstanding(self) -> Decimal:
        """Yuan still to be paid on the decision."""
        return self.payable() - self.paid()
