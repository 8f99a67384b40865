"""The record of one case as guards and handlers read it: latest rows, loaded when asked for."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base import CaseRecord
from models.case import Case, CaseHandler, Recusal
from models.closing import Closing
from models.correction import CorrectionOrder, Recheck
from models.decision import Decision
from models.disclosure import Disclosure
from models.discussion import Discussion
from models.evidence import Evidence
from models.matter import Matter
from models.notice import Notice, Reexamination, Statement
from models.payment import Payment
from models.report import FinalReport
from models.review import Opinion, ReviewOpinion
from models.service import ProofOfService
from models.transfer import Transfer
from models.verification import FilingProposal, Verification

R = TypeVar("R", bound=CaseRecord)


class Record:
    """Reads only. Cached for one act: what a handler adds, it knows itself."""

    def __init__(self, session: Session, case: Case) -> None:
        self.session = session
        self.case = case

    def all(self, kind: type[R]) -> Sequence[R]:
        """All rows of a kind, oldest first."""
        return self.session.scalars(
            select(kind).where(kind.case_id == self.case.id).order_by(kind.recorded_at)
        ).all()

    def last(self, kind: type[R]) -> R | None:
        """The latest row of a kind; however many rounds there were, one row is read."""
        return self.session.scalars(
            select(kind)
            .where(kind.case_id == self.case.id)
            .order_by(kind.recorded_at.desc())
            .limit(1)
        ).first()

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
    def payments(self) -> Sequence[Payment]:
        """Payments on the decision in force."""
        rows = self.all(Payment)
        return [p for p in rows if self.decision and p.decision_id == self.decision.id]

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
    def _people(self) -> tuple[frozenset[uuid.UUID], frozenset[uuid.UUID]]:
        """(everyone who ever handled the case, everyone who stepped back), in one look."""
        handled = select(CaseHandler.person_id).where(CaseHandler.case_id == self.case.id)
        recused = select(Recusal.person_id).where(Recusal.case_id == self.case.id)
        row = self.session.execute(
            select(func.array(handled.scalar_subquery()), func.array(recused.scalar_subquery()))
        ).one()
        return frozenset(row[0]), frozenset(row[1])

    @property
    def ever_handled(self) -> frozenset[uuid.UUID]:
        """Everyone who ever handled the case (V08): replaced handlers stay excluded."""
        added = {h.person_id for h in self.case.__dict__.get("handlers", ())}
        return self._people[0] | added

    @property
    def recused(self) -> frozenset[uuid.UUID]:
        """Everyone who stepped back from the case (APL 43)."""
        return self._people[1]

    @property
    def lead_handler(self) -> uuid.UUID | None:
        """The handler in charge (主办), else the other one."""
        active = self.case.active_handlers()
        lead = next((h for h in active if h.lead), None) or next(iter(active), None)
        return lead.person_id if lead else None

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
