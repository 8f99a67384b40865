"""Diagrams for the deploy lint: per rule a bad one, the element to mark, and its right form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.workflows.engine.diagrams import Diagram, clock_definition

Draw = Callable[[], Diagram]


def line(*middle: str) -> Diagram:
    """start → the given user tasks → end."""
    return Diagram().start().user(*middle).end().chain("start", *middle, "end")


def around(kind: str, inner: str = "", **attributes: str) -> Diagram:
    """start → one element called x → end."""
    return Diagram().start().node(kind, "x", inner, **attributes).end().chain("start", "x", "end")


def event(kind: str, definition: str, **attributes: str) -> Diagram:
    return around(kind, f"<{definition}EventDefinition/>", **attributes)


def end_with(inner: str) -> Diagram:
    return Diagram().start().user("a").end("x", inner).chain("start", "a", "x")


def choice(first: str, second: str, default: str | None = None) -> Diagram:
    """A gateway x with two conditions; the flows are called one and two."""
    diagram = Diagram().start().user("a", "b", "c").xor("x", default=default).end()
    diagram.chain("start", "a", "x").flow("x", "b", first, "one").flow("x", "c", second, "two")
    return diagram.chain("b", "end").chain("c", "end")


def loop(*inside: str, extra: Callable[[Diagram], object] = lambda diagram: None) -> Diagram:
    """A cycle m → inside → x → m; `inside` are scripts unless their name starts with u."""
    diagram = Diagram().start().xor("m").xor("x", default="out").end()
    for name in inside:
        diagram.user(name) if name.startswith("u") else diagram.script(name, "note")
    extra(diagram)
    diagram.chain("start", "m", *inside, "x").flow("x", "end", name="out")
    return diagram.flow("x", "m", "again")


def fork(diagram: Diagram, split: str, join: str) -> Diagram:
    diagram.parallel(split, join).user("a", "b")
    return diagram.chain(split, "a", join).chain(split, "b", join)


def timer(text: str) -> Diagram:
    return Diagram().start().timer("x", text).end().chain("start", "x", "end")


def parallel_on_a_cycle() -> Diagram:
    diagram = Diagram().start().xor("m").xor("g", default="out").end()
    fork(diagram, "x", "j").chain("start", "m", "x").chain("j", "g")
    return diagram.flow("g", "end", name="out").flow("g", "m", "again")


def wrapped_parallel_on_a_cycle() -> Diagram:
    inner = fork(Diagram("s").start("i").end("o"), "p", "j").chain("i", "p").chain("j", "o")
    diagram = Diagram().start().xor("m").xor("g", default="out").sub("s", inner).end()
    diagram.chain("start", "m", "s", "g")
    return diagram.flow("g", "end", name="out").flow("g", "m", "again")


def loop_around_sub(*inside: str) -> Diagram:
    inner = Diagram("s").start("i").end("o")
    for name in inside:
        inner.user(name) if name.startswith("u") else inner.script(name, "note")
    inner.chain("i", *inside, "o")
    diagram = Diagram().start().xor("m").xor("x", default="out").sub("s", inner).end()
    diagram.chain("start", "m", "s", "x").flow("x", "end", name="out")
    return diagram.flow("x", "m", "again")


def bounded(inner: str, interrupting: bool = True, **attributes: str) -> Diagram:
    cancel = {} if interrupting else {"cancelActivity": "false"}
    diagram = line("a").user("late").add_root('<signal id="s1" name="halt"/>')
    diagram.add_root('<message id="m1" name="post"/>')
    given = {"attachedToRef": "a", **cancel, **attributes}
    return diagram.node("boundaryEvent", "x", inner, **given).chain("x", "late", "end")


def gateway_of_events(*events: str, clocks: tuple[str, ...] = ()) -> Diagram:
    diagram = Diagram().start().node("eventBasedGateway", "x").user("after").end()
    for name in events:
        diagram.receive(name, f"msg_{name}")
    for number, clock in enumerate(clocks):
        diagram.timer(f"t{number}", clock)
    for name in (*events, *[f"t{number}" for number in range(len(clocks))]):
        diagram.chain("x", name, "after")
    return diagram.chain("start", "x").chain("after", "end")


def error_end(caught: bool, code: str = "E") -> Diagram:
    inner = Diagram("s").start("i").user("a").end("x", '<errorEventDefinition errorRef="e1"/>')
    inner.chain("i", "a", "x")
    diagram = Diagram().start().sub("s", inner).user("repair").end().chain("start", "s", "end")
    diagram.add_root(f'<error id="e1" name="bad" errorCode="{code}"/>')
    diagram.add_root('<error id="e2" name="other" errorCode="F"/>')
    reference = "e1" if caught else "e2"
    definition = f'<errorEventDefinition errorRef="{reference}"/>'
    diagram.node("boundaryEvent", "be", definition, attachedToRef="s")
    return diagram.chain("be", "repair", "end")


def copies(*parts: str, count: str = "2") -> Diagram:
    many = "multiInstanceLoopCharacteristics"
    number = f"<loopCardinality>{count}</loopCardinality>" if count else ""
    return around("userTask", f"<{many}>{number}{''.join(parts)}</{many}>")


def calls(itself: bool) -> Diagram:
    """A process that calls another, which (if `itself`) calls the first again."""
    target = "case" if itself else "shared"
    inner = f'<callActivity id="x" calledElement="{target}"/>' if itself else '<userTask id="x"/>'
    other = (
        f'<process id="shared"><startEvent id="ss"/>{inner}<endEvent id="se"/>'
        '<sequenceFlow id="f1" sourceRef="ss" targetRef="x"/>'
        '<sequenceFlow id="f2" sourceRef="x" targetRef="se"/></process>'
    )
    return around("callActivity", calledElement="shared").renamed("x", "call").add_root(other)


def signal_throw() -> Diagram:
    diagram = around("intermediateThrowEvent", HALT)
    return diagram.add_root('<signal id="s1" name="halt"/>')


HALT = '<signalEventDefinition signalRef="s1"/>'
POST = '<messageEventDefinition messageRef="m1"/>'
SCRIPT = "<script>{}</script>"
TIMED = clock_definition("CLK_STATE")

# rule: (bad diagram, element that is marked, good diagram)
CASES: dict[str, list[tuple[Draw, str | None, Draw]]] = {
    "E04": [
        (
            lambda: around("businessRuleTask"),
            "x",
            lambda: around("scriptTask", SCRIPT.format("assess")),
        ),
        (lambda: around("transaction"), "x", lambda: line("a")),
        (lambda: around("choreographyTask"), "x", lambda: line("a")),
    ],
    "E05": [(lambda: around("inclusiveGateway"), "x", lambda: around("parallelGateway"))],
    "E06": [(lambda: around("complexGateway"), "x", lambda: around("exclusiveGateway"))],
    "E07": [
        (lambda: event("intermediateThrowEvent", "link"), "x", lambda: line("a")),
        (lambda: event("intermediateCatchEvent", "link"), "x", lambda: line("a")),
    ],
    "E08": [(lambda: end_with(HALT).add_root('<signal id="s1" name="h"/>'), "x", signal_throw)],
    "E09": [
        (lambda: event("intermediateThrowEvent", "compensate"), "x", lambda: line("a")),
        (lambda: end_with("<compensateEventDefinition/>"), "x", lambda: line("a")),
        (lambda: bounded("<compensateEventDefinition/>"), "x", lambda: bounded(TIMED)),
        (lambda: around("userTask", isForCompensation="true"), "x", lambda: line("a")),
    ],
    "E10": [
        (
            lambda: line("a").user("b").flow("b", "end", "x == 1", "odd").flow("a", "b"),
            "odd",
            lambda: choice("n == 1", "n == 2"),
        )
    ],
    "E11": [
        (lambda: error_end(caught=False), "x", lambda: error_end(caught=True)),
        (lambda: end_with("<errorEventDefinition/>"), "x", lambda: line("a")),
    ],
    "E12": [
        (
            lambda: line("a").add(
                '<subProcess id="x" triggeredByEvent="true"><startEvent id="i"/><endEvent id="o"/>'
                '<sequenceFlow id="q" sourceRef="i" targetRef="o"/></subProcess>'
            ),
            "x",
            lambda: line("a"),
        )
    ],
    "E13": [(lambda: around("adHocSubProcess"), "x", lambda: line("a"))],
    "E14": [(lambda: bounded(HALT, interrupting=False), "x", lambda: bounded(HALT))],
    "E15": [
        (
            lambda: gateway_of_events("c", clocks=("CLK_A", "CLK_B")),
            "x",
            lambda: gateway_of_events("c", "d", clocks=("CLK_A",)),
        )
    ],
    "E16": [(parallel_on_a_cycle, "x", wrapped_parallel_on_a_cycle)],
    "E17": [
        (lambda: loop("s"), "m", lambda: loop("u", "s")),
        (lambda: loop_around_sub("t"), "m", lambda: loop_around_sub("u")),
    ],
    "E18": [
        (lambda: copies("<completionCondition>n > 1</completionCondition>"), "x", lambda: copies())
    ],
    "E19": [
        (lambda: copies("<loopDataInputRef>votes</loopDataInputRef>"), "x", lambda: copies()),
        (lambda: copies("<loopDataOutputRef>votes</loopDataOutputRef>"), "x", lambda: copies()),
        (lambda: copies('<inputDataItem id="i1"/>'), "x", lambda: copies(count="5")),
        (lambda: copies('<outputDataItem id="i1"/>'), "x", lambda: copies(count="signers")),
    ],
    "E20": [
        (
            lambda: around("userTask", '<standardLoopCharacteristics loopMaximum="3"/>'),
            "x",
            lambda: loop("u"),
        )
    ],
    "E21": [
        (
            partial(choice, bad, 'outcome == "b"'),
            "one",
            lambda: choice("extra.site.area > 5", 'outcome in ("a", "b")', "two"),
        )
        for bad in ("outcome.upper() == 'A'", "__import__('os')", "n ** 2 > 3", "n =", " ")
    ],
    "E22": [
        (partial(timer, bad), "x", partial(timer, "CLK_PAY"))
        for bad in ("PT1H", '"P10D"', "", "clk_state", "CLK_STATE + 1")
    ]
    + [
        (
            lambda: bounded(
                "<timerEventDefinition><timeDate>2026</timeDate></timerEventDefinition>"
            ),
            "x",
            lambda: bounded(TIMED, interrupting=False),
        )
    ],
    "E23": [
        (
            lambda: line("a").user("b").chain("a", "b", "end"),
            "a",
            lambda: choice("n == 1", "n == 2"),
        ),
        (lambda: line("a").user("b").chain("start", "b", "end"), "start", lambda: line("a")),
    ],
    "E24": [
        (lambda: choice("n == 1", ""), "x", lambda: choice("n == 1", "", "two")),
        (lambda: choice("", ""), "x", lambda: choice("", "n == 1", "one")),
        (
            lambda: Diagram().start().xor("x").end().flow("start", "x").flow("x", "end", "n == 1"),
            "x",
            lambda: around("exclusiveGateway"),
        ),
    ],
    "E25": [
        (lambda: line("a").add('<dataStoreReference id="x"/>'), "x", lambda: line("a")),
        (lambda: line("a").add_root('<dataStore id="x" name="db"/>'), "x", lambda: line("a")),
    ],
    "E26": [(lambda: line("a").add('<dataObject id="x"/>'), "x", lambda: line("a"))],
    "E27": [
        (lambda: line("a").start("second").flow("second", "a"), "case", lambda: line("a")),
        (lambda: Diagram().user("a").end().chain("a", "end"), "case", lambda: line("a")),
        (
            lambda: Diagram().node("startEvent", "x", TIMED).end().chain("x", "end"),
            "x",
            lambda: line("a"),
        ),
    ],
    "E28": [(lambda: Diagram().start().user("a").chain("start", "a"), "case", lambda: line("a"))],
    "E29": [
        (lambda: line("a").flow("a", "nowhere", name="odd"), "odd", lambda: line("a")),
        (
            lambda: loop_around_sub("u").flow("u", "end", name="odd"),
            "odd",
            lambda: loop_around_sub("u"),
        ),
    ],
    "E30": [
        (lambda: line("a").user("a"), "a", lambda: line("a", "b")),
        (lambda: line("a").node("userTask", ""), "", lambda: line("a")),
    ],
    "E31": [
        (
            lambda: around("scriptTask", SCRIPT.format("import os")),
            "x",
            lambda: around("scriptTask", SCRIPT.format("start_clock")),
        ),
        (lambda: around("serviceTask"), "x", lambda: around("serviceTask", implementation="note")),
        (lambda: around("scriptTask"), "x", lambda: line("a")),
    ],
    "E32": [
        (lambda: around("callActivity"), "x", lambda: around("callActivity", calledElement="s"))
    ],
    "E33": [
        (lambda: gateway_of_events("c"), "x", lambda: gateway_of_events("c", "d")),
        (
            lambda: gateway_of_events("c", "d").user("y").chain("x", "y", "end"),
            "x",
            lambda: gateway_of_events("c", clocks=("CLK_A",)),
        ),
        (
            lambda: gateway_of_events("c", "d").user("y").flow("y", "c"),
            "x",
            lambda: gateway_of_events("c", "d"),
        ),
    ],
    "E34": [
        (
            lambda: (
                Diagram()
                .start()
                .parallel("x", "j")
                .end()
                .chain("start", "x", "j", "end")
                .flow("x", "j")
            ),
            "x",
            lambda: fork(Diagram().start().end(), "x", "j").chain("start", "x").chain("j", "end"),
        )
    ],
    "E35": [
        (lambda: event("intermediateCatchEvent", "conditional"), "x", lambda: line("a")),
        (lambda: around("intermediateCatchEvent"), "x", lambda: around("intermediateThrowEvent")),
        (lambda: end_with("<cancelEventDefinition/>"), "x", lambda: line("a")),
        (
            lambda: around("intermediateCatchEvent", TIMED + "<messageEventDefinition/>"),
            "x",
            lambda: around("intermediateCatchEvent", TIMED),
        ),
        (lambda: around("intermediateThrowEvent", TIMED), "x", lambda: line("a")),
    ],
    "E36": [
        (lambda: bounded(TIMED, attachedToRef="nobody"), "x", lambda: bounded(TIMED)),
        (lambda: bounded(TIMED, attachedToRef="start"), "x", lambda: bounded(TIMED)),
        (lambda: bounded(TIMED).flow("late", "x"), "x", lambda: bounded(TIMED)),
        (lambda: line("a").boundary("x", "a"), "x", lambda: bounded(TIMED)),
    ],
    "E37": [
        (
            lambda: around("intermediateCatchEvent", "<messageEventDefinition/>"),
            "x",
            lambda: line("a"),
        ),
        (lambda: bounded('<signalEventDefinition signalRef="none"/>'), "x", lambda: bounded(HALT)),
        (
            lambda: around("receiveTask"),
            "x",
            lambda: around("receiveTask", messageRef="m1").add_root('<message id="m1" name="n"/>'),
        ),
    ],
    "E38": [
        (lambda: choice("n == 1", "n == 2", "start"), "x", lambda: choice("n == 1", "", "two"))
    ],
    "E39": [
        (lambda: line("a").user("x").flow("x", "end"), "x", lambda: line("a", "x")),
        (lambda: line("a").user("x", "y").chain("x", "y", "x"), "x", lambda: loop("u")),
    ],
    "E40": [
        (
            lambda: line("a").user("x").chain("a", "x"),
            "x",
            lambda: choice("n == 1", "n == 2"),
        )
    ],
    "E41": [
        (lambda: line("a").user("b").chain("end", "b", "end"), "end", lambda: line("a")),
        (lambda: choice("n == 1", "n == 2").flow("b", "start"), "start", lambda: line("a")),
    ],
    "E42": [
        (partial(copies, count=bad), "x", lambda: copies(count="signers"))
        for bad in ("", "0", "51", "len(votes)", "2 **")
    ],
    "E43": [
        (lambda: Diagram().start("Start").end().chain("Start", "end"), "Start", lambda: line("a")),
        (lambda: Diagram().start().end("End").chain("start", "End"), "End", lambda: line("a")),
    ],
    "E44": [(lambda: bounded(POST, interrupting=False), "x", lambda: bounded(POST))],
    "E45": [(lambda: calls(itself=True), "x", lambda: calls(itself=False))],
}
