"""Decision tables of a pack: rows that overlap, inputs without an answer (R02, R03, R04)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workflows.packs.findings import Finding, Message
from workflows.rules import HitPolicy, Table, Value
from workflows.rules.coverage import Fault, faults


def table_findings(table: Table) -> Iterator[Finding]:
    """An overlap is an error, a gap a warning: the table then answers null."""
    found = faults(table)
    if found is None:
        message = Message(
            f"{table.file}：组合太多，未能检查重叠和遗漏",
            f"{table.file}: too many combinations to look for overlaps and gaps",
        )
        yield Finding("R04", "warning", table.file, table.id, message)
        return
    for fault in found:
        yield _overlap(table, fault) if fault.rows else _gap(table, fault)


def _overlap(table: Table, fault: Fault) -> Finding:
    rows = "、".join(str(row.number) for row in fault.rows)
    agree = table.policy is HitPolicy.ANY
    zh = "结果不一致" if agree else "重叠"
    en = "disagree" if agree else "overlap"
    message = Message(
        f"{table.file}：第 {rows} 行{zh}，例如 {_shown(fault)}",
        f"{table.file}: rows {rows.replace('、', ', ')} {en}, for example {_shown(fault)}",
    )
    path = tuple(row.id for row in fault.rows)
    return Finding("R02", "error", table.file, fault.rows[0].id, message, path)


def _gap(table: Table, fault: Fault) -> Finding:
    message = Message(
        f"{table.file}：没有一行适用，例如 {_shown(fault)}",
        f"{table.file}: no row applies, for example {_shown(fault)}",
    )
    return Finding("R03", "warning", table.file, table.id, message)


def _shown(fault: Fault) -> str:
    return ", ".join(f"{name} = {_text(value)}" for name, value in fault.inputs.items())


def _text(value: Value) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
