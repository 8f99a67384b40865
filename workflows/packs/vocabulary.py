"""What the program around a pack knows: the words that a pack may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.packs.gates import Gates

Domains = Mapping[str, frozenset[str]]
"""Routing variables with the values that they can take."""


@dataclass(frozen=True)
class CommandWords:
    """A command: its fields, those that it cannot do without, the routing that it returns.

    `beside`: it is given in a case beside the steps, and so may start a side process.
    """

    fields: frozenset[str]
    required: frozenset[str] = frozenset()
    routing: Domains = field(default_factory=dict)
    beside: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Built once from registry, operations and law book, and handed to the checks.

    `operations` and `clocks` map each name to the routing variables that it may set: an operation
    when it runs, a clock when it falls due (a waiver by silence, for example).
    """

    commands: Mapping[str, CommandWords]
    roles: frozenset[str]
    operations: Mapping[str, Domains]
    documents: frozenset[str]
    clocks: Mapping[str, Domains]
    stages: frozenset[str]
    exits: frozenset[str] = frozenset()
    """Stages in which a case has come to an end."""
    milestones: frozenset[str] = frozenset({"served", "disclosed"})
    """Steps of the strip that are no stage but something done (送达, 公示)."""
    guards: frozenset[str] = frozenset()
    """Names of guards that a pack may add (`extra_guards`)."""
    record_lists: frozenset[str] = frozenset()
    """Lists of the record that `options_from` may name, such as record.handlers; empty: any."""
    gates: Gates = field(default_factory=lambda: Gates(()))
    """What the law wants of every pack; never read from the pack itself."""
