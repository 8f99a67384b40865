"""The words a pack may use: commands with fields and routing, roles, operations, clocks."""

from functools import lru_cache

from models.clock_rules import CLOCK_RULES
from models.types import EXITS, Role, Stage
from workflows.commands.all import COMMANDS
from workflows.commands.base import CaseCommand, TaskCommand, fields_of
from workflows.commands.routing import ROUTING
from workflows.documents.catalogue import KINDS
from workflows.operation_names import OPERATION_ROUTING
from workflows.packs.gates import GATES, Gates, read_gates
from workflows.packs.vocabulary import CommandWords, Vocabulary
from workflows.packs.yaml_files import SCHEMAS, read_yaml


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Built once: nothing in it changes while the program runs."""
    commands = {}
    for name, command in COMMANDS.items():
        fields = fields_of(command)
        commands[name] = CommandWords(
            fields=frozenset(fields),
            required=frozenset(n for n, required in fields.items() if required),
            routing=ROUTING.get(name, {}),
            beside=issubclass(command, CaseCommand) and not issubclass(command, TaskCommand),
        )
    return Vocabulary(
        commands=commands,
        roles=frozenset(Role),
        operations=OPERATION_ROUTING,
        documents=frozenset(KINDS),
        clocks={code: {} for code in CLOCK_RULES},
        stages=frozenset(Stage),
        exits=EXITS,
        gates=_gates(),
    )


def _gates() -> Gates:
    """The legal gates that the program ships with."""
    path = SCHEMAS.parent / "_shared" / GATES
    return read_gates(read_yaml(GATES, path.read_bytes(), "LG00", "gates"))
