"""The deploy lint for engine shapes: what the engine would execute wrongly is refused by name.

Each rule answers a shape of shared/engine.md §1 (silently wrong, loud failure) or of its list
"Lint rejects". Pure: bytes in, findings out. Whether a process is sound and bound is checked by
other modules of this package.
"""

from __future__ import annotations

from workflows.engine.errors import BadDiagram
from workflows.engine.xml import parse_xml
from workflows.packs.findings import Finding
from workflows.packs.lint_cycles import check_cycles
from workflows.packs.lint_drawing import Drawing, finding
from workflows.packs.lint_elements import check_elements
from workflows.packs.lint_events import check_events
from workflows.packs.lint_flows import check_flows
from workflows.packs.lint_rules import MAX_FLOWS, MAX_NODES


def lint_bpmn(path: str, xml: bytes) -> list[Finding]:
    """All findings in one BPMN file, in a fixed order; empty when the engine runs it rightly.
    A file beyond the size limits gets that one finding: the other checks would take too long."""
    try:
        root = parse_xml(path, xml)
    except BadDiagram as error:
        rule = "E02" if "DOCTYPE" in str(error) else "E01"
        return [finding(rule, path, None, str(error))]
    drawing = Drawing(path, root)
    if len(drawing.nodes) > MAX_NODES or sum(len(s.flows) for s in drawing.scopes) > MAX_FLOWS:
        drawing.found("E03", None, len(drawing.nodes))
        return drawing.findings
    for check in (check_elements, check_events, check_flows, check_cycles):
        check(drawing)
    return drawing.findings
