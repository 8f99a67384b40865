"""Made-up cases of the short procedures for the demo: on the spot and handled quickly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from models.calendar import WorkCalendar
from models.duration import SHANGHAI, law_day
from models.identifiers import id_check_character
from workflows.trials.stories import Step, Story

SEASON = "1 luotuo"
"""Played together with the town that is shown: its numbers run on."""
FEWEST = 60
"""A smaller demo has cases of the ordinary procedure alone."""
PLACE = "宁波市镇海区骆驼街道示例广场"
HANDLER, SECOND, HEAD, LEADER, REVIEWER, CASHIER, ARCHIVIST = (
    "zhang_ming", "li_qiang", "sun_li", "zhao_yong", "wang_jing", "zheng_hui", "wu_gang",
)  # fmt: skip


def short_stories(calendar: WorkCalendar, until: datetime, count: int) -> list[Story]:
    """Two decisions on the spot and two cases handled quickly, one of each still waiting."""
    if count < FEWEST:
        return []
    today = law_day(until)
    begun = {n: _back(calendar, today, n) for n in (1, 2, 6, 20)}
    told = [
        ("p000", "simple", _spot(begun[1], 0)),
        ("p001", "simple", [*_spot(begun[20], 1), *_spot_closed(calendar, begun[20])]),
        ("p002", "quick", _agreed(begun[2], 2)),
        ("p003", "quick", [*_agreed(begun[6], 3), *_decided(calendar, begun[6])]),
    ]
    year = date(today.year, 1, 1)
    return [
        Story(key, SEASON, tuple(steps), pack)
        for key, pack, steps in told
        if law_day(steps[0].at) >= year
    ]


def _back(calendar: WorkCalendar, today: date, days: int) -> date:
    day = today
    for _ in range(days):
        day -= timedelta(days=1)
        while not calendar.is_working(day):
            day -= timedelta(days=1)
    return day


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def _person(number: int) -> dict[str, Any]:
    body = f"33021119900{number + 1}1500{number + 1}"
    return {
        "party_type": "natural_person",
        "name": ("裘一帆", "虞晓岚", "戴文斌", "柴秀珍")[number],
        "cert_type": "resident_id",
        "cert_no": body + id_check_character(body),
        "address": f"{PLACE}旁示例新村{number + 1}幢101室",
        "service_address": f"{PLACE}旁示例新村{number + 1}幢101室",
    }


def _spot(day: date, number: int) -> list[Step]:
    data = {
        "legal_subject": "luotuo",
        "matter": "littering",
        "party": _person(number),
        "act_place": PLACE,
        "cards_shown": True,
        "rights_told": True,
        "penalty_kinds": ["fine"],
        "fine": "30",
        "pay_by": "cash",
        "receipt_no": f"DC-{day.year}-{number + 1:04d}",
        "second_handler": SECOND,
    }
    return [Step(_at(day, 15, 6), HANDLER, None, None, SECOND, data)]


def _spot_closed(calendar: WorkCalendar, day: date) -> Iterator[Step]:
    at = [_at(calendar.add_working(day, n), 10) for n in range(1, 7)]
    paid, banked = {"received_by": "郑慧"}, {"bank_receipt_no": f"YH-{day:%Y%m%d}"}
    closing = {
        "closing_ground": "performed",
        "execution": "performed",
        "summary": "罚款已当场收缴并缴付银行，材料已备案。",
    }
    filed = {"retention": "ten_years", "volumes": 1, "main_pages": 4, "secondary_pages": 2}
    yield Step(at[0], HANDLER, "hand_in_cash", None, SECOND, paid)
    yield Step(at[1], CASHIER, "bank_cash", None, None, banked)
    yield Step(at[2], HANDLER, "file_material", None, SECOND, {"complete": True})
    yield Step(at[3], HANDLER, "propose_closing", None, None, closing)
    yield Step(at[4], HEAD, "approve_closing", None, None, {"outcome": "close"})
    yield Step(at[5], ARCHIVIST, "archive_file", None, None, {**filed, "complete": True})


FACTS = "当事人将一袋果皮、纸屑丢弃在广场地面，未投入收集容器，当场承认。"


def _agreed(day: date, number: int) -> list[Step]:
    """From the lead to the filing, with the party's consent."""
    party = _person(number)
    lead = {
        "legal_subject": "luotuo",
        "source": "daily_inspection",
        "act_place": PLACE,
        "content": FACTS,
        "matter": "littering",
        "party": party,
        "second_handler": SECOND,
    }
    found = {"conclusion": "file", "findings": FACTS, "matter": "littering", "party": party}
    filing = {
        "party": party,
        "matter": "littering",
        "facts": FACTS,
        "act_started_at": _at(day, 9).isoformat(),
        "act_place": PLACE,
        "filing_conditions": [
            "initial_evidence", "punishable", "own_jurisdiction", "within_limitation"
        ],
    }  # fmt: skip
    consent = dict.fromkeys(("agreed", "admitted", "signed", "facts_clear", "no_crime"), True)
    named = {"outcome": "agree", "handlers": [HANDLER, SECOND]}
    return [
        Step(_at(day, 9, 10), HANDLER, None, None, SECOND, lead),
        Step(_at(day, 9, 30), HANDLER, "verify_lead", None, SECOND, found),
        Step(_at(day, 9, 40), HANDLER, "propose_filing", None, None, filing),
        Step(_at(day, 9, 50), HANDLER, "quick_consent", None, SECOND, consent),
        Step(_at(day, 10, 30), HEAD, "review_filing", None, None, named),
        Step(_at(day, 11), LEADER, "approve_filing", None, None, {"outcome": "file"}),
    ]


def _decided(calendar: WorkCalendar, day: date) -> Iterator[Step]:
    """One record, review, decision: the case waits for the payment."""
    next_, third = calendar.add_working(day, 1), calendar.add_working(day, 2)
    penalty = {
        "penalty_kinds": ["fine"],
        "fine": "35",
        "discretion_level": "ordinary",
        "discretion_reason": "情节一般，配合调查，按一般等次处罚。",
    }
    record = {
        **penalty,
        "started_at": _at(day, 14).isoformat(),
        "ended_at": _at(day, 14, 30).isoformat(),
        "person_relation": "party",
        "cards_shown": True,
        "rights_told": True,
        "answers": [{"question": "请说明当时的情况。", "answer": "是我丢的，没有意见。"}],
        "facts": FACTS,
        "nature": "违反《浙江省城市市容和环境卫生管理条例》，构成乱扔废弃物。",
        "statement": "waived",
        "waiver_signed": True,
        "evidence": [{"kind": "audio_visual", "name": "现场照片"}],
    }
    decision = {"outcome": "issue", "decision": "penalty", **penalty}
    served = {
        "service_method": "direct",
        "served_at": _at(third, 14).isoformat(),
        "service_place": PLACE,
        "receiver_name": "柴秀珍",
        "receiver_relation": "self",
    }
    yield Step(_at(day, 14, 40), HANDLER, "quick_record", None, SECOND, record)
    yield Step(_at(day, 16), HEAD, "review_report", None, None, {"outcome": "agree"})
    passed = {"review": "pass", "opinion": "agree"}
    yield Step(_at(next_, 10), REVIEWER, "legal_review", None, None, passed)
    yield Step(_at(third, 10), LEADER, "issue_decision", None, None, decision)
    yield Step(_at(third, 14, 30), HANDLER, "serve_decision", None, SECOND, served)
