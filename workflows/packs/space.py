"""All states that a search can reach, with the shortest way to each; bounded, and says so."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

State = TypeVar("State", bound=Hashable)
MOST_STATES = 60_000
"""States after which a search gives up: a model beyond it is refused, and told so."""


class TooMany(Exception):
    """The model has more states than the gate looks at."""


@dataclass
class Space(Generic[State]):
    """What was reached: each state with the state before it and the trail between them."""

    before: dict[State, tuple[State | None, tuple[str, ...]]] = field(default_factory=dict)
    after: dict[State, list[State]] = field(default_factory=dict)

    def way_to(self, state: State) -> tuple[str, ...]:
        """Elements and flows from the start to a state, the fewest moves."""
        trails: list[tuple[str, ...]] = []
        here: State | None = state
        while here is not None:
            here, trail = self.before[here]
            trails.append(trail)
        return tuple(each for trail in reversed(trails) for each in trail)

    def leading_to(self, goals: Iterable[State]) -> set[State]:
        """All states from which some goal can be reached."""
        backward: dict[State, list[State]] = {}
        for state, nexts in self.after.items():
            for each in nexts:
                backward.setdefault(each, []).append(state)
        found = set(goals)
        waiting = deque(found)
        while waiting:
            for each in backward.get(waiting.popleft(), ()):
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return found


Nexts = Callable[[State], Iterator[tuple[tuple[str, ...], State]]]


def search(
    starts: Iterable[tuple[tuple[str, ...], State]], nexts: Nexts[State], most: int = MOST_STATES
) -> Space[State]:
    """Breadth first from the starts; :class:`TooMany` beyond `most` states."""
    space: Space[State] = Space()
    waiting: deque[State] = deque()
    for trail, state in starts:
        if state not in space.before:
            space.before[state] = (None, trail)
            waiting.append(state)
    while waiting:
        state = waiting.popleft()
        reached = space.after.setdefault(state, [])
        for trail, new in nexts(state):
            reached.append(new)
            if new not in space.before:
                space.before[new] = (state, trail)
                waiting.append(new)
        if len(space.before) > most:
            raise TooMany
    return space
