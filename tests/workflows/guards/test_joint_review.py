"""Joint review (“1+3”): levels by table, one answer for each request, objections answered."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from models.errors import Violation
from models.joint_review import Consultation, JointOpinion, ReviewObjection
from models.person import RoleAssignment
from models.process import ProcessInstance
from models.task import Task
from models.types import Role, TaskState
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from tests.workflows.guards.test_review import review
from workflows.act import Act
from workflows.commands.investigation import SubmitFinalReport
from workflows.commands.joint_review import (
    AnswerObjections,
    GiveJointOpinion,
    RecordConsultation,
    RequestJointReview,
)
from workflows.guards.joint_review import objections_are_answered, review_ground, review_levels

NOW = at("09-16 10:00")


@pytest.fixture
def reported(story: Story) -> Story:
    story.up_to_report()
    story.reported()
    return story


@pytest.fixture
def reviewing(reported: Story) -> Story:
    """The legal review waits."""
    process = ProcessInstance(
        id=uuid.uuid4(), case_id=reported.case.id, pack_version_id=reported.case.pack_version_id,
        process_key="ordinary", main=True, state=b"", codec=1, digest="", rev=1, started_at=NOW,
    )  # fmt: skip
    reported.session.add(process)
    reported.session.flush()
    reported.session.add(
        Task(
            id=uuid.uuid4(), case_id=reported.case.id, process_id=process.id,
            element="legal_review", title="法制审核", title_en="Legal review", lane="reviewer",
            roles=["town_legal"], role_set="town_legal", command="SubmitReviewOpinion",
            state=TaskState.OPEN, rev=1, round=1, why={}, opened_at=NOW,
            subject_id=reported.case.subject_id, unit_id=reported.case.unit_id, party_name="",
        )
    )  # fmt: skip
    reported.session.flush()
    return reported


def stamp(story: Story) -> dict[str, Any]:
    wang = story.office.person("wang_jing").id
    return {
        "id": uuid.uuid4(),
        "case_id": story.case.id,
        "recorded_at": NOW,
        "recorded_by_id": wang,
    }


def asked(story: Story, level: str, number: int = 1, **values: Any) -> JointOpinion:
    report = story.act("wang_jing", NOW).record.report
    assert report is not None
    wanted: dict[str, Any] = {
        "number": number, "report_id": report.id, "level": level, "organ": "区住建局",
        "question": "定性是否准确", "giver_name": "", "giver_post": "", "reasons": "",
    }  # fmt: skip
    row = JointOpinion(**{**stamp(story), **wanted, **values})
    story.session.add(row)
    story.session.flush()
    return row


def given(story: Story, level: str, number: int, opinion: str) -> JointOpinion:
    answer = {"given_at": NOW, "giver_name": "何敏", "opinion": opinion, "reasons": "见回函"}
    return asked(story, level, number, **answer)


def levels(story: Story) -> list[str]:
    return [str(each.level) for each in review_levels(story.act("wang_jing", NOW))]


def test_a_plain_case_of_a_town_is_read_by_its_legal_officer_alone(reported: Story) -> None:
    assert levels(reported) == ["town"]


def test_a_professional_field_asks_the_department(story: Story) -> None:
    story.case.matter_id = story.office.matter("gas_without_licence").id
    story.up_to_report()
    story.reported()
    assert levels(story) == ["town", "department"]


def test_a_statutory_case_goes_to_the_justice_office_and_a_new_large_one_is_consulted(
    story: Story,
) -> None:
    story.up_to_report()
    story.reported(fine=Decimal(10000))
    assert levels(story) == ["town", "justice_office", "consultation"]
    ground, reason = review_ground(story.act("wang_jing", NOW))
    assert ground == "statutory"
    assert reason.zh == "直接关系当事人重大权益"


def test_what_was_asked_is_waited_for(reported: Story) -> None:
    row = asked(reported, "department")
    (found,) = review(reported)
    assert found.rule == "G01"
    assert "区住建局" in found.message.zh
    row.given_at, row.giver_name, row.opinion, row.reasons = NOW, "何敏", "agree", "同意"
    assert review(reported) == []


def test_a_file_that_goes_back_need_not_wait(reported: Story) -> None:
    asked(reported, "department")
    why = {"failure_reasons": ["facts_unclear"], "reasons": "时间不清", "opinion": "correct"}
    assert review(reported, review="return", **why) == []


def test_a_disagreement_is_settled_by_a_consultation(reported: Story) -> None:
    given(reported, "department", 1, "agree")
    office = given(reported, "justice_office", 2, "correct")
    assert rules(review(reported)) == {"G01"}
    reported.session.add(
        Consultation(
            **stamp(reported), round=1, report_id=office.report_id, held_at=NOW, ended_at=NOW,
            place="街道", topic="定性", participants=[], opinion="agree", conclusion_text="同意",
            chair_name="赵勇", recorder_id=reported.office.person("wang_jing").id,
        )
    )  # fmt: skip
    assert review(reported) == []


def test_where_the_place_binds_itself_every_level_of_the_table_must_answer(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.up_to_report()
    story.reported(fine=Decimal(10000))
    assert review(story) == []
    bind(monkeypatch)
    found = review(story)
    assert rules(found) == {"G01"}
    assert len(found) == 2


def bind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The levels of the table are binding, as the parameter would say."""
    plain = Act.parameter

    def parameter(self: Act, key: str, day: Any = None) -> Any:
        return True if key == "legal_review.joint_required" else plain(self, key, day)

    monkeypatch.setattr(Act, "parameter", parameter)


def ask(story: Story, **values: Any) -> list[Violation]:
    wanted = {"level": "department", "organ": "区住建局", "question": "定性", **values}
    return refused(story, "wang_jing", NOW, of(story, RequestJointReview, **wanted))


def test_nothing_is_asked_outside_the_legal_review(reported: Story) -> None:
    assert rules(ask(reported)) == {"G02"}


def test_a_level_is_asked_once_at_a_time(reviewing: Story) -> None:
    assert ask(reviewing) == []
    assert fields(ask(reviewing, level="town"), "G02") == {"level"}
    assert fields(ask(reviewing, organ=" ", question=""), "R01") == {"organ", "question"}
    asked(reviewing, "department")
    assert fields(ask(reviewing), "G02") == {"level"}
    assert ask(reviewing, level="justice_office") == []


def give(story: Story, who: str = "wang_jing", **values: Any) -> list[Violation]:
    wanted = {"request": "1", "opinion": "agree", "reasons": "同意", **values}
    return refused(story, who, NOW, of(story, GiveJointOpinion, **wanted))


def test_a_written_reply_names_its_author_who_is_not_the_reviewer(reviewing: Story) -> None:
    asked(reviewing, "department")
    assert fields(give(reviewing), "G03") == {"giver_name"}
    signed = {"giver_name": "何敏", "giver_post": "区住建局法规科科长"}
    assert give(reviewing, **signed) == []
    assert rules(give(reviewing, **{**signed, "giver_name": "王静"})) == {"V08"}
    assert fields(give(reviewing, **signed, request="2"), "G03") == {"request"}
    assert fields(give(reviewing, **signed, reasons=" "), "R01") == {"reasons"}


def test_the_level_s_own_reviewer_needs_no_other_name_but_must_not_have_reviewed(
    reviewing: Story,
) -> None:
    asked(reviewing, "justice_office")
    assign(reviewing, "xie_ning", Role.JUSTICE_OFFICE)
    assert give(reviewing, "xie_ning") == []
    report = reviewing.act("wang_jing", NOW).record.report
    reviewing.reviewed(report, reviewer_id=reviewing.office.person("xie_ning").id)
    assert rules(give(reviewing, "xie_ning")) == {"V08"}


def assign(story: Story, key: str, role: Role) -> None:
    story.session.add(
        RoleAssignment(
            id=uuid.uuid4(), person_id=story.office.person(key).id, role=role,
            unit_id=story.case.unit_id, subject_id=story.case.subject_id,
            valid_from=at("01-01 00:00").date(),
        )
    )  # fmt: skip
    story.session.flush()


def test_who_answered_for_another_level_does_not_give_the_statutory_opinion(
    reported: Story,
) -> None:
    xie = reported.office.person("xie_ning").id
    row = given(reported, "justice_office", 1, "agree")
    row.giver_id = xie
    assert rules(review(reported, "xie_ning")) == {"V08"}
    assert review(reported, "wang_jing") == []


def consult(story: Story, **values: Any) -> list[Violation]:
    both = [
        {"kind": "court", "organ": "区法院", "name": "高岚", "view": "定性准确"},
        {"kind": "counsel", "organ": "某律师事务所", "name": "田宇", "view": "同意"},
    ]
    wanted: dict[str, Any] = {
        "held_at": at("09-16 09:00"), "ended_at": at("09-16 09:30"), "place": "街道",
        "chair_name": "赵勇", "topic": "定性", "participants": both, "opinion": "agree",
        "conclusion_text": "定性准确", **values,
    }  # fmt: skip
    return refused(story, "wang_jing", NOW, of(story, RecordConsultation, **wanted))


def test_a_consultation_has_organs_views_and_a_conclusion(reviewing: Story) -> None:
    assert consult(reviewing) == []
    one = [{"organ": "区法院", "name": "高岚", "view": "定性准确"}]
    assert fields(consult(reviewing, participants=one), "G04") == {"participants"}
    mute = [*one, {"organ": "律师事务所", "name": "田宇", "view": " "}]
    assert fields(consult(reviewing, participants=mute), "G04") == {"participants"}
    assert fields(consult(reviewing, conclusion_text=""), "G04") == {"conclusion_text"}
    assert rules(consult(reviewing, ended_at=at("09-16 08:59"))) == {"V05"}


def objected(story: Story) -> Story:
    report = story.act("wang_jing", NOW).record.report
    fault = {"review": "return", "opinion": "correct", "passed": False, "reasons": "时间不清"}
    row = story.reviewed(report, **fault, failure_reasons=["facts_unclear"])
    for number, code in enumerate(("facts_unclear", "basis_wrong"), 1):
        story.session.add(
            ReviewObjection(
                **stamp(story), number=number, review_id=row.id, reason=code, text="时间不清",
                answer_text="",
            )
        )  # fmt: skip
    story.session.flush()
    return story


def unanswered(story: Story) -> list[Violation]:
    act = story.act("zhang_ming", at("09-16 15:00"))
    return list(objections_are_answered(act, SubmitFinalReport))


def answer(story: Story, *answers: dict[str, Any], when: datetime = NOW) -> list[Violation]:
    return refused(story, "zhang_ming", when, of(story, AnswerObjections, answers=list(answers)))


MENDED = {"answer": "accepted", "text": "已补正"}


def test_the_file_moves_on_once_each_objection_has_its_answer(reported: Story) -> None:
    (found,) = unanswered(objected(reported))
    assert found.rule == "G05"
    assert "第1、2条" in found.message.zh
    rows = reported.session.query(ReviewObjection).all()
    for row in rows:
        row.answer, row.answer_text, row.answered_at = "accepted", "已补正", NOW
    assert unanswered(reported) == []


def test_an_answer_belongs_to_an_objection_and_says_something(reported: Story) -> None:
    objected(reported)
    assert answer(reported, {"objection": "1", **MENDED}, {"objection": "2", **MENDED}) == []
    assert answer(reported, {"objection": "2", "answer": "rejected", "text": "依据无误"}) == []
    assert rules(answer(reported)) == {"G05"}
    assert rules(answer(reported, {"objection": "3", **MENDED})) == {"G05"}
    twice = [{"objection": "1", **MENDED}] * 2
    assert rules(answer(reported, *twice)) == {"G05"}
    assert rules(answer(reported, {"objection": "1", "answer": "accepted", "text": " "})) == {"G05"}
    assert rules(answer(reported, {"objection": "1", "answer": "later", "text": "x"})) == {"G05"}
