"""H01-H06, V08: asking for a hearing, admitting it, its host, its days, its record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from models.errors import Violation
from models.person import RoleAssignment
from models.types import Role
from tests.building import at
from tests.story import Story
from tests.workflows.guards.asking import fields, of, refused, rules
from tests.workflows.guards.hearings import ASKED, LATE, admitted, asked, hosted, waive, with_right
from workflows.commands.hearing import (
    AdmitHearing,
    AppointHost,
    NotifyHearing,
    RecordSitting,
    RequestHearing,
    WaiveHearing,
    WriteHearingReport,
)

LAST = at("09-30 18:00")


@pytest.fixture
def told(story: Story) -> Story:
    return with_right(story)


def request(story: Story, when: datetime = ASKED, **values: Any) -> list[Violation]:
    wanted = {
        "requested_at": when, "request_way": "written", "requested_by": "陈立新",
        "requester_relation": "party",
    }  # fmt: skip
    return refused(story, "zhang_ming", when, of(story, RequestHearing, **{**wanted, **values}))


def test_a_party_that_was_told_may_ask_for_a_hearing(told: Story) -> None:
    assert request(told) == []


def test_without_a_notice_of_the_right_there_is_nothing_to_ask_for(story: Story) -> None:
    story.up_to_decision()
    assert rules(request(story)) == {"H01"}


def test_a_hearing_is_asked_for_once(told: Story) -> None:
    row = asked(told)
    assert rules(request(told)) == {"H01"}
    row.admission, row.refusal_ground = "refuse", "not_entitled"
    told.session.flush()
    assert request(told) == []


def test_who_waived_the_hearing_in_writing_cannot_ask_for_it(told: Story) -> None:
    waive(told)
    assert rules(request(told)) == {"H01"}


def test_a_request_before_the_notice_is_out_of_order(told: Story) -> None:
    assert "V05" in rules(request(told, requested_at=at("09-23 10:00")))


@pytest.mark.parametrize(("count", "wanted"), [(2, set()), (3, {"H05"})])
def test_one_or_two_agents_may_come_for_the_party(
    told: Story, count: int, wanted: set[str]
) -> None:
    agents = [{"name": f"代理{n}", "authorised": True} for n in range(count)]
    assert rules(request(told, agents=agents)) == wanted


def test_an_agent_shows_a_power_of_attorney(told: Story) -> None:
    assert rules(request(told, agents=[{"name": "代理"}])) == {"H05"}


def admit(story: Story, when: datetime = LATE, **values: Any) -> list[Violation]:
    return refused(story, "wang_jing", when, of(story, AdmitHearing, **values))


def test_a_request_on_the_last_day_is_admitted_and_cannot_be_called_late(told: Story) -> None:
    asked(told, LAST)
    assert admit(told, admission="admit") == []
    assert rules(admit(told, admission="refuse", refusal_ground="late")) == {"H02"}


def test_a_late_request_is_refused_and_never_admitted(told: Story) -> None:
    asked(told, LATE)
    found = admit(told, admission="admit")
    assert fields(found, "H02") == {"admission"}
    assert "2025年9月30日" in found[0].message.zh
    assert admit(told, admission="refuse", refusal_ground="late") == []


def test_a_refusal_names_ground_and_reasons(told: Story) -> None:
    asked(told)
    assert fields(admit(told, admission="refuse"), "R01") >= {"refusal_ground"}
    found = admit(told, admission="refuse", refusal_ground="not_entitled")
    assert fields(found, "R01") == {"admission_reason"}


def test_only_a_waiting_request_is_admitted(told: Story) -> None:
    assert rules(admit(told, admission="admit")) == {"H02"}


def appoint(story: Story, **values: Any) -> list[Violation]:
    wanted = {"appointment": "appointed", "host": "ji_hong", "recorder": "lin_fang"}
    return refused(story, "zhao_yong", LATE, of(story, AppointHost, **{**wanted, **values}))


def test_somebody_of_the_justice_office_may_host(told: Story) -> None:
    admitted(told)
    assert appoint(told) == []


def grant(story: Story, key: str, role: Role, unit: str) -> None:
    """One role more, for the sub-district."""
    story.session.add(
        RoleAssignment(
            person_id=story.office.person(key).id, role=role,
            unit_id=story.office.unit(unit).id, subject_id=story.office.subject().id,
            valid_from=date(2025, 1, 1),
        )
    )  # fmt: skip
    story.session.flush()


def test_a_handler_neither_hosts_nor_records(told: Story) -> None:
    admitted(told)
    grant(told, "zhang_ming", Role.HEARING_HOST, "lt_legal")
    grant(told, "li_qiang", Role.RECORDER, "lt_office")
    found = appoint(told, host="zhang_ming", recorder="li_qiang")
    assert fields(found, "V08") == {"host", "recorder"}


def test_whoever_hosts_or_records_holds_the_role(told: Story) -> None:
    admitted(told)
    assert fields(appoint(told, host="wang_jing", recorder="wu_gang"), "H04") >= {
        "host", "recorder",
    }  # fmt: skip


def test_host_and_recorder_are_two_persons(told: Story) -> None:
    admitted(told)
    assert "recorder" in fields(appoint(told, recorder="ji_hong"), "H04")


def test_the_host_comes_from_another_unit_than_the_handlers(told: Story) -> None:
    admitted(told)
    grant(told, "sun_li", Role.HEARING_HOST, "lt_squad")
    assert fields(appoint(told, host="sun_li"), "H04") == {"host"}


def test_who_reviewed_the_case_does_not_host_where_the_place_says_so(told: Story) -> None:
    admitted(told)
    grant(told, "wang_jing", Role.HEARING_HOST, "lt_legal")
    assert fields(appoint(told, host="wang_jing"), "H04") == {"host"}


def test_a_host_who_stepped_back_is_not_appointed_again(told: Story) -> None:
    row = admitted(told)
    row.hosts_before = ["ji_hong"]
    told.session.flush()
    assert fields(appoint(told), "P03") == {"host"}


def test_a_withdrawal_is_signed(told: Story) -> None:
    admitted(told)
    gone = {"appointment": "withdrawn", "withdrawn_at": at("09-28 10:00"), "host": None}
    assert rules(appoint(told, **gone)) == {"H05"}
    assert appoint(told, **gone, withdrawal_signed=True) == []


def notify(story: Story, planned: str, who: str = "ji_hong", **values: Any) -> list[Violation]:
    wanted = {
        "planned_at": at(planned), "place": "司法所", "served_at": at("10-09 10:00"),
        "service_method": "direct", "service_place": "店内", "receiver_name": "陈立新",
        "receiver_relation": "self",
    }  # fmt: skip
    command = of(story, NotifyHearing, **{**wanted, **values})
    return refused(story, who, at("10-09 11:00"), command)


def test_seven_working_days_lie_between_notice_and_hearing(told: Story) -> None:
    """Served on 10-09 (Saturday 10-11 is a working day): 10-17 is the seventh, 10-18 the first."""
    hosted(told)
    found = notify(told, "10-17 09:00")
    assert fields(found, "H03") == {"planned_at"}
    assert "2025年10月18日" in found[0].message.zh
    assert notify(told, "10-18 09:00") == []


def test_only_the_appointed_host_gives_notice(told: Story) -> None:
    hosted(told)
    assert rules(notify(told, "10-20 09:00", who="wang_jing")) == {"H04"}


def test_a_hearing_behind_closed_doors_says_why(told: Story) -> None:
    hosted(told)
    assert fields(notify(told, "10-20 09:00", open_to_public=False), "R01") == {"closed_ground"}


PARTY = {"name": "陈立新", "role": "party", "attended": True}
OFFICER = {"name": "张明", "role": "investigator", "attended": True}


def sit(story: Story, when: str = "10-17 09:00", **values: Any) -> list[Violation]:
    wanted = {
        "sitting": "held", "started_at": at(when), "ended_at": at(when.replace("09:00", "11:00")),
        "participants": [PARTY, OFFICER], "investigators_case": "事实、证据和建议",
        "claims": "申辩",
        "evidence_examined": "质证", "signature": "signed",
    }  # fmt: skip
    command = of(story, RecordSitting, **{**wanted, **values})
    return refused(story, "ji_hong", at("10-17 12:00"), command)


def test_a_complete_record_of_the_notified_day_is_taken(told: Story) -> None:
    hosted(told)
    assert sit(told) == []


def test_the_hearing_sits_on_the_notified_day(told: Story) -> None:
    hosted(told)
    assert fields(sit(told, "10-16 09:00"), "H05") == {"started_at"}


@pytest.mark.parametrize("there", [[OFFICER], [PARTY], [{**PARTY, "attended": False}, OFFICER]])
def test_both_sides_are_there(told: Story, there: list[dict[str, Any]]) -> None:
    hosted(told)
    assert fields(sit(told, participants=there), "H05") == {"participants"}


@pytest.mark.parametrize("field", ["investigators_case", "claims", "evidence_examined"])
def test_the_record_holds_what_each_side_said(told: Story, field: str) -> None:
    hosted(told)
    assert fields(sit(told, **{field: " "}), "R01") == {field}


def test_a_refused_signature_is_noted(told: Story) -> None:
    hosted(told)
    assert fields(sit(told, signature="refused"), "H05") == {"signature_note"}
    assert sit(told, signature="refused", signature_note="当事人不认可评估价") == []


@pytest.mark.parametrize("outcome", ["postponed", "replaced", "absent", "left", "withdrawn"])
def test_a_sitting_that_does_not_take_place_says_why(told: Story, outcome: str) -> None:
    hosted(told)
    assert "outcome_reason" in fields(sit(told, sitting=outcome), "R01")


def test_nobody_is_absent_before_the_time_has_come(told: Story) -> None:
    hosted(told)
    command = of(
        told, RecordSitting, sitting="absent", started_at=at("10-16 10:00"), outcome_reason="未到"
    )
    assert fields(refused(told, "ji_hong", at("10-16 10:00"), command), "H05") == {"sitting"}


def test_a_sitting_is_recorded_once(told: Story) -> None:
    row = hosted(told)
    assert row.sitting is not None
    row.sitting.outcome, row.sitting.outcome_reason = "postponed", "住院"
    told.session.flush()
    assert rules(sit(told)) == {"H05"}


def test_the_report_follows_the_sitting(told: Story) -> None:
    row = hosted(told)
    words = {
        "found_facts": "事实", "disputes": "争议", "host_opinion": "意见",
        "recommendation": "uphold",
    }  # fmt: skip
    command = of(told, WriteHearingReport, **words)
    assert rules(refused(told, "ji_hong", at("10-18 09:00"), command)) == {"H06"}
    row.result, row.ended_at = "held", at("10-17 11:00")
    told.session.flush()
    assert refused(told, "ji_hong", at("10-18 09:00"), command) == []


def waiver(story: Story, signed: bool = True) -> set[str]:
    command = of(story, WaiveHearing, waived_at=ASKED, waiver_signed=signed)
    return rules(refused(story, "zhang_ming", ASKED, command))


def test_a_hearing_is_waived_in_writing_and_only_while_none_is_under_way(told: Story) -> None:
    assert waiver(told) == set()
    assert waiver(told, signed=False) == {"H01"}
    asked(told)
    assert waiver(told) == {"H01"}
