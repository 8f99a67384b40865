"""Signatures of the local key: they cover everything that they say, and only this key's count."""

from __future__ import annotations

import dataclasses
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from workflows.documents.catalogue import KINDS
from workflows.signing import CAPACITIES, SIGNERS, LocalKey, Signed, Statement

NOW = datetime(2025, 10, 9, 1, 30, tzinfo=UTC)
STATEMENT = Statement(uuid.UUID(int=1), "a" * 64, "handler", uuid.UUID(int=2), NOW)
KEY = LocalKey("a secret of this installation")


def test_a_signature_holds_for_what_was_signed_on_any_machine_of_the_installation() -> None:
    signed = KEY.sign(STATEMENT)
    assert LocalKey("a secret of this installation").holds(STATEMENT, signed)
    assert signed == KEY.sign(STATEMENT)


@pytest.mark.parametrize(
    "changed",
    [
        {"document": uuid.UUID(int=9)},
        {"sha256": "b" * 64},
        {"capacity": "leader"},
        {"person": uuid.UUID(int=9)},
        {"at": NOW + timedelta(microseconds=1)},
    ],
)
def test_it_holds_for_nothing_else(changed: dict[str, object]) -> None:
    signed = KEY.sign(STATEMENT)
    assert not KEY.holds(dataclasses.replace(STATEMENT, **changed), signed)  # type: ignore[arg-type]


def test_another_key_or_provider_or_a_changed_value_does_not_hold() -> None:
    signed = KEY.sign(STATEMENT)
    assert not LocalKey("another secret").holds(STATEMENT, signed)
    assert not KEY.holds(STATEMENT, dataclasses.replace(signed, provider="elsewhere"))
    forged = LocalKey("another secret").sign(STATEMENT)
    assert not KEY.holds(STATEMENT, Signed("local", KEY.key_id, forged.value))
    assert not KEY.holds(STATEMENT, dataclasses.replace(signed, value=bytes(64)))


def test_every_capacity_has_its_words_and_every_outgoing_kind_is_sealed_or_signed() -> None:
    assert {one for capacities in SIGNERS.values() for one in capacities} <= CAPACITIES.keys()
    outgoing = [code for code, kind in KINDS.items() if kind.outgoing]
    assert [code for code in outgoing if not SIGNERS.get(code)] == []
