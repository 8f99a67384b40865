"""The law changes from a day on: proposed, confirmed by a second person, clocks counted anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.clock import StatutoryClock
from models.duration import Step
from models.duration_text import explain
from models.errors import Forbidden, Refused
from models.law_change import ChangeState, ClockMove, LawChange
from models.matter import Matter
from models.note import Notification, Progress
from models.parameter import CalendarYear, ParameterValue
from tests.workflows.conftest import Stage
from workflows.bootstrap import Application
from workflows.commands.law_change import (
    ConfirmLawChange,
    EndMatter,
    LoadCalendarYear,
    RejectLawChange,
    ReviseMatter,
    SetParameter,
)
from workflows.lawbook import lawbook
from workflows.queries import law_reach
from workflows.recounting import Recount, progress_key

FROM = date(2026, 3, 1)
STATE = SetParameter(
    key="clk_state.days",
    value="3",
    effective_from=FROM,
    source="本市规定第5条",
    reason="本市另有规定",
)
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知"
DAYS_2027 = """
2027-01-01..2027-01-03 休
2027-02-05..2027-02-13 休
2027-04-03..2027-04-05 休
2027-05-01..2027-05-05 休
2027年6月9日 休
2027年9月15日 放假
2027-10-01至2027-10-07 休
2027-02-14 班
2027-02-20,work
2027-05-08 班
2027-10-09 班
2027-10-10 上班
"""


@pytest.fixture
def stage(stage_at: Callable[[str], Stage]) -> Stage:
    """The case of scenario 1, filed; its ninety days and its limitation run."""
    return stage_at("inspect")


def done(stage: Stage | Application, who: str, command: Any) -> Any:
    app = stage.application if isinstance(stage, Stage) else stage
    return app.dispatcher.execute(command, actor=person(app, who))


def person(app: Application, key: str) -> Any:
    from models.duration import law_day
    from models.person import Person
    from workflows.actors import load_actor

    with app.transactions.read() as session:
        found = session.scalars(select(Person.id).where(Person.key == key)).one()
        return load_actor(session, found, law_day(app.clock()))


def rows(app: Application, query: Any) -> list[Any]:
    with app.transactions.read() as session:
        return list(session.scalars(query))


def designer(app: Application) -> str:
    return holder(app, "designer")


def holder(app: Application, role: str) -> str:
    from models.person import Person, RoleAssignment

    query = select(Person.key).join(RoleAssignment).where(RoleAssignment.role == role)
    return str(rows(app, query.order_by(Person.key))[0])


def refused(app: Application, who: str, command: Any) -> set[str]:
    with pytest.raises(Refused) as refusal:
        done(app, who, command)
    return {violation.rule for violation in refusal.value.violations}


def test_a_change_of_rights_holds_when_a_second_person_has_confirmed_it(
    bureau: Application,
) -> None:
    author, second = designer(bureau), holder(bureau, "releaser")
    made = done(bureau, author, STATE)
    with bureau.transactions.read() as session:
        assert lawbook(session).value("clk_state.days", FROM) == 5
    done(bureau, second, ConfirmLawChange(change=made.extra["change"]))
    with bureau.transactions.read() as session:
        law = lawbook(session)
        assert law.value("clk_state.days", FROM) == 3
        assert law.value("clk_state.days", date(2026, 2, 28)) == 5
    value = rows(bureau, select(ParameterValue).where(ParameterValue.effective_from == FROM))[0]
    assert (value.source, value.verified, value.unit) == ("本市规定第5条", False, "working_day")


def test_the_author_does_not_confirm_and_an_administrator_does_nothing(bureau: Application) -> None:
    second = holder(bureau, "releaser")
    made = done(bureau, second, STATE)
    confirm = ConfirmLawChange(change=made.extra["change"])
    assert refused(bureau, second, confirm) == {"L01"}
    for who in (holder(bureau, "sys_admin"), "zhang_ming", designer(bureau)):
        with pytest.raises(Forbidden):
            done(bureau, who, confirm)
    with pytest.raises(Forbidden):
        done(bureau, holder(bureau, "sys_admin"), STATE)


def test_what_steers_the_office_alone_holds_at_once(bureau: Application) -> None:
    command = SetParameter(
        key="clk_state.amber", value="2", effective_from=FROM, source="内部规定", reason="早点提醒"
    )
    assert done(bureau, designer(bureau), command).extra["in_force"] is True
    with bureau.transactions.read() as session:
        assert lawbook(session).value("clk_state.amber", FROM) == 2


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ({"key": "no.such"}, {"L03"}),
        ({"value": "five"}, {"L03"}),
        ({"value": "0"}, {"L03"}),
        ({"subject": "nobody"}, {"L03"}),
        ({"unit": "yuan"}, {"L03"}),
        ({"source": " ", "reason": ""}, {"R01"}),
        ({"effective_from": date(1025, 1, 1)}, {"L02"}),
        ({"key": "discussion.quorum", "value": "0.667"}, {"L03"}),
        ({"key": "legal_review.scope", "value": "some"}, {"L03"}),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    bureau: Application, values: dict[str, Any], rules: set[str]
) -> None:
    from dataclasses import replace

    assert refused(bureau, designer(bureau), replace(STATE, **values)) == rules


def test_one_open_proposal_at_a_time_and_a_rejection_says_why(bureau: Application) -> None:
    author, second = designer(bureau), holder(bureau, "releaser")
    made = done(bureau, author, STATE)
    assert refused(bureau, author, STATE) == {"L04"}
    reject = RejectLawChange(change=made.extra["change"], reason="文件还没有公布")
    done(bureau, second, reject)
    assert refused(bureau, second, reject) == {"L04"}
    assert refused(bureau, second, ConfirmLawChange(change="no id")) == {"L04"}
    states = [row.state for row in rows(bureau, select(LawChange))]
    assert states == [ChangeState.REJECTED]
    done(bureau, author, STATE)


def test_one_legal_subject_may_count_in_another_unit(bureau: Application) -> None:
    from dataclasses import replace

    from models.subject import LegalSubject

    command = replace(STATE, subject="luotuo", unit="calendar_day", value="7")
    made = done(bureau, designer(bureau), command)
    done(bureau, holder(bureau, "releaser"), ConfirmLawChange(change=made.extra["change"]))
    luotuo = rows(bureau, select(LegalSubject.id).where(LegalSubject.key == "luotuo"))[0]
    with bureau.transactions.read() as session:
        law = lawbook(session)
        assert law.entry("clk_state.days", FROM, luotuo).unit == "calendar_day"
        assert law.entry("clk_state.days", FROM).value == 5


def calendar(**values: Any) -> LoadCalendarYear:
    wanted = {"year": 2027, "notice": NOTICE, "days": DAYS_2027, "reason": "年度通知公布"}
    return LoadCalendarYear(**{**wanted, **values})


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ({"days": DAYS_2027 + "2027-13-01 休"}, {"L05"}),
        ({"days": DAYS_2027 + "someday off"}, {"L05"}),
        ({"days": DAYS_2027 + "2027-10-07 休"}, {"L05"}),
        ({"days": DAYS_2027 + "2028-01-01 休"}, {"L05"}),
        ({"days": DAYS_2027 + "2027-03-03 班"}, {"L05"}),
        ({"days": DAYS_2027 + "2027-12-31 休"}, {"L05"}),
        ({"days": ""}, {"L05"}),
        ({"notice": "", "reason": ""}, {"R01", "L05"}),
    ],
)
def test_a_calendar_that_does_not_add_up_is_refused(
    bureau: Application, values: dict[str, Any], rules: set[str]
) -> None:
    assert refused(bureau, designer(bureau), calendar(**values)) <= rules


def test_a_year_that_differs_on_purpose_says_why(bureau: Application) -> None:
    days = DAYS_2027 + "2027-12-31 休"
    made = done(bureau, designer(bureau), calendar(days=days, sum_reason="特别放假一天"))
    done(bureau, holder(bureau, "releaser"), ConfirmLawChange(change=made.extra["change"]))
    row = rows(bureau, select(CalendarYear).where(CalendarYear.year == 2027))[0]
    assert row.status == "official"
    assert "2027-12-31" in row.off


def across_the_year(stage: Stage) -> None:
    """The case's ninety days lean on the provisional year 2027."""
    with stage.application.transactions.write() as session:
        from workflows.clocks import ClockKeeper

        case = session.get_one(__import__("models.case", fromlist=["Case"]).Case, stage.case)
        started = datetime(2026, 12, 28, 2, tzinfo=UTC)
        keeper = ClockKeeper(session, case, lawbook(session), started)
        keeper.start("CLK_LEGAL_REVIEW", started)
        keeper.start("CLK_HOLD", datetime(2027, 1, 29, 2, tzinfo=UTC))


def test_the_official_calendar_moves_open_clocks_and_tells_what_moved(stage: Stage) -> None:
    app = stage.application
    across_the_year(stage)
    made = done(stage, designer(app), calendar())
    change_id = rows(app, select(LawChange.id))[0]
    with app.transactions.read() as session:
        change = session.get_one(LawChange, change_id)
        expected = {m.code: m for m in law_reach.moves(session, lawbook(session), change)}
    assert set(expected) == {"CLK_HOLD"}
    result = done(stage, holder(app, "releaser"), ConfirmLawChange(change=made.extra["change"]))
    assert result.extra["in_force"]
    assert ("recount_clocks", {"change_id": str(change_id)}) in stage.later.take()
    Recount(app.dispatcher, app.notes, app.clock).run(change_id)
    moves = rows(app, select(ClockMove))
    hold = expected["CLK_HOLD"]
    assert [(m.code, m.last_before, m.last_after) for m in moves] == [
        ("CLK_HOLD", hold.last_before, hold.last_after)
    ]
    assert hold.last_before == date(2027, 2, 11)
    # 5 to 13 February are off, Sunday the 14th is worked: seven working days end on the 16th.
    assert hold.last_after == date(2027, 2, 16)
    clock = rows(app, select(StatutoryClock).where(StatutoryClock.code == "CLK_HOLD"))[0]
    assert (clock.last_day, clock.provisional) == (date(2027, 2, 16), False)
    lines = explain([Step.from_plain(step) for step in clock.steps])
    assert lines[-1].startswith("因“2027年官方日历”变更，2025-09-11 重新计算")
    assert lines[-1].endswith("原为 2027-02-11，现为 2027-02-16")
    assert_told(app, change_id)


def assert_told(app: Application, change_id: Any) -> None:
    told = rows(app, select(Notification).where(Notification.kind == "clock_moved"))
    assert told
    assert "2027年官方日历" in told[0].text["zh"]
    progress = rows(app, select(Progress).where(Progress.key == progress_key(change_id)))[0]
    assert (progress.state, progress.done) == ("done", progress.total)
    events = rows(app, select(AuditEvent).where(AuditEvent.command == "RecountClocks"))
    assert any("clock:moved" in str(event.events) for event in events)


def test_a_second_run_of_the_job_moves_nothing(stage: Stage) -> None:
    app = stage.application
    across_the_year(stage)
    made = done(stage, designer(app), calendar())
    done(stage, holder(app, "releaser"), ConfirmLawChange(change=made.extra["change"]))
    change_id = rows(app, select(LawChange.id))[0]
    for _ in range(2):
        Recount(app.dispatcher, app.notes, app.clock).run(change_id)
    assert len(rows(app, select(ClockMove))) == 1


def test_a_longer_period_moves_the_clocks_that_started_under_it(stage: Stage) -> None:
    app = stage.application
    clock = rows(app, select(StatutoryClock).where(StatutoryClock.code == "CLK_CASE"))[0]
    command = SetParameter(
        key="clk_case.days", value="120", effective_from=clock.started_on, source="省规定",
        reason="省规定延长",
    )  # fmt: skip
    made = done(stage, designer(app), command)
    done(stage, holder(app, "releaser"), ConfirmLawChange(change=made.extra["change"]))
    change_id = rows(app, select(LawChange.id))[0]
    Recount(app.dispatcher, app.notes, app.clock).run(change_id)
    after = rows(app, select(StatutoryClock).where(StatutoryClock.code == "CLK_CASE"))[0]
    assert after.length == 120
    assert (after.last_day - clock.last_day).days == 30


def test_a_matter_is_revised_from_a_day_on_and_keeps_its_old_wording(bureau: Application) -> None:
    command = ReviseMatter(
        matter="out_of_shop_trading", effective_from=FROM, source="修订决定", reason="条例修订",
        fine_min=50, fine_max=300, text="第十七条　……处五十元以上三百元以下罚款。",
    )  # fmt: skip
    made = done(bureau, designer(bureau), command)
    done(bureau, holder(bureau, "releaser"), ConfirmLawChange(change=made.extra["change"]))
    query = select(Matter).where(Matter.key == "out_of_shop_trading")
    old, new = rows(bureau, query.order_by(Matter.effective_from))
    assert (old.effective_to, new.effective_from, new.effective_to) == (
        date(2026, 2, 28), FROM, None,
    )  # fmt: skip
    assert (new.fine_max, new.basis[0]["text"]) == (300, command.text)
    assert old.basis[0].get("text") != command.text


@pytest.mark.parametrize(
    "command",
    [
        EndMatter(matter="no", effective_to=FROM, source="x", reason="x"),
        EndMatter(
            matter="out_of_shop_trading", effective_to=date(2001, 1, 1), source="x", reason="x"
        ),
        ReviseMatter(matter="out_of_shop_trading", effective_from=FROM, source="x", reason="x"),
        ReviseMatter(
            matter="out_of_shop_trading", effective_from=FROM, source="x", reason="x",
            fine_min=5, fine_max=1,
        ),
    ],
)  # fmt: skip
def test_a_change_of_a_matter_that_makes_no_sense_is_refused(
    bureau: Application, command: Any
) -> None:
    assert refused(bureau, designer(bureau), command) == {"L06"}


def test_an_abolished_matter_has_a_last_day(bureau: Application) -> None:
    command = EndMatter(
        matter="out_of_shop_trading", effective_to=FROM, source="废止决定", reason="条例废止"
    )
    made = done(bureau, designer(bureau), command)
    done(bureau, holder(bureau, "releaser"), ConfirmLawChange(change=made.extra["change"]))
    row = rows(bureau, select(Matter).where(Matter.key == "out_of_shop_trading"))[0]
    assert row.effective_to == FROM
