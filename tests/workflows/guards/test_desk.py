"""The desk: who may claim, release and hand over a task."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from models.case import Recusal
from models.errors import Violation
from models.process import ProcessInstance
from models.task import Task
from models.types import TaskState
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from workflows.commands.desk import AddCaseNote, ClaimTask, HandOverTask, ReleaseTask, WatchCase
from workflows.projection import role_set

NOW = at("09-16 10:00")


def task(story: Story, command: str, *roles: str, who: str | None = None) -> Task:
    process = ProcessInstance(
        id=uuid.uuid4(), case_id=story.case.id, pack_version_id=story.case.pack_version_id,
        process_key="ordinary", main=True, state=b"", codec=1, digest="0" * 64, rev=1,
        started_at=NOW,
    )  # fmt: skip
    story.session.add(process)
    story.session.flush()
    row = Task(
        id=uuid.uuid4(), case_id=story.case.id, process_id=process.id, element="legal_review",
        title="法制审核", title_en="Legal review", lane="reviewer", roles=list(roles),
        role_set=role_set(list(roles)),
        command=command, state=TaskState.OPEN, why={}, opened_at=NOW,
        assignee_id=story.office.person(who).id if who else None,
        claimed_at=NOW if who else None, subject_id=story.case.subject_id,
        unit_id=story.case.unit_id, party_name="鲜果美",
    )  # fmt: skip
    story.session.add(row)
    story.session.flush()
    return row


@pytest.fixture
def offered(story: Story) -> Task:
    return task(story, "SubmitReviewOpinion", "legal_reviewer", "town_legal")


def claim(story: Story, row: Task, who: str) -> list[Violation]:
    return refused(story, who, NOW, of(story, ClaimTask, task_id=row.id))


def test_a_reviewer_claims_an_offered_review(story: Story, offered: Task) -> None:
    assert claim(story, offered, "wang_jing") == []


def test_a_role_that_does_not_fit_claims_nothing(story: Story, offered: Task) -> None:
    assert rules(claim(story, offered, "zhang_ming")) == {"T02"}


def test_a_reviewer_who_handled_the_case_is_refused(story: Story, offered: Task) -> None:
    story.handled("zhang_ming", "wang_jing")
    assert rules(claim(story, offered, "wang_jing")) == {"V08"}


def test_a_recused_reviewer_is_refused(story: Story, offered: Task) -> None:
    story.session.add(
        Recusal(
            case_id=story.case.id, recorded_at=NOW, reason="亲属",
            person_id=story.office.person("wang_jing").id,
            decided_by_id=story.office.person("qian_hong").id,
        )
    )  # fmt: skip
    assert rules(claim(story, offered, "wang_jing")) == {"P03"}


def test_a_task_is_claimed_once_and_while_it_waits(story: Story, offered: Task) -> None:
    offered.assignee_id = story.office.person("xie_ning").id
    assert rules(claim(story, offered, "wang_jing")) == {"T02"}
    offered.assignee_id, offered.state = None, TaskState.CANCELLED
    assert rules(claim(story, offered, "wang_jing")) == {"T01"}


def test_a_task_of_another_case_is_no_task_here(story: Story, offered: Task) -> None:
    other = Story(story.session)
    assert rules(claim(other, offered, "wang_jing")) == {"T01"}


def test_work_of_the_handlers_is_claimed_by_the_handlers(story: Story) -> None:
    row = task(story, "SubmitFinalReport", "handler")
    assert claim(story, row, "feng_lei") == [], "before any handler is named"
    story.handled()
    assert rules(claim(story, row, "feng_lei")) == {"T02"}
    assert claim(story, row, "li_qiang") == []


def test_only_the_holder_gives_a_task_back(story: Story) -> None:
    row = task(story, "SubmitReviewOpinion", "town_legal", who="wang_jing")
    command = of(story, ReleaseTask, task_id=row.id)
    assert refused(story, "wang_jing", NOW, command) == []
    assert rules(refused(story, "xie_ning", NOW, command)) == {"T03"}


def hand_over(story: Story, row: Task, to: str, reason: str = "出差") -> list[Violation]:
    command = of(story, HandOverTask, task_id=row.id, to=to, reason=reason)
    return refused(story, "wang_jing", NOW, command)


def test_a_task_goes_to_a_colleague_who_may_take_it(story: Story) -> None:
    row = task(story, "SubmitReviewOpinion", "town_legal", who="wang_jing")
    assert hand_over(story, row, "xie_ning") == []
    assert fields(hand_over(story, row, "xie_ning", " "), "R01") == {"reason"}
    assert fields(hand_over(story, row, "xie_ning", "长" * 401), "R02") == {"reason"}
    assert fields(hand_over(story, row, "zhang_ming"), "T04") == {"to"}
    assert fields(hand_over(story, row, "wang_jing"), "T04") == {"to"}
    assert rules(hand_over(story, row, "nobody")) == {"P02"}


def test_a_task_does_not_go_to_someone_whom_a_duty_excludes(story: Story) -> None:
    row = task(story, "SubmitReviewOpinion", "town_legal", who="wang_jing")
    story.handled("zhang_ming", "xie_ning")
    assert fields(hand_over(story, row, "xie_ning"), "T04") == {"to"}


def test_a_remark_says_something_and_fits(story: Story) -> None:
    def note(text: str) -> list[Violation]:
        return refused(story, "sun_li", NOW, of(story, AddCaseNote, text=text))

    assert note("请补充照片😀") == []
    assert rules(note("  ")) == {"R01"}
    assert note("字" * 2000) == []
    assert rules(note("字" * 2001)) == {"R02"}


def test_an_ended_case_can_still_be_followed_and_remarked_on(story: Story) -> None:
    story.case.stage = "archived"  # type: ignore[assignment]
    assert refused(story, "sun_li", NOW, of(story, WatchCase)) == []
    assert refused(story, "sun_li", NOW, of(story, AddCaseNote, text="存疑")) == []


def test_no_task_moves_in_an_ended_case(story: Story, offered: Task) -> None:
    story.case.stage = "withdrawn"  # type: ignore[assignment]
    found: Any = claim(story, offered, "wang_jing")
    assert rules(found) == {"S02"}


def test_handlers_hand_over_among_themselves(story: Story) -> None:
    story.handled()
    row = task(story, "SubmitFinalReport", "handler", who="zhang_ming")

    def to(key: str) -> list[Violation]:
        command = of(story, HandOverTask, task_id=row.id, to=key, reason="出差")
        return refused(story, "zhang_ming", NOW, command)

    assert to("li_qiang") == []
    assert fields(to("feng_lei"), "T04") == {"to"}
