"""Signing documents and keeping their numbers (签名盖章、文号登记)."""

import uuid
from dataclasses import dataclass

from workflows.commands.base import CaseCommand


@dataclass(frozen=True, kw_only=True)
class SignDocument(CaseCommand):
    """Sign, or seal, exactly the file that was shown (签署). `sha256` says which one it was."""

    document: uuid.UUID
    sha256: str
    capacity: str


@dataclass(frozen=True, kw_only=True)
class VoidNumber(CaseCommand):
    """Void a number of the register whose document is not in force; it stays, with the reason."""

    number: str
    reason: str
