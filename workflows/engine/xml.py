"""Reads BPMN files as hostile input: no entities, DOCTYPE or network; bounded size and depth."""

from __future__ import annotations

from typing import Any

from lxml import etree

from workflows.engine.errors import BadDiagram

MAX_BYTES = 2_000_000
MAX_DEPTH = 60
MAX_XML_NODES = 60_000

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def parse_xml(path: str, content: bytes) -> Any:
    """The root element of a BPMN file, or BadDiagram."""
    if len(content) > MAX_BYTES:
        raise BadDiagram(f"{path}：文件超过 {MAX_BYTES // 1_000_000} MB")
    if b"<!DOCTYPE" in content:  # before anything is parsed; other encodings are caught below
        raise BadDiagram(f"{path}：不接受 DOCTYPE")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadDiagram(f"{path}：不是完好的 XML（{error}）") from error
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise BadDiagram(f"{path}：不接受 DOCTYPE")
    if root.tag != f"{{{BPMN}}}definitions":
        raise BadDiagram(f"{path}：不是 BPMN 2.0 文件")
    _check_size(path, root)
    return root


def _check_size(path: str, root: Any) -> None:
    """Counted with a walk, not recursion: the file may be deeper than Python's stack."""
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH:
            raise BadDiagram(f"{path}：嵌套超过 {MAX_DEPTH} 层")
        if count > MAX_XML_NODES:
            raise BadDiagram(f"{path}：元素太多")
