"""DMN 1.3 XML: read without entities, network or DOCTYPE, and looked at by local names."""

from __future__ import annotations

from typing import Any

from lxml import etree

from workflows.rules.errors import RuleError

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
MOST_BYTES = 1_000_000

Element = Any
"""An lxml element; lxml ships no types."""


def root_of(xml: bytes) -> Element:
    """The ``definitions`` element of a DMN 1.3 file."""
    if len(xml) > MOST_BYTES:
        raise RuleError("决策表文件超过 1 MB", "the decision table is larger than 1 MB")
    reader = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, reader)
    except (etree.LxmlError, ValueError) as error:
        raise RuleError("不是有效的 XML 文件", "not well-formed XML") from error
    if root is None or root.getroottree().docinfo.doctype:
        raise RuleError("不允许 DOCTYPE 声明", "a DOCTYPE is not allowed")
    if root.tag != f"{{{DMN}}}definitions":
        raise RuleError("不是 DMN 1.3 文件", "not a DMN 1.3 file")
    return root


def children(parent: Element, name: str) -> list[Element]:
    """The child elements of this DMN name, in order."""
    return list(parent.findall(f"{{{DMN}}}{name}"))


def only(parent: Element, name: str) -> Element:
    """The one child of this name."""
    found = children(parent, name)
    if len(found) != 1:
        raise RuleError(
            f"应有且仅有一个 {name}", f"exactly one element {name} expected, {len(found)} found"
        )
    return found[0]


def attribute(element: Element, name: str) -> str:
    """An attribute without white space around it; empty when missing."""
    return str(element.get(name, "")).strip()


def text_of(element: Element) -> str:
    """The content of the element's ``text`` child; empty when there is none."""
    return str(element.findtext(f"{{{DMN}}}text") or "")
