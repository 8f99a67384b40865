"""The reference data fits the database with all its constraints, and reads back the same."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.matter import Matter, MatterHolding
from models.parameter import ParameterValue
from models.person import Person, RoleAssignment
from models.subject import LegalSubject
from tests.workflows.reference.shipped import REFERENCE
from workflows.lawbook import lawbook
from workflows.reference.matters import read_fine
from workflows.reference.seeding import row_id, seed, seed_layers


@pytest.fixture
def seeded(session: Session) -> Session:
    """A database that holds the shipped reference data."""
    seed(session, REFERENCE)
    return session


def test_every_row_of_the_reference_is_accepted(seeded: Session) -> None:
    for mapped, count in (
        (LegalSubject, len(REFERENCE.subjects)),
        (Person, len(REFERENCE.people)),
        (Matter, len(REFERENCE.matters)),
        (ParameterValue, sum(len(p.values) for p in REFERENCE.parameters.values())),
    ):
        assert seeded.scalar(select(func.count()).select_from(mapped)) == count


def test_the_shop_matter_keeps_its_range_its_articles_and_its_holders(seeded: Session) -> None:
    matter = seeded.get_one(Matter, row_id("matter", "out_of_shop_trading"))
    assert (matter.fine_min, matter.fine_max) == (100, 1000)
    assert matter.basis[0]["zh"] == "《浙江省城市市容和环境卫生管理条例》第十七条第三款"
    assert matter.content["duties"][0]["paragraph"] == 1
    holders = seeded.scalars(
        select(MatterHolding.subject_id).where(MatterHolding.matter_id == matter.id)
    )
    assert set(holders) == {row_id("subject", k) for k in ("zh_bureau", "luotuo", "xiepu")}


def test_a_range_read_back_from_the_database_counts_the_same(seeded: Session) -> None:
    shed = seeded.get_one(Matter, row_id("matter", "shed_without_permit"))
    assert shed.fine_min is None
    bounds = read_fine(shed.content["fine"]).bounds("enterprise", Decimal("1260000"))
    assert bounds == REFERENCE.matters["shed_without_permit"].bounds("enterprise", Decimal(1260000))


def test_the_supervisor_holds_the_role_for_each_subject(seeded: Session) -> None:
    held = seeded.scalars(
        select(RoleAssignment.subject_id).where(
            RoleAssignment.person_id == row_id("person", "qiu_shan")
        )
    )
    assert len(set(held)) == 3


def test_the_law_book_counts_with_the_seeded_parameters_and_calendar(seeded: Session) -> None:
    book = lawbook(seeded, version=-1)
    assert book.value("clk_state.days", date(2025, 9, 24)) == 5
    assert book.calendar.is_working(date(2025, 9, 28))


def test_seeding_twice_would_make_the_same_keys() -> None:
    first, again = (
        [getattr(row, "id", None) for layer in seed_layers(REFERENCE) for row in layer]
        for _ in range(2)
    )
    assert first == again
