"""A meeting of several cases through its pages: convened, opened, held case by case, closed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.discussion import Discussion
from models.errors import Refused
from models.meeting import AgendaItem, Meeting
from models.task import Task
from models.types import TaskState
from tests.webapp.conftest import Web
from tests.webapp.walking import fixtures
from workflows.bootstrap import PACKS
from workflows.commands.filing import DecideRecusal
from workflows.commands.meeting import CloseMeeting, ConveneMeeting, DeferAgendaItem, OpenMeeting
from workflows.commands.review import ConveneDiscussion
from workflows.trials.player import play
from workflows.trials.scenarios import Scenario, moment, read_scenario
from workflows.trials.theatre import Wish, command_of

PANEL = ["qian_hong", "zhao_yong", "jiang_tao", "shen_jie", "ye_ping", "tang_jie"]
PLANNED = "2025-11-26T14:00"


def major() -> Scenario:
    """The case that leaders must discuss, up to the moment at which it waits for them."""
    whole = read_scenario(PACKS / "ordinary" / "scenarios" / "major_case.yaml")
    before = []
    for step in whole.steps:
        if step.task == "convene_discussion":
            break
        if not step.expect.get("refused"):
            before.append(step)
    return replace(whole, steps=tuple(before))


@pytest.fixture
def two_cases(web_at: Callable[..., Web]) -> Web:
    """Two cases wait for a discussion; the clock stands at the morning of 20 November."""
    web = web_at(None)
    for _number in range(2):
        report = play(web.theatre, major(), fixtures())
        assert report.ok, report.plain()
    web.move_to("2025-11-20T10:00")
    return web


def waiting(web: Web) -> list[uuid.UUID]:
    query = select(Task.case_id).where(
        Task.command == "ConveneDiscussion", Task.state == TaskState.OPEN
    )
    return sorted(web.all(query), key=str)


def act(web: Web, person: str, command: Any) -> Any:
    return web.theatre.act(command, web.theatre.person(person))


def rules(web: Web, person: str, command: Any) -> set[str]:
    with pytest.raises(Refused) as refusal:
        act(web, person, command)
    return set(refusal.value.rules)


def convening(web: Web, **values: Any) -> ConveneMeeting:
    wanted: dict[str, Any] = {
        "cases": [str(key) for key in waiting(web)],
        "planned_at": at(PLANNED),
        "place": "街道三楼会议室",
        "chair": "qian_hong",
        "members": PANEL,
        "recorder": "lin_fang",
    }
    return ConveneMeeting(**{**wanted, **values})


def at(text: str) -> Any:
    return moment(text)


def came(*away: str) -> list[dict[str, Any]]:
    return [
        {"person": k, "attended": k not in away, "absent_reason": "出差" if k in away else None}
        for k in PANEL
    ]


def posted(web: Web) -> Meeting:
    """The head convenes both cases through the page."""
    page = web.client("qian_hong")
    listed = page.get("/meetings").get_data(as_text=True)
    assert listed.count("data-row") == 2
    assert page.get("/meetings/new").status_code == 200
    form = {
        "cases": [str(key) for key in waiting(web)], "planned_at": PLANNED,
        "place": "街道三楼会议室", "chair": "qian_hong", "members": PANEL, "recorder": "lin_fang",
        "attendees": ["wang_jing"], "observers": "田宇（法律顾问）",
    }  # fmt: skip
    answer = page.post("/meetings/new", data=form)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return web.one(select(Meeting))  # type: ignore[no-any-return]


def hold(web: Web, case_id: uuid.UUID, *away: str, left_out: str = "") -> Any:
    """The recorder's step of one case, as its page would send it."""
    there = [key for key in PANEL[1:] if key not in away and key != left_out]
    order = {key: place for place, key in enumerate([*there, "qian_hong"], 1)}
    lines = [
        {"person": k, "attended": True, "spoke_order": order[k], "view": "同意", "vote": "agree"}
        if k in order
        else {"person": k, "attended": False, "absent_reason": "出差"}
        for k in PANEL
        if k != left_out
    ]
    data = {
        "ended_at": "2025-11-26T14:30", "case_report": "案情", "legal_opinion": "同意",
        "members": lines, "discussion_result": "as_proposed", "conclusion_text": "按建议处罚",
    }  # fmt: skip
    wish = Wish(
        actor=web.theatre.person("lin_fang"), case_id=case_id, element="hold_discussion", data=data
    )
    return command_of(web.application, wish)


def test_two_cases_are_discussed_at_one_meeting_each_with_its_own_minutes(two_cases: Web) -> None:
    web = two_cases
    cases = waiting(web)
    meeting = posted(web)
    assert (meeting.number, meeting.state, meeting.observers) == (
        "2025-1", "convened", "田宇（法律顾问）",
    )  # fmt: skip
    assert waiting(web) == []
    talks = web.all(select(Discussion))
    assert {talk.case_id for talk in talks} == set(cases)
    assert all(talk.place == "街道三楼会议室" for talk in talks)
    page = web.client("lin_fang")
    assert page.get(f"/meetings/{meeting.id}").status_code == 200
    web.move_to("2025-11-26T16:00")
    assert "T06" in rules(web, "lin_fang", hold(web, cases[0]))
    rows = {f"attendance-{n}-person": key for n, key in enumerate(PANEL)}
    rows |= {f"attendance-{n}-attended": "true" for n in range(5)}
    rows |= {"attendance-5-absent_reason": "出差", "held_at": PLANNED}
    answer = page.post(f"/meetings/{meeting.id}/open", data=rows)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    assert "T06" in rules(web, "lin_fang", hold(web, cases[0]))
    act(web, "lin_fang", hold(web, cases[0], "tang_jie"))
    signed = [{"person": key, "signed": True} for key in PANEL[:5]]
    done = CloseMeeting(meeting=str(meeting.id), ended_at=at("2025-11-26T15:30"), signatures=signed)
    assert rules(web, "lin_fang", done) == {"T05"}
    act(web, "lin_fang", hold(web, cases[1], "tang_jie"))
    assert rules(web, "lin_fang", replace(done, signatures=signed[1:])) == {"T05"}
    assert rules(web, "lin_fang", replace(done, ended_at=at("2025-11-26T13:00"))) == {"V05"}
    extra = [*signed, {"person": "tang_jie", "signed": True}]
    assert rules(web, "lin_fang", replace(done, signatures=extra)) == {"T05"}
    act(web, "lin_fang", done)
    shown = page.get(f"/meetings/{meeting.id}/print").get_data(as_text=True)
    assert shown.count("按建议处罚") == 2
    assert "唐杰" in shown
    assert "田宇" in shown


def test_no_act_of_a_meeting_is_written_into_a_case(two_cases: Web) -> None:
    web = two_cases
    act(web, "qian_hong", convening(web))
    meeting = web.one(select(Meeting))
    web.move_to("2025-11-26T16:00")
    act(
        web,
        "lin_fang",
        OpenMeeting(meeting=str(meeting.id), held_at=at(PLANNED), attendance=came()),
    )
    own = web.all(
        select(AuditEvent).where(AuditEvent.command.in_(("ConveneMeeting", "OpenMeeting")))
    )
    assert len(own) == 2
    assert all(event.case_id is None for event in own)


def test_a_member_recused_in_one_case_is_left_out_of_that_case_alone(two_cases: Web) -> None:
    web = two_cases
    first, second = waiting(web)
    act(web, "qian_hong", DecideRecusal(case_id=first, person="ye_ping", reason="近亲属任职"))
    posted(web)
    seats = {talk.case_id: len(talk.votes) for talk in discussions(web)}
    assert seats == {first: 5, second: 6}


def discussions(web: Web) -> list[Discussion]:
    with web.application.transactions.read() as session:
        found = list(session.scalars(select(Discussion)))
        for each in found:
            _ = each.votes
        return found


def test_a_member_who_steps_back_after_the_convening_neither_counts_nor_votes(
    two_cases: Web,
) -> None:
    web = two_cases
    first = waiting(web)[0]
    meeting = posted(web)
    act(web, "qian_hong", DecideRecusal(case_id=first, person="ye_ping", reason="近亲属任职"))
    web.move_to("2025-11-26T16:00")
    opening = OpenMeeting(meeting=str(meeting.id), held_at=at(PLANNED), attendance=came())
    act(web, "lin_fang", opening)
    assert "P03" in rules(web, "lin_fang", hold(web, first))
    act(web, "lin_fang", hold(web, first, left_out="ye_ping"))
    with web.application.transactions.read() as session:
        talk = session.scalars(select(Discussion).where(Discussion.case_id == first)).one()
        out = [vote for vote in talk.votes if vote.excluded]
        assert [(vote.excluded, vote.vote, vote.attended) for vote in out] == [
            ("recused", None, None)
        ]


def test_only_cases_that_wait_go_on_an_agenda_and_on_one_alone(two_cases: Web) -> None:
    web = two_cases
    keys = [str(key) for key in waiting(web)]
    assert rules(web, "qian_hong", convening(web, cases=[keys[0], keys[0]])) == {"T01"}
    assert rules(web, "qian_hong", convening(web, cases=["nothing"])) == {"T01"}
    act(web, "qian_hong", convening(web, cases=keys[:1]))
    assert rules(web, "qian_hong", convening(web)) == {"T01"}
    meeting = web.one(select(Meeting))
    alone = ConveneDiscussion(
        case_id=uuid.UUID(keys[1]), planned_at=at(PLANNED), place="会议室", chair="qian_hong",
        members=PANEL, recorder="lin_fang", meeting=str(meeting.id),
    )  # fmt: skip
    assert rules(web, "qian_hong", alone) == {"T06"}
    act(web, "qian_hong", replace(alone, meeting=None))


def test_heads_sit_and_a_recorder_writes(two_cases: Web) -> None:
    web = two_cases
    assert rules(web, "qian_hong", convening(web, members=[*PANEL, "wang_jing"])) == {"T02"}
    assert rules(web, "qian_hong", convening(web, chair="wang_jing")) == {"T02"}
    assert rules(web, "qian_hong", convening(web, recorder="wang_jing")) == {"T02"}
    assert rules(web, "qian_hong", convening(web, members=["qian_hong", "nobody"])) == {"P02"}


def test_a_meeting_needs_its_quorum_its_chair_and_reasons_of_absence(two_cases: Web) -> None:
    web = two_cases
    act(web, "qian_hong", convening(web))
    meeting = web.one(select(Meeting))
    web.move_to("2025-11-26T16:00")
    opening = OpenMeeting(meeting=str(meeting.id), held_at=at(PLANNED), attendance=came())
    three = replace(opening, attendance=came(*PANEL[3:]))
    assert rules(web, "lin_fang", three) == {"V15"}
    assert rules(web, "lin_fang", replace(opening, attendance=came("qian_hong"))) == {"T04"}
    silent = [{**line, "absent_reason": None} for line in came("tang_jie")]
    assert rules(web, "lin_fang", replace(opening, attendance=silent)) == {"T04"}
    assert rules(web, "lin_fang", replace(opening, attendance=came()[1:])) >= {"T04"}
    assert rules(web, "lin_fang", replace(opening, meeting=str(uuid.uuid4()))) == {"T03"}
    act(web, "lin_fang", replace(opening, attendance=came(*PANEL[4:])))
    assert rules(web, "lin_fang", opening) == {"T03"}


def test_a_case_may_wait_for_another_meeting(two_cases: Web) -> None:
    web = two_cases
    first, _second = waiting(web)
    act(web, "qian_hong", convening(web))
    meeting = web.one(select(Meeting))
    defer = DeferAgendaItem(meeting=str(meeting.id), case=str(first), reason="材料未齐")
    assert "R01" in rules(web, "qian_hong", replace(defer, reason=" "))
    assert rules(web, "qian_hong", replace(defer, case=str(uuid.uuid4()))) == {"T05"}
    act(web, "qian_hong", defer)
    assert rules(web, "qian_hong", defer) == {"T05"}
    act(web, "qian_hong", convening(web, cases=[str(first)]))
    items = web.all(select(AgendaItem).where(AgendaItem.case_id == first))
    assert sorted(item.deferred for item in items) == ["", "材料未齐"]


def test_who_does_not_sit_sees_no_meetings_and_only_the_head_convenes(two_cases: Web) -> None:
    web = two_cases
    assert web.client("zhang_ming").get("/meetings").status_code == 403
    assert web.client("lin_fang").get("/meetings").status_code == 200
    assert web.client("lin_fang").get("/meetings/new").status_code == 403
    assert web.client("lin_fang").get(f"/meetings/{uuid.uuid4()}").status_code == 404
    page = web.client("qian_hong")
    refused = page.post("/meetings/new", data={"place": "会议室三楼"})
    assert refused.status_code == 422
    assert "会议室三楼" in refused.get_data(as_text=True)
    act(web, "qian_hong", convening(web))
    meeting = web.one(select(Meeting))
    answer = page.post(f"/meetings/{meeting.id}/cancel", data={"reason": "主持人出差"})
    assert answer.status_code == 302
    assert web.one(select(Meeting)).state == "cancelled"
