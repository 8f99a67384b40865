"""BPMN files as hostile input, and the shapes that the parser itself refuses."""

from __future__ import annotations

import pytest

from tests.workflows.engine.diagrams import MODEL, Diagram, source_of
from tests.workflows.engine.running import Running, nothing
from workflows import engine
from workflows.engine import BadDiagram, ProcessSource
from workflows.engine.xml import parse_xml

PLAIN = Diagram().start().user("a").end().chain("start", "a", "end").xml()


def _with_doctype(doctype: str, text: str = "") -> bytes:
    return (doctype + PLAIN.decode().replace("办理a", text)).encode()


HOSTILE = {
    "doctype": _with_doctype("<!DOCTYPE definitions>"),
    "file entity": _with_doctype('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
    "web entity": _with_doctype('<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "parameter entity": _with_doctype(
        '<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'
    ),
    "entity bomb": _with_doctype(
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>',
        "&c;",
    ),
    "undefined entity": PLAIN.decode().replace("办理a", "&x;").encode(),
    "utf-16 doctype": ("<!DOCTYPE definitions>" + PLAIN.decode()).encode("utf-16"),
    "not xml": b"PK\x03\x04",
    "empty": b"",
    "null bytes": b"\x00" * 100,
    "cut off": PLAIN[: len(PLAIN) // 2],
    "html": b"<html/>",
    "wrong namespace": PLAIN.replace(MODEL.encode(), b"urn:other"),
    "too large": PLAIN + b"<!--" + b"a" * 2_000_000 + b"-->",
    "too deep": f'<definitions xmlns="{MODEL}">{"<a>" * 100}{"</a>" * 100}</definitions>'.encode(),
    "far too deep": f'<definitions xmlns="{MODEL}">{"<a>" * 9999}'.encode(),
    "too many": f'<definitions xmlns="{MODEL}">{"<a/>" * 70_000}</definitions>'.encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name: str) -> None:
    with pytest.raises(BadDiagram):
        parse_xml("x.bpmn", HOSTILE[name])
    with pytest.raises(BadDiagram):
        engine.start(source_of(HOSTILE[name]), perform=nothing)


def test_a_plain_file_is_read_also_with_a_byte_order_mark() -> None:
    assert parse_xml("x.bpmn", b"\xef\xbb\xbf" + PLAIN).tag.endswith("definitions")


def _refused(diagram: Diagram) -> str:
    with pytest.raises(BadDiagram) as caught:
        engine.start(diagram.source(), perform=nothing)
    return str(caught.value)


def _around(kind: str, inner: str = "", **attributes: str) -> Diagram:
    diagram = Diagram().start().node(kind, "x", inner, **attributes).end()
    return diagram.chain("start", "x", "end")


@pytest.mark.parametrize(
    "kind",
    ["inclusiveGateway", "complexGateway", "businessRuleTask", "adHocSubProcess", "transaction"],
)
def test_an_element_that_the_engine_does_not_run_is_refused(kind: str) -> None:
    _refused(_around(kind))


@pytest.mark.parametrize("text", ["", "PT1H", '"P10D"', "CLK_", "clk_state", "CLK_STATE or 1"])
def test_a_timer_must_name_a_clock(text: str) -> None:
    assert "CLK_STATE" in _refused(
        Diagram().start().timer("x", text).end().chain("start", "x", "end")
    )


def test_a_timer_with_a_date_or_a_cycle_is_refused() -> None:
    for part in ("timeDate", "timeCycle"):
        inner = f"<timerEventDefinition><{part}>CLK_STATE</{part}></timerEventDefinition>"
        _refused(_around("intermediateCatchEvent", inner))


@pytest.mark.parametrize("script", ["", "import os", "a.b", "x = 1", "note()"])
def test_a_script_must_be_the_name_of_an_operation(script: str) -> None:
    _refused(Diagram().start().script("x", script).end().chain("start", "x", "end"))


def test_a_service_task_without_an_operation_is_refused() -> None:
    _refused(_around("serviceTask"))
    _refused(_around("serviceTask", implementation="##WebService"))


def test_a_start_event_that_waits_for_something_is_refused() -> None:
    inner = "<timerEventDefinition><timeDuration>CLK_STATE</timeDuration></timerEventDefinition>"
    _refused(
        Diagram().node("startEvent", "start", inner).user("a").end().chain("start", "a", "end")
    )


def test_an_event_sub_process_is_refused() -> None:
    inner = Diagram("s").start("i").end("o").chain("i", "o")
    diagram = Diagram().start().end().chain("start", "s", "end")
    diagram.add(f'<subProcess id="s" triggeredByEvent="true">{"".join(inner.body)}</subProcess>')
    _refused(diagram)


def test_loop_markers_and_collections_are_refused() -> None:
    _refused(_around("userTask", '<standardLoopCharacteristics loopMaximum="2"/>'))
    many = "multiInstanceLoopCharacteristics"
    fixed = "<loopCardinality>2</loopCardinality>"
    for extra in (
        "<loopDataInputRef>list</loopDataInputRef>",
        f"{fixed}<loopDataOutputRef>list</loopDataOutputRef>",
        f"{fixed}<completionCondition>True</completionCondition>",
    ):
        _refused(_around("userTask", f"<{many}>{extra}</{many}>"))


def test_two_starts_or_none_or_a_dangling_flow_are_refused() -> None:
    _refused(Diagram().start().start("second").user("a").end().chain("start", "a", "end"))
    _refused(Diagram().user("a").end().chain("a", "end"))
    _refused(Diagram().start().user("a").chain("start", "a", "nowhere"))


def test_a_process_that_is_not_in_the_files_is_refused() -> None:
    with pytest.raises(BadDiagram):
        engine.start(ProcessSource("h-none", (("p.bpmn", PLAIN),), "other"), perform=nothing)


def test_a_process_that_calls_itself_directly_or_over_another_is_refused() -> None:
    assert "case" in _refused(_around("callActivity", calledElement="case"))
    other = Diagram("other").start("s").node("callActivity", "y", calledElement="case").end("o")
    around = _around("callActivity", calledElement="other")
    with pytest.raises(BadDiagram):
        engine.start(around.source(other.chain("s", "y", "o")), perform=nothing)


def test_data_objects_and_notes_on_the_diagram_change_nothing() -> None:
    diagram = Diagram().start().user("a").end().chain("start", "a", "end")
    diagram.add('<dataObject id="d"/><dataObjectReference id="r" dataObjectRef="d"/>')
    diagram.add('<textAnnotation id="n"><text>注</text></textAnnotation>')
    assert Running(diagram.source()).complete("a").result.ended


def test_a_process_marked_not_executable_runs_all_the_same() -> None:
    xml = PLAIN.replace(b'isExecutable="true"', b'isExecutable="false"')
    assert Running(source_of(xml)).open == ["a"]
