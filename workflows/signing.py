"""Who signs what (domain.md 5, column Sign), and how a signature is made and checked.

A signature covers the digest of the PDF that was shown, the document, the capacity, the person
and the moment. `Signer` is the door for a qualified signature and seal service; `LocalKey`, an
Ed25519 key of this installation, is what there is without one.
"""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.errors import Text
from models.signature import Signature
from models.types import Role

KEY_PURPOSE = b"caselane document signatures, version 1"
H, U, L, R, S, A, N = (
    "handler", "unit_head", "leader", "reviewer", "seal", "archivist", "publisher",
)  # fmt: skip
PANEL, RECORDER = "member", "recorder"
CAPACITIES: Mapping[str, Text] = {
    H: Text("办案人员", "Handler"),
    U: Text("办案机构负责人", "Unit head"),
    L: Text("行政机关负责人", "Head of the agency"),
    R: Text("法制审核人员", "Legal reviewer"),
    S: Text("行政机关印章", "Seal of the agency"),
    A: Text("档案员", "Archivist"),
    N: Text("公示员", "Publisher"),
    PANEL: Text("集体讨论成员", "Member of the discussion"),
    RECORDER: Text("记录人", "Recorder"),
}
SIGNERS: Mapping[str, tuple[str, ...]] = {
    "D01": (H,), "D03": (H, U), "D04": (H, U, L), "D05": (H, U, L), "D06": (L, S), "D07": (H, S),
    "D08": (H,), "D09": (H,), "D10": (H, S), "D11": (H,), "D12": (H,), "D13": (H,), "D14": (H,),
    "D15": (H, U, L), "D16": (H, S), "D17": (S,), "D18": (H, U, L), "D19": (H, S), "D20": (S,),
    "D21": (S,), "D22": (H, S), "D23": (S,), "D24": (S,), "D25": (S,), "D26": (H, U, L),
    "D27": (H, U, L), "D28": (H, U, L), "D29": (H, U), "D30": (U,), "D31": (R,), "D32": (R,),
    "D33": (H, U, R, L), "D34": (S,), "D35": (S,), "D36": (H,), "D37": (U, R), "D38": (S,),
    "D39": (S,), "D42": (PANEL, RECORDER), "D43": (S,), "D44": (H, S), "D45": (S,), "D46": (S,),
    "D43b": (S,), "D47": (H,), "D48": (H,), "D49": (S,), "D50": (N, L), "D50a": (N, L),
    "D51b": (S,), "D51c": (S,), "D51d": (S,), "D52": (S,), "D53": (S,), "D54": (S,),
    "D54a": (S,), "D54b": (S,), "D54d": (S,), "D55": (L, S), "D56": (S,), "D56a": (S,),
    "D57": (H, U, L), "D58": (S,), "D60": (S,), "D61": (L, S), "D61a": (S,),
    "D62": (H,), "D63": (H, U, L), "D64": (A,), "D65": (S,), "D66": (S,), "D67": (H, L),
    "D68": (S,), "D69": (H,), "D70": (H, S), "D71": (S,), "D81": (S,), "D82": (S,), "D83": (S,),
    "D84": (S,),
}  # fmt: skip
"""By kind of document: the capacities in which somebody of the agency signs it."""
ROLES: Mapping[str, frozenset[Role]] = {
    U: frozenset({Role.UNIT_HEAD}),
    L: frozenset({Role.LEADER_DEPUTY, Role.LEADER_CHIEF}),
    S: frozenset({Role.LEADER_DEPUTY, Role.LEADER_CHIEF}),
    A: frozenset({Role.ARCHIVIST}),
    N: frozenset({Role.PUBLISHER}),
}
"""Capacities that go with a role; the others go with what one did in the case."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed: this person, in this capacity, at this moment, under this file."""

    document: uuid.UUID
    sha256: str
    capacity: str
    person: uuid.UUID
    at: datetime

    @classmethod
    def of(cls, row: Signature) -> "Statement":
        """The statement of a signature that was kept."""
        return cls(row.document_id, row.sha256, row.capacity, row.person_id, row.recorded_at)

    def bytes(self) -> bytes:
        """The same bytes for the same statement, anywhere and at any time."""
        plain = {
            "document": str(self.document),
            "sha256": self.sha256,
            "capacity": self.capacity,
            "person": str(self.person),
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
        }
        return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature value and the fingerprint of the key (or certificate) that made it."""

    provider: str
    key_id: str
    value: bytes


class Signer(Protocol):
    """A signature or seal service. A qualified one asks its own device of the person."""

    def sign(self, statement: Statement) -> Signed:
        """Make the signature."""

    def public_key(self) -> bytes:
        """The raw public key with which anyone may check a signature; its SHA-256 is published."""

    def holds(self, statement: Statement, signed: Signed) -> bool:
        """Whether the value is a signature of the statement by a key that this service vouches
        for."""


class LocalKey:
    """An Ed25519 key of this installation, drawn from its secret: the same on every machine."""

    name = "local"

    def __init__(self, secret: str) -> None:
        drawn = HKDF(hashes.SHA256(), 32, salt=None, info=KEY_PURPOSE).derive(secret.encode())
        self._key = Ed25519PrivateKey.from_private_bytes(drawn)
        self._public = self._key.public_key()
        self.key_id = hashlib.sha256(self._public.public_bytes_raw()).hexdigest()

    def sign(self, statement: Statement) -> Signed:
        """Sign with the installation's key; who may ask for it is decided before."""
        return Signed(self.name, self.key_id, self._key.sign(statement.bytes()))

    def public_key(self) -> bytes:
        """The raw Ed25519 key of this installation."""
        return self._public.public_bytes_raw()

    def holds(self, statement: Statement, signed: Signed) -> bool:
        """Whether this installation's key made the signature."""
        if (signed.provider, signed.key_id) != (self.name, self.key_id):
            return False
        try:
            self._public.verify(signed.value, statement.bytes())
        except InvalidSignature:
            return False
        return True


def genuine(row: Signature, signer: Signer, digest: Callable[[str], bool]) -> bool:
    """Whether the signature holds and the stored file is still the one that was signed.

    `digest` says whether the file kept under a digest still has it.
    """
    signed = Signed(row.provider, row.key_id, row.value)
    return signer.holds(Statement.of(row), signed) and digest(row.sha256)
