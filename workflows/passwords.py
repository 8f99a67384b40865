"""Passwords as Argon2id hashes; few at a time, because each takes 64 MB while it is made."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_turns = threading.BoundedSemaphore(4)


def hash_password(password: str) -> str:
    """The hash that is stored."""
    with _turns:
        return _hasher.hash(password)


def password_matches(stored: str, password: str) -> bool:
    """Whether the word is right; an empty or broken hash matches nothing, in the same time."""
    with _turns:
        try:
            return _hasher.verify(stored or _NOBODY, password) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


_NOBODY = _hasher.hash("nobody signs in with this")
"""Checked when there is no such account, so that the answer takes as long."""
