"""The things that can happen in a made-up case: who does what, how long after, with which words.

A beat is one act of the ordinary procedure. Its data is what somebody would type; everything
that forms know already is left to their defaults.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from models.calendar import add_days
from models.duration import SHANGHAI, law_day
from workflows.trials.tales import FACTORS, REASONS, Tale

Data = dict[str, Any]
Words = Callable[[Tale, datetime], Data]


def said(**same: Any) -> Words:
    """The same words in every case."""
    return lambda tale, at: dict(same)


CONDITIONS = ["initial_evidence", "punishable", "own_jurisdiction", "within_limitation"]
INFORMANT = {"informant_name": "来电市民", "informant_phone": "13800000099"}
CORRECTION_DAYS = 2  # calendar days; re-checks come after them


@dataclass(frozen=True)
class Beat:
    """One act. `part` names who of the cast acts; `gap` is working days since the act before."""

    part: str
    element: str | None
    gap: tuple[int, int]
    words: Words
    pair: bool = False
    command: str | None = None


def _minutes(at: datetime, before: int) -> str:
    return (at - timedelta(minutes=before)).isoformat()


def _photo(tale: Tale, at: datetime, name: str, proves: str) -> Data:
    """A photo; `picture` is drawn and uploaded when the step is played."""
    local = f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return {
        "kind": "audio_visual",
        "name": name,
        "origin": "original",
        "collected_at": _minutes(at, 12),
        "place": tale.someone.place,
        "fact_proved": proves,
        "picture": {
            "form": "photo",
            "field": tale.matter.field,
            "lines": [tale.someone.place, f"{local}  执法人员：{tale.officers()}"],
            "seed": f"{tale.key}:{name}",
        },
    }


def _licence(tale: Tale, at: datetime) -> Data:
    party = tale.someone.party
    return {
        "kind": "documentary",
        "name": "营业执照复制件",
        "origin": "copy",
        "collected_at": _minutes(at, 10),
        "provider": "当事人",
        "page_count": 1,
        "fact_proved": "当事人主体资格",
        "picture": {
            "form": "licence",
            "lines": [
                f"统一社会信用代码：{party['uscc']}",
                f"名称：{party['name']}",
                f"{party['representative_duty']}：{party['representative_name']}",
                f"住所：{party['address']}",
            ],
        },
    }


def _clip(tale: Tale, at: datetime) -> Data:
    return {
        "kind": "audio_visual",
        "name": "执法记录仪视频",
        "origin": "original",
        "collected_at": _minutes(at, 10),
        "fact_proved": "检查过程",
        "picture": {"form": "clip", "lines": ["执法记录仪"], "seed": tale.matter.field},
    }


def served(tale: Tale, at: datetime) -> Data:
    method = tale.rng.choices(["direct", "mail", "leaving"], [8, 1, 1])[0]
    how = {"service_method": method, "served_at": _minutes(at, 20)}
    if method == "mail":
        return {
            **how,
            "service_place": tale.someone.place,
            "difficulty_reason": "当事人在外地。",
            "receiver_name": tale.someone.speaker,
            "tracking_number": f"EMS{tale.rng.randint(10**9, 10**10 - 1)}CN",
        }
    if method == "leaving":
        said_no = {"refused_by": tale.someone.speaker, "refusal_reason": "当事人拒绝签收。"}
        return {**how, **said_no, "witness_name": "社区工作人员"}
    return {
        **how,
        "receiver_name": tale.someone.speaker,
        "receiver_relation": tale.someone.receiver_relation,
    }


def lead(tale: Tale, at: datetime) -> Data:
    return {
        "legal_subject": tale.troupe.subject,
        "source": tale.source,
        "received_at": _minutes(at, 25),
        "act_place": tale.someone.place,
        "content": f"发现{tale.someone.place}有人{tale.cause}，涉嫌{tale.matter.zh}。",
        "matter": tale.matter.key,
        "party": tale.someone.party,
        **(INFORMANT if tale.source in ("hotline", "complaint") else {}),
        "evidence": [_photo(tale, at, "现场照片", f"现场存在{tale.cause}的情况")],
    }


def nameless(tale: Tale, at: datetime) -> Data:
    """A lead of which only the place is known."""
    known = lead(tale, at)
    return {k: v for k, v in known.items() if k not in ("party", "evidence")}


def _known(tale: Tale) -> Data:
    return {"matter": tale.matter.key, "party": tale.someone.party}


def order(tale: Tale, at: datetime) -> Data:
    deadline = datetime.combine(
        add_days(law_day(at), CORRECTION_DAYS), datetime.min.time(), SHANGHAI
    ) + timedelta(hours=18)
    return {
        "matter": tale.matter.key,
        "facts": f"在{tale.someone.place}有{tale.cause}的行为。",
        "demand": "立即停止违法行为，在期限内清理现场、恢复原状。",
        "deadline": deadline.isoformat(),
        **served(tale, at),
    }


def rechecked(result: str, findings: str) -> Words:
    return lambda tale, at: {
        "rechecked_at": _minutes(at, 15),
        "result": result,
        "findings": findings,
        "evidence": [_photo(tale, at, "复查照片", findings)],
    }


def propose(tale: Tale, at: datetime) -> Data:
    return {
        **_known(tale),
        "facts": tale.facts,
        "act_started_at": _minutes(tale.found_at, 30),
        "act_place": tale.someone.place,
        "filing_conditions": CONDITIONS,
    }


def spare(tale: Tale, at: datetime) -> Data:
    corrected = tale.matter.needs_correction
    return {
        "ground": "corrected" if corrected else "first",
        "reason": "复查时已经改正。" if corrected else "没有同类违法记录，当场改正。",
        "education": "现场讲解有关规定，当事人表示今后遵守。",
    }


def handlers(tale: Tale, at: datetime) -> Data:
    return {"outcome": "agree", "handlers": [tale.cast["handler"], tale.cast["second"]]}


def _asked(tale: Tale, at: datetime, minutes: int) -> Data:
    return {
        "started_at": _minutes(at, minutes),
        "ended_at": _minutes(at, 8),
        "place": tale.someone.place,
        "cards_shown": True,
        "rights_told": True,
    }


def inspect(tale: Tale, at: datetime) -> Data:
    items = [_photo(tale, at, "现场检查照片", tale.facts)]
    return {
        **_asked(tale, at, 38),
        "present_person": tale.someone.speaker,
        "present_relation": tale.someone.relation,
        "findings": tale.facts,
        "evidence": items + ([_clip(tale, at)] if tale.rng.random() < 0.12 else []),
    }


def inquire(tale: Tale, at: datetime) -> Data:
    return {
        **_asked(tale, at, 35),
        "person_name": tale.someone.speaker,
        "person_relation": tale.someone.relation,
        "answers": [
            {"question": "请说明当时的情况。", "answer": f"情况属实，是我们{tale.cause}。"},
            {"question": "为什么没有及时改正？", "answer": "图一时方便，没有重视。"},
            {"question": "还有什么要补充的？", "answer": "以后一定注意，请求从轻处理。"},
        ],
        "evidence": [_licence(tale, at)] if "uscc" in tale.someone.party else [],
    }


def report(tale: Tale, at: datetime) -> Data:
    return {
        "proposal": "penalty",
        "matter": tale.matter.key,
        "facts": tale.facts,
        "nature": tale.nature,
        "penalty_kinds": ["fine"],
        "fine": str(tale.fine),
        "discretion_level": tale.level,
        "discretion_factors": FACTORS[tale.level],
        "discretion_reason": REASONS[tale.level],
        **({"rate_base": str(tale.rate_base)} if tale.rate_base is not None else {}),
    }


def report_lower(tale: Tale, at: datetime) -> Data:
    """After a statement that was accepted: a lower fine, notified anew."""
    tale.fine = tale.lower_fine
    return report(tale, at)


def report_major(tale: Tale, at: datetime) -> Data:
    return {
        **report(tale, at),
        "complex_or_major": True,
        "complexity_reason": "附近居民多次投诉，社会影响较大。",
    }


def report_spare(tale: Tale, at: datetime) -> Data:
    return {
        "proposal": "no_penalty",
        "matter": tale.matter.key,
        "facts": tale.facts,
        "nature": tale.nature,
        "no_penalty_ground": "first",
        "education": "现场讲解有关规定，当事人签署承诺书。",
    }


def report_withdraw(tale: Tale, at: datetime) -> Data:
    return {
        "proposal": "withdraw",
        "matter": tale.matter.key,
        "facts": f"查明{tale.cause}系相邻商户所为，当事人没有违法行为。",
        "nature": "立案对象有误。",
        "withdrawal_ground": "wrong_party",
        "withdrawal_reason": "违法行为不是当事人所为。",
    }


TRANSFER = {
    "transfer_kind": "administrative",
    "transfer_to": "宁波市镇海区示例管理局",
    "transfer_reason": "经核查，该行为由其他行政主管部门管辖。",
}


def report_transfer(tale: Tale, at: datetime) -> Data:
    return {
        "proposal": "transfer",
        "matter": tale.matter.key,
        "facts": tale.facts,
        "nature": "属于其他行政主管部门管辖的行为。",
        **TRANSFER,
    }


def made(tale: Tale, at: datetime) -> Data:
    return {
        "statement": "made",
        "stated_at": _minutes(at, 25),
        "statement_way": "written",
        "stated_by": tale.someone.speaker,
        "content": "已经全部改正，经营困难，请求从轻处罚。",
    }


def waived(tale: Tale, at: datetime) -> Data:
    return {
        "statement": "waived",
        "stated_at": _minutes(at, 10),
        "stated_by": tale.someone.speaker,
        "waiver_signed": True,
    }


def convene(tale: Tale, at: datetime) -> Data:
    planned = datetime.combine(law_day(at), datetime.min.time(), SHANGHAI) + timedelta(days=2)
    return {
        "planned_at": (planned + timedelta(hours=14)).isoformat(),
        "place": "三楼会议室",
        "chair": tale.cast["chief"],
        "members": list(tale.troupe.panel),
        "recorder": tale.cast["recorder"],
        "attendees": [tale.cast["handler"], tale.cast["reviewer"]],
    }


def discuss(tale: Tale, at: datetime) -> Data:
    """One member is away, one disagrees; the chair speaks last."""
    chair, panel = tale.cast["chief"], list(tale.troupe.panel)
    others = [key for key in panel if key != chair]
    rows = [_voice(key, place + 1) for place, key in enumerate(others[:-1])]
    rows[-1] |= {
        "view": "建议再从轻。", "vote": "disagree", "dissent": "当事人已经整改，罚款可以再低一些。",
    }  # fmt: skip
    rows.append({"person": others[-1], "attended": False, "absent_reason": "外出开会"})
    return {
        "chair": chair,
        "place": "三楼会议室",
        "held_at": _minutes(at, 100),
        "ended_at": _minutes(at, 20),
        "case_report": "办案人员汇报了案件事实、证据和处理建议。",
        "legal_opinion": "法制审核意见：同意。",
        "members": [*rows, _voice(chair, len(panel))],
        "discussion_result": "as_proposed",
        "conclusion_text": f"多数同意，按建议罚款{tale.fine}元。",
    }


def _voice(person: str, order: int) -> Data:
    aye = {"view": "同意处理建议。", "vote": "agree"}
    return {"person": person, "attended": True, "spoke_order": order, **aye}


def publish(tale: Tale, at: datetime) -> Data:
    return {"disclose": "publish", "secrecy_checked": True, "privacy_checked": True}


def withhold(tale: Tale, at: datetime) -> Data:
    return {
        "disclose": "withhold",
        "secrecy_checked": True,
        "privacy_checked": True,
        "withhold_ground": "no_social_influence",
        "withhold_reason": "不予行政处罚决定，不具有社会影响。",
    }


def pays(share: Decimal | None) -> Words:
    """The whole that is owed, or a share of the fine."""

    def words(tale: Tale, at: datetime) -> Data:
        part = {} if share is None else {"amount": str(tale.fine * share)}
        number = f"3302{tale.rng.randint(10**7, 10**8 - 1)}"
        return {**part, "receipt_no": number, "paid_at": _minutes(at, 15)}

    return words


def closing(ground: str, execution: str, summary: str) -> Words:
    return lambda tale, at: {
        "closing_ground": ground, "execution": execution, "summary": summary,
    }  # fmt: skip


def send(tale: Tale, at: datetime) -> Data:
    return {
        "sent_at": _minutes(at, 10),
        "receiver_name": "收发室",
        "enclosures": ["transfer_letter", "investigation_report", "evidence_copies"],
        "contact_phone": "0574-00000101",
    }


def verified(conclusion: str, **more: Any) -> Words:
    def words(tale: Tale, at: datetime) -> Data:
        known = _known(tale) if conclusion in ("file", "order_correction") else {}
        return {"conclusion": conclusion, "findings": tale.facts, **known, **more}

    return words
