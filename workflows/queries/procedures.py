"""Which procedure a matter allows: on the spot or not, and why not (V13, V18, V20; APL 51)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.case import Case, Party
from models.duration import law_day
from models.errors import Violation
from models.matter import Matter, MatterHolding
from models.subject import LegalSubject
from models.types import Role
from workflows.act import Act
from workflows.actors import Actor, Holding
from workflows.blobs import BlobStore
from workflows.catalogue import Catalogue
from workflows.guards.matter import basis_in_force, correction_has_failed
from workflows.guards.report import fine_range
from workflows.guards.spot import ceiling_of, minimum_fits
from workflows.lawbook import lawbook
from workflows.people import Directory

NATURAL = "natural_person"
RECENT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class SpotMatter:
    """A matter with its range and the ceiling for the party's type, in yuan; `against`: why it is
    not punished on the spot."""

    matter: Matter
    lowest: Decimal | None
    highest: Decimal | None
    ceiling: Decimal
    against: tuple[Violation, ...]
    used: int
    """How often the unit has handled it lately."""

    @property
    def lawful(self) -> bool:
        """Whether it may be punished on the spot."""
        return not self.against


@dataclass(frozen=True)
class Pavement:
    """One officer who wants to punish on the spot, at one instant."""

    session: Session
    actor: Actor
    now: datetime
    catalogue: Catalogue
    blobs: BlobStore

    @property
    def holding(self) -> Holding | None:
        """The first holding as a handler: for whom the officer acts unless told otherwise."""
        return next((h for h in self.actor.holdings if h.role == Role.HANDLER), None)

    def matters(self, party_type: str = NATURAL) -> list[SpotMatter]:
        """The matters of the subject: those allowed on the spot first, the frequent ones first."""
        if self.holding is None:
            return []
        used = self._used(self.holding)
        found = [self.judged(m, party_type, used.get(m.key, 0)) for m in self._held(self.holding)]
        return sorted(found, key=lambda each: (not each.lawful, -each.used, each.matter.code))

    def matter(self, key: str, party_type: str = NATURAL) -> SpotMatter | None:
        """One matter of the subject by its key."""
        held = self._held(self.holding) if self.holding else []
        return next((self.judged(m, party_type, 0) for m in held if m.key == key), None)

    def ceilings(self) -> tuple[Decimal, Decimal]:
        """Today's highest fine on the spot in yuan, for a citizen and for an entity (APL 51)."""
        subject = self.holding.subject_id if self.holding else None
        law, today = lawbook(self.session), law_day(self.now)
        citizen, entity = (
            Decimal(str(law.value(f"simple.ceiling.{group}", today, subject)))
            for group in (NATURAL, "entity")
        )
        return citizen, entity

    def place(self) -> str:
        """Where the officer's unit was last: the likely place of the next act."""
        if self.holding is None:
            return ""
        query = select(Case.act_place).where(Case.unit_id == self.holding.unit_id)
        last = query.order_by(Case.opened_at.desc()).limit(1)
        return self.session.scalar(last) or ""

    def judged(self, matter: Matter, party_type: str, used: int) -> SpotMatter:
        """What stands against the matter on the spot, asked of the same rules as the act."""
        act = self._act(matter, party_type)
        against = (
            *minimum_fits(act, matter),
            *correction_has_failed(act, None),
            *basis_in_force(act, None),
        )
        lowest, highest = fine_range(act, matter, None)
        ceiling = ceiling_of(act, party_type, act.today)
        return SpotMatter(matter, lowest, highest, ceiling, against, used)

    def _act(self, matter: Matter, party_type: str) -> Act:
        holding, day = self.holding, law_day(self.now)
        assert holding is not None
        act = Act(
            session=self.session,
            now=self.now,
            actor=self.actor,
            law=lawbook(self.session),
            blobs=self.blobs,
            people=Directory(self.session, day),
            catalogue=self.catalogue,
        )
        act.case = Case(
            id=uuid.uuid4(),
            subject_id=holding.subject_id,
            subject=self.session.get(LegalSubject, holding.subject_id),
            matter_id=matter.id,
            act_start=day,
            act_end=day,
            clue_at=self.now,
            parties=[Party(party_type=party_type, name="")],
            handlers=[],
        )
        return act

    def _held(self, holding: Holding) -> Iterable[Matter]:
        today = law_day(self.now)
        rows = self.session.scalars(
            select(Matter)
            .join(MatterHolding, MatterHolding.matter_id == Matter.id)
            .where(MatterHolding.subject_id == holding.subject_id, MatterHolding.held_from <= today)
            .order_by(Matter.code)
        )
        return [row for row in rows.unique() if row.in_force_on(today)]

    def _used(self, holding: Holding) -> dict[str, int]:
        query = (
            select(Matter.key, func.count())
            .join(Case, Case.matter_id == Matter.id)
            .where(Case.unit_id == holding.unit_id, Case.opened_at >= self.now - RECENT)
            .group_by(Matter.key)
        )
        return dict(self.session.execute(query).tuples().all())
