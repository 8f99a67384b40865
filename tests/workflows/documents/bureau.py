"""The made-up street office whose documents are tested: people, rows, code tables, pack files.

The rows are never stored; column defaults are applied as the database would.
"""

from __future__ import annotations

import functools
import uuid
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import yaml

from models.base import Base, CaseRecord
from models.case import Case, Party
from models.person import Certificate, Person
from models.review import Opinion
from models.service import ProofOfService
from models.subject import LegalSubject
from workflows.documents.facts import LegalTerms
from workflows.documents.record import Record

BPMN = Path(__file__).parents[3] / "bpmn"
SHANGHAI = ZoneInfo("Asia/Shanghai")
TERMS = LegalTerms(
    state="五个工作日",
    hearing="五个工作日",
    hearing_notice="七个工作日",
    pay="十五日",
    surcharge="百分之三",
    reconsider="六十日",
    sue="六个月",
    publish="七个工作日",
    hold="七个工作日",
    seize="三十日",
    seize_extension="三十日",
    assist="十五个工作日",
    urge="十个工作日",
    announce="三十日",
    payee="缴款通知书载明的代收银行或者电子支付渠道",
)

Made = TypeVar("Made", bound=Base)


def at(text: str) -> datetime:
    """A Shanghai time of 2025: `09-08 09:20`."""
    return datetime.strptime(f"2025-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def make(kind: type[Made], /, **values: Any) -> Made:
    """A row as it would come from the database."""
    row = kind(**values)
    for attribute in kind.__mapper__.column_attrs:
        column = attribute.columns[0]
        default = getattr(column, "default", None)
        if getattr(row, attribute.key) is None and default is not None:
            value = default.arg(None) if default.is_callable else default.arg
            setattr(row, attribute.key, value)
    return row


def people() -> dict[str, Person]:
    posts = {
        "zhang_ming": ("张明", "执法队员", "33021100001"),
        "li_qiang": ("李强", "执法队员", "33021100002"),
        "wang_jing": ("王静", "法制员", "33021100003"),
        "sun_li": ("孙丽", "中队长", "33021100101"),
        "zhao_yong": ("赵勇", "街道分管副主任", ""),
        "qian_hong": ("钱宏", "街道主任", ""),
        "lin_fang": ("林芳", "党政办干部", ""),
        "zhou_min": ("周敏", "公示员", ""),
        "wu_gang": ("吴刚", "档案员", ""),
        "shen_lei": ("沈磊", "街道副主任", ""),
        "he_ping": ("何萍", "街道党工委委员", ""),
        "fan_jun": ("范军", "街道党工委委员", ""),
        "gao_fei": ("高飞", "街道副主任", ""),
    }
    return {key: _person(key, *entry) for key, entry in posts.items()}


def _person(key: str, name: str, post: str, number: str) -> Person:
    person = make(Person, key=key, login=key, name=name, name_en=key, post=post)
    person.legal_qualified = key == "wang_jing"
    if number:
        validity = {"valid_from": date(2022, 6, 1), "valid_to": date(2028, 5, 31)}
        person.certificates = [make(Certificate, number=number, area="镇海区", **validity)]
    return person


def subject() -> LegalSubject:
    return make(
        LegalSubject,
        key="luotuo",
        name="宁波市镇海区骆驼街道办事处",
        name_en="Luotuo",
        kind="empowered",
        uscc="11330211MB1X000021",
        area_code="330211",
        area_short="镇",
        org_short="骆综执",
        address="宁波市镇海区骆驼街道示范路2号",
        phone="0574-00000200",
        reconsideration_organ="宁波市镇海区人民政府",
        court="宁波市镇海区人民法院",
        may_punish=True,
        effective_from=date(2022, 1, 1),
    )


def party(name: str) -> Party:
    return make(
        Party,
        recorded_at=at("09-08 10:00"),
        party_type="individual_business",
        name=name,
        uscc="92330211MA2GX1001W",
        representative_name="陈立新",
        representative_cert_no="330211198503152018",
        phone="13800000000",
        address="宁波市镇海区骆驼街道静远路88号",
        service_address="宁波市镇海区骆驼街道静远路88号",
        service_address_confirmed=True,
    )


DUTIES = [
    {
        "law": "ZJ-SR",
        "zh": "《浙江省城市市容和环境卫生管理条例》第十七条第一款",
        "summary_zh": "不得超出门、窗店外经营",
    }
]
BASIS = [
    {
        "law": "ZJ-SR",
        "zh": "《浙江省城市市容和环境卫生管理条例》第十七条第三款",
        "text": "违反第一款规定的，责令限期改正；逾期不改正的，可以处一百元以上一千元以下罚款"
        "（示例文本）。",
    }
]


FOUND = (
    "2025年9月8日9时20分，当事人在宁波市镇海区骆驼街道静远路88号门前人行道上摆放水果货架和泡沫箱"
    "经营，占用人行道约4平方米。当日本机关责令其于9月9日18时前改正；9月10日复查时，当事人仍未改正。"
)


class Book:
    """Collects the rows of one case."""

    def __init__(self, case: Case, people: dict[str, Person]) -> None:
        self.case = case
        self.people = people
        self.rows: dict[type[CaseRecord], list[CaseRecord]] = {}

    def add(self, kind: type[Made], when: datetime, /, **values: Any) -> Made:
        row = make(kind, case_id=self.case.id, recorded_at=when, **values)
        assert isinstance(row, CaseRecord)
        self.rows.setdefault(kind, []).append(row)  # type: ignore[arg-type]
        return row

    def id(self, key: str) -> uuid.UUID:
        return self.people[key].id

    def two(self) -> dict[str, uuid.UUID]:
        return {"officer_id": self.id("zhang_ming"), "second_officer_id": self.id("li_qiang")}

    def opinion(
        self, element: str, key: str, when: str, outcome: str = "agree", text: str = ""
    ) -> None:
        values = {"element": element, "round": 1, "outcome": outcome, "text": text, "role": "x"}
        self.add(Opinion, at(when), person_id=self.id(key), **values)

    def served(self, kind: str, number: str, when: str) -> None:
        self.add(
            ProofOfService,
            at(when),
            **self.two(),
            document_kind=kind,
            document_number=number,
            receipt_number=f"{number}-1号",
            service_method="direct",
            served_at=at(when),
            service_place="宁波市镇海区骆驼街道静远路88号",
            receiver_name="陈立新",
            receiver_relation="legal_representative",
            credit_notice_served=kind == "D43",
        )

    def record(self) -> Record:
        everyone = {person.id: person for person in self.people.values()}
        return Record(self.case, self.rows, everyone, self.people)


@functools.cache
def _codes(table: str) -> dict[str, str]:
    path = BPMN / "_shared" / "codes" / f"{table}.yaml"
    content = yaml.safe_load(path.read_text("utf-8"))
    return {str(code["value"]): str(code["zh"]) for code in content["codes"]}


def labels(table: str, code: str) -> str:
    """The shipped code tables."""
    return _codes(table).get(code, code)


def pack_files() -> dict[str, bytes]:
    """The document files of the shipped pack, as a pack version holds them."""
    return {
        f"_shared/documents/{path.name}": path.read_bytes()
        for path in (BPMN / "_shared" / "documents").glob("*.typ")
    }
