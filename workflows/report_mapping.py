"""Facts of a case into the columns of a destination: units exact, codes mapped or refused (V30)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from models.errors import Text
from workflows.reference.reporting import Destination, ReportField

TEN_THOUSAND = Decimal(10_000)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Mapped:
    """One record as the destination wants it, and what has no place there."""

    fields: tuple[tuple[str, str, str], ...]
    """(column, value, source)."""
    problems: tuple[tuple[str, Text], ...] = ()
    """(column, why)."""


class Unmappable(Exception):
    """One value has no place at the destination."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


def map_record(to: Destination, facts: Mapping[str, Any]) -> Mapped:
    """All columns; every value that has no place is listed, none is guessed."""
    fields, problems = [], []
    for each in to.fields:
        try:
            value = _value(each, to, facts)
        except Unmappable as fault:
            problems.append((each.name, fault.text))
            value = ""
        fields.append((each.name, value, each.source or "="))
    return Mapped(tuple(fields), tuple(problems))


def _value(each: ReportField, to: Destination, facts: Mapping[str, Any]) -> str:
    raw = each.value if each.value is not None else _found(each.source, facts)
    if raw is None or raw in ("", [], ()):
        if each.required:
            raise Unmappable("必填项没有内容。", "This column must not be empty.")
        return ""
    text = _said(each, to, raw)
    if each.length is not None and len(text) > each.length:
        raise Unmappable(
            f"内容{len(text)}字，超过栏目的{each.length}字。",
            f"{len(text)} characters do not fit into {each.length}.",
        )
    return text


def _found(path: str, facts: Mapping[str, Any]) -> Any:
    value: Any = facts
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _said(each: ReportField, to: Destination, raw: Any) -> str:
    if each.codes is not None:
        values = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else [raw]
        return each.join.join(_code(to.codes[each.codes], str(value)) for value in values)
    if each.unit is not None:
        return amount(raw, each.unit)
    if isinstance(raw, bool):
        return "1" if raw else "0"
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return each.join.join(str(value) for value in raw)
    return str(raw)


def _code(codes: Mapping[str, str], value: str) -> str:
    if value not in codes:
        raise Unmappable(f"代码“{value}”没有对照。", f"There is no code for {value!r}.")
    return codes[value]


def amount(yuan: Decimal, unit: str) -> str:
    """Yuan to two decimals, or ten thousand yuan (万元) to six: the same amount, never rounded."""
    if not isinstance(yuan, Decimal) or not yuan.is_finite() or yuan != yuan.quantize(CENT):
        raise Unmappable(f"金额{yuan}不是到分的数。", f"{yuan} is no amount of yuan and cents.")
    if unit == "ten_thousand":
        return f"{yuan / TEN_THOUSAND:.6f}"
    return f"{yuan:.2f}"


def written(to: Destination, key: str, mapped: Mapped) -> bytes:
    """The file or the body that is sent; the same bytes for the same record."""
    values = {name: value for name, value, _source in mapped.fields}
    if to.format == "json":
        body = {"key": key, "destination": to.id, "data": values}
        return json.dumps(body, ensure_ascii=False, indent=1).encode()
    root = ElementTree.Element("Record", {"key": key, "destination": to.id})
    for name, value in values.items():
        ElementTree.SubElement(root, name).text = _plain(value)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _plain(text: str) -> str:
    """Without the control characters that XML cannot carry."""
    return "".join(c for c in text if c in "\t\n\r" or c >= " ")


def digest(body: bytes) -> str:
    """The checksum that goes along."""
    return hashlib.sha256(body).hexdigest()
