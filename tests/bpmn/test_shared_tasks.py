"""What quick and non-site handling share with the ordinary procedure stays the same there."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from tests.bpmn.walk import pack

_, ORDINARY, _ = pack("ordinary")

TASKS: dict[str, dict[str, set[str]]] = {
    "quick": {},
    "nonsite": {
        # Here the notice comes before the legal review (domain notes 2.3).
        "write_report": {"guidance"},
        "review_report": {"next", "stage"},
        "approve_notice": {"stage"},
        "record_statement": {"next"},
        "reexamine_statement": {"next"},
        "legal_review": {"next"},
    },
}
"""Per pack: the tasks that differ on purpose, and in what."""
SIDES: dict[str, dict[str, set[str]]] = {
    "quick": {"suspension": {"blocks"}},
    "nonsite": {"hearing": {"allowed_in", "blocks", "on_end"}},
}


def differing(one: Any, other: Any) -> set[str]:
    """Names of the fields in which two bindings are not the same."""
    return {f.name for f in fields(one) if getattr(one, f.name) != getattr(other, f.name)}


def compared(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, set[str]]:
    """What both have and say differently."""
    found = {name: differing(ours[name], theirs[name]) for name in ours.keys() & theirs.keys()}
    return {name: fields for name, fields in found.items() if fields}


@pytest.mark.parametrize("name", sorted(TASKS))
def test_shared_steps_are_bound_as_in_the_ordinary_procedure(name: str) -> None:
    _, manifest, _ = pack(name)
    assert compared(dict(ORDINARY.tasks), dict(manifest.tasks)) == TASKS[name]


@pytest.mark.parametrize("name", sorted(SIDES))
def test_shared_side_processes_are_taken_as_in_the_ordinary_procedure(name: str) -> None:
    _, manifest, _ = pack(name)
    assert compared(dict(ORDINARY.side), dict(manifest.side)) == SIDES[name]
    assert ORDINARY.side.keys() == manifest.side.keys()
