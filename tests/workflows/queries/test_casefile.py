"""A case's file comes whole, in a fixed number of queries, to those who may see it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy.exc import InvalidRequestError

from models.decision import Decision
from models.document import Document
from models.errors import NotFound
from models.evidence import Evidence
from models.service import ProofOfService
from tests.workflows.queries.shop import Shop
from workflows.queries.casefile import case_file, document_of, evidence_of, neighbours_of

MOST_QUERIES = 54
"""One a kind of row and a handful for the case, its people and the law."""

ShopAt = Callable[..., Shop]


def test_a_finished_case_brings_everything_that_was_recorded(shop_at: ShopAt) -> None:
    shop = shop_at()
    with shop.read() as session:
        file = case_file(session, shop.actor("zhang_ming"), shop.case_id)
    assert file.case.stage == "archived"
    assert [h.person.name for h in file.case.handlers] == ["张明", "李强"]
    assert file.case.party is not None
    assert file.decision is not None
    assert file.decision.fine == 500
    assert len(file.all(Evidence)) == 4
    assert {d.kind for d in file.all(Document)} >= {"D01", "D43", "D64"}
    assert [s.document_kind for s in file.all(ProofOfService)] == ["D07", "D34", "D43"]
    assert file.clock("CLK_CASE").state == "met"  # type: ignore[union-attr]
    assert file.open_tasks() == []


def test_everyone_whom_a_row_names_is_known_by_name(shop_at: ShopAt) -> None:
    shop = shop_at()
    with shop.read() as session:
        file = case_file(session, shop.actor("zhang_ming"), shop.case_id)
    decided_by = file.all(Decision)[0].decided_by_id
    assert file.people[decided_by].name == "赵勇"
    assert {t.completed_by_id for t in file.tasks if t.completed_by_id} <= file.people.keys()
    lead = file.case.handlers[0].person_id
    assert [c.number for c in file.certificates[lead]] == ["33021100001"]


def test_the_number_of_queries_does_not_grow_with_the_case(shop_at: ShopAt) -> None:
    counted = []
    for until in ("recheck", None):
        shop = shop_at(until)
        actor = shop.actor("zhang_ming")
        with shop.read() as session:
            case_file(session, actor, shop.case_id)
        counted.append(len(shop.statements))
    young, finished = counted
    assert finished <= MOST_QUERIES
    # Rows of some kinds bring a second look (votes of a discussion, law on first use), no more.
    assert abs(finished - young) <= 3


def test_the_facts_of_documents_stay_in_the_database(shop_at: ShopAt) -> None:
    shop = shop_at("recheck")
    with shop.read() as session:
        file = case_file(session, shop.actor("zhang_ming"), shop.case_id)
        document = file.all(Document)[0]
        with pytest.raises(InvalidRequestError):
            _ = document.facts


@pytest.mark.parametrize("stranger", ["tang_hao", "fang_zhou"])
def test_a_case_of_another_subject_is_not_found(shop_at: ShopAt, stranger: str) -> None:
    shop = shop_at("recheck")
    with shop.read() as session:
        actor = shop.actor(stranger)
        with pytest.raises(NotFound):
            case_file(session, actor, shop.case_id)
        mine = case_file(session, shop.actor("zhang_ming"), shop.case_id)
        item, document = mine.all(Evidence)[0], mine.all(Document)[0]
        with pytest.raises(NotFound):
            evidence_of(session, actor, item.id)
        with pytest.raises(NotFound):
            document_of(session, actor, document.id)


def test_a_case_that_is_not_there_is_not_found(shop_at: ShopAt) -> None:
    shop = shop_at("recheck")
    with shop.read() as session, pytest.raises(NotFound):
        case_file(session, shop.actor("zhang_ming"), uuid.uuid4())


def test_evidence_knows_its_neighbours_by_number(shop_at: ShopAt) -> None:
    shop = shop_at()
    with shop.read() as session:
        items = case_file(session, shop.actor("wang_jing"), shop.case_id).all(Evidence)
        by_number = sorted(items, key=lambda item: item.number)
        first, last = by_number[0], by_number[-1]
        assert neighbours_of(session, first) == (None, by_number[1].id)
        assert neighbours_of(session, last) == (by_number[-2].id, None)
