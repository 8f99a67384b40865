"""The story of a case: newest first, paged, with values only for those who may see them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.errors import Invalid
from tests.workflows.queries.shop import Shop
from workflows.queries.timeline import looks, refused, timeline, timeline_count

ShopAt = Callable[..., Shop]


def test_the_story_is_told_newest_first_with_who_did_it(shop_at: ShopAt) -> None:
    shop = shop_at()
    with shop.read() as session:
        page = timeline(session, shop.case_id, important=False, limit=500)
    moments = [entry.at for entry in page.rows]
    assert moments == sorted(moments, reverse=True)
    decided = next(entry for entry in page.rows if entry.command == "IssueDecision")
    assert decided.actor is not None
    assert decided.actor.zh == "赵勇"
    assert "罚款500元" in decided.told[0].text.zh
    assert "500 yuan" in decided.told[0].text.en
    expired = next(entry for entry in page.rows if entry.command == "FireClock")
    assert expired.actor is None


def test_pages_join_without_gap_or_repetition(shop_at: ShopAt) -> None:
    shop = shop_at()
    with shop.read() as session:
        whole = timeline(session, shop.case_id, important=False, limit=500)
        found, before = [], None
        while True:
            page = timeline(session, shop.case_id, important=False, before=before, limit=4)
            found += [entry.id for entry in page.rows]
            before = page.next
            if before is None:
                break
        count = timeline_count(session, shop.case_id, important=False)
    assert found == [entry.id for entry in whole.rows]
    assert count.number == len(found)
    assert whole.next is None


def test_what_matters_leaves_out_what_does_not(shop_at: ShopAt) -> None:
    shop = shop_at("recheck")
    with shop.read() as session:
        important = timeline(session, shop.case_id, important=True, limit=500)
    assert all(told.important for entry in important.rows for told in entry.told)


def test_values_come_only_when_asked_for(shop_at: ShopAt) -> None:
    shop = shop_at("recheck")
    with shop.read() as session:
        plain = timeline(session, shop.case_id, important=False)
        detailed = timeline(session, shop.case_id, important=False, details=True)
    assert all(entry.payload is None and entry.changes == () for entry in plain.rows)
    ordered = next(entry for entry in detailed.rows if entry.command == "OrderCorrection")
    assert ordered.payload is not None
    assert ordered.payload["demand"] == "将店外物品全部收回店内。"
    assert "correction_order" in {change["table"] for change in ordered.changes}


def test_a_made_up_place_in_the_story_is_refused(shop_at: ShopAt) -> None:
    shop = shop_at("recheck")
    with shop.read() as session, pytest.raises(Invalid):
        timeline(session, shop.case_id, important=False, before="1; drop table audit_event")


def test_looks_are_told_with_the_name_of_who_looked(shop_at: ShopAt) -> None:
    shop = shop_at("recheck")
    shop.application.notes.read(shop.actor("wang_jing"), shop.case_id, "case:facts", shop.now)
    with shop.read() as session:
        found = looks(session, shop.case_id)
        attempts = refused(session, shop.case_id)
    assert [(look.name.zh, look.what) for look in found] == [("王静", "case:facts")]
    assert attempts == []
