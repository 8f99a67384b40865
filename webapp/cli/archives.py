"""``caselane archive``: packages of archived cases, and the fingerprint of the signing key."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from webapp.cli.databases import database
from workflows.archive_package import NotPacked, Packer
from workflows.blobs import BlobStore
from workflows.clock import system_clock
from workflows.database import connect
from workflows.queries.archives import case_named
from workflows.settings import Settings
from workflows.signing import LocalKey
from workflows.transaction import Transactions

FINE, FINDINGS, COULD_NOT_RUN = 0, 1, 2


def export(case: str, target: Path) -> int:
    """Write the package of a case, found by its number, archive number or key."""
    with database() as settings:
        engine = connect(settings.database_url, pool_size=1)
        try:
            transactions = Transactions(engine)
            with transactions.read() as session:
                found = case_named(session, case)
            if found is None:
                print(f"没有这个归档案件 / no archived case: {case}", file=sys.stderr)
                return COULD_NOT_RUN
            packer = Packer(
                transactions,
                BlobStore(Path(settings.blobs), limit_bytes=settings.max_upload),
                LocalKey(settings.secret_key),
                system_clock,
            )
            packer.pack(found, target)
        except NotPacked as refused:
            target.unlink(missing_ok=True)
            print(f"caselane: {refused.text.zh} / {refused.text.en}", file=sys.stderr)
            return FINDINGS
        finally:
            engine.dispose()
    print(f"{target}  ({target.stat().st_size:,} B)")
    print(f"key {fingerprint(settings)}")
    return FINE


def key() -> int:
    """Print the fingerprint that the agency publishes, for checkers to compare."""
    print(fingerprint(Settings.from_environment()))
    return FINE


def fingerprint(settings: Settings) -> str:
    """SHA-256 of the public key of this installation."""
    return hashlib.sha256(LocalKey(settings.secret_key).public_key()).hexdigest()
