"""One case of the demo district, taken step by step through the door that pages use.

`walk(theatre, until)` stops before the named step, so that a page can take it.
"""

from __future__ import annotations

import uuid
from typing import Any

from workflows.trials.scenarios import moment
from workflows.trials.theatre import Theatre, Wish, command_of

PARTY = {
    "party_type": "individual_business",
    "name": "镇海区骆驼街道鲜果美水果店",
    "uscc": "92330211MA2GX1001W",
    "representative_name": "陈立新",
    "representative_cert_no": "330211198503152018",
    "representative_cert_type": "resident_id",
}
LEAD: dict[str, Any] = {
    "second_handler": "li_qiang",
    "source": "daily_inspection",
    "act_place": "骆驼街道示范路18号门前",
    "content": "店外摆放水果占用人行道，约3平方米。",
    "legal_subject": "luotuo",
    "matter": "out_of_shop_trading",
    "party": PARTY,
}
SHOWN = {"cards_shown": True, "rights_told": True}
SERVED = {"receiver_name": "陈立新", "service_place": "店内"}
CONDITIONS = ["initial_evidence", "punishable", "own_jurisdiction", "within_limitation"]

Step = tuple[str, str, str, dict[str, Any]]
STEPS: tuple[Step, ...] = (
    ("2025-09-08T10:00", "zhang_ming", "verify_lead",
     {"conclusion": "order_correction", "findings": "店外摆放水果占用人行道"}),
    ("2025-09-08T11:00", "zhang_ming", "order_correction",
     {"facts": "店外经营", "demand": "停止店外经营", "deadline": "2025-09-09T18:00", **SERVED}),
    ("2025-09-10T09:00", "zhang_ming", "recheck",
     {"result": "not_corrected", "findings": "仍在店外摆放"}),
    ("2025-09-10T10:00", "zhang_ming", "verify_lead",
     {"conclusion": "file", "findings": "逾期未改"}),
    ("2025-09-10T10:10", "zhang_ming", "propose_filing",
     {"facts": "店外经营，责令改正后逾期未改", "filing_conditions": CONDITIONS}),
    ("2025-09-10T11:00", "sun_li", "review_filing",
     {"outcome": "agree", "handlers": ["zhang_ming", "li_qiang"]}),
    ("2025-09-10T15:00", "zhao_yong", "approve_filing", {"outcome": "file"}),
    ("2025-09-11T09:00", "zhang_ming", "inspect",
     {"ended_at": "2025-09-11T09:30", "findings": "店外摆放水果两筐", **SHOWN}),
    ("2025-09-11T10:00", "zhang_ming", "inquire",
     {"ended_at": "2025-09-11T10:30", "place": "骆驼街道综合行政执法队", "person_name": "陈立新",
      "answers": [{"question": "是否知道不能店外经营？", "answer": "知道。"}], **SHOWN}),
    ("2025-09-15T10:00", "zhang_ming", "write_report",
     {"proposal": "penalty", "facts": "当事人于9月8日至10日在店外摆放水果经营，责令改正后逾期未改。",
      "nature": "违反市容管理规定", "penalty_kinds": ["fine"], "fine": "500",
      "discretion_level": "ordinary", "discretion_reason": "占用面积约3平方米，属一般情形。"}),
    ("2025-09-16T09:00", "sun_li", "review_report", {"outcome": "agree"}),
    ("2025-09-16T10:00", "wang_jing", "legal_review", {"review": "pass"}),
    ("2025-09-19T10:00", "zhao_yong", "approve_notice", {"outcome": "agree"}),
    ("2025-09-24T10:00", "zhang_ming", "serve_notice", SERVED),
    ("2025-10-09T10:00", "zhao_yong", "issue_decision", {"outcome": "issue"}),
    ("2025-10-10T10:00", "zhang_ming", "serve_decision", SERVED),
    ("2025-10-14T10:00", "zhou_min", "prepare_disclosure",
     {"disclose": "publish", "secrecy_checked": True, "privacy_checked": True}),
    ("2025-10-14T11:00", "zhao_yong", "release_disclosure", {"outcome": "publish"}),
    ("2025-10-15T10:00", "zheng_hui", "record_payment", {"receipt_no": "r1"}),
    ("2025-10-16T09:00", "zhang_ming", "propose_closing", {"summary": "罚款已缴清，已公示。"}),
    ("2025-10-16T10:00", "sun_li", "review_closing", {"outcome": "agree"}),
    ("2025-10-16T11:00", "zhao_yong", "approve_closing", {"outcome": "close"}),
    ("2025-10-17T11:00", "wu_gang", "archive_file", {"complete": True}),
)  # fmt: skip
STARTED = "2025-09-08T09:20"
PAIRED = frozenset(
    "verify_lead order_correction recheck inspect inquire serve_notice serve_decision".split()
)


def start(theatre: Theatre, at: str = STARTED, who: str = "zhang_ming", **values: Any) -> uuid.UUID:
    """Register the fruit shop's lead (or another one) and return its case."""
    theatre.move_to(moment(at))
    actor = theatre.person(who)
    wish = Wish(actor=actor, data={**LEAD, **values})
    case_id = theatre.act(command_of(theatre.application, wish), actor).case_id
    assert case_id is not None
    return case_id


def take(theatre: Theatre, case_id: uuid.UUID, step: Step) -> None:
    """One step, by the person and at the time of the story."""
    at, who, element, data = step
    theatre.move_to(moment(at), case_id)
    actor = theatre.person(who)
    second = "li_qiang" if element in PAIRED else None
    wish = Wish(actor=actor, case_id=case_id, element=element, second=second, data=data)
    theatre.act(command_of(theatre.application, wish), actor)


def walk(theatre: Theatre, until: str | None = None, *, visit: int = 1) -> uuid.UUID:
    """Register the lead and take every step before the `visit`-th time that `until` waits.

    The clock then stands at the moment when the story takes that step. None walks to the end.
    """
    case_id = start(theatre)
    for step in STEPS:
        if step[2] == until:
            visit -= 1
            if visit == 0:
                theatre.move_to(moment(step[0]), case_id)
                break
        take(theatre, case_id, step)
    return case_id
