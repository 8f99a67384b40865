"""When a side process may start, what waits for it, and that a case does not end beside it."""

from __future__ import annotations

import pytest

from models.errors import Refused, Violation
from models.types import Stage
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import of, rules
from workflows.commands.base import CaseCommand
from workflows.commands.decision import IssueDecision
from workflows.commands.desk import AddCaseNote
from workflows.commands.extension import RequestExtension
from workflows.guards.side import case_may_end, nothing_holds_it_up, side_may_start

NOW = at("09-20 09:00")


def asked(story: Story, command: CaseCommand) -> list[Violation]:
    act = story.act("zhang_ming", NOW)
    assert act.pack is not None
    return [*side_may_start(act, command), *nothing_holds_it_up(act, command)]


def extend(story: Story, stage: Stage, *open_sides: str) -> set[str]:
    story.case.stage, story.case.open_sides = stage, list(open_sides)
    return rules(asked(story, of(story, RequestExtension, reason="案情复杂")))


@pytest.mark.parametrize("stage", [Stage.FILED, Stage.INVESTIGATING, Stage.DISCUSSING])
def test_one_starts_in_the_stages_that_the_pack_names(story: Story, stage: Stage) -> None:
    assert extend(story, stage) == set()


@pytest.mark.parametrize("stage", [Stage.LEAD, Stage.ENFORCING, Stage.ARCHIVED])
def test_it_does_not_start_in_another_stage(story: Story, stage: Stage) -> None:
    assert extend(story, stage) == {"S02"}


def test_it_starts_once_at_a_time(story: Story) -> None:
    assert extend(story, Stage.FILED, "extension") == {"S04"}
    assert extend(story, Stage.FILED, "recusal") == set()


def test_what_an_open_one_blocks_waits(story: Story) -> None:
    decide = of(story, IssueDecision, outcome="issue")
    story.case.open_sides = ["suspension"]
    (found,) = asked(story, decide)
    assert found.rule == "S03"
    assert "中止" in found.message.zh
    story.case.open_sides = ["extension"]
    assert asked(story, decide) == []


def test_what_starts_nothing_and_is_not_blocked_goes_on(story: Story) -> None:
    story.case.open_sides = ["suspension"]
    assert asked(story, of(story, AddCaseNote, text="电话")) == []


def test_a_case_ends_beside_one_only_where_the_pack_lets_it_go(story: Story) -> None:
    story.case.open_sides = ["extension", "suspension"]
    case_may_end(story.act("zhang_ming", NOW))
    story.case.open_sides = ["extension", "termination"]
    with pytest.raises(Refused) as refusal:
        case_may_end(story.act("zhang_ming", NOW))
    assert refusal.value.rules == {"S06"}
