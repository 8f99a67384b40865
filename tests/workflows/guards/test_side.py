"""When a side process may start, what waits for it, and that a case does not end beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from models.errors import Refused, Violation
from models.process import ProcessInstance
from models.types import Stage
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import of, rules
from workflows.act import Act
from workflows.commands.base import CaseCommand
from workflows.commands.decision import IssueDecision
from workflows.commands.desk import AddCaseNote
from workflows.commands.extension import RequestExtension, ReviewExtension
from workflows.guards.side import case_may_end, nothing_holds_it_up, side_may_start
from workflows.guards.stage import case_still_runs

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


@pytest.mark.parametrize(("stage", "found"), [(Stage.FILED, set()), (Stage.ARCHIVED, {"S02"})])
def test_a_case_that_ended_is_changed_only_by_what_the_law_starts_after_its_end(
    story: Story, stage: Stage, found: set[str]
) -> None:
    story.case.stage = stage
    extend = of(story, RequestExtension, reason="案情复杂")
    act = story.act("zhang_ming", NOW)
    assert rules(list(case_still_runs(act, extend))) == found
    assert rules(list(case_still_runs(_allowing(act, "extension", stage), extend))) == set()
    note = of(story, AddCaseNote, text="电话")
    assert rules(list(case_still_runs(_allowing(act, "extension", stage), note))) == found


@pytest.mark.parametrize(("ended_at", "found"), [(None, set()), (NOW, {"S02"})])
def test_a_step_of_a_side_process_is_taken_after_the_end_while_it_is_open(
    story: Story, ended_at: datetime | None, found: set[str]
) -> None:
    story.case.stage = Stage.ARCHIVED
    act = story.act("zhang_ming", NOW)
    act.process = ProcessInstance(side="refund", main=False, ended_at=ended_at)
    assert rules(list(case_still_runs(act, of(story, ReviewExtension, outcome="agree")))) == found


def _allowing(act: Act, name: str, stage: Stage) -> Act:
    """The act with a pack that lets the side process start in one more stage."""
    assert act.pack is not None
    manifest = act.pack.manifest
    side = replace(manifest.side[name], allowed_in=(*manifest.side[name].allowed_in, stage))
    pack = replace(act.pack)
    pack.__dict__["manifest"] = replace(manifest, side={**manifest.side, name: side})
    return replace(act, pack=pack)


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
