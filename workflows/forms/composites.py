"""The two composite types, as fields of their own: a party (当事人) and new evidence (证据)."""

from __future__ import annotations

from models.errors import Text
from workflows.forms.conditions import parse_condition
from workflows.forms.model import Field, FieldType


def _field(
    name: str,
    zh: str,
    en: str,
    type_: FieldType = FieldType.TEXT,
    *,
    options: str = "",
    required: bool = False,
    most: int | None = None,
    show: str = "",
    least: int | None = None,
) -> Field:
    condition = parse_condition(show) if show else None
    return Field(
        name,
        type_,
        Text(zh, en),
        required=required,
        show=condition,
        options_from=options,
        min=least,
        max_length=most,
    )


_ORGANISATION = 'party_type != "natural_person"'

PARTY: tuple[Field, ...] = (
    _field(
        "party_type",
        "当事人类型",
        "Party type",
        FieldType.CHOICE,
        options="party_type",
        required=True,
    ),
    _field("name", "姓名或名称", "Name", required=True),
    _field("uscc", "统一社会信用代码", "Unified social credit code", most=50, show=_ORGANISATION),
    _field("uscc_missing_reason", "无代码的原因", "Why there is no code", show=_ORGANISATION),
    _field(
        "cert_type", "证件类型", "Identity document", FieldType.CHOICE, options="certificate_type"
    ),
    _field("cert_no", "证件号码", "Identity number", most=50),
    _field(
        "representative_name",
        "法定代表人、负责人或经营者",
        "Legal representative, head or operator",
        most=100,
        show=_ORGANISATION,
    ),
    _field(
        "representative_cert_type",
        "其证件类型",
        "Their identity document",
        FieldType.CHOICE,
        options="certificate_type",
        show=_ORGANISATION,
    ),
    _field(
        "representative_cert_no",
        "其证件号码",
        "Their identity number",
        most=50,
        show=_ORGANISATION,
    ),
    _field("representative_duty", "其职务", "Their post", most=100, show=_ORGANISATION),
    _field("phone", "联系电话", "Phone", most=50),
    _field("address", "住所或住址", "Address"),
    _field("contact_address", "联系地址", "Contact address"),
    _field("service_address", "送达地址", "Address for service"),
    _field(
        "service_address_confirmed",
        "已签送达地址确认书",
        "Address for service confirmed",
        FieldType.BOOLEAN,
    ),
    _field(
        "electronic_service_agreed",
        "同意电子送达",
        "Agrees to electronic service",
        FieldType.BOOLEAN,
    ),
    _field("electronic_address", "电子送达地址", "Electronic address"),
)

EVIDENCE: tuple[Field, ...] = (
    _field("kind", "证据种类", "Kind", FieldType.CHOICE, options="evidence_kind", required=True),
    _field("name", "证据名称", "Name", required=True),
    _field("collected_at", "取得时间", "Collected at", FieldType.DATETIME),
    _field("place", "取得地点", "Place"),
    _field("origin", "证据形式", "Form", FieldType.CHOICE, options="evidence_origin"),
    _field("provider", "提供人", "Provided by"),
    _field("page_count", "页数", "Pages", FieldType.INTEGER, least=1),
    _field("fact_proved", "证明内容", "What it proves", FieldType.TEXTAREA, most=1_000),
    _field("file", "文件", "File", FieldType.FILE),
    _field("note", "备注", "Note", FieldType.TEXTAREA, most=1_000),
)

COLUMNS = {FieldType.PARTY: PARTY, FieldType.EVIDENCE_LIST: EVIDENCE}
