"""Fictional parties for the demo: names, places and numbers that nobody has.

Numbers carry valid check characters; their middle parts are drawn, never taken from anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from models.identifiers import id_check_character, uscc_check_character

SURNAMES = "陈周胡徐傅裘邵虞乐戴柴贺励应竺桑郁阮盛葛柳穆舒闻庄"
GIVEN = (
    "国平", "建芬", "海波", "雅琴", "志远", "晓岚", "文斌", "秀珍", "永康", "丽娜", "思源", "佳音",
    "德胜", "美君", "宏图", "春燕", "浩然", "慧敏", "立诚", "如意", "光明", "彩霞", "少华", "静怡",
    "小满", "长庚", "望舒",
)  # fmt: skip
SHOPS = (
    "小笼点心店", "五金商店", "水产行", "理发店", "快餐店", "鲜花店", "洗车行", "烟酒店", "面馆",
    "废品收购站", "窗帘店", "宠物用品店", "烧烤店", "汽车修理部", "蔬果店", "打印社", "早餐店",
)  # fmt: skip
BRANDS = (
    "禾苗", "青团", "顺口", "老灶台", "晴川", "半亩田", "小石桥", "知味轩", "鼎兴", "盈丰",
    "海棠里", "乐百家", "一品", "云帆", "松间", "四时", "巧手", "同福", "渡口", "玉兰",
)  # fmt: skip
TRADES = (
    "建筑工程有限公司", "物业服务有限公司", "运输有限公司", "餐饮管理有限公司", "装饰工程有限公司",
    "再生资源有限公司", "市政园林有限公司", "广告传媒有限公司", "商贸有限公司", "仓储有限公司",
)  # fmt: skip
STREETS = (
    "锦屏路", "泽园路", "云帆街", "禾苑路", "清砚巷", "松台路", "镜湖弄", "望潮路", "采菱街",
    "听雨巷", "石埠路", "桂影路", "长汀街", "鸣鹤路", "栖霞弄", "拾光路", "橘洲路", "渔浦街",
)  # fmt: skip
ESTATES = ("示例新村", "禾苑小区", "锦屏花园", "听雨家园", "石埠新村", "桂影苑", "渔浦小区")
TOWNS = {
    "zh_bureau": ("宁波市镇海区", "镇海区"),
    "luotuo": ("宁波市镇海区骆驼街道", "镇海区骆驼街道"),
    "xiepu": ("宁波市镇海区澥浦镇", "镇海区澥浦镇"),
}
"""Legal subject → the head of its addresses, and of the names of its businesses."""
OLDEST, YOUNGEST = date(1952, 1, 1), date(2003, 12, 31)


@dataclass(frozen=True)
class Someone:
    """A party, how the file calls the person who speaks for it, and where the act took place."""

    party: dict[str, Any]
    speaker: str
    relation: str
    receiver_relation: str
    place: str

    @property
    def kind(self) -> str:
        """The party type."""
        return str(self.party["party_type"])


def invent(rng: Random, subject: str, kind: str) -> Someone:
    """A party of the type in the district of the legal subject, with everything a form asks."""
    address = f"{TOWNS[subject][0]}{rng.choice(STREETS)}{rng.randint(2, 288)}号"
    make = {"natural_person": _natural, "individual_business": _shop}.get(kind, _company)
    return make(rng, subject, address)


def person_name(rng: Random) -> str:
    """A name of two or three characters."""
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def phone(rng: Random) -> str:
    """A number in a block that is not given out."""
    return f"1380000{rng.randint(1000, 9999)}"


def id_number(rng: Random) -> str:
    """A resident ID of an adult: Zhenhai's code, a drawn birthday, the right check character."""
    born = OLDEST + timedelta(days=rng.randrange((YOUNGEST - OLDEST).days))
    body = f"330211{born:%Y%m%d}{rng.randint(1, 998):03d}"
    return body + id_check_character(body)


def credit_code(rng: Random, prefix: str) -> str:
    """A unified social credit code of the class: 91 for enterprises, 92 for businesses."""
    body = (
        f"{prefix}330211MA{rng.choice('2345')}{rng.choice('GHJKX')}{rng.randint(1000, 99999):05d}"
    )
    return body + uscc_check_character(body)


def _natural(rng: Random, subject: str, address: str) -> Someone:
    name = person_name(rng)
    home = (
        f"{TOWNS[subject][0]}{rng.choice(ESTATES)}{rng.randint(1, 28)}幢"
        f"{rng.randint(1, 17)}0{rng.randint(1, 4)}室"
    )
    party = {
        "party_type": "natural_person",
        "name": name,
        "cert_type": "resident_id",
        "cert_no": id_number(rng),
        "phone": phone(rng),
        "address": home,
        "service_address": home,
        "service_address_confirmed": rng.random() < 0.6,
    }
    return Someone(party, name, "party", "self", f"{address}门前")


def _shop(rng: Random, subject: str, address: str) -> Someone:
    owner = person_name(rng)
    name = f"{TOWNS[subject][1]}{rng.choice(BRANDS)}{rng.choice(SHOPS)}"
    party = {
        "party_type": "individual_business",
        "name": name,
        "uscc": credit_code(rng, "92"),
        **_spoken_for(rng, owner, "经营者"),
        **_reached(rng, address),
    }
    return Someone(party, owner, "operator", "legal_representative", f"{address}门前人行道")


def _company(rng: Random, subject: str, address: str) -> Someone:
    head = person_name(rng)
    name = f"宁波市镇海{rng.choice(BRANDS)}{rng.choice(TRADES)}"
    party = {
        "party_type": "enterprise",
        "name": name,
        "uscc": credit_code(rng, "91"),
        **_spoken_for(rng, head, "执行董事"),
        **_reached(rng, address),
    }
    return Someone(party, head, "legal_representative", "legal_representative", address)


def _spoken_for(rng: Random, name: str, duty: str) -> dict[str, Any]:
    return {
        "representative_name": name,
        "representative_cert_type": "resident_id",
        "representative_cert_no": id_number(rng),
        "representative_duty": duty,
    }


def _reached(rng: Random, address: str) -> dict[str, Any]:
    number = phone(rng)
    agreed = rng.random() < 0.3
    return {
        "phone": number,
        "address": address,
        "service_address": address,
        "service_address_confirmed": True,
        "electronic_service_agreed": agreed,
        **({"electronic_address": number} if agreed else {}),
    }
