"""More time, standing still, ending for good, stepping back: who may, when, on which ground."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from models.case import Recusal
from models.errors import Violation
from models.extension import Extension
from models.recusal import RecusalRequest
from models.types import Flag
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules, violations
from workflows.commands.extension import (
    ApproveExtension,
    DiscussExtension,
    RequestExtension,
    ReviewExtension,
)
from workflows.commands.filing import DecideRecusal
from workflows.commands.recusal import AnswerRecusal, DiscussRecusal, RequestRecusal
from workflows.commands.suspension import (
    ApproveResumption,
    ApproveSuspension,
    ApproveTermination,
    RequestResumption,
    RequestSuspension,
    RequestTermination,
)

NOW = at("09-20 10:00")
HEADS = ["zhao_yong", "jiang_tao", "shen_jie", "ye_ping", "tang_jie", "qian_hong"]


@pytest.fixture
def running(story: Story) -> Story:
    """Filed on 2025-09-10, the ninety days run."""
    story.handled()
    story.case.filed_at = at("09-10 16:00")
    story.case.case_no = "镇骆综执立〔2025〕第0999号"
    story.act("zhao_yong", at("09-10 16:00")).clocks.start("CLK_CASE", at("09-10 16:00"))
    return story


# -- extension ---------------------------------------------------------------------------------


def extended(story: Story, kind: str = "first", granted: bool | None = True) -> Extension:
    """An earlier request of the case, granted, refused or (None) still waiting."""
    earlier = len(story.act("zhao_yong", NOW).record.all(Extension))
    row = Extension(
        **story._stamp(NOW), round=earlier + 1, kind=kind, reason="案情复杂", days=30,
        last_day_before=at("12-09 00:00").date(), granted=granted,
        decided_at=None if granted is None else NOW,
        requested_by_id=story.office.person("zhang_ming").id,
    )  # fmt: skip
    added: Extension = story._add(row)
    return added


def ask(story: Story, when: datetime = NOW, **values: Any) -> list[Violation]:
    wanted = {"reason": "案情复杂", **values}
    return refused(story, "zhang_ming", when, of(story, RequestExtension, **wanted))


def test_more_time_is_asked_for_with_a_reason_while_the_clock_runs(running: Story) -> None:
    assert ask(running) == []
    assert rules(ask(running, reason=" ")) == {"R01"}
    assert ask(running, at("12-09 23:00")) == [], "on the last day"
    assert rules(ask(running, at("12-10 00:00"))) == {"Y01"}


def test_no_time_is_added_where_no_clock_runs(story: Story) -> None:
    assert rules(ask(story)) == {"Y01"}


@pytest.mark.parametrize("days", [None, 0, -3])
def test_a_further_request_names_its_days(running: Story, days: int | None) -> None:
    assert ask(running, days=days) == [], "the first one need not"
    extended(running)
    assert fields(ask(running, days=days), "Y03") == {"days"}
    assert ask(running, days=1) == []


def test_what_was_refused_or_granted_together_does_not_use_up_the_heads_one(
    running: Story,
) -> None:
    extended(running, granted=False)
    extended(running, "again")
    assert ask(running) == []


def approve(story: Story, **values: Any) -> list[Violation]:
    wanted = {"outcome": "approve", **values}
    return refused(story, "zhao_yong", NOW, of(story, ApproveExtension, **wanted))


def test_the_head_grants_once(running: Story) -> None:
    extended(running, granted=None)
    assert approve(running) == []
    assert rules(approve(running, outcome="refuse")) == {"S05"}
    assert approve(running, outcome="refuse", opinion="可以按期办结") == []


def test_a_second_time_the_leaders_discuss_it(running: Story) -> None:
    extended(running)
    extended(running, "again", None)
    assert fields(approve(running), "Y02") == {"outcome"}
    assert approve(running, outcome="refuse", opinion="不必") == []


def test_nothing_is_answered_that_was_not_asked(running: Story) -> None:
    assert rules(approve(running)) == {"Y01"}
    extended(running, granted=False)
    assert rules(approve(running)) == {"Y01"}
    review = of(running, ReviewExtension, outcome="return")
    assert rules(refused(running, "sun_li", NOW, review)) == {"S05", "Y01"}


def seat(key: str, order: int, vote: str = "agree", **values: Any) -> dict[str, Any]:
    return {
        "person": key, "attended": True, "spoke_order": order, "view": "同意", "vote": vote,
        **({"dissent": "不妥"} if vote == "disagree" else {}), **values,
    }  # fmt: skip


def table(present: Sequence[str] = HEADS, against: int = 0) -> list[dict[str, Any]]:
    """All six heads; who is not present is away, the first ones vote against."""
    found = []
    for order, key in enumerate(HEADS, 1):
        if key not in present:
            found.append({"person": key, "attended": False, "absent_reason": "出差"})
            continue
        found.append(seat(key, order, "disagree" if order <= against else "agree"))
    return found


def discuss(story: Story, members: list[dict[str, Any]], **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "outcome": "approve", "days": 20, "held_at": at("09-20 09:00"), "place": "会议室",
        "chair": "qian_hong", "members": members, "conclusion": "同意延长二十日",
    }  # fmt: skip
    return refused(story, "lin_fang", NOW, of(story, DiscussExtension, **{**wanted, **values}))


@pytest.fixture
def discussed(running: Story) -> Story:
    """The head has granted once; a further request waits for the leaders."""
    extended(running)
    extended(running, "again", None)
    return running


def test_the_leaders_together_fix_a_time(discussed: Story) -> None:
    assert discuss(discussed, table()) == []
    assert fields(discuss(discussed, table(), days=None), "Y03") == {"days"}
    assert fields(discuss(discussed, table(), days=0), "Y03") == {"days"}
    assert discuss(discussed, table(), days=None, outcome="refuse") == []


def test_four_of_six_are_enough_and_three_are_not(discussed: Story) -> None:
    assert discuss(discussed, table(HEADS[2:])) == []
    assert "V15" in rules(discuss(discussed, table(HEADS[3:])))


def test_it_passes_with_more_than_half_of_all_members(discussed: Story) -> None:
    assert discuss(discussed, table(against=2)) == []
    assert fields(discuss(discussed, table(against=3)), "V15") == {"outcome"}
    assert discuss(discussed, table(against=3), outcome="refuse") == []
    assert "V15" in rules(discuss(discussed, []))


def test_only_heads_sit_and_the_chair_speaks_last(discussed: Story) -> None:
    assert "V15" in rules(discuss(discussed, [*table(), seat("wang_jing", 0)]))
    early = [seat(key, 6 - place) for place, key in enumerate(HEADS)]
    assert "V15" in rules(discuss(discussed, early)), "the head spoke first"
    assert "V15" in rules(discuss(discussed, table(HEADS[:5]))), "the chair was away"
    assert "V15" in rules(discuss(discussed, [*table()[:5], seat("qian_hong", 9, view="")]))


def test_a_discussion_lies_not_in_the_future(discussed: Story) -> None:
    assert "V05" in rules(discuss(discussed, table(), held_at=at("09-21 09:00")))


# -- suspension, termination -------------------------------------------------------------------


def suspend(story: Story, **values: Any) -> list[Violation]:
    wanted = {"ground": "force_majeure", "reason": "台风", **values}
    return refused(story, "zhang_ming", NOW, of(story, RequestSuspension, **wanted))


def test_a_filed_case_may_stand_still_for_a_reason(running: Story) -> None:
    assert suspend(running) == []
    assert rules(suspend(running, reason="")) == {"R01"}


def test_a_lead_and_a_decided_case_do_not_stand_still(story: Story, running: Story) -> None:
    running.case.decided_at = NOW
    assert rules(suspend(running)) == {"Z01"}
    running.case.decided_at = None
    running.case.filed_at = running.case.case_no = None
    assert rules(suspend(running)) == {"Z01"}


def test_what_stands_still_already_does_not_stop_again(running: Story) -> None:
    running.case.flag(Flag.SUSPENDED)
    assert rules(suspend(running)) == {"Z01"}


def test_only_what_stands_still_goes_on(running: Story) -> None:
    resume = of(running, RequestResumption, reason="原因消除")
    agree = of(running, ApproveResumption, outcome="agree")
    assert rules(refused(running, "zhang_ming", NOW, resume)) == {"Z02"}
    assert rules(refused(running, "zhao_yong", NOW, agree)) == {"Z02"}
    running.case.flag(Flag.SUSPENDED)
    assert refused(running, "zhang_ming", NOW, resume) == []
    assert refused(running, "zhao_yong", NOW, agree) == []
    silent = of(running, RequestResumption, reason="")
    assert rules(refused(running, "zhang_ming", NOW, silent)) == {"R01"}


def test_a_refusal_says_why(running: Story) -> None:
    for command in (ApproveSuspension, ApproveTermination):
        silent = of(running, command, outcome="refuse")
        assert fields(refused(running, "zhao_yong", NOW, silent), "S05") == {"opinion"}
        spoken = of(running, command, outcome="refuse", opinion="理由不足")
        assert refused(running, "zhao_yong", NOW, spoken) == []
        assert refused(running, "zhao_yong", NOW, of(running, command, outcome="approve")) == []


def terminate(story: Story, **values: Any) -> list[Violation]:
    wanted = {"ground": "person_died", "facts": "经营者去世", "measures_released": True}
    command = of(story, RequestTermination, **{**wanted, **values})
    return refused(story, "zhang_ming", NOW, command)


@pytest.mark.parametrize(
    ("kind", "fitting"),
    [
        ("natural_person", "person_died"),
        ("individual_business", "person_died"),
        ("enterprise", "entity_ended"),
    ],
)
def test_a_person_dies_and_an_entity_ends(running: Story, kind: str, fitting: str) -> None:
    running.party(party_type=kind)
    wrong = {"person_died": "entity_ended", "entity_ended": "person_died"}[fitting]
    assert terminate(running, ground=fitting) == []
    assert fields(terminate(running, ground=wrong), "Z03") == {"ground"}
    assert terminate(running, ground="other") == []


def test_measures_are_released_and_nothing_was_decided(running: Story) -> None:
    assert fields(terminate(running, measures_released=False), "Z03") == {"measures_released"}
    assert rules(terminate(running, facts="")) == {"R01"}
    running.case.decided_at = NOW
    assert rules(terminate(running)) == {"Z03"}
    approve_it = of(running, ApproveTermination, outcome="approve")
    assert rules(refused(running, "zhao_yong", NOW, approve_it)) == {"Z03"}


# -- recusal -----------------------------------------------------------------------------------


def request(story: Story, person: str, who: str = "zhang_ming", **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "person": person, "asked_by": "party", "asked_at": NOW, "relation": "relative",
        "reason": "当事人是其姐夫",
    }  # fmt: skip
    return refused(story, who, NOW, of(story, RequestRecusal, **{**wanted, **values}))


def test_the_party_asks_it_of_anybody_and_officers_of_themselves(running: Story) -> None:
    assert request(running, "qian_hong") == []
    assert request(running, "li_qiang", "li_qiang", asked_by="officer") == []
    assert fields(request(running, "li_qiang", asked_by="officer"), "W01") == {"asked_by"}
    assert rules(request(running, "nobody")) == {"P02"}
    assert rules(request(running, "li_qiang", reason="")) == {"R01"}
    assert rules(request(running, "li_qiang", asked_at=at("09-21 09:00"))) == {"V05"}


def step_aside(story: Story, key: str) -> None:
    story._add(
        Recusal(
            **story._stamp(NOW), person_id=story.office.person(key).id, reason="亲属",
            decided_by_id=story.office.person("shen_jie").id,
        )
    )  # fmt: skip


def test_who_stepped_back_is_not_asked_again(running: Story) -> None:
    step_aside(running, "li_qiang")
    assert rules(request(running, "li_qiang")) == {"P03"}


def requested(story: Story, key: str, granted: bool | None = None) -> Story:
    """A request that waits for its answer (or has one)."""
    story._add(
        RecusalRequest(
            **story._stamp(NOW), round=1, person_id=story.office.person(key).id,
            asked_by="party", asked_at=NOW, relation="relative", reason="亲属", decider="head",
            granted=granted, decided_at=None if granted is None else NOW,
            requested_by_id=story.office.person("zhang_ming").id,
        )
    )  # fmt: skip
    return story


def answer(story: Story, who: str, **values: Any) -> list[Violation]:
    wanted = {"outcome": "approve", "reason": "属于近亲属", **values}
    act = story.act(who, NOW)
    act.grant = next(iter(act.actor.holdings), None)
    return violations(act, of(story, AnswerRecusal, **wanted))


def test_a_handler_is_replaced_before_they_leave(running: Story) -> None:
    requested(running, "li_qiang")
    assert fields(answer(running, "zhao_yong"), "V07") == {"replacement"}
    assert answer(running, "zhao_yong", replacement="feng_lei") == []
    assert rules(answer(running, "zhao_yong", replacement="zhang_ming")) == {"V07"}
    assert rules(answer(running, "zhao_yong", replacement="nobody")) == {"P02"}
    assert answer(running, "zhao_yong", outcome="refuse") == []
    assert rules(answer(running, "zhao_yong", outcome="refuse", reason="")) == {"R01"}


def test_a_reviewer_leaves_no_gap(running: Story) -> None:
    assert answer(requested(running, "wang_jing"), "zhao_yong") == []


def test_nobody_answers_for_themselves(running: Story) -> None:
    assert "P03" in rules(answer(requested(running, "zhao_yong"), "zhao_yong"))


def test_on_a_deputy_the_head_decides(running: Story) -> None:
    requested(running, "zhao_yong")
    assert rules(answer(running, "jiang_tao")) == {"W02"}
    assert answer(running, "qian_hong") == []


def test_on_the_head_all_decide_together(running: Story) -> None:
    requested(running, "qian_hong")
    assert rules(answer(running, "zhao_yong")) == {"W02"}


def test_what_was_answered_is_not_answered_again(running: Story) -> None:
    assert rules(answer(running, "zhao_yong")) == {"W01"}
    requested(running, "wang_jing", granted=False)
    assert rules(answer(running, "zhao_yong")) == {"W01"}


def together(story: Story, members: list[dict[str, Any]], **values: Any) -> list[Violation]:
    wanted: dict[str, Any] = {
        "outcome": "approve", "held_at": at("09-20 09:00"), "place": "会议室",
        "chair": "tang_jie", "members": members, "conclusion": "决定回避",
    }  # fmt: skip
    return refused(story, "lin_fang", NOW, of(story, DiscussRecusal, **{**wanted, **values}))


def test_the_head_has_no_seat_where_it_is_about_the_head(running: Story) -> None:
    assert rules(together(running, table()[:5])) == {"W01"}
    requested(running, "qian_hong")
    assert together(running, table()[:5]) == []
    assert "P03" in rules(together(running, table(), chair="qian_hong"))


def test_an_order_without_a_request_keeps_to_the_same_levels(running: Story) -> None:
    order = of(running, DecideRecusal, person="qian_hong", reason="亲属")
    assert rules(refused(running, "zhao_yong", NOW, order)) == {"W02"}
