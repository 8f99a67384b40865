"""Decision tables as dmn-js writes them, built from rows of cell texts."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

Column = tuple[str, str]
"""Name and typeRef."""

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" '
    'xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" '
    'xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" '
    'xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0" id="Definitions_1" name="DRD" '
    'namespace="http://camunda.org/schema/1.0/dmn" exporter="dmn-js">\n'
)


def dmn(
    inputs: Sequence[Column],
    outputs: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    policy: str = "",
    decision: str = "discussion",
) -> bytes:
    """The file; ``policy`` is the attribute text, such as ``hitPolicy="FIRST"``."""
    columns = "".join(_input(number, *column) for number, column in enumerate(inputs))
    columns += "".join(_output(number, *column) for number, column in enumerate(outputs))
    rules = "".join(_rule(number, row, len(inputs)) for number, row in enumerate(rows, 1))
    return (
        f'{HEAD}<decision id="{decision}" name="集体讨论">'
        f'<decisionTable id="DecisionTable_1" {policy}>{columns}{rules}</decisionTable></decision>'
        '<dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="discussion">'
        '<dc:Bounds height="80" width="180" x="160" y="100" /></dmndi:DMNShape>'
        "</dmndi:DMNDiagram></dmndi:DMNDI></definitions>"
    ).encode()


def _input(number: int, name: str, type_: str) -> str:
    return (
        f'<input id="Input_{number}" label={quoteattr(name)} biodi:width="192">'
        f'<inputExpression id="InputExpression_{number}" typeRef="{type_}">'
        f"<text>{escape(name)}</text></inputExpression></input>"
    )


def _output(number: int, name: str, type_: str) -> str:
    return f'<output id="Output_{number}" label="" name={quoteattr(name)} typeRef="{type_}" />'


def _rule(number: int, cells: Sequence[str], inputs: int) -> str:
    def entry(index: int, cell: str) -> str:
        tag = "inputEntry" if index < inputs else "outputEntry"
        return f'<{tag} id="Cell_{number}_{index}"><text>{escape(cell)}</text></{tag}>'

    entries = "".join(entry(index, cell) for index, cell in enumerate(cells))
    return f'<rule id="row_{number}"><description>第 {number} 条</description>{entries}</rule>'
