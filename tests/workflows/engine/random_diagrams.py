"""Random block-structured diagrams of the shapes that the deploy lint admits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from tests.workflows.engine.diagrams import Diagram, clock_definition


@dataclass
class Drawing:
    """A diagram being drawn. `gateways` maps each deciding gateway to its number of flows.

    `copies`: whether sub-processes may run in several copies. The plain engine crashes when such
    a one is interrupted (the adapter does not), so the walks beside it leave them out.
    """

    random: Random
    copies: bool = True
    gateways: dict[str, int] = field(default_factory=dict)
    called: list[Diagram] = field(default_factory=list)
    count: int = 0

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"


@dataclass(frozen=True)
class Place:
    """Where a block is drawn: nesting left, and whether a cycle goes round it in this scope."""

    depth: int
    on_cycle: bool = False
    simple: bool = False


Block = tuple[str, str]
"""First and last node of a drawn block."""


def draw(seed: int, depth: int = 3, copies: bool = True) -> tuple[Diagram, Drawing]:
    """A whole diagram: start, a random block, end."""
    drawing = Drawing(Random(seed), copies)
    return _process(drawing, "case", Place(depth)), drawing


def _process(drawing: Drawing, name: str, place: Place) -> Diagram:
    diagram = Diagram(name).start(f"{name}_start").end(f"{name}_end")
    first, last = _sequence(drawing, diagram, place)
    return diagram.flow(f"{name}_start", first).flow(last, f"{name}_end")


def _sequence(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    blocks = [_block(drawing, diagram, place) for _ in range(drawing.random.randint(1, 3))]
    for (_, last), (first, _) in pairwise(blocks):
        diagram.flow(last, first)
    return blocks[0][0], blocks[-1][1]


def _block(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    kinds = [_task, _task, _script, _timer]
    if place.depth > 0:
        kinds += [_choice, _loop]
    if place.depth > 0 and not place.simple:
        kinds += [_sub, _timed, _timed, _event_choice, _instances, _call, _stop]
        kinds += [_copies] if drawing.copies else []
        kinds += [] if place.on_cycle else [_aside]
        kinds += [_wrapped if place.on_cycle else _parallel] * 3
    kind: Callable[[Drawing, Diagram, Place], Block] = drawing.random.choice(kinds)
    return kind(drawing, diagram, Place(place.depth - 1, place.on_cycle, place.simple))


def _task(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    name = drawing.name("u")
    diagram.user(name)
    return name, name


def _script(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    name = drawing.name("s")
    diagram.script(name, "note")
    return name, name


def _timer(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    name = drawing.name("t")
    diagram.timer(name, "CLK_WAIT")
    return name, name


def _choice(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    split, join = drawing.name("g"), drawing.name("m")
    ways = drawing.random.randint(2, 3)
    diagram.xor(split, default=f"{split}_0").xor(join)
    drawing.gateways[split] = ways
    for way in range(ways):
        condition = f"{split} == {way}" if way else ""
        if way == 0 and drawing.random.random() < 0.4:
            diagram.flow(split, join, condition, f"{split}_{way}")
            continue
        first, last = _sequence(drawing, diagram, place)
        diagram.flow(split, first, condition, f"{split}_{way}").flow(last, join)
    return split, join


def _loop(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    enter, leave = drawing.name("m"), drawing.name("g")
    diagram.xor(enter).xor(leave, default=f"{leave}_0")
    drawing.gateways[leave] = 2
    first, _ = _task(drawing, diagram, place)
    inside = Place(place.depth, True, place.simple)
    head, last = _sequence(drawing, diagram, inside)
    after = drawing.name("v")
    # The default flow leads to the next block, through a script so that the block has one end.
    diagram.script(after, "note").chain(enter, first, head).flow(last, leave)
    diagram.flow(leave, after, name=f"{leave}_0").flow(leave, enter, f"{leave} == 1", f"{leave}_1")
    return enter, after


def _parallel(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    split, join = drawing.name("p"), drawing.name("j")
    diagram.parallel(split, join)
    ways = drawing.random.randint(2, 3)
    for way in range(ways):
        if way == 0 and drawing.random.random() < 0.2:
            diagram.flow(split, join)
            continue
        first, last = _sequence(drawing, diagram, place)
        diagram.flow(split, first).flow(last, join)
    return split, join


def _wrapped(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    """A parallel block on a cycle, wrapped in a sub-process as the lint demands."""
    return _scope(drawing, diagram, place, _parallel)


def _sub(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    return _scope(drawing, diagram, place, _sequence)


def _scope(
    drawing: Drawing,
    diagram: Diagram,
    place: Place,
    content: Callable[[Drawing, Diagram, Place], Block],
) -> Block:
    name = drawing.name("sub")
    inner = Diagram(name).start(f"{name}_start").end(f"{name}_end")
    first, last = content(drawing, inner, Place(place.depth))
    inner.flow(f"{name}_start", first).flow(last, f"{name}_end")
    diagram.sub(name, inner)
    return name, name


def _call(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    name = drawing.name("call")
    process = drawing.name("called")
    drawing.called.append(_process(drawing, process, Place(min(place.depth, 1))))
    diagram.node("callActivity", name, calledElement=process)
    return name, name


def _instances(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    name = drawing.name("u")
    mode = drawing.random.choice(["true", "false"])
    count = drawing.random.randint(1, 3)
    diagram.user(
        name,
        inner=f'<multiInstanceLoopCharacteristics isSequential="{mode}">'
        f"<loopCardinality>{count}</loopCardinality></multiInstanceLoopCharacteristics>",
    )
    return name, name


def _copies(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    """A sub-process in several copies. One token walks each, so copies need no telling apart."""
    name = drawing.name("sub")
    mode = drawing.random.choice(["true", "false"])
    inner = Diagram(name).start(f"{name}_start").end(f"{name}_end")
    first, last = _sequence(drawing, inner, Place(min(place.depth, 1), simple=True))
    inner.flow(f"{name}_start", first).flow(last, f"{name}_end")
    inner.add(
        f'<multiInstanceLoopCharacteristics isSequential="{mode}">'
        f"<loopCardinality>{drawing.random.randint(1, 3)}</loopCardinality>"
        "</multiInstanceLoopCharacteristics>"
    )
    diagram.sub(name, inner)
    return name, name


def _aside(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    """A second token that ends by itself, as a branch without a join."""
    split, end, on = drawing.name("p"), drawing.name("e"), drawing.name("v")
    first, last = _sequence(drawing, diagram, place)
    diagram.parallel(split).end(end).script(on, "note")
    diagram.flow(split, first).flow(last, end).flow(split, on)
    return split, on


def _stop(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    """A decision of a person that may end the whole (sub-)process at once."""
    task, _ = _task(drawing, diagram, place)
    gateway, end, on = drawing.name("g"), drawing.name("e"), drawing.name("v")
    diagram.xor(gateway, default=f"{gateway}_0").end(end, "<terminateEventDefinition/>")
    drawing.gateways[gateway] = 2
    diagram.script(on, "note").flow(task, gateway).flow(gateway, on, name=f"{gateway}_0")
    diagram.flow(gateway, end, f"{gateway} == 1", f"{gateway}_1")
    return task, on


def _timed(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    """A host with a boundary timer. The interrupting one joins the way again; the other ends."""
    hosts = [_task, _sub, _instances, _wrapped, _call, *([_copies] if drawing.copies else [])]
    host_kind = drawing.random.choice(hosts)
    host, _ = host_kind(drawing, diagram, place)
    after, event = drawing.name("m"), drawing.name("b")
    interrupting = drawing.random.random() < 0.6
    diagram.xor(after).boundary(event, host, "CLK_BOUND", interrupting).flow(host, after)
    first, last = _sequence(drawing, diagram, Place(min(place.depth, 1), place.on_cycle, True))
    diagram.flow(event, first)
    if interrupting:
        diagram.flow(last, after)
    else:
        end = drawing.name("e")
        diagram.end(end).flow(last, end)
    return host, after


def _event_choice(drawing: Drawing, diagram: Diagram, place: Place) -> Block:
    gateway, after = drawing.name("eg"), drawing.name("m")
    timer, mail = drawing.name("t"), drawing.name("c")
    diagram.node("eventBasedGateway", gateway).xor(after)
    diagram.node("intermediateCatchEvent", timer, clock_definition("CLK_GATE"))
    diagram.receive(mail, f"msg_{mail}")
    for event in (timer, mail):
        first, last = _task(drawing, diagram, place)
        diagram.chain(gateway, event, first).flow(last, after)
    return gateway, after
