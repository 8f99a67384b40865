"""What may happen next in a net: one move is one thing that people, clocks or messages do, and
everything that follows from it by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from workflows.packs.events import Event, Values
from workflows.packs.graph import OPERATION_TASKS
from workflows.packs.net import PASSED, WAITING, Net, Spot, Step
from workflows.packs.routing import condition_of, holds

LONGEST_RUN = 2_000
"""Steps that follow from one move by themselves; more than that never rests."""


@dataclass(frozen=True)
class Marking:
    """Where tokens stand, and what the variables hold that are still to be read.

    Places: `w:` a wait, `j:` a flow that arrived at a join, `s:` a running sub-process or call,
    `f:` an event at an edge that has fired and left its host running.
    """

    places: frozenset[str] = frozenset()
    values: Values = ()
    clash: str | None = None
    """The node at which a second token arrived; the way ends there."""

    @property
    def over(self) -> bool:
        """No token is left, and none was lost."""
        return not self.places and self.clash is None


@dataclass(frozen=True)
class Move:
    """One move: what happened in order, the elements and flows passed, and where it led."""

    events: tuple[Event, ...]
    trail: tuple[str, ...]
    after: Marking
    ends: tuple[str, ...] = ()
    """End events of the process itself that were reached."""


class Unbounded(Exception):
    """A move that never comes to rest, or branches beyond all measure."""


@dataclass(frozen=True)
class _Run:
    """A move on its way: tokens that still travel, and what they left behind."""

    places: frozenset[str]
    values: dict[str, str | None]
    travelling: tuple[tuple[str, str | None], ...] = ()
    """(spot to enter, flow by which)."""
    events: tuple[Event, ...] = ()
    trail: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    clash: str | None = None


class Moves:
    """The moves of one net."""

    def __init__(self, net: Net) -> None:
        self.net = net

    def start(self, values: Mapping[str, str | None]) -> Iterator[Move]:
        """Everything that the start may lead to, with these values."""
        run = _Run(frozenset(), dict(values), ((self.net.start, None),))
        yield from self._settled(run)

    def at(self, marking: Marking) -> Iterator[Move]:
        """Every move that somebody or something may make."""
        if marking.clash is not None:
            return
        for place in sorted(marking.places):
            kind, _, id_ = place.partition(":")
            spot = self.net.spots.get(id_)
            if spot is None or kind not in ("w", "s"):
                continue
            if kind == "w":
                yield from self._at_wait(marking, spot)
            for edge in spot.edges:
                yield from self._at_edge(marking, spot, self.net.spots[edge])

    def _at_wait(self, marking: Marking, spot: Spot) -> Iterator[Move]:
        if spot.node.type == "eventBasedGateway":
            for step in spot.outgoing:
                event = self.net.spots[step.target]
                run = self._taken(marking, f"w:{spot.id}", (spot.node.id, step.flow.id))
                yield from self._leaving(run, event)
            return
        run = self._taken(marking, f"w:{spot.id}", ())
        yield from self._leaving(run, spot)

    def _at_edge(self, marking: Marking, host: Spot, edge: Spot) -> Iterator[Move]:
        """An event at the edge of a task or sub-process; errors come from inside, by themselves."""
        if edge.node.event in ("error", "escalation"):
            return
        if edge.node.interrupting:
            yield from self._leaving(self._without(marking, host), edge)
        elif f"f:{edge.id}" not in marking.places:
            run = _Run(marking.places | {f"f:{edge.id}"}, dict(marking.values))
            yield from self._leaving(run, edge)

    def _taken(self, marking: Marking, place: str, trail: tuple[str, ...]) -> _Run:
        gone = {place} | self._fired(self.net.spots[place[2:]])
        return _Run(marking.places - gone, dict(marking.values), trail=trail)

    def _without(self, marking: Marking, host: Spot) -> _Run:
        """Host and everything inside it are gone."""
        return _Run(marking.places - self._all_of(host), dict(marking.values))

    def _all_of(self, host: Spot) -> frozenset[str]:
        ids = self.net.inside(host.id) | {host.id}
        flows = {flow for id_ in ids for flow in self.net.spots[id_].joins if id_ != host.id}
        edges = {edge for id_ in ids for edge in self.net.spots[id_].edges}
        own = {f"{kind}:{id_}" for kind in "ws" for id_ in ids}
        return frozenset(own | {f"j:{flow}" for flow in flows} | {f"f:{edge}" for edge in edges})

    def _fired(self, spot: Spot) -> set[str]:
        return {f"f:{edge}" for edge in spot.edges}

    def _leaving(self, run: _Run, spot: Spot) -> Iterator[Move]:
        """Somebody has done what was waited for: with every value that this may set."""
        for values in self._written(spot):
            told = Event(*_kind(spot), spot.node.id, tuple(sorted(values.items())))
            done = replace(
                run,
                values={**run.values, **values},
                events=(*run.events, told),
                trail=(*run.trail, spot.node.id),
            )
            yield from self._settled(self._out(done, spot))

    def _written(self, spot: Spot) -> Iterator[dict[str, str | None]]:
        domains = self.net.writes(spot.node)
        names = sorted(domains)
        for chosen in product(*(sorted(domains[name]) for name in names)):
            yield dict(zip(names, chosen, strict=True))

    def _out(self, run: _Run, spot: Spot, steps: tuple[Step, ...] | None = None) -> _Run:
        taken = spot.outgoing if steps is None else steps
        new = tuple((step.target, step.flow.id) for step in taken)
        trail = (*run.trail, *(step.flow.id for step in taken))
        return replace(run, travelling=(*run.travelling, *new), trail=trail)

    # -- what follows by itself ------------------------------------------------------------

    def _settled(self, run: _Run) -> Iterator[Move]:
        """All ways in which a run may come to rest."""
        open_ = [run]
        count = 0
        while open_:
            count += 1
            if count > LONGEST_RUN:
                raise Unbounded
            now = open_.pop()
            if now.clash is not None:
                yield self._rested(now)
            elif now.travelling:
                (target, flow), *rest = now.travelling
                left = replace(now, travelling=tuple(rest))
                open_.extend(self._entered(left, self.net.spots[target], flow))
            elif (scope := self._finished(now)) is not None:
                done = replace(now, places=now.places - self._all_of(scope))
                open_.append(self._out(done, scope))
            else:
                yield self._rested(now)

    def _rested(self, run: _Run) -> Move:
        needed = self._needed(run.places)
        kept = tuple(sorted((n, v) for n, v in run.values.items() if n in needed))
        return Move(run.events, run.trail, Marking(run.places, kept, run.clash), run.ends)

    def _needed(self, places: frozenset[str]) -> frozenset[str]:
        found: set[str] = set()
        for place in places:
            kind, _, id_ = place.partition(":")
            if kind == "j":
                found |= self._needed_at_join.get(id_, frozenset())
            elif id_ in self.net.needed:
                found |= self.net.needed[id_]
        return frozenset(found)

    @cached_property
    def _needed_at_join(self) -> dict[str, frozenset[str]]:
        spots = self.net.spots.values()
        return {flow: self.net.needed[spot.id] for spot in spots for flow in spot.joins}

    def _entered(self, run: _Run, spot: Spot, flow: str | None) -> list[_Run]:
        node = spot.node
        if node.type in WAITING or node.type in ("intermediateCatchEvent", "eventBasedGateway"):
            return [self._put(run, spot, "w")]
        run = replace(run, trail=(*run.trail, node.id))
        if node.type == "exclusiveGateway":
            return [self._out(run, spot, (step,)) for step in self._ways(run, spot)]
        if node.type == "parallelGateway":
            return [self._arrived(run, spot, flow)]
        if spot.begins is not None:
            inside = self._put(run, spot, "s")
            return [replace(inside, travelling=(*inside.travelling, (spot.begins, None)))]
        if node.type == "endEvent":
            return [self._ended(run, spot)]
        return self._passed(run, spot)

    def _passed(self, run: _Run, spot: Spot) -> list[_Run]:
        if spot.node.event == "escalation":
            run = self._escalated(run, spot)
        if spot.node.type not in PASSED or spot.node.type not in OPERATION_TASKS:
            return [self._out(run, spot)]
        found = []
        for values in self._written(spot):
            told = Event(
                "operation", spot.node.operation or "", spot.node.id, tuple(sorted(values.items()))
            )
            done = replace(run, values={**run.values, **values}, events=(*run.events, told))
            found.append(self._out(done, spot))
        return found

    def _put(self, run: _Run, spot: Spot, kind: str) -> _Run:
        place = f"{kind}:{spot.id}"
        if place in run.places:
            return replace(run, clash=spot.node.id)
        return replace(run, places=run.places | {place})

    def _ways(self, run: _Run, spot: Spot) -> list[Step]:
        """The flow that holds; several where a form outside the routing decides. A flow that says
        nothing may be taken too: the lint refuses it, the proof does not wave it through."""
        if len(spot.outgoing) < 2:
            return list(spot.outgoing)
        taken: list[Step] = []
        for step in spot.outgoing:
            condition = condition_of(step.flow)
            if step.flow.id == spot.node.default:
                continue
            if condition is None or any(name not in run.values for name in condition.names):
                taken.append(step)
            elif holds(condition, run.values):
                return [*taken, step]
        default = [step for step in spot.outgoing if step.flow.id == spot.node.default]
        return [*taken, *default]

    def _arrived(self, run: _Run, spot: Spot, flow: str | None) -> _Run:
        if len(spot.joins) < 2 or flow is None:
            return self._out(run, spot)
        prefix = spot.id[: len(spot.id) - len(spot.node.id)]
        place = f"j:{prefix}{flow}"
        if place in run.places:
            return replace(run, clash=spot.node.id)
        places = run.places | {place}
        wanted = {f"j:{each}" for each in spot.joins}
        if not wanted <= places:
            return replace(run, places=places)
        return self._out(replace(run, places=places - wanted), spot)

    def _ended(self, run: _Run, spot: Spot) -> _Run:
        scope = self.net.spots.get(spot.scope)
        if scope is None:
            run = replace(run, ends=(*run.ends, spot.node.id))
            told = Event("end", spot.node.id, spot.node.id)
            run = replace(run, events=(*run.events, told))
        if spot.node.event == "terminate":
            return self._terminated(run, scope)
        if spot.node.event == "error":
            return self._failed(run, spot)
        return self._escalated(run, spot) if spot.node.event == "escalation" else run

    def _terminated(self, run: _Run, scope: Spot | None) -> _Run:
        if scope is None:
            return replace(run, places=frozenset(), travelling=())
        kept = run.places - (self._all_of(scope) - {f"s:{scope.id}"})
        inner = self.net.inside(scope.id)
        left = tuple((t, f) for t, f in run.travelling if t not in inner)
        return replace(run, places=kept, travelling=left)

    def _failed(self, run: _Run, spot: Spot) -> _Run:
        """An error leaves the nearest sub-process or call that catches it."""
        host, edge = self._catcher(spot, "error")
        if host is None or edge is None:
            return run
        inner = self.net.inside(host.id)
        left = tuple((t, f) for t, f in run.travelling if t not in inner)
        gone = replace(run, places=run.places - self._all_of(host), travelling=left)
        return self._out(replace(gone, trail=(*gone.trail, edge.node.id)), edge)

    def _escalated(self, run: _Run, spot: Spot) -> _Run:
        host, edge = self._catcher(spot, "escalation")
        if host is None or edge is None:
            return run
        if edge.node.interrupting:
            inner = self.net.inside(host.id)
            left = tuple((t, f) for t, f in run.travelling if t not in inner)
            run = replace(run, places=run.places - self._all_of(host), travelling=left)
        return self._out(replace(run, trail=(*run.trail, edge.node.id)), edge)

    def _catcher(self, spot: Spot, event: str) -> tuple[Spot | None, Spot | None]:
        scope = self.net.spots.get(spot.scope)
        while scope is not None:
            for id_ in scope.edges:
                edge = self.net.spots[id_]
                if edge.node.event == event and edge.node.reference in (None, spot.node.reference):
                    return scope, edge
            scope = self.net.spots.get(scope.scope)
        return None, None

    def _finished(self, run: _Run) -> Spot | None:
        """A running sub-process or call in which no token is left: the innermost first."""
        for place in sorted(run.places, key=len, reverse=True):
            if not place.startswith("s:"):
                continue
            scope = self.net.spots[place[2:]]
            if not (self._all_of(scope) - {place} - self._fired(scope)) & run.places:
                return scope
        return None


def _kind(spot: Spot) -> tuple[str, str]:
    """What happened when a wait was left: a command, a clock or a message."""
    node = spot.node
    if node.clock is not None:
        return "clock", node.clock
    if node.message is not None:
        return "message", node.message
    return ("signal", node.id) if node.event == "signal" else ("task", node.id)
