"""Where a case stands: how long in each step, who it waits for, the way it took."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from models.duration import law_day
from tests.workflows.queries.shop import Shop
from workflows.catalogue import LoadedPack
from workflows.queries.casefile import CaseFile, case_file
from workflows.queries.cases import CaseFilters, case_list
from workflows.queries.standing import (
    Stay,
    Waiting,
    Way,
    actions,
    due_clocks,
    looking,
    stays,
    waiting,
    way,
)

ShopAt = Callable[..., Shop]


def test_a_finished_case_stayed_in_each_step_in_turn(shop_at: ShopAt) -> None:
    shop = shop_at()
    found = _stays(shop)
    steps = [stay.step for stay in found]
    assert steps[:3] == ["lead", "filing", "investigation"]
    assert set(steps) == {
        "lead", "filing", "investigation", "review", "notice", "decision", "service",
        "enforcement", "disclosure", "closing", "archive",
    }  # fmt: skip
    assert all(stay.ended is not None for stay in found)


def test_a_step_that_a_clock_ended_is_over_when_the_next_one_opened(shop_at: ShopAt) -> None:
    notice = next(stay for stay in _stays(shop_at()) if stay.step == "notice")
    assert notice.ended is not None
    # Served on 24 September; the five working days for a statement were over on the 30th.
    assert law_day(notice.started).isoformat() == "2025-09-19"
    assert law_day(notice.ended).isoformat() == "2025-10-01"


def test_payment_and_disclosure_are_open_side_by_side(shop_at: ShopAt) -> None:
    here = [s.step for s in _stays(shop_at("prepare_disclosure")) if s.ended is None]
    assert sorted(here) == ["disclosure", "enforcement"]


def test_a_case_waits_for_its_lead_handler_by_name(shop_at: ShopAt) -> None:
    shop = shop_at("inquire")
    with shop.read() as session:
        [wait] = _waiting(shop, session, "zhang_ming")
        [seen] = _waiting(shop, session, "wang_jing")
    assert wait.holder is not None
    assert wait.holder.zh == "张明"
    assert wait.action.zh == "提交询问笔录"
    assert wait.clock is not None
    assert wait.clock.code == "CLK_CASE"
    assert (wait.may_act, seen.may_act) == (True, False)


def test_an_offered_step_names_all_who_may_take_it_and_no_one_who_handled(
    shop_at: ShopAt,
) -> None:
    shop = shop_at("approve_notice")
    with shop.read() as session:
        [wait] = _waiting(shop, session, "zhao_yong")
    assert wait.holder is None
    names = {name.zh for name in wait.offered}
    assert "赵勇" in names
    assert names.isdisjoint({"张明", "李强"})
    assert wait.may_act


def test_the_way_runs_through_gateways_to_where_the_case_waits(shop_at: ShopAt) -> None:
    shop = shop_at("prepare_disclosure")
    found, pack = _way(shop)
    assert {element for element, _number in found.current} == {
        "record_payment",
        "prepare_disclosure",
    }
    assert {"start_lead", "verify_lead", "issue_decision", "serve_decision"} <= set(found.done)
    assert "record_payment" not in found.done
    assert "hold_discussion" not in found.done
    # The statement was not made: the way leads through the clock at its edge.
    assert any("expired" in element for element in found.done)
    assert "end_archived" not in found.done
    assert pack.manifest.id == "ordinary"


def test_the_way_of_an_archived_case_reaches_its_end(shop_at: ShopAt) -> None:
    found, _pack = _way(shop_at())
    assert "end_archived" in found.done
    assert "end_not_filed" not in found.done
    assert found.current == ()


def test_acts_beside_the_steps_are_offered_to_those_who_may(shop_at: ShopAt) -> None:
    shop = shop_at("inquire")
    with shop.read() as session:
        handler = _actions(shop, session, "zhang_ming")
        leader = _actions(shop, session, "zhao_yong")
        cashier = _actions(shop, session, "zheng_hui")
    assert handler == [
        "ConfirmServiceAddress", "AddEvidence", "ExcludeEvidence", "LinkCase", "AddCaseNote",
    ]  # fmt: skip
    assert leader == ["DecideRecusal", "AddCaseNote"]
    assert cashier == ["AddCaseNote"]


def test_the_time_to_verify_is_extended_only_while_it_runs(shop_at: ShopAt) -> None:
    shop = shop_at("recheck")
    with shop.read() as session:
        assert "ExtendVerification" in _actions(shop, session, "zhao_yong")


def test_nothing_more_than_a_note_and_a_loan_is_offered_once_the_case_is_archived(
    shop_at: ShopAt,
) -> None:
    shop = shop_at()
    with shop.read() as session:
        assert _actions(shop, session, "zhang_ming") == ["RequestLoan", "AddCaseNote"]


def test_listed_cases_bring_the_clock_that_ends_first(shop_at: ShopAt) -> None:
    shop = shop_at("approve_notice")
    actor = shop.actor("zhang_ming")
    with shop.read() as session:
        page = case_list(session, actor, shop.now + timedelta(minutes=1), CaseFilters())
        found = due_clocks(session, page.rows)
    assert found[shop.case_id].code == page.rows[0].next_clock == "CLK_CASE"
    assert found[shop.case_id].due_at == page.rows[0].next_due_at


def _file(shop: Shop, session: Session) -> tuple[CaseFile, LoadedPack]:
    file = case_file(session, shop.actor("zhang_ming"), shop.case_id)
    return file, shop.application.catalogue.version(session, file.case.pack_version_id)


def _stays(shop: Shop) -> list[Stay]:
    with shop.read() as session:
        file, pack = _file(shop, session)
        return stays(file.tasks, pack)


def _way(shop: Shop) -> tuple[Way, LoadedPack]:
    with shop.read() as session:
        file, pack = _file(shop, session)
        return way(file, pack), pack


def _waiting(shop: Shop, session: Session, person: str) -> list[Waiting]:
    file, _pack = _file(shop, session)
    app = shop.application
    act = looking(
        session, shop.actor(person), file.case, shop.now, blobs=app.blobs, catalogue=app.catalogue
    )
    return waiting(act, file)


def _actions(shop: Shop, session: Session, person: str) -> list[str]:
    file, _pack = _file(shop, session)
    app = shop.application
    act = looking(
        session, shop.actor(person), file.case, shop.now, blobs=app.blobs, catalogue=app.catalogue
    )
    return actions(act, file)
